import { expect, holdFor, phone, seat, test, url } from './night';

test('in airplane mode the page opens with its haven list and its alarm', async ({ browser }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url('/'));
  await expect(page.locator('section[aria-labelledby="havens"] li').first()).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The first load went by before the worker was there; the second is the one it keeps.
  await page.reload();
  await expect(page.locator('section[aria-labelledby="havens"] li').first()).toBeVisible();
  await expect.poll(() => page.evaluate(async () => Boolean(await caches.match('/api/haven/near')))).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('section[aria-labelledby="havens"] li').first()).toBeVisible();
  await expect(page.getByText('휴대전화에 저장된 목록이에요')).toBeVisible();
  await expect(page.getByText('연결이 끊겼어요')).toBeVisible();
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.getByRole('heading', { name: '아직 못 보냈어요' })).toBeVisible();
  await expect(page.getByRole('link', { name: '112 전화하기' }).first()).toBeVisible();
});

test('nothing private is kept by the service worker', async ({ browser }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url('/'));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await holdFor(page.locator('#alarm'), 1100);
  await expect(page.getByRole('heading', { name: '보냈어요', exact: true })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    return found;
  });
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.filter((path) => path.startsWith('/api/') && !['/api/city', '/api/haven/near'].includes(path))).toEqual([]);
});

test('a store taps a name for its shift and holds the drill', async ({ browser }) => {
  const till = await seat(browser, 'haven');
  await till.getByRole('button', { name: '오늘 근무' }).click();
  const name = till.locator('.name').first();
  await expect(name).toBeVisible();
  if ((await name.getAttribute('aria-pressed')) !== 'true') await name.click();
  await expect(name).toHaveAttribute('aria-pressed', 'true');
  await till.getByRole('button', { name: '훈련 시작' }).click();
  await holdFor(till.getByRole('button', { name: /도움이 필요해요/ }), 1100);
  for (let step = 0; step < 5; step += 1) await till.getByRole('button', { name: '할 수 있어요' }).click();
  const who = (await name.count()) > 0 ? null : till.locator('section button.plain').first();
  await (who ?? till.locator('section button.plain').first()).click();
  await expect(till.getByText(/지난 훈련 \d+초 전/)).toBeVisible();
});
