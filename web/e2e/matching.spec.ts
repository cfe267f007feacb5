// Leaving a name, closed, on a city that has it switched on: holders, issuer, matcher and counsel are
// the binary's own processes and commands. And a city that has it switched off says nothing of it.

import { test as base, expect, type Browser, type Page } from '@playwright/test';
import { INCIDENT } from '../src/onestop/content';
import { makeParcel } from '../src/onestop/parcel';
import { tell } from '../src/onestop/send';
import { stretchHere } from '../src/seal/argon';
import { browserChance as chance } from '../src/seal/chance';
import { Mailbox } from '../src/seal/mailbox';
import { newPhrase, spell } from '../src/seal/words';
import { askAt, directory } from './casework';
import { check, fits } from './look';
import { matched, type Matched } from './matching';
import { phone, url } from './night';
import { left, NOTHING } from './onestop';

const test = base.extend<object, { at: Matched }>({
  at: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { at, end } = await matched();
      const back = askAt(at.origin);
      await use(at);
      back();
      await end();
    },
    { scope: 'worker' },
  ],
});

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

/** A record only she can open: her seven words. */
async function record(): Promise<string> {
  const { salt, now } = await directory();
  const phrase = newPhrase(chance);
  const she = await Mailbox.open(phrase, salt, stretchHere);
  await tell('report', await makeParcel(she, { contents: { [INCIDENT]: { happened: '나만 보는 기록' } } as never, readings: [], leads: null, language: 'ko', now }, chance));
  return spell(phrase, 'ko').join(' ');
}

/** Her page, with her mailbox open. */
async function opened(browser: Browser, at: Pick<Matched, 'origin'>, words: string, options: object = {}): Promise<Page> {
  const page = await (await browser.newContext({ ...phone, ...options })).newPage();
  await page.goto(`${at.origin}/report`);
  await press(page, '일곱 낱말로 열기');
  await page.locator('#words').fill(words);
  await press(page, '열기');
  await expect(page.getByRole('heading', { level: 1, name: '내 우편함' })).toBeVisible({ timeout: 60_000 });
  return page;
}

interface Typed { phone: string; people: number; where: string; code: string }

/** From the mailbox to the screen on which she leaves it. */
async function toOver(page: Page, { phone: number, people, where, code }: Typed): Promise<void> {
  await press(page, '어떤 것인지 보기');
  await heading(page, '이름을 잠가서 남기기');
  await press(page, '남겨 보기');
  await page.getByRole('radio', { name: '전화번호' }).check();
  await page.locator('#phone').fill(number);
  await expect(page.locator('[data-spelled]')).toContainText('010-');
  await press(page, '다음');
  await page.getByRole('radio', { name: new RegExp(`^${people}명`) }).check();
  await press(page, '다음');
  await page.locator('#where').fill(where);
  await page.locator('#say').fill('도서관이에요');
  await press(page, '다음');
  await page.locator('#code').fill(code);
  await press(page, '다음');
  await heading(page, '이렇게 남겨요');
}

/** Leaves it, to the end. */
async function leave(page: Page, typed: Typed): Promise<void> {
  await toOver(page, typed);
  await press(page, '잠가서 남기기');
  await expect(page.getByRole('heading', { level: 1, name: '잠가서 남겼어요' })).toBeVisible({ timeout: 60_000 });
}

