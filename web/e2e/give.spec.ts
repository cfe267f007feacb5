// She lets a second center see how to reach her and nothing else; later what happened, too; later
// nothing. What that center's own page shows is what she was shown, each time.

import { cityTest, expect, founds, keyed, looksAgain, named, returns, shot, toInbox } from './centers';
import { check, fits } from './look';
import { phone } from './night';

const test = cityTest();
test.describe.configure({ mode: 'serial', timeout: 420_000 });

const STORY = '카나리아 이야기: 계단에서 있었던 일이에요.';
const WHO = '카나리아 사람: 위층에 살아요.';
const REACH = '010-0000-0000';
const [CONTACT_IS, STORY_IS] = ['연락 방법', '있었던 일'];

test('contact first, what happened later, then nothing: the other center sees it so', async ({ browser, origin }) => {
  const counsel = await founds(browser, origin, 'caseworker', '-counseling');
  const hospital = await founds(browser, origin, 'caseworker', '-hospital');
  await keyed(2);

  // She writes, and gives the hospital only how to reach her.
  const page = await (await browser.newContext(phone)).newPage();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(`${origin}/report`);
  await press('글로 남기기');
  await press('시작하기');
  await press('말하지 않을래요');
  await page.locator('#happened').fill(STORY);
  await press('질문 모두 보기');
  await page.getByRole('button', { name: /누가 그랬나요/ }).click();
  await page.locator('textarea, input[type="text"]').first().fill(WHO);
  await press('질문 모두 보기');
  await page.getByRole('button', { name: /어떻게 연락하면/ }).click();
  await page.getByRole('radio', { name: '전화', exact: true }).check();
  await page.locator('#reach-where').fill(REACH);
  await press('질문 모두 보기');
  await press('다음: 누구에게 보낼지');
  await named(page, '상담').check();
  await named(page, '병원').check();
  await press('다음: 누가 무엇을 읽을지');
  const other = page.locator('fieldset[data-center$="-hospital"]');
  await other.getByRole('checkbox', { name: new RegExp(CONTACT_IS) }).check();
  await press('다음: 미리 보기');
  await press('동의하고 낱말 받기');
  await expect(page.locator('.words strong')).toHaveCount(7);
  const words = await page.locator('.words strong').allInnerTexts();
  await press('연습하지 않고 보내기');
  await press('연습 없이 계속하기');
  await press('잠그고 보내기');
  await expect(page.getByRole('heading', { level: 1, name: '잘 받았어요' })).toBeVisible({ timeout: 60_000 });

  await looksAgain(hospital);
  await hospital.locator('[data-row="open"] button').first().click();
  await expect(hospital.locator('body')).toContainText(REACH);
  await expect(hospital.locator('body')).not.toContainText('카나리아');

  // Later, with her words: what happened, too. She is shown exactly that before anything changes.
  const hers = await returns(browser, origin, words);
  const readers = hers.locator('[data-reader]');
  await expect(readers).toHaveCount(2);
  const at = readers.filter({ hasText: '병원' });
  await expect(at).not.toContainText(STORY_IS);
  await at.getByRole('button', { name: '더 보여 주거나 줄이기' }).click();
  await expect(at.getByRole('button', { name: '보여 줄 것 미리 보기' })).toBeDisabled();
  await at.getByRole('checkbox', { name: new RegExp(STORY_IS) }).check();
  await check(hers, 'choosing what a center may read');
  await hers.getByRole('button', { name: '한국어' }).click();
  await shot(hers, 'give-1-choose');
  await at.getByRole('button', { name: '보여 줄 것 미리 보기' }).click();
  const preview = at.locator('[data-goes]');
  await expect(preview).toContainText(STORY);
  await expect(preview).toContainText(REACH);
  await expect(preview).not.toContainText(WHO);
  await expect(at.locator('[data-consent]')).toContainText(`${STORY_IS}, ${CONTACT_IS}`);
  await expect(at).toContainText(`새로 볼 수 있는 것: ${STORY_IS}`);
  await check(hers, 'what a center will read');
  await fits(hers, 'what a center will read');
  await hers.getByRole('button', { name: '한국어' }).click();
  await shot(hers, 'give-2-preview');
  await at.getByRole('button', { name: '동의하고 이대로 바꾸기' }).click();
  await expect(hers.getByText(/볼 수 있는 것을 바꾸었어요/)).toBeVisible({ timeout: 60_000 });
  await expect(at).toContainText(STORY_IS);

  await toInbox(hospital);
  await looksAgain(hospital);
  const rows = hospital.locator('[data-row="open"]');
  await expect(rows).toHaveCount(1);
  await rows.locator('button').first().click();
  await expect(hospital.locator('body')).toContainText(STORY, { timeout: 30_000 });
  await expect(hospital.locator('body')).toContainText(REACH);
  await expect(hospital.locator('body')).not.toContainText(WHO);
  await toInbox(hospital);

  // The one that leads knows who reads what, and answers as before.
  await looksAgain(counsel);
  await counsel.locator('[data-row="open"] button').first().click();
  await expect(counsel.locator('section[aria-labelledby="consents"]')).toContainText('있었던 일');
  await expect(counsel.locator('body')).toContainText(WHO);

  // And then nothing. At the next look it is gone.
  await at.getByRole('button', { name: '동의 거두기' }).click();
  await at.getByRole('button', { name: '동의를 거둘게요' }).click();
  await expect(at.getByText('이제 열 수 없어요.')).toBeVisible({ timeout: 60_000 });
  await looksAgain(hospital);
  await expect(hospital.getByText(/끝난|거두/).first()).toBeVisible({ timeout: 30_000 });
  await hospital.locator('[data-row="open"] button').first().click();
  await expect(hospital.locator('body')).not.toContainText('카나리아');
  await expect(hospital.locator('body')).not.toContainText(REACH);
});

