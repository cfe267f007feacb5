// Giving back a lost team key: two of three supervisors, no one alone (SPEC §9). Shamir's sharing
// over GF(2^8), byte by byte, with a check value: without one, wrong shares give a wrong key and no
// error.
//
// The arithmetic is our own because the places are fixed to 1, 2 and 3 and the random bits are an
// argument; the libraries draw both. The tests hold it to one of them.

import type { Chance } from './chance';
import { digest } from './digest';
import { TEAM_BYTES } from './directory';
import { SEED_BYTES } from './envelope';
import { alike, exactly, join, label, Reader, within, Writer, type Bytes } from './form';
import { Refusal } from './refusal';

/** How many shares are made. */
export const SHARES = 3;
/** How many give the key back. */
export const SHARES_NEEDED = 2;
/** Bytes of a share. */
export const SHARE_BYTES = 62;

const FORM = 1;
const CHECK_BYTES = 8;
const SECRET_BYTES = SEED_BYTES + CHECK_BYTES;
/** x^8 + x^4 + x^3 + x + 1, the polynomial of AES. */
const POLYNOMIAL = 0x11b;

/** What was lost, and whose. */
export interface Recovered {
  team: Bytes;
  epoch: number;
  seed: Bytes;
}

/** Three shares of a team's private key, one for each supervisor. */
export function splitSeed(team: Uint8Array, epoch: number, seed: Uint8Array, chance: Chance): Bytes[] {
  const own = exactly(seed, SEED_BYTES, 'key_not_whole');
  const secret = join(own, checkOf(team, epoch, own));
  const slope = exactly(chance(SECRET_BYTES), SECRET_BYTES);
  return Array.from({ length: SHARES }, (_, at) => {
    const x = at + 1;
    const y = secret.map((byte, place) => byte ^ multiply(x, slope[place] ?? 0));
    return new Writer().u8(FORM).fixed(team, TEAM_BYTES).u32(epoch).u8(x).raw(y).bytes();
  });
}

/** The key of two or three shares. */
export function joinShares(shares: readonly Uint8Array[]): Recovered {
  const read = shares.map(readShare);
  const [first, second] = read;
  if (!first || !second) throw new Refusal('too_few_shares');
  if (new Set(read.map(({ x }) => x)).size !== read.length) throw new Refusal('same_share_twice');
  if (read.some(({ team, epoch }) => epoch !== first.epoch || !alike(team, first.team))) throw new Refusal('shares_do_not_fit');
  const secret = lineAtZero(first, second);
  // A third share must lie on the same line: a wrong one must not hide behind two right ones.
  if (read.slice(2).some((third) => !alike(lineAtZero(first, third), secret))) throw new Refusal('shares_do_not_fit');
  const seed = secret.slice(0, SEED_BYTES);
  if (!alike(secret.subarray(SEED_BYTES), checkOf(first.team, first.epoch, seed))) throw new Refusal('shares_do_not_fit');
  secret.fill(0);
  return { team: first.team, epoch: first.epoch, seed };
}

interface Share {
  team: Bytes;
  epoch: number;
  x: number;
  y: Bytes;
}

function readShare(bytes: Uint8Array): Share {
  const reader = new Reader(bytes);
  reader.only(FORM);
  const share = {
    team: reader.fixed(TEAM_BYTES),
    epoch: reader.u32(),
    x: within(reader.u8(), 1, SHARES),
    y: reader.fixed(SECRET_BYTES),
  };
  reader.end();
  return share;
}

function checkOf(team: Uint8Array, epoch: number, seed: Uint8Array): Bytes {
  const place = new Writer().fixed(team, TEAM_BYTES).u32(epoch).bytes();
  return digest(label('recovery'), place, seed).slice(0, CHECK_BYTES);
}

/** Where the line through two shares meets zero: `(y1·x2 + y2·x1) / (x1 + x2)`. */
function lineAtZero(one: Share, other: Share): Bytes {
  const apart = inverse(one.x ^ other.x);
  return one.y.map((y, at) => multiply(apart, multiply(other.x, y) ^ multiply(one.x, other.y[at] ?? 0)));
}

/** A product in GF(2^8), in the same steps whatever the second factor is: that one is secret. */
function multiply(known: number, secret: number): number {
  let product = 0;
  let power = secret;
  for (let bit = 0; bit < 8; bit += 1) {
    product ^= -((known >> bit) & 1) & power;
    power = (power << 1) ^ (-(power >> 7) & POLYNOMIAL);
  }
  return product;
}

/** The 254th power, which is the inverse in a field of 256. */
function inverse(number: number): number {
  let power = 1;
  for (let times = 0; times < 254; times += 1) power = multiply(number, power);
  return power;
}
