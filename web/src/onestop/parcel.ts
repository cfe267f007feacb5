// From what she wrote and whom she chose to the bytes that leave her device, made once: whatever
// happens on the way, the same bytes are sent again, and the server knows them for the same case.

import type { Chance } from '../seal/chance';
import { CASE_BYTES, KINDS, type Kind } from '../seal/compartment';
import { CHANNEL, GIVEN_BY, HERSELF, PURPOSE, writeConsent, type Purpose } from '../seal/consent';
import { digest } from '../seal/digest';
import type { TeamKeyEntry } from '../seal/directory';
import { alike, type Bytes } from '../seal/form';
import { knockFor } from '../seal/knock';
import type { Mailbox } from '../seal/mailbox';
import { layColumns, readManifest, sealReport, type LaidColumn, type Theirs } from '../seal/report';
import type { Contents } from './answers';
import { fromBase64, toBase64 } from './base64';
import { NOTES, writeContent, type ColumnNote, type KnownKind, type Notes } from './content';
import type { Report } from './wire';

/** A center that may read something, and the text with which she allowed it. */
export interface Reading {
  center: { name64: string; service: string; entry: TeamKeyEntry };
  /** At least one, rising. */
  kinds: readonly number[];
  text: string;
  /** Whether it may give a line without a name to the figures. */
  counted?: boolean;
}

/** Everything a parcel is made of. */
export interface Draft {
  contents: Contents;
  readings: readonly Reading[];
  /** The leading center's id in base64url. */
  leads: string | null;
  language: 'ko' | 'en';
  /** The city's time, UTC milliseconds. */
  now: number;
}

const HOUR_MILLIS = 3_600_000;
const SALT_BYTES = 16;

/** The body of the report, as text. `progress` hears how much is closed, 0 to 1. */
export async function makeParcel(she: Mailbox, draft: Draft, chance: Chance, progress?: (share: number) => void | Promise<void>): Promise<string> {
  const caseId = chance(CASE_BYTES);
  // To the hour, as every time that is kept: a minute would tie a consent to a moment of traffic.
  const givenAt = BigInt(Math.floor(draft.now / HOUR_MILLIS) * HOUR_MILLIS);
  const consentFor = (recipient: Uint8Array, epoch: number, compartments: readonly number[], purposes: readonly Purpose[], text: string) =>
    writeConsent({
      salt: chance(SALT_BYTES), caseId, recipient, epoch, compartments: compartments as readonly Kind[], purposes, givenAt, endsAt: 0n,
      givenBy: GIVEN_BY.herself, channel: CHANNEL.inWriting, language: draft.language, textHash: digest(new TextEncoder().encode(text)),
    });
  const hers = { mailbox: she, consent: consentFor(HERSELF, 0, KINDS, [PURPOSE.services, PURPOSE.figures], '') };
  const theirs: Theirs[] = draft.readings.map(({ center, kinds, text, counted }) => {
    const purposes = [PURPOSE.services, ...(counted ? [PURPOSE.figures] : []), ...(center.service === 'police' ? [PURPOSE.police] : [])];
    return { entry: center.entry, consent: consentFor(center.entry.team, center.entry.epoch, kinds, purposes, text) };
  });
  const columns = layColumns(caseId, hers, theirs, chance);
  const counted = draft.readings.flatMap((one) => (one.counted ? [one.center.name64] : []));
  const contents = closedContents(draft, columns, counted);
  const { manifest, signature, compartments } = await sealReport(she, caseId, columns, contents, chance, progress);
  const knocks: Report['knocks'] = [];
  for (const one of theirs) {
    const { team, epoch, knock } = await knockFor(she, columns, one, chance);
    knocks.push({ center: toBase64(team), epoch, knock: toBase64(knock) });
  }
  const body: Report = {
    manifest: toBase64(manifest),
    signature: toBase64(signature),
    compartments: compartments.map(({ closed, wraps }) => ({ closed: toBase64(closed), wraps: wraps.map(toBase64) })),
    knocks,
  };
  return JSON.stringify(body);
}

/** The contents as bytes, with the notes saying whose column is whose. */
function closedContents({ contents, leads }: Draft, columns: readonly LaidColumn[], counted: readonly string[]): Partial<Record<Kind, Bytes>> {
  const notes: Notes = { ...contents[NOTES], ...(leads ? { leads } : {}), columns: columnNotes(columns, counted) };
  const all: Contents = { ...contents, [NOTES]: notes };
  const bytes: Partial<Record<number, Bytes>> = {};
  for (const [kind, content] of Object.entries(all)) bytes[Number(kind)] = writeContent(Number(kind) as KnownKind, content);
  return bytes;
}

function columnNotes(columns: readonly LaidColumn[], counted: readonly string[]): ColumnNote[] {
  return columns.flatMap(({ reader: laid }, column) => {
    if (!laid) return [];
    const reader = alike(laid.recipient, HERSELF) ? 'herself' : toBase64(laid.recipient);
    return [{ column, reader, compartments: [...laid.compartments], ...(counted.includes(reader) ? { counted: true } : {}) }];
  });
}

/** The case's number in a parcel, in base64url: what is sent after the report belongs to it. */
export function caseOf(parcel: string): string {
  const { manifest } = JSON.parse(parcel) as Report;
  return toBase64(readManifest(fromBase64(manifest)).caseId);
}
