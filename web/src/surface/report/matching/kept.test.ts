import { describe, expect, test } from 'vitest';
import { readContent } from '../../../onestop/content';
import { isEmpty, keptBytes, NAMES_MAX, NOTHING_KEPT, readKept, remaining, withLeft, type Kept, type Left } from './kept';

const DAY_MILLIS = 86_400_000;
const left = (number: string, at: number): Left => ({ number, token: 'dG9rZW4', kind: 'phone', people: 3, at, going: null });
const through = (kept: Kept) => readKept(readContent(keptBytes(kept)));

describe('what she keeps', () => {
  test('comes back as it was, and what another edition wrote beside it stays', () => {
    const kept: Kept = {
      drawn: { code: 'K7PD2MQX9RTV', ask: 'YQ', leave: 'Yg', blinds: ['YzA', 'YzE', 'YzI'] },
      left: [{ ...left('bjE', 5), going: '{"number":"bjE"}' }, { ...left('bjI', 6), token: null }],
      rest: { later: [1, 'two'] },
    };
    expect(through(kept)).toEqual(kept);
    expect(through(NOTHING_KEPT)).toEqual(NOTHING_KEPT);
    expect(isEmpty(readKept(null))).toBe(true);
  });

  test('of bytes that are no form of ours nothing is taken for a name', () => {
    for (const names of [null, 7, 'left', [], { left: 'x' }, { left: [null, 1, {}, { number: 'a', kind: 'face', people: 2, at: 1 }] }, { drawn: { code: 'x' } }, { drawn: { code: 'x', ask: 'a', leave: 'b', blinds: ['c', 'd'] } }]) {
      const kept = readKept({ names } as Record<string, unknown>);
      expect([kept.drawn, kept.left], JSON.stringify(names)).toEqual([null, []]);
    }
  });

  test('never whom she named: there is no field for it', () => {
    const text = new TextDecoder().decode(keptBytes(withLeft(NOTHING_KEPT, left('bjE', 5))));
    expect(Object.keys((JSON.parse(text) as { names: { left: object[] } }).names.left[0] ?? {}).sort()).toEqual(['at', 'going', 'kind', 'number', 'people', 'token']);
  });

  test('fits the smallest size with one on its way and more names than anybody may leave', () => {
    const going = JSON.stringify({ number: 'a'.repeat(22), withdrawal_hash: 'a'.repeat(43), entry: 'a'.repeat(6124), spending: 'a'.repeat(86) });
    let kept: Kept = { ...NOTHING_KEPT, drawn: { code: 'K7PD2MQX9RTV', ask: 'a'.repeat(43), leave: 'a'.repeat(43), blinds: ['a'.repeat(64), 'a'.repeat(64), 'a'.repeat(64)] } };
    for (let nth = 0; nth < 20; nth += 1) kept = withLeft(kept, { ...left(`number-${nth}-${'a'.repeat(10)}`, 1_764_000_000_000), token: 'a'.repeat(43) });
    kept = withLeft(kept, { ...left('last', 1), going });
    // With its length in front of it, in 16 KiB: what is written says nothing by its size.
    expect(keptBytes(kept).length).toBeLessThan(16 * 1024 - 4);
  });
});

test('five in ninety days, taken back or not; then they come back', () => {
  const now = 1_764_000_000_000;
  let kept = NOTHING_KEPT;
  for (let nth = 0; nth < NAMES_MAX; nth += 1) {
    expect(remaining(kept, now)).toBe(NAMES_MAX - nth);
    kept = withLeft(kept, { ...left(`n${nth}`, now - nth * DAY_MILLIS), token: nth % 2 === 0 ? null : 'dA' });
  }
  expect(remaining(kept, now)).toBe(0);
  expect(remaining(kept, now + 86 * DAY_MILLIS)).toBe(1);
  expect(remaining(kept, now + 90 * DAY_MILLIS)).toBe(NAMES_MAX);
  // One that changes is still one.
  expect(withLeft(kept, { ...left('n1', now), token: null }).left).toHaveLength(NAMES_MAX);
});
