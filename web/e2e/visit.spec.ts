// A visit to where there is no network: cases go along closed, two entries are written in aeroplane
// mode, the profile on the disk is searched for a word of them, and back again each arrives once,
// beside what a colleague wrote meanwhile.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, test as base, expect, type Browser, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { deleteCase, readMailbox, withdraw } from '../src/onestop/mailbox';
import { browserChance as chance } from '../src/seal/chance';
import { Mailbox } from '../src/seal/mailbox';
import { askAt, CENTER, directory, makeWords, sendReport } from './casework';
import { check, fits } from './look';
import { console_, phone } from './night';
import { left } from './onestop';
import { demo, freePort } from './server';

const test = base.extend<object, { origin: string }>({
  origin: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const binary = process.env['WAYLIGHT_BIN'];
      if (!binary) throw new Error('set WAYLIGHT_BIN to the built binary');
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const end = await demo(binary, `http://127.0.0.1:${port}`, ['--quiet-city', '--origin', origin]);
      const back = askAt(`http://127.0.0.1:${port}`);
      await use(origin);
      back();
      await end();
    },
    { scope: 'worker' },
  ],
});
test.describe.configure({ mode: 'serial', timeout: 420_000 });

const SHOTS = process.env['CASEWORK_SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await page.screenshot({ path: `${SHOTS}/visit-${name}.png`, fullPage: true });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.screenshot({ path: `${SHOTS}/visit-${name}-320.png`, fullPage: true });
  if (before) await page.setViewportSize(before);
}

const profiles: string[] = [];
test.afterAll(() => profiles.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

/** A browser whose profile lies on the disk, as hers does. */
function ownBrowser(launch: LaunchOptions, dir: string, offline = false): Promise<BrowserContext> {
  return chromium.launchPersistentContext(dir, { ...launch, ...phone, offline });
}
function newProfile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'waylight-profile-'));
  profiles.push(dir);
  return dir;
}

