// A one-stop in the test's memory, put where the server's would answer: its center can be made to
// answer, its directory to lie, its network to break.

import type { Page } from '@playwright/test';
import { fromBase64, toBase64 } from '../src/onestop/base64';
import { Sham } from '../src/onestop/sham';
import { browserChance } from '../src/seal/chance';
import { Device } from '../src/seal/device';
import { ENTRY_FORM, SERVICE, writeEntry } from '../src/seal/directory';
import { TeamKey } from '../src/seal/team';
import { expect, url } from './night';

/** What the journey may do to the city. */
export interface Stand {
  city: Sham;
  /** Every path asked for. */
  asked: string[];
  /** The next so many reports are lost on the way: `before` they arrive, or their answer `after`. */
  lose: { before: number; after: number };
  /** Changes what is told of the directory. */
  lie: (told: ReturnType<Sham['directory']>) => unknown;
}

/** The city's clock, as every page has it. */
export async function cityNow(): Promise<number> {
  return ((await (await fetch(url('/api/city'))).json()) as { now: number }).now;
}

/** A stand for one journey. */
export async function stand(): Promise<Stand> {
  return { city: await Sham.found(await cityNow()), asked: [], lose: { before: 0, after: 0 }, lie: (told) => told };
}

/** Puts it before this page. */
export async function before(page: Page, at: Stand): Promise<void> {
  await page.route('**/api/onestop/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/onestop/', '');
    at.asked.push(path);
    expect(route.request().headers()['cookie'], 'no cookie goes along').toBeUndefined();
    if (path === 'directory') return route.fulfill({ json: at.lie(at.city.directory()) as object });
    if (path === 'report' && at.lose.before > 0) {
      at.lose.before -= 1;
      return route.abort('connectionfailed');
    }
    const { status, body } = at.city.answer(path, route.request().postData() ?? '');
    if (path === 'report' && at.lose.after > 0) {
      at.lose.after -= 1;
      return route.abort('connectionreset');
    }
    return status === 204 ? route.fulfill({ status }) : route.fulfill({ status, json: body as object });
  });
}

/** What the page has left on the device, by whatever means there are. */
export function left(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url: kept }) => new URL(kept).pathname)));
    return {
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      cached: stores.flat(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookies: document.cookie,
    };
  });
}

/** Nothing at all. */
export const NOTHING = { local: [], session: [], databases: [], cached: [], workers: 0, cookies: '' };

/** Signs in as the demo's first caseworker: the cookie of her session. */
async function caseworker(): Promise<string> {
  const { parts } = (await (await fetch(url('/api/demo'))).json()) as { parts: { part: string; role: string }[] };
  const part = parts.find(({ role }) => role === 'caseworker')?.part;
  if (!part) throw new Error('the demo has no caseworker');
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() };
  const taken = await fetch(url('/api/demo/sign-in'), { method: 'POST', headers, body: JSON.stringify({ part }) });
  return (taken.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Gives the first center of the server a key, as a caseworker's page does: that opens the door. */
export async function openDoor(): Promise<void> {
  const cookie = await caseworker();
  const { center, service, epoch } = (await (await fetch(url('/api/onestop/desk'), { headers: { cookie } })).json()) as { center: string; service: keyof typeof SERVICE; epoch: number };
  const tell = async (path: string, body: object) => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), origin: new URL(url('/')).origin, cookie };
    const told = await fetch(url(`/api/onestop/${path}`), { method: 'POST', headers, body: JSON.stringify(body) });
    if (!told.ok) throw new Error(`${path}: ${told.status} ${await told.text()}`);
  };
  const { now } = (await (await fetch(url('/api/onestop/directory'))).json()) as { now: number };
  const valid = { validFrom: BigInt(now - 3_600_000), validTo: BigInt(now + 30 * 86_400_000) };
  const [team, device, own, key] = [fromBase64(center), browserChance(16), await Device.ofRoot(browserChance(32)), await TeamKey.draw(browserChance)];
  await tell('device', { entry: toBase64(writeEntry({ form: ENTRY_FORM.device, team, device, signingKey: own.signingKey, publicKey: own.publicKey, ...valid })) });
  const entry = writeEntry({ form: ENTRY_FORM.teamKey, team, epoch: epoch + 1, service: SERVICE[service], publicKey: key.publicKey, ...valid });
  const wrap = await key.closeFor(own.publicKey, { team, epoch: epoch + 1, device }, browserChance);
  await tell('team-key', { entry: toBase64(entry), wraps: [{ device: toBase64(device), wrap: toBase64(wrap) }] });
}
