import { describe, expect, test, vi } from 'vitest';
import { startOf } from './elapsed';
import { ruleOn, UNCONFIRMED_RULE, windowsLeft, type HealthRule } from './health';

// A shared machine can be slow: nothing here is about time.
vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;
const ZONE = 'Asia/Seoul';
const rule: HealthRule = { version: 't', from: '2026-01-01', windows: [{ name: 'three', hours: 72, source: 's' }, { name: 'five', hours: 120, source: 's' }], confirmed: { by: 'lead', on: '2026-01-01' } };
const DAY = '2026-11-24';
const begins = startOf(DAY, ZONE);
const left = (now: number, date: string | undefined = DAY) => windowsLeft(date === undefined ? undefined : { known: date.length === 10 ? 'day' : 'month', date }, rule, ZONE, now).map((one) => one.left);

describe('a health window', () => {
  test('says how many hours are left, from the day alone as a range', () => {
    // At noon of the same day it was between midnight and now.
    expect(left(begins + 12 * HOUR)).toEqual([{ is: 'left', least: 60, most: 72 }, { is: 'left', least: 108, most: 120 }]);
    expect(left(begins + 48 * HOUR)).toEqual([{ is: 'left', least: 24, most: 48 }, { is: 'left', least: 72, most: 96 }]);
  });

  test('may be over by its first hour and never by its last until both are', () => {
    expect(left(begins + 72 * HOUR)[0]).toEqual({ is: 'left', least: 0, most: 24 });
    expect(left(begins + 90 * HOUR)[0]).toEqual({ is: 'left', least: 0, most: 6 });
    expect(left(begins + 96 * HOUR - 1)[0]).toEqual({ is: 'left', least: 0, most: 0 });
    expect(left(begins + 96 * HOUR)[0]).toEqual({ is: 'ask' });
    expect(left(begins + 143 * HOUR)[1]).toEqual({ is: 'left', least: 0, most: 1 });
    expect(left(begins + 144 * HOUR)[1]).toEqual({ is: 'ask' });
  });

  test('of a month ago, of a year and of nobody knows when', () => {
    expect(left(begins, '2026-09')).toEqual([{ is: 'ask' }, { is: 'ask' }]);
    expect(left(begins + 12 * HOUR, '2026-11')).toEqual([{ is: 'left', least: 0, most: 72 }, { is: 'left', least: 0, most: 120 }]);
    expect(windowsLeft({ known: 'no' }, rule, ZONE, begins).map((one) => one.left)).toEqual([{ is: 'unknown' }, { is: 'unknown' }]);
    expect(windowsLeft(undefined, rule, ZONE, begins)[0]?.left).toEqual({ is: 'unknown' });
    expect(windowsLeft({ known: 'no', date: '2020' }, rule, ZONE, begins)[0]?.left).toEqual({ is: 'ask' });
  });

  test('of a day that has not come yet counts from now', () => {
    expect(left(begins - 48 * HOUR)[0]).toEqual({ is: 'left', least: 72, most: 72 });
  });

  test('has no answer that says it is too late', () => {
    const seen = new Set<string>();
    for (let hour = -24; hour < 200; hour += 1) for (const one of left(begins + hour * HOUR)) seen.add(one.is);
    expect([...seen].sort()).toEqual(['ask', 'left']);
  });
});

describe('the rule', () => {
  const later: HealthRule = { ...rule, version: 'later', from: '2026-06-01' };

  test('in force is the latest that has begun', () => {
    expect(ruleOn([later, rule], '2026-05-31')?.version).toBe('t');
    expect(ruleOn([later, rule], '2026-06-01')?.version).toBe('later');
    expect(ruleOn([rule], '2025-12-31')).toBeNull();
  });

  test('that comes along says where each number is from, and that nobody has confirmed it', () => {
    expect(UNCONFIRMED_RULE.confirmed).toBeNull();
    expect(UNCONFIRMED_RULE.windows.map(({ hours }) => hours)).toEqual([72, 120, 120]);
    for (const { source } of UNCONFIRMED_RULE.windows) expect(source).toMatch(/20\d\d|WHO/u);
  });
});
