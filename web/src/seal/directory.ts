// Which team's key and whose device is real (SPEC §8). A server that could hand out a key of its own would read
// everything; so an entry is used only from a log that two witnesses have seen the same way.

import { HERSELF } from './consent';
import { DIGEST_BYTES } from './digest';
import { PUBLIC_KEY_BYTES } from './envelope';
import { alike, Reader, within, Writer, type Bytes } from './form';
import { isConsistent, isIncluded } from './merkle';
import { Refusal } from './refusal';
import { isSigned, SIGNING_KEY_BYTES } from './signature';

/** What a team does, by its number. */
export const SERVICE = { counsel: 1, medical: 2, legal: 3, shelter: 4, police: 5, figures: 6 } as const;
/** The number of a service. */
export type Service = (typeof SERVICE)[keyof typeof SERVICE];

/** The byte an entry begins with. */
export const ENTRY_FORM = { teamKey: 1, device: 2 } as const;

/** A team's key of one epoch, as the directory lists it. */
export interface TeamKeyEntry {
  form: typeof ENTRY_FORM.teamKey;
  team: Uint8Array;
  epoch: number;
  service: Service;
  publicKey: Uint8Array;
  /** UTC milliseconds; valid from then on. */
  validFrom: bigint;
  /** UTC milliseconds, later; from then on not valid any more. */
  validTo: bigint;
}

/** The keys of one device of one member of a team. */
export interface DeviceEntry {
  form: typeof ENTRY_FORM.device;
  team: Uint8Array;
  device: Uint8Array;
  /** What it signs answers with. */
  signingKey: Uint8Array;
  /** What the team's key is closed for. */
  publicKey: Uint8Array;
  /** UTC milliseconds; valid from then on. */
  validFrom: bigint;
  /** UTC milliseconds, later; from then on not valid any more. */
  validTo: bigint;
}

/** A leaf of the directory. */
export type Entry = TeamKeyEntry | DeviceEntry;

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
/** Bytes of a device's id. */
export const DEVICE_BYTES = 16;
/** How many witnesses must have seen a head. */
export const WITNESSES = 2;
/** How old a head may be: 72 hours. */
export const HEAD_AGE_MS = 72n * 60n * 60n * 1000n;
/** How far ahead of the page's clock: 10 minutes. */
export const HEAD_AHEAD_MS = 10n * 60n * 1000n;
const FORM = 1;

/** The bytes of an entry: a leaf of the tree. */
export function writeEntry(entry: Entry): Bytes {
  const writer = new Writer().u8(entry.form).fixed(entry.team, TEAM_BYTES);
  if (entry.form === ENTRY_FORM.teamKey) writer.u32(entry.epoch).u8(entry.service);
  else writer.fixed(entry.device, DEVICE_BYTES).fixed(entry.signingKey, SIGNING_KEY_BYTES);
  const bytes = writer.fixed(entry.publicKey, PUBLIC_KEY_BYTES).u64(entry.validFrom).u64(entry.validTo).bytes();
  // Reading it back holds what is written to the same rules as what arrives.
  readEntry(bytes);
  return bytes;
}

/** An entry of either form from its bytes. */
export function readEntry(bytes: Uint8Array): Entry {
  const reader = new Reader(bytes);
  const form = reader.u8();
  const entry = form === ENTRY_FORM.teamKey ? readTeamKey(reader) : form === ENTRY_FORM.device ? readDevice(reader) : reader.refuse();
  reader.end();
  // Sixteen zero bytes and epoch 0 stand for herself, who is no team.
  const isNoTeam = alike(entry.team, HERSELF) || (entry.form === ENTRY_FORM.teamKey && entry.epoch === 0);
  if (isNoTeam || entry.validFrom >= entry.validTo) reader.refuse();
  return entry;
}

