// One case as this center may read it. Everything that came is checked before anything is opened,
// and what does not hold is named by its refusal and never shown as content.

import type { Line } from '../casework/entries';
import { openCompartment, type Kind, type Place } from '../seal/compartment';
import { checkWithdrawn, consentMark, type Consent } from '../seal/consent';
import { alike, type Bytes } from '../seal/form';
import type { Opener } from '../seal/keys';
import { checkLaterKnock, type Knock } from '../seal/knock';
import { Refusal } from '../seal/refusal';
import { signedManifest, type Manifest } from '../seal/report';
import { openWrap, type Column } from '../seal/wrap';
import { checkedWriting, UnknownAuthor, type Author, type Authors } from './author';
import { fromBase64, toBase64 } from './base64';
import { CASEWORK, columnsOf, MESSAGE, NOTES, readContent, SAFETY, type ColumnNote } from './content';
import { laidColumns } from './columns';
import { lastOf, openEntries } from './work';
import type { Case, Written } from './wire';

/** A key of the center, of one epoch. */
export interface HeldKey {
  epoch: number;
  key: Opener & { readonly publicKey: Bytes };
}

/** Whoever opens: a center, with the keys this device holds, newest first. */
export interface Reader {
  /** The center's id, in base64url. */
  center: string;
  keys: readonly HeldKey[];
  authors: Authors;
  /** UTC milliseconds, by the server's clock. */
  now: number;
  /** Every knock the center has, of whatever case: what was closed in the moment of a later consent is under the one before. */
  knocks?: readonly Knock[];
}

/** The highest version opened so far of each compartment of each case. In memory only. */
export type Seen = Map<string, number>;

/** The fields of what she wrote; `null`: nothing. */
export type Told = Record<string, unknown> | null;

/** Why something is not believed: the name of a refusal, or one of ours. */
export type Doubt = string;

/** One kind of content. */
export type Part =
  | { is: 'told'; content: Told; version: number; writtenAt: number; byHer: boolean }
  | { is: 'not_for_us' }
  | { is: 'taken_back' }
  | { is: 'ended' }
  | { is: 'doubted'; why: Doubt };

/** One thing said. */
export type Said =
  | { is: 'said'; version: number; writtenAt: number; byHer: boolean; ownCenter: boolean; text: string }
  | { is: 'doubted'; version: number; writtenAt: number; why: Doubt };

/** A case, opened. */
export interface Opened {
  caseId: Uint8Array;
  manifest: Manifest;
  consent: Consent;
  /** This center's column. */
  column: number;
  receivedAt: number;
  /** When she took this center's consent back. */
  takenBackAt: number | null;
  parts: ReadonlyMap<number, Part>;
  said: readonly Said[];
  /** Her notes: what she wants, who leads; `null` where they are not for this center. */
  notes: Told;
  /** Who reads what, as she laid it; none where her notes are not for this center. */
  places: readonly ColumnNote[];
  /** The number of the last message there is, opened or not. */
  last: number;
  /** The work on the case, in order; none where it is not for this center. */
  entries: readonly Line[];
  /** Columns whose consent she took back, whoever reads in them. */
  ended: readonly number[];
}

interface Own {
  sent: Case;
  manifest: Manifest;
  knock: Knock;
  reader: Reader;
  seen: Seen;
  takenBackAt: number | null;
}

/** Opens the case a knock told of. */
export async function openCase(sent: Case, knock: Knock, reader: Reader, seen: Seen): Promise<Opened> {
  const signed = signedManifest(fromBase64(sent.manifest), fromBase64(sent.signature));
  checkLaterKnock(knock, signed);
  // The column is this consent's, whether it came with the case or later. Under another mark than
  // the one it was closed under nothing opens.
  const manifest = { ...signed, columns: marked(signed.columns, knock) };
  const own: Own = { sent, manifest, knock, reader, seen, takenBackAt: takenBack(sent, signed, knock.column) };
  const parts = new Map<number, Part>();
  // Her notes first: they say which centers may have written the rest.
  const sorted = [...sent.compartments].sort((one, other) => Number(other.kind === NOTES) - Number(one.kind === NOTES) || one.kind - other.kind || one.version - other.version);
  let places: ColumnNote[] = [];
  let notes: Told = null;
  for (const written of sorted) {
    const part = await openPart(written, own, places);
    parts.set(written.kind, part);
    if (written.kind !== NOTES || part.is !== 'told') continue;
    notes = part.content;
    places = columnsOf(notes);
  }
  return {
    caseId: manifest.caseId, manifest: { ...manifest, columns: laidColumns(manifest.columns, places.filter(({ column }) => column !== knock.column)) }, consent: knock.consent, column: knock.column, receivedAt: sent.received_at, takenBackAt: own.takenBackAt,
    parts, said: await openSaid(own, places), notes, places, last: lastOf(sent.messages),
    entries: await openWork(own, places), ended: signed.columns.flatMap((_, column) => (isEnded(sent, signed, column) ? [column] : [])),
  };
}

