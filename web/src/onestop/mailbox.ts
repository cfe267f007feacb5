// Coming back with seven words: what she sent, what was answered and by whom, and what she can still
// do: write, take a consent back, delete. Of what the server gives, only what is signed is believed.

import type { Line } from '../casework/entries';
import type { Chance } from '../seal/chance';
import { openCompartment, type Kind, type Place } from '../seal/compartment';
import { checkWithdrawn, withdrawConsent } from '../seal/consent';
import { DIGEST_BYTES, digest } from '../seal/digest';
import { alike, type Bytes } from '../seal/form';
import { signDeleted, signOpened, type Mailbox } from '../seal/mailbox';
import { Refusal } from '../seal/refusal';
import { amend, checkAmended, layAgain, nameOf, sealCompartment, signedManifest, type Manifest } from '../seal/report';
import { withdrawColumn } from '../seal/team';
import { findColumn, openWrap } from '../seal/wrap';
import { checkWritten, signMoved } from '../seal/written';
import { fromBase64, fromBase64Of, toBase64 } from './base64';
import { columnsOf, MESSAGE, NOTES, readContent, writeContent } from './content';
import { laidColumns } from './columns';
import { checkedWriting } from './author';
import { centerNamed, deviceNamed, type Center, type Device, type Directory } from './directory';
import { ask, tell } from './send';
import { openEntries } from './work';
import type { Case, Challenge, MailboxAnswer, MailboxDelete, MailboxWithdraw, MailboxWrite, Moved, Proof, Received, WithdrawnWire, Written } from './wire';

/** Who wrote something: she, a center by one of its devices, or nobody this page can vouch for. */
export type Author = { by: 'herself' } | { by: 'center'; center: string } | { by: 'unproved' };

/** One version of a compartment or one message, as far as it could be read. */
export interface Part {
  kind: number;
  version: number;
  writtenAt: number;
  author: Author;
  /** `null`: empty, or refused. */
  content: Record<string, unknown> | null;
  /** The name of what was wrong. Nothing of it is shown then. */
  refused: string | null;
}

/** Who may read what, as she chose. */
export interface Reader {
  column: number;
  /** Of the consent that came with the report: the column's name for as long as there is a case. */
  mark: Bytes;
  /** The center's id; `null`: she. */
  center: string | null;
  kinds: number[];
  /** Whether it may give a line without a name to the figures. */
  counted: boolean;
  withdrawnAt: number | null;
}

/** A case, opened. */
export interface OpenCase {
  case64: string;
  receivedAt: number;
  leads: string | null;
  parts: Part[];
  messages: Part[];
  /** The work of the centers on it, each step in order, and what she said to it. */
  entries: Line[];
  /** Messages are counted: one that is missing is noticed. */
  missing: boolean;
  readers: Reader[];
  /** As it is signed, but that a column's mark is that of the consent in it now. */
  manifest: Manifest;
  wire: Case;
}

const HOUR_MILLIS = 3_600_000;
const HERS: Author = { by: 'herself' };
const UNPROVED: Author = { by: 'unproved' };

/** That she holds the mailbox now. The server is asked only after the words were found to fit. */
export async function prove(she: Mailbox): Promise<{ proof: Proof; challenge: Bytes }> {
  const challenge = fromBase64((await ask<Challenge>('challenge')).challenge);
  const proof = {
    locator: toBase64(she.locator),
    signing_key: toBase64(she.signingKey),
    challenge: toBase64(challenge),
    signature: toBase64(signOpened(she, challenge)),
  };
  return { proof, challenge };
}

/** Everything in the mailbox, newest case first. An empty one and one nobody uses are the same. */
export async function readMailbox(she: Mailbox, directory: Directory): Promise<OpenCase[]> {
  const { proof } = await prove(she);
  const { cases } = await tell<MailboxAnswer>('mailbox', proof);
  const opened: OpenCase[] = [];
  for (const one of cases) {
    // A case that is not signed with her key is none of hers: somebody put it there.
    const open = await openCase(she, directory, one).catch((reason: unknown) => {
      if (reason instanceof Refusal) return null;
      throw reason;
    });
    if (open) opened.push(open);
  }
  return opened.sort((one, other) => other.receivedAt - one.receivedAt);
}

