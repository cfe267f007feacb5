// The desk of a city: by keyboard alone from the phone call to the close, with 500 open items, with
// two desks looking while a third acts, from one shift to the next, and from above.

import type { Browser, Page } from '@playwright/test';
import type { AlarmItem, Board, CityBoard, TeamItem, WalkItem } from '../src/wire';
import { expect, feedOf, inQueue, parts, phone, places, seat, test, url } from './night';

const id = (prefix: string, at: number): string => `${prefix}_${String(at).padStart(26, '0')}`;

/** A board with as many items as a desk is ever to have, made of a real one. */
async function crowded(desk: Page, alarms = 3, walks = 497, teams = 250): Promise<Board> {
  const board = (await (await desk.request.get(url('/api/desk/board'))).json()) as Board;
  const near = { ko: '긴 이름을 가진 정류장 앞 편의점 건너편', en: 'The stop with a long name, across from the store' };
  return {
    ...board,
    alarms: Array.from({ length: alarms }, (_, at): AlarmItem => ({ id: id('alm', at), urgency: 3, by: { kind: 'citizen' }, grade: 'help_now', sent_at: board.now - 60_000 + at, seen_at: null, retracted_at: null, duress: false, escalated: 'none', near })),
    walks: Array.from({ length: walks }, (_, at): WalkItem => ({ id: id('esc', at), urgency: at < 20 ? 0 : at < 40 ? 1 : 4, stage: at < 20 ? 'sent' : at < 40 ? 'seen' : 'walking', channel: 'web', meeting_place: { ko: `정류장 ${at}번`, en: `Stop ${at}` }, asked_at: board.now - 600_000 + at, wanted_at: board.now, since: board.now - 60_000, escalated: 'none', team: at < 40 ? null : '07', overdue: at >= 20 && at < 40, with_district: null })),
    teams: Array.from({ length: teams }, (_, at): TeamItem => ({ id: id('tem', at), call_sign: String(at).padStart(3, '0'), first_names: ['가람', '노을'], duty: 'on', walk: null, at: null, heard_at: board.now - at * 1000, walks_tonight: 1 })),
  };
}

/** A desk whose feed is ours to tell. */
async function deskOf(browser: Browser, make: (desk: Page) => Promise<Board> = (desk) => crowded(desk)): Promise<{ desk: Page; board: Board }> {
  const desk = await seat(browser, 'dispatcher');
  const board = await make(desk);
  await feedOf(desk, '/api/desk/live', board);
  await desk.reload();
  await expect(desk.locator('[data-queue] .row').first()).toBeVisible();
  return { desk, board };
}

const tell = (page: Page, name: string, body: object): Promise<void> => page.evaluate(([event, data]) => (window as unknown as { tell: (text: string) => void }).tell(`event: ${event}\ndata: ${data}\n\n`), [name, JSON.stringify(body)] as const);

/** The hundreds of rows are in the list, not in the page. */
const ROWS_IN_PAGE = 60;

test('500 open items are one list, of which the page holds what is in view', async ({ browser }) => {
  const { desk } = await deskOf(browser);
  const rows = desk.locator('[data-queue] li');
  const inPage = async () => {
    expect(await rows.count()).toBeLessThanOrEqual(ROWS_IN_PAGE);
    expect(await desk.locator('.teams li').count()).toBeLessThanOrEqual(ROWS_IN_PAGE);
  };
  await expect(desk.locator('#queue')).toContainText('500');
  await inPage();
  await expect(rows.first()).toHaveAttribute('aria-posinset', '1');
  await expect(rows.first()).toHaveAttribute('aria-setsize', '500');
  await expect(desk.locator('[data-queue]').getByRole('listitem').first()).toContainText('긴급');

  // By keyboard past what is in the page: the open row is in view and says which it is.
  for (let step = 0; step < 45; step += 1) await desk.keyboard.press('j');
  const open = desk.locator('[data-queue] [aria-current="true"]');
  await expect(open).toHaveCount(1);
  await expect(open.locator('xpath=..')).toHaveAttribute('aria-posinset', '45');
  await expect(open).toBeInViewport();
  await inPage();
  await desk.keyboard.press('k');
  await expect(open.locator('xpath=..')).toHaveAttribute('aria-posinset', '44');

  // One stop for Tab, and with the focus in the list it goes along.
  await open.focus();
  await desk.keyboard.press('ArrowDown');
  await expect(open).toBeFocused();
  expect(await desk.locator('[data-queue] [tabindex="0"]').count()).toBe(1);

  // Scrolled anywhere, the page holds no more, and the open row is still there for the keyboard.
  const view = desk.locator('[data-queue] .view');
  for (const part of [0.3, 0.7, 1]) {
    await view.evaluate((box, to) => (box.scrollTop = box.scrollHeight * to), part);
    await expect.poll(() => rows.last().getAttribute('aria-posinset').then(Number)).toBeGreaterThan(part * 400);
    await inPage();
    await expect(open).toHaveCount(1);
  }
  await expect(rows.last()).toHaveAttribute('aria-posinset', '500');

  // Find reaches what is not in the page.
  await desk.keyboard.press('/');
  await desk.keyboard.type('정류장 417번');
  await expect(rows).toHaveCount(1);
  await desk.keyboard.press('Enter');
  await expect(open).toContainText('정류장 417번');
  await desk.keyboard.press('/');
  await desk.keyboard.press('Escape');
  await expect(desk.locator('#queue')).toContainText('500');
});

