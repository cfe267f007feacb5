// Tokens: five identifiers for a person in ninety days, and no way from a token to its person
// (SPEC §7).

import { expand } from '@noble/hashes/hkdf.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Chance } from '../seal/chance';
import { join, type Bytes } from '../seal/form';
import { blind, proven, type Asked } from './asked';
import { exactly, labelled } from './form';

/** How many identifiers a person may name in ninety days. */
export const TOKENS = 5;

const NONCE_BYTES = 32;
const QUESTION_BYTES = 32;

/** A token: good for one identifier. */
export interface Token {
  nonce: Bytes;
  out: Bytes;
}

/** Asks for a token; `blinded` goes to the issuer. */
export function askToken(chance: Chance): Asked {
  return blind(exactly(chance(NONCE_BYTES), NONCE_BYTES), chance);
}

/** Takes what was issued, if it proves itself. */
export function takeToken(asked: Asked, issuer: Uint8Array, element: Uint8Array, proof: Uint8Array): Token {
  return { nonce: exactly(asked.input, NONCE_BYTES), out: proven(asked, issuer, element, proof) };
}

/**
 * What is sent with one question, or with one entry (`leftHash`), each with a token of its kind:
 * nobody on the way can spend it on another.
 */
export function spend(token: Token, question: Uint8Array): Bytes {
  const mark = expand(sha512, token.out, labelled('spend', exactly(question, QUESTION_BYTES)), NONCE_BYTES);
  return join(token.nonce, mark);
}
