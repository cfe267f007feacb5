// What the law makes a center tell, from the first words to the police's page: asked where it is not
// known, told her first, only what is listed, as it was shown; and on her own page the same. And the
// one line her case gives to the figures, counted where nobody is seen.

import type { Page } from '@playwright/test';
import { begins, cityTest, expect, founds, keyed, korean, reopens, returns, shot, step, toInbox, unfold, writes } from './centers';
import { check, fits } from './look';

const test = cityTest();
test.describe.configure({ mode: 'serial', timeout: 480_000 });

/** Answers the intake as far as it is asked for; the rest is passed over. */
async function intake(page: Page, year: string | null): Promise<void> {
  await unfold(page, 'intake');
  const asked = step(page, 'intake');
  await asked.getByRole('button', { name: /접수 시작하기|접수 고치기|고치기/ }).first().click();
  await asked.getByRole('radio', { name: '네', exact: true }).check();
  if (year !== null) {
    const born = page.locator('#ask-survivor-born-year');
    for (let at = 0; at < 40 && !(await born.isVisible()); at += 1) await asked.locator('button[type="submit"]').click();
    await born.selectOption(year);
  }
  await asked.getByRole('button', { name: '정해진 것 보기' }).click();
  await asked.getByRole('button', { name: '접수 남기기' }).click();
  await expect(asked.getByRole('status').filter({ hasText: '남겼어요' })).toBeVisible();
}
/** A year of birth of somebody the duty is for. */
const young = () => String(new Date().getFullYear() - 15);
/** The names of a packet's fields, as they go. */
const fields = (packet: string) => Object.keys((JSON.parse(packet) as { fields: object }).fields);
/** What the demo's duty lists. */
const LISTED = ['birth_year', 'sex', 'incident_type', 'incident_date', 'safe_contact', 'told', 'reporter'];

let counsel: Page;
let police: Page;

test('a duty asks what it cannot know, waits until she was told, and tells the police what is listed and nothing else', async ({ browser, origin }) => {
  police = await founds(browser, origin, 'service-partner', '-police');
  const figures = await founds(browser, origin, 'service-partner', '-figures');
  await expect(figures.getByText('아직 온 줄이 없어요').first()).toBeVisible();
  counsel = await founds(browser, origin, 'caseworker', '-counseling');
  await keyed(3);
  const words = await writes(true);
  await begins(counsel);

  // Without a year of birth nothing is guessed: the page asks.
  await intake(counsel, null);
  const duty = step(counsel, 'duty');
  await expect(duty).toHaveAttribute('data-mark', 'due');
  await unfold(counsel, 'duty');
  await expect(duty.locator('[data-is="unknown"]')).toContainText('태어난 해');
  await expect(duty.getByRole('button', { name: /보내기/ })).toHaveCount(0);
  await check(counsel, 'a duty that is not known yet');
  await korean(counsel);
  await shot(counsel, 'duty-1-unknown');

  await intake(counsel, young());
  await unfold(counsel, 'duty');
  await expect(duty.locator('[data-is="due"]')).toBeVisible();
  await expect(duty).toContainText('먼저 본인에게 이렇게 말씀드려 주세요');
  await expect(duty.getByRole('button', { name: /서명해서/ }), 'nothing is sent before she was told').toHaveCount(0);
  await check(counsel, 'a duty before she was told');
  await korean(counsel);
  await shot(counsel, 'duty-2-due');
  await duty.getByRole('radio', { name: '만나서' }).check();
  await duty.getByRole('button', { name: '말씀드렸다고 남기기' }).click();
  await expect(duty).toContainText('본인에게 말씀드렸어요', { timeout: 60_000 });

  // What is shown is what goes.
  await duty.getByText('보내는 글자 그대로 보기').click();
  const exact = (await duty.locator('pre').textContent()) ?? '';
  expect(exact).toContain(young());
  expect(exact).not.toContain('카나리아');
  expect(fields(exact).filter((one) => !LISTED.includes(one))).toEqual([]);
  const send = duty.getByRole('button', { name: /서명해서 .*경찰.*보내기/ });
  await expect(send).toBeDisabled();
  await duty.getByRole('checkbox').check();
  await shot(counsel, 'duty-3-preview');
  await send.click();
  await expect(duty).toContainText('갔어요', { timeout: 60_000 });
  await fits(counsel, 'a duty that was told');

  // The police read the same bytes, and nothing of what she wrote.
  await reopens(police);
  const arrived = police.locator('section[aria-labelledby="reported"]');
  await expect(arrived).toBeVisible({ timeout: 60_000 });
  await arrived.getByText('보내는 글자 그대로 보기').click();
  expect(await arrived.locator('pre').textContent()).toBe(exact);
  await expect(police.locator('body')).not.toContainText('카나리아');
  await expect(arrived).toContainText('알리는 것을 본인이 알아요');
  await check(police, 'a report by law, as it came');
  await korean(police);
  await shot(police, 'duty-4-police');

  // She reads the same on her own page: to whom, when, that she knew before, and every field in her words.
  const hers = await returns(browser, origin, words);
  const told = hers.locator('[data-duty="told"]');
  await expect(told).toContainText('경찰');
  await expect(told).toContainText('먼저 나에게 말했어요');
  await expect(told.locator('dl')).toContainText(young());
  await expect(told.locator('dt')).toHaveCount(fields(exact).length);
  await told.getByText('간 글자 그대로 보기').click();
  expect(await told.locator('[data-exact]').textContent()).toBe(exact);
  await check(hers, 'what was told by law, as she reads it');
  await fits(hers, 'what was told by law, as she reads it');
  await korean(hers);
  await shot(hers, 'duty-5-hers');

  // One line for the figures, once.
  const figure = step(counsel, 'figures');
  await unfold(counsel, 'figures');
  await figure.getByRole('button', { name: '이대로 보내기' }).click();
  await expect(figure.getByRole('status').filter({ hasText: '남겼어요' })).toBeVisible({ timeout: 60_000 });
  await expect(figure).toContainText('세었어요');
  await expect(figure.getByRole('button')).toHaveCount(0);
});

