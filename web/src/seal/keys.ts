// Who opens and who signs: two seeds, and what may be done with them.

import { disclose, publicKeyOf } from './envelope';
import type { Bytes, Label } from './form';
import { sign, signingKeyOf } from './signature';

/** Something that opens what was closed for it: a mailbox, a device, or a team's key of an epoch. */
export interface Opener {
  /** The bytes inside, or `null` when it was not closed for this key, use and place. */
  disclose(use: Label, place: Uint8Array, envelope: Uint8Array): Promise<Bytes | null>;
}

/** Something that signs as somebody: a mailbox, or a member's device. */
export interface Signer {
  /** The key others verify with. */
  readonly signingKey: Bytes;
  /** Signs for the use the label names. */
  sign(use: Label, message: Uint8Array): Bytes;
}

/** Two seeds that must go nowhere, and their public halves. */
export interface Pairs {
  signSeed: Bytes;
  openSeed: Bytes;
  signingKey: Bytes;
  publicKey: Bytes;
}

/** The pairs of two seeds. */
export async function pairsOf(signSeed: Bytes, openSeed: Bytes): Promise<Pairs> {
  return { signSeed, openSeed, signingKey: signingKeyOf(signSeed), publicKey: await publicKeyOf(openSeed) };
}

/** Keys of one person. Its seeds are private in the language's own sense: no log can print them. */
export abstract class Keys implements Opener, Signer {
  readonly #sign: Bytes;
  readonly #open: Bytes;
  /** The Ed25519 key that verifies what it signs. */
  readonly signingKey: Bytes;
  /** The X-Wing key to close for. */
  readonly publicKey: Bytes;

  protected constructor({ signSeed, openSeed, signingKey, publicKey }: Pairs) {
    this.#sign = signSeed;
    this.#open = openSeed;
    this.signingKey = signingKey;
    this.publicKey = publicKey;
  }

  sign(use: Label, message: Uint8Array): Bytes {
    return sign(this.#sign, use, message);
  }

  disclose(use: Label, place: Uint8Array, envelope: Uint8Array): Promise<Bytes | null> {
    return disclose(this.#open, use, place, envelope);
  }

  /** Wipes the seeds; afterwards it signs and opens nothing any more. */
  forget(): void {
    this.#sign.fill(0);
    this.#open.fill(0);
  }
}
