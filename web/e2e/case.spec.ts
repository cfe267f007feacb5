// A caseworker's day: her key, the center's key, a colleague's, a report opened, answered, taken
// back and deleted. The report is made and read here by the browser's own seal, as her page does.

import { test as base, expect, type Browser, type Page } from '@playwright/test';
import { closeMessage, deleteCase, readMailbox, sendMessage, withdraw } from '../src/onestop/mailbox';
import { browserChance as chance } from '../src/seal/chance';
import { askAt, CENTER, directory, makeWords, sendReport } from './casework';
import { check, fits } from './look';
import { phone } from './night';
import { demo, freePort } from './server';

// Passkeys belong to a name: the page is opened as localhost, and the server knows itself as that.
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

// One after the other: the second caseworker needs the first one's key.
test.describe.configure({ mode: 'serial', timeout: 300_000 });

/** A page in the seat of a caseworker, of the counseling center or of another. */
async function sitDown(browser: Browser, origin: string, nth: number, counseling = true): Promise<Page> {
  const night = (await (await fetch(`${origin}/api/demo`)).json()) as { parts: { part: string; role: string; shown_as: string }[] };
  const part = night.parts.filter((one) => ['caseworker', 'case_supervisor'].includes(one.role) && one.part.includes(CENTER) === counseling)[nth];
  if (!part) throw new Error(`the demo has no caseworker ${nth}`);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${origin}/case`);
  await page.locator('.part', { hasText: part.shown_as }).first().click();
  await expect(page.getByRole('heading', { name: /처음이에요: 내 열쇠 만들기|내 열쇠로 열기/ })).toBeVisible();
  return page;
}

async function unlock(page: Page, words: string): Promise<void> {
  await page.locator('#words').fill(words);
  await page.keyboard.press('Enter');
}

let words = '';

test('a report is opened, answered, answered again, taken back and deleted', async ({ browser, origin }) => {
  const page = await sitDown(browser, origin, 0);
  await check(page, 'her key, the first time');
  await page.getByRole('button', { name: '한국어' }).click();
  words = await makeWords(page);
  await page.getByRole('button', { name: '열쇠 만들기', exact: true }).click();
  await expect(page.getByText('기다리는 사람이 없어요')).toBeVisible();

  const she = await sendReport();
  await page.getByRole('button', { name: '다시 보기' }).click();
  const row = page.locator('[data-row="open"]').first();
  await expect(row).toContainText('지금 위험');
  await expect(row).toContainText(/0시간째 · 약속한 \d+시간까지/);
  await check(page, 'the inbox');
  await fits(page, 'the inbox');
  await page.getByRole('button', { name: '한국어' }).click();

  // By keyboard: into the case, where what is said first and how she may be reached stand before all.
  await row.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('h2.name')).toBeFocused();
  const heads = await page.locator('main h3').allTextContents();
  const at = (name: string) => heads.findIndex((head) => head.includes(name));
  expect(at('먼저 말하세요')).toBeLessThan(at('연락하는 방법'));
  expect(at('연락하는 방법')).toBeLessThan(at('남긴 내용'));
  await expect(page.locator('section[aria-labelledby="reach"]')).toContainText('도서관이라고만');
  await expect(page.locator('section[aria-labelledby="wrote"]')).toContainText('이 기관에는 열어 주지 않은 칸');
  await check(page, 'a case');
  await fits(page, 'a case');
  await page.getByRole('button', { name: '한국어' }).click();
  await page.locator('#answer').fill('읽었어요. 도서관이라고만 할게요.');
  await page.getByRole('button', { name: '닫아서 보내기' }).click();
  await expect(page.locator('section[aria-labelledby="talk"] ol')).toContainText('읽었어요.');

  // She reads it, and writes back.
  const [opened] = await readMailbox(she, await directory());
  expect(opened?.messages).toMatchObject([{ content: { text: '읽었어요. 도서관이라고만 할게요.' }, author: { by: 'center' }, refused: null }]);
  if (!opened) throw new Error('her mailbox is empty');
  await sendMessage(she, await closeMessage(she, await directory(), opened, '고마워요', chance));
  await page.getByRole('button', { name: '모든 사건' }).click();
  await page.getByRole('button', { name: '다시 보기' }).click();
  await expect(row).toContainText('다시 글을 남겼어요');

  // Nothing of it is in the address, the title, the history or what the browser keeps.
  const kept = await page.evaluate(() => JSON.stringify([location.href, document.title, history.length, { ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/고마워요|도서관|읽었어요/);
  expect(await page.title()).toBe('생활 안내');

  // One key locks it; her words open it again.
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-row]')).toHaveCount(0);
  await unlock(page, words.split(' ').reverse().join(' '));
  await expect(page.getByRole('alert')).toBeVisible();
  await unlock(page, words);
  await expect(row).toBeVisible();

  // What she takes back is unreadable here; what she deletes is gone.
  const [again] = await readMailbox(she, await directory());
  const reader = again?.readers.find(({ center }) => center !== null);
  if (!again || !reader) throw new Error('she reads no center in her notes');
  await withdraw(she, again, reader, (await directory()).now, chance);
  await row.getByRole('button').click();
  await expect(page.getByRole('note').first()).toContainText('동의를 거두었어요');
  await expect(page.locator('main')).not.toContainText('도서관');
  await check(page, 'a consent taken back');
  await page.getByRole('button', { name: '한국어' }).click();
  await deleteCase(she, again.case64);
  await page.getByRole('button', { name: '모든 사건' }).click();
  await page.getByRole('button', { name: '다시 보기' }).click();
  await expect(page.getByText('본인이 이 사건을 지웠어요')).toBeVisible();
  await page.getByRole('button', { name: /알림 치우기/ }).click();
  await expect(page.locator('[data-row]')).toHaveCount(0);
});

test('a colleague gets the key by voice, and loses it when she leaves', async ({ browser, origin }) => {
  const second = await sitDown(browser, origin, 1);
  await makeWords(second);
  await expect(second.getByRole('heading', { name: '기관의 열쇠를 기다려요' })).toBeVisible();
  await expect(second.locator('.print strong')).toHaveCount(4);
  const hers = await second.locator('.print strong').allTextContents();
  await check(second, 'waiting for the key');
  await second.getByRole('button', { name: '한국어' }).click();

  const first = await sitDown(browser, origin, 0);
  await unlock(first, words);
  await first.getByRole('button', { name: /네 낱말 견주기/ }).click();
  await expect(first.locator('.print strong')).toHaveCount(4);
  expect(await first.locator('.print strong').allTextContents()).toEqual(hers);
  await check(first, 'comparing four words');
  await first.getByRole('button', { name: '한국어' }).click();
  await first.getByRole('button', { name: /열쇠 주기/ }).click();
  await expect(first.getByRole('heading', { name: /열쇠를 기다리는 동료/ })).toHaveCount(0);
  await second.getByRole('button', { name: '다시 보기' }).click();
  await expect(second.getByRole('heading', { name: /답을 기다려요/ })).toBeVisible();

  // Both open what comes; after the next key only she who stayed does.
  await sendReport();
  for (const page of [first, second]) {
    await page.getByRole('button', { name: '다시 보기' }).click();
    await expect(page.locator('[data-row="open"]')).toHaveCount(1);
  }
  await first.getByText('나간 사람이 있어요: 새 열쇠').click();
  await first.locator('details .one input').uncheck();
  await first.getByRole('button', { name: '새 열쇠를 만들고 옮기기' }).click();
  await expect(first.getByText('새 열쇠로 옮기는 중: 1건 중 1건')).toBeVisible({ timeout: 60_000 });
  await first.locator('[data-row="open"] button').click();
  await expect(first.locator('section[aria-labelledby="reach"]')).toContainText('도서관이라고만');
  await second.locator('[data-row="open"] button').click();
  await expect(second.locator('section[aria-labelledby="reach"]')).not.toContainText('도서관이라고만');
  await expect(second.locator('section[aria-labelledby="reach"]')).toContainText('믿을 수 없어요');
});

test('a passkey that gives a secret is her key, without words', async ({ browser, origin }) => {
  const page = await sitDown(browser, origin, 0, false);
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true },
  });
  await page.evaluate(async () => {
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    await navigator.credentials.create({
      publicKey: {
        challenge: random(32), rp: { name: 'test' }, user: { id: random(16), name: 'test', displayName: 'test' }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, extensions: { prf: {} },
      },
    });
  });
  await page.getByRole('button', { name: '내 패스키로 만들기' }).click();
  await expect(page.getByRole('heading', { name: '기관의 첫 열쇠 만들기' })).toBeVisible();
  await page.getByRole('button', { name: '열쇠 만들기', exact: true }).click();
  await expect(page.getByText('기다리는 사람이 없어요')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '패스키로 열기' }).click();
  await expect(page.getByText('기다리는 사람이 없어요')).toBeVisible();

  // Ten minutes without use lock it, and it says so before.
  await page.clock.install();
  await page.clock.fastForward(9.5 * 60_000);
  await expect(page.getByText('1분 뒤에 잠겨요.')).toBeVisible();
  await page.clock.fastForward(60_000);
  await expect(page.getByText('10분 동안 쓰지 않아서 잠갔어요.')).toBeVisible();
  await expect(page.getByText('기다리는 사람이 없어요')).toHaveCount(0);
});
