// What she sends: twelve compartments, each with eight wraps, and a signed list of all their hashes
// (SPEC §7). The server checks sizes, counts and the signature, which is all it can check.

import { shuffled, type Chance } from './chance';
import { KEY_BYTES } from './cipher';
import { CASE_BYTES, closeCompartment, isClosedSize, placeStart, REPORT_KINDS, type Kind, type Place } from './compartment';
import { consentMark, HERSELF, readConsent } from './consent';
import { DIGEST_BYTES, digest } from './digest';
import type { TeamKeyEntry } from './directory';
import { PUBLIC_KEY_BYTES, wholePublicKey } from './envelope';
import { alike, Reader, within, Writer, type Bytes } from './form';
import type { Signer } from './keys';
import type { Mailbox } from './mailbox';
import { Refusal } from './refusal';
import { isSigned, SIGNING_KEY_BYTES } from './signature';
import { COLUMNS, dummyWrap, wholeWraps, wrapFor, type Column } from './wrap';

/** The two hashes by which a manifest names a compartment. */
export interface Named {
  closedHash: Uint8Array;
  /** Over its eight wraps joined. */
  wrapsHash: Uint8Array;
}

/** The signed list of a report. */
export interface Manifest {
  caseId: Uint8Array;
  locator: Uint8Array;
  signingKey: Uint8Array;
  publicKey: Uint8Array;
  columns: readonly Column[];
  /** By kind, from 1. */
  compartments: readonly Named[];
}

/** A compartment as it leaves her device. */
export interface Sealed {
  closed: Bytes;
  wraps: Bytes[];
}

/** A report as it leaves her device. */
export interface SealedReport {
  manifest: Bytes;
  signature: Bytes;
  /** By kind, from 1. */
  compartments: Sealed[];
}

/** Her own column: the mailbox it is closed for, and the bytes of her consent to herself. */
export interface Hers {
  mailbox: { publicKey: Uint8Array };
  consent: Uint8Array;
}

/** A team that may open something: its entry of the directory, and the bytes of her consent. */
export interface Theirs {
  entry: Pick<TeamKeyEntry, 'team' | 'epoch' | 'publicKey'>;
  consent: Uint8Array;
}

/** Who reads a column: the key to close for now, and what may be closed for it. */
export interface ColumnReader {
  publicKey: Uint8Array;
  /** The team's id, or `HERSELF`. */
  recipient: Uint8Array;
  compartments: readonly Kind[];
}

/** A column with its reader, if it has one. Only her device and the leading team know this. */
export interface LaidColumn extends Column {
  reader: ColumnReader | null;
}

const FORM = 1;

/** Lays the columns of a new case, in an order drawn at random. */
export function layColumns(caseId: Uint8Array, hers: Hers, theirs: readonly Theirs[], chance: Chance): LaidColumn[] {
  if (theirs.length >= COLUMNS) throw new Refusal('wraps_not_eight');
  const readers = [
    columnFor(caseId, hers.consent, { team: HERSELF, epoch: 0, publicKey: hers.mailbox.publicKey }),
    ...theirs.map(({ consent, entry }) => columnFor(caseId, consent, entry)),
  ];
  const nobody = Array.from({ length: COLUMNS - readers.length }, (): LaidColumn => ({ mark: chance(DIGEST_BYTES), reader: null }));
  return shuffled([...readers, ...nobody], chance);
}

/**
 * The columns of a case that was sent, for what is written later: who reads which, the notes say.
 * A team's key is its newest, which may be a later one than her consent names.
 */
export function layAgain(columns: readonly Column[], readers: readonly (ColumnReader & { column: number })[]): LaidColumn[] {
  if (columns.length !== COLUMNS) throw new Refusal('wraps_not_eight');
  const laid = columns.map(({ mark }): LaidColumn => ({ mark, reader: null }));
  for (const { column, publicKey, recipient, compartments } of readers) {
    const at = laid[within(column, 0, COLUMNS - 1)];
    if (!at || at.reader) throw new Refusal('form_broken');
    at.reader = { publicKey: wholePublicKey(publicKey), recipient, compartments };
  }
  return laid;
}

/** A consent names a case, a team and an epoch: it must never open anything for another key. */
export function columnFor(caseId: Uint8Array, bytes: Uint8Array, { team, epoch, publicKey }: Theirs['entry']): LaidColumn {
  const consent = readConsent(bytes);
  if (!alike(consent.caseId, caseId) || !alike(consent.recipient, team) || consent.epoch !== epoch) throw new Refusal('form_broken');
  const reader = { publicKey: wholePublicKey(publicKey), recipient: consent.recipient, compartments: consent.compartments };
  return { mark: consentMark(bytes), reader };
}

/** Closes one version of one compartment for the readers of its columns, and dummies for the others. */
export async function sealCompartment(place: Place, content: Uint8Array, columns: readonly LaidColumn[], chance: Chance): Promise<Sealed> {
  if (columns.length !== COLUMNS) throw new Refusal('wraps_not_eight');
  const key = chance(KEY_BYTES);
  const closed = await closeCompartment(key, place, content);
  const wraps: Bytes[] = [];
  for (const [column, beside] of columns.entries()) {
    const mayOpen = beside.reader?.compartments.includes(place.kind) ? beside.reader : null;
    wraps.push(await (mayOpen ? wrapFor(mayOpen.publicKey, key, place, column, beside, chance) : dummyWrap(place, column, beside, chance)));
  }
  key.fill(0);
  return { closed, wraps };
}

