// Nothing serious or critical for axe, on every screen, in both languages and both themes.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { askForWalk, choose, expect, freeTeam, holdFor, openAtDesk, phone, places, seat, test, url } from './night';

// Each screen is looked at four times, on a machine that may be busy.
test.describe.configure({ timeout: 240_000 });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }

async function check(page: Page, screen: string): Promise<void> {
  for (const language of ['ko', 'en'] as const) {
    const turn = page.getByRole('button', { name: language === 'en' ? 'English' : '한국어' });
    if (await turn.count()) await turn.first().click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    for (const theme of ['night', 'day'] as const) {
      const shown = await page.evaluate(() => document.documentElement.dataset['theme']);
      if (shown !== theme) await page.locator('.tools .tool').nth(1).click();
      await run(page, `${screen} ${language} ${theme}`);
    }
  }
}

async function run(page: Page, screen: string): Promise<void> {
  // Injected as an expression: the page's own policy allows no foreign script element.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run: (where: Document, how: object) => Promise<{ violations: Found[] }> } }).axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map((one) => `${one.id}: ${one.nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 160)}`).join(' | ')}`);
  });
  expect(found, screen).toEqual([]);
}

test('the citizen\'s start, with ways and havens', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/'));
  const { meet, home } = await places();
  await choose(page, '#from', meet);
  await choose(page, '#to', home);
  await expect(page.locator('section[aria-labelledby="ways"] details').first()).toBeVisible();
  await page.locator('.more summary').click();
  await check(page, 'start');
  await page.getByRole('button', { name: /도움 요청 설정|Settings for calling help/ }).click();
  await check(page, 'settings');
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
  for (const screen of ['/desk', '/supervisor', '/team', '/haven', '/admin']) {
    await page.goto(url(screen));
    await expect(page.locator('#code')).toBeVisible();
    await check(page, `sign-in ${screen}`);
  }
  await page.goto(url('/away'));
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await (window as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string }[] }> } }).axe.run()).violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => one.id));
  expect(found).toEqual([]);
});
