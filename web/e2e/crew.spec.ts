// Those who help, from the form to the street: asking to join, standing, a night and its crew, and
// silence for whoever wants to be left alone.

import type { Browser, Locator, Page } from '@playwright/test';
import { check, fits } from './look';
import { askForWalk, console_, openAtDesk, phone, places, seat, url } from './night';
import { expect, test, type Quiet } from './quiet';

test.describe.configure({ timeout: 300_000 });

const DAY = 86_400_000;

/** A moment as a field of date and time takes it, on the city's clocks. */
function local(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 16);
}

/** Somebody asks to join, on her own phone. */
async function asks(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/join'));
  await page.locator('#name').fill(name);
  await page.locator('#phone').fill('010-0000-4242');
  const district = page.locator('#district');
  if (await district.count()) await district.selectOption({ label: '미리내구' });
  await page.locator('#words').fill('금요일이 좋아요');
  await page.getByRole('button', { name: '신청하기' }).click();
  await expect(page.getByRole('heading', { name: '잘 받았어요' })).toBeVisible();
  return page;
}

/** The manager invites, talks and takes on; `gender` is what was said in the talk. */
async function takesOn(manager: Page, quiet: Quiet, name: string, gender: '여성' | '남성'): Promise<void> {
  const card = manager.locator('[data-application]', { hasText: name });
  await card.locator('input[type="datetime-local"]').fill(local((await quiet.now()) + DAY));
  await card.getByRole('button', { name: '초대하기' }).click();
  await card.getByRole('button', { name: '면담했어요' }).click();
  const accept = card.getByRole('button', { name: '함께하기로' });
  // Nobody's gender is guessed.
  await expect(accept).toBeDisabled();
  await card.locator('select').selectOption({ label: gender });
  await accept.click();
  await expect(card).toHaveCount(0);
}

async function papers(manager: Page, quiet: Quiet, name: string): Promise<void> {
  const card = manager.locator('[data-person]', { hasText: name });
  await card.locator('summary').click();
  await card.locator('input[type="date"]').fill(local((await quiet.now()) + 300 * DAY).slice(0, 10));
  await card.getByRole('button', { name: '범죄경력 확인 적기' }).click();
  await expect(card.getByText('범죄경력 조회가 없어요')).toHaveCount(0);
  await card.getByRole('button', { name: '교육 적기' }).click();
  await expect(card.getByText('교육을 받지 않았어요')).toHaveCount(0);
}

/** Her own page as it is now: it looks by itself twice a minute, a journey does not wait. */
async function again(page: Page): Promise<void> {
  await page.reload();
  await expect(page.getByRole('heading', { name: '활동하는 밤' })).toBeVisible();
}

const nightOf = (page: Page): Locator => page.locator('[data-night]').first();

test('from the form to the vest: standing, a night, a swap, a late drop-out and who stands in', async ({ browser, quiet }) => {
  let manager = await seat(browser, 'programme', 0, console_);
  const [hangyeol, ideun, chaeum] = [await asks(browser, '한결'), await asks(browser, '이든'), await asks(browser, '채움')];
  await check(hangyeol, 'an application');
  await hangyeol.getByRole('button', { name: '한국어' }).click();
  await fits(hangyeol, 'an application');
  await takesOn(manager, quiet, '한결', '여성');
  await takesOn(manager, quiet, '이든', '남성');
  await takesOn(manager, quiet, '채움', '여성');

  // Taken on is not standing: her page says what is missing, and the night asks for it when it matters.
  await again(hangyeol);
  await expect(hangyeol.getByText('범죄경력 조회가 없어요')).toBeVisible();
  for (const name of ['한결', '이든', '채움']) await papers(manager, quiet, name);
  await again(hangyeol);
  await expect(hangyeol.getByText('범죄경력 조회가 없어요')).toHaveCount(0);

  // A night some days ahead, for two.
  await manager.locator('#date').selectOption({ index: 4 });
  await manager.locator('#least').fill('2');
  await manager.getByRole('button', { name: '열기', exact: true }).click();
  const night = manager.locator('[data-night]').first();
  await expect(night).toContainText('2명 부족');
  for (const page of [hangyeol, ideun]) {
    await again(page);
    await nightOf(page).getByRole('button', { name: '나갈게요' }).click();
    await expect(nightOf(page)).toContainText('신청했어요');
  }
  await check(hangyeol, 'a helper\'s own page');
  await hangyeol.getByRole('button', { name: '한국어' }).click();
  await fits(hangyeol, 'a helper\'s own page');

  // She cannot come; a colleague takes her place, and it was hers until then.
  await nightOf(hangyeol).getByRole('button', { name: '자리 내놓기' }).click();
  await expect(nightOf(hangyeol)).toContainText('누가 맡을 때까지는 내 자리예요');
  await again(chaeum);
  await nightOf(chaeum).getByRole('button', { name: '한결 님 자리 맡기' }).click();
  await expect(nightOf(chaeum)).toContainText('신청했어요');
  await again(hangyeol);
  await expect(nightOf(hangyeol).getByRole('button', { name: '나갈게요' })).toBeVisible();

  // Three hours before, one of the two drops out: who may stand in is asked, and who wants to be
  // left alone is not.
  const { nights } = (await (await manager.request.get(url('/api/crew'))).json()) as { nights: { starts_at: number }[] };
  const starts_at = nights[0]?.starts_at ?? 0;
  await quiet.skipTo(starts_at - 3 * 3_600_000);
  await again(chaeum);
  await nightOf(chaeum).getByRole('button', { name: '못 나가요' }).click();
  await expect(nightOf(chaeum).getByRole('button', { name: '나갈게요' })).toBeVisible();
  // Her session of days ago is over: she signs in anew.
  await manager.context().close();
  manager = await seat(browser, 'programme', 0, console_);
  await expect(manager.locator('[data-night]').first()).toContainText('채움 님 자리가 비었어요');
  await again(hangyeol);
  const standIn = nightOf(hangyeol).getByRole('button', { name: '채움 님 대신 나가기' });
  await expect(standIn).toBeVisible();
  await hangyeol.getByRole('switch', { name: '잠시 쉴게요' }).click();
  await expect(hangyeol.getByRole('switch', { name: '다시 받을게요' })).toBeVisible();
  await expect(standIn).toHaveCount(0);
  await hangyeol.getByRole('switch', { name: '다시 받을게요' }).click();
  await standIn.click();
  await expect(nightOf(hangyeol)).toContainText('신청했어요');

  // The two are made a team, come, and take a vest whose phone is theirs tonight.
  const card = manager.locator('[data-night]').first();
  await card.getByRole('button', { name: '팀 제안 보기' }).click();
  await card.getByRole('button', { name: /팀 만들기/ }).click();
  await expect(card.getByRole('button', { name: /팀 나누기/ })).toBeVisible();
  await check(manager, 'the programme manager');
  await manager.getByRole('button', { name: '한국어' }).click();
  await fits(manager, 'the programme manager');
  await quiet.skipTo(starts_at - 10 * 60_000);
  for (const page of [hangyeol, ideun]) {
    await again(page);
    await nightOf(page).getByLabel('조끼 번호').fill('77');
    await nightOf(page).getByRole('button', { name: '도착했어요' }).click();
    await expect(nightOf(page)).toContainText('도착을 알렸어요');
  }
  const code = (await ideun.locator('[data-code] .code').innerText()).trim();
  const vest = await (await browser.newContext(phone)).newPage();
  await vest.goto(url('/team'));
  await vest.locator('#code').fill(code);
  await vest.getByRole('button', { name: '등록하기' }).click();
  await vest.getByRole('button', { name: '근무 시작' }).click();
  await expect(vest.getByRole('button', { name: '근무 마치기' })).toBeVisible();
  await expect(vest.locator('[data-member]', { hasText: '한결' })).toBeVisible();
  await expect(vest.locator('[data-member]', { hasText: '이든' })).toBeVisible();
  // Their night is over; the next journey finds nobody on duty.
  await vest.getByRole('button', { name: '근무 마치기' }).click();
  await expect(vest.getByRole('button', { name: '근무 시작' })).toBeVisible();
});

