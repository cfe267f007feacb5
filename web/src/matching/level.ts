// Levels of two, three and five people: for each a polynomial that grows from what the identifier
// gives, and for each person one point on it (SPEC §4).

import { extract } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../seal/form';
import { exactly, hash, labelled } from './form';
import { element, Fn, notZero, Point, scalar, wide, type Element } from './group';
import { Refusal } from './refusal';

/** How many people a level needs, the fewest first. */
export const LEVELS = [2, 3, 5] as const;

/** One of them. */
export type Level = (typeof LEVELS)[number];

/** Bytes of what an identifier gives. */
export const KNOWN_BYTES = 64;
/** Bytes of what makes a person one person. */
export const PERSON_BYTES = 32;

/** One person's point on the polynomial of a level, with what it is checked against. */
export interface Share {
  level: Level;
  commitments: Bytes[];
  x: Bytes;
  y: Bytes;
}

/** The level of so many people. */
export function levelOf(people: number): Level {
  const level = LEVELS.find((one) => one === people);
  if (level === undefined) throw new Refusal('level_unknown');
  return level;
}

/** The coefficients of a level's polynomial: only who knows the identifier can make them. */
export function coefficientsOf(known: Uint8Array, level: Level): bigint[] {
  const key = exactly(known, KNOWN_BYTES);
  return Array.from({ length: level }, (_, at) => wide(key, labelled('coefficient', Uint8Array.of(level, at))));
}

const valueAt = (coefficients: readonly bigint[], x: bigint) =>
  notZero(coefficients.reduceRight((sum, coefficient) => Fn.add(Fn.mul(sum, x), coefficient), 0n));

/** One person's share. */
export function shareOf(known: Uint8Array, person: Uint8Array, level: Level): Share {
  const coefficients = coefficientsOf(known, level);
  const key = extract(sha512, exactly(person, PERSON_BYTES), exactly(known, KNOWN_BYTES));
  // Another at each level: where two were alike, the levels of chance would show.
  const x = wide(key, labelled('person', Uint8Array.of(level)));
  const bytes = (number: bigint) => Uint8Array.from(Fn.toBytes(number));
  const commitments = coefficients.map((coefficient) => Uint8Array.from(Point.BASE.multiply(coefficient).toBytes()));
  return { level, commitments, x: bytes(x), y: bytes(valueAt(coefficients, x)) };
}

/** The value at zero, which opens the level. */
export function secretOf(known: Uint8Array, level: Level): Bytes {
  return Uint8Array.from(Fn.toBytes(valueAt(coefficientsOf(known, level), 0n)));
}

/** What two people's shares of the same identifier have in common. */
export function tagOf(share: Share): Bytes {
  return hash('tag', Uint8Array.of(share.level), ...share.commitments);
}

/** Checks a share against its commitments (Feldman). */
export function checkShare(share: Share): void {
  if (share.commitments.length !== share.level) throw new Refusal('form_broken');
  const [x, y] = [scalar(share.x), scalar(share.y)];
  const times = (point: Element) => (point.equals(Point.ZERO) ? point : point.multiply(x));
  const committed = share.commitments.map(element).reduceRight<Element>((sum, commitment) => times(sum).add(commitment), Point.ZERO);
  if (!committed.equals(Point.BASE.multiply(y))) throw new Refusal('share_wrong');
}
