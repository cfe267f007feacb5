import { askForWalk, choose, expect, freeTeam, openAtDesk, phone, places, seat, test, url } from './night';

async function spot(): Promise<{ latitude: number; longitude: number }> {
  const { at } = (await places()).meet;
  return { latitude: at.lat, longitude: at.lon };
}

test('a woman asks on the web, sees each receipt, compares the word and comes home', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  const team = await freeTeam(browser, { geolocation: await spot(), permissions: ['geolocation'] });
  const bodies: string[] = [];
  let met = false;
  const homesBefore: string[] = [];
  team.on('response', async (answer) => {
    if (!/\/api\/(team|escort)/.test(answer.url()) || (answer.headers()['content-type'] ?? '').includes('event-stream')) return;
    const text = await answer.text().catch(() => '');
    bodies.push(text);
    if (!met && /"home":\s*\{/.test(text)) homesBefore.push(answer.url());
  });
  const sign = (await team.locator('header > strong').innerText()).match(/\d+/)?.[0] ?? '';

  const { page: woman, home } = await askForWalk(browser);
  const ladder = woman.getByRole('list', { name: '진행 상황' });

  // Reloading loses nothing.
  await woman.reload();
  await expect(ladder).toBeVisible();

  await openAtDesk(desk, woman);
  await expect(ladder.locator('li.done')).toHaveCount(2);
  await desk.locator('.teams li', { hasText: sign }).getByRole('button').click();

  await team.getByRole('button', { name: '갈게요' }).click();
  await expect(woman.getByRole('heading', { name: '이 말이 같은지 확인하세요' })).toBeVisible();
  await expect(team.getByRole('heading', { name: '이 말이 같은지 확인하세요' })).toBeVisible();
  const word = woman.locator('.word .shown');
  await expect(word).not.toHaveText('…');
  await expect(team.locator('.word .shown')).toHaveText(await word.innerText());

  // The word goes on without a network, on both phones.
  await woman.context().setOffline(true);
  await expect(word).toBeVisible();
  await expect(word).not.toHaveText('…');
  await woman.context().setOffline(false);

  await team.getByRole('button', { name: '출발해요', exact: true }).click();
  await team.getByRole('button', { name: '도착했어요' }).click();
  await expect(team.locator('.where')).not.toContainText(home.name.ko);
  expect(homesBefore, 'the team is told no home before they met').toEqual([]);
  met = true;
  await team.getByRole('button', { name: '말이 같아요' }).click();
  await expect(team.locator('.where .home')).toContainText(home.name.ko);
  await team.getByRole('button', { name: '함께 출발해요' }).click();
  await expect(woman.getByRole('heading', { name: '함께 걷고 있어요' })).toBeVisible();
  await team.getByRole('button', { name: '집 앞까지 왔어요' }).click();
  await expect(woman.getByRole('heading', { name: '집에 왔어요' })).toBeVisible();
  await expect(team.getByRole('button', { name: '근무 마치기' })).toBeVisible();
  expect(bodies.length).toBeGreaterThan(5);

  // It is over: nothing of it stays on her phone.
  expect(await woman.evaluate(() => localStorage.getItem('w'))).toBeNull();
  await woman.getByRole('button', { name: '확인했어요' }).click();
  await expect(woman.locator('#from')).toBeVisible();
});

test('a team that is not among the nearest is asked by its number', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  // As if a dozen others stood nearer.
  await desk.evaluate(() => {
    const real = window.fetch.bind(window);
    window.fetch = (asked: RequestInfo | URL, how?: RequestInit) =>
      real(asked, how).then(async (answer) => {
        if (!String(asked).endsWith('/teams')) return answer;
        const { teams, others } = (await answer.json()) as { teams: object[]; others: object[] };
        return Response.json({ teams: [], others: [...teams, ...others] });
      });
  });
  const team = await freeTeam(browser, { geolocation: await spot(), permissions: ['geolocation'] });
  const sign = (await team.locator('header > strong').innerText()).match(/\d+/)?.[0] ?? '';
  const { page: woman } = await askForWalk(browser);
  await openAtDesk(desk, woman);
  await desk.getByText('근무 중인 다른 조').click();
  await desk.locator('.teams li', { hasText: sign }).getByRole('button').click();
  await expect(team.getByRole('button', { name: '갈게요' })).toBeVisible();
  await woman.getByRole('button', { name: '동행 취소' }).click();
  await woman.getByRole('button', { name: '말하지 않을래요' }).click();
  await expect(woman.getByRole('heading', { name: '신청을 취소했어요' })).toBeVisible();
});

test('a caller is booked at the desk by keyboard alone, in under 40 seconds', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  const { meet, home } = await places();
  await expect(desk.locator('#queue')).toBeVisible();
  const began = Date.now();
  await desk.keyboard.press('n');
  await expect(desk.locator('#call-place')).toBeFocused();
  await desk.keyboard.type(meet.name.ko, { delay: 30 });
  await desk.getByRole('option').filter({ hasText: meet.name.ko }).first().waitFor();
  await desk.keyboard.press('Tab');
  await expect(desk.locator('#call-when')).toBeFocused();
  await desk.keyboard.press('Tab');
  await expect(desk.locator('#call-to')).toBeFocused();
  await desk.keyboard.type(home.name.ko, { delay: 30 });
  await desk.getByRole('option').filter({ hasText: home.name.ko }).first().waitFor();
  await desk.keyboard.press('Tab');
  await expect(desk.locator('#call-people')).toBeFocused();
  await desk.keyboard.type('2');
  await desk.keyboard.press('Enter');
  await expect(desk.locator('article h1')).toContainText(meet.name.ko);
  expect(Date.now() - began).toBeLessThan(40_000);
  await expect(desk.locator('article')).toContainText('전화 · 2명');
  // The field that held the default was replaced, not added to.
  await desk.keyboard.press('a');
  await expect(desk.locator('article')).toContainText(/조의 대답을 기다리는 중이에요|조가 정해졌어요|지금 갈 수 있는 조가 없어요/);
});

