// One case as this center may read it. Everything that came is checked before anything is opened,
// and what does not hold is named by its refusal and never shown as content.

import { openCompartment, type Kind } from '../seal/compartment';
import { checkWithdrawn, type Consent } from '../seal/consent';
import { alike, type Bytes } from '../seal/form';
import { checkKnock, type Knock } from '../seal/knock';
import type { Opener } from '../seal/mailbox';
import { Refusal } from '../seal/refusal';
import { signedManifest, type Manifest } from '../seal/report';
import { openWrap } from '../seal/wrap';
import { authorOf, type Author, type Authors } from './author';
import { fromBase64, toBase64 } from './base64';
import { readContent, type Content } from './content';
import type { Case, Written } from './wire';

/** A key of the center, of one epoch. */
export interface HeldKey {
  epoch: number;
  key: Opener & { publicKey: Uint8Array };
}

/** Whoever opens: the center, with the keys this device holds, newest first. */
export interface Reader {
  center: Uint8Array;
  keys: readonly HeldKey[];
  authors: Authors;
  /** UTC milliseconds, by the server's clock. */
  now: number;
}

/** The highest version of each compartment opened so far. In memory only. */
export type Seen = Map<string, number>;

/** Why something is not believed: a refusal of the seal, or one of ours. */
export type Doubt = string;

/** One kind of content. */
export type Part =
  | { is: 'told'; content: Content; version: number; writtenAt: number; byHer: boolean }
  | { is: 'not_for_us' | 'taken_back' | 'ended' }
  | { is: 'doubted'; why: Doubt };

/** One thing said. */
export type Message =
  | { is: 'said'; version: number; writtenAt: number; byHer: boolean; text: string }
  | { is: 'doubted'; version: number; writtenAt: number; why: Doubt };

/** Who may read what, as she laid it. */
export interface Place {
  column: number;
  reader: 'herself' | string;
  compartments: readonly number[];
}

/** A case, opened. */
export interface Opened {
  caseId: Bytes;
  manifest: Manifest;
  knock: Knock;
  consent: Consent;
  receivedAt: number;
  /** When she took this center's consent back. */
  takenBackAt: number | null;
  parts: ReadonlyMap<Kind, Part>;
  messages: readonly Message[];
  /** Her notes: what she wants, who leads, whose column is whose; null where they are not for us. */
  notes: Content | null;
  places: readonly Place[];
  lastMessage: number;
}

/** The kind of a message; never part of a report. */
export const MESSAGE = 13 as Kind;
const NOTES = 11 as Kind;

/** Opens a case the knock told of. */
export async function openCase(sent: Case, knock: Knock, reader: Reader, seen: Seen): Promise<Opened> {
  const manifest = signedManifest(fromBase64(sent.manifest), fromBase64(sent.signature));
  if (!alike(manifest.caseId, knock.caseId)) throw new Refusal('form_broken');
  checkKnock(knock, manifest);
  const takenBackAt = takenBack(sent, manifest, knock);
  const own = { sent, manifest, knock, reader, seen, takenBackAt };
  const parts = new Map<Kind, Part>();
  for (const written of sent.compartments) parts.set(written.kind as Kind, await openPart(written, own));
  const messages = await openMessages(own);
  const notes = parts.get(NOTES);
  const content = notes?.is === 'told' ? notes.content : null;
  return {
    caseId: manifest.caseId, manifest, knock, consent: knock.consent, receivedAt: sent.received_at, takenBackAt, parts, messages,
    notes: content, places: placesOf(content), lastMessage: Math.max(0, ...sent.messages.map(({ version }) => version)),
  };
}

interface Own {
  sent: Case;
  manifest: Manifest;
  knock: Knock;
  reader: Reader;
  seen: Seen;
  takenBackAt: number | null;
}

/** When she took it back, if she signed that she did. A wrong signature is nobody's word. */
function takenBack(sent: Case, manifest: Manifest, knock: Knock): number | null {
  const mark = markOf(manifest, knock.column);
  for (const one of sent.withdrawn) {
    if (!alike(fromBase64(one.mark), mark)) continue;
    checkWithdrawn(mark, BigInt(one.at), manifest.signingKey, fromBase64(one.signature));
    return one.at;
  }
  return null;
}

/** The mark of a column. */
export function markOf(manifest: Manifest, column: number): Uint8Array {
  const mark = manifest.marks[column];
  if (!mark) throw new Refusal('form_broken');
  return mark;
}

/** Whether her consent opens this kind at all, as far as it has not been taken back or run out. */
function barred(kind: Kind, { knock: { consent }, takenBackAt, reader }: Own): 'not_for_us' | 'taken_back' | 'ended' | null {
  // In this order: whether there is anything more is not ours to know even after she took it back.
  if (!consent.compartments.includes(kind)) return 'not_for_us';
  if (takenBackAt !== null) return 'taken_back';
  if (consent.endsAt !== 0n && BigInt(reader.now) >= consent.endsAt) return 'ended';
  return null;
}

