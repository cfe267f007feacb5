import { expect, test } from 'vitest';
import { timeFits } from './moment';

const HOUR = 3_600_000;
const CAME = 1_795_770_000_000;

test('a consent is of the hour it came in, or of one before that the network held it up', () => {
  expect([CAME, CAME + 1, CAME - HOUR, CAME - 24 * HOUR].every((at) => timeFits(at, CAME))).toBe(true);
});

test('one of another day, or of a clock that is years off, is told apart', () => {
  const years = 2 * 365 * 24 * HOUR;
  expect([CAME + HOUR, CAME - 24 * HOUR - 1, CAME + years, CAME - years].some((at) => timeFits(at, CAME))).toBe(false);
});
