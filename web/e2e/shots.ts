// Pictures of every main screen: Korean and English, phone and desktop, night and day. They are
// looked at before anything is called finished. `SHOTS=DIR npm run e2e`.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { CENTER, makeWords } from './casework';
import { askForWalk, choose, expect, freeTeam, holdFor, openAtDesk, places, seat, test, url } from './night';
import { before, stand } from './onestop';

const folder = resolve(process.env['SHOTS'] ?? 'shots');
const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } } as const;

/** One picture per language, size and theme of what is on the screen now. */
async function picture(page: Page, name: string, which: (keyof typeof sizes)[] = ['phone', 'desktop']): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const size of which) {
    await page.setViewportSize(sizes[size]);
    for (const language of ['ko', 'en'] as const) {
      const turn = page.getByRole('button', { name: language === 'en' ? 'English' : '한국어' });
      if (await turn.count()) await turn.first().click();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      for (const theme of ['night', 'day'] as const) {
        if ((await page.evaluate(() => document.documentElement.dataset['theme'])) !== theme) await page.locator('.tools .tool').nth(1).click();
        await page.evaluate(async () => void (await document.fonts.ready));
        await page.waitForTimeout(250);
        await page.screenshot({ path: join(folder, `${name}-${language}-${size}-${theme}.png`) });
      }
    }
  }
  const back = page.getByRole('button', { name: '한국어' });
  if (await back.count()) await back.first().click();
  if ((await page.evaluate(() => document.documentElement.dataset['theme'])) !== 'night') await page.locator('.tools .tool').nth(1).click();
}

const looks = { viewport: sizes.phone, locale: 'ko-KR', timezoneId: 'Asia/Seoul', reducedMotion: 'reduce' } as const;

async function letters(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

test('the citizen', async ({ browser }) => {
  test.setTimeout(240_000);
  let page = await letters(await browser.newContext(looks));
  await page.goto(url('/'));
  await expect(page.locator('section[aria-labelledby="havens"] li').first()).toBeVisible();
  await picture(page, 'citizen-start');
  const { meet, home } = await places(1.1);
  await choose(page, '#from', meet);
  await choose(page, '#to', home);
  const ways = page.locator('section[aria-labelledby="ways"] details');
  await expect(ways.first()).toBeVisible();
  await ways.first().locator('summary').click();
  await page.getByRole('button', { name: '지도 보기' }).click();
  await page.waitForTimeout(2500);
  await page.locator('#ways').scrollIntoViewIfNeeded();
  await page.evaluate(() => document.getElementById('ways')?.scrollIntoView());
  await picture(page, 'citizen-ways');
  await page.evaluate(() => document.querySelector('figure')?.scrollIntoView({ block: 'start' }));
  await picture(page, 'citizen-map');
  // Turned away or taken on, as the night has it: both are screens to look at.
  await page.getByRole('button', { name: '함께 걷기 신청' }).click();
  await expect(page.getByRole('list', { name: '진행 상황' }).or(page.locator('.serves').first()).first()).toBeVisible();
  if (!(await page.getByRole('list', { name: '진행 상황' }).count())) {
    await picture(page, 'citizen-refused');
    await page.context().close();
    ({ page } = await askForWalk(browser, looks));
  }
  await picture(page, 'citizen-request');
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.locator('.calling h1')).toContainText('보냈어요');
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'citizen-alarm');
  await page.getByRole('button', { name: '잘못 눌렀어요' }).click();
  await expect(page.locator('.calling')).toContainText('취소를 알렸어요');
  await picture(page, 'citizen-retracted', ['phone']);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '화면에서 지우기' }).click();
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.locator('.calling h1')).toContainText('아직 못 보냈어요');
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'citizen-offline', ['phone']);
});

test('leaving', async ({ browser }) => {
  const page = await letters(await browser.newContext(looks));
  await page.goto(url('/away'));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'away-ko-phone-day.png') });
  await page.goto(url('/desk'));
  await expect(page.locator('#code')).toBeVisible();
  await picture(page, 'sign-in-desk');
});

