// A city with matching switched on: three holders who made a key together, an issuer, a matcher and two
// of counsel, each a process or a folder of its own, beside a demo that knows their addresses.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, freePort } from './server';

const READY_MILLIS = 60_000;

/** A house that serves, and can be stopped and begun again at the same address. */
interface Serving {
  origin: string;
  stop: () => Promise<void>;
  begin: () => Promise<void>;
}

/** What a journey may do. */
export interface Matched {
  /** Where the city's pages are. */
  origin: string;
  /** Three, from 0. */
  holders: readonly Serving[];
  issuer: Serving;
  /** Codes for somebody who showed this document. */
  admit: (document: string, identifiers?: number) => string[];
  /** How many entries the city keeps. */
  entries: () => number;
  /** A day passes: the matcher's batch, and what both of counsel read of it. */
  counsel: () => string;
}

const binary = (): string => {
  const built = process.env['WAYLIGHT_BIN'];
  if (!built) throw new Error('set WAYLIGHT_BIN to the built binary');
  return built;
};

/** Runs a command of matching to its end: what it said. */
function run(args: readonly string[], input = ''): string {
  const ended = spawnSync(binary(), ['matching', ...args], { input, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`matching ${args.join(' ')}: ${ended.status}\n${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}

/** Starts a house that serves. The address is drawn first, so that it stays the same. */
async function serve(args: readonly string[]): Promise<Serving> {
  const origin = `http://127.0.0.1:${await freePort()}`;
  let child: ChildProcess | null = null;
  const begin = async () => {
    const started = spawn(binary(), ['matching', ...args, '--listen', new URL(origin).host], { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let said = '';
    started.stdout.on('data', (text: Buffer) => (said += text.toString()));
    started.stderr.on('data', (text: Buffer) => (said += text.toString()));
    for (const began = Date.now(); !said.includes('listening'); ) {
      if (started.exitCode !== null || Date.now() - began > READY_MILLIS) throw new Error(`matching ${args.join(' ')} did not start:\n${said}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  const stop = async () => {
    const running = child;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise<void>((done) => running.once('exit', () => done()));
    running.kill('SIGTERM');
    await ended;
    child = null;
  };
  await begin();
  return { origin, stop, begin };
}

/** Three holders make a key; each has a folder, and what they tell each other goes by file. */
function ceremony(dir: string): { folders: string[]; keys: string[] } {
  const numbers = [1, 2, 3];
  const at = (name: string) => join(dir, name);
  const folders = numbers.map((number) => at(`holder-${number}`));
  for (const number of numbers) run(['holder', 'begin', '--dir', at(`holder-${number}`), '--number', `${number}`, '--out', at(`begun-${number}.json`)]);
  const others = (number: number, option: string) => numbers.filter((one) => one !== number).flatMap((one) => [`--${option}`, at(`${option}-${one}.json`)]);
  for (const number of numbers) run(['holder', 'hear', '--dir', at(`holder-${number}`), ...others(number, 'begun'), '--out', at(`told-${number}.json`)]);
  const said = numbers.map((number) => run(['holder', 'finish', '--dir', at(`holder-${number}`), ...others(number, 'told')]));
  const keys = (said[0] ?? '').match(/[\w-]{43}/g) ?? [];
  if (keys.length !== 3 || said.some((one) => one !== said[0])) throw new Error(`the ceremony gave no three keys:\n${said.join('\n')}`);
  return { folders, keys };
}

/** Starts all of it, and says how it ends. */
export async function matched(): Promise<{ at: Matched; end: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'waylight-matching-'));
  const at = (name: string) => join(dir, name);
  const { folders, keys } = ceremony(dir);
  const port = await freePort();
  // Passkeys and cookies aside, this is where the pages are: the houses answer this origin alone.
  const origin = `http://127.0.0.1:${port}`;
  const issued = run(['issuer', 'new', '--dir', at('issuer')]);
  const issuer = await serve(['issuer', 'serve', '--dir', at('issuer'), '--city', origin]);
  const receipt = /receipt_key = "([^"]+)"/.exec(issued)?.[1] ?? '';
  const holders: Serving[] = [];
  for (const folder of folders) holders.push(await serve(['holder', 'serve', '--dir', folder, '--issuer', issuer.origin, '--receipt-key', receipt, '--city', origin]));
  const matcher = run(['matcher', 'new', '--dir', at('matcher')]).trim();
  const counsel = ['first', 'second'].map((which) => run(['counsel', 'new', '--key', at(`counsel-${which}`)]).trim());
  const house = (ko: string, en: string) => `{ ko = "${ko}", en = "${en}" }`;
  writeFileSync(at('houses.toml'), [
    `matcher_key = "${matcher}"`,
    '[issuer]', `name = ${house('시민확인소 (지어낸 곳)', 'Citizens’ desk (invented)')}`, `where = ${house('신림로 1, 2층', '1 Sillim-ro, 2nd floor')}`,
    `hours = ${house('평일 09:00-18:00', 'weekdays 09:00-18:00')}`, 'phone = "02-000-0199"', `origin = "${issuer.origin}"`, issued.trim(),
    ...holders.flatMap((one, nth) => ['[[holders]]', `name = ${house(`${['시청', '여성의집', '변호사회'][nth]} (지어낸 곳)`, `${['City hall', 'Women’s house', 'Bar'][nth]} (invented)`)}`, `origin = "${one.origin}"`, `key = "${keys[nth]}"`]),
    ...counsel.flatMap((key, nth) => ['[[counsel]]', `name = ${house(`법률 상담자 ${nth + 1} (지어낸 사람)`, `Counsel ${nth + 1} (invented)`)}`, `key = "${key}"`]),
  ].join('\n'));
  const stopCity = await demo(binary(), origin, ['--quiet-city', '--matching', at('houses.toml')], at('city'));
  const exported = () => {
    run(['export', '--dir', at('city'), '--out', at('entries.json')]);
    return at('entries.json');
  };
  const matchedNow: Matched = {
    origin, holders, issuer,
    admit: (document, identifiers = 1) => run(['issuer', 'admit', '--dir', at('issuer'), '--identifiers', `${identifiers}`], document).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? [],
    entries: () => (readFileSync(exported(), 'utf8').match(/[\w-]{6000,}/g) ?? []).length,
    counsel: () => {
      rmSync(at('openings.json'), { force: true });
      run(['batch', '--dir', at('matcher'), '--entries', exported(), '--out', at('openings.json')]);
      run(['counsel', 'first', '--key', at('counsel-first'), '--openings', at('openings.json'), '--out', at('for-second.json')]);
      return run(['counsel', 'second', '--key', at('counsel-second'), '--openings', at('for-second.json')]);
    },
  };
  const end = async () => {
    await stopCity();
    for (const one of [...holders, issuer]) await one.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { at: matchedNow, end };
}