test('a change touches its row alone, and one that was missed begins the feed again', async ({ browser }) => {
  const { desk, board } = await deskOf(browser);
  const opened = () => desk.evaluate(() => (window as unknown as { opened: number }).opened);
  const first = desk.locator(`[data-id="${board.walks[0]?.id}"]`);
  await expect(first).toContainText('새 신청');
  await desk.evaluate(() => {
    const counted = window as unknown as { touched: Set<string> };
    counted.touched = new Set();
    new MutationObserver((list) => {
      for (const one of list) {
        const row = (one.target instanceof Element ? one.target : one.target.parentElement)?.closest('[data-queue] li');
        // Ages go on by themselves.
        if (row && !(one.target.parentElement?.closest('.age') ?? (one.target as Element).closest?.('.age'))) counted.touched.add(row.querySelector('[data-id]')?.getAttribute('data-id') ?? '');
      }
    }).observe(document.querySelector('[data-queue]') as Element, { subtree: true, childList: true, characterData: true });
  });
  const walk = { ...(board.walks[0] as WalkItem), team: '11' };
  await tell(desk, 'change', { since: board.number, number: board.number + 1, now: board.now + 500, walks: [walk] });
  await expect(first).toContainText('11조');
  expect(await desk.evaluate(() => [...(window as unknown as { touched: Set<string> }).touched])).toEqual([walk.id]);
  expect(await opened()).toBe(1);

  // Gone from the list, and the list is one shorter.
  await tell(desk, 'change', { since: board.number + 1, number: board.number + 2, now: board.now + 900, gone: [walk.id] });
  await expect(first).toHaveCount(0);
  await expect(desk.locator('#queue')).toContainText('499');
  await tell(desk, 'change', { since: board.number + 7, number: board.number + 8, now: board.now + 900, gone: [id('esc', 3)] });
  await expect.poll(opened).toBe(2);
  await expect(desk.locator('#queue')).toContainText('500');
});

test('each priority has its own tone; a mute is for one item and ends by itself', async ({ browser }) => {
  const { desk, board } = await deskOf(browser, (page) => crowded(page, 2, 30, 3));
  await desk.evaluate(() => {
    const heard: number[] = [];
    Object.assign(window, { heard });
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      const voice = make.call(this);
      const start = voice.start.bind(voice);
      voice.start = (at?: number) => {
        heard.push(Math.round(voice.frequency.value));
        start(at);
      };
      return voice;
    };
  });
  const heard = () => desk.evaluate(() => (window as unknown as { heard: number[] }).heard.splice(0));
  const low = async (pitches: number[]) => {
    await heard();
    await expect.poll(async () => (await heard()).slice(0, pitches.length), { timeout: 20_000 }).toEqual(pitches);
  };
  // A browser lets nothing sound before somebody has touched the page.
  await desk.keyboard.press('Escape');
  await low([740, 932, 1175]);

  const muted = desk.locator('[data-queue] li', { hasText: '소리 꺼짐' });
  await desk.keyboard.press('m');
  await expect(muted).toHaveCount(1);
  await low([740, 932, 1175]);
  await desk.keyboard.press('m');
  await expect(muted).toHaveCount(2);
  await low([659, 523]);

  // A minute on, both sound again by themselves.
  await desk.evaluate(() => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + 61_000;
  });
  await expect(muted).toHaveCount(0);
  await low([740, 932, 1175]);

  // Once people have taken on what was new, what is overdue has a tone of its own.
  const seen_at = board.now;
  await tell(desk, 'change', { since: board.number, number: board.number + 1, now: board.now, alarms: board.alarms.map((one) => ({ ...one, seen_at })), walks: board.walks.slice(0, 20).map((one) => ({ ...one, urgency: 4, stage: 'seen' })) });
  await low([330]);
});