test('somebody who asks a team on the street walks after two taps', async ({ browser }) => {
  const team = await freeTeam(browser, { geolocation: await spot(), permissions: ['geolocation'] });
  await team.getByRole('button', { name: '여기서 바로 함께 걷기' }).click();
  await team.getByRole('button', { name: '1', exact: true }).click();
  await expect(team.getByRole('heading', { name: /만났어요|함께 걷는 중/ })).toBeVisible();
  const start = team.getByRole('button', { name: '함께 출발해요' });
  if (await start.isVisible()) await start.click();
  await team.getByRole('button', { name: '집 앞까지 왔어요' }).click();
  await expect(team.getByRole('button', { name: '근무 마치기' })).toBeVisible();
});

test('a team works on without a network: its steps arrive in order, each once', async ({ browser }) => {
  const team = await freeTeam(browser, { geolocation: await spot(), permissions: ['geolocation'] });
  await team.getByRole('button', { name: '여기서 바로 함께 걷기' }).click();
  await team.getByRole('button', { name: '1', exact: true }).click();
  await expect(team.getByRole('heading', { name: /만났어요|함께 걷는 중/ })).toBeVisible();
  const asked: string[] = [];
  team.on('requestfinished', (request) => {
    if (request.method() === 'POST' && request.url().includes('/api/escort/')) asked.push(request.url().split('/').at(-1) ?? '');
  });
  await team.context().setOffline(true);
  const start = team.getByRole('button', { name: '함께 출발해요' });
  const expected = (await start.isVisible()) ? ['walk', 'home'] : ['home'];
  if (await start.isVisible()) await start.click();
  await team.getByRole('button', { name: '집 앞까지 왔어요' }).click();
  // What was pressed shows at once, and waits.
  await expect(team.getByText(/기다리는 기록 \d개/)).toBeVisible();
  await team.context().setOffline(false);
  await expect(team.getByRole('button', { name: '근무 마치기' })).toBeVisible();
  await expect.poll(() => asked).toEqual(expected);
  expect(await team.evaluate(() => localStorage.getItem('s'))).toBeNull();
});

test('a walk is called off with a reason of her choice', async ({ browser }) => {
  const { page: woman } = await askForWalk(browser);
  await woman.getByRole('button', { name: '동행 취소' }).click();
  await woman.getByRole('button', { name: '말하지 않을래요' }).click();
  await expect(woman.getByRole('heading', { name: '신청을 취소했어요' })).toBeVisible();
});

test('a walk outside the hours is refused at once, and the desk reads out what serves now', async ({ browser }) => {
  const desk = await seat(browser, 'dispatcher');
  await expect(desk.locator('#queue')).toBeVisible();
  await desk.keyboard.press('n');
  await choose(desk, '#call-place', (await places()).meet);
  await desk.locator('#call-when').fill('+300');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { name: '전화하신 분께 읽어 주세요' })).toBeVisible();
  await expect(desk.locator('.serves li').first()).toBeVisible();
  await expect(desk.getByRole('link', { name: '112 전화' })).toHaveAttribute('href', 'tel:112');
});

test('a team whose phone does not know where it is says where it stands', async ({ browser }) => {
  const team = await freeTeam(browser);
  await team.getByRole('button', { name: '여기서 바로 함께 걷기' }).click();
  await expect(team.getByRole('button', { name: '1', exact: true })).toBeDisabled();
  await choose(team, '#standing', (await places()).meet);
  await team.getByRole('button', { name: '1', exact: true }).click();
  await expect(team.locator('#walk')).toBeVisible();
  const start = team.getByRole('button', { name: '함께 출발해요' });
  if (await start.isVisible()) await start.click();
  await team.getByRole('button', { name: '집 앞까지 왔어요' }).click();
  await expect(team.getByRole('button', { name: '근무 마치기' })).toBeVisible();
});

test('nothing of the walk is in an address, and the bearer travels in a header', async ({ browser }) => {
  const asked: { url: string; bearer: string | undefined }[] = [];
  const { page } = await askForWalk(browser);
  page.context().on('request', (request) => asked.push({ url: request.url(), bearer: request.headers()['authorization'] }));
  await page.reload();
  await expect(page.getByRole('list', { name: '진행 상황' })).toBeVisible();
  const token = await page.evaluate(() => (JSON.parse(localStorage.getItem('w') ?? '{}') as { token?: string }).token);
  expect(token).toBeTruthy();
  await expect.poll(() => asked.some((one) => one.bearer === `Bearer ${token}`)).toBe(true);
  expect(asked.filter((one) => one.url.includes(String(token)))).toEqual([]);
  expect(page.url()).toBe(url('/'));
});
