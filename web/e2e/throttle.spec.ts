// How long a cheap phone takes to close a full report: the page's processor slowed six times, as
// browsers' own tools slow it. Printed, not asserted: a time is the machine's business. A worker is not
// slowed by that, so the words are stretched once in a worker, as the page does, and once without.

import type { Page } from '@playwright/test';
import { expect, phone, test, url } from './night';
import { before, stand } from './onestop';

const SLOWER = 6;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();

/** Notes in the page when sending is pressed and when the report goes out. */
function stopwatch(): void {
  const noted = window as unknown as { pressed?: number; went?: number };
  addEventListener('click', (event) => {
    if ((event.target as HTMLElement).closest?.('button')?.textContent?.includes('잠그고 보내기')) noted.pressed = performance.now();
  }, true);
  const real = window.fetch;
  window.fetch = (input, init) => {
    if (typeof input === 'string' && input.endsWith('/api/onestop/report')) noted.went = performance.now();
    return real(input, init);
  };
}

for (const worker of [true, false]) {
  test(`a full report is closed on a processor ${SLOWER} times slower, ${worker ? 'with' : 'without'} a worker`, async ({ browser }) => {
    test.setTimeout(600_000);
    const at = await stand();
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await page.addInitScript(stopwatch);
    if (!worker) await page.addInitScript(() => Object.defineProperty(window, 'Worker', { value: undefined }));
    await before(page, at);
    await page.goto(url('/report'));
    await press(page, '글로 남기기');
    await press(page, '시작하기');
    await press(page, '말하지 않을래요');
    await page.locator('#happened').fill('가'.repeat(3_900));
    await press(page, '질문 모두 보기');
    await press(page, '다음: 누구에게 보낼지');
    for (const box of await page.locator('input[type=checkbox]:enabled').all()) await box.check();
    await press(page, '다음: 누가 무엇을 읽을지');
    await press(page, '다음: 미리 보기');
    await press(page, '동의하고 낱말 받기');
    await press(page, '연습하지 않고 보내기');
    await press(page, '연습 없이 계속하기');
    const slow = await context.newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await press(page, '잠그고 보내기');
    await expect(page.getByRole('heading', { level: 1, name: '잘 받았어요' })).toBeVisible({ timeout: 300_000 });
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const took = await page.evaluate(() => {
      const { pressed = NaN, went = NaN } = window as unknown as { pressed?: number; went?: number };
      return went - pressed;
    });
    expect(at.city.cases).toHaveLength(1);
    expect(took, 'the stopwatch ran').toBeGreaterThan(0);
    console.log(`${SLOWER} times slower, ${worker ? 'words stretched in a worker' : 'everything on the slowed thread'}: ${Math.round(took)} ms from the press to the report on its way`);
    await context.close();
  });
}
