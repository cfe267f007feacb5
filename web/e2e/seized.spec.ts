// A phone that is taken from her after she has left: what its browser still holds of this page, and
// that the way out is blank first. The city's own server answers here, nothing is put in between, so
// that the browser keeps whatever it would keep.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { expect, phone, test, url } from './night';
import { openDoor } from './onestop';

const STORY = '카나리아 이야기 사백십이: 아무도 보면 안 되는 글';
const CANARY = '카나리아 이야기 사백십이';
/** Words that stand on the page's screens, and in what it loads. */
const SAID = ['어떤 일이 있었나요', '나만 여는 일곱 낱말', '누가 무엇을 읽을까요', '동의하고 낱말 받기', 'What happened?', 'Seven words, only yours'];
/** Where the browser lists addresses somebody went to, and counts them: of this page, its address. */
const ADDRESS = /^(Default\/)?(History(-journal)?|Sessions\/.*|Network Action Predictor(-journal)?|Shortcuts(-journal)?|Favicons(-journal)?|Visited Links|Preferences|Top Sites(-journal)?)$|^segmentation_platform\/ukm_db/;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function toStory(page: Page): Promise<void> {
  await page.goto(url('/report'));
  await press(page, '글로 남기기');
  await press(page, '시작하기');
  await press(page, '말하지 않을래요');
  await page.locator('#happened').fill(STORY);
}

function files(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    const at = statSync(path, { throwIfNoEntry: false });
    return !at ? [] : at.isDirectory() ? files(path) : at.isFile() ? [path] : [];
  });
}

/** Files of a profile that hold these letters, as UTF-8 or as UTF-16. */
function holding(dir: string, word: string): string[] {
  const needles = [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le'), Buffer.from(encodeURIComponent(word), 'utf8')];
  return files(dir).filter((path) => {
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  }).map((path) => relative(dir, path));
}

/** A path without what is drawn in it: folders of one purpose have other names in every profile. */
const plain = (path: string): string => path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '*');

/** A browser with a profile of its own on disk, as a phone has. */
async function own(dir: string): Promise<BrowserContext> {
  const { launchOptions } = test.info().project.use;
  return chromium.launchPersistentContext(dir, { ...launchOptions, ...phone });
}

/** The city's page and the way out, and nothing else. */
async function looks(dir: string): Promise<void> {
  const context = await own(dir);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url('/'));
  await expect(page.locator('#from')).toBeVisible();
  await page.locator('#leave').click();
  await page.waitForURL('**/away');
  await page.waitForTimeout(2_000);
  await context.close();
}

test('after leaving, the browser holds no word of what was written, shown or loaded: its own list of addresses, and nothing else', async () => {
  test.setTimeout(240_000);
  const { door } = (await (await fetch(url('/api/onestop/directory'))).json()) as { door: string };
  if (door !== 'open') await openDoor();
  const [dir, control] = ['seized', 'control'].map((name) => mkdtempSync(join(tmpdir(), `waylight-${name}-`))) as [string, string];
  try {
    // Somebody who only looked at the city's page: what her browser holds, everybody's does.
    await looks(control);
    const everyones = (word: string) => holding(control, word).map(plain);
    const context = await own(dir);
    const page = context.pages()[0] ?? (await context.newPage());
    // She knows the city's page for walks; what is kept of that is what keeps this one company.
    await page.goto(url('/'));
    await expect(page.locator('#from')).toBeVisible();
    await toStory(page);
    await press(page, '질문 모두 보기');
    await press(page, '다음: 누구에게 보낼지');
    await page.locator('input:enabled').and(page.getByRole('checkbox')).first().check();
    await press(page, '다음: 누가 무엇을 읽을지');
    await press(page, '다음: 미리 보기');
    await press(page, '동의하고 낱말 받기');
    await expect(page.locator('.words strong')).toHaveCount(7);
    const words = await page.locator('.words strong').allInnerTexts();
    const forgotten = page.waitForResponse('**/away/forget');
    await page.locator('#leave').click();
    await page.waitForURL('**/away');
    await forgotten;
    // What is written late is written now.
    await page.waitForTimeout(2_000);
    await context.close();

    // The search finds what is there.
    expect(holding(dir, '/away').length, 'the profile is searched where things are').toBeGreaterThan(0);
    for (const word of [CANARY, STORY, words.join(' '), words.slice(0, 2).join(' '), ...SAID]) {
      expect(holding(dir, word), `“${word}”`).toEqual([]);
    }
    // Nothing of what its scripts ask for, and none of their names: of scripts it has run the browser keeps
    // the addresses, whatever it was told to forget, and these are numbers.
    const asked = holding(dir, 'api/onestop').filter((path) => !everyones('api/onestop').includes(plain(path)));
    expect(asked, 'nothing that was asked for').toEqual([]);
    const scripts = holding(dir, '/unkept/').filter((path) => !everyones('/unkept/').includes(plain(path)));
    console.log(`addresses of scripts: ${scripts.length}, all in the list of what was run: ${scripts.every((path) => path.startsWith('Default/Code Cache/'))}`);
    const named = scripts.flatMap((path) => readFileSync(join(dir, path), 'latin1').match(/\/unkept\/[\w.-]*/g) ?? []);
    expect(named.filter((one) => !/^\/unkept\/[\w-]{8}\.(js|css)$/.test(one))).toEqual([]);
    const listed = holding(dir, '/report').filter((path) => !everyones('/report').includes(plain(path)));
    console.log('its own address stands in:', listed);
    expect(listed.filter((path) => !ADDRESS.test(path))).toEqual([]);
    // Opened again, there is nothing of it.
    const again = await own(dir);
    const next = again.pages()[0] ?? (await again.newPage());
    await next.goto(url('/report'));
    await press(next, '글로 남기기');
    await press(next, '시작하기');
    await press(next, '말하지 않을래요');
    await expect(next.locator('#happened')).toHaveValue('');
    await again.close();
  } finally {
    for (const one of [dir, control]) rmSync(one, { recursive: true, force: true });
  }
});

