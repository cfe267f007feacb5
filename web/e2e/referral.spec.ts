// A referral from the offer to its end: nothing goes before she has seen it and said yes; the other
// center reads exactly that; it takes it on, or says why not; and she ends it whenever she likes.

import type { Page } from '@playwright/test';
import { begins, cityTest, expect, founds, keyed, korean, looksAgain, named, NUMBER, reopens, returns, shot, step, STORY, toInbox, unfold, WHO, writes } from './centers';
import { check, fits } from './look';

const test = cityTest();
test.describe.configure({ mode: 'serial', timeout: 480_000 });

const ASK = '보호명령을 함께 신청해 주세요.';
const SECOND = '통역을 구해 주세요.';
const WHY = '이번 주에는 변호사가 없어요.';

/** The caseworker lays an offer for the legal center: what is asked, and one field. What it shows of it. */
async function offers(page: Page, ask: string): Promise<string> {
  await unfold(page, 'referrals');
  const referrals = step(page, 'referrals');
  await referrals.getByRole('button', { name: '다른 기관에 연계하기' }).click();
  await named(page, '법률').check();
  await page.locator('#referral-ask').fill(ask);
  await referrals.getByRole('checkbox', { name: new RegExp(NUMBER) }).check();
  const shown = await referrals.locator('.preview [data-told]').innerText();
  expect(shown).toContain(ask);
  expect(shown).toContain(NUMBER);
  expect(shown).not.toContain('카나리아');
  await referrals.getByRole('button', { name: '그분께 보여 드리기' }).click();
  await expect(referrals.locator('[data-referral="offered"]')).toHaveCount(1, { timeout: 60_000 });
  return shown;
}
/** The case as it is now. */
async function again(page: Page): Promise<void> {
  await toInbox(page);
  await looksAgain(page);
  await page.locator('[data-row="open"] button').first().click();
  await unfold(page, 'referrals');
}
const box = (page: Page) => page.getByRole('button', { name: '새 답이 있는지 보기' }).click();

test('she sees what would go and says yes; the other center reads exactly that and takes it on, or says why not; she ends it', async ({ browser, origin }) => {
  const page = await founds(browser, origin, 'caseworker', '-counseling');
  const legal = await founds(browser, origin, 'service-partner', '-legal');
  await keyed(2);
  const words = await writes();
  await begins(page);
  const shown = await offers(page, ASK);
  await check(page, 'a referral offered');
  await korean(page);
  await shot(page, 'referral-1-offered');
  // Before her yes there is nothing to send with, and nothing at the other center.
  await expect(step(page, 'referrals').getByRole('button', { name: '지금 보내기' })).toHaveCount(0);
  await reopens(legal);
  await expect(legal.getByText('부탁받은 일이 없어요.')).toBeVisible({ timeout: 60_000 });

  const hers = await returns(browser, origin, words);
  const offer = hers.locator('[data-offer="offered"]');
  await expect(offer.locator('[data-exactly]')).toContainText(ASK);
  await expect(offer.locator('[data-exactly]')).toContainText(NUMBER);
  await expect(offer.locator('[data-exactly]')).not.toContainText('카나리아');
  await check(hers, 'a referral as she is shown it');
  await fits(hers, 'a referral as she is shown it');
  await korean(hers);
  await shot(hers, 'referral-2-hers');
  await offer.getByRole('button', { name: '네, 이대로 보내 주세요' }).click();
  await expect(hers.locator('[data-offer="agreed"]')).toBeVisible({ timeout: 60_000 });

  await again(page);
  await step(page, 'referrals').getByRole('button', { name: '지금 보내기' }).click();
  await expect(step(page, 'referrals').locator('[data-referral="sent"]')).toBeVisible({ timeout: 60_000 });

  // The other center: exactly what was shown, and that she agreed herself.
  await reopens(legal);
  await legal.locator('[data-received="waiting"]').click();
  const letter = legal.locator('[data-letter="told"]');
  expect(await letter.locator('[data-told]').innerText()).toBe(shown);
  await expect(letter).toContainText('본인이 직접 동의했어요.');
  for (const none of [STORY, WHO]) await expect(legal.locator('body')).not.toContainText(none);
  await check(legal, 'a referral as it came');
  await korean(legal);
  await shot(legal, 'referral-3-came');
  await letter.getByRole('button', { name: '맡기', exact: true }).click();
  await expect(legal.locator('[data-received="accepted"]')).toBeVisible({ timeout: 60_000 });
  await again(page);
  await expect(step(page, 'referrals').locator('[data-referral="accepted"]')).toBeVisible({ timeout: 60_000 });

  // Another: turned away, and she reads why.
  await offers(page, SECOND);
  await box(hers);
  await hers.locator('[data-offer="offered"]').getByRole('button', { name: '네, 이대로 보내 주세요' }).click();
  await expect(hers.locator('[data-offer="agreed"]')).toBeVisible({ timeout: 60_000 });
  await again(page);
  await step(page, 'referrals').getByRole('button', { name: '지금 보내기' }).click();
  await expect(step(page, 'referrals').locator('[data-referral="sent"]')).toBeVisible({ timeout: 60_000 });
  await reopens(legal);
  await legal.locator('[data-received="waiting"]').click();
  const second = legal.locator('[data-letter="told"]');
  await expect(second).toContainText(SECOND);
  await second.getByRole('button', { name: '맡지 못해요' }).click();
  await expect(second.getByRole('button', { name: '맡지 못한다고 알리기' })).toBeDisabled();
  await second.getByRole('textbox').fill(WHY);
  await second.getByRole('button', { name: '맡지 못한다고 알리기' }).click();
  await expect(legal.locator('[data-received="waiting"]')).toHaveCount(0, { timeout: 60_000 });
  await again(page);
  await expect(step(page, 'referrals').locator('[data-referral="rejected"]')).toContainText(WHY, { timeout: 60_000 });
  await box(hers);
  await expect(hers.locator('[data-offer="rejected"]')).toContainText(WHY, { timeout: 60_000 });

  // She ends the one that was taken on: at the other center nothing of it is left.
  const taken = hers.locator('[data-offer="accepted"]');
  await taken.getByRole('button', { name: '거두기' }).click();
  await taken.getByRole('button', { name: '네, 거둘게요' }).click();
  await expect(hers.locator('[data-offer="revoked"]')).toBeVisible({ timeout: 60_000 });
  await reopens(legal);
  await expect(legal.locator('[data-received="accepted"]')).toHaveCount(0);
  await legal.locator('summary', { hasText: '끝난 일' }).click();
  await legal.locator('[data-received="ended"]').click();
  await expect(legal.getByText('끝난 연계예요. 글은 지워졌어요.')).toBeVisible();
  for (const gone of [ASK, NUMBER]) await expect(legal.locator('body')).not.toContainText(gone);
  await again(page);
  await expect(step(page, 'referrals').locator('[data-referral="revoked"]')).toBeVisible({ timeout: 60_000 });
});
