// Ed25519 over `label ‖ what is signed`, verified as strictly as the other side does.

import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { exactly, join, label, littleEndian, type Bytes, type Label } from './form';

/** Bytes of a signature. */
export const SIGNATURE_BYTES = 64;
/** Bytes of the key that verifies. */
export const SIGNING_KEY_BYTES = 32;

const HALF = 32;

/** The key others verify with, of a 32-byte seed. */
export function signingKeyOf(seed: Uint8Array): Bytes {
  return Uint8Array.from(ed25519.getPublicKey(exactly(seed, SIGNING_KEY_BYTES)));
}

/** Signs for one use only, which the label names. */
export function sign(seed: Uint8Array, name: Label, message: Uint8Array): Bytes {
  return Uint8Array.from(ed25519.sign(join(label(name), message), exactly(seed, SIGNING_KEY_BYTES)));
}

/** Whether this key has signed this for this use. */
export function isSigned(key: Uint8Array, name: Label, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== SIGNING_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const signed = join(label(name), message);
  return ed25519.verify(signature, signed, key, { zip215: false }) && holdsWithoutCofactor(key, signed, signature);
}

/**
 * The equation without its cofactor, and no `R` of small order. The library's strict mode still
 * multiplies both sides by eight, and so takes signatures that the Rust side refuses: a signer
 * could make one that this page believes and the server does not.
 */
function holdsWithoutCofactor(key: Uint8Array, signed: Uint8Array, signature: Uint8Array): boolean {
  const { Point } = ed25519;
  const left = signature.subarray(0, HALF);
  const challenge = Point.Fn.create(littleEndian(sha512(join(left, key, signed))));
  const r = Point.fromBytes(left);
  const s = littleEndian(signature.subarray(HALF));
  const reckoned = Point.BASE.multiplyUnsafe(s).subtract(Point.fromBytes(key).multiplyUnsafe(challenge));
  return !r.isSmallOrder() && reckoned.equals(r);
}
