import { askForWalk, expect, holdFor, inQueue, phone, seat, test, url } from './night';

test('a hold of one second is on the desk within two seconds, and a person\'s eye is told back', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  await expect(desk.locator('#queue')).toBeVisible();
  const woman = await (await browser.newContext(phone)).newPage();
  await woman.goto(url('/'));
  await holdFor(woman.locator('#alarm'), 1100);
  const pressed = Date.now();
  await expect(woman.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
  const id = await woman.evaluate(() => (JSON.parse(localStorage.getItem('a') ?? '{}') as { alarm?: { id: string } }).alarm?.id);
  const row = await inQueue(desk, String(id));
  await expect(row).toBeVisible();
  expect(Date.now() - pressed).toBeLessThan(2000);
  await expect(row).toContainText('아무도 확인하지 않음');
  await row.click();
  await desk.keyboard.press(' ');
  await expect(woman.locator('.calling .seen')).toContainText('사람이 봤어요');

  // Taken back: visible at the desk, not gone.
  await woman.getByRole('button', { name: '잘못 눌렀어요' }).click();
  await expect(woman.locator('.calling')).toContainText('취소를 알렸어요');
  await expect(desk.locator('article')).toContainText('보낸 사람이 취소');
  await expect(row).toContainText('보낸 사람이 취소');

  // It ends only with an outcome.
  await desk.keyboard.press('c');
  await desk.getByRole('button', { name: '잘못 누름(사람이 확인)' }).click();
  await expect(desk.locator('article')).toContainText('마침');
  await woman.getByRole('button', { name: '화면에서 지우기' }).click();
  await expect(woman.locator('.calling')).toHaveCount(0);
});

test('an alarm raised from a walk brings its place, no older than the press', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  const { page } = await askForWalk(browser);
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
  const id = await page.evaluate(() => (JSON.parse(localStorage.getItem('a') ?? '{}') as { alarm: { id: string } }).alarm.id);
  const sheet = (await (await desk.request.get(url(`/api/alarm/alarms/${id}/for-desk`))).json()) as { first_at: number; escort: string | null; locations: { seen_at: number; source: string }[] };
  expect(sheet.escort).toBe(await page.evaluate(() => (JSON.parse(localStorage.getItem('w') ?? '{}') as { id: string }).id));
  expect(sheet.locations.some((place) => place.source === 'walk')).toBe(true);
  for (const place of sheet.locations) expect(Math.abs(place.seen_at - sheet.first_at)).toBeLessThan(120_000);
});

test('two desks see the same: what one has acknowledged the other knows', async ({ browser }) => {
  const one = await seat(browser, 'dispatcher', 0);
  const other = await seat(browser, 'dispatcher', 1).catch(() => seat(browser, 'dispatcher', 0));
  await expect(other.locator('#queue')).toBeVisible();
  const woman = await (await browser.newContext(phone)).newPage();
  await woman.goto(url('/'));
  await holdFor(woman.locator('#alarm'), 1100);
  await expect(woman.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
  const id = await woman.evaluate(() => (JSON.parse(localStorage.getItem('a') ?? '{}') as { alarm?: { id: string } }).alarm?.id);
  await (await inQueue(one, String(id))).click();
  await one.keyboard.press(' ');
  await expect(await inQueue(other, String(id))).toContainText('확인함', { timeout: 2000 });
});

test('a short tap sends nothing and says how it works', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await page.goto(url('/'));
  await holdFor(page.locator('#alarm'), 300);
  await expect(page.locator('#alarm-hint')).toContainText('1초 동안 꾹');
  await page.locator('#alarm').focus();
  await page.keyboard.down('Enter');
  await page.waitForTimeout(300);
  await page.keyboard.up('Enter');
  expect(sent.filter((one) => one.includes('/api/alarm'))).toEqual([]);
});

test('the alarm can be held by keyboard', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/'));
  await page.locator('#alarm').focus();
  await page.keyboard.down(' ');
  await page.waitForTimeout(1100);
  await page.keyboard.up(' ');
  await expect(page.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
});

test('the alarm works before anything else has loaded', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.route('**/assets/**', (route) => route.abort());
  await page.goto(url('/'), { waitUntil: 'commit' });
  await page.locator('#alarm').waitFor();
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.locator('#alarm-reach')).toHaveText('보냈어요 ✓');
  await expect(page.locator('#alarm-now a')).toHaveAttribute('href', 'tel:112');
});