test('Shift three times: blank first, then another page in its place; and back shows nothing', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto('about:blank');
  await toStory(page);
  await page.evaluate(() => {
    const note = (what: string) => sessionStorage.setItem('order', `${sessionStorage.getItem('order') ?? ''}${what}=${performance.timeOrigin + performance.now()};`);
    addEventListener('keyup', (event) => void (event.key === 'Shift' && note('key')), true);
    new MutationObserver(() => {
      const cover = document.getElementById('cover');
      if (!cover) return;
      const box = cover.getBoundingClientRect();
      const on = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      note(on === cover && box.width >= innerWidth && box.height >= innerHeight ? 'blank' : 'seen');
    }).observe(document.documentElement, { childList: true });
    addEventListener('pagehide', () => note('gone'));
  });
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift');
  await page.waitForURL('**/away');
  const arrived = await page.evaluate(() => performance.timeOrigin + performance.now());
  const order = (await page.evaluate(() => sessionStorage.getItem('order') ?? '')).split(';').filter(Boolean).map((one) => one.split('=') as [string, string]);
  expect(order.map(([what]) => what)).toEqual(['key', 'key', 'key', 'blank', 'gone']);
  const at = (nth: number) => Number(order[nth]?.[1]);
  console.log(`blank ${(at(3) - at(2)).toFixed(1)} ms after the third key, the page gone after ${(at(4) - at(2)).toFixed(1)} ms, another there after ${(arrived - at(2)).toFixed(1)} ms`);
  // Far more than it takes: a machine that is busy is no page that is slow.
  expect(at(3) - at(2)).toBeLessThan(1_000);
  expect(arrived - at(2)).toBeLessThan(5_000);
  await page.goBack();
  expect(page.url()).toBe('about:blank');
  await page.goForward();
  await expect(page.locator('body')).not.toContainText('카나리아');
});

test('Shift with a letter is typing, and Shift now and then is nothing', async ({ browser }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await toStory(page);
  const story = page.locator('#happened');
  await story.focus();
  await page.keyboard.press('End');
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift+A');
  // Let go of in the other order, as fingers do.
  for (let times = 0; times < 3; times += 1) {
    await page.keyboard.down('Shift');
    await page.keyboard.down('B');
    await page.keyboard.up('Shift');
    await page.keyboard.up('B');
  }
  await expect(story).toHaveValue(`${STORY}AAABBB`);
  await expect(page.locator('#cover')).toHaveCount(0);
  await page.keyboard.press('Shift');
  await page.keyboard.press('Shift');
  await page.waitForTimeout(5_200);
  await page.keyboard.press('Shift');
  await expect(page.locator('#cover')).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe('/');
  await expect(story).toHaveValue(`${STORY}AAABBB`);
});
