// HPKE in mode base with X-Wing, HKDF-SHA256 and ChaCha20-Poly1305: bytes closed for one public key,
// a key of 32 or a knock. X-Wing is X25519 and ML-KEM-768 together, so that what is recorded today stays closed when
// one of them falls.

import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import type { Chance } from './chance';
import { KEY_BYTES, TAG_BYTES } from './cipher';
import { exactly, join, label, littleEndian, type Bytes, type Label } from './form';
import { Refusal } from './refusal';

/** Bytes of a private key: its seed. */
export const SEED_BYTES = 32;
/** Bytes of a public key. */
export const PUBLIC_KEY_BYTES = 1216;
/** Bytes of an encapsulation. */
export const ENCAPSULATION_BYTES = 1120;
/** What closing adds. */
export const EXTRA_BYTES = ENCAPSULATION_BYTES + TAG_BYTES;
/** Bytes of an envelope around a key. */
export const ENVELOPE_BYTES = EXTRA_BYTES + KEY_BYTES;

/** What an encapsulation uses up: 32 bytes for ML-KEM, 32 for X25519. */
const ENCAPSULATION_CHANCE_BYTES = 64;

const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });

/** Of ML-KEM: its key begins with 768 numbers of 12 bits, each below this. */
const MODULUS = 3329;
const NUMBERS_BYTES = 1152;

/** The prime of the curve's field. */
const FIELD = 2n ** 255n - 19n;
/** The coordinates of small order on the curve and its twist: whoever has one agrees on zeros with everybody. */
const SMALL_ORDER = [
  0n,
  1n,
  FIELD - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
];
const CURVE_BYTES = 32;

/**
 * The bytes, if they are a public key that can be closed for. Checked here by the rule of the
 * standard (FIPS 203 §7.2) and of SPEC §1, so that a wrong entry is refused where it is read and
 * not where it is used.
 */
export function wholePublicKey(bytes: Uint8Array): Bytes {
  const key = exactly(bytes, PUBLIC_KEY_BYTES, 'key_not_whole');
  for (let at = 0; at < NUMBERS_BYTES; at += 3) {
    const [low = 0, middle = 0, high = 0] = key.subarray(at, at + 3);
    if ((low | ((middle & 15) << 8)) >= MODULUS || ((middle >> 4) | (high << 4)) >= MODULUS) throw new Refusal('key_not_whole');
  }
  const coordinate = BigInt.asUintN(255, littleEndian(key.subarray(-CURVE_BYTES))) % FIELD;
  if (SMALL_ORDER.includes(coordinate)) throw new Refusal('key_not_whole');
  return key;
}

/** The public key of a seed. */
export async function publicKeyOf(seed: Uint8Array): Promise<Bytes> {
  const pair = await kem.generateKeyPairDerand(exactly(seed, SEED_BYTES, 'key_not_whole'));
  return new Uint8Array(await kem.serializePublicKey(pair.publicKey));
}

/** Closes bytes for whoever holds the private key, for one use and one place. */
export async function enclose(publicKey: Uint8Array, use: Label, place: Uint8Array, inside: Uint8Array, chance: Chance): Promise<Bytes> {
  const to = wholePublicKey(publicKey);
  const content = Uint8Array.from(inside);
  const ekm = exactly(chance(ENCAPSULATION_CHANCE_BYTES), ENCAPSULATION_CHANCE_BYTES).buffer;
  try {
    const recipientPublicKey = await kem.deserializePublicKey(to.buffer);
    const sender = await suite.createSenderContext({ recipientPublicKey, info: label(use).buffer, ekm });
    const closed = await sender.seal(content.buffer, Uint8Array.from(place).buffer);
    return join(new Uint8Array(sender.enc), new Uint8Array(closed));
  } catch {
    // Of all that goes in, only the public key comes from somebody else.
    throw new Refusal('key_not_whole');
  }
}

/** The bytes inside, or `null`: another key, use or place, or a changed bit. All look alike. */
export async function disclose(seed: Uint8Array, use: Label, place: Uint8Array, envelope: Uint8Array): Promise<Bytes | null> {
  if (envelope.length < EXTRA_BYTES) throw new Refusal('wrap_not_whole');
  const whole = Uint8Array.from(envelope);
  const own = exactly(seed, SEED_BYTES, 'key_not_whole');
  try {
    const recipientKey = await kem.deserializePrivateKey(own.buffer);
    const enc = whole.slice(0, ENCAPSULATION_BYTES).buffer;
    const recipient = await suite.createRecipientContext({ recipientKey, enc, info: label(use).buffer });
    return new Uint8Array(await recipient.open(whole.slice(ENCAPSULATION_BYTES).buffer, Uint8Array.from(place).buffer));
  } catch {
    return null;
  }
}
