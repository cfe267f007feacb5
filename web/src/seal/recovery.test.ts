import { combine, split } from 'shamir-secret-sharing';
import { describe, expect, test } from 'vitest';
import { browserChance } from './chance';
import { join, type Bytes } from './form';
import { joinShares, SHARE_BYTES, splitSeed } from './recovery';
import { Refusal } from './refusal';
import { flipped, misfits } from './spoilt';

const team = browserChance(16);
const seed = browserChance(32);
const shares = splitSeed(team, 6, seed, browserChance) as [Bytes, Bytes, Bytes];
const [one, two, three] = shares;
const code = (given: readonly Uint8Array[]) => {
  try {
    joinShares(given);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).code;
  }
  return 'taken';
};

describe('a lost key', () => {
  test('is given back by any two of three, or all', () => {
    expect(shares.map((share) => share.length)).toEqual([SHARE_BYTES, SHARE_BYTES, SHARE_BYTES]);
    for (const given of [[one, two], [one, three], [three, two], [three, one, two]]) {
      expect(joinShares(given)).toEqual({ team, epoch: 6, seed });
    }
  });

  test('is not given back by one, by one twice, or by shares of two keys', () => {
    expect(code([])).toBe('too_few_shares');
    expect(code([one])).toBe('too_few_shares');
    expect(code([one, one])).toBe('same_share_twice');
    expect(code([one, two, one])).toBe('same_share_twice');
    for (const [otherTeam, epoch, other] of [[browserChance(16), 6, seed], [team, 7, seed], [team, 6, browserChance(32)]] as const) {
      expect(code([one, splitSeed(otherTeam, epoch, other, browserChance)[1]!])).toBe('shares_do_not_fit');
    }
  });

  test('is never given back wrong: every bit of a share counts', () => {
    for (const wrong of flipped(two)) {
      for (const given of [[one, wrong], [one, three, wrong]]) expect(['shares_do_not_fit', 'form_broken', 'same_share_twice']).toContain(code(given));
    }
    for (const wrong of misfits(two)) expect(code([one, wrong])).toBe('form_broken');
  });

  test('is not given back by three of which two are changed alike', () => {
    // Through three points a curve is laid on which two equal changes cancel; on a line they do not.
    const changed = [two, three].map((share) => share.map((byte, at) => (at === 30 ? byte ^ 1 : byte)));
    expect(code([one, ...changed])).toBe('shares_do_not_fit');
  });

  test('is reckoned as an audited library does', async () => {
    const secret = await combine(shares.slice(1).map((share) => join(share.slice(22), share.slice(21, 22))));
    expect(secret.slice(0, 32)).toEqual(seed);
    // The library draws its own places; those that happen to be ours are joined here.
    for (let found = 0; found < 3; ) {
      const theirs = (await split(secret, 255, 2)).filter((share) => (share.at(-1) ?? 0) <= 3);
      const again = theirs.map((share) => join(Uint8Array.of(1), team, Uint8Array.of(0, 0, 0, 6), share.slice(-1), share.slice(0, -1)));
      expect(joinShares(again)).toEqual({ team, epoch: 6, seed });
      found += again.length;
    }
  });
});
