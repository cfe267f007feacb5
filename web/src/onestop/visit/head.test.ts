import { describe, expect, test } from 'vitest';
import { endOf, headBytes, lasts, readHead, readTime, timeBytes, timeOf, VISIT_MILLIS_MAX, WORDS_KEPT_MILLIS, type Head } from './head';

const HOUR = 3_600_000;
/** 2026-11-27, 21:20 in Seoul. */
const NOW = Date.UTC(2026, 10, 27, 12, 20);
const HEAD: Head = { form: 1, from: NOW, until: NOW + 4 * HOUR, clock: { server: NOW, phone: 1_000, speed: 1 }, salt: 's', credential: null, key: 'k', signature: 'x' };

describe('the end of a visit', () => {
  test('is the next morning, four hours, or a day; never more', () => {
    expect(endOf('short', NOW, 21)).toBe(NOW + 4 * HOUR);
    expect(endOf('night', NOW, 21)).toBe(Date.UTC(2026, 10, 28, 0));
    expect(endOf('day', NOW, 21)).toBe(NOW + VISIT_MILLIS_MAX);
    for (let hour = 0; hour < 24; hour += 1) {
      const end = endOf('night', NOW, hour);
      expect(end).toBeGreaterThan(NOW);
      expect(end - NOW).toBeLessThanOrEqual(VISIT_MILLIS_MAX);
    }
  });

  test('takes the copy, and seven days later what was not sent', () => {
    const end = HEAD.until;
    expect([end - 1, end, end + WORDS_KEPT_MILLIS - 1, end + WORDS_KEPT_MILLIS].map((at) => lasts(HEAD, at))).toEqual(['all', 'words', 'words', 'nothing']);
    expect(lasts({ from: NOW, until: NOW + 90 * VISIT_MILLIS_MAX }, NOW + VISIT_MILLIS_MAX)).toBe('words');
  });

  test('goes by the server\'s clock, and a clock that is turned back wins nothing', () => {
    expect(timeOf(HEAD, 1_000 + HOUR)).toBe(NOW + HOUR);
    expect(timeOf(HEAD, 1_000 - 5 * HOUR, NOW + 5 * HOUR)).toBe(NOW + 5 * HOUR);
    expect(readTime(timeBytes(NOW + 0.5))).toBe(NOW);
    expect(readTime(null)).toBe(0);
  });
});

describe('a head', () => {
  test('is read as it was written, and what is none is none', () => {
    expect(readHead(headBytes(HEAD))).toEqual(HEAD);
    const changed: object[] = [{ form: 2 }, { until: 'x' }, { clock: null }, { clock: { server: 1, phone: 1, speed: 0 } }, { salt: 1 }, { credential: 1 }, { key: null }];
    for (const change of changed) expect(readHead(headBytes({ ...HEAD, ...change } as Head)), JSON.stringify(change)).toBeNull();
    expect(readHead(new TextEncoder().encode('no JSON'))).toBeNull();
    expect(readHead(null)).toBeNull();
  });
});
