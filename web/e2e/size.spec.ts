// What a phone really loads until the citizen's page is usable, as it comes over the wire.

import { expect, phone, test, url } from './night';

test('the citizen\'s first load stays under 150 KB compressed before the map', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const names = new Map<string, string>();
  const loaded = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, new URL(response.url).pathname));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => loaded.set(names.get(requestId) ?? requestId, encodedDataLength));
  await page.goto(url('/'));
  await expect(page.locator('#from')).toBeVisible();
  // The typeface follows once nothing else waits; until then the phone's own letters serve.
  const first = [...loaded].filter(([path]) => !/\.woff2$|letters-|\/api\//.test(path));
  const whole = first.reduce((sum, [, size]) => sum + size, 0);
  expect(first.length).toBeGreaterThan(2);
  expect(first.some(([path]) => /maplibre|Map-/.test(path))).toBe(false);
  console.log(`first load: ${(whole / 1024).toFixed(1)} KB in ${first.length} files`);
  expect(whole).toBeLessThan(150 * 1024);
});
