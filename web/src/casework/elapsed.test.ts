import { describe, expect, test, vi } from 'vitest';
import type { When } from '../onestop/content';
import {
  addDays, addMonths, bucketIn, bucketOf, daysBetween, elapsedBetween, isLocalDate, isLocalTime, isMonth, isPartialDate, localDateOf, spanOf, startOf, stepAfter,
} from './elapsed';

// A shared machine can be slow: nothing here is about time.
vi.setConfig({ testTimeout: 60_000 });

const day = (date: string): When => ({ known: 'day', date });

describe('the bucket', () => {
  test.each([
    [0, '0_3_days'], [1, '0_3_days'], [2, '0_3_days'], [3, '0_3_days'],
    [4, '4_5_days'], [5, '4_5_days'],
    [6, '6_14_days'], [13, '6_14_days'], [14, '6_14_days'],
    [15, '2_weeks_1_month'], [29, '2_weeks_1_month'], [30, '2_weeks_1_month'],
    [31, 'over_1_month'], [32, 'over_1_month'], [400, 'over_1_month'],
  ] as const)('of %i days is %s', (days, bucket) => {
    expect(bucketOf(days)).toBe(bucket);
    expect(elapsedBetween(day(addDays('2026-11-27', -days)), '2026-11-27')).toEqual({ is: 'known', days, bucket });
  });
});

describe('how long it was', () => {
  test('counts the city\'s days: the same instant is another day in UTC', () => {
    // Half past midnight on the 27th in Seoul, still the 26th in UTC.
    const at = Date.UTC(2026, 10, 26, 15, 30);
    expect(localDateOf(at, 'Asia/Seoul')).toBe('2026-11-27');
    expect(localDateOf(at, 'UTC')).toBe('2026-11-26');
    expect(elapsedBetween(day('2026-11-23'), localDateOf(at, 'Asia/Seoul'))).toMatchObject({ days: 4, bucket: '4_5_days' });
    expect(elapsedBetween(day('2026-11-23'), localDateOf(at, 'UTC'))).toMatchObject({ days: 3, bucket: '0_3_days' });
    // The last minute before the city's midnight.
    expect(localDateOf(Date.UTC(2026, 10, 27, 14, 59), 'Asia/Seoul')).toBe('2026-11-27');
    expect(localDateOf(Date.UTC(2026, 10, 27, 15, 0), 'Asia/Seoul')).toBe('2026-11-28');
  });

  test('knows the days of a leap year and of a year\'s end', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  });

  test.each([
    [undefined, { is: 'unknown' }],
    [{ known: 'no' }, { is: 'unknown' }],
    [{ known: 'month' }, { is: 'unknown' }],
    // Of a month it is a range, and a bucket only where the whole range is in one.
    [{ known: 'month', date: '2026-11' }, { is: 'range', least: 0, most: 26, bucket: null }],
    [{ known: 'month', date: '2026-10' }, { is: 'range', least: 27, most: 57, bucket: null }],
    [{ known: 'month', date: '2026-09' }, { is: 'range', least: 58, most: 87, bucket: 'over_1_month' }],
    [{ known: 'no', date: '2025' }, { is: 'range', least: 331, most: 695, bucket: 'over_1_month' }],
    [{ known: 'no', date: '2026' }, { is: 'range', least: 0, most: 330, bucket: null }],
    [{ known: 'no', date: '1900' }, { is: 'range', least: 45_987, most: 46_351, bucket: 'over_1_month' }],
    [{ known: 'day', date: '2026-11-28' }, { is: 'after_report' }],
    [{ known: 'month', date: '2026-12' }, { is: 'after_report' }],
  ] as [When | undefined, object][])('%o', (when, elapsed) => {
    expect(elapsedBetween(when, '2026-11-27')).toEqual(elapsed);
  });

  test('of a month early in it is one bucket', () => {
    expect(elapsedBetween({ known: 'month', date: '2026-11' }, '2026-11-03')).toEqual({ is: 'range', least: 0, most: 2, bucket: '0_3_days' });
  });

  test('is no bucket where it is not known', () => {
    expect(bucketIn({ is: 'unknown' })).toBeNull();
    expect(bucketIn({ is: 'after_report' })).toBeNull();
    expect(bucketIn({ is: 'range', least: 0, most: 26, bucket: null })).toBeNull();
    expect(bucketIn({ is: 'known', days: 4, bucket: '4_5_days' })).toBe('4_5_days');
    expect(elapsedBetween(day('2026-11-01'), 'not a day')).toEqual({ is: 'unknown' });
  });
});

describe('dates', () => {
  test('are days there are', () => {
    for (const date of ['2026-11-27', '2028-02-29', '2000-02-29', '1900-02-28', '0001-01-01', '9999-12-31']) expect(isLocalDate(date), date).toBe(true);
    for (const date of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-11-00', '2026-11-31', '0000-01-01', '2026-1-1', '2026-11-27 ', '２０２６-11-27', '', '2026-11', '-026-01-01']) {
      expect(isLocalDate(date), date).toBe(false);
    }
    expect([isMonth('2026-11'), isMonth('2026-13'), isMonth('2026'), isMonth('0000-01')]).toEqual([true, false, false, false]);
    expect(['2026', '2026-11', '2026-11-27', '26', '2026-11-31', '2026-'].map(isPartialDate)).toEqual([true, true, true, false, false, false]);
    expect(['2026-11-27T00:00', '2026-11-27T23:59', '2026-11-27T24:00', '2026-02-30T10:00', '2026-11-27', '2026-11-27T1:00'].map(isLocalTime)).toEqual([true, true, false, false, false, false]);
  });

  test('have a first and a last day', () => {
    expect(spanOf('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
    expect(spanOf('2026')).toEqual({ first: '2026-01-01', last: '2026-12-31' });
    expect(spanOf('2026-11-27')).toEqual({ first: '2026-11-27', last: '2026-11-27' });
    expect(spanOf('yesterday')).toBeNull();
  });

  test('go on by days and by months, and never over the end of one', () => {
    expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
    expect((['d3', 'w2', 'm1', 'm3'] as const).map((step) => stepAfter('2026-11-27', step))).toEqual(['2026-11-30', '2026-12-11', '2026-12-27', '2027-02-27']);
  });

  test('begin when the city\'s day does, on the days its clocks change too', () => {
    expect(startOf('2026-11-27', 'Asia/Seoul')).toBe(Date.UTC(2026, 10, 26, 15));
    expect(startOf('2026-11-27', 'UTC')).toBe(Date.UTC(2026, 10, 27));
    // Berlin: the clocks go forward on 29 March and back on 25 October 2026.
    expect(startOf('2026-03-29', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 28, 23));
    expect(startOf('2026-03-30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 22));
    expect(startOf('2026-10-26', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 23));
    for (const zone of ['Asia/Seoul', 'America/New_York', 'Asia/Kathmandu']) {
      for (let at = 0; at < 366; at += 7) {
        const date = addDays('2026-01-01', at);
        expect(localDateOf(startOf(date, zone), zone)).toBe(date);
        expect(localDateOf(startOf(date, zone) - 1, zone)).toBe(addDays(date, -1));
      }
    }
  });

  test('of an instant that is none are days all the same', () => {
    for (const at of [Number.NaN, -1, Infinity, -Infinity, 8.64e15, 9e15]) expect(isLocalDate(localDateOf(at, 'Asia/Seoul'))).toBe(true);
  });
});