test('the desk', async ({ browser }) => {
  test.setTimeout(240_000);
  const desk = await seat(browser, 'dispatcher', 0, looks);
  await desk.setViewportSize(sizes.desktop);
  await desk.waitForTimeout(2500);
  await picture(desk, 'desk-queue', ['desktop']);
  await desk.locator('[data-queue] .row:not(.alarm)').first().click();
  await expect(desk.locator('article')).toBeVisible();
  await desk.waitForTimeout(1500);
  await picture(desk, 'desk-walk', ['desktop']);
  const alarm = desk.locator('[data-queue] .row.alarm').first();
  if (await alarm.count()) {
    await alarm.click();
    await expect(desk.locator('article')).toBeVisible();
    await picture(desk, 'desk-alarm', ['desktop']);
  }
  await desk.locator('.queue .head button').click();
  await expect(desk.locator('#call-place')).toBeVisible();
  await picture(desk, 'desk-booking', ['desktop']);
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('Escape');
  const { page: woman } = await askForWalk(browser, looks);
  await openAtDesk(desk, woman);
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('h');
  await expect(desk.locator('[data-choice]').first()).toBeFocused();
  await picture(desk, 'desk-hand-over', ['desktop']);
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('g');
  await desk.locator('#note').fill('3번 승강장 조명이 꺼져 있어요');
  await desk.keyboard.press('Enter');
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('t');
  await expect(desk.locator('.note').first()).toBeVisible();
  await picture(desk, 'desk-handover', ['desktop']);
  await desk.emulateMedia({ media: 'print' });
  await desk.screenshot({ path: join(folder, 'desk-handover-ko-print.png'), fullPage: true });
  await desk.emulateMedia({ media: 'screen' });
  await desk.keyboard.press('g');
  await desk.keyboard.press('?');
  await desk.screenshot({ path: join(folder, 'desk-keys-ko-desktop-night.png') });
});

test('the supervisor', async ({ browser }) => {
  test.setTimeout(240_000);
  const above = await seat(browser, 'supervisor', 0, looks);
  await expect(above.locator('tbody tr').first()).toBeVisible();
  await picture(above, 'supervisor-districts');
  await above.locator('tbody button').first().click();
  await expect(above.locator('main .two')).toBeVisible();
  await picture(above, 'supervisor-board');
});

test('the team', async ({ browser }) => {
  test.setTimeout(240_000);
  const { at } = (await places()).meet;
  const team = await freeTeam(browser, { ...looks, geolocation: { latitude: at.lat, longitude: at.lon }, permissions: ['geolocation'] });
  const off = team.getByRole('button', { name: '근무 마치기' });
  await picture(team, 'team-on');
  await off.click();
  await expect(team.getByRole('button', { name: '근무 시작' })).toBeVisible();
  await picture(team, 'team-off');
  await team.getByRole('button', { name: '근무 시작' }).click();
  await team.getByRole('button', { name: '여기서 바로 함께 걷기' }).click();
  await team.getByRole('button', { name: '2', exact: true }).click();
  await expect(team.locator('#walk')).toBeVisible();
  await picture(team, 'team-walk');
});

test('the till', async ({ browser }) => {
  test.setTimeout(240_000);
  const till = await seat(browser, 'haven', 0, looks);
  await expect(till.getByRole('button', { name: /도움이 필요해요/ })).toBeVisible();
  await picture(till, 'haven-till');
  await till.getByRole('button', { name: '오늘 근무' }).click();
  await expect(till.locator('.name').first()).toBeVisible();
  await picture(till, 'haven-shift');
  await till.getByRole('button', { name: '도움 단추로 돌아가기' }).click();
  await holdFor(till.getByRole('button', { name: /도움이 필요해요/ }), 1100);
  await expect(till.getByRole('button', { name: '누가 피해 있어요' })).toBeVisible();
  await picture(till, 'haven-grade');
  await till.getByRole('button', { name: '누가 피해 있어요' }).click();
  await expect(till.locator('.five li')).toHaveCount(5);
  await picture(till, 'haven-steps');
});

