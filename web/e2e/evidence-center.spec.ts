// Files at a center, against the server itself: opened in memory after it was noted, compared, copied
// out with a reason; and its custody, checked by the program on a file and a key alone.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test as base, expect, type Page } from '@playwright/test';
import { hersWay, listOfHers, pick, sendFile } from '../src/evidence/kit';
import { fromBase64 } from '../src/onestop/base64';
import { INCIDENT, EVIDENCE } from '../src/onestop/content';
import { readMailbox } from '../src/onestop/mailbox';
import { caseOf, makeParcel } from '../src/onestop/parcel';
import { ask, tell } from '../src/onestop/send';
import type { Keys } from '../src/onestop/wire';
import { browserChance as chance } from '../src/seal/chance';
import { Mailbox } from '../src/seal/mailbox';
import { askAt, CENTER, directory, makeWords } from './casework';
import { check, fits } from './look';
import { phone } from './night';
import { CAMERA, photo } from './photo';
import { demo, freePort } from './server';

const test = base.extend<object, { origin: string }>({
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
test.describe.configure({ timeout: 300_000 });

/** What her leading center reads: files and the work, too. */
const OPEN = [3, 10, 11, 13, 14];
const NAME = '밤길 \u202egpj.jpg';

async function found(page: Page, origin: string): Promise<void> {
  const night = (await (await fetch(`${origin}/api/demo`)).json()) as { parts: { part: string; role: string; shown_as: string }[] };
  const part = night.parts.find((one) => one.role === 'caseworker' && one.part.includes(CENTER));
  await page.goto(`${origin}/case`);
  await page.locator('.part', { hasText: part?.shown_as ?? '' }).first().click();
  await makeWords(page);
  await page.getByRole('button', { name: '열쇠 만들기', exact: true }).click();
  await expect(page.getByText('기다리는 사람이 없어요')).toBeVisible();
}

/** She sends a report with a photo, as her page does. */
async function sends(bytes: Buffer<ArrayBuffer>): Promise<{ she: Mailbox; caseId: string }> {
  await expect.poll(async () => (await directory()).door, { timeout: 30_000 }).toBe('open');
  const known = await directory();
  const center = known.centers.find(({ key }) => key.includes(CENTER));
  if (!center?.entry) throw new Error('the center has no key');
  const she = await Mailbox.ofRoot(chance(32));
  const one = await pick(new File([bytes], NAME), known.now, chance);
  if (typeof one === 'string' || !one.stripped) throw new Error('the photo was not taken');
  const contents = { [INCIDENT]: { happened: '사진이 있어요' }, [EVIDENCE]: { files: [one.file, one.stripped.file] } };
  const reading = { center: { name64: center.name64, service: center.service, entry: center.entry }, kinds: OPEN, text: '보여 준 글' };
  const parcel = await makeParcel(she, { contents, readings: [{ ...reading, counted: false }], leads: center.name64, language: 'ko', now: known.now } as never, chance);
  await tell('report', parcel);
  const caseId = caseOf(parcel);
  const way = hersWay(she, caseId, () => known.now);
  await sendFile(way, fromBase64(caseId), one.file, one.file, one.content);
  await sendFile(way, fromBase64(caseId), one.stripped.file, one.file, one.stripped.content);
  return { she, caseId };
}

test('a photo is opened as a copy, copied out with a reason, and its custody holds without a network', async ({ browser, origin }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await found(page, origin);
  const bytes = await photo(page);
  const { she } = await sends(bytes);
  await page.getByRole('button', { name: '다시 보기' }).click();
  await page.locator('[data-row="open"]').first().getByRole('button').click();
  const files = page.locator('section[aria-labelledby="evidence"]');
  const piece = files.locator('[data-piece]');
  await expect(piece).toContainText('밤길 gpj.jpg');
  await expect(piece).toContainText('모두 와 있어요.');
  await piece.getByRole('button', { name: '사본 열기' }).click();
  await expect(piece.locator('img')).toBeVisible();
  expect(await piece.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
  const copy = await piece.locator('img').evaluate(async (image: HTMLImageElement) => [...new Uint8Array(await (await fetch(image.src)).arrayBuffer())]).catch(() => null);
  // The page may not fetch what it shows: then only the eye is asked.
  if (copy) expect(Buffer.from(copy).includes(CAMERA)).toBe(false);
  await expect(piece).toContainText('지문(sha256)이 맞아요');
  await piece.getByText('보관 기록').click();
  await expect(piece.locator('details li')).toHaveText([/본인 · 들어옴/, /본인 · 사본 만듦/, /우리 기관 · 열어 봄/]);
  await check(page, 'evidence at a center');
  await fits(page, 'evidence at a center');
  await page.getByRole('button', { name: '한국어' }).click().catch(() => undefined);

  await piece.getByRole('button', { name: '내려받기', exact: true }).click();
  await piece.getByRole('textbox').fill('법원에 내려고');
  const taken = page.waitForEvent('download');
  await piece.getByRole('button', { name: '이유를 남기고 원본 내려받기' }).click();
  const download = await taken;
  expect(download.suggestedFilename()).toBe('밤길 gpj.jpg');
  expect(readFileSync((await download.path()) ?? '').equals(bytes)).toBe(true);
  await expect(piece).toContainText('내려받았어요.');
  await expect(files).toContainText(/까지 서명된 기록이에요/);

  const saved = page.waitForEvent('download');
  await files.getByRole('button', { name: '보관 기록 파일 받기' }).click();
  const custody = (await (await saved).path()) ?? '';
  const { log } = await ask<Keys>('keys');
  const words = ['custody', 'verify', custody, '--log-key', log, '--evidence', (await download.path()) ?? ''];
  const report = JSON.parse(execFileSync(process.env['WAYLIGHT_BIN'] ?? '', words, { encoding: 'utf8' })) as { reasons: Record<string, string> };
  expect(report).toMatchObject({ whole: true, entries: 4, evidence: [{ piece: 1 }] });
  expect(Object.values(report.reasons)).toEqual(['법원에 내려고']);

  // The center adds a file of its own; she finds it among hers.
  await files.locator('#case-files').setInputFiles({ name: '진단서.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a paper') });
  await expect(files.locator('[data-piece]')).toHaveCount(2, { timeout: 60_000 });
  const known = await directory();
  const [open] = await readMailbox(she, known);
  const list = open && listOfHers(open);
  expect(list?.list.files.map(({ name, stripped_of }) => [name, stripped_of !== undefined])).toEqual([[NAME, false], [NAME, true], ['진단서.pdf', false]]);

  // Locked, nothing of it is on the page.
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-piece], img')).toHaveCount(0);
});