/** Books a caller by keyboard alone; the number of her walk. */
async function takeCall(desk: Page, language: 'ko' | 'en' = 'ko'): Promise<string> {
  for (let nth = 0; nth < 8; nth += 1) {
    const { meet, home } = await places(0.3, nth);
    await desk.keyboard.press('n');
    await expect(desk.locator('#call-place')).toBeFocused();
    for (const [field, place] of [['#call-place', meet], ['#call-to', home]] as const) {
      while (!(await desk.locator(field).evaluate((one) => one === document.activeElement))) await desk.keyboard.press('Tab');
      await desk.keyboard.type(place.name[language]);
      await desk.getByRole('option').filter({ hasText: place.name[language] }).first().waitFor();
      await desk.keyboard.press('Tab');
    }
    const asked = desk.waitForResponse((answer) => answer.url().endsWith('/api/escort/calls'));
    await desk.keyboard.press('Enter');
    const { request } = (await (await asked).json()) as { request: { id: string; stage: string } };
    if (request.stage !== 'refused') {
      await expect(desk.locator('article')).toBeVisible();
      return request.id;
    }
    await desk.keyboard.press('Escape');
  }
  throw new Error('no team of the night is near any place');
}

const told = {
  ko: { nobody: '지금 갈 수 있는 조가 없어요', off: '취소했어요', where: '어느 구로 넘길까요?', handed: '옆 구에서 맡았어요', closed: '마침', other: '온누리구', keys: '단축키' },
  en: { nobody: 'No team can go now', off: 'Called off', where: 'Which district takes it?', handed: 'With the next district', closed: 'Closed', other: 'Onnuri-gu', keys: 'Keys' },
} as const;

for (const language of ['ko', 'en'] as const) {
  test(`from the phone call to the close without a mouse (${language})`, async ({ browser }) => {
    test.setTimeout(180_000);
    const desk = await seat(browser, 'dispatcher');
    const other = await seat(browser, 'dispatcher', (await parts('dispatcher')).findIndex((part) => part.part === 'desk-onnuri-1'));
    if (language === 'en') await desk.getByRole('button', { name: 'English' }).press('Enter');
    const words = told[language];
    await expect(desk.locator('#queue')).toBeVisible();
    const article = desk.locator('article');
    await desk.keyboard.press('Escape');

    // A call, the best team, called off with a reason.
    await takeCall(desk, language);
    await desk.keyboard.press('a');
    // The third rung is the offer, unless every team of the night is out.
    await expect(article.locator('li.done').nth(2).or(article.getByText(words.nobody)).first()).toBeVisible();
    await desk.keyboard.press('c');
    await expect(desk.locator('[data-choice]').first()).toBeFocused();
    await desk.keyboard.press('2');
    await expect(article.locator('li.done', { hasText: words.off })).toBeVisible();
    await expect(desk.locator('[data-choice]')).toHaveCount(0);

    // An alarm: taken on with Space, read out, closed with an outcome.
    const raised = await (await fetch(url('/api/alarm/alarms'), { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: '{"grade":"police_now"}' })).json() as { alarm: { id: string } };
    const taken = async (): Promise<boolean> => ((await (await desk.request.get(url(`/api/alarm/alarms/${raised.alarm.id}/for-desk`))).json()) as { alarm: { seen_at: number | null } }).alarm.seen_at !== null;
    await expect(async () => {
      await desk.keyboard.press(' ');
      expect(await taken()).toBe(true);
    }).toPass();
    await find(desk, raised.alarm.id);
    await desk.keyboard.press('h');
    await expect(desk.getByRole('link', { name: /112/ })).toBeFocused();
    await desk.keyboard.press('Escape');
    await desk.keyboard.press('c');
    await expect(desk.locator('[data-choice="helped"]')).toBeFocused();
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Enter');
    await expect(article).toContainText(words.closed);

    // A call handed next door: chosen from a list, the nearest first.
    const walk = await takeCall(desk, language);
    await desk.keyboard.press('h');
    await expect(desk.getByRole('group', { name: words.where })).toBeVisible();
    await expect(desk.locator('[data-choice]').first()).toContainText(words.other);
    await desk.keyboard.press('1');
    await expect(article).toContainText(words.handed);
    await expect(await inQueue(other, walk)).toContainText('새 신청');
    await other.locator('#find').fill('');
    await other.keyboard.press('Escape');
    await find(other, walk);
    await other.keyboard.press('c');
    await other.locator('[data-choice]').first().waitFor();
    await other.keyboard.press('4');
    await expect(other.locator('article li.done', { hasText: told.ko.off })).toBeVisible();

    // The keys are listed, and can be switched off and on.
    await desk.keyboard.press('?');
    const list = desk.getByRole('dialog', { name: words.keys });
    await expect(list).toBeVisible();
    while (!(await list.locator('input').evaluate((one) => one === document.activeElement))) await desk.keyboard.press('Tab');
    await desk.keyboard.press(' ');
    await desk.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await desk.keyboard.press('n');
    await expect(desk.locator('#call-place')).toHaveCount(0);
    await desk.getByRole('button', { name: words.keys }).press('Enter');
    while (!(await list.locator('input').evaluate((one) => one === document.activeElement))) await desk.keyboard.press('Tab');
    await desk.keyboard.press(' ');
    await desk.keyboard.press('Escape');
    await desk.keyboard.press('n');
    await expect(desk.locator('#call-place')).toBeFocused();
  });
}