test('those who help', async ({ browser }) => {
  test.setTimeout(300_000);
  const page = await letters(await browser.newContext(looks));
  await page.goto(url('/join'));
  await expect(page.locator('#name')).toBeVisible();
  await picture(page, 'join-form');
  await page.locator('#district').selectOption({ index: 1 });
  await page.locator('#name').fill('한결');
  await page.locator('#phone').fill('010-0000-4242');
  await page.locator('#words').fill('금요일이 좋아요');
  await page.getByRole('button', { name: '신청하기' }).click();
  await expect(page.getByRole('heading', { name: '잘 받았어요' })).toBeVisible();
  await picture(page, 'join-applied');
  const manager = await seat(browser, 'programme', 0, looks);
  await expect(manager.locator('[data-application]').first()).toBeVisible();
  await picture(manager, 'crew-applications');
  const card = manager.locator('[data-application]', { hasText: '한결' });
  const { now } = (await (await manager.request.get(url('/api/demo/clock'))).json()) as { now: number };
  const day = (at: number) => new Date(at + 9 * 3_600_000).toISOString();
  await card.locator('input[type="datetime-local"]').fill(day(now + 86_400_000).slice(0, 16));
  await card.getByRole('button', { name: '초대하기' }).click();
  await card.getByRole('button', { name: '면담했어요' }).click();
  await card.locator('select').selectOption({ label: '여성' });
  await card.getByRole('button', { name: '함께하기로' }).click();
  await expect(card).toHaveCount(0);
  await manager.locator('#date').selectOption({ index: 2 });
  await manager.getByRole('button', { name: '열기', exact: true }).click();
  await expect(manager.locator('[data-night]').first()).toBeVisible();
  const person = manager.locator('[data-person]', { hasText: '한결' });
  await person.locator('summary').click();
  await person.locator('input[type="date"]').fill(day(now + 300 * 86_400_000).slice(0, 10));
  await person.getByRole('button', { name: '범죄경력 확인 적기' }).click();
  await person.scrollIntoViewIfNeeded();
  await picture(manager, 'crew-person');
  await manager.evaluate(() => document.querySelector('#nights')?.scrollIntoView());
  await picture(manager, 'crew-night');
  await page.reload();
  await expect(page.locator('[data-night]').first()).toBeVisible();
  await page.locator('[data-night]').first().getByRole('button', { name: '나갈게요' }).click();
  await picture(page, 'join-own');
});

test('a patrol', async ({ browser }) => {
  test.setTimeout(300_000);
  const { meet } = await places();
  const manager = await seat(browser, 'programme', 0, looks);
  await choose(manager, '#around', meet);
  await manager.getByRole('button', { name: '구역 그리기' }).click();
  await expect(manager.locator('[data-beat]').first()).toBeVisible();
  const patrol = await seat(browser, 'patrol', 0, { ...looks, geolocation: { latitude: meet.at.lat, longitude: meet.at.lon }, permissions: ['geolocation'] });
  await picture(patrol, 'patrol-beats');
  await patrol.getByRole('button', { name: '눈에 띄었어요' }).click();
  await patrol.getByRole('button', { name: '불이 꺼진 가로등' }).click();
  await picture(patrol, 'patrol-noticing');
  await patrol.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(patrol.locator('section[aria-labelledby="noted"] li').first()).toBeVisible();
  await patrol.getByRole('button', { name: /^출발/ }).first().click();
  await expect(patrol.getByRole('heading', { name: '순찰 중' })).toBeVisible();
  await picture(patrol, 'patrol-round');
  await manager.reload();
  await expect(manager.locator('[data-defect]').first()).toBeVisible();
  await manager.evaluate(() => document.querySelector('#defects')?.scrollIntoView());
  await picture(manager, 'crew-streets');
});