/** What went over the wire and what was shown, but for what is hers: sizes by path, and the last screens. */
async function witnessed(browser: Browser, at: Matched, typed: Omit<Typed, 'code'>, document: string): Promise<{ sizes: string[]; screens: string[] }> {
  const page = await opened(browser, at, await record());
  const sizes: string[] = [];
  const read: Promise<void>[] = [];
  page.on('response', (answer) => {
    const { pathname, host } = new URL(answer.url());
    // Two of three holders are asked: which, chance says.
    const house = host === new URL(at.origin).host ? 'city' : pathname;
    if (!/matching|\/v1\//.test(pathname)) return;
    read.push(answer.body().then((body) => void sizes.push(`${house} ${pathname} ${answer.request().postData()?.length ?? 0} ${answer.status()} ${body.length}`)));
  });
  await leave(page, { ...typed, code: at.admit(document)[0] ?? '' });
  const said = () => page.locator('#app').innerText();
  const screens = [await said()];
  await press(page, '우편함으로');
  await expect(page.locator('[data-left="there"]')).toBeVisible();
  screens.push(await page.locator('section[aria-labelledby="names"]').innerText());
  await Promise.all(read);
  expect(await left(page)).toEqual(NOTHING);
  await page.context().close();
  return { sizes: sizes.sort(), screens };
}

/** Scripts the page has loaded that hold words of it, or the way to one of its houses. */
async function scriptsWithIt(page: Page, ...words: string[]): Promise<string[]> {
  const looked = words.length > 0 ? words : ['이름을 잠가서', 'Leave the name, closed', '/v1/tokens', 'waylight/matching'];
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js')));
  const texts = await Promise.all(loaded.map(async (name) => ({ name, text: await (await fetch(name)).text() })));
  return texts.filter(({ text }) => looked.some((word) => text.includes(word))).map(({ name }) => name);
}

test('three testers, three spellings of one number: at two nothing, at three counsel and nobody else', async ({ browser, at }) => {
  test.setTimeout(400_000);
  const first = await witnessed(browser, at, { phone: '010-2345-6789', people: 2, where: '문자 010-0000-0001' }, 'M11110001');
  const second = await witnessed(browser, at, { phone: '+82 10 2345 6789', people: 3, where: '문자 010-0000-0002' }, 'M11110002');
  expect(at.entries()).toBe(2);
  expect(at.counsel()).toContain('새로 열린 것이 없어요');
  const third = await witnessed(browser, at, { phone: '01023456789', people: 3, where: '문자 010-0000-0003' }, 'M11110003');
  const told = at.counsel();
  for (const nth of [1, 2, 3]) expect(told).toContain(`번호나 주소: 문자 010-0000-000${nth} / 연락할 때 써도 되는 말: 도서관이에요`);
  expect(told).not.toMatch(/2345/);
  // Counsel was told once: the next day nothing new has opened.
  expect(at.counsel()).toContain('새로 열린 것이 없어요');

  // The one who is named names himself, for as few as he may: every size and every screen as with a number nobody knows.
  const accused = await witnessed(browser, at, { phone: '010-2345-6789', people: 3, where: '문자 010-0000-0004' }, 'M11110004');
  const nobody = await witnessed(browser, at, { phone: '010-7777-0001', people: 3, where: '문자 010-0000-0005' }, 'M11110005');
  for (const one of [first, second, third, accused]) expect(one.sizes).toEqual(nobody.sizes);
  for (const one of [second, third, accused]) expect(one.screens).toEqual(nobody.screens);
  expect(nobody.sizes.length).toBeGreaterThanOrEqual(5);
});

test('what she left she takes back with her seven words, on another day and another device', async ({ browser, at }) => {
  test.setTimeout(300_000);
  const words = await record();
  const before = at.entries();
  const page = await opened(browser, at, words);
  await leave(page, { phone: '010-3333-0001', people: 2, where: '이메일 a@example.com', code: at.admit('M22220001')[0] ?? '' });
  expect(at.entries()).toBe(before + 1);
  await page.context().close();

  const again = await opened(browser, at, words);
  await expect(again.locator('[data-left="there"]')).toContainText('전화번호 · 나까지 2명');
  await expect(again.locator('#app')).not.toContainText('3333');
  await again.getByText('쓴 글 보기').click();
  await expect(again.getByText('통계')).toHaveCount(0);
  await press(again, '되찾기');
  await expect(again.getByText('상담자가 이미 열어 읽은 것은 지울 수 없어요')).toBeVisible();
  await press(again, '되찾을게요');
  await expect(again.locator('[data-left="back"]')).toBeVisible();
  expect(at.entries()).toBe(before);
  await expect(again.getByText('4번 남았어요').first()).toBeVisible();

  // One more, and the whole record deleted: the name goes with it.
  await leave(again, { phone: '010-3333-0002', people: 5, where: '문자 010-0000-0001', code: at.admit('M22220001')[0] ?? '' });
  await press(again, '우편함으로');
  expect(at.entries()).toBe(before + 1);
  await press(again, '모두 지우기');
  await press(again, '지울게요');
  await press(again, '네, 모두 지우기');
  await expect(again.getByText('여기에는 아무것도 없어요.')).toBeVisible();
  expect(at.entries()).toBe(before);
});

test('a holder that is away is not felt, two are said, and coming back costs no second code', async ({ browser, at }) => {
  test.setTimeout(300_000);
  const words = await record();
  const before = at.entries();
  const page = await opened(browser, at, words);
  const typed = { phone: '010-4444-0001', people: 2, where: '문자 010-0000-0001', code: at.admit('M33330001')[0] ?? '' };
  await at.holders[0]?.stop();
  await at.holders[2]?.stop();
  await toOver(page, typed);
  await press(page, '잠가서 남기기');
  await expect(page.locator('[data-refused="too-few-answers"]')).toContainText('세 기관 가운데 두 곳이 지금 답하지 않아요', { timeout: 60_000 });
  await at.holders[2]?.begin();
  // One is still away.
  await page.getByRole('button', { name: '이어서 하기' }).dblclick();
  await expect(page.getByRole('heading', { level: 1, name: '잠가서 남겼어요' })).toBeVisible({ timeout: 60_000 });
  expect(at.entries()).toBe(before + 1);
  await at.holders[0]?.begin();

  // The same code again, from another mailbox: it is used. And something that is no code is told here.
  const other = await opened(browser, at, await record());
  await toOver(other, { ...typed, phone: '010-4444-0002' });
  await press(other, '잠가서 남기기');
  await expect(other.locator('[data-refused="code-used"]')).toContainText('이미 쓴 코드예요', { timeout: 60_000 });
  await press(other, '고치기');
  await press(other, '코드 바꾸기');
  await other.locator('#code').fill('K7PD-2MQX-9RTU');
  await expect(other.getByText('코드로 읽히지 않아요')).toBeVisible();
  await expect(other.getByRole('button', { name: '다음', exact: true })).toBeDisabled();
  await other.locator('#code').fill('K7PD-2MQX-9RTV');
  await press(other, '다음');
  await press(other, '잠가서 남기기');
  await expect(other.locator('[data-refused="code-unknown"]')).toContainText('이 코드를 찾지 못했어요', { timeout: 60_000 });
  expect(at.entries()).toBe(before + 1);
});

test('a network that breaks at the last step leaves one, also after the page is gone', async ({ browser, at }) => {
  test.setTimeout(300_000);
  const words = await record();
  const before = at.entries();
  const page = await opened(browser, at, words);
  // It arrives, and its answer does not.
  let sent = 0;
  await page.route('**/api/onestop/matching/entry', async (route) => {
    sent += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await toOver(page, { phone: '010-5555-0001', people: 3, where: '문자 010-0000-0001', code: at.admit('M44440001')[0] ?? '' });
  await press(page, '잠가서 남기기');
  await expect(page.locator('[data-refused="unreached"]')).toContainText('이미 잠갔어요', { timeout: 60_000 });
  await press(page, '이어서 하기');
  await expect.poll(() => sent).toBe(2);
  expect(at.entries()).toBe(before + 1);
  await page.context().close();

  const again = await opened(browser, at, words);
  await expect(again.locator('[data-left="going"]')).toContainText('보내다가 끊겼어요');
  await press(again, '어떤 것인지 보기');
  await expect(again.getByText('보내다가 끊긴 것이 있어요.')).toBeVisible();
  await expect(again.getByRole('button', { name: '남겨 보기' })).toBeDisabled();
  await press(again, '우편함으로');
  await press(again, '이어서 보내기');
  await expect(again.locator('[data-left="there"]')).toBeVisible({ timeout: 60_000 });
  expect(at.entries()).toBe(before + 1);
});

test('five in ninety days, and the sixth is refused', async ({ browser, at }) => {
  test.setTimeout(400_000);
  const page = await opened(browser, at, await record());
  const codes = at.admit('M55550001', 5);
  for (const [nth, code] of codes.entries()) {
    await leave(page, { phone: `010-6666-000${nth}`, people: 2, where: '문자 010-0000-0001', code });
    await expect(page.getByText(nth < 4 ? `${4 - nth}번 남았어요` : '다섯 번을 다 썼어요')).toBeVisible();
    await press(page, '우편함으로');
  }
  expect(() => at.admit('M5555-0001')).toThrow(/five in ninety days/);
});

test('what it does not protect against, from the first page, without a mailbox', async ({ browser, at }) => {
  test.setTimeout(300_000);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${at.origin}/report`);
  await page.getByText('이름을 잠가서 남기기').click();
  await press(page, '무엇이 이것을 깨뜨릴 수 있는지 보기');
  await heading(page, '무엇이 이것을 깨뜨릴 수 있나요');
  await expect(page.locator('[data-sums]')).toContainText('7.4시간');
  await expect(page.locator('[data-houses]')).toContainText('여성의집');
  expect(await scriptsWithIt(page)).not.toEqual([]);
  await check(page, 'threats');
  await fits(page, 'threats');
  await page.getByRole('button', { name: '한국어' }).click();
  await press(page, '뒤로');
  await heading(page, '말하지 않아도 돼요. 먼저 살펴보세요');
});

test('every screen of it can be read by everybody', async ({ browser, at }) => {
  test.setTimeout(400_000);
  const page = await opened(browser, at, await record());
  const look = async (screen: string) => {
    await check(page, screen);
    await fits(page, screen);
    await page.getByRole('button', { name: '한국어' }).click();
    expect(await page.getByRole('heading', { level: 1 }).count(), screen).toBe(1);
  };
  await look('mailbox');
  await press(page, '어떤 것인지 보기');
  await expect(page.getByRole('button', { name: '남겨 보기' })).toBeEnabled();
  await look('about');
  await press(page, '남겨 보기');
  const wrong: [string, string, string][] = [['전화번호', '#phone', '12'], ['인터넷 계정', '#handle', '한 글'], ['차 번호', '#plate', '가나'], ['이름, 태어난 해, 일하는 곳', '#name', '1']];
  for (const [kind, field, typed] of wrong) {
    await page.getByRole('radio', { name: kind }).check();
    await page.locator(field).fill(typed);
    await expect(page.locator(`${field}-said`)).not.toBeEmpty();
    await expect(page.getByRole('button', { name: '다음', exact: true })).toBeDisabled();
    await look(`who: ${kind}`);
  }
  await page.locator('#name').fill('김 가나');
  await page.locator('#born').fill('1984');
  await page.locator('#workplace').fill('(주)나다 상사');
  await expect(page.locator('[data-spelled]')).toContainText('김가나 · 1984 · 나다상사');
  await look('who: spelled');
  await press(page, '다음');
  await page.getByRole('radio', { name: /^5명/ }).check();
  await look('people');
  await press(page, '다음');
  await page.locator('#where').fill('가'.repeat(400));
  await expect(page.getByText('글자쯤 줄여 주세요')).toBeVisible();
  await page.locator('#where').fill('문자 010-0000-0001');
  await look('reach');
  await press(page, '다음');
  await look('code');
  await page.locator('#code').fill(at.admit('M66660001')[0] ?? '');
  await press(page, '다음');
  for (const summary of await page.locator('summary').all()) await summary.click();
  await look('over');
  for (const holder of at.holders) await holder.stop();
  await press(page, '잠가서 남기기');
  await expect(page.locator('[data-refused]')).toBeVisible({ timeout: 60_000 });
  await look('refused');
  for (const holder of at.holders) await holder.begin();
  await press(page, '이어서 하기');
  await expect(page.getByRole('heading', { level: 1, name: '잠가서 남겼어요' })).toBeVisible({ timeout: 60_000 });
  await look('left');
  await press(page, '우편함으로');
  await press(page, '되찾기');
  await look('taking back');
});

test('by keyboard alone, in English', async ({ browser, at }) => {
  test.setTimeout(300_000);
  const words = await record();
  const page = await (await browser.newContext({ ...phone, locale: 'en-US' })).newPage();
  await page.goto(`${at.origin}/report`);
  /** Goes on with Tab until that control has the focus, as somebody without a mouse does. */
  const reach = async (name: string | RegExp, keys = 'Enter') => {
    for (let times = 0; times < 120; times += 1) {
      await page.keyboard.press('Tab');
      const on = await page.evaluate(() => {
        const one = document.activeElement as HTMLInputElement | null;
        return (one?.labels?.[0]?.textContent ?? one?.textContent ?? '').trim().replaceAll(/\s+/g, ' ');
      });
      if (typeof name === 'string' ? on === name : name.test(on)) return page.keyboard.press(keys);
    }
    throw new Error(`the keyboard does not reach “${name}”`);
  };
  const focused = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeFocused({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Open with seven words' })).toBeEnabled();
  await reach('Open with seven words');
  await reach('Seven words', 'End');
  await page.keyboard.type(words);
  await reach('Open');
  await focused('My mailbox');
  await expect(page.getByRole('button', { name: 'See what it is' })).toBeVisible();
  await reach('See what it is');
  await focused('Leave the name, closed');
  await expect(page.getByRole('button', { name: 'Leave one' })).toBeEnabled();
  await reach('Leave one');
  await focused('Who is it?');
  await reach('A phone number', 'Space');
  await reach('Phone number', 'End');
  await page.keyboard.type('010 8888 0001');
  await expect(page.locator('[data-spelled]')).toContainText('010-8888-0001');
  await page.keyboard.press('Enter');
  await focused('How many people shall it take?');
  await reach(/^2 people/, 'Space');
  await page.keyboard.press('ArrowDown');
  await reach('Next');
  await focused('How may counsel reach you?');
  await reach('Number or address', 'End');
  await page.keyboard.type('text 010-0000-0001');
  await reach('Next');
  await focused('Your code');
  await reach('Code', 'End');
  await page.keyboard.type((at.admit('M77770001')[0] ?? '').toLowerCase().replaceAll('-', ' '));
  await reach('Next');
  await focused('This is what you leave');
  await expect(page.locator('[data-over="people"]')).toContainText('3 people');
  await reach('Lock and leave it');
  await focused('It is left, locked');
});

test('switched off, there is not a byte of it and not a word', async ({ browser }) => {
  test.setTimeout(300_000);
  const back = askAt(url(''));
  const words = await record().finally(back);
  const page = await (await browser.newContext(phone)).newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(url('/report'));
  await expect(page.getByRole('button', { name: '일곱 낱말로 열기' })).toBeEnabled();
  const look = await page.locator('#app').innerText();
  await press(page, '일곱 낱말로 열기');
  await page.locator('#words').fill(words);
  await press(page, '열기');
  await expect(page.getByRole('heading', { level: 1, name: '내 우편함' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('내가 보낸 것')).toBeVisible();
  expect(`${look} ${await page.locator('#app').innerText()}`).not.toContain('이름을 잠가서');
  expect(asked.filter((path) => path.includes('matching'))).toEqual([]);
  expect(await scriptsWithIt(page)).toEqual([]);
  // All that it has loaded was searched: the page's own words are found the same way.
  expect(await scriptsWithIt(page, '내 우편함')).not.toEqual([]);
  expect((await fetch(url('/api/onestop/matching'))).status).toBe(404);
});
