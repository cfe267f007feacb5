// A caseworker's own key: of her passkey where it gives one, else of seven words. It is in memory
// while she works and nowhere else; nothing of it is sent or kept.

import type { Stretch } from '../seal/argon';
import type { Chance } from '../seal/chance';
import { Device } from '../seal/device';
import { digest } from '../seal/digest';
import { readEntry, writeEntry, type DeviceEntry } from '../seal/directory';
import { alike, type Bytes } from '../seal/form';
import { stretchInWorker } from '../seal/stretch';
import { newPhrase, PHRASE_CHANCE_BYTES, phraseOf, readPhrase, spell, type Language } from '../seal/words';
import { fromBase64 } from './base64';

/** What a passkey makes its secret of, for this use: fixed, or the same passkey would open nothing. */
const PRF_SALT = new TextEncoder().encode('waylight/onestop/v1/caseworker-device');
const CHALLENGE_BYTES = 32;
const ID_BYTES = 16;
const HOUR_MILLIS = 3_600_000;
/** A device is listed for so long; then she makes another. */
const VALID_MILLIS = 400 * 24 * HOUR_MILLIS;
/** Words of a fingerprint: 44 bits. */
const FINGERPRINT_WORDS = 4;

/**
 * The device of her passkey, and which passkey it is; `null` when her authenticator gives no secret.
 * The ceremony is for that secret only: nobody verifies its answer, which goes nowhere, so it needs no
 * server and no network. `only`: the one passkey to ask for.
 */
export async function openByPasskey(chance: Chance, only: Bytes | null = null): Promise<{ device: Device; credential: Bytes } | null> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: chance(CHALLENGE_BYTES),
    userVerification: 'required',
    allowCredentials: only ? [{ type: 'public-key', id: only }] : [],
    extensions: { prf: { eval: { first: PRF_SALT } } },
  };
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  const given = credential?.getClientExtensionResults().prf?.results?.first;
  if (!credential || !given) return null;
  // The device wipes it.
  const device = await Device.ofPasskey(given instanceof ArrayBuffer ? new Uint8Array(given) : Uint8Array.from(new Uint8Array(given.buffer, given.byteOffset, given.byteLength)));
  return { device, credential: new Uint8Array(credential.rawId) };
}

/** The device of the words she typed. The salt is the installation's. */
export function openByWords(typed: string, salt: Uint8Array, stretch?: Stretch): Promise<Device> {
  return Device.open(readPhrase(typed).phrase, salt, stretch);
}

/** Seven new words. */
export function drawWords(language: Language, chance: Chance): string[] {
  const phrase = newPhrase(chance);
  const words = spell(phrase, language);
  phrase.fill(0);
  return words;
}

/** The entry of a new device in the directory, valid from this full hour. */
export function entryOf(device: Device, center: Uint8Array, now: number, chance: Chance): Bytes {
  const from = now - (now % HOUR_MILLIS);
  return writeEntry({
    form: 2, team: center, device: chance(ID_BYTES), signingKey: device.signingKey, publicKey: device.publicKey,
    validFrom: BigInt(from), validTo: BigInt(from + VALID_MILLIS),
  });
}

/** A device's entry, if these bytes are one of this center's. */
export function deviceEntry(entry: string, center: Uint8Array): DeviceEntry | null {
  const read = readEntry(fromBase64(entry));
  return read.form === 2 && alike(read.team, center) ? read : null;
}

/**
 * Four words of a device's entry, for two people to compare by voice. The hash is as dear as that
 * of seven words: a server that tried entries until one had the same four words would try for
 * thousands of years.
 */
export async function fingerprint(entry: string, language: Language, stretch: Stretch = stretchInWorker): Promise<string[]> {
  const hash = digest(fromBase64(entry));
  const root = await stretch(hash.slice(0, ID_BYTES), hash.slice(ID_BYTES));
  return spell(phraseOf(root.slice(0, PHRASE_CHANCE_BYTES)), language).slice(0, FINGERPRINT_WORDS);
}
