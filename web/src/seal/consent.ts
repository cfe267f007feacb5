// Her decision what one recipient may open, and until when (SPEC §6): bytes she signs, whose hash
// every wrap of that recipient is bound to.

import { CASE_BYTES, KIND, KINDS, type Kind } from './compartment';
import { DIGEST_BYTES, digest } from './digest';
import { alike, exactly, join, label, Reader, Writer, type Bytes } from './form';
import type { Signer } from './keys';
import { Refusal } from './refusal';
import { isSigned } from './signature';
import type { Language } from './words';

/** What a consent may be for, by bit. */
export const PURPOSE = { services: 0, referral: 1, figures: 2, police: 3, court: 4, research: 5, matching: 6 } as const;
/** The bit of a purpose. */
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/** Who gave it. */
export const GIVEN_BY = { herself: 0, withSupport: 1, guardian: 2, dutyOfLaw: 3 } as const;
/** The number of who gave it. */
export type GivenBy = (typeof GIVEN_BY)[keyof typeof GIVEN_BY];

/** How it was given. */
export const CHANNEL = { inWriting: 0, byVoice: 1, inPerson: 2 } as const;
/** The number of how it was given. */
export type Channel = (typeof CHANNEL)[keyof typeof CHANNEL];

/** One consent. */
export interface Consent {
  /** 16 random bytes: without them its mark could be guessed. */
  salt: Uint8Array;
  caseId: Uint8Array;
  /** The team's id, or `HERSELF`. */
  recipient: Uint8Array;
  /** Of the key she was shown; 0 for her mailbox. It stays when the case moves to a later key. */
  epoch: number;
  /** At least one, each once, rising. */
  compartments: readonly Kind[];
  /** At least one, each once, rising. */
  purposes: readonly Purpose[];
  /** UTC milliseconds. */
  givenAt: bigint;
  /** UTC milliseconds; 0: it ends with the case. */
  endsAt: bigint;
  givenBy: GivenBy;
  channel: Channel;
  language: Language;
  /** `H` of the text she was shown. */
  textHash: Uint8Array;
}

/** The recipient of her own column. */
export const HERSELF: Bytes = new Uint8Array(16);

/** Bytes of a consent: every one has the same. */
export const CONSENT_BYTES = 113;

/** Bytes of a consent's salt, and of a recipient's id. */
const ID_BYTES = 16;
const FORM = 1;
const LANGUAGES: readonly Language[] = ['ko', 'en'];

/** The bytes of a consent, which she signs. */
export function writeConsent(consent: Consent): Bytes {
  const bytes = new Writer()
    .u8(FORM)
    .fixed(consent.salt, ID_BYTES)
    .fixed(consent.caseId, CASE_BYTES)
    .fixed(consent.recipient, ID_BYTES)
    .u32(consent.epoch)
    .u16(bitsOf(consent.compartments.map((kind) => kind - 1)))
    .u16(bitsOf(consent.purposes))
    .u64(consent.givenAt)
    .u64(consent.endsAt)
    .u8(consent.givenBy)
    .u8(consent.channel)
    .lengthPrefixed(new TextEncoder().encode(consent.language))
    .raw(exactly(consent.textHash, DIGEST_BYTES))
    .bytes();
  // Reading it back holds what is written to the same rules as what arrives.
  readConsent(bytes);
  return bytes;
}

/** A consent from its bytes; anything out of its range is refused. */
export function readConsent(bytes: Uint8Array): Consent {
  const reader = new Reader(bytes);
  reader.only(FORM);
  const consent: Consent = {
    salt: reader.fixed(ID_BYTES),
    caseId: reader.fixed(CASE_BYTES),
    recipient: reader.fixed(ID_BYTES),
    epoch: reader.u32(),
    compartments: setOf(reader.u16(), KINDS.length, reader).map((bit) => (bit + 1) as Kind),
    purposes: setOf(reader.u16(), Object.keys(PURPOSE).length, reader) as Purpose[],
    givenAt: reader.u64(),
    endsAt: reader.u64(),
    givenBy: oneOf(Object.values(GIVEN_BY), reader.u8(), reader),
    channel: oneOf(Object.values(CHANNEL), reader.u8(), reader),
    language: languageOf(reader),
    textHash: reader.fixed(DIGEST_BYTES),
  };
  reader.end();
  if (consent.endsAt !== 0n && consent.endsAt <= consent.givenAt) reader.refuse();
  // Epoch 0 is her mailbox's, and no team's.
  if (alike(consent.recipient, HERSELF) !== (consent.epoch === 0)) reader.refuse();
  if (consent.compartments.includes(KIND.figures) && !consent.purposes.includes(PURPOSE.figures)) throw new Refusal('purpose_missing');
  return consent;
}

/** What everybody sees of its column in place of the consent itself. */
export function consentMark(consent: Uint8Array): Bytes {
  return digest(label('consent'), consent);
}

/** Signs a consent, which must be one. */
export function giveConsent(she: Signer, consent: Uint8Array): Bytes {
  readConsent(consent);
  return she.sign('consent-given', consent);
}

/** A consent she has signed. */
export function givenConsent(consent: Uint8Array, signingKey: Uint8Array, signature: Uint8Array): Consent {
  const read = readConsent(consent);
  if (!isSigned(signingKey, 'consent-given', consent, signature)) throw new Refusal('signature_wrong');
  return read;
}

/** Signs that a consent has ended. `at` in UTC milliseconds. */
export function withdrawConsent(she: Signer, mark: Uint8Array, at: bigint): Bytes {
  return she.sign('consent-withdrawn', withdrawal(mark, at));
}

/** Passes only if she has signed that the consent of this mark ended then. */
export function checkWithdrawn(mark: Uint8Array, at: bigint, signingKey: Uint8Array, signature: Uint8Array): void {
  if (!isSigned(signingKey, 'consent-withdrawn', withdrawal(mark, at), signature)) throw new Refusal('signature_wrong');
}

function withdrawal(mark: Uint8Array, at: bigint): Bytes {
  return join(exactly(mark, DIGEST_BYTES), new Writer().u64(at).bytes());
}

/** Bits of numbers that must rise, so that one set has one way to be written. */
function bitsOf(numbers: readonly number[]): number {
  let last = -1;
  let bits = 0;
  for (const number of numbers) {
    if (number <= last || number > 15) throw new Refusal('form_broken');
    bits |= 1 << number;
    last = number;
  }
  return bits;
}

function setOf(bits: number, known: number, reader: Reader): number[] {
  if (bits === 0 || bits >> known !== 0) reader.refuse();
  return Array.from({ length: known }, (_, bit) => bit).filter((bit) => (bits >> bit) & 1);
}

function oneOf<T>(all: readonly T[], read: unknown, reader: Reader): T {
  return all.find((one) => one === read) ?? reader.refuse();
}

function languageOf(reader: Reader): Language {
  const letters = reader.lengthPrefixed();
  return LANGUAGES.find((language) => alike(letters, new TextEncoder().encode(language))) ?? reader.refuse();
}
