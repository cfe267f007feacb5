// A night of the city of 25 districts as its supervisor and one of its desks see it, photographed
// from the running demo. `cargo xtask picture` stores the pictures in docs/.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, seat, test, url } from './night';

const folder = resolve(process.env['PICTURE'] ?? '../docs');
const looks = { viewport: { width: 1440, height: 900 }, locale: 'ko-KR', timezoneId: 'Asia/Seoul', reducedMotion: 'reduce' } as const;
/** So much of the night has passed when it is looked at: teams are out, people on their way. */
const NIGHT_MILLIS = 25 * 60_000;
const DISTRICTS = 25;

interface Night {
  clock: { now: number };
}

async function nightNow(): Promise<number> {
  return ((await (await fetch(url('/api/demo'))).json()) as Night).clock.now;
}

test('a night of the city', async ({ browser }) => {
  test.setTimeout(900_000);
  mkdirSync(folder, { recursive: true });
  const began = await nightNow();
  await expect.poll(async () => (await nightNow()) - began, { timeout: 600_000, intervals: [2_000] }).toBeGreaterThan(NIGHT_MILLIS);
  // Whoever takes a seat plays it: the desk is photographed at once, before its people miss anybody.
  for (const [role, name] of [['supervisor', 'city-supervisor'], ['dispatcher', 'city-desk']] as const) {
    const page = await seat(browser, role, 0, looks);
    await page.getByRole('button', { name: 'English' }).first().click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    if (role === 'supervisor') await expect(page.locator('tbody tr')).toHaveCount(DISTRICTS);
    else {
      // A walk whose two ends are known: the map shows both.
      const rows = page.locator('[data-queue] .row', { hasText: /On the way|Walking together/ });
      const sheet = page.locator('article h1, article h2').first();
      for (let nth = 0; nth < (await rows.count()); nth += 1) {
        await rows.nth(nth).click();
        await expect(sheet).toBeVisible();
        if (!/told in person/.test((await sheet.textContent()) ?? '')) break;
      }
      await expect(page.getByRole('application')).toBeVisible();
    }
    await page.evaluate(async () => void (await document.fonts.ready));
    await page.waitForTimeout(3_000);
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 72 });
    await page.context().close();
  }
});