test('held without a network it says so at once, and is sent once with its first time', async ({ browser }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url('/'));
  await expect(page.locator('#from')).toBeVisible();
  await context.setOffline(true);
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.getByRole('heading', { name: '아직 못 보냈어요' })).toBeVisible({ timeout: 1000 });
  await expect(page.getByRole('link', { name: '112 전화하기' }).first()).toBeVisible();
  const first = await page.evaluate(() => (JSON.parse(localStorage.getItem('a') ?? '{}') as { raise: { first_at: number } }).raise.first_at);
  await page.waitForTimeout(2500);
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible({ timeout: 15_000 });
  // Asked of the server itself: the desk knows one alarm pressed at that moment, and sending the
  // same call again by its key only answers the same alarm.
  const call = await page.evaluate(() => JSON.parse(localStorage.getItem('a') ?? '{}') as { key: string; raise: { first_at: number }; alarm: { id: string } });
  expect(call.raise.first_at).toBe(first);
  const again = await page.request.post(url('/api/alarm/alarms'), { headers: { 'Idempotency-Key': call.key }, data: call.raise });
  expect(((await again.json()) as { alarm: { id: string } }).alarm.id).toBe(call.alarm.id);
  const desk = await seat(browser, 'dispatcher');
  await (await inQueue(desk, call.alarm.id)).click();
  const sheet = (await (await desk.request.get(url(`/api/alarm/alarms/${call.alarm.id}/for-desk`))).json()) as { first_at: number; alarm: { sent_at: number } };
  expect(sheet.first_at).toBe(first);
  expect(sheet.alarm.sent_at).toBeGreaterThan(first);
  const board = (await (await desk.request.get(url('/api/desk/board'))).json()) as { alarms: { id: string }[] };
  const pressedThen = await Promise.all(
    board.alarms.map(async ({ id }) => ((await (await desk.request.get(url(`/api/alarm/alarms/${id}/for-desk`))).json()) as { first_at: number }).first_at),
  );
  expect(pressedThen.filter((at) => at === first)).toHaveLength(1);
});

test('with PINs set, both take the alarm back on the same screen', async ({ browser }) => {
  const screens: string[] = [];
  for (const pin of ['1357', '2468']) {
    const page = await (await browser.newContext(phone)).newPage();
    await page.goto(url('/'));
    await page.getByRole('button', { name: '도움 요청 설정' }).click();
    await page.getByLabel('취소 비밀번호').fill('1357');
    await page.getByLabel('강요받을 때').fill('2468');
    await page.getByRole('button', { name: '저장' }).click();
    await expect(page.getByText('저장했어요.')).toBeVisible();
    await holdFor(page.locator('#alarm'), 1100);
    await expect(page.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
    await page.getByRole('button', { name: '잘못 눌렀어요' }).click();
    await page.locator('#pin').fill(pin);
    await page.getByRole('button', { name: '취소 알리기' }).click();
    await expect(page.getByText('취소를 알렸어요')).toBeVisible();
    screens.push((await page.locator('.calling').innerText()).replaceAll(/\d+(초|분)|\d\d:\d\d/g, ''));
  }
  expect(screens[0]).toBe(screens[1]);
});

test('a store holds once, then says what it is, then reads five steps', async ({ browser }) => {
  const till = await seat(browser, 'haven');
  const hold = till.getByRole('button', { name: /도움이 필요해요/ });
  await expect(hold).toBeVisible();
  const box = await hold.boundingBox();
  expect(box?.height ?? 0).toBeGreaterThan(300);
  await holdFor(hold, 1100);
  await till.getByRole('button', { name: '누가 피해 있어요' }).click();
  await expect(till.getByRole('heading', { name: '다섯 가지' })).toBeVisible();
  await expect(till.locator('.five li')).toHaveCount(5);
  await expect(till.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
});

test('a team\'s own alarm is always on its screen', async ({ browser }) => {
  const team = await seat(browser, 'team', 2);
  await holdFor(team.getByRole('button', { name: /우리 도움 요청/ }), 1100);
  await expect(team.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
});
