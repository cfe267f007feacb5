// A report from the first look to its deletion, in both languages, on a phone and by keyboard alone.

import type { Browser, Page } from '@playwright/test';
import { check, fits } from './look';
import { expect, phone, test, url } from './night';
import { before, left, NOTHING, openDoor, stand, type Stand } from './onestop';

async function opened(browser: Browser, at: Stand, options: object = {}): Promise<Page> {
  const page = await (await browser.newContext({ ...phone, ...options })).newPage();
  await before(page, at);
  await page.goto(url('/report'));
  return page;
}
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();

/** From the first page to the question what happened. */
async function toStory(page: Page): Promise<void> {
  await press(page, '글로 남기기');
  await press(page, '시작하기');
  await heading(page, '지금 위험한가요?');
  await press(page, '말하지 않을래요');
  await heading(page, '어떤 일이 있었나요?');
}

/** Writes only what happened, for the first center, and goes on to the words. */
async function toWords(page: Page, story: string, centers: string[] = ['신림 상담소']): Promise<string[]> {
  await toStory(page);
  await page.locator('#happened').fill(story);
  await press(page, '질문 모두 보기');
  await press(page, '다음: 누구에게 보낼지');
  for (const name of centers) await page.locator('input:enabled').and(page.getByRole('checkbox', { name: new RegExp(name) })).first().check();
  await press(page, centers.length > 0 ? '다음: 누가 무엇을 읽을지' : '다음: 미리 보기');
  if (centers.length > 0) await press(page, '다음: 미리 보기');
  await expect(page.locator('[data-goes]').first()).toContainText(story.slice(0, 20));
  await press(page, centers.length > 0 ? '동의하고 낱말 받기' : '나만 볼 기록으로 두고 낱말 받기');
  await heading(page, '나만 여는 일곱 낱말');
  const words = await page.locator('.words strong').allInnerTexts();
  expect(words).toHaveLength(7);
  return words;
}

async function practiced(page: Page, words: string[]): Promise<void> {
  await press(page, '한 번 연습하기');
  await heading(page, '낱말 연습');
  for (const field of await page.getByRole('textbox').all()) {
    const place = Number((await field.getAttribute('id'))?.replace('word-', ''));
    await field.fill(words[place] ?? '');
  }
  await press(page, '맞춰 보기');
  await expect(page.getByText('맞아요.')).toBeVisible();
  await press(page, '잠그고 보내기');
  await heading(page, '이제 보낼까요?');
}

async function comeBack(page: Page, words: string[]): Promise<void> {
  await press(page, '일곱 낱말로 열기');
  await page.locator('#words').fill(words.join(' '));
  await press(page, '열기');
  await heading(page, '내 우편함');
}

test('a report is written, sent, answered, written to, taken back and deleted', async ({ browser }) => {
  test.setTimeout(300_000);
  const at = await stand();
  const page = await opened(browser, at);
  const history = await page.evaluate(() => window.history.length);
  const words = await toWords(page, '밤에 골목에서 누가 따라왔어요.', ['신림 상담소', '신림 병원']);
  await practiced(page, words);
  await press(page, '잠그고 보내기');
  await heading(page, '잘 받았어요');
  expect(at.city.cases).toHaveLength(1);
  expect(await at.city.reads(0, 3)).toEqual({ happened: '밤에 골목에서 누가 따라왔어요.' });
  expect(await at.city.reads(1, 3)).toBeNull();
  expect(await page.evaluate(() => window.history.length)).toBe(history);
  expect(await left(page)).toEqual(NOTHING);

  await at.city.reply('내일 오후에 이야기해요.');
  await at.city.reply('이 번호로 전화하세요.', true);
  const again = await opened(browser, at);
  await comeBack(again, words);
  await expect(again.locator('[data-by="center"]')).toContainText('신림 상담소');
  await expect(again.locator('[data-by="center"]')).toContainText('내일 오후에 이야기해요.');
  const unproved = again.locator('[data-by="unproved"]');
  await expect(unproved).not.toContainText('신림 상담소');
  await expect(unproved.getByText('이 번호로 전화하세요.')).toBeHidden();
  await again.locator('textarea').fill('고마워요. 저녁이 좋아요.');
  await press(again, '잠그고 보내기');
  await expect(again.locator('[data-by="herself"]')).toContainText('저녁이 좋아요.');

  await press(again, '동의 거두기');
  await expect(again.getByText('이미 읽은 것은')).toBeVisible();
  await press(again, '동의를 거둘게요');
  await expect(again.locator('[data-reader]').getByText('이제 열 수 없어요.')).toBeVisible({ timeout: 60_000 });
  expect(await at.city.reads(0, 3)).toBeNull();
  await again.getByText('쓴 글 보기').click();
  await expect(again.getByText('밤에 골목에서 누가 따라왔어요.')).toBeVisible();

  await press(again, '모두 지우기');
  await press(again, '지울게요');
  expect(at.city.cases).toHaveLength(1);
  await press(again, '네, 모두 지우기');
  await expect(again.getByText('여기에는 아무것도 없어요.')).toBeVisible();
  expect(at.city.cases).toEqual([]);
  expect(await left(again)).toEqual(NOTHING);
});

