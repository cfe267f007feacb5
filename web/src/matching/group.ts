// Elements and scalars of ristretto255, read strictly, and Lagrange at zero. Numbers of any size are
// not reckoned in constant time here: what runs in her browser for seconds is not a service that
// can be asked a million times.

import { ristretto255 } from '@noble/curves/ed25519.js';
import { expand } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { littleEndian } from '../seal/form';
import { Refusal } from './refusal';

/** The group. */
export const { Point } = ristretto255;
/** Its scalars. */
export const { Fn } = Point;

/** An element of the group. */
export type Element = InstanceType<typeof Point>;

const BYTES = 32;

/** An element: canonical, and not the identity. */
export function element(bytes: Uint8Array): Element {
  if (bytes.length !== BYTES) throw new Refusal('element_broken');
  const point = decoded(bytes);
  if (point.equals(Point.ZERO)) throw new Refusal('identity_element');
  return point;
}

function decoded(bytes: Uint8Array): Element {
  try {
    return Point.fromBytes(Uint8Array.from(bytes));
  } catch {
    // The library says which rule was broken; nobody needs to know more than that one was.
    throw new Refusal('element_broken');
  }
}

/** A scalar: canonical, and not zero. */
export function scalar(bytes: Uint8Array): bigint {
  if (bytes.length !== BYTES) throw new Refusal('scalar_broken');
  const number = littleEndian(bytes);
  if (number >= Fn.ORDER) throw new Refusal('scalar_broken');
  return notZero(number);
}

/** The scalar itself, unless it is zero. */
export function notZero(number: bigint): bigint {
  if (number === 0n) throw new Refusal('scalar_broken');
  return number;
}

/** 64 bytes of a derivation, as a scalar. */
export function wide(key: Uint8Array, label: Uint8Array): bigint {
  return notZero(Fn.create(littleEndian(expand(sha512, key, label, 64))));
}

/** How much the value at `x` counts for the value at 0 of the polynomial through all of `places`. */
export function weight(x: bigint, places: readonly bigint[]): bigint {
  const others = places.filter((place) => place !== x);
  return others.reduce((product, other) => Fn.mul(product, Fn.mul(other, Fn.inv(Fn.sub(other, x)))), 1n);
}
