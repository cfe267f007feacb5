// What seven words open (SPEC §3): where the mailbox is, the key that signs for it and the key that
// opens what is in it. Nothing of it is kept anywhere; the words are all there is.

import type { Stretch } from './argon';
import { DIGEST_BYTES, derive } from './digest';
import { exactly, Writer, type Bytes, type Label } from './form';
import { Keys, pairsOf, type Pairs } from './keys';
import { Refusal } from './refusal';
import { isSigned } from './signature';
import { stretchInWorker } from './stretch';
import { PHRASE_BYTES } from './words';

/** Bytes of the installation's salt. With another one every phrase opens nothing. */
export const SALT_BYTES = 16;
/** Bytes of what the server gives to be signed. */
export const CHALLENGE_BYTES = 40;

/** An opened mailbox. */
export class Mailbox extends Keys {
  private constructor(
    /** What the server calls it. */
    readonly locator: Bytes,
    pairs: Pairs,
  ) {
    super(pairs);
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
    return new Mailbox(locator, await pairsOf(signSeed, openSeed));
  }
}

/** The three derived of a root: the locator, and two seeds that must go nowhere. */
export function seedsOf(root: Uint8Array): { locator: Bytes; signSeed: Bytes; openSeed: Bytes } {
  const whole = exactly(root, DIGEST_BYTES);
  return { locator: derive(whole, 'locator'), signSeed: derive(whole, 'sign'), openSeed: derive(whole, 'open') };
}

/** Who proves that a mailbox is hers: the mailbox itself. */
export type Owner = Pick<Mailbox, 'locator' | 'sign'>;

/** Signs that she opens her mailbox: to see what is in it, and to write. */
export function signOpened(she: Owner, challenge: Uint8Array): Bytes {
  return she.sign('mailbox-opened', asked(she.locator, challenge));
}

/** Passes only if this key has signed that. */
export function checkOpened(locator: Uint8Array, challenge: Uint8Array, signingKey: Uint8Array, signature: Uint8Array): void {
  check('mailbox-opened', locator, challenge, signingKey, signature);
}

/** Signs that she deletes a case: leave to see is no leave to delete. */
export function signDeleted(she: Owner, challenge: Uint8Array): Bytes {
  return she.sign('mailbox-deleted', asked(she.locator, challenge));
}

/** Passes only if this key has signed that. */
export function checkDeleted(locator: Uint8Array, challenge: Uint8Array, signingKey: Uint8Array, signature: Uint8Array): void {
  check('mailbox-deleted', locator, challenge, signingKey, signature);
}

function check(use: Label, locator: Uint8Array, challenge: Uint8Array, signingKey: Uint8Array, signature: Uint8Array): void {
  if (!isSigned(signingKey, use, asked(locator, challenge), signature)) throw new Refusal('signature_wrong');
}

function asked(locator: Uint8Array, challenge: Uint8Array): Bytes {
  return new Writer().fixed(locator, DIGEST_BYTES).fixed(challenge, CHALLENGE_BYTES).bytes();
}
