// How a screen is looked at: by axe in both languages and themes, and on the narrowest phone.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }

/** Nothing serious or critical, in Korean and English, by night and by day; nothing lost on 320 pixels. */
export async function check(page: Page, screen: string): Promise<void> {
  for (const language of ['ko', 'en'] as const) {
    const turn = page.getByRole('button', { name: language === 'en' ? 'English' : '한국어' });
    if (await turn.count()) await turn.first().click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    for (const theme of ['night', 'day'] as const) {
      const shown = await page.evaluate(() => document.documentElement.dataset['theme']);
      if (shown !== theme) await page.locator('.tools .tool').nth(1).click();
      await run(page, `${screen} ${language} ${theme}`);
    }
    await narrow(page, `${screen} ${language} at 320 px`);
  }
}

/** The narrowest phone, or a wide screen at 400 %: nothing is lost sideways (WCAG 1.4.10). */
async function narrow(page: Page, screen: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: screen }).toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}

/** Nothing serious or critical in what is on the screen now. */
export async function run(page: Page, screen: string): Promise<void> {
  // Injected as an expression: the page's own policy allows no foreign script element.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run: (where: Document, how: object) => Promise<{ violations: Found[] }> } }).axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map((one) => `${one.id}: ${one.nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 160)}`).join(' | ')}`);
  });
  expect(found, screen).toEqual([]);
}

/** Letters twice as large, on 320 pixels: nothing is cut off sideways; the page is left as it was. */
export async function fits(page: Page, screen: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const letters of [100, 200]) {
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `calc(17px * ${percent / 100})`), letters);
    const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
    expect(scroll, `${screen} with letters at ${letters} %`).toBeLessThanOrEqual(client);
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  if (before) await page.setViewportSize(before);
}
