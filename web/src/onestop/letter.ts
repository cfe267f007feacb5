// Letters between two centers about one referral, as a center's browser closes, checks and opens
// them. The server knows that they went, never what about; duties to report and figures go the same way.

import { post } from '../kernel/send';
import type { Chance } from '../seal/chance';
import { digest } from '../seal/digest';
import type { TeamKeyEntry } from '../seal/directory';
import { alike, type Bytes } from '../seal/form';
import type { Opener, Signer } from '../seal/keys';
import {
  checkKeptLetter, checkLetterWritten, closeLetter, hashOfLetterWraps, moveLetter, openLetterAmong, REFERRAL_BYTES, SIDE, signLetter, signLetterMoved,
  type Between, type LetterFor, type LetterPlace, type LetterReader, type Side,
} from '../seal/letter';
import { Refusal } from '../seal/refusal';
import { UnknownAuthor, type Authors } from './author';
import { fromBase64, fromBase64Of, toBase64 } from './base64';
import type { Doubt } from './case';
import type { KeptLetter as WireKept, Referral as WireReferral, ReferralLetter as WireLetter, Referrals as WireReferrals } from '../wire';
import type { LetterPurpose } from './referred';

export { LETTER_PURPOSE, type LetterPurpose } from './referred';
export type { KeptLetter as WireKept, Referral as WireReferral, ReferralLetter as WireLetter, Referrals as WireReferrals } from '../wire';

/** A key of the own center that this device holds. */
export interface LetterKey {
  epoch: number;
  key: Opener & { readonly publicKey: Bytes };
}
/** Whoever reads: a center with the keys of this device, newest first. */
export interface LetterDesk {
  /** The center's id, in base64url. */
  center: string;
  keys: readonly LetterKey[];
  authors: Authors;
}
/** Whoever writes. */
export interface LetterPen extends LetterDesk {
  /** The id of this device, in base64url. */
  device: string;
  signer: Signer;
  /** The newest key of a center, if the directory proves one. */
  keyOf: (center: string) => TeamKeyEntry | null;
  chance: Chance;
}

/** What a letter says: what kind of letter it is, and what belongs to one of that kind. */
export interface LetterContent {
  letter: string;
  [field: string]: unknown;
}
/** One letter, as far as it is believed. */
export type OpenedLetter =
  | { is: 'said'; number: number; writtenAt: number; own: boolean; device: string; content: LetterContent }
  | { is: 'doubted'; number: number; writtenAt: number; why: Doubt };
/** A referral with its letters, opened. */
export interface OpenedReferral {
  referral: string;
  purpose: number;
  from: string;
  to: string;
  state: WireReferral['state'];
  sentAt: number;
  goesBackAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  letters: OpenedLetter[];
}

/** What a new referral is known and ended by. */
export interface Drawn {
  /** 16 random bytes, in base64url: never the case's number. */
  referral: string;
  /** Whoever has it ends the referral. */
  token: string;
}

const TOKEN_BYTES = 32;
const FORM = 1;
/** A letter is some 20 kilobytes, and a center's line may be slow. */
const PATIENCE_MILLIS = 60_000;

/** A number and an end for a new referral. */
export function drawReferral(chance: Chance): Drawn {
  return { referral: toBase64(chance(REFERRAL_BYTES)), token: toBase64(chance(TOKEN_BYTES)) };
}

/** What the server keeps of a token. */
export function endHash(token: string): string {
  return toBase64(digest(fromBase64Of(token, TOKEN_BYTES)));
}

const bytesOf = (content: LetterContent): Bytes => Uint8Array.from(new TextEncoder().encode(JSON.stringify({ v: FORM, ...content })));

/** What a letter says; bytes that are no form of ours are a letter without a name. */
function readLetter(bytes: Uint8Array): LetterContent {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return { letter: '' };
    const { v: _form, ...said } = read as Record<string, unknown>;
    return { ...said, letter: typeof said['letter'] === 'string' ? said['letter'] : '' };
  } catch {
    return { letter: '' };
  }
}