test('nothing reaches a team that is off duty, or one of whose two wants to be left alone', async ({ browser, quiet }) => {
  const { at } = (await places()).meet;
  const here = { geolocation: { latitude: at.lat, longitude: at.lon }, permissions: ['geolocation'] };
  const near = await seat(browser, 'team', 0, here);
  const other = await seat(browser, 'team', 1, here);
  const signs: string[] = [];
  for (const team of [near, other]) {
    const told = team.waitForResponse((answer) => answer.url().endsWith('/api/volunteer/position') && answer.ok());
    await team.getByRole('button', { name: '근무 시작' }).click();
    await told;
    signs.push((await team.locator('header > strong').innerText()).match(/\d+/)?.[0] ?? '');
  }
  const named = async (team: Page) => ((await (await team.request.get(url('/api/team'))).json()) as { team: string }).team;
  const messages = (team: string) => quiet.outbox().filter((line) => line.to.team === team).length;
  const [nearId, otherId] = [await named(near), await named(other)];

  // One of the two presses it for herself; her colleague need not.
  await near.getByRole('switch').first().click();
  await expect(near.getByText('다시 받겠다고 할 때까지 아무것도 오지 않아요')).toBeVisible();
  const { page: woman } = await askForWalk(browser);
  const desk = await seat(browser, 'dispatcher');
  await openAtDesk(desk, woman);
  const choices = desk.locator('article ol.teams li');
  await expect(choices.filter({ hasText: String(signs[1]) })).toBeVisible();
  await expect(choices.filter({ hasText: String(signs[0]) })).toHaveCount(0);
  await choices.filter({ hasText: String(signs[1]) }).getByRole('button').click();
  await expect(other.locator('#offer')).toBeVisible();
  await expect.poll(() => messages(otherId)).toBeGreaterThan(0);
  await other.getByRole('button', { name: '못 가요' }).click();
  await other.getByRole('button', { name: '너무 멀어요' }).or(other.locator('section.card button.plain').first()).first().click();
  await expect(other.locator('#offer')).toHaveCount(0);
  // Nobody else is asked: the desk is told that nobody can go.
  await expect(near.locator('#offer')).toHaveCount(0);
  expect(messages(nearId)).toBe(0);

  // Off duty is as silent, whatever the switch says.
  await near.getByRole('switch').first().click();
  await expect(near.getByText('다시 받겠다고 할 때까지 아무것도 오지 않아요')).toHaveCount(0);
  await near.getByRole('button', { name: '근무 마치기' }).click();
  await expect(near.getByText('쉬는 동안에는 아무것도 오지 않아요.')).toBeVisible();
  await expect(choices.filter({ hasText: String(signs[0]) })).toHaveCount(0);
  expect(messages(nearId)).toBe(0);

  // Back on duty and reachable, the same team is asked at once: silence was its own doing.
  await near.getByRole('button', { name: '근무 시작' }).click();
  await expect(choices.filter({ hasText: String(signs[0]) })).toBeVisible();
  await choices.filter({ hasText: String(signs[0]) }).getByRole('button').click();
  await expect(near.locator('#offer')).toBeVisible();
  await expect.poll(() => messages(nearId)).toBeGreaterThan(0);
});
