// Photos and files: chosen for a report, what a photo gives away said, sent after it, cut and gone on
// with, added later, removed; and at a center opened in memory after it was noted.

import type { Browser, Page } from '@playwright/test';
import { fromBase64 } from '../src/onestop/base64';
import { readCustodyEvent } from '../src/seal/custody';
import { ShamFiles } from '../src/evidence/sham';
import { check, fits } from './look';
import { expect, phone, test, url } from './night';
import { before, left, NOTHING, stand, type Stand } from './onestop';
import { CAMERA, photo } from './photo';

interface Place extends Stand {
  files: ShamFiles;
}

async function opened(browser: Browser, options: object = {}): Promise<{ page: Page; at: Place }> {
  const plain = await stand();
  const at: Place = { ...plain, files: new ShamFiles(plain.city) };
  const page = await (await browser.newContext({ ...phone, ...options })).newPage();
  await take(page, at);
  await page.goto(url('/report'));
  return { page, at };
}

async function take(page: Page, at: Place): Promise<void> {
  await before(page, at);
  await page.route(/\/api\/onestop\/mailbox\/(file|custody)/, async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/onestop/mailbox/', '');
    const said = at.files.answer(path, route.request().postData() ?? '');
    if (said === 'lost') return route.abort('connectionreset');
    return said.status === 204 ? route.fulfill({ status: 204 }) : route.fulfill({ status: said.status, json: said.body as object });
  });
}

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();

/** To the page where files are chosen. */
async function toFiles(page: Page): Promise<void> {
  await press(page, '글로 남기기');
  await press(page, '시작하기');
  await press(page, '말하지 않을래요');
  await press(page, '질문 모두 보기');
  await page.getByRole('button', { name: /사진이나 파일 넣기/ }).click();
  await heading(page, '사진이나 파일 넣기');
}

/** From there to a report that is sent. */
async function sent(page: Page): Promise<string[]> {
  await press(page, '질문 모두 보기로');
  await press(page, '다음: 누구에게 보낼지');
  await page.locator('input:enabled').and(page.getByRole('checkbox', { name: /신림 상담소/ })).first().check();
  await press(page, '다음: 누가 무엇을 읽을지');
  await press(page, '다음: 미리 보기');
  await press(page, '동의하고 낱말 받기');
  await heading(page, '나만 여는 일곱 낱말');
  const words = await page.locator('.words strong').allInnerTexts();
  await press(page, '연습하지 않고 보내기');
  await press(page, '연습 없이 계속하기');
  await press(page, '잠그고 보내기');
  await heading(page, '잘 받았어요');
  return words;
}

async function comeBack(page: Page, words: string[]): Promise<void> {
  await press(page, '일곱 낱말로 열기');
  await page.locator('#words').fill(words.join(' '));
  await press(page, '열기');
  await heading(page, '내 우편함');
}

test('a photo with a place goes with a copy that has none, and comes back as it was', async ({ browser }) => {
  test.setTimeout(300_000);
  const { page, at } = await opened(browser);
  await expect(page.getByRole('button', { name: '글로 남기기' })).toBeEnabled();
  const bytes = await photo(page);
  await toFiles(page);
  await page.locator('#files').setInputFiles({ name: 'IMG_0042.jpg', mimeType: 'image/jpeg', buffer: bytes });
  const one = page.locator('[data-file]');
  await expect(one).toContainText('찍은 곳(위치), 찍은 때, 기기 이름');
  await expect(one).toContainText('뺀 사본도 함께 보관해요');
  await check(page, 'a photo chosen');
  await fits(page, 'a photo chosen');
  await page.getByRole('button', { name: '한국어' }).click().catch(() => undefined);
  expect(at.asked.filter((path) => path.startsWith('mailbox')), 'nothing leaves the device yet').toEqual([]);
  const words = await sent(page);
  await expect(page.getByText('파일이 모두 갔어요.')).toBeVisible({ timeout: 60_000 });
  // The original, its copy; received, copy made. Neither name nor camera is in anything that was sent.
  expect(at.files.files.size).toBe(2);
  expect(at.files.events.map(({ event }) => readCustodyEvent(fromBase64(event)).action)).toEqual([1, 7]);
  for (const { parts } of at.files.files.values()) {
    for (const part of parts.values()) expect(Buffer.from(part).includes(CAMERA)).toBe(false);
  }
  const list = (await at.city.reads(0, 10)) as { files: { name: string; stripped_of?: string; size: number }[] };
  expect(list.files.map(({ name }) => name)).toEqual(['IMG_0042.jpg', 'IMG_0042.jpg']);
  expect(list.files[0]?.size).toBe(bytes.length);
  expect(await left(page)).toEqual(NOTHING);

  await press(page, '마치기');
  await comeBack(page, words);
  const held = page.locator('[data-file]');
  await expect(held).toContainText('모두 와 있어요.');
  await held.getByRole('button', { name: '보기' }).click();
  const shown = held.locator('img');
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
  await held.getByText('누가 언제 열었나요').click();
  await expect(held.locator('details li')).toHaveCount(3);
  await check(page, 'her files');
  await page.getByRole('button', { name: '한국어' }).click().catch(() => undefined);

  // Away with it: the file, its copy, and it is noted.
  await held.getByRole('button', { name: /IMG_0042.jpg 지우기/ }).click();
  await press(page, '네, 지울게요');
  await expect(page.getByText('넣은 파일이 없어요.')).toBeVisible();
  expect(at.files.files.size).toBe(0);
  expect(readCustodyEvent(fromBase64(at.files.events.at(-1)?.event ?? '')).action).toBe(6);
  expect(await left(page)).toEqual(NOTHING);
});