/** Which side of a referral a center is. */
export function sideOf(center: string, { from, to }: Pick<WireReferral, 'from' | 'to'>): Side {
  if (center === from) return SIDE.sender;
  if (center === to) return SIDE.receiver;
  throw new Refusal('not_for_you');
}

const betweenOf = ({ from, to }: Pick<WireReferral, 'from' | 'to'>): Between => ({ sender: fromBase64(from), receiver: fromBase64(to) });

/** A letter, closed for both centers by their newest keys and signed by this device. */
export async function writeLetter(referral: string, number: number, ends: Pick<WireReferral, 'from' | 'to'>, content: LetterContent, pen: LetterPen): Promise<WireLetter> {
  const place: LetterPlace = { referral: fromBase64Of(referral, REFERRAL_BYTES), number };
  const own = sideOf(pen.center, ends);
  const other = pen.keyOf(own === SIDE.sender ? ends.to : ends.from);
  const [newest] = pen.keys;
  // Without a key that is proved nothing is closed for anybody.
  if (!newest || !other) throw new Refusal('entry_not_valid_now');
  const mine: LetterFor = { team: fromBase64(pen.center), epoch: newest.epoch, publicKey: newest.key.publicKey };
  const theirs: LetterFor = { team: other.team, epoch: other.epoch, publicKey: other.publicKey };
  const [sender, receiver] = own === SIDE.sender ? [mine, theirs] : [theirs, mine];
  const sealed = await closeLetter(place, bytesOf(content), sender, receiver, pen.chance);
  const signature = signLetter(pen.signer, place, betweenOf(ends), sealed);
  return { number, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64), signature: toBase64(signature) };
}

/**
 * Sends a new referral with its first letter: what she agreed to, what the law asks to be told, or a
 * line for the figures. The same `drawn` sent again is the same referral.
 */
export async function sendReferral(purpose: LetterPurpose, to: string, content: LetterContent, drawn: Drawn, pen: LetterPen): Promise<void> {
  const letter = await writeLetter(drawn.referral, 1, { from: pen.center, to }, content, pen);
  const body = { device: pen.device, referral: drawn.referral, purpose, to, end_hash: endHash(drawn.token), letter };
  await post('/api/onestop/referral', body, { patience: PATIENCE_MILLIS });
}

/** Writes one more letter. */
export async function addLetter(open: OpenedReferral, content: LetterContent, pen: LetterPen): Promise<void> {
  const last = open.letters.reduce((most, { number }) => Math.max(most, number), 0);
  const letter = await writeLetter(open.referral, last + 1, open, content, pen);
  await post('/api/onestop/referral/write', { device: pen.device, referral: open.referral, letter }, { patience: PATIENCE_MILLIS });
}

/** Every letter of a referral, checked and opened. One that does not hold is named and not shown. */
export async function openReferral(sent: WireReferral, desk: LetterDesk): Promise<OpenedReferral> {
  const letters: OpenedLetter[] = [];
  let next = 1;
  for (const one of [...sent.letters].sort((a, b) => a.number - b.number)) {
    for (; next < one.number; next += 1) letters.push({ is: 'doubted', number: next, writtenAt: one.written_at, why: 'message_missing' });
    next = one.number + 1;
    letters.push(await openOne(sent, one, desk));
  }
  return {
    referral: sent.referral, purpose: sent.purpose, from: sent.from, to: sent.to, state: sent.state, sentAt: sent.sent_at,
    goesBackAt: sent.goes_back_at ?? null, answeredAt: sent.answered_at ?? null, endedAt: sent.ended_at ?? null, letters,
  };
}

