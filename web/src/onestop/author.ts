// Who wrote something. Nobody is an author because the server says so: the bytes are signed, and
// the key is her mailbox's or that of a device the directory proves.

import type { Kind } from '../seal/compartment';
import { digest } from '../seal/digest';
import { alike, type Bytes } from '../seal/form';
import { Refusal } from '../seal/refusal';
import { checkAmended, type Manifest } from '../seal/report';
import { checkWritten } from '../seal/written';
import { fromBase64 } from './base64';
import type { Written } from './wire';

/** A caseworker's device, as the directory proves it. */
export interface Author {
  device: string;
  /** The center's id, in base64url. */
  center: string;
  signingKey: Bytes;
}

/** The device of this id, or `null` when the directory proves none. */
export type Authors = (device: string) => Author | null;

/** What was signed by somebody we do not know: it may be anybody's. */
export class UnknownAuthor extends Error {
  override readonly name = 'UnknownAuthor';
}

/** What of a writing is bytes. */
export interface Checked {
  closed: Bytes;
  wraps: Bytes[];
  /** `null`: she. */
  author: Author | null;
}

/**
 * The bytes of a writing whose every signature holds: its author's, and of each who replaced its
 * wraps since. `mayWrite` says which centers' devices may be authors of it.
 */
export function checkedWriting(written: Written, manifest: Manifest, authors: Authors, mayWrite: (center: string) => boolean): Checked {
  const author = written.author === null ? null : authors(written.author);
  if (written.author !== null && (!author || !mayWrite(author.center))) throw new UnknownAuthor();
  const closed = fromBase64(written.closed);
  const wraps = written.wraps.map(fromBase64);
  const signature = written.signature === null ? null : fromBase64(written.signature);
  const by = signature === null ? null : { signingKey: author?.signingKey ?? manifest.signingKey, signature };
  // A version 1 of the report is hers alone, whoever's name stands beside it.
  if (!by && author) throw new UnknownAuthor();
  const moves = written.moves.map((one) => ({
    before: fromBase64(one.wraps_before),
    signingKey: one.author === null ? manifest.signingKey : (authors(one.author)?.signingKey ?? null),
    signature: fromBase64(one.signature),
  }));
  const known = moves.flatMap(({ signingKey, ...move }) => (signingKey ? [{ ...move, signingKey }] : []));
  const { kind, version } = written;
  if (known.length === moves.length) checkWritten(manifest, { kind: kind as Kind, version, closed, wraps, by, moves: known });
  else checkContent(manifest, { kind, version }, closed, by, moves[0]?.before);
  return { closed, wraps, author };
}

/**
 * Where a device that moved the wraps is listed no more, because its owner has left: what was
 * written is still signed, with the wraps as they were at first, and a key that opens it can only
 * come from somebody who had it.
 */
function checkContent(manifest: Manifest, { kind, version }: { kind: number; version: number }, closed: Bytes, by: { signingKey: Uint8Array; signature: Uint8Array } | null, before: Bytes | undefined): void {
  const closedHash = digest(closed);
  if (by && before) return checkAmended({ caseId: manifest.caseId, kind: kind as Kind, version }, { closedHash, wrapsHash: before }, by.signingKey, by.signature);
  const named = manifest.compartments[kind - 1];
  if (by || version !== 1 || !named || !alike(named.closedHash, closedHash)) throw new Refusal('signature_wrong');
}
