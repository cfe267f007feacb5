import { describe, expect, test } from 'vitest';
import type { NoteLeft } from './entries';
import { canonical, differences, emptySlot, put, undecided, type Kept, type Slot } from './slot';

const set = (version: number, base: number | undefined, text: string): Kept<NoteLeft> => ({ version, writtenAt: 0, by: { is: 'she' }, entry: { entry: 'note', text, ...(base === undefined ? {} : { base }) } });
const after = (...all: Kept<NoteLeft>[]) => all.reduce(put<NoteLeft>, emptySlot<NoteLeft>());
const heads = (slot: Slot<NoteLeft>) => undecided(slot).map(({ version }) => version);

describe('a thing that is set again', () => {
  test('is replaced by whoever had read it', () => {
    const slot = after(set(1, 0, 'a'), set(2, 1, 'b'), set(3, 2, 'c'));
    expect(slot.now?.entry.text).toBe('c');
    expect(slot.before.map(({ version }) => version)).toEqual([1, 2]);
    expect(heads(slot)).toEqual([]);
  });

  test('by two who had read the same keeps both', () => {
    expect(heads(after(set(1, 0, 'a'), set(2, 1, 'b'), set(3, 1, 'c')))).toEqual([2, 3]);
    expect(heads(after(set(1, 0, 'a'), set(2, 0, 'b')))).toEqual([1, 2]);
    expect(heads(after(set(1, 0, 'a'), set(2, 0, 'b'), set(3, 0, 'c')))).toEqual([1, 2, 3]);
  });

  test('is decided by whoever has read both', () => {
    const slot = after(set(1, 0, 'a'), set(2, 1, 'b'), set(3, 1, 'c'), set(4, 3, 'd'));
    expect(heads(slot)).toEqual([]);
    expect(slot.now?.entry.text).toBe('d');
    expect(slot.before.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  });

  test('is not decided by whoever has read one of them', () => {
    expect(heads(after(set(1, 0, 'a'), set(2, 1, 'b'), set(3, 1, 'c'), set(4, 2, 'd')))).toEqual([3, 4]);
  });

  test('to the same by both needs no decision', () => {
    expect(heads(after(set(1, 0, 'a'), set(2, 1, 'b'), set(3, 1, 'b')))).toEqual([]);
  });

  test('by somebody who says nothing of what she had read replaces nothing', () => {
    expect(heads(after(set(1, 0, 'a'), set(2, undefined, 'b')))).toEqual([1, 2]);
  });

  test('by somebody who claims to have read what comes later replaces what was there', () => {
    expect(heads(after(set(1, 0, 'a'), set(2, 99, 'b')))).toEqual([]);
    // But not what comes after.
    expect(heads(after(set(1, 99, 'a'), set(2, 0, 'b')))).toEqual([1, 2]);
  });
});

test('the same value is the same text, in whatever order', () => {
  expect(canonical({ a: 1, b: [{ c: null, d: 'x' }] })).toBe(canonical({ b: [{ d: 'x', c: null }], a: 1 }));
  expect(canonical({ a: undefined })).toBe(canonical({}));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }));
});

test('two differ in the fields that differ, and never in what they were written after', () => {
  expect(differences(set(1, 0, 'a').entry, set(2, 1, 'a').entry)).toEqual([]);
  expect(differences({ more: { x: 1 }, base: 1 }, { base: 2 })).toEqual(['more']);
});
