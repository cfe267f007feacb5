// The work on a case from the first words to its end: what is said first, danger, the intake, the plan
// that she confirms on her own page and a supervisor approves, follow-ups, closing and opening again;
// two who write at once, and a page that locks over a half-written form.

import { readFileSync } from 'node:fs';
import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { browserChance as chance } from '../src/seal/chance';
import { stretchHere } from '../src/seal/argon';
import { Mailbox } from '../src/seal/mailbox';
import { newPhrase, spell } from '../src/seal/words';
import { askAt, CENTER, directory, makeWords, sendReport } from './casework';
import { check, fits } from './look';
import { console_, phone } from './night';
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

// One after the other: the supervisor needs the caseworker's key, and both work on the same case.
test.describe.configure({ mode: 'serial', timeout: 420_000 });

const SHOTS = process.env['CASEWORK_SHOTS'];
/** What is on the screen now, for whoever looks at it. */
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

/** A page in a seat of the counseling center. */
async function sitDown(browser: Browser, origin: string, kind: string, options: BrowserContextOptions = phone): Promise<Page> {
  const night = (await (await fetch(`${origin}/api/demo`)).json()) as { parts: { part: string; shown_as: string }[] };
  const part = night.parts.find((one) => one.part.startsWith(kind) && one.part.includes(CENTER));
  if (!part) throw new Error(`the demo has no ${kind}`);
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${origin}/case`);
  await page.locator('.part', { hasText: part.shown_as }).first().click();
  await expect(page.getByRole('heading', { name: /처음이에요: 내 열쇠 만들기|내 열쇠로 열기/ })).toBeVisible();
  return page;
}

async function unlock(page: Page, words: string): Promise<void> {
  await page.locator('#words').fill(words);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-row="open"]').first()).toBeVisible();
}
const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`);
/** Opens a step by its name in the list of steps. */
async function open(page: Page, id: string): Promise<void> {
  const details = step(page, id).locator('details').first();
  if ((await details.getAttribute('open')) === null) await step(page, id).locator('summary').first().click();
}
const korean = (page: Page) => page.getByRole('button', { name: '한국어' }).click();
const sent = (page: Page, id: string) => expect(step(page, id).getByRole('status').filter({ hasText: /남겼어요|Written down/ })).toBeVisible();

let words = '';
let supervisorWords = '';
let hers: string[] = [];

