// Nothing serious or critical for axe, on every screen, in both languages and both themes.

import { check, fits, run } from './look';
import { askForWalk, choose, expect, freeTeam, holdFor, openAtDesk, phone, places, seat, test, url } from './night';

// Each screen is looked at four times, on a machine that may be busy.
test.describe.configure({ timeout: 240_000 });

test('the citizen\'s start, with ways and havens', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/'));
  const { meet, home } = await places();
  await choose(page, '#from', meet);
  await choose(page, '#to', home);
  await expect(page.locator('section[aria-labelledby="ways"] details').first()).toBeVisible();
  // By when they would meet, or what there is instead: told before she asks.
  await expect(page.locator('.quote .card')).toBeVisible();
  await page.locator('.more summary').click();
  await check(page, 'start');
  await page.getByRole('button', { name: /도움 요청 설정|Settings for calling help/ }).click();
  await check(page, 'settings');
});

test('the citizen\'s start when nobody can come, with what would help', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const { meet } = await places();
  // The night of the demo has teams; what it would say on a night without is said for it.
  await page.route('**/api/escort/quotes', (route) =>
    route.fulfill({
      json: {
        refused_code: 'escort.turned-away-no-team-free',
        shortage_code: 'assign.teams-taken',
        helps: [{ code: 'assign.later', wanted_at: Date.now() + 2_400_000 }, { code: 'assign.next-district' }, { code: 'assign.company' }],
        serves_now: [
          { kind: 'night_bus', name: { ko: '올빼미버스(N번)', en: 'Owl bus (numbers with N)' }, phone: '120' },
          { kind: 'taxi', name: { ko: '택시', en: 'Taxi' } },
        ],
      },
    }),
  );
  await page.goto(url('/'));
  await choose(page, '#from', meet);
  await expect(page.locator('.quote .no button')).toHaveCount(3);
  await expect(page.locator('.quote .serves li')).toHaveCount(2);
  await check(page, 'start, nobody can come');
});

test('the citizen\'s request and alarm', async ({ browser }) => {
  const { page } = await askForWalk(browser);
  await check(page, 'request');
  await page.getByRole('button', { name: /Call off the walk|동행 취소/ }).click();
  await check(page, 'cancelling');
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.locator('.calling h1')).toContainText(/보냈어요|Sent/);
  await check(page, 'alarm');
});

test('the desk: queue, walk, alarm, booking, keys', async ({ browser }) => {
  const { page: woman } = await askForWalk(browser);
  const desk = await seat(browser, 'dispatcher');
  await expect(desk.locator('[data-queue] button').first()).toBeVisible();
  await check(desk, 'desk');
  // Alarms stand before walks, and of a long queue only what is in view is on the page.
  await openAtDesk(desk, woman);
  await expect(desk.locator('article')).toBeVisible();
  await check(desk, 'desk with a walk');
  const alarm = desk.locator('[data-queue] .row.alarm').first();
  if (await alarm.count()) {
    await alarm.click();
    await check(desk, 'desk with an alarm');
  }
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('n');
  await expect(desk.locator('#call-place')).toBeFocused();
  await check(desk, 'booking');
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('?');
  await expect(desk.getByRole('dialog')).toBeVisible();
  await run(desk, 'keys ko night');
});

test('the desk: choices, handover; the supervisor: districts, one board', async ({ browser }) => {
  const { page: woman } = await askForWalk(browser);
  const desk = await seat(browser, 'dispatcher');
  await openAtDesk(desk, woman);
  await desk.keyboard.press('Escape');
  for (const key of ['h', 'c']) {
    await desk.keyboard.press(key);
    await expect(desk.locator('[data-choice]').first()).toBeVisible();
    await run(desk, `choices of ${key}`);
    await desk.keyboard.press('Escape');
  }
  await desk.keyboard.press('g');
  await desk.locator('#note').fill('rain');
  await desk.keyboard.press('Enter');
  await expect(desk.locator('.note').first()).toBeVisible();
  await check(desk, 'handover');
  const above = await seat(browser, 'supervisor');
  await expect(above.locator('tbody tr').first()).toBeVisible();
  await check(above, 'districts');
  await above.setViewportSize(phone.viewport);
  await check(above, 'districts on a phone');
  await above.locator('tbody button').first().click();
  await expect(above.locator('main .two')).toBeVisible();
  await check(above, 'one board');
});

test('the team: off duty, on duty, walking', async ({ browser }) => {
  const team = await freeTeam(browser, {}, false);
  const on = team.getByRole('button', { name: '근무 시작' });
  await team.getByRole('button', { name: '근무 마치기' }).click();
  await expect(on).toBeVisible();
  await check(team, 'off duty');
  const start = team.getByRole('button', { name: /근무 시작|Go on duty/ });
  if (await start.isVisible()) await start.click();
  await expect(team.getByRole('button', { name: /Go off duty|근무 마치기/ })).toBeVisible();
  await check(team, 'on duty');
});

test('the till: alarm, shift, drill', async ({ browser }) => {
  const till = await seat(browser, 'haven', 0);
  await expect(till.getByRole('button', { name: /도움이 필요해요/ })).toBeVisible();
  await check(till, 'till');
  await till.getByRole('button', { name: /오늘 근무|Today's shift/ }).click();
  await check(till, 'shift');
  await till.getByRole('button', { name: /훈련 시작|Start the drill/ }).click();
  await check(till, 'drill');
});

test('seats and devices, and a new code', async ({ browser }) => {
  const admin = await seat(browser, 'administrator');
  await expect(admin.locator('[data-seat]').first()).toBeVisible();
  await admin.locator('[data-seat] details summary').first().click();
  await check(admin, 'seats');
  await admin.getByRole('button', { name: /New code for|새 코드/ }).first().click();
  await expect(admin.locator('[data-code]')).toBeVisible();
  await check(admin, 'a code');
});

test('signing in, and the page people leave to', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  for (const screen of ['/desk', '/supervisor', '/team', '/haven', '/admin', '/crew', '/patrol', '/case']) {
    await page.goto(url(screen));
    await expect(page.locator('#code')).toBeVisible();
    await check(page, `sign-in ${screen}`);
  }
  await page.goto(url('/away'));
  await run(page, 'away');
});

test('asking to help, the programme manager and a patrol', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/join'));
  await expect(page.locator('#name')).toBeVisible();
  await check(page, 'asking to help');
  await fits(page, 'asking to help');
  const manager = await seat(browser, 'programme');
  await expect(manager.locator('[data-person]').first()).toBeVisible();
  await manager.locator('[data-person] summary').first().click();
  await check(manager, 'the programme manager');
  await fits(manager, 'the programme manager');
  const patrol = await seat(browser, 'patrol');
  await patrol.getByRole('button', { name: /눈에 띄었어요/ }).click();
  await check(patrol, 'a patrol that notices something');
  await fits(patrol, 'a patrol that notices something');
});