/** The work on the case: counted as messages are, so that one that is missing is noticed. */
async function openWork(own: Own, places: readonly ColumnNote[]): Promise<Line[]> {
  if (barred(CASEWORK as Kind, own)) return [];
  const key = `${toBase64(own.manifest.caseId)}:${CASEWORK}`;
  const seen = own.seen.get(key) ?? 0;
  const entries = await openEntries(own.sent.entries, {
    open: (written) => openWritten(written, own, 0, places), center: own.reader.center, seen, now: own.reader.now,
  });
  own.seen.set(key, Math.max(seen, lastOf(entries)));
  return entries;
}

/** When she took it back, if she has signed that she did. */
function takenBack(sent: Case, manifest: Manifest, column: number): number | null {
  const mark = manifest.columns[column]?.mark;
  if (!mark) throw new Refusal('form_broken');
  for (const one of sent.withdrawn) {
    if (!alike(fromBase64(one.mark), mark)) continue;
    // Nobody but she can take it back: a wrong signature is a sign that somebody else would like to.
    checkWithdrawn(mark, BigInt(one.at), manifest.signingKey, fromBase64(one.signature));
    return one.at;
  }
  return null;
}

/** Whether she has signed that she took this column's consent back; a false word for it counts for nothing. */
function isEnded(sent: Case, manifest: Manifest, column: number): boolean {
  try {
    return takenBack(sent, manifest, column) !== null;
  } catch (reason) {
    if (reason instanceof Refusal) return false;
    throw reason;
  }
}

/** Why her consent does not open this kind; `null` if it does. */
function barred(kind: Kind, { knock: { consent }, takenBackAt, reader }: Own): { is: 'not_for_us' | 'taken_back' | 'ended' } | null {
  if (!consent.compartments.includes(kind)) return { is: 'not_for_us' };
  if (takenBackAt !== null) return { is: 'taken_back' };
  if (consent.endsAt !== 0n && BigInt(reader.now) >= consent.endsAt) return { is: 'ended' };
  return null;
}

async function openPart(written: Written, own: Own, places: readonly ColumnNote[]): Promise<Part> {
  const kind = written.kind as Kind;
  const bar = barred(kind, own);
  if (bar) return bar;
  const key = `${toBase64(own.manifest.caseId)}:${kind}`;
  try {
    const seen = own.seen.get(key) ?? 0;
    const { bytes, byHer } = await openWritten(written, own, seen, places);
    own.seen.set(key, written.version);
    return { is: 'told', content: readContent(bytes), version: written.version, writtenAt: written.written_at, byHer };
  } catch (reason) {
    return { is: 'doubted', why: doubtOf(reason) };
  }
}

async function openSaid(own: Own, places: readonly ColumnNote[]): Promise<Said[]> {
  if (barred(MESSAGE as Kind, own)) return [];
  const key = `${toBase64(own.manifest.caseId)}:${MESSAGE}`;
  const all: Said[] = [];
  const missing = (version: number, writtenAt: number) => all.push({ is: 'doubted', version, writtenAt, why: 'message_missing' });
  let next = 1;
  // Every version is one message and none may be left out, neither between two nor at the end.
  for (const written of [...own.sent.messages].sort((one, other) => one.version - other.version)) {
    for (; next < written.version; next += 1) missing(next, written.written_at);
    next = written.version + 1;
    all.push(await openOne(written, own, places));
  }
  const seen = own.seen.get(key) ?? 0;
  for (; next <= seen; next += 1) missing(next, own.reader.now);
  own.seen.set(key, Math.max(seen, next - 1));
  return all;
}