/** In how many files of a folder these words stand, as UTF-8 or UTF-16. */
function hits(dir: string, words: readonly string[]): string[] {
  const wanted = words.flatMap((word) => [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')]);
  return readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).flatMap((one) => {
    const path = join(one.parentPath, one.name);
    const bytes = read(path);
    return wanted.some((word) => bytes.includes(word)) ? [path.slice(dir.length)] : [];
  });
}
/** A file of a browser that runs: it may be gone by now. */
function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Takes a seat of the counseling center on this page. */
async function sitDown(page: Page, origin: string, kind: string): Promise<void> {
  const night = (await (await fetch(`${origin}/api/demo`)).json()) as { parts: { part: string; shown_as: string }[] };
  const part = night.parts.find((one) => one.part.startsWith(kind) && one.part.includes(CENTER));
  if (!part) throw new Error(`the demo has no ${kind}`);
  if (!page.url().startsWith(origin)) await page.goto(`${origin}/case`);
  await page.locator('.part', { hasText: part.shown_as }).first().click();
  await expect(page.getByRole('heading', { name: /처음이에요: 내 열쇠 만들기|내 열쇠로 열기/ })).toBeVisible();
}
async function colleague(browser: Browser, origin: string): Promise<Page> {
  const page = await (await browser.newContext(console_)).newPage();
  await page.goto(`${origin}/case`);
  await sitDown(page, origin, 'case-supervisor');
  return page;
}
const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`);
const korean = (page: Page) => page.getByRole('button', { name: '한국어' }).click();
const strip = (page: Page) => page.locator('section[aria-labelledby="visit"]');
async function open(page: Page, id: string): Promise<void> {
  const details = step(page, id).locator('details').first();
  if ((await details.getAttribute('open')) === null) await step(page, id).locator('summary').first().click();
}
async function unlock(page: Page, words: string): Promise<void> {
  await page.locator('#words').fill(words);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-row="open"]').first()).toBeVisible();
}
/** Opens what was taken along, by keyboard alone. */
async function unlockAway(page: Page, words: string): Promise<void> {
  await page.locator('#visit-key').focus();
  await page.keyboard.insertText(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '인터넷 없이 일하고 있어요' })).toBeVisible();
  await expect(page.locator('[data-row="open"]').first()).toBeVisible();
}
async function openCase(page: Page): Promise<void> {
  await page.locator('[data-row="open"] button').first().click();
  await expect(page.locator('section[aria-labelledby="reach"]')).toBeVisible();
}
/** Says what stays between them, face to face. */
async function tellLimits(page: Page): Promise<void> {
  await step(page, 'first').getByRole('radio', { name: '만나서' }).check();
  await page.getByRole('button', { name: '말씀드렸다고 남기기' }).first().click();
  await expect(step(page, 'plan')).toBeVisible();
}
/** Writes a plan of one wish in the place of whatever stands there; the wish that was there is changed. */
async function writePlan(page: Page, wish: string): Promise<void> {
  await open(page, 'plan');
  await page.getByRole('button', { name: /함께 계획 쓰기|계획 고치기/ }).click();
  await page.getByLabel('본인의 말로').first().fill(wish);
  await step(page, 'plan').getByRole('button', { name: '남기기', exact: true }).click();
}
async function writeNote(page: Page, text: string): Promise<void> {
  await open(page, 'line');
  await step(page, 'line').getByRole('button', { name: '메모 남기기' }).click();
  await page.locator('#note').fill(text);
  await step(page, 'line').getByRole('button', { name: '남기기', exact: true }).click();
}
/** Back where there is a network. A seat that nobody was heard in was given up: then she signs in, and unlocks. */
async function backHome(page: Page, origin: string, words: string, signing: () => Promise<void> = async () => undefined): Promise<void> {
  await page.getByRole('button', { name: '인터넷 확인하고 보내기' }).click();
  const parts = page.locator('.part').first();
  await expect(page.getByRole('heading', { name: '방문 준비가 되어 있어요' }).or(parts).first()).toBeVisible();
  if (!(await parts.isVisible())) return;
  await signing();
  await sitDown(page, origin, 'caseworker');
  await unlock(page, words);
}
const waits = (page: Page, id: string) => expect(step(page, id).getByRole('status').filter({ hasText: '닫아서 이 기기에 두었어요' })).toBeVisible();
/** Chooses every case that is open, and takes it along. */
async function takeAlong(page: Page): Promise<void> {
  await page.getByText('인터넷 없는 곳에 가기 전에').click();
  for (const box of await page.getByRole('group', { name: '가져갈 사건' }).getByRole('checkbox').all()) {
    await box.focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('button', { name: /가져갈 준비하기/ }).click();
  await expect(page.getByText('준비됐어요. 인터넷이 끊겨도 이 주소가 열려요.')).toBeVisible({ timeout: 60_000 });
}

const PLAN = '달팽이 카나리아를 보러 가고 싶대요';
const NOTE = '은하수 카나리아 메모를 남겼어요';
const THEIRS = '동료가 그사이에 쓴 계획이에요';
/** Of her report, of what was written on the visit, of her key. */
const CANARIES = ['도서관이라고만', '두 줄로', '달팽이 카나리아', '은하수 카나리아'];

let words = '';
let theirWords = '';
let she: Mailbox;
let dir = '';

test('cases go along closed, and the page opens without a network: for her key only', async ({ browser, origin, launchOptions }) => {
  dir = newProfile();
  const context = await ownBrowser(launchOptions, dir);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}/case`);
  await sitDown(page, origin, 'caseworker');
  words = await makeWords(page);
  await page.getByRole('button', { name: '열쇠 만들기', exact: true }).click();
  await expect(page.getByText('기다리는 사람이 없어요')).toBeVisible();
  she = await sendReport(await Mailbox.ofRoot(chance(32)));

  // A colleague with the center's key, who stays where there is a network.
  const other = await colleague(browser, origin);
  theirWords = await makeWords(other);
  await expect(other.getByRole('heading', { name: '기관의 열쇠를 기다려요' })).toBeVisible();
  await page.getByRole('button', { name: '다시 보기' }).click();
  await page.getByRole('button', { name: /네 낱말 견주기/ }).click();
  await page.getByRole('button', { name: /열쇠 주기/ }).click();
  await expect(page.getByRole('heading', { name: /열쇠를 기다리는 동료/ })).toHaveCount(0);
  await other.context().close();

  // Nothing is on the device before she says so.
  expect(await left(page)).toMatchObject({ databases: [], cached: [], workers: 0 });
  await page.getByText('인터넷 없는 곳에 가기 전에').click();
  await check(page, 'choosing what goes along');
  await fits(page, 'choosing what goes along');
  await korean(page);
  await shot(page, '1-take');
  await page.getByText('인터넷 없는 곳에 가기 전에').click();
  await takeAlong(page);
  await expect(strip(page)).toContainText('사건 1건이 이 기기에 닫혀 있어요');
  const kept = (await left(page)) as { databases: string[]; cached: string[]; workers: number };
  expect(kept.databases).toEqual(['v']);
  expect(kept.workers).toBe(1);
  expect(kept.cached).toContain('/case');
  const hersOwn = /src="(\/unkept\/[^"]+)"/.exec(await (await fetch(`${origin}/report`)).text())?.[1];
  expect(hersOwn).toBeDefined();
  expect(kept.cached.filter((path) => path.startsWith('/api/') || path.startsWith('/report') || path === hersOwn)).toEqual([]);
  // The page where women write is no page of this worker's.
  const hers = await context.newPage();
  await hers.goto(`${origin}/report`);
  expect(await hers.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  // Whoever leaves that page has the browser empty its cache: the visit is none of it.
  expect((await hers.evaluate(async () => (await fetch('/away/forget')).status))).toBe(204);
  await hers.close();

  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: '인터넷이 없어요' })).toBeVisible();
  await check(page, 'the door without a network');
  await fits(page, 'the door without a network');
  await korean(page);
  await shot(page, '2-door');
  // Another's key opens nothing.
  await page.locator('#visit-key').fill(theirWords);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('이 낱말은 내 열쇠가 아니에요');
  await page.locator('#visit-key').fill('');
  await unlockAway(page, words);
  await expect(strip(page)).toContainText('보낼 것이 없어요');

  await openCase(page);
  await expect(page.locator('section[aria-labelledby="reach"]')).toContainText('도서관이라고만');
  // What needs a network is not there to be pressed in vain.
  await expect(page.locator('#answer')).toHaveCount(0);
  for (const id of ['referrals', 'duty', 'evidence']) await expect(step(page, id)).toHaveCount(0);
  await expect(step(page, 'first').getByRole('radio')).toHaveCount(2);
  await tellLimits(page);
  await waits(page, 'first');
  await writePlan(page, PLAN);
  await waits(page, 'plan');
  await expect(step(page, 'plan')).toContainText(PLAN);
  await writeNote(page, NOTE);
  await waits(page, 'line');
  await expect(strip(page)).toContainText(/보낼 것 3개\. \d\d:\d\d부터 기다려요/);
  await check(page, 'working without a network');
  await fits(page, 'working without a network');
  await korean(page);
  await shot(page, '3-away');

  // Locked, and opened again: it is all there.
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-row]')).toHaveCount(0);
  await expect(page.locator('main')).not.toContainText('카나리아');
  await expect(page.locator('main')).toContainText('보낼 것 3개가 기다려요');
  await unlockAway(page, words);
  await openCase(page);
  await expect(step(page, 'plan')).toContainText(PLAN);

  // A word that is kept in the open is found; hers are not: while the page is open, and after.
  await page.evaluate(() => localStorage.setItem('control', '제비꽃 대조 낱말'));
  const nowhere = () => expect(hits(dir, [...CANARIES, ...words.split(' ').map((_, nth, all) => all.slice(nth, nth + 3).join(' ')).filter((three) => three.split(' ').length === 3)])).toEqual([]);
  nowhere();
  await context.close();
  nowhere();
  expect(hits(dir, ['제비꽃 대조 낱말']).length).toBeGreaterThan(0);
});

