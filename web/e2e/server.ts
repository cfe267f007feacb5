// Starts the built binary's demo on a free port and stops it by its process, unless a server is
// named already.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY_MILLIS = 90_000;

export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/city`)).ok;
  } catch {
    return false;
  }
}

/** The demo gives a seat back to its simulated person when nobody was heard there for a minute. */
const HEARD_MILLIS = 20_000;

/**
 * Takes every dispatcher's seat, and stays in it: the simulated ones would otherwise answer what the
 * journeys are about to answer themselves. Teams, stores and citizens stay simulated.
 */
async function takeTheDesks(url: string): Promise<() => void> {
  const cookies: string[] = [];
  const night = (await (await fetch(`${url}/api/demo`)).json()) as { parts: { part: string; role: string }[] };
  for (const { part } of night.parts.filter((one) => one.role === 'dispatcher')) {
    const taken = await fetch(`${url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ part }),
    });
    if (!taken.ok) throw new Error(`the seat ${part} could not be taken: ${taken.status}`);
    cookies.push((taken.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
  const stay = setInterval(() => {
    for (const cookie of cookies) void fetch(`${url}/api/session`, { headers: { cookie } }).catch(() => undefined);
  }, HEARD_MILLIS);
  return () => clearInterval(stay);
}

/** A demo of the built binary at this address, in a folder that goes with it; what ends it. */
export async function demo(binary: string, url: string, words: string[] = [], dir = mkdtempSync(join(tmpdir(), 'waylight-e2e-'))): Promise<() => Promise<void>> {
  const listen = `127.0.0.1:${new URL(url).port}`;
  const server = spawn(binary, ['demo', '--listen', listen, '--dir', dir, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  server.stdout.on('data', (text: Buffer) => (said += text.toString()));
  server.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  for (const began = Date.now(); ; ) {
    if (await answers(`http://${listen}`)) break;
    if (server.exitCode !== null || Date.now() - began > READY_MILLIS) {
      server.kill();
      throw new Error(`the demo did not start:\n${said.slice(-4000)}`);
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  return async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
}

/** The city of 25 districts, lived fast and left to its simulated people, for a picture. */
async function picture(named: string | undefined): Promise<() => Promise<void>> {
  if (named) return async () => undefined;
  const url = `http://127.0.0.1:${await freePort()}`;
  process.env['WAYLIGHT_URL'] = url;
  return demo(process.env['WAYLIGHT_BIN'] ?? 'waylight', url, ['--scale', 'city', '--speed', '10']);
}

export default async function start(): Promise<() => Promise<void>> {
  const named = process.env['WAYLIGHT_URL'];
  if (process.env['PICTURE']) return picture(named);
  if (named) {
    if (!(await answers(named))) throw new Error(`${named} does not answer`);
    const leave = await takeTheDesks(named);
    return async () => leave();
  }
  const binary = process.env['WAYLIGHT_BIN'];
  if (!binary) throw new Error('set WAYLIGHT_BIN to the built binary, or WAYLIGHT_URL to a running demo');
  const url = `http://127.0.0.1:${await freePort()}`;
  process.env['WAYLIGHT_URL'] = url;
  const end = await demo(binary, url);
  const leave = await takeTheDesks(url);
  return async () => {
    leave();
    await end();
  };
}
