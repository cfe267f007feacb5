import { x25519 } from '@noble/curves/ed25519.js';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { KIND, type Place } from './compartment';
import { PUBLIC_KEY_BYTES, wholePublicKey } from './envelope';
import { join, type Bytes } from './form';
import { flipped, misfits, refusedLater } from './spoilt';
import { TeamKey } from './team';
import { COLUMNS, dummyWrap, findAmong, findColumn, openWrap, WRAP_BYTES, wrapFor, type Column } from './wrap';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const place: Place = { caseId: browserChance(16), kind: KIND.contact, version: 1 };
const columns: Column[] = Array.from({ length: COLUMNS }, () => ({ mark: browserChance(32) }));
const contentKey = browserChance(32);
const HERS = 5;
let key: TeamKey;
let other: TeamKey;
let wraps: Bytes[];

beforeAll(async () => {
  [key, other] = [await TeamKey.draw(browserChance), await TeamKey.draw(browserChance)];
  wraps = await Promise.all(columns.map((beside, column) => (column === HERS ? wrapFor(key.publicKey, contentKey, place, column, beside, browserChance) : dummyWrap(place, column, beside, browserChance))));
});

const instead = <T>(all: readonly T[], at: number, one: T) => all.map((kept, place) => (place === at ? one : kept));

describe('eight wraps', () => {
  test('look the same, whoever they are for', () => {
    expect(wraps.map((wrap) => wrap.length)).toEqual(Array.from({ length: COLUMNS }, () => WRAP_BYTES));
    expect(new Set(wraps.map((wrap) => wrap.join())).size).toBe(COLUMNS);
  });

  test('open for their reader, who finds her column by trying', async () => {
    expect(await findColumn(key, wraps, place, columns)).toEqual({ key: contentKey, column: HERS });
    expect(await openWrap(key, wraps, place, columns, HERS)).toEqual(contentKey);
  });

  test('open for a team with keys of several epochs, which is told which it was', async () => {
    expect(await findAmong([other, key], wraps, place, columns)).toEqual({ key: contentKey, column: HERS, opener: 1 });
    expect((await findAmong([key, other], wraps, place, columns)).opener).toBe(0);
    for (const keys of [[], [other]]) await refusedLater(findAmong(keys, wraps, place, columns), 'not_for_you');
    await refusedLater(findAmong([other, key], wraps.slice(1), place, columns), 'wraps_not_eight');
    await refusedLater(findAmong([key], wraps, { ...place, version: 0 }, columns), 'form_broken');
  });

  test('open for nobody else and nowhere else', async () => {
    await refusedLater(findColumn(other, wraps, place, columns), 'not_for_you');
    await refusedLater(openWrap(key, wraps, place, columns, 4), 'not_for_you');
    for (const elsewhere of [{ caseId: browserChance(16) }, { kind: KIND.legal }, { version: 2 }]) {
      await refusedLater(openWrap(key, wraps, { ...place, ...elsewhere }, columns, HERS), 'not_for_you');
    }
    const otherConsent = instead(columns, HERS, { mark: browserChance(32) });
    await refusedLater(openWrap(key, wraps, place, otherConsent, HERS), 'not_for_you');
    const moved = instead(instead(wraps, 4, wraps[HERS]!), HERS, wraps[4]!);
    await refusedLater(findColumn(key, moved, place, instead(columns, 4, columns[HERS]!)), 'not_for_you');
  });

  test('that were changed by a bit do not open', async () => {
    for (const wrap of flipped(wraps[HERS]!, 40)) await refusedLater(openWrap(key, instead(wraps, HERS, wrap), place, columns, HERS), 'not_for_you');
  });

  test('are counted and measured before anything is opened', async () => {
    await refusedLater(findColumn(key, wraps.slice(1), place, columns), 'wraps_not_eight');
    await refusedLater(findColumn(key, [...wraps, wraps[0]!], place, columns), 'wraps_not_eight');
    for (const wrong of misfits(wraps[0]!)) await refusedLater(findColumn(key, instead(wraps, 7, wrong), place, columns), 'wrap_not_whole');
    for (const column of [-1, 8, 1.5]) await refusedLater(openWrap(key, wraps, place, columns, column), 'form_broken');
    await refusedLater(findColumn(key, wraps, place, columns.slice(1)), 'form_broken');
  });

  test('are closed for no key that is none', async () => {
    const close = (publicKey: Uint8Array) => wrapFor(publicKey, contentKey, place, 0, columns[0]!, browserChance);
    for (const wrong of [...misfits(key.publicKey), new Uint8Array(PUBLIC_KEY_BYTES).fill(255)]) await refusedLater(close(wrong), 'key_not_whole');
    const atModulus = Uint8Array.from(key.publicKey);
    atModulus.set([0x01, 0x0d | (atModulus[1]! & 0xf0)]);
    await refusedLater(close(atModulus), 'key_not_whole');
    atModulus.set([0x00]);
    expect(await close(atModulus)).toHaveLength(WRAP_BYTES);
    await refusedLater(TeamKey.ofSeed(browserChance(31)), 'key_not_whole');
  });

  test('are closed for no key that agrees on the same with everybody', async () => {
    const FIELD = 2n ** 255n - 19n;
    const bytes = (number: bigint): Bytes => Uint8Array.from({ length: 32 }, (_, at) => Number((number >> BigInt(8 * at)) & 0xffn));
    const eighth = 325606250916557431795983626356110631294008115727848805560023387167927233504n;
    const otherEighth = 39382357235489614581723060781553021112529911719440698176882885853963445705823n;
    const small = [0n, 1n, FIELD - 1n, eighth, otherEighth, FIELD, FIELD + 1n].flatMap((number) => [bytes(number), bytes(number | (1n << 255n))]);
    for (const half of small) {
      expect(() => x25519.getSharedSecret(browserChance(32), half)).toThrow();
      const publicKey = join(key.publicKey.subarray(0, -32), half);
      expect(() => wholePublicKey(publicKey)).toThrow('key_not_whole');
      // As an encapsulation it opens nothing, whatever stands behind it.
      const wrap = Uint8Array.from(wraps[HERS]!);
      wrap.set(half, 1088);
      await refusedLater(openWrap(key, instead(wraps, HERS, wrap), place, columns, HERS), 'not_for_you');
    }
    for (const number of [2n, 9n, FIELD - 2n, eighth + 1n]) expect(wholePublicKey(join(key.publicKey.subarray(0, -32), bytes(number)))).toHaveLength(PUBLIC_KEY_BYTES);
  });
});
