// Argon2id: what makes each guess at seven words cost 64 MiB and a good part of a second.

import type { Bytes } from './form';

/**
 * How a phrase becomes a root. An argument, so that a page uses a worker and a test does not. The
 * phrase is the function's from then on.
 */
export type Stretch = (phrase: Bytes, salt: Bytes) => Promise<Bytes>;

const MEMORY_KIB = 65_536;
const PASSES = 3;
const LANES = 1;
const ROOT_BYTES = 32;

/** Reckons on the thread it is called on: half a second and 64 MiB. A page uses the worker. */
export const stretchHere: Stretch = async (phrase, salt) => {
  try {
    const { argon2id } = await import('hash-wasm');
    const cost = { memorySize: MEMORY_KIB, iterations: PASSES, parallelism: LANES, hashLength: ROOT_BYTES };
    return Uint8Array.from(await argon2id({ password: phrase, salt, ...cost, outputType: 'binary' }));
  } catch {
    // WebAssembly is off in the strictest settings of some phones (Lockdown Mode), which are those
    // of people who are watched. The same function in plain script takes some seconds longer.
    return stretchInScript(phrase, salt);
  }
};

/** The same without WebAssembly. */
export const stretchInScript: Stretch = async (phrase, salt) => {
  const { argon2id } = await import('@noble/hashes/argon2.js');
  return Uint8Array.from(argon2id(phrase, salt, { m: MEMORY_KIB, t: PASSES, p: LANES, dkLen: ROOT_BYTES, version: 0x13 }));
};
