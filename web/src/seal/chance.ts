// Random bits are an argument everywhere in the seal, so that a test can hand in its own.

import type { Bytes } from './form';

/** Gives so many random bytes. */
export type Chance = (length: number) => Bytes;

/** The browser's own source, the only one a page may use. */
export const browserChance: Chance = (length) => crypto.getRandomValues(new Uint8Array(length));

/** A number from 0 up to and without `below` (at most 256), each as likely as any other. */
export function below(limit: number, chance: Chance): number {
  // Bytes past the last whole multiple would make the small numbers likelier: draw again.
  const fair = 256 - (256 % limit);
  for (;;) {
    const [byte = 0] = chance(1);
    if (byte < fair) return byte % limit;
  }
}

/** The same things in an order drawn at random (Fisher and Yates). */
export function shuffled<T>(things: readonly T[], chance: Chance): T[] {
  const order = [...things];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1, chance);
    const kept = order[last] as T;
    order[last] = order[other] as T;
    order[other] = kept;
  }
  return order;
}
