// She gives a reader more than at first, or less, or something to a center that had nothing: a later
// consent stands in its column, and everything that is kept is closed under it. What she was shown and
// what its reader opens are the same, because the kinds in the consent are what both are made of.

import type { Chance } from '../seal/chance';
import type { Kind, Place } from '../seal/compartment';
import { CHANNEL, consentMark, GIVEN_BY, PURPOSE, writeConsent } from '../seal/consent';
import { digest } from '../seal/digest';
import type { TeamKeyEntry } from '../seal/directory';
import type { Bytes } from '../seal/form';
import { closeLaterKnock } from '../seal/knock';
import type { Mailbox } from '../seal/mailbox';
import { Refusal } from '../seal/refusal';
import { amend, layAgain, nameOf, sealCompartment, type ColumnReader } from '../seal/report';
import { layColumn } from '../seal/team';
import { COLUMNS } from '../seal/wrap';
import { signMoved } from '../seal/written';
import { fromBase64, toBase64 } from './base64';
import { columnsOf, NOTES, writeContent, type ColumnNote, type Notes } from './content';
import { centerNamed, type Directory } from './directory';
import { prove, type OpenCase, type Reader } from './mailbox';
import { tell } from './send';
import type { MailboxGive, Moved, Received } from './wire';

/** What she lets a center open from now on. */
export interface Giving {
  center: { name64: string; service: string; id: Bytes; entry: TeamKeyEntry };
  /** At least one, rising. */
  kinds: readonly number[];
  /** The sentence she was shown. */
  text: string;
  /** Whether it may give a line without a name to the figures. */
  counted: boolean;
}

/** A gift, closed; sent as often as it takes. */
export type Gift = Omit<MailboxGive, 'proof'>;

const HOUR_MILLIS = 3_600_000;
const SALT_BYTES = 16;

/** The reader a center is now, if what it was given is not taken back. */
export function readerNow(open: OpenCase, center: string): Reader | null {
  return open.readers.find((one) => one.center === center && one.withdrawnAt === null) ?? null;
}

/** The column a center's consent will stand in: its own, or one of nobody. `null`: all eight are somebody's. */
export function columnFor(open: OpenCase, center: string, chance: Chance): number | null {
  const own = readerNow(open, center);
  if (own) return own.column;
  const free = Array.from({ length: COLUMNS }, (_, at) => at).filter((at) => !open.readers.some(({ column }) => column === at));
  // Whichever: one that is always the first would say how many there are.
  return free.length === 0 ? null : (free[(chance(1)[0] ?? 0) % free.length] ?? null);
}

/** When she gives it: the city's hour, and later than whatever she gave before, so that the newest is known. */
function givenAt(open: OpenCase, notes: readonly ColumnNote[], now: number): number {
  const hour = Math.floor(now / HOUR_MILLIS) * HOUR_MILLIS;
  return Math.max(hour, open.receivedAt, ...notes.map(({ given_at: at }) => at ?? 0)) + 1;
}

/** Closes what she gives. `progress` hears how much is done, 0 to 1. */
export async function closeGift(
  she: Mailbox,
  directory: Directory,
  open: OpenCase,
  giving: Giving,
  at: { language: 'ko' | 'en'; now: number },
  chance: Chance,
  progress?: (share: number) => void | Promise<void>,
): Promise<Gift> {
  const { caseId } = open.manifest;
  const { center, kinds, counted } = giving;
  const own = open.readers.find(({ center: who }) => who === null)?.column;
  const column = columnFor(open, center.name64, chance);
  const kept = open.parts.find(({ kind }) => kind === NOTES);
  if (own === undefined || column === null || !kept?.content || kept.author.by !== 'herself') throw new Refusal('form_broken');
  const before = columnsOf(kept.content);
  const given = givenAt(open, before, at.now);
  const consent = writeConsent({
    salt: chance(SALT_BYTES), caseId, recipient: center.id, epoch: center.entry.epoch, compartments: kinds as readonly Kind[], purposes: purposesOf(giving),
    givenAt: BigInt(given), endsAt: 0n, givenBy: GIVEN_BY.herself, channel: CHANNEL.inWriting, language: at.language, textHash: digest(new TextEncoder().encode(giving.text)),
  });
  const mark = consentMark(consent);
  const moved: Moved[] = [];
  const all = [...open.wire.compartments.filter(({ kind }) => kind !== NOTES), ...open.wire.messages, ...open.wire.entries];
  for (const { kind, version, closed, wraps } of all) {
    const place: Place = { caseId, kind: kind as Kind, version };
    const old = wraps.map(fromBase64);
    const publicKey = kinds.includes(kind) ? center.entry.publicKey : null;
    const laid = await layColumn(she, own, old, place, open.manifest.columns, { column, mark, publicKey }, chance);
    const signature = signMoved(she, place, { closedHash: digest(fromBase64(closed)), before: digest(...old), after: digest(...laid) });
    moved.push({ kind, version, wraps: laid.map(toBase64), signature: toBase64(signature) });
    await progress?.(moved.length / (all.length + 1));
  }
  const note: ColumnNote = { column, reader: center.name64, compartments: [...kinds], ...(counted ? { counted } : {}), mark: toBase64(mark), given_at: given };
  const notes = await closeNotes(she, directory, open, { kept, before, note }, chance);
  const knock = await closeLaterKnock(she, column, { entry: center.entry, consent }, chance);
  return { case: open.case64, moved, notes, knock: { center: toBase64(knock.team), epoch: knock.epoch, knock: toBase64(knock.knock) } };
}

function purposesOf({ center, counted }: Giving) {
  return [PURPOSE.services, ...(counted ? [PURPOSE.figures] : []), ...(center.service === 'police' ? [PURPOSE.police] : [])];
}

/** Her notes with the column as it is from now on, closed for whoever may read them then. */
async function closeNotes(
  she: Mailbox,
  directory: Directory,
  open: OpenCase,
  { kept, before, note }: { kept: OpenCase['parts'][number]; before: readonly ColumnNote[]; note: ColumnNote },
  chance: Chance,
): Promise<MailboxGive['notes']> {
  const columns = [...before.filter(({ column }) => column !== note.column), note];
  const laid = open.manifest.columns.map((one, at) => (at === note.column && note.mark ? { mark: fromBase64(note.mark) } : one));
  const taken = new Set(open.readers.flatMap(({ column, withdrawnAt }) => (withdrawnAt === null ? [] : [column])));
  const readers = columns.flatMap(({ column, reader, compartments: kinds }): (ColumnReader & { column: number })[] => {
    const compartments = kinds as Kind[];
    if (reader === 'herself') return [{ column, publicKey: she.publicKey, recipient: new Uint8Array(16), compartments }];
    const center = taken.has(column) ? null : centerNamed(directory, reader);
    return center?.entry ? [{ column, publicKey: center.entry.publicKey, recipient: center.id, compartments }] : [];
  });
  const place: Place = { caseId: open.manifest.caseId, kind: NOTES as Kind, version: kept.version + 1 };
  const content: Notes = { ...(kept.content as Notes), columns };
  const sealed = await sealCompartment(place, writeContent(NOTES, content), layAgain(laid, readers), chance);
  return {
    kind: NOTES, version: place.version, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64),
    signature: toBase64(amend(she, place, nameOf(sealed))),
  };
}

/** Sends it. Once more is the same once. */
export async function sendGift(she: Mailbox, gift: Gift): Promise<void> {
  const { proof } = await prove(she);
  await tell<Received>('mailbox/give', { proof, ...gift } satisfies MailboxGive);
}
