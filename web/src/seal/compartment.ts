// One kind of content of a case, padded so that its length says little and closed so that it opens
// in its own place only (SPEC §4).

import { close, KEY_BYTES, NONCE_BYTES, open, TAG_BYTES } from './cipher';
import { exactly, label, within, Writer, type Bytes } from './form';
import { Refusal } from './refusal';

/** The kinds, by their number. Of a thread (`THREADS`) every version is a thing of its own, and all of them are kept. */
export const KIND = {
  contact: 1, identity: 2, incident: 3, perpetrator: 4, health: 5, psychosocial: 6,
  legal: 7, safety: 8, child: 9, evidence: 10, notes: 11, figures: 12, message: 13, casework: 14,
} as const;

/** The number of a kind. */
export type Kind = (typeof KIND)[keyof typeof KIND];

/** Every kind in order. */
export const KINDS: readonly Kind[] = Object.values(KIND);
/** What is said between her and the leading team, and the work on the case: no part of a report. */
export const THREADS: readonly Kind[] = [KIND.message, KIND.casework];
/** The twelve a report holds, all of them always. */
export const REPORT_KINDS: readonly Kind[] = KINDS.filter((kind) => !THREADS.includes(kind));

/** Where a compartment belongs; closed anywhere else, it does not open. */
export interface Place {
  /** The case's 16 bytes. */
  caseId: Uint8Array;
  kind: Kind;
  /** Counts from 1. */
  version: number;
}

/** Bytes of a case's number. */
export const CASE_BYTES = 16;

const KIB = 1024;
const LENGTH_BYTES = 4;
/** All a padded content can weigh. 3,900 Hangul syllables are 11,700 bytes: the first. */
const SIZES = [16, 32, 64, 128, 256, 512, 1024].map((size) => size * KIB);
/** A key closes one thing only, so its nonce need not differ. */
const ZERO_NONCE = new Uint8Array(NONCE_BYTES);

/** The most a compartment holds. */
export const CONTENT_BYTES_MAX = 1024 * KIB - LENGTH_BYTES;

/** Whether so many bytes can be a closed compartment; all a server can tell of one. */
export function isClosedSize(length: number): boolean {
  return SIZES.includes(length - TAG_BYTES);
}

/** `u8(kind) ‖ u32(version)` after the case: how every place begins. */
export function placeStart(writer: Writer, { caseId, kind, version }: Place): Writer {
  within(kind, 1, KINDS.length);
  within(version, 1, 0xffff_ffff);
  return writer.fixed(caseId, CASE_BYTES).u8(kind).u32(version);
}

function placeOf(place: Place): Bytes {
  return placeStart(new Writer().raw(label('compartment')), place).bytes();
}

/** Padded to the smallest size that holds it. */
export function pad(content: Uint8Array): Bytes {
  const needed = LENGTH_BYTES + content.length;
  const size = SIZES.find((one) => one >= needed);
  if (size === undefined) throw new Refusal('too_long');
  const padded = new Uint8Array(size);
  padded.set(new Writer().u32(content.length).bytes());
  padded.set(content, LENGTH_BYTES);
  return padded;
}

/** The content of a padded compartment. */
export function unpad(padded: Uint8Array): Bytes {
  if (!SIZES.includes(padded.length)) throw new Refusal('padding_broken');
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const end = LENGTH_BYTES + length;
  const least = SIZES.find((one) => one >= end);
  // A larger size than needed is not what the padding makes, so it is not the padding.
  if (least !== padded.length) throw new Refusal('padding_broken');
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new Refusal('padding_broken');
  return Uint8Array.from(padded.subarray(LENGTH_BYTES, end));
}

/** Closes one version of one compartment. The key must be new: a second use would break it. */
export async function closeCompartment(key: Uint8Array, place: Place, content: Uint8Array): Promise<Bytes> {
  return close(exactly(key, KEY_BYTES, 'key_not_whole'), ZERO_NONCE, placeOf(place), pad(content));
}

/**
 * Opens the compartment that is expected there. `seen` is the highest version this reader has
 * opened before, 0 for none: an older one is refused without being opened. Of threads every version
 * is read, so for them it is 0.
 */
export async function openCompartment(key: Uint8Array, expected: Place, closed: Uint8Array, seen = 0): Promise<Bytes> {
  const place = placeOf(expected);
  if (expected.version < seen) throw new Refusal('older_than_seen');
  const padded = await open(exactly(key, KEY_BYTES, 'key_not_whole'), ZERO_NONCE, place, closed);
  if (!padded) throw new Refusal('not_for_this_place');
  return unpad(padded);
}