function readTeamKey(reader: Reader): TeamKeyEntry {
  return {
    form: ENTRY_FORM.teamKey,
    team: reader.fixed(TEAM_BYTES),
    epoch: reader.u32(),
    service: within(reader.u8(), SERVICE.counsel, SERVICE.figures) as Service,
    publicKey: reader.fixed(PUBLIC_KEY_BYTES),
    validFrom: reader.u64(),
    validTo: reader.u64(),
  };
}

function readDevice(reader: Reader): DeviceEntry {
  return {
    form: ENTRY_FORM.device,
    team: reader.fixed(TEAM_BYTES),
    device: reader.fixed(DEVICE_BYTES),
    signingKey: reader.fixed(SIGNING_KEY_BYTES),
    publicKey: reader.fixed(PUBLIC_KEY_BYTES),
    validFrom: reader.u64(),
    validTo: reader.u64(),
  };
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

/** An entry as it is listed. Bytes: nothing of it is believed. */
export interface Listed {
  entry: Uint8Array;
  /** Its place in the directory, from 0. */
  index: bigint;
  /** From the leaf up. */
  proof: readonly Uint8Array[];
}

/** A head as it comes along. Bytes: nothing of it is believed. */
export interface SignedHead {
  head: Uint8Array;
  /** The log's signature of the head. */
  signature: Uint8Array;
  /** The witnesses', with the key each says is its own. */
  witnesses: readonly { key: Uint8Array; signature: Uint8Array }[];
  /** From the head used last to this one; empty where there is none, or it is the same. */
  consistency: readonly Uint8Array[];
}

/** Everything that comes with an entry. */
export type Claim = Listed & SignedHead;

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
 * Takes an entry with its head if everything about them holds `now` (UTC milliseconds). `used` is
 * the head that was returned the last time. For several entries of one head: `takeHead`, then
 * `entryIn` for each.
 */
export function takeEntry(claim: Claim, trusted: Trusted, used: Head | null, now: bigint): Taken {
  readEntry(claim.entry);
  const head = takeHead(claim, trusted, used, now);
  return { entry: entryIn(head, claim, now), head };
}

/** Takes a head if everything about it holds `now` (UTC milliseconds). */
export function takeHead(signed: SignedHead, trusted: Trusted, used: Head | null, now: bigint): Head {
  const head = readHead(signed.head);
  checkSigned(signed, trusted);
  if (used) checkFollows(head, used, signed.consistency);
  if (now - head.at > HEAD_AGE_MS || head.at - now > HEAD_AHEAD_MS) throw new Refusal('head_too_old');
  return head;
}

/** An entry that a head, taken before, has at its place, if it is valid `now` (UTC milliseconds). */
export function entryIn(head: Head, { entry, index, proof }: Listed, now: bigint): Entry {
  const read = readEntry(entry);
  if (!isIncluded(entry, index, head.size, head.root, proof)) throw new Refusal('entry_not_included');
  if (now < read.validFrom || now >= read.validTo) throw new Refusal('entry_not_valid_now');
  return read;
}

/** The same where a team's key is expected; a device is refused. */
export function teamKeyIn(head: Head, listed: Listed, now: bigint): TeamKeyEntry {
  const entry = entryIn(head, listed, now);
  if (entry.form !== ENTRY_FORM.teamKey) throw new Refusal('form_broken');
  return entry;
}

/** The same where a device is expected; a team's key is refused. */
export function deviceIn(head: Head, listed: Listed, now: bigint): DeviceEntry {
  const entry = entryIn(head, listed, now);
  if (entry.form !== ENTRY_FORM.device) throw new Refusal('form_broken');
  return entry;
}

/** Passes only if this key, the log's or a witness's, has signed that head. */
export function checkWitnessed(head: Uint8Array, key: Uint8Array, signature: Uint8Array): void {
  readHead(head);
  if (!isSigned(key, 'head', head, signature)) throw new Refusal('signature_wrong');
}

function checkSigned({ head, signature, witnesses }: SignedHead, { logKey, witnessKeys }: Trusted): void {
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
