// How a team learns that a case is for it (SPEC §7): a note sealed for the team's key, stored
// without the case's number. Every knock has the same length.

import type { Chance } from './chance';
import { CASE_BYTES } from './compartment';
import { CONSENT_BYTES, consentMark, giveConsent, givenConsent, HERSELF, readConsent, type Consent } from './consent';
import { TEAM_BYTES } from './directory';
import { enclose, EXTRA_BYTES } from './envelope';
import { alike, Reader, within, Writer, type Bytes } from './form';
import type { Opener, Signer } from './keys';
import { Refusal } from './refusal';
import { columnFor, type LaidColumn, type Manifest, type Theirs } from './report';
import { SIGNATURE_BYTES } from './signature';
import { COLUMNS } from './wrap';

/** Bytes of a knock. */
export const KNOCK_BYTES = CASE_BYTES + 1 + CONSENT_BYTES + SIGNATURE_BYTES + EXTRA_BYTES;

/** Which key a knock is closed for. */
export interface KnockPlace {
  team: Uint8Array;
  epoch: number;
}

/** What a knock says. */
export interface Knock {
  caseId: Bytes;
  /** The team's column of the case. */
  column: number;
  consent: Consent;
  /** The bytes she signed. */
  consentBytes: Bytes;
  /** Her signature of them. */
  signature: Bytes;
}

/** A knock as it leaves her device, beside the report. */
export interface SealedKnock {
  team: Bytes;
  epoch: number;
  knock: Bytes;
}

function placeOf({ team, epoch }: KnockPlace): Bytes {
  return new Writer().fixed(team, TEAM_BYTES).u32(epoch).bytes();
}

/** The knock for one of those she chose: she signs the consent whose column was laid for it. */
export async function knockFor(she: Signer, columns: readonly LaidColumn[], theirs: Theirs, chance: Chance): Promise<SealedKnock> {
  const { caseId } = readConsent(theirs.consent);
  // The same rules as when the columns were laid: this key, this consent, and a team.
  const { mark, reader } = columnFor(caseId, theirs.consent, theirs.entry);
  const column = columns.findIndex((one) => alike(one.mark, mark));
  if (column < 0 || !reader || alike(reader.recipient, HERSELF)) throw new Refusal('form_broken');
  return closeLaterKnock(she, column, theirs, chance);
}

/** The knock of a consent she gives in a column of a case that was sent. */
export async function closeLaterKnock(she: Signer, column: number, theirs: Theirs, chance: Chance): Promise<SealedKnock> {
  const { caseId } = readConsent(theirs.consent);
  const { reader } = columnFor(caseId, theirs.consent, theirs.entry);
  if (!reader || alike(reader.recipient, HERSELF)) throw new Refusal('form_broken');
  const signature = giveConsent(she, theirs.consent);
  const at = within(column, 0, COLUMNS - 1);
  const inside = new Writer().fixed(caseId, CASE_BYTES).u8(at).fixed(theirs.consent, CONSENT_BYTES).fixed(signature, SIGNATURE_BYTES).bytes();
  const { team, epoch } = theirs.entry;
  const knock = await enclose(reader.publicKey, 'knock', placeOf({ team, epoch }), inside, chance);
  inside.fill(0);
  return { team: Uint8Array.from(team), epoch, knock };
}

/** Opens a knock with the key of one epoch of a team. */
export async function openKnock(opener: Opener, place: KnockPlace, knock: Uint8Array): Promise<Knock> {
  if (knock.length !== KNOCK_BYTES) throw new Refusal('wrap_not_whole');
  const inside = await opener.disclose('knock', placeOf(place), knock);
  if (!inside) throw new Refusal('not_for_you');
  const reader = new Reader(inside);
  const caseId = reader.fixed(CASE_BYTES);
  const column = within(reader.u8(), 0, COLUMNS - 1);
  const consentBytes = reader.fixed(CONSENT_BYTES);
  const consent = readConsent(consentBytes);
  const signature = reader.fixed(SIGNATURE_BYTES);
  reader.end();
  const isOurs = alike(consent.caseId, caseId) && alike(consent.recipient, place.team) && consent.epoch === place.epoch;
  if (!isOurs || alike(consent.recipient, HERSELF)) reader.refuse();
  return { caseId, column, consent, consentBytes, signature };
}

/** Passes only if the knock came with this case, whose manifest was verified before. */
export function checkKnock(knock: Knock, manifest: Manifest): void {
  if (!isFirst(knock, manifest)) throw new Refusal('form_broken');
  checkLaterKnock(knock, manifest);
}

/** Whether the knock's consent is the one that stood in its column when the case was sent. */
export function isFirst({ column, consentBytes }: Knock, manifest: Manifest): boolean {
  const stands = manifest.columns[column];
  return stands !== undefined && alike(stands.mark, consentMark(consentBytes));
}

/** Passes only if the consent is for this case and hers, whether it came with the case or later. */
export function checkLaterKnock({ caseId, consentBytes, signature }: Knock, manifest: Manifest): void {
  if (!alike(caseId, manifest.caseId)) throw new Refusal('form_broken');
  givenConsent(consentBytes, manifest.signingKey, signature);
}
