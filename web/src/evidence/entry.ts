// A new entry of the list, and what the custody log calls a file.

import { fromBase64, toBase64 } from '../onestop/base64';
import type { Chance } from '../seal/chance';
import { evidenceLeaf } from '../seal/custody';
import type { Bytes } from '../seal/form';
import type { EvidenceFile } from './list';

/** The longest name that is kept. */
const NAME_LENGTH_MAX = 1_000;
const HOUR_MILLIS = 3_600_000;

/** What the custody log calls a piece of evidence. */
export function leafOf({ salt, sha256 }: Pick<EvidenceFile, 'salt' | 'sha256'>): Bytes {
  return evidenceLeaf(fromBase64(salt), fromBase64(sha256));
}

/** A new entry, with a number, a key and a salt of its own. */
export function newFile(what: { name: string; size: number; mime: string; sha256: Bytes; now: number; strippedOf?: string }, chance: Chance): EvidenceFile {
  const { name, size, mime, sha256, now, strippedOf } = what;
  return {
    id: toBase64(chance(16)), name: [...name].slice(0, NAME_LENGTH_MAX).join(''), size, mime, sha256: toBase64(sha256), salt: toBase64(chance(16)), key: toBase64(chance(32)),
    ...(strippedOf ? { stripped_of: strippedOf } : {}), added_at: Math.floor(now / HOUR_MILLIS) * HOUR_MILLIS,
  };
}
