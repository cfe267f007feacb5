// What she leaves: the same number of bytes whoever she names, however many she waits for (SPEC §5).

import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Chance } from '../seal/chance';
import { close } from '../seal/cipher';
import { enclose } from '../seal/envelope';
import { join, type Bytes } from '../seal/form';
import { exactly, hash, labelled } from './form';
import { checkShare, KNOWN_BYTES, LEVELS, levelOf, secretOf, shareOf, type Share } from './level';
import { Refusal } from './refusal';

/** Bytes of an entry: all of them have the same. */
export const ENTRY_BYTES = 4593;
/** The most bytes a contact may have. */
export const CONTACT_BYTES_MAX = 510;

const NUMBER_BYTES = 16;
const CONTACT_BYTES = 512;
const KEY_BYTES = 32;
const NONCE = new Uint8Array(12);

/** Whom an entry is closed for: public keys. */
export interface Readers {
  matcher: Uint8Array;
  /** The two of counsel, in their order. */
  counsel: readonly [Uint8Array, Uint8Array];
}

/** What an entry is made of. */
export interface Left {
  /** 16 random bytes: what it is called. */
  number: Uint8Array;
  /** What the identifier gave. */
  known: Uint8Array;
  /** What makes her one person. */
  person: Uint8Array;
  /** Her own number: 2, 3 or 5. */
  people: number;
  /** How she may be asked, alone. */
  contact: Uint8Array;
}

/** Closes an entry. */
export async function closeEntry(left: Left, readers: Readers, chance: Chance): Promise<Bytes> {
  const number = exactly(left.number, NUMBER_BYTES);
  const people = levelOf(left.people);
  const contact = padded(left.contact);
  const key = exactly(chance(KEY_BYTES), KEY_BYTES);
  const slots: Bytes[] = [];
  for (const level of LEVELS) {
    const seed = level < people ? exactly(chance(KNOWN_BYTES), KNOWN_BYTES) : exactly(left.known, KNOWN_BYTES);
    const share = shareOf(seed, left.person, level);
    // A fault of arithmetic on her phone would take an opening from others: look once.
    checkShare(share);
    const wrapping = wrappingOf(secretOf(seed, level), share, number);
    const wrap = await close(wrapping, NONCE, labelled('wrap', Uint8Array.of(level), number), key);
    slots.push(join(...share.commitments, share.x, share.y, wrap));
  }
  const [first, second] = readers.counsel;
  const inner = await enveloped(second, 'matching-contact', join(number, Uint8Array.of(2)), contact, chance);
  const forCounsel = await enveloped(first, 'matching-contact', join(number, Uint8Array.of(1)), inner, chance);
  const body = await close(key, NONCE, labelled('body', number), forCounsel);
  return enveloped(readers.matcher, 'matching-entry', number, join(Uint8Array.of(1), ...slots, body), chance);
}

/** What the token is spent on with which an entry is left. */
export function leftHash(number: Uint8Array, withdrawal: Uint8Array, entry: Uint8Array): Bytes {
  return hash('entry', exactly(number, NUMBER_BYTES), exactly(withdrawal, KEY_BYTES), entry);
}

/** What is kept beside an entry, of the 32 random bytes that take it back. */
export function withdrawalHash(token: Uint8Array): Bytes {
  return hash('withdrawal', exactly(token, KEY_BYTES));
}

function padded(contact: Uint8Array): Bytes {
  if (contact.length > CONTACT_BYTES_MAX) throw new Refusal('too_long');
  const whole = new Uint8Array(CONTACT_BYTES);
  whole.set([contact.length >> 8, contact.length & 0xff]);
  whole.set(contact, 2);
  return whole;
}

/** The key of one wrap: of one person, at one level, of one entry. */
function wrappingOf(secret: Uint8Array, share: Share, number: Uint8Array): Bytes {
  const root = extract(sha256, secret, labelled('wrap'));
  return Uint8Array.from(expand(sha256, root, labelled('wrap', Uint8Array.of(share.level), number, share.x), KEY_BYTES));
}

async function enveloped(to: Uint8Array, use: 'matching-contact' | 'matching-entry', place: Uint8Array, inside: Uint8Array, chance: Chance): Promise<Bytes> {
  try {
    return await enclose(to, use, place, inside, chance);
  } catch {
    // Of all that goes in, only the public key comes from somebody else.
    throw new Refusal('key_not_whole');
  }
}