test('where she cannot be told first, only a written reason opens the way, and she reads it', async ({ browser, origin }) => {
  await toInbox(counsel);
  const words = await writes();
  await begins(counsel);
  await intake(counsel, young());
  const duty = step(counsel, 'duty');
  await unfold(counsel, 'duty');
  await expect(duty.getByRole('button', { name: /서명해서/ })).toHaveCount(0);
  await duty.getByRole('button', { name: '먼저 말씀드릴 수 없어요' }).click();
  const because = duty.getByLabel('왜 먼저 말씀드릴 수 없나요?');
  await because.fill('  .  ');
  await expect(duty.getByRole('button', { name: '까닭 남기기' })).toBeDisabled();
  await because.fill('의식이 없어서 말씀드릴 수 없었어요. 깨어나시면 바로 말씀드려요.');
  await duty.getByRole('button', { name: '까닭 남기기' }).click();
  await expect(duty).toContainText('먼저 말씀드리지 못했어요', { timeout: 60_000 });
  await duty.getByText('보내는 글자 그대로 보기').click();
  const exact = (await duty.locator('pre').textContent()) ?? '';
  expect((JSON.parse(exact) as { fields: { told: boolean } }).fields.told).toBe(false);
  await duty.getByRole('checkbox').check();
  await duty.getByRole('button', { name: /서명해서 .*경찰.*보내기/ }).click();
  await expect(duty).toContainText('갔어요', { timeout: 60_000 });
  await reopens(police);
  const arrived = police.locator('section[aria-labelledby="reported"] article');
  await expect(arrived).toHaveCount(2, { timeout: 60_000 });
  await expect(police.locator('section[aria-labelledby="reported"]')).toContainText('아직 본인이 몰라요');
  await expect(police.locator('body')).not.toContainText('의식이 없어서');
  const hers = await returns(browser, origin, words);
  await expect(hers.locator('[data-duty="told"]')).toContainText('의식이 없어서 말씀드릴 수 없었어요');
  await shot(hers, 'duty-6-excepted');
});
