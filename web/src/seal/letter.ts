// One thing said between two teams about one referral (SPEC §10): closed for both, signed by the
// device that wrote it, and bound to the referral's number, which is never the case's.

import type { Chance } from './chance';
import { close, KEY_BYTES, NONCE_BYTES, open } from './cipher';
import { isClosedSize, pad, unpad } from './compartment';
import { HERSELF } from './consent';
import { DIGEST_BYTES, digest } from './digest';
import { TEAM_BYTES } from './directory';
import { enclose } from './envelope';
import { alike, exactly, join, label, within, Writer, type Bytes } from './form';
import type { Opener, Signer } from './keys';
import { Refusal } from './refusal';
import { isSigned } from './signature';
import { WRAP_BYTES } from './wrap';
import type { By, Move, Moved } from './written';

/** Bytes of a referral's number: random, nothing about the case grows from them. */
export const REFERRAL_BYTES = 16;

/**
 * Which of the two a referral is between, and the place of its wrap. Both stay who they are for every
 * letter, whoever of them writes it.
 */
export const SIDE = { sender: 0, receiver: 1 } as const;
/** The number of a side. */
export type Side = (typeof SIDE)[keyof typeof SIDE];

/** Where a letter belongs; anywhere else it does not open. */
export interface LetterPlace {
  /** The referral's 16 bytes. */
  referral: Uint8Array;
  /** Which letter of it; counts from 1, both sides' together. */
  number: number;
}

/** Whose key, and of which epoch (1 or more). */
export interface LetterEpoch {
  team: Uint8Array;
  epoch: number;
}

/** For whom a letter is closed. */
export interface LetterFor extends LetterEpoch {
  publicKey: Uint8Array;
}

/** A team's key of one epoch, which opens. */
export interface LetterReader extends LetterEpoch {
  opener: Opener;
}

/** A letter as it leaves the device. */
export interface SealedLetter {
  closed: Bytes;
  /** The sender's first, then the receiver's. */
  wraps: [Bytes, Bytes];
}

/** The two teams of a referral, whoever of them writes. */
export interface Between {
  sender: Uint8Array;
  receiver: Uint8Array;
}

/** A letter as it is kept. Bytes: nothing of it is believed. */
export interface KeptLetter {
  closed: Uint8Array;
  /** The two wraps that are there now. */
  wraps: readonly Uint8Array[];
  /** The device that wrote it. */
  by: By;
  /** Every record of a wrap replaced, in their order. */
  moves: readonly Move[];
}

const ZERO_NONCE = new Uint8Array(NONCE_BYTES);
const U32_MAX = 0xffff_ffff;

/** Closes a letter under a new key for both sides of its referral. */
export async function closeLetter(place: LetterPlace, content: Uint8Array, sender: LetterFor, receiver: LetterFor, chance: Chance): Promise<SealedLetter> {
  const bound = placeOf(place);
  areTwoTeams({ sender: sender.team, receiver: receiver.team });
  for (const { epoch } of [sender, receiver]) within(epoch, 1, U32_MAX);
  const padded = pad(content);
  const key = chance(KEY_BYTES);
  const closed = await close(key, ZERO_NONCE, bound, padded);
  const wraps: [Bytes, Bytes] = [await closeKey(place, sender, key, chance), await closeKey(place, receiver, key, chance)];
  key.fill(0);
  padded.fill(0);
  return { closed, wraps };
}

/**
 * Opens a letter as one side of its referral. Who wrote it is for `checkKeptLetter`, before.
 * Refused: `form_broken` (not two wraps), `wrap_not_whole`, `not_for_you`, `not_for_this_place`,
 * `padding_broken`.
 */
export async function openLetter(place: LetterPlace, side: Side, reader: LetterReader, wraps: readonly Uint8Array[], closed: Uint8Array): Promise<Bytes> {
  const key = await openKey(place, side, reader, wraps);
  const padded = await open(key, ZERO_NONCE, placeOf(place), closed);
  key.fill(0);
  if (!padded) throw new Refusal('not_for_this_place');
  return unpad(padded);
}

/** The same with a team's keys of several epochs, the newest first; `reader` says which of them it was. */
export async function openLetterAmong(
  place: LetterPlace,
  side: Side,
  readers: readonly LetterReader[],
  wraps: readonly Uint8Array[],
  closed: Uint8Array,
): Promise<{ content: Bytes; reader: number }> {
  wholeLetterWraps(wraps);
  for (const [at, reader] of readers.entries()) {
    const content = await openLetter(place, side, reader, wraps, closed).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'not_for_you') return null;
      throw error;
    });
    if (content) return { content, reader: at };
  }
  throw new Refusal('not_for_you');
}

/** Signs a letter as the device that writes it. */
export function signLetter(device: Signer, place: LetterPlace, between: Between, letter: { closed: Uint8Array; wraps: readonly Uint8Array[] }): Bytes {
  return device.sign('letter-written', writing(place, between, digest(sized(letter.closed)), hashOfLetterWraps(letter.wraps)));
}

/**
 * Passes only if what is there follows from what a device wrote. That the devices are of the two
 * teams is for who reads to say, from the directory. Refused: `form_broken`, `wrap_not_whole`,
 * `signature_wrong`.
 */