/** Opens one case of hers. */
export async function openCase(she: Mailbox, directory: Directory, wire: Case): Promise<OpenCase> {
  const manifest = signedManifest(fromBase64(wire.manifest), fromBase64(wire.signature));
  if (!alike(manifest.signingKey, she.signingKey) || !alike(manifest.caseId, fromBase64(wire.case))) throw new Refusal('signature_wrong');
  const own = await ownColumn(she, manifest, wire);
  const read = (written: Written, centers: ReadonlySet<string>) => readPart({ she, manifest, own, directory, centers }, written);
  // The notes come first: they say which centers she chose, and nobody else may have written to her.
  // They are hers alone: a center that could change them could put another beside itself.
  const notesWire = wire.compartments.find(({ kind }) => kind === NOTES);
  const notes = notesWire ? await read(notesWire, new Set()) : null;
  const readers = notes?.author.by === 'herself' ? readersOf(notes, manifest, wire) : [];
  const chosen = new Set(readers.flatMap(({ center }) => (center === null ? [] : [center])));
  const parts: Part[] = [];
  for (const written of wire.compartments) parts.push(written === notesWire && notes ? notes : await read(written, chosen));
  const messages: Part[] = [];
  for (const written of wire.messages) messages.push(await read(written, chosen));
  const entries = await openEntries(wire.entries, { open: (written) => openWork({ she, manifest, own, directory, centers: chosen }, written), center: null, seen: 0, now: directory.now });
  const leads = notes?.content?.['leads'];
  return {
    case64: wire.case,
    receivedAt: wire.received_at,
    leads: typeof leads === 'string' && chosen.has(leads) ? leads : null,
    parts,
    messages,
    entries,
    missing: messages.some(({ version }, at) => version !== at + 1),
    readers,
    // What is closed from now on is closed under the consents that stand now.
    manifest: { ...manifest, columns: laidColumns(manifest.columns, notes?.author.by === 'herself' ? columnsOf(notes.content) : []) },
    wire,
  };
}

/** Her column, found by trying the first compartment that opens. */
async function ownColumn(she: Mailbox, { caseId, columns }: Manifest, wire: Case): Promise<number> {
  const [first] = wire.compartments;
  if (!first) throw new Refusal('form_broken');
  const place: Place = { caseId, kind: first.kind as Kind, version: first.version };
  return (await findColumn(she, first.wraps.map(fromBase64), place, columns)).column;
}

interface Reading {
  she: Mailbox;
  manifest: Manifest;
  own: number;
  directory: Directory;
  /** Centers whose devices may have written. */
  centers: ReadonlySet<string>;
}

async function readPart(reading: Reading, written: Written): Promise<Part> {
  const { kind, version } = written;
  const part: Part = { kind, version, writtenAt: written.written_at, author: UNPROVED, content: null, refused: null };
  try {
    const { she, manifest, own } = reading;
    const closed = fromBase64(written.closed);
    const wraps = written.wraps.map(fromBase64);
    part.author = authorOf(reading, written, closed, wraps);
    const place: Place = { caseId: manifest.caseId, kind: kind as Kind, version };
    const key = await openWrap(she, wraps, place, manifest.columns, own);
    part.content = readContent(await openCompartment(key, place, closed));
    key.fill(0);
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    return { ...part, author: UNPROVED, content: null, refused: reason.code };
  }
  return part;
}

/** A step of the work, opened. One nobody vouches for is not shown: she could take it for her center's. */
async function openWork({ she, manifest, own, directory, centers }: Reading, written: Written): Promise<{ bytes: Bytes; author: Device | null }> {
  const authors = (id: string) => deviceNamed(directory, id);
  const { closed, wraps, author } = checkedWriting(written, manifest, authors, (center) => centers.has(center));
  const place: Place = { caseId: manifest.caseId, kind: written.kind as Kind, version: written.version };
  const key = await openWrap(she, wraps, place, manifest.columns, own);
  try {
    return { bytes: await openCompartment(key, place, closed), author };
  } finally {
    key.fill(0);
  }
}

/** Who signed it. Throws when a signature that could be checked is wrong. */
function authorOf(reading: Reading, written: Written, closed: Bytes, wraps: Bytes[]): Author {
  const { manifest, directory, centers } = reading;
  const keyOf = (author: string | null): Bytes | null => {
    if (author === null) return Uint8Array.from(manifest.signingKey);
    const device = deviceNamed(directory, author);
    return device && centers.has(device.center) ? device.signingKey : null;
  };
  const signingKey = keyOf(written.author);
  if (!signingKey) return UNPROVED;
  const by = written.signature === null ? null : { signingKey, signature: fromBase64(written.signature) };
  const moves = written.moves.map(({ wraps_before, author, signature }) => ({
    before: fromBase64Of(wraps_before, DIGEST_BYTES),
    signingKey: keyOf(author),
    signature: fromBase64(signature),
  }));
  const known = moves.flatMap((move) => (move.signingKey ? [{ ...move, signingKey: move.signingKey }] : []));
  if (known.length === moves.length) checkWritten(manifest, { kind: written.kind as Kind, version: written.version, closed, wraps, by, moves: known });
  else checkContent(manifest, written, closed, by, moves[0]?.before);
  if (written.author === null) return HERS;
  return { by: 'center', center: deviceNamed(directory, written.author)?.center ?? '' };
}

/**
 * Where a device that moved the wraps is not listed any more: what was written is still signed with
 * the wraps as they were at first, and those are named.
 */
function checkContent(manifest: Manifest, written: Written, closed: Bytes, by: { signingKey: Bytes; signature: Bytes } | null, before: Bytes | undefined): void {
  const closedHash = digest(closed);
  if (by && before) {
    const place: Place = { caseId: manifest.caseId, kind: written.kind as Kind, version: written.version };
    checkAmended(place, { closedHash, wrapsHash: before }, by.signingKey, by.signature);
    return;
  }
  const named = manifest.compartments[written.kind - 1];
  if (by || written.version !== 1 || !named || !alike(named.closedHash, closedHash)) throw new Refusal('signature_wrong');
}