/** Opens an item by a part of it, keyboard alone. */
async function find(desk: Page, words: string): Promise<void> {
  await desk.keyboard.press('/');
  await expect(desk.locator('#find')).toBeFocused();
  await desk.keyboard.type(words);
  await desk.keyboard.press('Enter');
  await expect(desk.locator('article')).toBeVisible();
  await desk.keyboard.press('/');
  await desk.keyboard.press('Escape');
}

test('two desks look while a third acts: the same number says the same, and no number goes back', async ({ browser }) => {
  const looking = [await seat(browser, 'dispatcher', 0), await seat(browser, 'dispatcher', 1)];
  const acting = await seat(browser, 'dispatcher', 1);
  for (const desk of looking) {
    await expect(desk.locator('#queue')).toBeVisible();
    await desk.evaluate(() => {
      const footer = document.querySelector('footer') as HTMLElement;
      const seen: number[] = [];
      Object.assign(window, { numbers: seen });
      new MutationObserver(() => seen.push(Number(footer.dataset['number']))).observe(footer, { attributes: true, attributeFilter: ['data-number'] });
    });
  }
  const raised = (await (await fetch(url('/api/alarm/alarms'), { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: '{"grade":"police_now"}' })).json()) as { alarm: { id: string; number: number } };
  const alarm = raised.alarm.id;
  const send = async (verb: string, body: object): Promise<number> => {
    const answer = await acting.request.post(url(`/api/alarm/alarms/${alarm}/${verb}`), { headers: { 'Idempotency-Key': crypto.randomUUID(), Origin: url('').replace(/\/$/, '') }, data: body });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { alarm: { number: number } }).alarm.number;
  };
  const reached = async (number: number) => {
    for (const desk of looking) await expect.poll(() => desk.locator('footer').getAttribute('data-number').then(Number)).toBeGreaterThanOrEqual(number);
  };
  await reached(raised.alarm.number);
  for (const desk of looking) await expect(await inQueue(desk, alarm)).toContainText('아무도 확인하지 않음');
  await reached(await send('acknowledge', {}));
  // At the number of the act both show it: nothing is waited for any more.
  for (const desk of looking) expect(await desk.locator(`[data-id="${alarm}"]`).innerText()).toContain('확인함');
  await reached(await send('close', { outcome: 'police' }));
  for (const desk of looking) expect(await desk.locator(`[data-id="${alarm}"]`).count()).toBe(0);
  for (const desk of looking) {
    const numbers = await desk.evaluate(() => (window as unknown as { numbers: number[] }).numbers);
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
});

test('the watch goes from shift to shift with one key, with notes that are erased', async ({ browser }) => {
  const leaving = await seat(browser, 'dispatcher', 0);
  const coming = await seat(browser, 'dispatcher', 1);
  await expect(leaving.locator('#queue')).toBeVisible();
  await leaving.keyboard.press('Escape');
  await leaving.keyboard.press('g');
  await expect(leaving.getByRole('heading', { name: /근무 교대/ })).toBeVisible();
  expect(leaving.url()).toContain('/desk#handover');
  await leaving.locator('#note').focus();
  await leaving.keyboard.type('3번 승강장 조명이 꺼져 있어요');
  await leaving.keyboard.press('Enter');
  await expect(leaving.locator('.note')).toContainText('3번 승강장 조명이 꺼져 있어요');
  await leaving.keyboard.press('Escape');

  await coming.goto(url('/desk#handover'));
  await coming.reload();
  await expect(coming.locator('.note')).toContainText('3번 승강장 조명이 꺼져 있어요');
  await expect(coming.getByRole('table').first()).toBeVisible();
  await coming.keyboard.press('t');
  await expect(coming.getByText('이어받았어요. 기록에 남았어요.')).toBeVisible();
  const name = await coming.locator('header > strong').innerText();
  // Every desk knows, without touching anything.
  await expect(leaving.locator('footer')).toContainText(`지금 근무: ${name}`);
  await coming.getByRole('button', { name: /치우기/ }).first().press('Enter');
  await expect(coming.locator('.note', { hasText: '3번 승강장' })).toHaveCount(0);

  // On paper it has nothing to press, and nothing is cut off.
  await coming.emulateMedia({ media: 'print' });
  await expect(coming.getByRole('button', { name: /근무 이어받기/ })).toBeHidden();
  await expect(coming.locator('footer')).toBeHidden();
  await coming.emulateMedia({ media: 'screen' });
  await coming.keyboard.press('Escape');
  await expect(coming.locator('#queue')).toBeVisible();
});