export function checkKeptLetter(place: LetterPlace, between: Between, { closed, wraps, by, moves }: KeptLetter): void {
  const wrapsHash = hashOfLetterWraps(wraps);
  const closedHash = digest(sized(closed));
  const begins = moves.map(({ before }) => exactly(before, DIGEST_BYTES));
  const written = writing(place, between, closedHash, begins[0] ?? wrapsHash);
  if (!isSigned(by.signingKey, 'letter-written', written, by.signature)) throw new Refusal('signature_wrong');
  for (const [at, { signingKey, signature }] of moves.entries()) {
    checkLetterMoved(place, { closedHash, before: begins[at] ?? wrapsHash, after: begins[at + 1] ?? wrapsHash }, signingKey, signature);
  }
}

/**
 * Passes only if a device wrote this, closed with the wraps of that hash: for who cannot follow every
 * move since, because a device that moved is listed no more. Refused: `form_broken`, `signature_wrong`.
 */
export function checkLetterWritten(place: LetterPlace, between: Between, closed: Uint8Array, wrapsHash: Uint8Array, by: By): void {
  const written = writing(place, between, digest(sized(closed)), wrapsHash);
  if (!isSigned(by.signingKey, 'letter-written', written, by.signature)) throw new Refusal('signature_wrong');
}

/**
 * The two wraps after one side's has moved to its team's later key; the other stays. Who moved it
 * signs so: `signLetterMoved`. Refused: `form_broken` (another team, or no later epoch), then as
 * `openLetter`.
 */
export async function moveLetter(from: LetterReader, to: LetterFor, wraps: readonly Uint8Array[], place: LetterPlace, side: Side, chance: Chance): Promise<[Bytes, Bytes]> {
  if (!alike(from.team, to.team) || from.epoch >= to.epoch) throw new Refusal('form_broken');
  const key = await openKey(place, side, from, wraps);
  const moved = await closeKey(place, to, key, chance);
  key.fill(0);
  const [sender, receiver] = wholeLetterWraps(wraps);
  return side === SIDE.sender ? [moved, receiver] : [sender, moved];
}

/** Signs that a wrap of a letter was replaced: hashes of the ciphertext, which stays, and of both wraps joined. */
export function signLetterMoved(device: Signer, place: LetterPlace, moved: Moved): Bytes {
  return device.sign('letter-moved', movement(place, moved));
}

/** Passes only if this key has signed that. */
export function checkLetterMoved(place: LetterPlace, moved: Moved, signingKey: Uint8Array, signature: Uint8Array): void {
  if (!isSigned(signingKey, 'letter-moved', movement(place, moved), signature)) throw new Refusal('signature_wrong');
}

/** The hash by which a signature names the two wraps. */
export function hashOfLetterWraps(wraps: readonly Uint8Array[]): Bytes {
  return digest(...wholeLetterWraps(wraps));
}

/** The two wraps, the sender's first; refuses what is not two whole ones. */
export function wholeLetterWraps(wraps: readonly Uint8Array[]): [Bytes, Bytes] {
  const [sender, receiver, ...more] = wraps;
  if (!sender || !receiver || more.length > 0) throw new Refusal('form_broken');
  return [exactly(sender, WRAP_BYTES, 'wrap_not_whole'), exactly(receiver, WRAP_BYTES, 'wrap_not_whole')];
}

async function openKey(place: LetterPlace, side: Side, { team, epoch, opener }: LetterReader, wraps: readonly Uint8Array[]): Promise<Bytes> {
  const bound = wrapPlaceOf(place, { team, epoch });
  const wrap = wholeLetterWraps(wraps)[within(side, SIDE.sender, SIDE.receiver)];
  const key = wrap && (await opener.disclose('letter-key', bound, wrap));
  if (!key) throw new Refusal('not_for_you');
  return key;
}

function closeKey(place: LetterPlace, { team, epoch, publicKey }: LetterFor, key: Uint8Array, chance: Chance): Promise<Bytes> {
  return enclose(publicKey, 'letter-key', wrapPlaceOf(place, { team, epoch }), exactly(key, KEY_BYTES), chance);
}

/** Referral and number: how everything about a letter goes on after its label. */
function start(writer: Writer, { referral, number }: LetterPlace): Writer {
  return writer.fixed(referral, REFERRAL_BYTES).u32(within(number, 1, U32_MAX));
}

function placeOf(place: LetterPlace): Bytes {
  return start(new Writer().raw(label('letter')), place).bytes();
}

function wrapPlaceOf(place: LetterPlace, { team, epoch }: LetterEpoch): Bytes {
  return join(placeOf(place), new Writer().fixed(team, TEAM_BYTES).u32(epoch).bytes());
}

function writing(place: LetterPlace, between: Between, closedHash: Uint8Array, wrapsHash: Uint8Array): Bytes {
  areTwoTeams(between);
  const writer = start(new Writer(), place).fixed(between.sender, TEAM_BYTES).fixed(between.receiver, TEAM_BYTES);
  return writer.fixed(closedHash, DIGEST_BYTES).fixed(wrapsHash, DIGEST_BYTES).bytes();
}

function movement(place: LetterPlace, { closedHash, before, after }: Moved): Bytes {
  return start(new Writer(), place).fixed(closedHash, DIGEST_BYTES).fixed(before, DIGEST_BYTES).fixed(after, DIGEST_BYTES).bytes();
}

/** A ciphertext of one of the seven sizes. */
function sized(closed: Uint8Array): Uint8Array {
  if (!isClosedSize(closed.length)) throw new Refusal('form_broken');
  return closed;
}

/** A referral is between two teams, and neither is she herself. */
function areTwoTeams({ sender, receiver }: Between): void {
  if (alike(sender, receiver) || alike(sender, HERSELF) || alike(receiver, HERSELF)) throw new Refusal('form_broken');
}