test('a report', async ({ browser }) => {
  test.setTimeout(400_000);
  const at = await stand();
  const page = await letters(await browser.newContext(looks));
  await before(page, at);
  await page.goto(url('/report'));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('button', { name: '글로 남기기' })).toBeEnabled();
  await picture(page, 'report-look');
  await press('글로 남기기');
  await picture(page, 'report-before', ['phone']);
  await press('시작하기');
  await page.getByRole('radio', { name: '네, 위험해요' }).check();
  await picture(page, 'report-danger', ['phone']);
  await press('다음');
  await page.locator('#happened').fill('밤에 집에 오는 골목에서 누가 따라왔어요. 계단까지 왔어요.');
  await picture(page, 'report-happened');
  await press('다음');
  await page.getByRole('radio', { name: '날짜를 알아요' }).check();
  await picture(page, 'report-when', ['phone']);
  await press('질문 모두 보기');
  await picture(page, 'report-questions', ['phone']);
  await press('다음: 누구에게 보낼지');
  for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.check();
  await picture(page, 'report-centers');
  await press('다음: 누가 무엇을 읽을지');
  await picture(page, 'report-readers');
  await press('다음: 미리 보기');
  await picture(page, 'report-preview');
  await press('동의하고 낱말 받기');
  const words = await page.locator('.words strong').allInnerTexts();
  await picture(page, 'report-words');
  await press('한 번 연습하기');
  await picture(page, 'report-practice', ['phone']);
  await press('연습 없이 계속하기');
  await press('잠그고 보내기');
  await expect(page.getByRole('heading', { name: '잘 받았어요' })).toBeVisible({ timeout: 60_000 });
  await picture(page, 'report-sent', ['phone']);
  await at.city.reply('안녕하세요, 신림 상담소예요. 내일 오후 2시 이후에 여기에 답을 남겨 주시면 이야기를 이어갈게요.');
  await press('마치기');
  await press('일곱 낱말로 열기');
  await page.locator('#words').fill(words.join(' '));
  await picture(page, 'report-return', ['phone']);
  await press('열기');
  await expect(page.locator('[data-by="center"]')).toBeVisible({ timeout: 60_000 });
  await picture(page, 'report-mailbox');
  at.lie = (told) => ({ ...told, door: 'closed' });
  const closed = await letters(await browser.newContext(looks));
  await before(closed, at);
  await closed.goto(url('/report'));
  await expect(closed.locator('[data-door="closed"]')).toBeVisible();
  await picture(closed, 'report-closed', ['phone']);
});

test('a caseworker', async ({ browser }) => {
  test.setTimeout(400_000);
  // Whom invented women have written to, and the words that open her key.
  const night = (await (await fetch(url('/api/demo'))).json()) as { parts: { shown_as: string; role: string; part: string; key_words?: string | null }[] };
  const part = night.parts.find((one) => one.role === 'caseworker' && one.part.includes(CENTER) && one.key_words);
  const page = await letters(await browser.newContext(looks));
  await page.goto(url('/case'));
  await page.locator('.part', { hasText: part?.shown_as ?? 'nobody' }).first().click();
  await expect(page.locator('#words')).toBeVisible({ timeout: 60_000 });
  await picture(page, 'case-locked', ['phone']);
  await page.locator('#words').fill(part?.key_words ?? '');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-row="open"]')).toHaveCount(3, { timeout: 60_000 });
  await picture(page, 'case-inbox');
  await page.locator('[data-row="open"] button').first().click();
  await expect(page.locator('h2.name')).toBeFocused();
  await picture(page, 'case');
  await page.locator('#answer').fill('글 잘 읽었어요. 적어 주신 방법으로만 연락할게요.');
  await page.getByRole('button', { name: '닫아서 보내기' }).click();
  await expect(page.locator('section[aria-labelledby="talk"] ol')).toContainText('글 잘 읽었어요');
  await page.evaluate(() => document.querySelector('#talk')?.scrollIntoView());
  await picture(page, 'case-talk');
  // The second caseworker of the center, at her first time.
  const second = night.parts.find((one) => one.role === 'caseworker' && one.part.includes(CENTER) && !one.key_words);
  const other = await letters(await browser.newContext(looks));
  await other.goto(url('/case'));
  await other.locator('.part', { hasText: second?.shown_as ?? 'nobody' }).first().click();
  await expect(other.getByRole('heading', { name: '처음이에요: 내 열쇠 만들기' })).toBeVisible();
  await picture(other, 'case-first', ['phone']);
  await makeWords(other);
  await expect(other.locator('.print strong')).toHaveCount(4);
  await picture(other, 'case-waiting', ['phone']);
});
