// A woman's side of a caseworker's journey: her report is made and sent by the browser's own seal, as
// her page does, against the server itself.

import { expect, type Page } from '@playwright/test';
import { CONTACT, INCIDENT, NOTES, SAFETY } from '../src/onestop/content';
import { believe, type Directory } from '../src/onestop/directory';
import { makeParcel } from '../src/onestop/parcel';
import { ask, tell } from '../src/onestop/send';
import type { DirectoryAnswer, Keys } from '../src/onestop/wire';
import { browserChance as chance } from '../src/seal/chance';
import { Mailbox } from '../src/seal/mailbox';

/** Her page's modules ask by path, as in a browser: here it leads to this server. What ends it. */
export function askAt(server: string): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = (asked, how) => real(String(asked).startsWith('/') ? `${server}${String(asked)}` : asked, how);
  return () => {
    globalThis.fetch = real;
  };
}

/** In the names of the counseling center's seats and of the center itself. */
export const CENTER = '-counseling';
/** What the leading center reads. */
const OPEN = [1, 2, 3, 4, 8, 11, 13, 14];

/** Yesterday, on the city's calendar. */
function dayBefore(now: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(now - 86_400_000);
}

/** The directory, believed as her page believes it. */
export async function directory(): Promise<Directory> {
  return believe(await ask<Keys>('keys'), await ask<DirectoryAnswer>('directory'));
}

/** What she writes, closed for the counseling center. */
export async function sendReport(hers?: Mailbox, counted = false): Promise<Mailbox> {
  await expect.poll(async () => (await directory()).door, { timeout: 30_000 }).toBe('open');
  const known = await directory();
  const center = known.centers.find(({ key }) => key.includes(CENTER));
  if (!center?.entry) throw new Error('the center has no key');
  const she = hers ?? (await Mailbox.ofRoot(chance(32)));
  const contents = {
    [CONTACT]: { reach: 'phone', where: '010-0000-0000', when: '낮 12시', words_allowed: '도서관이라고만', who_answers: '본인만' },
    [INCIDENT]: { happened: '두 줄로\n썼어요', when: { known: 'day', date: dayBefore(known.now) }, place: 'home' },
    [SAFETY]: { in_danger_now: 'yes' },
    [NOTES]: { wants: ['counsel', 'legal'] },
  } as const;
  const reading = { center: { name64: center.name64, service: center.service, entry: center.entry }, kinds: OPEN, text: '보여 준 글', counted };
  await tell('report', await makeParcel(she, { contents: contents as never, readings: [reading], leads: center.name64, language: 'ko', now: known.now }, chance));
  return she;
}

/** Makes her key of seven words, which are shown once and typed once. */
export async function makeWords(page: Page): Promise<string> {
  await page.getByRole('button', { name: '낱말 일곱 개로 만들기' }).click();
  const shown = page.locator('section[aria-labelledby="new-words"] ol li');
  await expect(shown).toHaveCount(7);
  const words = (await shown.allTextContents()).map((text) => text.replace(/^\s*\d\s*/, '').trim()).join(' ');
  await page.getByRole('button', { name: '적었어요' }).click();
  await page.locator('#practise').fill(words.split(' ').reverse().join(' '));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('보여 준 낱말과 달라요');
  await page.locator('#practise').fill(words);
  await page.keyboard.press('Enter');
  return words;
}
