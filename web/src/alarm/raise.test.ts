import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Caller } from './raise';

// A phone in a few lines: storage, a network that can fail, a clock that is stepped.
interface Sent { path: string; key: string; body: Record<string, unknown>; bearer: string | null }
let sent: Sent[];
let network: 'on' | 'off' | 'lost answer' | 'wrong pin';
let callbacks: Record<string, (() => void)[]>;
let store: Map<string, string>;

const view = (more: object = {}) => ({ id: 'alm_1', number: 1, sent_at: 5, escalated: 'none', pin_set: false, grade: 'help_now', ...more });

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  network = 'on';
  callbacks = {};
  store = new Map();
  const kept = { getItem: (key: string) => store.get(key) ?? null, setItem: (key: string, value: string) => void store.set(key, value), removeItem: (key: string) => void store.delete(key) };
  vi.stubGlobal('localStorage', kept);
  vi.stubGlobal('sessionStorage', { ...kept, getItem: () => null });
  vi.stubGlobal('navigator', { get onLine() { return network !== 'off'; } });
  vi.stubGlobal('addEventListener', (name: string, act: () => void) => (callbacks[name] ??= []).push(act));
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (network === 'off') throw new TypeError('no network');
    const headers = init.headers as Record<string, string>;
    if (init.method === 'POST') sent.push({ path, key: headers['Idempotency-Key'] ?? '', body: JSON.parse(String(init.body)) as Record<string, unknown>, bearer: headers['Authorization'] ?? null });
    if (network === 'lost answer') throw new TypeError('broken off');
    if (path.endsWith('/retract')) return network === 'wrong pin' ? answer(422, { code: 'alarm.wrong-pin' }) : answer(200, view({ number: 2, retracted_at: 9 }));
    if (path === '/api/alarm/alarms') return answer(201, { token: 'secret', alarm: view() });
    return answer(200, view());
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const raises = () => sent.filter((one) => one.path === '/api/alarm/alarms');

describe('a call for help', () => {
  test('leaves the phone in the same moment the hold is completed', async () => {
    const caller = new Caller();
    caller.press();
    await settle();
    expect(raises()).toHaveLength(1);
    expect(raises()[0]?.body).toMatchObject({ silent: true, locations: [] });
    expect(caller.call?.reach).toBe('sent');
  });

  test('pressed without a network says so at once and is sent once, with its first time', async () => {
    network = 'off';
    const caller = new Caller();
    caller.press();
    const first = caller.call?.raise.first_at;
    await settle();
    expect(caller.call?.reach).toBe('unsent');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(raises()).toHaveLength(0);
    network = 'on';
    for (const act of callbacks['online'] ?? []) act();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(raises()).toHaveLength(1);
    expect(raises()[0]?.body['first_at']).toBe(first);
  });

  test('whose answer was lost is sent again with the same key and body', async () => {
    network = 'lost answer';
    const caller = new Caller();
    caller.press();
    await vi.advanceTimersByTimeAsync(3000);
    network = 'on';
    await vi.advanceTimersByTimeAsync(9000);
    expect(raises().length).toBeGreaterThan(1);
    expect(new Set(raises().map((one) => one.key)).size).toBe(1);
    expect(new Set(raises().map((one) => JSON.stringify(one.body))).size).toBe(1);
    expect(caller.call?.reach).toBe('sent');
  });

  test('survives the page being closed before it was sent', async () => {
    network = 'off';
    const before = new Caller();
    before.press();
    await settle();
    const key = before.call?.key;
    network = 'on';
    before.forget = () => undefined;
    const after = new Caller();
    await settle();
    expect(after.call?.reach).toBe('sent');
    expect(raises().every((one) => one.key === key)).toBe(true);
  });

  test('pressed twice is one call', async () => {
    const caller = new Caller();
    caller.press();
    await settle();
    caller.press();
    await settle();
    expect(raises()).toHaveLength(1);
  });

  test('taken back before it was sent is still sent first: retracted is not deleted', async () => {
    network = 'off';
    const caller = new Caller();
    caller.press();
    await settle();
    caller.retract();
    network = 'on';
    for (const act of callbacks['online'] ?? []) act();
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent.map((one) => one.path)).toEqual(['/api/alarm/alarms', '/api/alarm/alarms/alm_1/retract']);
    expect(caller.call?.alarm?.retracted_at).toBe(9);
  });

  test('keeps standing when the PIN was wrong', async () => {
    const caller = new Caller();
    caller.press();
    await settle();
    network = 'wrong pin';
    caller.retract('0000');
    await settle();
    expect(caller.call?.refused).toBe(true);
    expect(caller.call?.alarm?.retracted_at).toBeUndefined();
  });

  test('carries both PINs, and loud only by choice', async () => {
    store.set('p', JSON.stringify({ pin: '1234', duress_pin: '9999', loud: true }));
    const caller = new Caller();
    caller.press();
    await settle();
    expect(raises()[0]?.body).toMatchObject({ pin: '1234', duress_pin: '9999', silent: false });
  });
});
