// What goes to another center: fields she chose one by one, in exactly the bytes she was shown, with
// her consent to them. The consent names the referral, never the case, and is signed with a key made
// for this one referral, so that two centers cannot find out that they help the same woman.

import { entryOf, type Line } from '../casework/entries';
import type { Chance } from '../seal/chance';
import type { Kind } from '../seal/compartment';
import { CHANNEL, givenConsent, giveConsent, GIVEN_BY, PURPOSE, readConsent, writeConsent, type Consent } from '../seal/consent';
import { digest } from '../seal/digest';
import { alike, type Bytes } from '../seal/form';
import type { Signer } from '../seal/keys';
import { Refusal } from '../seal/refusal';
import { sign, signingKeyOf, SIGNING_KEY_BYTES } from '../seal/signature';
import { fromBase64, fromBase64Of, toBase64 } from './base64';
import { CASEWORK } from './content';
import type { LetterContent, OpenedReferral } from './letter';
import { endReferral, readTold, textIn, type Arrived, type Witness } from './referred';

export * from './referred';

/** Her yes, as it travels. */
export interface Agreement {
  consent: string;
  /** Of the key made for this referral; missing where a device witnesses. */
  key?: string;
  signature?: string;
  channel?: Witness;
}

const SALT_BYTES = 16;
const SEED_BYTES = 32;
const HOUR_MILLIS = 3_600_000;

/** The hash her consent is bound to. */
export function toldHash(text: string): Bytes {
  return digest(new TextEncoder().encode(text));
}

/** What a consent to this is given for. */
export interface Giving {
  referral: string;
  /** The receiving center's id, and the epoch of the key it was shown with. */
  to: string;
  epoch: number;
  /** What would be sent. */
  told: string;
  language: 'ko' | 'en';
  /** UTC milliseconds, by the city's clock. */
  now: number;
  /** UTC milliseconds; 0: it ends when somebody ends it. */
  endsAt?: number;
}

function consentTo(giving: Giving, channel: Consent['channel'], chance: Chance): Bytes {
  const kinds = [...new Set(readTold(giving.told).fields.map(({ kind }) => kind))].sort((one, other) => one - other);
  return writeConsent({
    salt: chance(SALT_BYTES),
    // The referral stands in the place of the case: a receiver never learns whose case it is.
    caseId: fromBase64(giving.referral),
    recipient: fromBase64(giving.to),
    epoch: giving.epoch,
    compartments: (kinds.length > 0 ? kinds : [CASEWORK]) as Kind[],
    purposes: [PURPOSE.services, PURPOSE.referral],
    givenAt: BigInt(giving.now - (giving.now % HOUR_MILLIS)),
    endsAt: BigInt(giving.endsAt ?? 0),
    givenBy: GIVEN_BY.herself,
    channel,
    language: giving.language,
    textHash: toldHash(giving.told),
  });
}

/** She agrees, in her mailbox. */
export function agree(giving: Giving, chance: Chance): Agreement {
  const seed = chance(SEED_BYTES);
  const signer: Signer = { signingKey: signingKeyOf(seed), sign: (name, message) => sign(seed, name, message) };
  const consent = consentTo(giving, CHANNEL.inWriting, chance);
  const signature = giveConsent(signer, consent);
  const agreement = { consent: toBase64(consent), key: toBase64(signer.signingKey), signature: toBase64(signature) };
  // Nothing else is ever signed with it.
  seed.fill(0);
  return agreement;
}

/** A caseworker's device witnesses that she said yes. */
export function witness(giving: Giving, channel: Witness, chance: Chance): Agreement {
  return { consent: toBase64(consentTo(giving, channel === 'voice' ? CHANNEL.byVoice : CHANNEL.inPerson, chance)), channel };
}

/** The first letter of a referral she agreed to. */
export function referralLetter(told: string, agreement: Agreement): LetterContent {
  return { letter: 'referral', told, ...agreement };
}

/** What a consent is held to. */
export interface Expected {
  referral: string;
  to: string;
  told: string;
  /** UTC milliseconds. */
  now: number;
}

/**
 * Passes only if she agreed to exactly this, for this center, and it has not ended. The same check
 * stands before sending and before showing.
 */
export function checkAgreement({ consent, key, signature, channel }: Agreement, expected: Expected): Consent {
  const bytes = fromBase64(consent);
  const read = channel === undefined
    ? givenConsent(bytes, fromBase64Of(key ?? '', SIGNING_KEY_BYTES), fromBase64(signature ?? ''))
    : readConsent(bytes);
  const said = { [CHANNEL.inWriting]: undefined, [CHANNEL.byVoice]: 'voice', [CHANNEL.inPerson]: 'in_person' }[read.channel];
  if (said !== channel) throw new Refusal('form_broken');
  if (!alike(read.caseId, fromBase64(expected.referral)) || !alike(read.recipient, fromBase64(expected.to))) throw new Refusal('not_for_you');
  if (!alike(read.textHash, toldHash(expected.told))) throw new Refusal('not_for_this_place');
  if (!read.purposes.includes(PURPOSE.services) || !read.purposes.includes(PURPOSE.referral)) throw new Refusal('purpose_missing');
  if (read.endsAt !== 0n && BigInt(expected.now) >= read.endsAt) throw new Refusal('entry_not_valid_now');
  const kinds = new Set(read.compartments as readonly number[]);
  if (readTold(expected.told).fields.some(({ kind }) => !kinds.has(kind))) throw new Refusal('not_for_this_place');
  return read;
}

/** What her agreement in the case says, as it travels. */
export function agreementOf(entry: { consent?: string; signature?: string; channel?: Witness; more?: Record<string, unknown> }): Agreement {
  const key = entry.more?.['key'];
  return {
    consent: entry.consent ?? '',
    ...(typeof key === 'string' ? { key } : {}),
    ...(entry.signature === undefined ? {} : { signature: entry.signature }),
    ...(entry.channel === undefined ? {} : { channel: entry.channel }),
  };
}

/** The first letter of a referral, checked against the consent in it before anything is shown. */
export function arrived(open: OpenedReferral, center: string, now: number): Arrived {
  const [first] = open.letters;
  if (!first) return { is: 'gone' };
  if (first.is === 'doubted') return { is: 'doubted', why: first.why };
  const { content, own } = first;
  // What the receiver itself wrote is no referral to it.
  if (own || first.number !== 1 || content.letter !== 'referral') return { is: 'doubted', why: 'form_broken' };
  const channel = content['channel'];
  const agreement: Agreement = {
    consent: textIn(content, 'consent'), key: textIn(content, 'key'), signature: textIn(content, 'signature'),
    ...(channel === 'voice' || channel === 'in_person' ? { channel } : {}),
  };
  const told = textIn(content, 'told');
  try {
    const { endsAt } = checkAgreement(agreement, { referral: open.referral, to: center, told, now });
    return { is: 'told', told: readTold(told), by: agreement.channel ?? 'herself', device: first.device, endsAt: endsAt === 0n ? null : Number(endsAt) };
  } catch (reason) {
    if (reason instanceof Refusal) return { is: 'doubted', why: reason.code };
    throw reason;
  }
}

/**
 * Ends every referral these entries have a token of, whatever became of it: what she deletes must not
 * go on elsewhere.
 */
export async function endAll(entries: readonly Line[]): Promise<void> {
  for (const one of entries) {
    const said = one.is === 'laid' ? entryOf(one.entry) : null;
    if (said?.entry === 'referral_offered' && said.end_token) await endReferral(said.referral, said.end_token);
  }
}
