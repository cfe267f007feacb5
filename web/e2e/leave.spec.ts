import { askForWalk, expect, phone, test, url } from './night';

test('Shift three times covers the page at once and leads to a neutral page; back shows nothing', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto('about:blank');
  await page.goto(url('/'));
  await expect(page.locator('#from')).toBeVisible();
  await page.evaluate(() => {
    const seen = window as unknown as { coveredAfter?: number };
    new MutationObserver(() => {
      if (document.getElementById('cover') && seen.coveredAfter === undefined) {
        seen.coveredAfter = performance.now();
        sessionStorage.setItem('covered', String(performance.now() - Number(sessionStorage.getItem('third'))));
      }
    }).observe(document.documentElement, { childList: true });
    addEventListener('keyup', () => sessionStorage.setItem('third', String(performance.now())), true);
  });
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift');
  await page.waitForURL('**/away');
  expect(Number(await page.evaluate(() => sessionStorage.getItem('covered')))).toBeLessThan(100);
  expect(await page.title()).not.toMatch(/waylight/i);
  await expect(page.locator('body')).not.toContainText(/waylight|귀가|동행|안심/i);
  await page.goBack();
  expect(page.url()).toBe('about:blank');
});

test('leaving keeps a walk under way, but does not show it by itself', async ({ browser }) => {
  const { page } = await askForWalk(browser);
  await page.locator('#leave').click();
  await page.waitForURL('**/away');
  await page.goto(url('/'));
  await expect(page.locator('#from')).toBeVisible();
  await expect(page.locator('#from')).toHaveValue('');
  await expect(page.getByRole('list', { name: '진행 상황' })).toHaveCount(0);
  await page.getByRole('button', { name: '이어서 보기' }).click();
  await expect(page.getByRole('list', { name: '진행 상황' })).toBeVisible();
  await page.getByRole('button', { name: '동행 취소' }).click();
  await page.getByRole('button', { name: '말하지 않을래요' }).click();
});

test('the way out works before anything else has loaded', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.route('**/assets/**', (route) => route.abort());
  await page.goto(url('/'), { waitUntil: 'commit' });
  await page.locator('#leave').click();
  await page.waitForURL('**/away');
});

test('once somebody has left, the browser empties its cache, and a walk under way stays', async ({ browser }) => {
  const { page } = await askForWalk(browser);
  const forgotten = page.waitForResponse('**/away/forget');
  await page.locator('#leave').click();
  await page.waitForURL('**/away');
  expect(await (await forgotten).allHeaders()).toMatchObject({ 'clear-site-data': '"cache"', 'cache-control': 'no-store' });
  await page.goto(url('/'));
  await page.getByRole('button', { name: '이어서 보기' }).click();
  await page.getByRole('button', { name: '동행 취소' }).click();
  await page.getByRole('button', { name: '말하지 않을래요' }).click();
});
