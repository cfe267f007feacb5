// Which team's key is real (SPEC §8). A server that could hand out a key of its own would read
// everything; so an entry is used only from a log that two witnesses have seen the same way.

import { HERSELF } from './consent';
import { DIGEST_BYTES } from './digest';
import { PUBLIC_KEY_BYTES } from './envelope';
import { alike, Reader, within, Writer, type Bytes } from './form';
import { isConsistent, isIncluded } from './merkle';
import { Refusal } from './refusal';
import { isSigned } from './signature';

/** What a team does, by its number. */
export const SERVICE = { counsel: 1, medical: 2, legal: 3, shelter: 4, police: 5, figures: 6 } as const;
/** The number of a service. */
export type Service = (typeof SERVICE)[keyof typeof SERVICE];

/** A team's key of one epoch, as the directory lists it. */
export interface Entry {
  team: Uint8Array;
  epoch: number;
  service: Service;
  publicKey: Uint8Array;
  /** UTC milliseconds; valid from then on. */
  validFrom: bigint;
  /** UTC milliseconds, later; from then on not valid any more. */
  validTo: bigint;
}

/** The directory at one moment. */
export interface Head {
  /** How many entries. */
  size: bigint;
  root: Uint8Array;
  /** UTC milliseconds. */
  at: bigint;
}

/** Bytes of a team's id. */
export const TEAM_BYTES = 16;
/** How many witnesses must have seen a head. */
export const WITNESSES = 2;
const FORM = 1;

/** The bytes of an entry: a leaf of the tree. */
export function writeEntry(entry: Entry): Bytes {
  const bytes = new Writer()
    .u8(FORM)
    .fixed(entry.team, TEAM_BYTES)
    .u32(entry.epoch)
    .u8(entry.service)
    .fixed(entry.publicKey, PUBLIC_KEY_BYTES)
    .u64(entry.validFrom)
    .u64(entry.validTo)
    .bytes();
  // Reading it back holds what is written to the same rules as what arrives.
  readEntry(bytes);
  return bytes;
}

/** An entry from its bytes. */
export function readEntry(bytes: Uint8Array): Entry {
  const reader = new Reader(bytes);
  reader.only(FORM);
  const entry: Entry = {
    team: reader.fixed(TEAM_BYTES),
    epoch: reader.u32(),
    service: within(reader.u8(), SERVICE.counsel, SERVICE.figures) as Service,
    publicKey: reader.fixed(PUBLIC_KEY_BYTES),
    validFrom: reader.u64(),
    validTo: reader.u64(),
  };
  reader.end();
  // Sixteen zero bytes and epoch 0 stand for herself, who is no team.
  if (alike(entry.team, HERSELF) || entry.epoch === 0 || entry.validFrom >= entry.validTo) reader.refuse();
  return entry;
}

/** The bytes of a head, which the log and the witnesses sign. */
export function writeHead(head: Head): Bytes {
  return new Writer().u8(FORM).u64(head.size).fixed(head.root, DIGEST_BYTES).u64(head.at).bytes();
}

/** A head from its bytes. */
export function readHead(bytes: Uint8Array): Head {
  const reader = new Reader(bytes);
  reader.only(FORM);
  const head = { size: reader.u64(), root: reader.fixed(DIGEST_BYTES), at: reader.u64() };
  reader.end();
  return head;
}

/** Everything that comes with an entry. Bytes: nothing of it is believed. */
export interface Claim {
  entry: Uint8Array;
  /** Its place in the directory, from 0. */
  index: bigint;
  /** From the leaf up. */
  proof: readonly Uint8Array[];
  head: Uint8Array;
  /** The log's signature of the head. */
  signature: Uint8Array;
  /** The witnesses', with the key each says is its own. */
  witnesses: readonly { key: Uint8Array; signature: Uint8Array }[];
  /** From the head used last to this one. */
  consistency: readonly Uint8Array[];
}

/** Whom a page believes: keys it was built with. */
export interface Trusted {
  logKey: Uint8Array;
  witnessKeys: readonly Uint8Array[];
}

/** An entry to close for, and the head to remember as the one used last. */
export interface Taken {
  entry: Entry;
  head: Head;
}

/**
 * Takes an entry if everything about it holds `now` (UTC milliseconds). `used` is the head that was
 * returned the last time.
 */
export function takeEntry(claim: Claim, trusted: Trusted, used: Head | null, now: bigint): Taken {
  const entry = readEntry(claim.entry);
  const head = readHead(claim.head);
  checkSigned(claim, trusted);
  if (used) checkFollows(head, used, claim.consistency);
  if (!isIncluded(claim.entry, claim.index, head.size, head.root, claim.proof)) throw new Refusal('entry_not_included');
  if (now < entry.validFrom || now >= entry.validTo) throw new Refusal('entry_not_valid_now');
  return { entry, head };
}

function checkSigned({ head, signature, witnesses }: Claim, { logKey, witnessKeys }: Trusted): void {
  if (!isSigned(logKey, 'head', head, signature)) throw new Refusal('head_not_signed');
  // Counted by our own list, each key once: a witness who signs twice is one, and one we do not
  // know is none.
  const known = witnessKeys.filter((key, at) => witnessKeys.findIndex((other) => alike(other, key)) === at);
  const signed = known.filter((key) => witnesses.some((one) => alike(one.key, key) && isSigned(key, 'head', head, one.signature)));
  if (signed.length < WITNESSES) throw new Refusal('too_few_witnesses');
}

function checkFollows(head: Head, used: Head, consistency: readonly Uint8Array[]): void {
  if (head.size < used.size || head.at < used.at) throw new Refusal('head_older');
  if (!isConsistent(used, head, consistency)) throw new Refusal('heads_disagree');
}