test('a network that breaks costs the part on its way; later, with the words, the rest goes on', async ({ browser }) => {
  test.setTimeout(400_000);
  const { page, at } = await opened(browser);
  const film = Buffer.alloc(5_300_000, 7);
  film.set(Buffer.from('\0\0\0\x18ftypmp42'), 0);
  await toFiles(page);
  await page.locator('#files').setInputFiles({ name: '영상.mp4', mimeType: 'video/mp4', buffer: film });
  await expect(page.locator('[data-file]')).toContainText('이 종류는 사본을 만들지 못해요');
  at.files.breaks = { after: 2, lost: 6 };
  const words = await sent(page);
  const upload = page.locator('[data-upload]');
  await expect(upload).toHaveAttribute('data-upload', 'cut', { timeout: 60_000 });
  await expect(upload).toContainText('2 / 6까지 갔어요.');
  // The report is there all the same.
  expect(at.city.cases).toHaveLength(1);
  await page.context().close();

  const again = await (await browser.newContext(phone)).newPage();
  await take(again, at);
  await again.goto(url('/report'));
  at.files.breaks = null;
  await comeBack(again, words);
  const held = again.locator('[data-file]');
  await expect(held).toContainText('아직 4조각이 오지 않았어요.');
  const pick = held.locator('input[type="file"]');
  await pick.setInputFiles({ name: '영상.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(5_300_000, 8) });
  await expect(again.getByText('처음 고른 파일과 달라요.')).toBeVisible();
  await pick.setInputFiles({ name: '다른 이름.mp4', mimeType: 'video/mp4', buffer: film });
  await expect(held).toContainText('모두 와 있어요.', { timeout: 60_000 });
  const [kept] = at.files.files.values();
  expect(kept?.parts.size).toBe(6);
  expect(await left(again)).toEqual(NOTHING);
});

test('what is no file, has no name, or would like to be a path, is said and shown as letters', async ({ browser }) => {
  test.setTimeout(300_000);
  const { page } = await opened(browser);
  await toFiles(page);
  const names = ['../../etc/passwd', 'photo\u202egpj.exe', '🙂'.repeat(40), `${'가'.repeat(300)}.png`, '<img src=x onerror=alert(1)>.png'];
  await page.locator('#files').setInputFiles([
    { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    { name: 'bomb.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('PK\x03\x04 no picture at all') },
    ...names.map((name, nth) => ({ name, mimeType: 'image/png', buffer: Buffer.from(`not a picture ${nth}`) })),
  ]);
  await expect(page.locator('[data-file]')).toHaveCount(1 + names.length);
  await expect(page.getByRole('alert')).toContainText('empty.jpg: 비어 있는 파일이라 넣을 수 없어요.');
  const shown = await page.locator('[data-file] strong').allInnerTexts();
  expect(shown.join('')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  expect(shown.every((name) => [...name].length <= 120)).toBe(true);
  expect(shown).toContain('<img src=x onerror=alert(1)>.png');
  await fits(page, 'names');
  await page.locator('[data-file]').first().getByRole('button').click();
  await expect(page.locator('[data-file]')).toHaveCount(names.length);
  await press(page, '그만하고 모두 지우기');
  await press(page, '모두 지우고 그만하기');
  await press(page, '처음 화면으로');
  await toFiles(page);
  await expect(page.locator('[data-file]')).toHaveCount(0);
});
