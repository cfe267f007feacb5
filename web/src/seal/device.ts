// The keys of one member's device (SPEC §3): what she signs answers with, and what her team's key
// is closed for. They grow from seven words of her own, or from a passkey.

import type { Stretch } from './argon';
import { DIGEST_BYTES, derive } from './digest';
import { exactly, type Bytes } from './form';
import { Keys, pairsOf, type Pairs } from './keys';
import { SALT_BYTES } from './mailbox';
import { stretchInWorker } from './stretch';
import { PHRASE_BYTES } from './words';

/** A device's keys. Which device they are of, an entry of the directory says. */
export class Device extends Keys {
  private constructor(pairs: Pairs) {
    super(pairs);
  }

  /** The device of a phrase. The mailbox the same words would open has nothing in common with it. */
  static async open(phrase: Uint8Array, salt: Uint8Array, stretch: Stretch = stretchInWorker): Promise<Device> {
    const root = await stretch(exactly(phrase, PHRASE_BYTES), exactly(salt, SALT_BYTES));
    return Device.ofRoot(root);
  }

  /** The device of a passkey: of the 32 bytes its PRF extension gives, which are wiped. */
  static async ofPasskey(prf: Bytes): Promise<Device> {
    const root = derive(exactly(prf, DIGEST_BYTES, 'key_not_whole'), 'device-root');
    prf.fill(0);
    return Device.ofRoot(root);
  }

  /** The device of a root; the root is wiped. */
  static async ofRoot(root: Bytes): Promise<Device> {
    const { signSeed, openSeed } = deviceSeedsOf(root);
    root.fill(0);
    return new Device(await pairsOf(signSeed, openSeed));
  }
}

/** The two seeds of a root, which must go nowhere. */
export function deviceSeedsOf(root: Uint8Array): { signSeed: Bytes; openSeed: Bytes } {
  const whole = exactly(root, DIGEST_BYTES, 'key_not_whole');
  return { signSeed: derive(whole, 'device-sign'), openSeed: derive(whole, 'device-open') };
}
