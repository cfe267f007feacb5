// What happens to a case after it was sent (SPEC §7): wraps that are replaced, and how a reader
// follows from what was signed to what is there now.

import { isClosedSize, placeStart, REPORT_KINDS, type Kind, type Place } from './compartment';
import { DIGEST_BYTES } from './digest';
import { alike, exactly, Writer, type Bytes } from './form';
import type { Signer } from './keys';
import { Refusal } from './refusal';
import { checkAmended, nameOf, type Manifest } from './report';
import { isSigned } from './signature';
import { wholeWraps } from './wrap';

/** Wraps that were replaced: hashes of the ciphertext, which stays, and of the eight joined. */
export interface Moved {
  closedHash: Uint8Array;
  before: Uint8Array;
  after: Uint8Array;
}

/** Who signed, and the signature. */
export interface By {
  /** Her mailbox's key, or the one the directory has for the device. */
  signingKey: Uint8Array;
  signature: Uint8Array;
}

/** One record of wraps replaced, as it is kept: what it led to is where the next one begins. */
export interface Move extends By {
  /** The hash of the wraps it began with. */
  before: Uint8Array;
}

/** One version of one compartment as it is stored. Bytes: nothing of it is believed. */
export interface Written {
  kind: Kind;
  version: number;
  closed: Uint8Array;
  /** The wraps that are there now. */
  wraps: readonly Uint8Array[];
  /** Who wrote it; `null` for version 1 of the report's twelve, which the manifest names. */
  by: By | null;
  /** Every record of wraps replaced, in their order. */
  moves: readonly Move[];
}

/** Signs that wraps were replaced, as her mailbox or as a member's device. */
export function signMoved(author: Signer, place: Place, moved: Moved): Bytes {
  return author.sign('moved', movement(place, moved));
}

/** Passes only if this key has signed that. */
export function checkMoved(place: Place, moved: Moved, signingKey: Uint8Array, signature: Uint8Array): void {
  if (!isSigned(signingKey, 'moved', movement(place, moved), signature)) throw new Refusal('signature_wrong');
}

function movement(place: Place, { closedHash, before, after }: Moved): Bytes {
  const start = placeStart(new Writer(), place).fixed(closedHash, DIGEST_BYTES);
  return start.fixed(before, DIGEST_BYTES).fixed(after, DIGEST_BYTES).bytes();
}

/**
 * Passes only if what is there follows from what was signed. The manifest was verified before;
 * whether an author may write or move here is for who reads to say, from the directory.
 */
export function checkWritten(manifest: Manifest, { kind, version, closed, wraps, by, moves }: Written): void {
  const place = { caseId: manifest.caseId, kind, version };
  placeStart(new Writer(), place);
  wholeWraps(wraps);
  if (!isClosedSize(closed.length)) throw new Refusal('form_broken');
  const { closedHash, wrapsHash } = nameOf({ closed, wraps });
  const begins = moves.map(({ before }) => exactly(before, DIGEST_BYTES));
  const signed = { closedHash, wrapsHash: begins[0] ?? wrapsHash };
  const named = version === 1 && REPORT_KINDS.includes(kind) ? manifest.compartments[kind - 1] : undefined;
  if (named && by) throw new Refusal('form_broken');
  if (by) checkAmended(place, signed, by.signingKey, by.signature);
  else if (!named || !alike(named.closedHash, signed.closedHash) || !alike(named.wrapsHash, signed.wrapsHash)) throw new Refusal('signature_wrong');
  for (const [at, { signingKey, signature }] of moves.entries()) {
    checkMoved(place, { closedHash, before: begins[at] ?? wrapsHash, after: begins[at + 1] ?? wrapsHash }, signingKey, signature);
  }
}