test('back again, each arrives once through a broken connection, beside what a colleague wrote', async ({ browser, origin, launchOptions }) => {
  // Meanwhile a colleague sets the same plan.
  const other = await colleague(browser, origin);
  await unlock(other, theirWords);
  await openCase(other);
  await tellLimits(other);
  await writePlan(other, THEIRS);
  await expect(step(other, 'plan')).toContainText(THEIRS);

  // Her browser is started anew, still without a network.
  const context = await ownBrowser(launchOptions, dir, true);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}/case`);
  await expect(page.getByRole('heading', { name: '인터넷이 없어요' })).toBeVisible();
  await unlockAway(page, words);
  await page.getByRole('button', { name: '인터넷 확인하고 보내기' }).click();
  await expect(strip(page)).toContainText('아직 인터넷이 안 돼요. 쓴 것은 이 기기에 그대로 있어요.');
  await context.setOffline(false);

  // The answers to the first writing are lost on the way, every one.
  let lost = 0;
  await context.route('**/api/onestop/case/write', async (route) => {
    if (lost >= 3) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await backHome(page, origin, words, async () => {
    await expect(page.getByRole('complementary')).toContainText('보내지 못한 말 3개가 있어요');
    await shot(page, '4-rest');
  });
  await expect(strip(page)).toContainText('아직 인터넷이 안 돼요. 되면 이어서 보내요.');
  await expect(strip(page).locator('[data-waits="later"]')).toContainText('비밀의 범위를 말씀드렸어요');
  await check(page, 'the connection broke in the middle');
  await korean(page);
  await shot(page, '5-broken');
  expect(lost).toBe(3);
  // Killed in the middle, and pressed twice.
  await page.reload();
  await page.locator('#words').fill(words);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/3개를 보냈어요/)).toBeVisible({ timeout: 60_000 });
  await expect(strip(page)).toContainText('보낼 것이 없어요');
  await expect.poll(() => page.locator('[data-row="open"]').count()).toBe(1);

  // Both plans stand there until somebody decides; every entry stands there once.
  await openCase(page);
  const conflict = page.locator('[data-conflict="plan"]');
  await expect(conflict).toContainText(PLAN);
  await expect(conflict).toContainText(THEIRS);
  await check(page, 'both are kept');
  await fits(page, 'both are kept');
  await korean(page);
  await shot(page, '6-both');
  await other.getByRole('button', { name: '모든 사건' }).click();
  await openCase(other);
  await open(other, 'line');
  await expect(other.locator('[data-conflict="plan"]')).toContainText(PLAN);
  const lines = step(other, 'line').locator('li[data-line="counted"]');
  await expect(lines).toHaveCount(5);
  for (const [text, times] of [[NOTE, 1], [PLAN, 1], [THEIRS, 1], ['비밀의 범위를 말씀드렸어요', 2]] as const) await expect(lines.filter({ hasText: text }), text).toHaveCount(times);
  await other.context().close();

  // The visit is ended: nothing is left, and the page opens no more without a network.
  await page.getByRole('button', { name: '모든 사건' }).click();
  await strip(page).getByRole('button', { name: '방문 끝내고 지우기' }).click();
  await strip(page).getByRole('button', { name: '네, 끝내고 지울게요' }).click();
  await expect(strip(page)).toHaveCount(0);
  expect(await left(page)).toMatchObject({ databases: [], cached: [], workers: 0 });
  await context.setOffline(true);
  await expect(page.reload()).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
  await context.close();
});

test('what may not be kept is told, shown and let go; the hour and signing out take the copy', async ({ browser, origin }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${origin}/case`);
  await sitDown(page, origin, 'caseworker');
  await unlock(page, words);
  const second = await sendReport(await Mailbox.ofRoot(chance(32)));
  await page.getByRole('button', { name: '다시 보기' }).click();
  await expect(page.locator('[data-row="open"]')).toHaveCount(2);
  await takeAlong(page);
  await context.setOffline(true);
  await page.reload();
  await unlockAway(page, words);
  for (const nth of [0, 1]) {
    await page.locator('[data-row="open"] button').nth(nth).click();
    if (await step(page, 'first').getByRole('radio').count()) await tellLimits(page);
    await writeNote(page, `${NOTE} ${nth}`);
    await waits(page, 'line');
    await page.getByRole('button', { name: '모든 사건' }).click();
  }
  // One of them takes her consent back meanwhile, the other deletes everything.
  const known = await directory();
  const [box] = await readMailbox(she, known);
  await withdraw(she, box!, box!.readers.find(({ center }) => center !== null)!, known.now, chance);
  const [gone] = await readMailbox(second, known);
  await deleteCase(second, gone!.case64);
  await context.setOffline(false);
  await backHome(page, origin, words);
  await expect(strip(page).locator('[data-waits="taken_back"]').first()).toContainText('본인이 그사이에 동의를 거두었어요');
  await expect(strip(page).locator('[data-waits="gone"]').first()).toContainText('본인이 그사이에 이 사건을 지웠어요');
  await expect(strip(page)).toContainText(`${NOTE} 0`);
  await expect(strip(page)).toContainText('사건 0건이 이 기기에 닫혀 있어요');
  await check(page, 'what may not be kept');
  await fits(page, 'what may not be kept');
  await korean(page);
  await shot(page, '7-not-kept');
  for (let more = await strip(page).locator('[data-waits]').count(); more > 0; more -= 1) {
    await strip(page).getByRole('button', { name: /^이 말 지우기/ }).first().click();
    await strip(page).getByRole('button', { name: '네, 지울게요' }).click();
    await expect(strip(page).locator('[data-waits]')).toHaveCount(more - 1);
  }

  // Signing out takes the copy, and the page's files.
  await page.getByRole('button', { name: '나가기' }).click();
  await expect(page.getByText('나가기를 눌러서 가져온 사건을 지웠어요.')).toBeVisible();
  await expect.poll(() => left(page)).toMatchObject({ databases: [], cached: [], workers: 0 });
  await context.close();
});

