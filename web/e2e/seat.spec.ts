// The whole passkey ceremony, with an authenticator of Chromium's own: a passkey made with a one-time
// code, signing in with it, and showing it once more before a lost phone is ended.

import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { console_, phone } from './night';
import { demo, freePort } from './server';

// Passkeys belong to a name: the page is opened as localhost, and the server knows itself as that.
const test = base.extend<object, { origin: string }>({
  origin: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const binary = process.env['WAYLIGHT_BIN'];
      if (!binary) throw new Error('set WAYLIGHT_BIN to the built binary');
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const end = await demo(binary, `http://127.0.0.1:${port}`, ['--quiet-city', '--origin', origin]);
      await use(origin);
      await end();
    },
    { scope: 'worker' },
  ],
});

/** A security key that is always at hand, and knows its owner. */
async function authenticator(context: BrowserContext, page: Page): Promise<{ kept: () => Promise<number>; used: () => Promise<number> }> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const credentials = async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return {
    kept: async () => (await credentials()).length,
    used: async () => (await credentials()).reduce((sum, one) => sum + one.signCount, 0),
  };
}

async function takePart(page: Page, address: string, shown_as: string | RegExp): Promise<void> {
  await page.goto(address);
  await page.locator('.part', { hasText: shown_as }).first().click();
  await expect(page.getByRole('button', { name: '나가기' })).toBeVisible();
}

test('a dispatcher makes a passkey, signs in with it, and shows it again to end a lost phone', async ({ browser, origin }) => {
  const office = await browser.newContext(phone);
  const admin = await office.newPage();
  await takePart(admin, `${origin}/admin`, '계정 담당');
  // 320 px, one hand: nothing is cut off sideways.
  await admin.setViewportSize({ width: 320, height: 640 });
  await expect(admin.locator('[data-seat]').first()).toBeVisible();
  expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

  // By keyboard alone: a new code for a dispatcher's seat.
  const seat = admin.locator('[data-seat]').filter({ has: admin.locator('h3', { hasText: '상황실' }) }).first();
  const shown = ((await seat.locator('h3').textContent()) ?? '').trim().split('\n')[0]?.trim() ?? '';
  await seat.getByRole('button', { name: /새 코드/ }).focus();
  await admin.keyboard.press('Enter');
  const code = await admin.locator('[data-code]').getAttribute('data-code');
  expect(code).toMatch(/^[0-9a-z]{26}$/);

  // The dispatcher's own browser, with a key in it.
  const hers = await browser.newContext(console_);
  const desk = await hers.newPage();
  await desk.goto(`${origin}/admin`);
  const key = await authenticator(hers, desk);
  await desk.locator('#code').fill(code ?? '');
  await desk.getByRole('button', { name: '등록하기' }).click();
  await expect(desk.getByRole('button', { name: '나가기' })).toBeVisible();
  expect(await key.kept()).toBe(1);
  await expect(desk.locator('header > strong')).toContainText(shown.slice(0, 3));

  // Signed out, and in again without saying who she is.
  await desk.getByRole('button', { name: '나가기' }).click();
  await desk.getByRole('button', { name: '패스키로 들어가기' }).click();
  await expect(desk.getByRole('button', { name: '나가기' })).toBeVisible();
  const signedIn = await key.used();
  expect(signedIn).toBeGreaterThan(0);

  // A team's phone, open on its screen; then it is lost.
  const street = await browser.newContext(phone);
  const team = await street.newPage();
  await takePart(team, `${origin}/team`, /team/);
  const { now } = (await (await fetch(`${origin}/api/demo/clock`)).json()) as { now: number };
  const later = { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify({ skip_to: now + 6 * 60_000 }) };
  expect((await fetch(`${origin}/api/demo/clock`, later)).ok).toBe(true);
  const asked: string[] = [];
  desk.on('response', (answer) => {
    const path = new URL(answer.url()).pathname;
    if (answer.request().method() === 'POST') asked.push(`${answer.status()} ${path.replace(/(ses|per)_[0-9a-z]+/, '{id}')} ${answer.request().headers()['idempotency-key'] ?? ''}`);
  });
  const lost = desk.locator('[data-seat]', { hasText: 'team' }).filter({ has: desk.locator('.session') }).first();
  await lost.locator('.session button').click();
  await expect(desk.getByText('끊었어요.')).toBeVisible();
  const said = asked.map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(said).toEqual([
    '401 /api/seats/sessions/{id}/end',
    '200 /api/session/confirm/start',
    '204 /api/session/confirm/finish',
    '200 /api/seats/sessions/{id}/end',
  ]);
  // The same act, under the same key.
  expect(asked[0]?.split(' ')[2]).toBe(asked[3]?.split(' ')[2]);
  expect(await key.used()).toBeGreaterThan(signedIn);
  // The lost phone shows nothing any more.
  await expect(team.locator('#code')).toBeVisible();

  // Her passkey is taken from her: neither her session nor her key opens anything.
  await admin.getByRole('button', { name: '적어 두었어요' }).click();
  await seat.getByRole('button', { name: /패스키까지 모두 끊기/ }).click();
  await expect(admin.getByText('끊었어요.')).toBeVisible();
  await expect(desk.locator('#code')).toBeVisible();
  await desk.getByRole('button', { name: '패스키로 들어가기' }).click();
  await expect(desk.getByRole('alert')).toBeVisible();
  await Promise.all([office, hers, street].map((context) => context.close()));
});
