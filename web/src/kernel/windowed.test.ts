import { expect, test } from 'vitest';
import { edges, revealing, rowAt, touching } from './windowed';

/** A row of numbers that looks random and is always the same. */
function heightsOf(rows: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: rows }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return 20 + (state % 90);
  });
}

test('the rows in the page are exactly those that touch the view and its margin', () => {
  for (let seed = 1; seed < 30; seed += 1) {
    const heights = heightsOf(seed * 7, seed);
    const tops = edges(heights);
    for (const top of [0, 13, 300, 5000]) {
      for (const [height, margin] of [[600, 0], [600, 200], [40, 10]] as const) {
        const { from, to } = touching(tops, top, height, margin);
        // The slow way: every row is asked.
        const slow = heights.map((_, row) => row).filter((row) => (tops[row] ?? 0) <= top + height + margin && (tops[row + 1] ?? 0) > top - margin);
        const first = slow[0] ?? heights.length - 1;
        expect(from).toBe(first);
        expect(to).toBe(slow.length === 0 ? heights.length : (slow.at(-1) ?? 0) + 1);
      }
    }
  }
});

test('however long the list, the page holds no more rows than fit', () => {
  const tops = edges(Array.from({ length: 10_000 }, () => 48));
  for (const top of [0, 1, 240_000, 479_000]) {
    const { from, to } = touching(tops, top, 700, 300);
    expect(to - from).toBeLessThanOrEqual(Math.ceil((700 + 2 * 300) / 48) + 2);
  }
});

test('an empty list has no rows, and a height beyond the end is the last row', () => {
  expect(touching(edges([]), 0, 600, 200)).toEqual({ from: 0, to: 0 });
  expect(rowAt(edges([10, 10]), 999)).toBe(1);
});

test('a row is revealed by moving as little as possible', () => {
  const tops = edges([50, 50, 50, 50, 50, 50]);
  expect(revealing(tops, 0, 100, 100)).toBe(0);
  expect(revealing(tops, 5, 0, 100)).toBe(200);
  expect(revealing(tops, 2, 100, 100)).toBe(100);
});