test('by keyboard alone, in English: a record only she can open', async ({ browser }) => {
  test.setTimeout(300_000);
  const at = await stand();
  const page = await opened(browser, at, { locale: 'en-US' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  /** Goes on with Tab until that control has the focus, as somebody without a mouse does. */
  const reach = async (name: string, keys = 'Enter') => {
    for (let times = 0; times < 120; times += 1) {
      await page.keyboard.press('Tab');
      const on = await page.evaluate(() => {
        const one = document.activeElement as HTMLInputElement | null;
        return (one?.labels?.[0]?.textContent ?? one?.textContent ?? '').trim().replaceAll(/\s+/g, ' ');
      });
      if (on === name) return page.keyboard.press(keys);
    }
    throw new Error(`the keyboard does not reach “${name}”`);
  };
  const focused = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Write it down' })).toBeEnabled();
  // The way out is at the top right in either language.
  const out = await page.locator('#leave').boundingBox();
  expect(out && out.y < 24 && out.x + out.width > 320, JSON.stringify(out)).toBe(true);
  await reach('Write it down');
  await focused('Before you write');
  await reach('Begin');
  await focused('Are you in danger now?');
  await reach('I would rather not say');
  await focused('What happened?');
  await reach('In your words', 'End');
  await page.keyboard.type('On the stairs, last night.');
  await reach('All questions');
  await focused('Choose where to begin');
  await reach('Next: whom to send it to');
  await focused('Whom shall it go to?');
  await reach('Next: look at it');
  await focused('This is what goes');
  await reach('Keep it for me: get my words');
  await focused('Seven words, only yours');
  const words = await page.locator('.words strong').allInnerTexts();
  await reach('Send without practicing');
  await expect(page.getByText('Nobody can find them for you.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go on without practicing' })).toBeFocused();
  await page.keyboard.press('Enter');
  await focused('Send it now?');
  await reach('Lock and send');
  await focused('It has arrived');
  expect(at.city.knocks).toEqual([]);
  expect(await at.city.reads(0, 3)).toBeNull();
  await reach('Done');
  await focused('Look first. You need not tell anything');
  await reach('Open with seven words');
  await reach('Seven words', 'End');
  await page.keyboard.type(words.join(' '));
  await reach('Open');
  await focused('My mailbox');
  await expect(page.getByText('Only you can read it.')).toBeVisible();
});

test('reports of 200 and of 3,900 letters have the same size on the wire', async ({ browser }) => {
  test.setTimeout(300_000);
  const at = await stand();
  for (const letters of [200, 3_900]) {
    const page = await opened(browser, at);
    await toWords(page, '가'.repeat(letters));
    await press(page, '연습하지 않고 보내기');
    await press(page, '연습 없이 계속하기');
    await press(page, '잠그고 보내기');
    await heading(page, '잘 받았어요');
    await page.context().close();
  }
  expect(at.city.sent).toHaveLength(2);
  expect(at.city.sent[1]?.length).toBe(at.city.sent[0]?.length);
});

test('a network that breaks loses nothing and makes no second case', async ({ browser }) => {
  test.setTimeout(300_000);
  const at = await stand();
  at.lose = { before: 1, after: 1 };
  const page = await opened(browser, at);
  await toWords(page, '한 번만 말하고 싶어요.');
  await press(page, '연습하지 않고 보내기');
  await press(page, '연습 없이 계속하기');
  await press(page, '잠그고 보내기');
  for (let times = 0; times < 2; times += 1) {
    await heading(page, '아직 보내지 못했어요');
    await press(page, '다시 보내기');
  }
  await heading(page, '잘 받았어요');
  expect(at.city.cases).toHaveLength(1);
  expect(new Set(at.city.sent).size).toBe(1);
});

test('a door that is closed, or that cannot be proved, takes nothing and gives numbers', async ({ browser }) => {
  for (const [lie, door] of [
    [(told: object) => ({ ...told, door: 'closed' }), 'closed'],
    [(told: { witnesses: object[] }) => ({ ...told, witnesses: told.witnesses.slice(1) }), 'unproved'],
    [(told: { now: number }) => ({ ...told, now: told.now + 73 * 3_600_000 }), 'unproved'],
    [(told: { team_keys: { entry: string }[] }) => ({ ...told, team_keys: told.team_keys.map((one) => ({ ...one, entry: told.team_keys[0]?.entry })) }), 'unproved'],
  ] as const) {
    const at = await stand();
    at.lie = lie as unknown as Stand['lie'];
    const page = await opened(browser, at);
    const shut = page.locator('[data-door]');
    await expect(shut).toHaveAttribute('data-door', door);
    await expect(shut.getByRole('link', { name: '1366' })).toHaveAttribute('href', 'tel:1366');
    await expect(page.getByRole('button', { name: '글로 남기기' })).toHaveCount(0);
    await expect(page.locator('textarea, input')).toHaveCount(0);
    await page.context().close();
  }
});

test('wrong words are told on the device, and the server is not asked', async ({ browser }) => {
  const at = await stand();
  const page = await opened(browser, at);
  await press(page, '일곱 낱말로 열기');
  const words = page.locator('#words');
  for (const [typed, said] of [
    ['가격 가끔', '낱말이 2개예요'],
    ['가격 가끔 가난 없는낱말 가능 가득 가르침', '4번째 낱말을 목록에서 찾지 못했어요'],
    ['가격 가끔 가난 abandon 가능 가득 가르침', '섞여 있어요'],
    ['가격 가격 가격 가격 가격 가격 가끔', '낱말이 서로 맞지 않아요'],
  ] as const) {
    await words.fill(typed);
    await press(page, '열기');
    await expect(page.locator('#words-said')).toContainText(said);
  }
  // What everybody who looks is shown, and nothing of her words.
  expect(at.asked.filter((path) => !['keys', 'directory', 'services'].includes(path))).toEqual([]);
});

test('what is too long, or has not come yet, is met gently', async ({ browser }) => {
  const page = await opened(browser, await stand());
  await toStory(page);
  const story = page.locator('#happened');
  await story.evaluate((one: HTMLTextAreaElement) => {
    one.value = `\u0000\ud800${'가'.repeat(350_000)}`;
    one.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect(page.getByText('글자쯤 줄여 주세요')).toBeVisible();
  await expect(page.getByRole('button', { name: '다음', exact: true })).toBeDisabled();
  await story.fill('짧게');
  await press(page, '다음');
  await heading(page, '언제였나요?');
  await page.getByRole('radio', { name: '날짜를 알아요' }).check();
  await page.locator('#year').selectOption('2024');
  await page.locator('#month').selectOption('2');
  await page.locator('#day').selectOption('29');
  await page.locator('#year').selectOption('2023');
  await expect(page.locator('#day')).toHaveValue('0');
  await expect(page.locator('#day option')).toHaveCount(29);
  const years = await page.locator('#year option').evaluateAll((all) => all.map((one) => Number((one as HTMLOptionElement).value)));
expect([years.at(-1), years[0]]).toEqual([1900, Math.max(...years)]);
  await press(page, '질문 모두 보기');
  await press(page, '그만하고 모두 지우기');
  await press(page, '모두 지우고 그만하기');
  await heading(page, '이 화면에서 모두 지웠어요');
  await press(page, '처음 화면으로');
  await toStory(page);
  await expect(page.locator('#happened')).toHaveValue('');
});

test('danger brings the numbers at once', async ({ browser }) => {
  const page = await opened(browser, await stand());
  await press(page, '글로 남기기');
  await press(page, '시작하기');
  await page.getByRole('radio', { name: '네, 위험해요' }).check();
  const call = page.locator('#app').getByRole('link', { name: '112' });
  await expect(call).toBeVisible();
  expect((await call.boundingBox())?.height).toBeGreaterThanOrEqual(72);
});

test('leaving covers the page at once, and nothing comes back', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto('about:blank');
  await before(page, await stand());
  await page.goto(url('/report'));
  await toStory(page);
  await page.locator('#happened').fill('아무도 보면 안 되는 글');
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift');
  await page.waitForURL('**/away');
  await page.goBack();
  expect(page.url()).toBe('about:blank');
  await page.goto(url('/report'));
  await toStory(page);
  await expect(page.locator('#happened')).toHaveValue('');
  await page.locator('#leave').click();
  await page.waitForURL('**/away');
  expect(await left(page)).toEqual(NOTHING);
});

test('a service worker of the citizen\'s page keeps nothing of this one', async ({ browser }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url('/'));
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const kept = (await left(page)) as { cached: string[] };
  await page.goto(url('/report'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await press(page, '일곱 낱말로 열기').catch(() => undefined);
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /\/unkept\//.test(name)))).toBe(true);
  const now = (await left(page)) as { cached: string[] };
  // Letters are every page's, and the citizen's own may arrive late.
  const everyones = (path: string) => path.endsWith('.woff2') || path === '/api/city' || path === '/api/haven/near';
  expect(now.cached.filter((path) => !kept.cached.includes(path) && !everyones(path))).toEqual([]);
});

test('what the city\'s own server says of the door is what the page shows, and a report goes its whole way there', async ({ browser }) => {
  test.setTimeout(300_000);
  const told = await fetch(url('/api/onestop/directory'));
  test.skip(!told.ok, 'this server has no one-stop');
  const { door } = (await told.json()) as { door: string };
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/report'));
  if (door !== 'open') {
    await expect(page.locator('[data-door]')).toHaveAttribute('data-door', 'closed');
    await openDoor();
    await press(page, '다시 확인하기');
  }
  // Whichever center has a key: the first that can be chosen.
  const words = await toWords(page, '지하철에서 있었던 일이에요.', ['.']);
  await press(page, '연습하지 않고 보내기');
  await press(page, '연습 없이 계속하기');
  await press(page, '잠그고 보내기');
  await heading(page, '잘 받았어요');
  await press(page, '마치기');
  await comeBack(page, words);
  await page.locator('textarea').fill('하나 더 있어요.');
  await press(page, '잠그고 보내기');
  await expect(page.locator('[data-by="herself"]')).toContainText('하나 더 있어요.');
  await press(page, '동의 거두기');
  await press(page, '동의를 거둘게요');
  await expect(page.locator('[data-reader]').getByText('이제 열 수 없어요.')).toBeVisible({ timeout: 60_000 });
  await page.getByText('쓴 글 보기').click();
  await expect(page.getByText('지하철에서 있었던 일이에요.')).toBeVisible();
  await expect(page.locator('[data-by="herself"]')).toContainText('하나 더 있어요.');
  await press(page, '모두 지우기');
  await press(page, '지울게요');
  await press(page, '네, 모두 지우기');
  await expect(page.getByText('여기에는 아무것도 없어요.')).toBeVisible();
  expect(await left(page)).toEqual(NOTHING);
});

test('without JavaScript there are numbers, and no form', async ({ browser }) => {
  const page = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
  await page.goto(url('/report'));
  await expect(page.getByRole('link', { name: '1366', exact: true }).first()).toBeVisible();
  const said = page.locator('noscript p').first();
  await expect(said).toBeVisible();
  expect(await said.evaluate((one) => one.textContent)).toContain('지금은 글을 받을 수 없어요');
  await expect(page.locator('textarea, input, form')).toHaveCount(0);
  await expect(page.locator('#leave')).toBeHidden();
});

test('every screen can be read by everybody', async ({ browser }) => {
  test.setTimeout(400_000);
  const at = await stand();
  const page = await opened(browser, at);
  const look = async (screen: string) => {
    await check(page, screen);
    await fits(page, screen);
    await page.getByRole('button', { name: '한국어' }).click().catch(() => undefined);
    expect(await page.getByRole('heading', { level: 1 }).count(), screen).toBe(1);
  };
  await expect(page.getByRole('button', { name: '글로 남기기' })).toBeEnabled();
  for (const summary of await page.locator('summary').all()) await summary.click();
  await look('look');
  await press(page, '전화로 말하기');
  await look('calls');
  await press(page, '뒤로');
  await press(page, '글로 남기기');
  await look('before');
  await press(page, '시작하기');
  for (let nth = 1; nth <= 9; nth += 1) {
    for (const radio of await page.locator('label.choice input[type="radio"]').all()) await radio.check();
    if (nth === 2) await page.locator('#happened').fill('계단에서 있었던 일이에요.');
    if ([1, 2, 3, 5, 8].includes(nth)) await look(`question ${nth}`);
    await press(page, '다음');
  }
  await look('overview');
  await press(page, '다음: 누구에게 보낼지');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await look('centers');
  await press(page, '다음: 누가 무엇을 읽을지');
  await look('readers');
  await press(page, '다음: 미리 보기');
  await look('preview');
  await press(page, '동의하고 낱말 받기');
  await look('words');
  const words = await page.locator('.words strong').allInnerTexts();
  await press(page, '한 번 연습하기');
  await press(page, '맞춰 보기');
  await look('practice');
  await press(page, '연습 없이 계속하기');
  await press(page, '잠그고 보내기');
  await heading(page, '잘 받았어요');
  await look('sent');
  await at.city.reply('안녕하세요.');
  await press(page, '마치기');
  await press(page, '일곱 낱말로 열기');
  await look('return');
  await page.locator('#words').fill(words.join(' '));
  await press(page, '열기');
  await heading(page, '내 우편함');
  await page.getByText('쓴 글 보기').click();
  await look('mailbox');
});