async function openOne(sent: WireReferral, one: WireKept, desk: LetterDesk): Promise<OpenedLetter> {
  const { number, written_at: writtenAt } = one;
  try {
    const { place, closed, wraps, center } = checkLetter(sent, one, desk.authors);
    const { content } = await openLetterAmong(place, sideOf(desk.center, sent), readersOf(desk), wraps, closed);
    return { is: 'said', number, writtenAt, own: center === desk.center, device: one.device, content: readLetter(content) };
  } catch (reason) {
    if (reason instanceof Refusal) return { is: 'doubted', number, writtenAt, why: reason.code };
    if (reason instanceof UnknownAuthor) return { is: 'doubted', number, writtenAt, why: 'author_unknown' };
    throw reason;
  }
}

function readersOf(desk: LetterDesk): LetterReader[] {
  const team = fromBase64(desk.center);
  return desk.keys.map(({ epoch, key }) => ({ team, epoch, opener: key }));
}

/** Who wrote a letter, and that nothing of it was exchanged. */
function checkLetter(sent: WireReferral, one: WireKept, authors: Authors): { place: LetterPlace; closed: Bytes; wraps: Bytes[]; center: string } {
  const place: LetterPlace = { referral: fromBase64Of(sent.referral, REFERRAL_BYTES), number: one.number };
  const author = authors(one.device);
  // A device of a third center is nobody here, whatever it signs.
  if (!author || (author.center !== sent.from && author.center !== sent.to)) throw new UnknownAuthor();
  const moves = one.moves.flatMap(({ wraps_before, author: mover, signature }) => {
    const known = mover ? authors(mover) : null;
    const ours = known?.center === sent.from || known?.center === sent.to;
    return known && ours ? [{ before: fromBase64(wraps_before), signingKey: known.signingKey, signature: fromBase64(signature) }] : [];
  });
  const [closed, wraps] = [fromBase64(one.closed), one.wraps.map(fromBase64)];
  const by = { signingKey: author.signingKey, signature: fromBase64(one.signature) };
  const [first] = one.moves;
  // Who moved has left since: what was written is still signed with the wraps as they were at first,
  // and a key that opens it can only come from somebody who had it.
  if (first && moves.length < one.moves.length) checkLetterWritten(place, betweenOf(sent), closed, fromBase64(first.wraps_before), by);
  else checkKeptLetter(place, betweenOf(sent), { closed, wraps, by, moves });
  return { place, closed, wraps, center: author.center };
}

/** Moves the own wraps of a referral to the center's newest key; what is there already stays. */
export async function moveReferral(sent: WireReferral, pen: LetterPen): Promise<void> {
  const [newest, ...older] = pen.keys;
  if (!newest || older.length === 0) return;
  const [team, side] = [fromBase64(pen.center), sideOf(pen.center, sent)];
  const moved: { number: number; wraps: string[]; signature: string }[] = [];
  for (const one of sent.letters) {
    const { place, closed, wraps } = checkLetter(sent, one, pen.authors);
    const { reader } = await openLetterAmong(place, side, readersOf(pen), wraps, closed);
    const held = pen.keys[reader];
    if (!held || held.epoch === newest.epoch) continue;
    const from = { team, epoch: held.epoch, opener: held.key };
    const after = await moveLetter(from, { team, epoch: newest.epoch, publicKey: newest.key.publicKey }, wraps, place, side, pen.chance);
    const signature = signLetterMoved(pen.signer, place, { closedHash: digest(closed), before: hashOfLetterWraps(wraps), after: hashOfLetterWraps(after) });
    moved.push({ number: one.number, wraps: after.map(toBase64), signature: toBase64(signature) });
  }
  if (moved.length > 0) await post('/api/onestop/referral/move', { device: pen.device, referral: sent.referral, moved }, { patience: PATIENCE_MILLIS });
}

/** Whether two texts are the same bytes. */
export function sameBytes(one: string, other: string): boolean {
  return alike(new TextEncoder().encode(one), new TextEncoder().encode(other));
}
