// What every journey needs: a page in a role, a hold of a given length, places that exist.

import { test as base, expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';

export const url = (path: string): string => `${process.env['WAYLIGHT_URL']}${path}`;

interface Place { id: string; name: { ko: string; en: string }; at: { lat: number; lon: number }; meeting: boolean }
interface Part { part: string; role: string; shown_as: string }

/** Every journey fails if anything is asked of another origin, or a page breaks. */
export const test = base.extend<{ watched: { foreign: string[]; broken: string[] } }>({
  watched: [
    async ({ browser }, use) => {
      const foreign: string[] = [];
      const broken: string[] = [];
      const origin = new URL(url('/')).origin;
      const watch = (context: BrowserContext) => {
        context.on('request', (request) => {
          const asked = new URL(request.url());
          if (!['data:', 'blob:'].includes(asked.protocol) && asked.origin !== origin) foreign.push(request.url());
        });
        context.on('page', (page) => page.on('pageerror', (error) => broken.push(error.message)));
      };
      const opened: BrowserContext[] = [];
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await open(options);
        watch(context);
        opened.push(context);
        return context;
      };
      await use({ foreign, broken });
      browser.newContext = open;
      // The people of one journey leave before the next begins.
      await Promise.all(opened.map((context) => context.close()));
      expect(foreign, 'no request leaves the origin').toEqual([]);
      expect(broken, 'no page breaks').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

export const phone = { viewport: { width: 360, height: 740 }, locale: 'ko-KR', timezoneId: 'Asia/Seoul' } as const;
export const console_ = { viewport: { width: 1440, height: 900 }, locale: 'ko-KR', timezoneId: 'Asia/Seoul' } as const;

async function find(asked: string): Promise<Place[]> {
  return ((await (await fetch(url(`/api/environment/places?${asked}`))).json()) as { places: Place[] }).places;
}

/**
 * Places of the night's district: one to meet at (the `nth` the search offers), and one to go to
 * at least so far away.
 */
export async function places(far_km = 0.3, nth = 0): Promise<{ meet: Place; home: Place }> {
  const meet = (await find('meeting=true&limit=12'))[nth];
  if (!meet) throw new Error('the district has no such place to meet at');
  const all = [...(await find(`near=${meet.at.lat},${meet.at.lon}&limit=50`)), ...(await find('limit=50'))];
  const away = (place: Place) => Math.hypot((place.at.lat - meet.at.lat) * 111, (place.at.lon - meet.at.lon) * 88);
  const home = all.filter((place) => place.id !== meet.id).find((place) => away(place) > far_km) ?? all.at(-1);
  if (!home) throw new Error('the district has no place to go to');
  return { meet, home };
}

/** Parts of one role, as the demo offers them. */
export async function parts(role: string): Promise<Part[]> {
  const night = (await (await fetch(url('/api/demo'))).json()) as { parts: Part[] };
  return night.parts.filter((part) => part.role === role);
}

/** A page signed in as the `nth` part of a role. */
export async function seat(browser: Browser, role: 'dispatcher' | 'supervisor' | 'team' | 'haven' | 'administrator' | 'programme' | 'patrol', nth = 0, options: object = {}): Promise<Page> {
  const context = await browser.newContext({ ...(role === 'dispatcher' || role === 'supervisor' ? console_ : phone), ...options });
  const page = await context.newPage();
  const part = (await parts(role))[nth];
  if (!part) throw new Error(`the demo has no part ${nth} for ${role}`);
  const path = { dispatcher: '/desk', supervisor: '/supervisor', team: '/team', haven: '/haven', administrator: '/admin', programme: '/crew', patrol: '/patrol' }[role];
  await page.goto(url(path));
  await page.locator('.part', { hasText: part.shown_as }).first().click();
  await expect(page.getByRole('button', { name: '나가기' })).toBeVisible();
  return page;
}

/** Chooses a place by typing part of its name. */
export async function choose(page: Page, field: string, place: Place): Promise<void> {
  const input = page.locator(field);
  await input.fill(place.name.ko);
  await page.getByRole('option').filter({ hasText: place.name.ko }).first().waitFor();
  await page.keyboard.press('Enter');
  await expect(input).toHaveValue(place.name.ko);
  // The mark that a place was chosen, not only typed.
  await expect(input.locator('xpath=..').locator('.tick')).toBeVisible();
}

/** Holds a button for so long. The hold is the thing under test, so this waits in real time. */
export async function holdFor(button: Locator, millis: number): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  const page = button.page();
  await button.hover();
  await page.mouse.down();
  await page.waitForTimeout(millis);
  await page.mouse.up();
}

/**
 * Asks for a walk on the citizen's page, and answers her page. Where no team is near enough the
 * night turns her away, as it should: then she asks from another place.
 */
export async function askForWalk(browser: Browser, options: object = {}): Promise<{ page: Page; home: Place }> {
  const page = await (await browser.newContext({ ...phone, ...options })).newPage();
  await page.goto(url('/'));
  const ladder = page.getByRole('list', { name: '진행 상황' });
  for (let nth = 0; nth < 8; nth += 1) {
    const { meet, home } = await places(0.3, nth);
    await choose(page, '#from', meet);
    await choose(page, '#to', home);
    await page.getByRole('button', { name: '함께 걷기 신청' }).click();
    const refused = page.getByRole('heading', { name: '지금은 함께 걸을 수 없어요' });
    await expect(ladder.or(refused)).toBeVisible();
    if (await ladder.isVisible()) return { page, home };
    await expect(page.locator('.serves li').first()).toBeVisible();
    await page.getByRole('button', { name: '확인했어요' }).click();
  }
  throw new Error('no team of the night is near any place');
}

/** A team that is on duty, free and (unless told) rested, whatever the night has it do. */
export async function freeTeam(browser: Browser, options: object = {}, rested = true): Promise<Page> {
  const many = (await parts('team')).length;
  for (let nth = 0; nth < many; nth += 1) {
    const team = await seat(browser, 'team', nth, options);
    const on = team.getByRole('button', { name: '근무 시작' });
    const off = team.getByRole('button', { name: '근무 마치기' });
    const busy = team.locator('#walk, #offer');
    await expect(on.or(off).or(busy).first()).toBeVisible();
    if (await busy.count()) {
      await team.getByRole('button', { name: '나가기' }).click();
      await team.context().close();
      continue;
    }
    if (await on.isVisible()) await on.click();
    await expect(off).toBeVisible();
    // After a walk a team rests for some minutes.
    if (rested && !(await team.getByText('오늘 밤 0번').count())) {
      await team.context().close();
      continue;
    }
    return team;
  }
  throw new Error('no team of the night is free and rested');
}

/** The row of an item at the desk, found by its number: the page holds only what is in view. */
export async function inQueue(desk: Page, id: string): Promise<Locator> {
  await desk.locator('#find').fill(id);
  return desk.locator(`[data-id="${id}"]`);
}

/** Opens her request at the desk: from the list, or by its number while the list is long. */
export async function openAtDesk(desk: Page, woman: Page): Promise<void> {
  const id = await woman.evaluate(() => (JSON.parse(localStorage.getItem('w') ?? '{}') as { id?: string }).id);
  await (await inQueue(desk, String(id))).click();
  await desk.locator('#find').fill('');
  await expect(desk.locator('article')).toBeVisible();
}

/**
 * A live feed that tells what the test says: `first` whole, then whatever `window.tell` is given.
 * `window.opened` counts how often it was opened.
 */
export async function feedOf<T extends { number: number }>(page: Page, path: string, first: T): Promise<void> {
  await page.addInitScript(
    ({ at, whole, number }) => {
      const real = window.fetch.bind(window);
      const told = window as unknown as { opened?: number; tell: (text: string) => void };
      window.fetch = (asked: RequestInfo | URL, how?: RequestInit) => {
        const where = asked instanceof Request ? asked.url : String(asked);
        if (!where.endsWith(at)) return real(asked, how);
        const letters = new TextEncoder();
        const body = new ReadableStream<Uint8Array>({
          start(stream) {
            told.opened = (told.opened ?? 0) + 1;
            told.tell = (text) => stream.enqueue(letters.encode(text));
            told.tell(`id: ${number}\ndata: ${whole}\n\n`);
          },
        });
        return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
      };
    },
    { at: path, whole: JSON.stringify(first), number: first.number },
  );
}
