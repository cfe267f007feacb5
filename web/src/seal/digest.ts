// SHA-256 and the keys derived with it (SPEC §1). Not WebCrypto's, which would make every form
// that holds a hash wait for a promise.

import { expand } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { exactly, join, label, type Bytes, type Label } from './form';

/** Bytes of a hash, and of every key derived. */
export const DIGEST_BYTES = 32;

/** `H`: SHA-256 of all parts, one after the other. */
export function digest(...parts: readonly Uint8Array[]): Bytes {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

/** `KDF`: HKDF-Expand of a uniform 32-byte root, told apart by the label. */
export function derive(root: Uint8Array, name: Label): Bytes {
  return join(expand(sha256, exactly(root, DIGEST_BYTES), label(name), DIGEST_BYTES));
}
