import { choose, expect, phone, places, seat, test, url } from './night';

test('everything works with the map\'s tiles blocked', async ({ browser }) => {
  const context = await browser.newContext(phone);
  await context.route('**/tiles/**', (route) => route.abort());
  const page = await context.newPage();
  await page.goto(url('/'));
  const { meet, home } = await places();
  await choose(page, '#from', meet);
  await choose(page, '#to', home);
  await expect(page.locator('section[aria-labelledby="ways"] details').first()).toBeVisible();
  await page.getByRole('button', { name: '지도 보기' }).click();
  await expect(page.getByText('지도를 불러올 수 없어요')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: '함께 걷기 신청' })).toBeEnabled();

  const desk = await seat(browser, 'dispatcher');
  await desk.context().route('**/tiles/**', (route) => route.abort());
  await desk.reload();
  await expect(desk.getByText('지도를 불러올 수 없어요')).toBeVisible({ timeout: 20_000 });
  await expect(desk.locator('#queue')).toBeVisible();
});

test('each way says what is lit, unlit and unknown, and the three add up to its length', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const answer = page.waitForResponse((one) => one.url().includes('/api/route/options'));
  await page.goto(url('/'));
  const { meet, home } = await places();
  await choose(page, '#from', meet);
  await choose(page, '#to', home);
  const { options } = (await (await answer).json()) as { options: Record<string, number>[] };
  expect(options.length).toBeGreaterThanOrEqual(1);
  for (const option of options) {
    expect(Math.abs(Number(option['lit_m']) + Number(option['unlit_m']) + Number(option['unknown_m']) - Number(option['length_m']))).toBeLessThanOrEqual(1);
  }
  await expect(page.locator('section[aria-labelledby="ways"] details')).toHaveCount(options.length);
  await expect(page.locator('section[aria-labelledby="ways"] [role="img"]').first()).toHaveAttribute('aria-label', /가로등 있음 .*모름 .*가로등 없음/);
});

test('the language can be changed anywhere, and the page says which it speaks', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: 'Walk with me' })).toBeVisible();
  await expect(page.locator('#alarm')).toContainText('HOLD');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Walk with me' })).toBeVisible();
});

test('a screen of 320 pixels with text at 200 % loses nothing sideways', async ({ browser }) => {
  const page = await (await browser.newContext({ ...phone, viewport: { width: 320, height: 640 } })).newPage();
  for (const size of ['100%', '200%']) {
    await page.goto(url('/'));
    await expect(page.locator('section[aria-labelledby="havens"] li').first()).toBeVisible();
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `calc(17px * ${parseInt(percent, 10) / 100})`), size);
    const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
    expect(scroll, size).toBeLessThanOrEqual(client);
  }
});

test('what fingers press is large enough', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url('/'));
  await expect(page.locator('section[aria-labelledby="havens"] li').first()).toBeVisible();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a.button, input, select, summary')]
      .filter((one) => one.offsetParent !== null)
      .map((one) => ({ text: one.textContent?.trim().slice(0, 20), height: one.getBoundingClientRect().height }))
      .filter((one) => one.height < 48 && one.height > 0),
  );
  expect(small).toEqual([]);
  expect((await page.locator('#alarm').boundingBox())?.height).toBeGreaterThanOrEqual(96);
});

