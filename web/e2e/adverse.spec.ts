// What people and phones really bring: files that are none or too much, letters of every kind, a
// calendar with its edges, a clock that is years off. Kept exactly, shown as letters, said gently.

import type { Browser, Page } from '@playwright/test';
import { heicWith } from '../src/evidence/strip/sample';
import { INCIDENT, writeContent } from '../src/onestop/content';
import { fromBase64, toBase64 } from '../src/onestop/base64';
import { openKnock } from '../src/seal/knock';
import { expect, phone, test, url } from './night';
import { before, cityNow, left, NOTHING, stand, type Stand } from './onestop';

test.describe.configure({ timeout: 300_000 });

const HOUR = 3_600_000;
const YEARS = 2 * 365 * 24 * HOUR;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 60_000 });

async function opened(browser: Browser, at: Stand): Promise<Page> {
  const page = await (await browser.newContext(phone)).newPage();
  await before(page, at);
  await page.goto(url('/report'));
  return page;
}
async function toStory(page: Page): Promise<void> {
  await press(page, '글로 남기기');
  await press(page, '시작하기');
  await press(page, '말하지 않을래요');
  await heading(page, '어떤 일이 있었나요?');
}
/** From all questions to a report that is there. */
async function sends(page: Page): Promise<string[]> {
  await press(page, '다음: 누구에게 보낼지');
  await page.getByRole('checkbox', { name: /신림 상담소/ }).first().check();
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
  await press(page, '마치기');
  await press(page, '일곱 낱말로 열기');
  await page.locator('#words').fill(words.join(' '));
  await press(page, '열기');
  await heading(page, '내 우편함');
}

test('a file of 2 GiB and one byte is turned away before it is read; a HEIC photo gets its copy', async ({ browser }) => {
  const page = await opened(browser, await stand());
  await toStory(page);
  await press(page, '질문 모두 보기');
  await page.getByRole('button', { name: /사진이나 파일 넣기/ }).click();
  await page.evaluate(() => {
    const real = Object.getOwnPropertyDescriptor(Blob.prototype, 'size');
    Object.defineProperty(Blob.prototype, 'size', { configurable: true, get(this: Blob) {
      return this instanceof File && this.name === 'huge.mp4' ? 2 ** 31 + 1 : (real?.get?.call(this) as number);
    } });
    const read = (): never => {
      throw new Error('it was read');
    };
    for (const way of ['slice', 'stream', 'arrayBuffer', 'text'] as const) {
      const own = Blob.prototype[way] as (...all: unknown[]) => unknown;
      Object.defineProperty(Blob.prototype, way, { configurable: true, value(this: Blob, ...all: unknown[]) {
        return this instanceof File && this.name === 'huge.mp4' ? read() : own.apply(this, all);
      } });
    }
  });
  const { bytes } = heicWith('Canary 300', 6) as unknown as { bytes: Uint8Array };
  await page.locator('#files').setInputFiles([
    { name: 'huge.mp4', mimeType: 'video/mp4', buffer: Buffer.from('\0\0\0\x18ftypmp42 and so on') },
    { name: 'IMG_1.HEIC', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) },
  ]);
  await expect(page.getByRole('alert')).toContainText('huge.mp4: 너무 커요. 하나에 500MB까지예요.');
  const one = page.locator('[data-file]');
  await expect(one).toHaveCount(1);
  await expect(one).toContainText('IMG_1.HEIC');
  await expect(one).toContainText('뺀 사본도 함께 보관해요');
  await expect(page.locator('body')).not.toContainText(/\/home\/|\/tmp\/|C:\\|panicked/);
});

