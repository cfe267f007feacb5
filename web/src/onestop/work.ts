// The work on a case: entries of kind 14, each a step that she or a center has taken. Nothing of an
// entry is believed but what is signed: who wrote it says the signature, never the text.

import type { Chance } from '../seal/chance';
import type { Kind, Place } from '../seal/compartment';
import { HERSELF } from '../seal/consent';
import type { Bytes } from '../seal/form';
import type { Signer } from '../seal/keys';
import type { Mailbox } from '../seal/mailbox';
import { Refusal } from '../seal/refusal';
import { amend, layAgain, nameOf, sealCompartment, type ColumnReader, type LaidColumn, type Manifest } from '../seal/report';
import type { CaseState } from '../casework/fold';
import type { Doubted, Entry, Laid, Line } from '../casework/entries';
import { UnknownAuthor, type Author } from './author';
import { fromBase64, toBase64 } from './base64';
import type { HeldKey, Opened } from './case';
import { CASEWORK, readContent } from './content';
import { centerNamed, type Directory } from './directory';
import type { Row } from './desk';
import type { OpenCase } from './mailbox';
import type { Writing, Written } from './wire';

export type { Laid, Line };

/** What an entry says, as it is written: its name, and whatever belongs to a step of that name. */
export type Content = Laid['entry'];

/**
 * What became of an entry: kept, or somebody wrote meanwhile and has to be read first. On a visit
 * without a network, kept means closed on this device until there is one.
 */
export type Told = 'sent' | 'taken';

/** What a section of a case is given on the caseworker's page. `null`: it did not go, and the page says why. */
export interface CaseSlot {
  row: Row;
  opened: Opened;
  state: CaseState;
  write: (entry: Entry) => Promise<Told | null>;
}

/** What a section of a case is given on her page. */
export interface HerSlot {
  box: OpenCase;
  entries: readonly Line[];
  write: (entry: Entry) => Promise<Told | null>;
}

const FORM = 1;

/** The bytes of an entry. */
export function entryBytes(entry: Content): Bytes {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify({ v: FORM, ...entry })));
}

/** Reads an entry; one that is nothing this page knows is kept with whatever it says. */
export function readEntry(bytes: Uint8Array): Content {
  const content = readContent(bytes) ?? {};
  const name = content['entry'];
  return { ...content, entry: typeof name === 'string' ? name : '' };
}

/** How the entries of a case are opened by whoever reads. */
export interface Opens {
  /** Opens one whose every signature holds. `author` is `null` for her. */
  open: (written: Written) => Promise<{ bytes: Uint8Array; author: Author | null }>;
  /** The reading center's id; `null`: she reads. */
  center: string | null;
  /** The highest number seen before; 0: none. */
  seen: number;
  /** UTC milliseconds. */
  now: number;
}

/** Every entry in order. None may be left out, neither between two nor at the end. */
export async function openEntries(sent: readonly Written[], how: Opens): Promise<Line[]> {
  const all: Line[] = [];
  let next = 1;
  for (const written of [...sent].sort((one, other) => one.version - other.version)) {
    for (; next < written.version; next += 1) all.push(missing(next, written.written_at));
    next = written.version + 1;
    all.push(await openEntry(written, how));
  }
  for (; next <= how.seen; next += 1) all.push(missing(next, how.now));
  return all;
}

function missing(version: number, writtenAt: number): Doubted {
  return { is: 'doubted', version, writtenAt, why: 'message_missing' };
}

async function openEntry(written: Written, { open, center: reading }: Opens): Promise<Line> {
  const { version, written_at: writtenAt } = written;
  try {
    const { bytes, author } = await open(written);
    const center = author?.center ?? null;
    return { is: 'laid', version, writtenAt, byHer: author === null, ownCenter: center !== null && center === reading, center, device: author?.device ?? null, entry: readEntry(bytes) };
  } catch (reason) {
    if (reason instanceof Refusal) return { is: 'doubted', version, writtenAt, why: reason.code };
    if (reason instanceof UnknownAuthor) return { is: 'doubted', version, writtenAt, why: 'author_unknown' };
    throw reason;
  }
}

/** The public key of a center's newest epoch, if the directory proves one. */
export type KeyOf = (center: string) => Uint8Array | null;

/**
 * The columns for something a center writes: she, the center itself by its newest key, and every
 * other center whose consent has the kind and was not taken back.
 */
export function columnsFor(opened: Opened, kind: Kind, keys: readonly HeldKey[], keyOf: KeyOf): LaidColumn[] {
  const { manifest, column, consent, places, ended } = opened;
  const [newest] = keys;
  const hers = places.find(({ reader }) => reader === 'herself');
  // Whether it can be written at all is asked before, where it can be said.
  if (!newest || !hers) throw new Refusal('form_broken');
  const others = places.flatMap(({ column: at, reader, compartments }) => {
    const left = at === column || at === hers.column || ended.includes(at) || !compartments.includes(kind);
    const publicKey = left ? null : keyOf(reader);
    return publicKey ? [{ column: at, publicKey, recipient: fromBase64(reader), compartments: [kind] }] : [];
  });
  return layAgain(manifest.columns, [
    { column: hers.column, publicKey: manifest.publicKey, recipient: HERSELF, compartments: [kind] },
    { column, publicKey: newest.key.publicKey, recipient: consent.recipient, compartments: [kind] },
    ...others,
  ]);
}