async function openPart(written: Written, own: Own): Promise<Part> {
  const kind = written.kind as Kind;
  const bar = barred(kind, own);
  if (bar) return { is: bar };
  try {
    const { content, author } = await openWritten(written, own);
    return { is: 'told', content, version: written.version, writtenAt: written.written_at, byHer: author === null };
  } catch (reason) {
    return { is: 'doubted', why: doubtOf(reason) };
  }
}

async function openMessages(own: Own): Promise<Message[]> {
  if (barred(MESSAGE, own)) return [];
  const all: Message[] = [];
  const sorted = [...own.sent.messages].sort((one, other) => one.version - other.version);
  let expected = 1;
  for (const written of sorted) {
    // Versions count from 1 without a gap: one that is left out is noticed.
    for (; expected < written.version; expected += 1) all.push({ is: 'doubted', version: expected, writtenAt: written.written_at, why: 'message_missing' });
    expected = written.version + 1;
    all.push(await openMessage(written, own));
  }
  const last = own.seen.get(seenKey(own.manifest, MESSAGE)) ?? 0;
  for (; expected <= last; expected += 1) all.push({ is: 'doubted', version: expected, writtenAt: own.reader.now, why: 'message_missing' });
  own.seen.set(seenKey(own.manifest, MESSAGE), Math.max(last, expected - 1));
  return all;
}

async function openMessage(written: Written, own: Own): Promise<Message> {
  const { version, written_at: writtenAt } = written;
  try {
    const { content, author } = await openWritten(written, own, false);
    if (typeof content['text'] !== 'string') throw new Refusal('form_broken');
    // Who said it is who signed it; a text that claims another is not believed.
    if (content['from'] !== (author ? 'center' : 'herself')) throw new Refusal('signature_wrong');
    return { is: 'said', version, writtenAt, byHer: author === null, text: content['text'] };
  } catch (reason) {
    return { is: 'doubted', version, writtenAt, why: doubtOf(reason) };
  }
}

async function openWritten(written: Written, own: Own, newest = true): Promise<{ content: Content; author: Author | null }> {
  const { manifest, knock, reader, seen } = own;
  const place = { caseId: manifest.caseId, kind: written.kind as Kind, version: written.version };
  const before = newest ? (seen.get(seenKey(manifest, place.kind)) ?? 0) : 0;
  if (place.version < before) throw new Refusal('older_than_seen');
  const author = authorOf(written, place, manifest, reader.authors);
  const wraps = written.wraps.map(fromBase64);
  const key = await openWithAny(reader.keys, (opener) => openWrap(opener, wraps, place, manifest.marks, knock.column));
  const bytes = await openCompartment(key, place, fromBase64(written.closed), before);
  key.fill(0);
  if (newest) seen.set(seenKey(manifest, place.kind), place.version);
  return { content: readContent(bytes), author };
}

/** What the first key opens, newest first; wraps do not say of which epoch they are. */
export async function openWithAny<T>(keys: readonly HeldKey[], open: (opener: HeldKey['key'], epoch: number) => Promise<T>): Promise<T> {
  for (const { key, epoch } of keys) {
    try {
      return await open(key, epoch);
    } catch (reason) {
      if (!(reason instanceof Refusal) || reason.code !== 'not_for_you') throw reason;
    }
  }
  throw new Refusal('not_for_you');
}

/** The name of a refusal. Anything else is a fault of ours and goes on as one. */
export function doubtOf(reason: unknown): Doubt {
  if (reason instanceof Refusal) return reason.code;
  if (reason instanceof SyntaxError) return 'form_broken';
  throw reason;
}

const seenKey = (manifest: Manifest, kind: Kind) => `${toBase64(manifest.caseId)}:${kind}`;

function placesOf(notes: Content | null): Place[] {
  const columns = notes?.['columns'];
  if (!Array.isArray(columns)) return [];
  return columns.flatMap((one: unknown): Place[] => {
    const { column, reader, compartments } = (one ?? {}) as Record<string, unknown>;
    if (typeof column !== 'number' || typeof reader !== 'string' || !Array.isArray(compartments)) return [];
    return [{ column, reader, compartments: compartments.filter((kind): kind is number => typeof kind === 'number') }];
  });
}

/** Whether she said that she is in danger now. */
export function inDanger(opened: Opened): boolean {
  const safety = opened.parts.get(8 as Kind);
  return safety?.is === 'told' && safety.content['in_danger_now'] === 'yes';
}

/** Whether the last word is hers: then somebody waits for an answer. */
export function sheWroteLast(opened: Opened): boolean {
  const said = opened.messages.filter((one) => one.is === 'said');
  return said.at(-1)?.byHer ?? true;
}