test('letters of every kind are kept as they were typed, and are only letters on every screen', async ({ browser }) => {
  const at = await stand();
  const page = await opened(browser, at);
  await toStory(page);
  const typed = [
    '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">',
    '=HYPERLINK("http://example.invalid","x")',
    'nul \u0000 end', 'alone \ud800 and \udfff', 'e\u0301 \u00e9 각 \u1100\u1161\u11a8', 'turned \u202e back', '🙂👩‍👩‍👧', '{ $n } {{n}} ${n}',
  ].join('\n');
  await page.locator('#happened').evaluate((one: HTMLTextAreaElement, text: string) => {
    one.value = text;
    one.dispatchEvent(new Event('input', { bubbles: true }));
  }, typed.replaceAll('\ud800', '\ue000').replaceAll('\udfff', '\ue001'));
  // Lone halves do not come through the test's wire: they are put in on the page itself.
  await page.locator('#happened').evaluate((one: HTMLTextAreaElement) => {
    one.value = one.value.replaceAll('\ue000', '\ud800').replaceAll('\ue001', '\udfff');
    one.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const held = await page.locator('#happened').evaluate((one: HTMLTextAreaElement) => JSON.stringify(one.value));
  expect(held).toBe(JSON.stringify(typed));
  await press(page, '질문 모두 보기');
  const words = await sends(page);
  const kept = (await at.city.reads(0, INCIDENT)) as { happened: string };
  expect(JSON.stringify(kept.happened), 'to the last unit of it, and not made equal').toBe(held);
  expect(writeContent(INCIDENT, { happened: kept.happened })).toEqual(writeContent(INCIDENT, { happened: typed }));
  await comeBack(page, words);
  await page.getByText('쓴 글 보기').click();
  const shown = page.locator('dd', { hasText: 'window.pwned' });
  await expect(shown).toContainText('<script>window.pwned = 1</script>');
  await expect(shown).toContainText('=HYPERLINK(');
  expect(await page.evaluate(() => [(window as unknown as { pwned?: number }).pwned, document.querySelectorAll('#app script, #app img').length])).toEqual([undefined, 0]);
  expect(await left(page)).toEqual(NOTHING);
});

test('a megabyte that is pasted is met with how much to leave out, in a message and in a short answer too', async ({ browser }) => {
  const at = await stand();
  const page = await opened(browser, at);
  await toStory(page);
  const paste = async (field: string) => page.locator(field).first().evaluate((one: HTMLTextAreaElement) => {
    one.focus();
    document.execCommand('insertText', false, '가'.repeat(350_000));
  });
  await paste('#happened');
  await expect(page.getByText('글자쯤 줄여 주세요')).toBeVisible();
  await expect(page.getByRole('button', { name: '다음', exact: true })).toBeDisabled();
  await page.locator('#happened').fill('짧게');
  await press(page, '질문 모두 보기');
  await page.getByRole('button', { name: /누가 그랬나요/ }).click();
  await paste('#app textarea, #app input[type="text"]');
  await expect(page.getByText('글자쯤 줄여 주세요')).toBeVisible();
  await page.locator('#app textarea, #app input[type="text"]').first().fill('');
  await press(page, '질문 모두 보기');
  const words = await sends(page);
  await comeBack(page, words);
  await paste('form textarea');
  await expect(page.getByText('글자쯤 줄여 주세요')).toBeVisible();
  await expect(page.getByRole('button', { name: '잠그고 보내기' })).toBeDisabled();
});

test('no day that has not come is offered, 29 February is where there is one, and not knowing is an answer', async ({ browser }) => {
  const at = await stand();
  const page = await opened(browser, at);
  await toStory(page);
  await press(page, '질문 모두 보기');
  await page.getByRole('button', { name: /언제였나요/ }).click();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(await cityNow()).split('-').map(Number) as [number, number, number];
  await page.getByRole('radio', { name: '날짜를 알아요' }).check();
  const offered = (field: string) => page.locator(`${field} option`).evaluateAll((all) => all.map((one) => Number((one as HTMLOptionElement).value)));
  expect(Math.max(...(await offered('#year')))).toBe(today[0]);
  await page.locator('#year').selectOption(String(today[0]));
  expect(Math.max(...(await offered('#month')))).toBe(today[1]);
  await page.locator('#month').selectOption(String(today[1]));
  expect(Math.max(...(await offered('#day')))).toBe(today[2]);
  for (const [year, days] of [[1900, 28], [2000, 29], [2023, 28], [2024, 29]] as const) {
    await page.locator('#year').selectOption(String(year));
    await page.locator('#month').selectOption('2');
    expect(Math.max(...(await offered('#day'))), String(year)).toBe(days);
  }
  await page.locator('#day').selectOption('29');
  await page.locator('#year').selectOption('1900');
  await expect(page.locator('#day'), 'taken out quietly, nobody is told she is wrong').toHaveValue('0');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('radio', { name: /몰라요|모르겠/ }).check();
  await press(page, '질문 모두 보기');
  await sends(page);
  expect(await at.city.reads(0, INCIDENT)).toEqual({ when: { known: 'no' } });
});

for (const [name, off] of [['two years behind', -YEARS], ['two years ahead', YEARS]] as const) {
  test(`a phone whose clock is ${name} sends, and what she signs bears the city's hour`, async ({ browser }) => {
    const at = await stand();
    const page = await (await browser.newContext(phone)).newPage();
    const now = await cityNow();
    await page.clock.setSystemTime(now + off);
    await before(page, at);
    await page.goto(url('/report'));
    await toStory(page);
    await page.locator('#happened').fill('시계가 틀린 전화에서 썼어요.');
    await press(page, '질문 모두 보기');
    await page.getByRole('button', { name: /언제였나요/ }).click();
    await page.getByRole('radio', { name: '날짜를 알아요' }).check();
    // The calendar is the city's, too.
    const year = Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', year: 'numeric' }).format(now));
    await expect(page.locator('#year option').first()).toHaveAttribute('value', String(year));
    await press(page, '질문 모두 보기');
    const words = await sends(page);
    expect(Math.abs((await page.evaluate(() => Date.now())) - now - off)).toBeLessThan(HOUR);
    const [id, knock] = [at.city.ids[0], at.city.knocks.find(({ center }) => center === toBase64(at.city.ids[0] ?? new Uint8Array()))];
    if (!id || !knock || !at.city.teams[0]) throw new Error('no knock');
    const { consent } = await openKnock(at.city.teams[0], { team: id, epoch: knock.epoch }, fromBase64(knock.knock));
    const hour = Math.floor(at.city.now / HOUR) * HOUR;
    expect(Number(consent.givenAt) - hour).toBeGreaterThanOrEqual(0);
    expect(Number(consent.givenAt) - hour).toBeLessThanOrEqual(HOUR);
    await comeBack(page, words);
    await press(page, '동의 거두기');
    await press(page, '동의를 거둘게요');
    await expect(page.locator('[data-reader]').getByText('이제 열 수 없어요.')).toBeVisible({ timeout: 60_000 });
    expect(Math.abs((at.city.cases[0]?.case.withdrawn[0]?.at ?? 0) - hour)).toBeLessThanOrEqual(HOUR);
  });
}
