// A one-stop in the test's memory, put where the server's would answer: its center can be made to
// answer, its directory to lie, its network to break.

import type { Page } from '@playwright/test';
import { Sham } from '../src/onestop/sham';
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