test('a center that had nothing can be shown something later, and the gift is sent again after a break', async ({ browser, origin }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(`${origin}/report`);
  await press('글로 남기기');
  await press('시작하기');
  await press('말하지 않을래요');
  await page.locator('#happened').fill('카나리아 둘째: 회사에서 있었던 일이에요.');
  await press('질문 모두 보기');
  await press('다음: 누구에게 보낼지');
  await named(page, '상담').check();
  await press('다음: 누가 무엇을 읽을지');
  await press('다음: 미리 보기');
  await press('동의하고 낱말 받기');
  await expect(page.locator('.words strong')).toHaveCount(7);
  const words = await page.locator('.words strong').allInnerTexts();
  await press('연습하지 않고 보내기');
  await press('연습 없이 계속하기');
  await press('잠그고 보내기');
  await expect(page.getByRole('heading', { level: 1, name: '잘 받았어요' })).toBeVisible({ timeout: 60_000 });

  const hers = await returns(browser, origin, words);
  await hers.getByRole('button', { name: '다른 기관에도 보여 주기' }).click();
  await hers.locator('[data-giving] [data-center$="-hospital"]').click();
  const giving = hers.locator('[data-giving]');
  await giving.getByRole('checkbox', { name: new RegExp(STORY_IS) }).check();
  await giving.getByRole('button', { name: '보여 줄 것 미리 보기' }).click();
  let lost = 0;
  await hers.route('**/api/onestop/mailbox/give', async (route) => {
    lost += 1;
    if (lost > 1) return route.continue();
    // It arrives, and its answer is lost on the way back.
    await route.fetch();
    return route.abort('connectionreset');
  });
  await giving.getByRole('button', { name: '동의하고 이대로 바꾸기' }).click();
  await expect(giving.getByText('아직 바꾸지 못했어요.')).toBeVisible({ timeout: 60_000 });
  await giving.getByRole('button', { name: '동의하고 이대로 바꾸기' }).click();
  await expect(hers.getByText(/볼 수 있는 것을 바꾸었어요/)).toBeVisible({ timeout: 60_000 });
  expect(lost).toBe(2);
  await expect(hers.locator('[data-reader]')).toHaveCount(2);
});