async function openOne(written: Written, own: Own, places: readonly ColumnNote[]): Promise<Said> {
  const { version, written_at: writtenAt } = written;
  try {
    const { bytes, byHer, center } = await openWritten(written, own, 0, places);
    const content = readContent(bytes);
    if (typeof content?.['text'] !== 'string') throw new Refusal('form_broken');
    // Who said it is who signed it; a text that claims another is nobody's.
    if (content['from'] !== (byHer ? 'herself' : 'center')) throw new Refusal('signature_wrong');
    return { is: 'said', version, writtenAt, byHer, ownCenter: center === own.reader.center, text: content['text'] };
  } catch (reason) {
    return { is: 'doubted', version, writtenAt, why: doubtOf(reason) };
  }
}

async function openWritten(written: Written, own: Own, seen: number, places: readonly ColumnNote[]): Promise<{ bytes: Bytes; byHer: boolean; center: string | null; author: Author | null }> {
  const { manifest, knock, reader } = own;
  // Her notes are hers alone; the rest may be written by a center she laid a column for.
  const mayWrite = (center: string) => written.kind !== NOTES && (center === reader.center || places.some((one) => one.reader === center));
  const { closed, wraps, author } = checkedWriting(written, manifest, reader.authors, mayWrite);
  const place = { caseId: manifest.caseId, kind: written.kind as Kind, version: written.version };
  const key = await openAmong(own, wraps, place);
  try {
    return { bytes: await openCompartment(key, place, closed, seen), byHer: author === null, center: author?.center ?? null, author };
  } finally {
    key.fill(0);
  }
}

/**
 * The key of a version, under the consent that stands now or under one that stood in this column before:
 * whoever wrote in the moment she gave a later one did not know of it. What is open to this center says
 * the consent of now alone.
 */
async function openAmong({ manifest, knock, reader }: Own, wraps: readonly Bytes[], place: Place): Promise<Bytes> {
  const open = (columns: readonly Column[]) => withAny(reader.keys, ({ key: opener }) => openWrap(opener, wraps, place, columns, knock.column));
  const before = (reader.knocks ?? []).filter((one) => one !== knock && one.column === knock.column && alike(one.caseId, knock.caseId) && one.consent.givenAt < knock.consent.givenAt);
  let refused: unknown;
  for (const columns of [manifest.columns, ...before.map((one) => marked(manifest.columns, one))]) {
    try {
      return await open(columns);
    } catch (reason) {
      if (!(reason instanceof Refusal) || reason.code !== 'not_for_you') throw reason;
      refused ??= reason;
    }
  }
  throw refused;
}

/** The columns with a knock's own consent in its place. */
function marked(columns: readonly Column[], { column, consentBytes }: Knock): Column[] {
  return columns.map((one, at) => (at === column ? { mark: consentMark(consentBytes) } : one));
}

/** What the first key opens, newest first: wraps do not say which epoch they were closed for. */
export async function withAny<T>(keys: readonly HeldKey[], open: (held: HeldKey) => Promise<T>): Promise<T> {
  for (const held of keys) {
    try {
      return await open(held);
    } catch (reason) {
      if (!(reason instanceof Refusal) || reason.code !== 'not_for_you') throw reason;
    }
  }
  throw new Refusal('not_for_you');
}

/** The name of why something is not believed. A fault of our own goes on as one. */
export function doubtOf(reason: unknown): Doubt {
  if (reason instanceof Refusal) return reason.code;
  if (reason instanceof UnknownAuthor) return 'author_unknown';
  throw reason;
}

/** Whether she said that she is in danger now. */
export function inDanger(opened: Opened): boolean {
  const safety = opened.parts.get(SAFETY);
  return safety?.is === 'told' && safety.content?.['in_danger_now'] === 'yes';
}

/** Whether she wrote last, after this center had answered. */
export function sheWroteLast(opened: Opened): boolean {
  const last = opened.said.filter((one) => one.is === 'said').at(-1);
  return last?.is === 'said' && last.byHer;
}
