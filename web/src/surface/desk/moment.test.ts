import { expect, test } from 'vitest';
import { moment } from './moment';

// 22:40:30 in Seoul.
const now = Date.UTC(2026, 10, 23, 13, 40, 30);
const at = (h: number, m: number, day = 23) => Date.UTC(2026, 10, day, h - 9, m);

test('nothing, "now" and "지금" mean now', () => {
  for (const words of ['', '  ', 'now', 'NOW', '지금']) expect(moment(words, now)).toBeUndefined();
});

test('minutes ahead are counted from this moment', () => {
  for (const words of ['+20', '20분', '20 min', '20m']) expect(moment(words, now)).toBe(now + 20 * 60_000);
});

test('a clock time is the next one to come, also past midnight', () => {
  expect(moment('23:10', now)).toBe(at(23, 10));
  expect(moment('2310', now)).toBe(at(23, 10));
  expect(moment('00:15', now)).toBe(at(24, 15));
  expect(moment('24:15', now)).toBe(at(24, 15));
  expect(moment('22:39', now)).toBe(at(22, 39, 24));
});

test('what is no time is not guessed at', () => {
  for (const words of ['soon', '25:00', '23:70', '7', '12345']) expect(moment(words, now)).toBeNull();
});
