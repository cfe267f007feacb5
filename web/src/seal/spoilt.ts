// For the tests: the same bytes with one bit turned, or one byte too few or too many, and how what
// is made of them is refused.

import { expect } from 'vitest';
import { join, type Bytes } from './form';
import { Refusal, type RefusalCode } from './refusal';

/** Copies with one bit turned each: all of them, or so many spread evenly over the whole. */
export function* flipped(bytes: Uint8Array, samples = bytes.length * 8): Generator<Bytes> {
  const bits = bytes.length * 8;
  const step = Math.max(1, bits / samples);
  for (let at = 0; at < bits; at += step) {
    // Another bit of the byte each time, whatever the step is.
    const bit = Math.floor(at);
    const copy = Uint8Array.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << ((bit + (bit >> 3)) & 7));
    yield copy;
  }
}

/** Copies that are cut, or go on. */
export function misfits(bytes: Uint8Array): Bytes[] {
  return [bytes.slice(0, -1), bytes.slice(1), join(bytes, Uint8Array.of(0)), new Uint8Array()].map((one) => Uint8Array.from(one));
}

/** Does what must be refused, by this name and nothing else. */
export function refused(act: () => unknown, code: RefusalCode): void {
  let error: unknown;
  try {
    act();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).code).toBe(code);
}

/** The same of what takes a while. */
export async function refusedLater(act: Promise<unknown>, code: RefusalCode): Promise<void> {
  const error = await act.catch((thrown: unknown) => thrown);
  refused(() => {
    throw error;
  }, code);
}