async function closed(manifest: Manifest, version: number, entry: Content, columns: readonly LaidColumn[], signer: Signer, chance: Chance): Promise<Writing> {
  const place: Place = { caseId: manifest.caseId, kind: CASEWORK as Kind, version };
  const sealed = await sealCompartment(place, entryBytes(entry), columns, chance);
  return {
    kind: CASEWORK, version, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64),
    signature: toBase64(amend(signer, place, nameOf(sealed))),
  };
}

/** The number of the last entry there is, believed or not; 0: none. It is what the next is based on. */
export function lastOf(entries: readonly { version: number }[]): number {
  return entries.reduce((last, { version }) => Math.max(last, version), 0);
}

/** Closes an entry of a caseworker, signed by her device. */
export function closeEntry(opened: Opened, entry: Content, own: { keys: readonly HeldKey[]; device: Signer; keyOf: KeyOf; chance: Chance }): Promise<Writing> {
  const columns = columnsFor(opened, CASEWORK as Kind, own.keys, own.keyOf);
  return closed(opened.manifest, lastOf(opened.entries) + 1, entry, columns, own.device, own.chance);
}

/** Closes an entry of hers, signed by her mailbox: for herself, and for every center that reads the work. */
export function closeHers(she: Mailbox, directory: Directory, open: OpenCase, entry: Content, chance: Chance): Promise<Writing> {
  const compartments = [CASEWORK as Kind];
  const readers = open.readers.flatMap(({ column, center, kinds, withdrawnAt }): (ColumnReader & { column: number })[] => {
    if (center === null) return [{ column, publicKey: she.publicKey, recipient: HERSELF, compartments }];
    const found = withdrawnAt === null && kinds.includes(CASEWORK) ? centerNamed(directory, center) : null;
    return found?.entry ? [{ column, publicKey: found.entry.publicKey, recipient: found.id, compartments }] : [];
  });
  return closed(open.manifest, lastOf(open.entries) + 1, entry, layAgain(open.manifest.columns, readers), she, chance);
}

/** Who hears of an entry of hers: the centers that read the work now. */
export function workReaders(open: OpenCase): string[] {
  return open.readers.flatMap(({ center, kinds, withdrawnAt }) => (center !== null && withdrawnAt === null && kinds.includes(CASEWORK) ? [center] : []));
}

/** Of an entry that sets something: the field that says which of several. Any other only adds. */
const SETS: Readonly<Record<string, string | null>> = { intake: null, danger: null, plan: null, closure: null, appointment: 'appointment', duty: 'rule', referral_state: 'referral' };

/** Whether two entries set the same thing, so that one has to have seen the other. */
export function touches(one: Content, other: Content): boolean {
  if (one.entry !== other.entry || !Object.hasOwn(SETS, one.entry)) return false;
  const which = SETS[one.entry];
  return !which || one[which] === other[which];
}

/** How an entry reaches the case: by a caseworker's device or by her mailbox. */
export interface Laying<C> {
  /** What is there now. */
  at: C;
  entriesOf: (at: C) => readonly Line[];
  close: (entry: Content, at: C) => Promise<Writing>;
  /** `false`: the number was taken meanwhile. */
  send: (writing: Writing) => Promise<boolean>;
  /** The case as it is now, and the bytes it keeps under a number; `null`: it is not there. */
  again: () => Promise<{ at: C; kept: (version: number) => string | null } | null>;
}

/** So often somebody may be faster. */
const TRIES = 4;

/**
 * Lays an entry down. When somebody else was faster, what she typed is written after it: based on
 * all that is there, or, where the other has set the same thing, still on what she knew, so that both
 * are kept and a decision is asked for. Nothing she typed is lost, and nothing is written twice.
 */
export async function lay<C>(entry: Content, how: Laying<C>): Promise<Told> {
  let { at } = how;
  const known = typeof entry['base'] === 'number' ? entry['base'] : lastOf(how.entriesOf(at));
  for (let tried = 0; tried < TRIES; tried += 1) {
    const entries = how.entriesOf(at);
    const meanwhile = entries.some((one) => one.version > known && (one.is === 'doubted' || touches(entry, one.entry)));
    const writing = await how.close({ ...entry, base: meanwhile ? known : lastOf(entries) }, at);
    if (await how.send(writing)) return 'sent';
    const now = await how.again();
    if (!now) return 'taken';
    // The answer to a first try may have been lost on the way: then what stands there is hers.
    if (now.kept(writing.version) === writing.closed) return 'sent';
    at = now.at;
  }
  return 'taken';
}