test('nothing is asked before she was told what stays; danger says at once what can kill; the intake is computed', async ({ browser, origin }) => {
  const page = await sitDown(browser, origin, 'caseworker');
  words = await makeWords(page);
  await page.getByRole('button', { name: '열쇠 만들기', exact: true }).click();
  await expect(page.getByText('기다리는 사람이 없어요')).toBeVisible();
  const phrase = newPhrase(chance);
  hers = spell(phrase, 'ko');
  await sendReport(await Mailbox.open(phrase, (await directory()).salt, stretchHere), true);
  await page.getByRole('button', { name: '다시 보기' }).click();
  await page.locator('[data-row="open"] button').first().click();

  // Before: no question of the work is there.
  await expect(step(page, 'first')).toBeVisible();
  for (const id of ['danger-asked', 'intake', 'plan', 'closure']) await expect(step(page, id)).toHaveCount(0);
  await expect(page.getByText('먼저 위에서 ‘비밀을 지키는 범위’를 말씀드려 주세요')).toBeVisible();
  await check(page, 'before she was told');
  await korean(page);
  await shot(page, '1-before');
  await step(page, 'first').getByRole('radio', { name: '만나서' }).check();
  await page.getByRole('button', { name: '말씀드렸다고 남기기' }).first().click();
  await expect(step(page, 'first')).toContainText('만나서');
  await expect(step(page, 'danger-asked')).toBeVisible();

  // Danger: what can kill is said the moment it is answered, and the score decides nothing.
  await open(page, 'danger-asked');
  await page.getByRole('button', { name: '위험 여쭙기' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('group', { name: /목을 조르거나/ }).getByRole('radio', { name: '네' }).check();
  await expect(page.getByRole('alert')).toContainText('오늘 진료가 필요해요');
  await expect(step(page, 'danger-asked')).toContainText('지금 팀장에게 알리세요');
  await page.getByLabel('본인은 얼마나 위험하다고 느끼나요?').fill('집에 못 가겠어요');
  await check(page, 'asking about danger');
  await korean(page);
  await shot(page, '2-danger');
  await step(page, 'danger-asked').getByRole('button', { name: '남기기', exact: true }).click();
  await sent(page, 'danger-asked');
  await expect(step(page, 'danger-asked')).toContainText('위험이 큼');

  // The intake, by keyboard: one question at a time, and what she wrote is there already.
  await open(page, 'intake');
  await page.getByRole('button', { name: '접수 시작하기' }).click();
  const question = step(page, 'intake');
  await expect(question).toContainText('물음 1 /');
  await question.getByRole('radio', { name: '아니요' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(question).toContainText('물음 2 /');
  await expect(question.locator('[tabindex="-1"]').first()).toBeFocused();
  await question.getByRole('radio', { name: '아니요' }).check();
  await page.keyboard.press('Enter');
  await question.getByRole('radio', { name: '네' }).check();
  await check(page, 'a question of the intake');
  await korean(page);
  await shot(page, '3-intake');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-row]')).toHaveCount(0);
});

test('the rest of the intake, the plan she confirms on her own page, and the clock of her health', async ({ browser, origin }) => {
  const page = await sitDown(browser, origin, 'caseworker');
  await unlock(page, words);
  await page.locator('[data-row="open"] button').first().click();
  // Locked by key: the half-filled intake is gone, as the page said.
  await open(page, 'intake');
  await page.getByRole('button', { name: '접수 시작하기' }).click();
  const question = step(page, 'intake');
  for (const answer of ['아니요', '아니요', '네']) {
    await question.getByRole('radio', { name: answer, exact: true }).check();
    await question.getByRole('button', { name: '다음' }).click();
  }
  await expect(question).toContainText('언제 있었나요?');
  await expect(question).toContainText('본인이 글에 쓴 것이에요');
  await question.getByRole('button', { name: '정해진 것 보기' }).click();
  await expect(question.locator('[data-type]')).toHaveAttribute('data-type', 'physical_assault');
  await expect(question).toContainText('‘때리거나 다치게 했나요’에 처음으로 ‘네’라고 답했어요');
  await question.getByRole('button', { name: '접수 남기기' }).click();
  await sent(page, 'intake');
  await expect(step(page, 'intake')).toHaveAttribute('data-mark', 'done');

  await expect(step(page, 'health')).toContainText(/\d+시간/);
  await open(page, 'health');
  await expect(step(page, 'health')).toContainText('HIV 예방약');
  await expect(step(page, 'health')).not.toContainText(/늦었|too late/);

  await open(page, 'plan');
  await page.getByRole('button', { name: '함께 계획 쓰기' }).click();
  await page.getByLabel('본인의 말로').fill('혼자 자고 싶지 않아요');
  await page.getByLabel('어떤 도움').selectOption('safehouse');
  await page.getByRole('button', { name: '하나 더' }).click();
  await page.getByLabel('본인의 말로').nth(1).fill('병원에 같이 가 주세요');
  await check(page, 'writing a plan');
  await fits(page, 'writing a plan');
  await korean(page);
  await shot(page, '4-plan');
  await step(page, 'plan').getByRole('button', { name: '남기기', exact: true }).click();
  await sent(page, 'plan');
  await expect(step(page, 'plan')).toContainText('본인이 아직 확인하지 않았어요');
  // Its author approves nothing.
  await expect(page.getByRole('button', { name: '이 계획 승인하기' })).toHaveCount(0);

  // She reads it on her own page, with every step, and confirms it with one button.
  const her = await (await browser.newContext(phone)).newPage();
  await her.goto(`${origin}/report`);
  await her.getByRole('button', { name: '일곱 낱말로 열기' }).click();
  await her.locator('#words').fill(hers.join(' '));
  await her.getByRole('button', { name: '열기', exact: true }).click();
  await expect(her.locator('[data-plan]')).toContainText('혼자 자고 싶지 않아요');
  await her.getByText(/지금까지 한 일 모두 보기/).click();
  const steps = her.getByRole('list', { name: '지금까지 한 일' });
  await expect(steps.getByRole('listitem')).toHaveCount(4);
  await expect(steps).toContainText('비밀을 어디까지 지키는지 말해 줬어요');
  await check(her, 'her view of the plan');
  await fits(her, 'her view of the plan');
  await korean(her);
  await shot(her, '5-hers');
  await her.getByRole('button', { name: '네, 이 계획이 맞아요' }).click();
  await expect(her.locator('[data-plan="confirmed"]')).toContainText('내가 확인했어요');
  await page.getByRole('button', { name: '모든 사건' }).click();
  await page.locator('[data-row="open"] button').first().click();
  await expect(step(page, 'plan')).toContainText(/본인이 .*에 확인했어요/);
});

test('a supervisor approves; two who write at once lose nothing', async ({ browser, origin }) => {
  const second = await sitDown(browser, origin, 'case-supervisor', console_);
  supervisorWords = await makeWords(second);
  await expect(second.getByRole('heading', { name: '기관의 열쇠를 기다려요' })).toBeVisible();
  const first = await sitDown(browser, origin, 'caseworker', console_);
  await unlock(first, words);
  await first.getByRole('button', { name: /네 낱말 견주기/ }).click();
  await first.getByRole('button', { name: /열쇠 주기/ }).click();
  await expect(first.getByRole('heading', { name: /열쇠를 기다리는 동료/ })).toHaveCount(0);
  await second.getByRole('button', { name: '다시 보기' }).click();
  for (const page of [first, second]) {
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('[data-row="open"] button').first().click();
    await open(page, 'plan');
  }
  // Both begin from the same plan. The supervisor is faster.
  for (const [page, text] of [[first, 'A lock for the door'], [second, 'A lawyer']] as const) {
    await page.getByRole('button', { name: 'Change the plan' }).click();
    await page.getByRole('button', { name: 'One more' }).click();
    await page.getByLabel('In her words').nth(2).fill(text);
  }
  for (const page of [second, first]) {
    await step(page, 'plan').getByRole('button', { name: 'Write it down' }).click();
    await sent(page, 'plan');
  }
  const conflict = first.locator('[data-conflict="plan"]');
  await expect(conflict).toContainText('A lock for the door');
  await expect(conflict).toContainText('A lawyer');
  await check(first, 'two plans');
  await shot(first, '6-conflict');
  await conflict.locator('.side', { hasText: 'A lock for the door' }).getByRole('button').click();
  await expect(conflict).toHaveCount(0);
  await expect(step(first, 'plan')).toContainText('A lock for the door');
  await expect(step(first, 'line')).toBeVisible();

  // Approval is another's, and counts on both pages.
  await second.getByRole('button', { name: 'All cases' }).click();
  await second.locator('[data-row="open"] button').first().click();
  await open(second, 'plan');
  await second.getByRole('button', { name: 'Approve this plan' }).click();
  await expect(step(second, 'plan')).toContainText('A supervisor approved it');
});

test('appointment, follow-up, closing and opening again; a form outlives a lock by itself', async ({ browser, origin }) => {
  const page = await sitDown(browser, origin, 'caseworker', console_);
  await unlock(page, words);
  await page.locator('[data-row="open"] button').first().click();
  await open(page, 'meet');
  await page.getByRole('button', { name: '약속 잡기' }).click();
  await page.locator('#meet-at').fill('2030-01-02T14:30');
  await page.locator('#meet-place').fill('상담소 2층');
  await page.getByRole('button', { name: '약속 남기기' }).click();
  await expect(page.locator('[data-appointment="planned"]')).toContainText('상담소 2층');
  await page.locator('[data-appointment="planned"] select').selectOption('kept');
  await expect(page.locator('[data-appointment="kept"]')).toBeVisible();
  // What leaves for the street is a place, a time and a word; nothing else, and no cookie.
  await page.getByRole('button', { name: '동행이나 순찰 부탁하기' }).click();
  const { places } = (await (await fetch(`${origin}/api/environment/places?meeting=true&limit=1`)).json()) as { places: { name: { ko: string } }[] };
  await page.locator('#escort-place').fill(places[0]?.name.ko ?? '');
  await page.locator('#escort-place-list [role="option"]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#escort-word').fill('파란 우산');
  const asked = page.waitForRequest('**/api/escort/requests');
  await page.getByRole('button', { name: '동행 신청하기' }).click();
  const request = await asked;
  expect(Object.keys(request.postDataJSON() as object).sort()).toEqual(['first_name', 'language', 'meeting_place', 'people']);
  expect((await request.allHeaders())['cookie']).toBeUndefined();
  expect(request.headers()['referer'] ?? '').toBe('');
  await expect(step(page, 'meet').getByRole('status').filter({ hasText: /신청했어요|동행할 팀이 없대요/ })).toBeVisible();

  await open(page, 'follow');
  await expect(page.locator('[data-follow]')).toHaveCount(4);
  await page.getByRole('button', { name: '다른 때에 살핀 것 남기기' }).click();
  await page.getByRole('group', { name: '연락이 닿았나요?' }).getByRole('radio', { name: '네' }).check();
  await page.locator('#follow-note').fill('잘 지낸대요');
  // Ten minutes without use lock the page; the same key goes on where she was.
  await page.clock.install();
  await page.clock.fastForward(10.2 * 60_000);
  await expect(page.getByText('10분 동안 쓰지 않아서 잠갔어요.')).toContainText('쓰던 양식 1개');
  await expect(page.locator('main')).not.toContainText('잘 지낸대요');
  await page.clock.resume();
  await unlock(page, words);
  await page.locator('[data-row="open"] button').first().click();
  await expect(page.locator('#follow-note')).toHaveValue('잘 지낸대요');
  await step(page, 'follow').getByRole('button', { name: '남기기', exact: true }).click();
  await sent(page, 'follow');

  await open(page, 'closure');
  await page.getByRole('button', { name: '사건 닫기' }).click();
  await page.getByRole('radio', { name: '본인이 그만하고 싶어 해요' }).check();
  await page.getByRole('button', { name: '닫자고 하기' }).click();
  await expect(step(page, 'closure')).toContainText('팀장의 승인을 기다려요');
  await open(page, 'line');
  await expect(step(page, 'line')).toContainText('닫자고 했어요');
  await shot(page, '7-all');

  const second = await sitDown(browser, origin, 'case-supervisor');
  await unlock(second, supervisorWords);
  await second.locator('[data-row="open"] button').first().click();
  await open(second, 'closure');
  await second.getByRole('button', { name: '닫기 승인하기' }).click();
  await expect(step(second, 'closure')).toContainText('닫았어요');
  await check(second, 'a closed case');
  await korean(second);
  await second.getByRole('button', { name: '다시 열기' }).click();
  await second.getByLabel('다시 여는 까닭').fill('다시 연락이 왔어요');
  await second.getByRole('button', { name: '다시 열었다고 남기기' }).click();
  await expect(step(second, 'closure')).toContainText('다시 열었어요');
  await second.getByRole('button', { name: '모든 사건' }).click();
  await second.getByText('우리 기관의 숫자').click();
  await expect(second.getByText('통계에 동의한 1건만 세요')).toBeVisible();
  await expect(second.locator('dl', { hasText: '본인이 확인한 계획' }).locator('div', { hasText: '다시 연 사건' })).toContainText('1');
  // The recorder's table is a file of this browser: 42 columns, and nothing by which she could be found.
  const saving = second.waitForEvent('download');
  await second.getByRole('button', { name: '표 내려받기 (1줄)' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^incident-recorder-\d{4}-\d{2}-\d{2}\.csv$/);
  const [head, row] = readFileSync(await saved.path(), 'utf8').split('\r\n');
  expect(head?.split('","')).toHaveLength(42);
  expect(row).toContain('"physical_assault"');
  expect(row).not.toMatch(/010-0000|도서관|혼자 자고/);
  await check(second, 'the counts');
  await korean(second);
  await shot(second, '8-counts');
});
