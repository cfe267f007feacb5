// Centers that meet in one journey: a city of its own, a page in a seat of each, and her page, opened
// with seven words that the journey knows.

import { test as base, expect, type Browser, type Page } from '@playwright/test';
import { CONTACT, INCIDENT, NOTES, PERPETRATOR } from '../src/onestop/content';
import { makeParcel } from '../src/onestop/parcel';
import { tell } from '../src/onestop/send';
import { stretchHere } from '../src/seal/argon';
import { browserChance as chance } from '../src/seal/chance';
import { Mailbox } from '../src/seal/mailbox';
import { newPhrase, spell } from '../src/seal/words';
import { askAt, CENTER, directory, makeWords } from './casework';
import { phone } from './night';
import { demo, freePort } from './server';

export { expect };

/**
 * Journeys of one file, in a demo where nobody else moves. Each file asks for its own: one that two files
 * shared would know the centers of the first.
 */
export const cityTest = () => base.extend<object, { origin: string }>({
  origin: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const binary = process.env['WAYLIGHT_BIN'];
      if (!binary) throw new Error('set WAYLIGHT_BIN to the built binary');
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const end = await demo(binary, `http://127.0.0.1:${port}`, ['--quiet-city', '--origin', origin]);
      const back = askAt(`http://127.0.0.1:${port}`);
      await use(origin);
      back();
      await end();
    },
    { scope: 'worker' },
  ],
});

const SHOTS = process.env['CENTER_SHOTS'];
/** What is on the screen now, for whoever looks at it. */
export async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
export const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`);
export const korean = (page: Page) => page.getByRole('button', { name: '한국어' }).click();

/** Opens a step of a case, if it is not open. */
export async function unfold(page: Page, id: string): Promise<void> {
  const details = step(page, id).locator('details').first();
  if ((await details.getAttribute('open')) === null) await step(page, id).locator('summary').first().click();
}

const keys = new WeakMap<Page, string>();

/** The page loaded anew: its key is gone with it, and its words open it. */
export async function reopens(page: Page): Promise<void> {
  await page.reload();
  await page.locator('#words').fill(keys.get(page) ?? '');
  await page.keyboard.press('Enter');
  await expect(page.locator('#words')).toHaveCount(0, { timeout: 60_000 });
}

/** A page in a seat of a center, with a key of its own and the center's first. */
export async function founds(browser: Browser, origin: string, kind: string, center: string): Promise<Page> {
  const night = (await (await fetch(`${origin}/api/demo`)).json()) as { parts: { part: string; shown_as: string }[] };
  const part = night.parts.find((one) => one.part.startsWith(kind) && one.part.includes(center));
  if (!part) throw new Error(`the demo has no ${kind} of ${center}`);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${origin}/case`);
  await page.locator('.part', { hasText: part.shown_as }).first().click();
  await expect(page.getByRole('heading', { name: /처음이에요: 내 열쇠 만들기/ })).toBeVisible();
  keys.set(page, await makeWords(page));
  await page.getByRole('button', { name: '열쇠 만들기', exact: true }).click();
  await expect(page.getByRole('button', { name: '열쇠 만들기', exact: true })).toHaveCount(0);
  return page;
}

/** So many centers have a key now. */
export const keyed = (centers: number): Promise<void> =>
  expect.poll(async () => (await directory()).centers.filter(({ entry }) => entry).length, { timeout: 30_000 }).toBe(centers);

export const STORY = '카나리아 이야기: 아무에게도 말하지 않은 것';
export const WHO = '카나리아 사람: 이름은 적지 않았어요';
export const NUMBER = '010-0000-0000';
/** What the leading center reads. */
const OPEN = [1, 2, 3, 4, 8, 11, 13, 14];

/** She writes to the center that counsels: her seven words. */
export async function writes(counted = false): Promise<string[]> {
  const known = await directory();
  const center = known.centers.find(({ key }) => key.includes(CENTER));
  if (!center?.entry) throw new Error('the center has no key');
  const phrase = newPhrase(chance);
  const words = spell(phrase, 'ko');
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(known.now - 86_400_000);
  const contents = {
    [CONTACT]: { reach: 'phone', where: NUMBER, words_allowed: '도서관이라고만' },
    [INCIDENT]: { happened: STORY, when: { known: 'day', date: day }, place: 'school' },
    [PERPETRATOR]: { who: WHO },
    [NOTES]: { wants: ['counsel'] },
  } as const;
  const reading = { center: { name64: center.name64, service: center.service, entry: center.entry }, kinds: OPEN, text: '보여 준 글', counted };
  const she = await Mailbox.open(phrase, known.salt, stretchHere);
  await tell('report', await makeParcel(she, { contents: contents as never, readings: [reading], leads: center.name64, language: 'ko', now: known.now }, chance));
  return words;
}

/** Her page, on a phone of its own, opened with the words. */
export async function returns(browser: Browser, origin: string, words: readonly string[]): Promise<Page> {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${origin}/report`);
  await page.getByRole('button', { name: '일곱 낱말로 열기', exact: true }).click();
  await page.locator('#words').fill(words.join(' '));
  await page.getByRole('button', { name: '열기', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '내 우편함' })).toBeVisible({ timeout: 60_000 });
  return page;
}

/** From a case back to all of them. */
export async function toInbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: '모든 사건' }).click();
  await expect(page.locator('[data-row]').first()).toBeVisible();
}

/** A center's page looks for what is new, and has opened it. */
export async function looksAgain(page: Page): Promise<void> {
  const again = page.getByRole('button', { name: '다시 보기' });
  await again.click();
  await expect(again).toBeEnabled({ timeout: 60_000 });
}

/** The choice of a center by what it is called. */
export const named = (page: Page, center: string) =>
  page.locator('label.choice', { has: page.locator('strong', { hasText: center }) }).first().locator('input');

/** A caseworker opens the case that is new, and notes that she told her what stays between them. */
export async function begins(page: Page): Promise<void> {
  await looksAgain(page);
  const rows = page.locator('[data-row="open"] button');
  await expect(rows.first()).toBeEnabled({ timeout: 30_000 });
  const told = step(page, 'first').getByRole('radio', { name: '만나서' });
  for (let nth = 0; nth < (await rows.count()); nth += 1) {
    await rows.nth(nth).click();
    await expect(step(page, 'first')).toBeVisible();
    if (await told.isVisible()) break;
    await toInbox(page);
  }
  await told.check();
  await page.getByRole('button', { name: '말씀드렸다고 남기기' }).first().click();
  await expect(step(page, 'intake')).toBeVisible();
}