test('the hour takes the copy, and what was not sent waits for her key; a passkey opens it as well', async ({ browser, origin }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(`${origin}/case`);
  await sitDown(page, origin, 'case-supervisor');
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true },
  });
  await page.evaluate(async () => {
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    await navigator.credentials.create({
      publicKey: {
        challenge: random(32), rp: { name: 'test' }, user: { id: random(16), name: 'test', displayName: 'test' }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, extensions: { prf: {} },
      },
    });
  });
  await page.getByRole('button', { name: '패스키로 열기' }).click();
  await page.getByRole('button', { name: '내 열쇠로 등록하기' }).click();
  await expect(page.getByRole('heading', { name: '기관의 열쇠를 기다려요' })).toBeVisible();
  const giver = await (await browser.newContext(console_)).newPage();
  await giver.goto(`${origin}/case`);
  await sitDown(giver, origin, 'caseworker');
  await giver.locator('#words').fill(words);
  await giver.keyboard.press('Enter');
  await giver.getByRole('button', { name: /네 낱말 견주기/ }).click();
  await giver.getByRole('button', { name: /열쇠 주기/ }).click();
  await expect(giver.getByRole('heading', { name: /열쇠를 기다리는 동료/ })).toHaveCount(0);
  await giver.context().close();
  await sendReport(await Mailbox.ofRoot(chance(32)));
  await page.getByRole('button', { name: '다시 보기' }).click();
  await expect(page.locator('[data-row="open"]').first()).toBeVisible();
  await takeAlong(page);

  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: '패스키로 열기' }).click();
  await expect(page.getByRole('heading', { name: '인터넷 없이 일하고 있어요' })).toBeVisible();
  await page.locator('[data-row="open"] button').first().click();
  await tellLimits(page);
  await waits(page, 'first');

  await page.clock.install();
  await page.clock.fastForward(25 * 3_600_000);
  await expect(page.getByText('방문 시간이 지나서 가져온 사건을 지웠어요.')).toBeVisible();
  await expect(page.locator('[data-row]')).toHaveCount(0);
  await expect(page.locator('main')).toContainText('보낼 것 1개가 기다려요');
  await shot(page, '8-over');
  const names = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const asked = indexedDB.open('v');
        asked.onsuccess = () => {
          const all = asked.result.transaction('v').objectStore('v').getAllKeys();
          all.onsuccess = () => done(all.result.map(String).sort());
        };
      }),
  );
  expect(names.filter((name) => name !== 't')).toEqual(['h', 'o1']);
  await context.close();
});