/**
 * Closes a whole report: all twelve kinds, empty ones too, because which she filled is hers. It takes
 * seconds on a slow phone: `progress` is told after each how much is done (0 to 1), and waited for,
 * so that a page may draw it.
 */
export async function sealReport(
  she: Mailbox,
  caseId: Uint8Array,
  columns: readonly LaidColumn[],
  contents: Partial<Record<Kind, Uint8Array>>,
  chance: Chance,
  progress?: (share: number) => void | Promise<void>,
): Promise<SealedReport> {
  const compartments: Sealed[] = [];
  for (const kind of REPORT_KINDS) {
    compartments.push(await sealCompartment({ caseId, kind, version: 1 }, contents[kind] ?? new Uint8Array(), columns, chance));
    await progress?.(compartments.length / REPORT_KINDS.length);
  }
  const { locator, signingKey, publicKey } = she;
  const manifest = writeManifest({ caseId, locator, signingKey, publicKey, columns, compartments: compartments.map(nameOf) });
  return { manifest, signature: signReport(she, manifest), compartments };
}

/** The hashes of a compartment. */
export function nameOf({ closed, wraps }: { closed: Uint8Array; wraps: readonly Uint8Array[] }): Named {
  return { closedHash: digest(closed), wrapsHash: digest(...wraps) };
}

/** The bytes of a manifest. */
export function writeManifest(manifest: Manifest): Bytes {
  if (manifest.columns.length !== COLUMNS || manifest.compartments.length !== REPORT_KINDS.length) throw new Refusal('form_broken');
  const writer = new Writer()
    .u8(FORM)
    .fixed(manifest.caseId, CASE_BYTES)
    .fixed(manifest.locator, DIGEST_BYTES)
    .fixed(manifest.signingKey, SIGNING_KEY_BYTES)
    .fixed(manifest.publicKey, PUBLIC_KEY_BYTES);
  for (const { mark } of manifest.columns) writer.fixed(mark, DIGEST_BYTES);
  for (const { closedHash, wrapsHash } of manifest.compartments) writer.fixed(closedHash, DIGEST_BYTES).fixed(wrapsHash, DIGEST_BYTES);
  return writer.bytes();
}

/** A manifest from its bytes; whether it is signed is another question. */
export function readManifest(bytes: Uint8Array): Manifest {
  const reader = new Reader(bytes);
  reader.only(FORM);
  const caseId = reader.fixed(CASE_BYTES);
  const locator = reader.fixed(DIGEST_BYTES);
  const signingKey = reader.fixed(SIGNING_KEY_BYTES);
  const publicKey = reader.fixed(PUBLIC_KEY_BYTES);
  const columns = Array.from({ length: COLUMNS }, () => ({ mark: reader.fixed(DIGEST_BYTES) }));
  const compartments = REPORT_KINDS.map(() => ({ closedHash: reader.fixed(DIGEST_BYTES), wrapsHash: reader.fixed(DIGEST_BYTES) }));
  reader.end();
  return { caseId, locator, signingKey, publicKey, columns, compartments };
}

/** Signs a manifest, which must be one. */
export function signReport(she: Signer, manifest: Uint8Array): Bytes {
  readManifest(manifest);
  return she.sign('report', manifest);
}

/** A manifest signed by the mailbox it names. */
export function signedManifest(manifest: Uint8Array, signature: Uint8Array): Manifest {
  const read = readManifest(manifest);
  if (!isSigned(read.signingKey, 'report', manifest, signature)) throw new Refusal('signature_wrong');
  return read;
}

/** Passes only if these are the bytes the manifest names for that kind. */
export function checkHolds(manifest: Manifest, kind: Kind, closed: Uint8Array, wraps: readonly Uint8Array[]): void {
  wholeWraps(wraps);
  const named = manifest.compartments[kind - 1];
  const found = nameOf({ closed, wraps });
  if (!named || !isClosedSize(closed.length)) throw new Refusal('form_broken');
  if (!alike(found.closedHash, named.closedHash) || !alike(found.wrapsHash, named.wrapsHash)) throw new Refusal('signature_wrong');
}

/** Signs a later version of one compartment or a message, as her mailbox or as a member's device. */
export function amend(author: Signer, place: Place, named: Named): Bytes {
  return author.sign('amended', amendment(place, named));
}

/** Passes only if this key has signed that version. */
export function checkAmended(place: Place, named: Named, signingKey: Uint8Array, signature: Uint8Array): void {
  if (!isSigned(signingKey, 'amended', amendment(place, named), signature)) throw new Refusal('signature_wrong');
}

function amendment(place: Place, { closedHash, wrapsHash }: Named): Bytes {
  return placeStart(new Writer(), place).fixed(closedHash, DIGEST_BYTES).fixed(wrapsHash, DIGEST_BYTES).bytes();
}
