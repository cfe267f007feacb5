// A center that loses its key: three shares on paper, one alone opens nothing, two give the key back on
// a new device, which moves on to the next key and tells whoever wrote.

import { test as base, expect, type Browser, type Page } from '@playwright/test';
import { readMailbox } from '../src/onestop/mailbox';
import { askAt, CENTER, directory, makeWords, sendReport } from './casework';
import { check, fits } from './look';
import { phone } from './night';
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

/** A page in the seat of a caseworker of the counseling center. */
async function sitDown(browser: Browser, origin: string, nth: number): Promise<Page> {
  const night = (await (await fetch(`${origin}/api/demo`)).json()) as { parts: { part: string; role: string; shown_as: string }[] };
  const part = night.parts.filter((one) => ['caseworker', 'case_supervisor'].includes(one.role) && one.part.includes(CENTER))[nth];
  if (!part) throw new Error(`the demo has no caseworker ${nth}`);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${origin}/case`);
  await page.locator('.part', { hasText: part.shown_as }).first().click();
  await expect(page.getByRole('heading', { name: /처음이에요: 내 열쇠 만들기|내 열쇠로 열기/ })).toBeVisible();
  return page;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();

/** The words of the share that is shown, as somebody copies them. */
async function copied(page: Page): Promise<string> {
  const shown = page.locator('ol.words li');
  await expect(shown).toHaveCount(34);
  return (await shown.allTextContents()).map((word) => word.replace(/\s+/g, ' ').trim()).join('\n');
}

async function type(page: Page, words: string): Promise<void> {
  await page.locator('section textarea').fill(words);
  await press(page, '확인');
}

test('two of three shares bring a lost key back, and she is told', async ({ browser, origin }) => {
  test.setTimeout(300_000);
  const page = await sitDown(browser, origin, 0);
  await makeWords(page);
  await press(page, '열쇠 만들기');
  await expect(page.getByText('아직 조각이 없어요')).toBeVisible();
  const [first, second] = [await sendReport(), await sendReport()];

  // Three people, one after the other, each for herself.
  await press(page, '조각 세 개 만들기');
  await check(page, 'a share, shown once');
  await fits(page, 'a share, shown once');
  await page.getByRole('button', { name: '한국어' }).click();
  const paper: string[] = [];
  for (const nth of [1, 2, 3]) {
    const title = page.getByRole('heading', { name: `${nth}번 조각` });
    // The first has lost it to the choice of language above.
    await (nth === 1 ? expect(title).toBeVisible() : expect(title).toBeFocused());
    paper.push(await copied(page));
    await press(page, '다 적었어요. 가리기');
    await expect(page.locator('ol.words')).toHaveCount(0);
    if (nth < 3) await press(page, `${nth + 1}번 조각 보기`);
  }
  const [one = '', two = '', three = ''] = paper;
  expect(new Set(paper).size).toBe(3);
  // Nothing of them was kept or sent, and a wrong word is told by its place.
  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }]));
  for (const word of one.split(/[\s\d]+/u).filter((word) => word.length > 1)) expect(kept).not.toContain(word);
  await type(page, one.replace(/^1 \S+/u, '1 없는낱말'));
  await expect(page.getByText('1번째 낱말은 목록에 없어요')).toBeVisible();
  await type(page, one);
  await type(page, one);
  await expect(page.getByText('1번 조각은 이미 넣었어요')).toBeVisible();
  await type(page, three);
  await expect(page.getByText('두 조각으로 열쇠가 나오는 것을 확인했어요')).toBeVisible();
  await expect(page.getByText(/1번 열쇠의 조각을 만들었어요/)).toBeVisible();
  await page.context().close();

  // Her colleague is new, and nobody has the key any more.
  const other = await sitDown(browser, origin, 1);
  await makeWords(other);
  await expect(other.getByText('열쇠를 가진 동료가 아무도 없나요?')).toBeVisible();
  await other.getByText('열쇠를 가진 동료가 아무도 없나요?').click();
  await type(other, two);
  await expect(other.getByText('한 조각으로는 아무것도 열리지 않아요. 1번이나 3번 조각이 하나 더 필요해요.')).toBeVisible();
  await expect(other.getByRole('button', { name: '열쇠 되찾고 새 열쇠로 바꾸기' })).toHaveCount(0);
  await check(other, 'one share is not enough');
  await fits(other, 'one share is not enough');
  await other.getByRole('button', { name: '한국어' }).click();
  await type(other, three);
  await press(other, '열쇠 되찾고 새 열쇠로 바꾸기');
  await expect(other.locator('[data-row="open"]')).toHaveCount(2, { timeout: 60_000 });
  await expect(other.getByText('기관 열쇠가 2번으로 바뀌었어요')).toBeVisible({ timeout: 60_000 });

  // Both were told, in words, by a device of the center; nothing else is left to do.
  for (const she of [first, second]) {
    await expect.poll(async () => {
      const [opened] = await readMailbox(she, await directory());
      return opened?.messages.map(({ author, content }) => [author.by, String(content?.['text'])]);
    }, { timeout: 60_000 }).toEqual([['center', expect.stringContaining('열쇠를 잃어버려서')]]);
  }
  await expect(other.getByRole('button', { name: '남은 분들께 알리기' })).toHaveCount(0);
  // A notice answers nobody: both still wait.
  await expect(other.locator('[data-row="open"]').first()).toContainText(/0시간째/);
});
