// For the tests: one woman, one center, one caseworker, and a report between them, as the server
// would hand it out.

import { browserChance as chance } from '../seal/chance';
import { KINDS, type Kind, type Place } from '../seal/compartment';
import { HERSELF, PURPOSE, writeConsent } from '../seal/consent';
import { Device } from '../seal/device';
import { knockFor } from '../seal/knock';
import { Mailbox } from '../seal/mailbox';
import { amend, layColumns, nameOf, sealCompartment, sealReport, type LaidColumn } from '../seal/report';
import { TeamKey } from '../seal/team';
import type { Author } from './author';
import { toBase64 } from './base64';
import type { Reader } from './case';
import { CASEWORK, CONTACT, INCIDENT, MESSAGE, NOTES, SAFETY, writeContent } from './content';
import type { KnockItem } from './desk';
import type { Case, Written } from './wire';

export const AT = Date.UTC(2026, 10, 27, 10);
/** What the center may open; what happened is for nobody but her. */
export const OPEN = [CONTACT, SAFETY, NOTES, MESSAGE, CASEWORK] as Kind[];

/** A center with one key and one device. */
export async function sampleCenter() {
  const id = chance(16);
  const [key, device] = [await TeamKey.draw(chance), await Device.ofRoot(chance(32))];
  const author: Author = { device: toBase64(chance(16)), center: toBase64(id), signingKey: device.signingKey };
  return { id, name: toBase64(id), epoch: 1, key, device, author };
}

export type SampleCenter = Awaited<ReturnType<typeof sampleCenter>>;

/** A center's reader with these keys, who knows the devices of these centers. */
export function readerOf(center: SampleCenter, keys = [{ epoch: center.epoch, key: center.key }], known: readonly SampleCenter[] = [center]): Reader {
  const authors = (device: string) => known.find(({ author }) => author.device === device)?.author ?? null;
  return { center: center.name, keys, authors, now: AT };
}

/** A report for a center, with its knock. */
export async function sampleReport(center: SampleCenter, open: readonly Kind[] = OPEN) {
  const she = await Mailbox.ofRoot(chance(32));
  const caseId = chance(16);
  const consent = (recipient: Uint8Array, epoch: number, compartments: readonly Kind[]) =>
    writeConsent({ salt: chance(16), caseId, recipient, epoch, compartments, purposes: [PURPOSE.services, PURPOSE.figures], givenAt: BigInt(AT), endsAt: 0n, givenBy: 0, channel: 0, language: 'ko', textHash: chance(32) });
  const theirs = { entry: { team: center.id, epoch: center.epoch, publicKey: center.key.publicKey }, consent: consent(center.id, center.epoch, open) };
  const columns = layColumns(caseId, { mailbox: she, consent: consent(HERSELF, 0, KINDS) }, [theirs], chance);
  const columnOf = (who: Uint8Array) => columns.findIndex(({ reader }) => reader && who.every((byte, at) => byte === reader.recipient[at]));
  const report = await sealReport(she, caseId, columns, {
    [CONTACT]: writeContent(CONTACT, { reach: 'mailbox', who_answers: '아무도' }),
    [INCIDENT]: writeContent(INCIDENT, { happened: '말하지 않은 것' }),
    [SAFETY]: writeContent(SAFETY, { in_danger_now: 'yes' }),
    [NOTES]: writeContent(NOTES, {
      wants: ['counsel'], leads: center.name,
      columns: [{ column: columnOf(HERSELF), reader: 'herself', compartments: [...KINDS] }, { column: columnOf(center.id), reader: center.name, compartments: [...open] }],
    }),
  }, chance);
  const { knock } = await knockFor(she, columns, theirs, chance);
  const sent: Case = {
    case: toBase64(caseId), manifest: toBase64(report.manifest), signature: toBase64(report.signature), received_at: AT,
    compartments: report.compartments.map(({ closed, wraps }, at) => written({ kind: at + 1, version: 1 }, closed, wraps, null, null)),
    messages: [], entries: [], withdrawn: [],
  };
  const item: KnockItem = { id: toBase64(chance(8)), epoch: center.epoch, knock: toBase64(knock), received_at: AT, answered_at: null };
  return { she, caseId, columns, theirs, sent, item, column: columnOf(center.id) };
}

export type SampleReport = Awaited<ReturnType<typeof sampleReport>>;

/** A writing as the server hands it out. */
export function written(of: { kind: number; version: number }, closed: Uint8Array, wraps: readonly Uint8Array[], author: string | null, signature: Uint8Array | null): Written {
  return { ...of, closed: toBase64(closed), wraps: wraps.map(toBase64), written_at: AT, author, signature: signature && toBase64(signature), moves: [] };
}

/** Something said, signed by whoever says so. */
export async function saying(report: SampleReport, version: number, from: 'herself' | 'center', text: string, by: Mailbox | SampleCenter = report.she, columns: readonly LaidColumn[] = report.columns): Promise<Written> {
  const place: Place = { caseId: report.caseId, kind: MESSAGE as Kind, version };
  const sealed = await sealCompartment(place, writeContent(MESSAGE, { from, text }), columns, chance);
  const [signer, author] = by instanceof Mailbox ? [by, null] : [by.device, by.author.device];
  return written(place, sealed.closed, sealed.wraps, author, amend(signer, place, nameOf(sealed)));
}