test('a supervisor sees every district, the most troubled first, and opens one to read', async ({ browser }) => {
  const page = await seat(browser, 'supervisor');
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(3);
  await fetch(url('/api/alarm/alarms'), { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: '{"grade":"police_now"}' });
  await expect(rows.first()).toContainText('미리내구');
  await expect(rows.first()).toContainText('못 본 긴급');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '미리내구 상황판' })).toBeVisible();
  await expect(page.getByText('보기만 할 수 있어요.')).toBeVisible();
  await expect(page.locator('main').getByRole('listitem').first()).toContainText('긴급');
  await expect(page.locator('main button')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(3);
});

test('twenty-five districts fit one screen of a desk, and a phone scrolls one way only', async ({ browser }) => {
  const page = await seat(browser, 'supervisor');
  const city = (await (await page.request.get(url('/api/desk/city'))).json()) as CityBoard;
  const row = city.districts[0];
  if (!row) throw new Error('the city has no district');
  const troubles = ['alarm_unseen', 'alarm_open', 'ask_unseen', 'overdue', 'nobody_free', 'none'] as const;
  const districts = Array.from({ length: 25 }, (_, at) => ({ ...row, code: `gu-${at}`, name: { ko: `동대문구${at}`, en: `Dongdaemun-gu ${at}` }, trouble: troubles[Math.min(5, Math.floor(at / 2))] ?? 'none', refused: [{ code: 'escort.turned-away-no-team-free', walks: 3 }], alarms: { open: 1, unseen: 1, oldest_at: city.now - 50_000 } }));
  await feedOf(page, '/api/desk/city/live', { ...city, districts, escalated: [] });
  await page.reload();
  await expect(page.locator('tbody tr')).toHaveCount(25);
  for (const language of ['ko', 'en']) {
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
    const size = await page.evaluate(() => ({ high: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth, seen: [innerHeight, innerWidth] }));
    expect(size.high, language).toBeLessThanOrEqual(size.seen[0] ?? 0);
    expect(size.wide, language).toBeLessThanOrEqual(size.seen[1] ?? 0);
  }
  await page.setViewportSize(phone.viewport);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.viewport.width);
});

test('the desk with text at 200 % loses nothing sideways', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  await expect(desk.locator('[data-queue] .row').first()).toBeVisible();
  await desk.locator('[data-queue] .row').first().click();
  await expect(desk.locator('article')).toBeVisible();
  for (const width of [1440, 720]) {
    await desk.setViewportSize({ width, height: 900 });
    await desk.evaluate(() => (document.documentElement.style.fontSize = '30px'));
    for (const page of ['board', 'handover']) {
      if (page === 'handover') await desk.keyboard.press('g');
      const wide = await desk.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${page} at ${width}`).toBeLessThanOrEqual(width);
      const cut = await desk.evaluate(() => [...document.querySelectorAll<HTMLElement>('section, .row, article, td')].filter((one) => one.offsetParent !== null && one.scrollWidth > one.clientWidth + 1).map((one) => one.className || one.tagName));
      expect(cut, `${page} at ${width}`).toEqual([]);
      if (page === 'handover') await desk.keyboard.press('g');
    }
  }
});

test('a caller\'s walk, a web request and a walk-up are counted apart', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  await expect(desk.locator('.foot')).toContainText(/웹 \d+ · 전화 \d+ · 현장 \d+/);
  const counts = async () => /전화 (\d+)/.exec(await desk.locator('.foot').innerText())?.[1];
  const before = Number(await counts());
  await desk.keyboard.press('Escape');
  await takeCall(desk);
  await expect.poll(counts).toBe(String(before + 1));
});