function readersOf(notes: Part, manifest: Manifest, wire: Case): Reader[] {
  return columnsOf(notes.content).flatMap(({ column, reader, compartments, counted }) => {
    const mark = manifest.columns[column]?.mark;
    if (!mark) return [];
    const mark64 = toBase64(mark);
    const gone = wire.withdrawn.find((one) => one.mark === mark64 && isHers(manifest, one));
    return [{ column, mark: Uint8Array.from(mark), center: reader === 'herself' ? null : reader, kinds: compartments, counted: counted === true, withdrawnAt: gone ? gone.at : null }];
  });
}

/** Whether she has signed that a consent ended. */
function isHers({ signingKey }: Manifest, { mark, at, signature }: WithdrawnWire): boolean {
  try {
    checkWithdrawn(fromBase64(mark), BigInt(at), signingKey, fromBase64(signature));
    return true;
  } catch {
    return false;
  }
}

/** Whom a message of hers is closed for: the center of a column, and its key. */
export function hearers(open: OpenCase, directory: Directory): Center[] {
  return open.readers.flatMap(({ center, kinds, withdrawnAt }) => {
    if (center === null || withdrawnAt !== null || !kinds.includes(MESSAGE)) return [];
    const found = centerNamed(directory, center);
    return found?.entry ? [found] : [];
  });
}

/** A message, closed; sent as often as it takes. */
export interface Closed {
  case: string;
  writing: MailboxWrite['writing'];
}

/** Closes a message for herself and whoever of the centers may read messages. */
export async function closeMessage(she: Mailbox, directory: Directory, open: OpenCase, text: string, chance: Chance): Promise<Closed> {
  const { caseId, columns } = open.manifest;
  const place: Place = { caseId, kind: MESSAGE as Kind, version: open.messages.reduce((last, { version }) => Math.max(last, version), 0) + 1 };
  const readers = open.readers.flatMap(({ column, center, kinds, withdrawnAt }) => {
    const compartments = kinds as Kind[];
    if (center === null) return [{ column, publicKey: she.publicKey, recipient: new Uint8Array(16), compartments }];
    const found = withdrawnAt === null ? centerNamed(directory, center) : null;
    return found?.entry ? [{ column, publicKey: found.entry.publicKey, recipient: found.id, compartments }] : [];
  });
  const sealed = await sealCompartment(place, writeContent(MESSAGE, { from: 'herself', text }), layAgain(columns, readers), chance);
  const writing = {
    kind: MESSAGE,
    version: place.version,
    closed: toBase64(sealed.closed),
    wraps: sealed.wraps.map(toBase64),
    signature: toBase64(amend(she, place, nameOf(sealed))),
  };
  return { case: open.case64, writing };
}

/** Sends a closed message. */
export async function sendMessage(she: Mailbox, { case: case64, writing }: Closed): Promise<void> {
  const { proof } = await prove(she);
  await tell<Received>('mailbox/write', { proof, case: case64, writing } satisfies MailboxWrite);
}

/**
 * Takes a consent back: a dummy stands in that reader's column of everything that is kept, and she
 * has signed that it does. `now` is the city's time.
 */
export async function withdraw(she: Mailbox, open: OpenCase, reader: Reader, now: number, chance: Chance, progress?: (share: number) => void | Promise<void>): Promise<void> {
  const { caseId, columns } = open.manifest;
  const all = [...open.wire.compartments, ...open.wire.messages, ...open.wire.entries];
  const moved: Moved[] = [];
  for (const { kind, version, closed, wraps } of all) {
    const place: Place = { caseId, kind: kind as Kind, version };
    const old = wraps.map(fromBase64);
    const replaced = await withdrawColumn(old, place, columns, reader.column, chance);
    const signature = signMoved(she, place, { closedHash: digest(fromBase64(closed)), before: digest(...old), after: digest(...replaced) });
    moved.push({ kind, version, wraps: replaced.map(toBase64), signature: toBase64(signature) });
    await progress?.(moved.length / all.length);
  }
  const at = Math.floor(now / HOUR_MILLIS) * HOUR_MILLIS;
  const { proof } = await prove(she);
  const body: MailboxWithdraw = {
    proof, case: open.case64, mark: toBase64(reader.mark), at, signature: toBase64(withdrawConsent(she, reader.mark, BigInt(at))), moved,
  };
  await tell<Received>('mailbox/withdraw', body);
}

/** Sends a closed entry of hers; a number that is taken is `onestop.version_taken`. */
export async function sendEntry(she: Mailbox, case64: string, writing: MailboxWrite['writing']): Promise<void> {
  const { proof } = await prove(she);
  await tell<Received>('mailbox/write', { proof, case: case64, writing } satisfies MailboxWrite);
}

/** Deletes a case, all of it. */
export async function deleteCase(she: Mailbox, case64: string): Promise<void> {
  const { proof, challenge } = await prove(she);
  await tell<void>('mailbox/delete', { proof, case: case64, deleted_signature: toBase64(signDeleted(she, challenge)) } satisfies MailboxDelete);
}
