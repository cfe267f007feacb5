import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { KIND, type Place } from './compartment';
import type { Bytes } from './form';
import { Refusal } from './refusal';
import { flipped, misfits } from './spoilt';
import { moveColumn, TeamKey, withdrawColumn, type TeamKeyPlace } from './team';
import { COLUMNS, dummyWrap, findColumn, openWrap, wrapFor, type Column } from './wrap';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const place: TeamKeyPlace = { team: browserChance(16), epoch: 4, device: browserChance(16) };
let team: TeamKey;
let device: TeamKey;
let closed: Bytes;
const code = async (act: Promise<unknown>) => {
  const error = await act.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).code;
};

beforeAll(async () => {
  [team, device] = [await TeamKey.draw(browserChance), await TeamKey.draw(browserChance)];
  closed = await team.closeFor(device.publicKey, place, browserChance);
});

describe('a team\'s key', () => {
  test('opens on the device it was closed for, as the same key', async () => {
    const opened = await TeamKey.open(device, place, closed);
    expect(opened.publicKey).toEqual(team.publicKey);
    expect(opened.share((seed) => [...seed])).toEqual(team.share((seed) => [...seed]));
    expect(JSON.stringify(opened)).not.toContain(team.share((seed) => JSON.stringify(seed).slice(1, -1)));
  });

  test('opens on no other, for no other team or epoch, and changed by no bit', async () => {
    expect(await code(TeamKey.open(team, place, closed))).toBe('not_for_you');
    for (const other of [{ team: browserChance(16) }, { epoch: 5 }, { device: browserChance(16) }]) {
      expect(await code(TeamKey.open(device, { ...place, ...other }, closed))).toBe('not_for_you');
    }
    for (const wrong of flipped(closed, 24)) expect(await code(TeamKey.open(device, place, wrong))).toBe('not_for_you');
    for (const wrong of misfits(closed)) expect(await code(TeamKey.open(device, place, wrong))).toBe('wrap_not_whole');
  });
});

describe('when somebody leaves', () => {
  const at: Place = { caseId: browserChance(16), kind: KIND.safety, version: 1 };
  const columns: Column[] = Array.from({ length: COLUMNS }, () => ({ mark: browserChance(32) }));
  const contentKey = browserChance(32);
  let wraps: Uint8Array[];
  let next: TeamKey;

  beforeAll(async () => {
    next = await TeamKey.draw(browserChance);
    wraps = await Promise.all(columns.map((beside, column) => (column === 3 ? wrapFor(team.publicKey, contentKey, at, 3, beside, browserChance) : dummyWrap(at, column, beside, browserChance))));
  });

  test('the next key opens what was moved, and the old one does not', async () => {
    const move = { from: team, to: next.publicKey };
    const moved = await moveColumn(move, wraps, at, columns, 3, true, browserChance);
    expect(await findColumn(next, moved, at, columns)).toEqual({ key: contentKey, column: 3 });
    expect(await code(findColumn(team, moved, at, columns))).toBe('not_for_you');
    expect(moved.filter((wrap, column) => wrap === wraps[column])).toHaveLength(COLUMNS - 1);
  });

  test('a dummy in its column is made anew, so that it does not stand out', async () => {
    const move = { from: team, to: next.publicKey };
    const moved = await moveColumn(move, wraps, at, columns, 2, false, browserChance);
    expect(moved[2]).not.toEqual(wraps[2]);
    expect(await code(openWrap(next, moved, at, columns, 2))).toBe('not_for_you');
    expect(await code(moveColumn(move, wraps, at, columns, 2, true, browserChance))).toBe('not_for_you');
  });

  test('or a consent is withdrawn, its column opens no more', async () => {
    const after = await withdrawColumn(wraps, at, columns, 3, browserChance);
    expect(await code(openWrap(team, after, at, columns, 3))).toBe('not_for_you');
    expect(await code(withdrawColumn(wraps, at, columns, 8, browserChance))).toBe('form_broken');
  });
});
