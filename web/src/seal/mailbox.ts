// What seven words open (SPEC §3): where the mailbox is, the key that signs for it and the key that
// opens what is in it. Nothing of it is kept anywhere; the words are all there is.

import type { Stretch } from './argon';
import { DIGEST_BYTES, derive } from './digest';
import { disclose, publicKeyOf } from './envelope';
import { exactly, type Bytes, type Label } from './form';
import { sign, signingKeyOf } from './signature';
import { PHRASE_BYTES } from './words';

/** Bytes of the installation's salt. With another one every phrase opens nothing. */
export const SALT_BYTES = 16;

/** Something that opens what was closed for it: a mailbox, or a team's key of an epoch. */
export interface Opener {
  /** The 32 bytes inside, or `null` when it was not closed for this key, use and place. */
  disclose(use: Label, place: Uint8Array, envelope: Uint8Array): Promise<Bytes | null>;
}

/** Something that signs as somebody: a mailbox, or a member's device. */
export interface Signer {
  /** The key others verify with. */
  readonly signingKey: Bytes;
  /** Signs for the use the label names. */
  sign(use: Label, message: Uint8Array): Bytes;
}

/** An opened mailbox. Its seeds are private in the language's own sense: no log can print them. */
export class Mailbox implements Opener, Signer {
  readonly #sign: Bytes;
  readonly #open: Bytes;

  private constructor(
    /** What the server calls it. */
    readonly locator: Bytes,
    /** The Ed25519 key that verifies what it signs. */
    readonly signingKey: Bytes,
    /** The X-Wing key to close for. */
    readonly publicKey: Bytes,
    signSeed: Bytes,
    openSeed: Bytes,
  ) {
    this.#sign = signSeed;
    this.#open = openSeed;
  }

  /** The mailbox of a phrase. Every phrase that reads well has one. */
  static async open(phrase: Uint8Array, salt: Uint8Array, stretch: Stretch = stretchInWorker): Promise<Mailbox> {
    const root = await stretch(exactly(phrase, PHRASE_BYTES), exactly(salt, SALT_BYTES));
    return Mailbox.ofRoot(root);
  }

  /** The mailbox of a root already stretched; the root is wiped. */
  static async ofRoot(root: Bytes): Promise<Mailbox> {
    const { locator, signSeed, openSeed } = seedsOf(root);
    root.fill(0);
    return new Mailbox(locator, signingKeyOf(signSeed), await publicKeyOf(openSeed), signSeed, openSeed);
  }

  sign(use: Label, message: Uint8Array): Bytes {
    return sign(this.#sign, use, message);
  }

  disclose(use: Label, place: Uint8Array, envelope: Uint8Array): Promise<Bytes | null> {
    return disclose(this.#open, use, place, envelope);
  }

  /** Wipes the seeds; afterwards it signs and opens nothing of hers. */
  forget(): void {
    this.#sign.fill(0);
    this.#open.fill(0);
  }
}

/** The three derived of a root: the locator, and two seeds that must go nowhere. */
export function seedsOf(root: Uint8Array): { locator: Bytes; signSeed: Bytes; openSeed: Bytes } {
  const whole = exactly(root, DIGEST_BYTES);
  return { locator: derive(whole, 'locator'), signSeed: derive(whole, 'sign'), openSeed: derive(whole, 'open') };
}

/**
 * Stretches in a worker of its own, which ends with the answer. Fails only where a device has no
 * 64 MiB to give or starts no worker: whether the words are right is nothing it could tell.
 */
export const stretchInWorker: Stretch = (phrase, salt) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./argon.worker.ts', import.meta.url), { type: 'module' });
    const end = (root: Bytes | null) => {
      worker.terminate();
      if (root) resolve(root);
      else reject(new Error('the device could not stretch the phrase'));
    };
    worker.onmessage = ({ data }: MessageEvent<Bytes | null>) => end(data);
    worker.onerror = () => end(null);
    // Handed over, not copied: this thread keeps no phrase of its own.
    worker.postMessage({ phrase, salt }, [phrase.buffer]);
  });
