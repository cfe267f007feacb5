// Labels and hashes of the matching (SPEC §1).

import { sha256 } from '@noble/hashes/sha2.js';
import { join, type Bytes } from '../seal/form';
import { Refusal, type RefusalCode } from './refusal';

/** What each label closes off from all other uses of the same key. */
export type Label = 'tag' | 'coefficient' | 'person' | 'wrap' | 'body' | 'withdrawal' | 'entry' | 'spend';

/** A label, and what follows it. */
export function labelled(name: Label, ...parts: readonly Uint8Array[]): Bytes {
  return join(new TextEncoder().encode(`waylight/matching/v1/${name}`), ...parts);
}

/** SHA-256 of a label and what follows it. */
export function hash(name: Label, ...parts: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(sha256(labelled(name, ...parts)));
}

/** A copy of exactly so many bytes, or the refusal. */
export function exactly(bytes: Uint8Array, length: number, code: RefusalCode = 'form_broken'): Bytes {
  if (bytes.length !== length) throw new Refusal(code);
  return Uint8Array.from(bytes);
}
