// Her side of the question: blinded, asked of any two of three holders, proven, put together
// (SPEC §3). The pieces are RFC 9497's own; only the putting together is ours.

import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Chance } from '../seal/chance';
import { join, type Bytes } from '../seal/form';
import { exactly } from './form';
import { element, Fn, Point, scalar, weight, type Element } from './group';
import { Refusal } from './refusal';

const { voprf } = ristretto255_oprf;

/** How many holders there are. */
export const HOLDERS = 3;
/** How many answers give the whole. */
export const NEEDED = 2;
/** Bytes of an answer: who, element, proof. */
export const ANSWER_BYTES = 97;

/** Public keys of the three, which were checked to be of one key. */
export type Holders = readonly [Bytes, Bytes, Bytes];

/** One question. Only `blinded` leaves the device. */
export interface Asked {
  input: Bytes;
  blind: Bytes;
  blinded: Bytes;
}

/** What a holder answers, with the proof that its own key made it. */
export interface Answer {
  holder: number;
  element: Bytes;
  proof: Bytes;
}

/** Takes the three public keys, in the order of their numbers. */
export function holdersOf(keys: readonly Uint8Array[]): Holders {
  const [first, second, third] = keys.map(element);
  if (keys.length !== HOLDERS || !first || !second || !third) throw new Refusal('form_broken');
  const onLine = first.subtract(second).subtract(second).add(third).equals(Point.ZERO);
  const none = first.add(first).subtract(second).equals(Point.ZERO);
  if (!onLine || none) throw new Refusal('holders_do_not_fit');
  return [first.toBytes(), second.toBytes(), third.toBytes()].map((key) => Uint8Array.from(key)) as unknown as Holders;
}

/** Blinds what is asked for: a canonical text, or a token's number. */
export function blind(input: Uint8Array, chance: Chance): Asked {
  const made = voprf.blind(Uint8Array.from(input), (length = 32) => chance(length));
  return { input: Uint8Array.from(input), blind: Uint8Array.from(made.blind), blinded: Uint8Array.from(made.blinded) };
}

/** Reads an answer. */
export function readAnswer(bytes: Uint8Array): Answer {
  const whole = exactly(bytes, ANSWER_BYTES);
  const holder = whole[0] ?? 0;
  if (holder < 1 || holder > HOLDERS) throw new Refusal('holder_unknown');
  return { holder, element: whole.slice(1, 33), proof: whole.slice(33) };
}

/** Puts the answers of two holders together; a third is checked and not used. Gives 64 bytes. */
export function finish(asked: Asked, holders: Holders, answers: readonly Answer[]): Bytes {
  const ordered = [...answers].sort((one, other) => one.holder - other.holder);
  if (ordered.length < NEEDED) throw new Refusal('too_few_answers');
  if (new Set(ordered.map(({ holder }) => holder)).size !== ordered.length) throw new Refusal('same_holder_twice');
  const points = ordered.map((answer) => {
    const key = holders[answer.holder - 1];
    if (!key) throw new Refusal('holder_unknown');
    proven(asked, key, answer.element, answer.proof);
    return { place: BigInt(answer.holder), point: element(answer.element) };
  }).slice(0, NEEDED);
  const places = points.map(({ place }) => place);
  const whole = points.reduce<Element>((sum, { place, point }) => sum.add(point.multiply(weight(place, places))), Point.ZERO);
  return finalized(asked.input, whole.multiply(Fn.inv(scalar(asked.blind))).toBytes());
}

/** Checks one answer against one public key, and gives what that key alone would give. */
export function proven(asked: Asked, key: Uint8Array, answered: Uint8Array, proof: Uint8Array): Bytes {
  element(asked.blinded);
  element(answered);
  element(key);
  scalar(asked.blind);
  try {
    return Uint8Array.from(voprf.finalize(asked.input, asked.blind, Uint8Array.from(answered), asked.blinded, Uint8Array.from(key), Uint8Array.from(proof)));
  } catch {
    throw new Refusal('proof_wrong');
  }
}

/** The last step of RFC 9497. */
function finalized(input: Uint8Array, unblinded: Uint8Array): Bytes {
  const sized = (part: Uint8Array) => join(Uint8Array.of(part.length >> 8, part.length & 0xff), part);
  return Uint8Array.from(sha512(join(sized(input), sized(unblinded), new TextEncoder().encode('Finalize'))));
}
