// A patrol: its beat drawn, a round walked and told, what it noticed without a network at the
// register, and what cannot wait at the desk.

import type { Page } from '@playwright/test';
import { check, fits } from './look';
import { choose, console_, places, seat } from './night';
import { expect, test } from './quiet';

test.describe.configure({ timeout: 240_000 });

async function notice(patrol: Page, kind: string): Promise<void> {
  await patrol.getByRole('button', { name: '눈에 띄었어요' }).click();
  await patrol.getByRole('button', { name: kind }).click();
  await patrol.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(patrol.getByText('적었어요. 맡을 곳으로 보내요.')).toBeVisible();
}

test('a lamp noticed without a network is a defect until it is mended; somebody in need is at the desk at once', async ({ browser }) => {
  const { meet } = await places();
  const manager = await seat(browser, 'programme', 0, console_);
  await choose(manager, '#around', meet);
  await manager.locator('#radius').selectOption({ label: '500 m' });
  await manager.getByRole('button', { name: '구역 그리기' }).click();
  await expect(manager.locator('[data-beat]').first()).toContainText('이번 주 0% 살핌');

  const here = { geolocation: { latitude: meet.at.lat, longitude: meet.at.lon }, permissions: ['geolocation'] };
  const patrol = await seat(browser, 'patrol', 0, here);
  await check(patrol, 'a patrol before its round');
  await patrol.getByRole('button', { name: '한국어' }).click();
  await fits(patrol, 'a patrol before its round');
  await patrol.getByRole('button', { name: /^출발/ }).first().click();
  await expect(patrol.getByRole('heading', { name: '순찰 중' })).toBeVisible();
  const streets = patrol.locator('ol input[type="checkbox"]');
  for (const nth of [0, 1, 2]) await streets.nth(nth).check();
  await expect(patrol.getByText(/^걸은 길: 3개/)).toBeVisible();

  // No network: it is noted with its time, and sent once when there is one.
  await patrol.context().setOffline(true);
  await notice(patrol, '불이 꺼진 가로등');
  await expect(patrol.getByText('아직 보내지 못한 것: 1건')).toBeVisible();
  await patrol.context().setOffline(false);
  await expect(patrol.getByText('아직 보내지 못한 것')).toHaveCount(0);
  const noted = patrol.locator('section[aria-labelledby="noted"] li');
  await expect(noted).toHaveCount(1);
  await expect(noted).toContainText('불이 꺼진 가로등');
  // What was ticked on the way is not lost by it, nor by a reload, and no street has moved.
  for (const nth of [0, 1, 2]) await expect(streets.nth(nth)).toBeChecked();
  await patrol.reload();
  await expect(patrol.getByRole('heading', { name: '순찰 중' })).toBeVisible();
  for (const nth of [0, 1, 2]) await expect(streets.nth(nth)).toBeChecked();
  await check(patrol, 'a round');
  await patrol.getByRole('button', { name: '한국어' }).click();
  await fits(patrol, 'a round');
  await patrol.getByRole('button', { name: '돌아왔어요' }).click();
  await expect(patrol.getByText(/이번 주 [1-9]\d*% 살핌/)).toBeVisible();

  // At the register it is a defect, with a place a repair crew can find, until it is mended.
  await manager.reload();
  const defect = manager.locator('[data-defect]', { hasText: '불이 꺼진 가로등' });
  await expect(defect).toHaveCount(1);
  await expect(defect).toContainText(/위치 \d+\.\d{5}, \d+\.\d{5}/);
  await defect.getByRole('button', { name: '고쳤어요' }).click();
  await expect(defect).toHaveCount(0);
  await patrol.reload();
  await expect(patrol.getByRole('heading', { name: '걸을 곳' })).toBeVisible();
  await expect(noted).toHaveCount(0);

  // What cannot wait goes to the desk, which says that it has it.
  const desk = await seat(browser, 'dispatcher');
  await notice(patrol, '도움이 필요한 사람');
  const rings = desk.locator('[data-sighting]', { hasText: '도움이 필요한 사람' });
  await expect(rings).toBeVisible();
  await check(desk, 'a desk with a sighting');
  await desk.getByRole('button', { name: '한국어' }).click();
  await rings.locator('button.primary').click();
  await expect(rings.getByRole('group')).toBeVisible();
  await patrol.reload();
  await expect(noted).toContainText('맡아서 하고 있어요');
  await rings.getByRole('button', { name: '현장에서 살폈어요' }).click();
  await expect(rings).toHaveCount(0);
});
