// Seven words: 70 random bits and 7 that notice a wrong word (SPEC §2). The language is a spelling;
// the same numbers in either list are the same phrase.

import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
import type { Chance } from './chance';
import { digest } from './digest';
import { exactly, label, type Bytes } from './form';
import { Refusal } from './refusal';

/** The lists a phrase can be spelled in. */
export type Language = 'ko' | 'en';

/** How many words a phrase has. */
export const WORDS = 7;
/** Bytes of a phrase: 77 bits and three of zero. */
export const PHRASE_BYTES = 10;
/** Random bytes a phrase is made of; the last two bits are not used. */
export const PHRASE_CHANCE_BYTES = 9;

const BITS_PER_WORD = 11n;
const CHECK_BITS = 7n;
const UNUSED_CHANCE_BITS = 2n;
const UNUSED_PHRASE_BITS = 3n;
const LISTS: Readonly<Record<Language, readonly string[]>> = { ko: korean, en: english };

/** A new phrase. */
export function newPhrase(chance: Chance): Bytes {
  return phraseOf(chance(PHRASE_CHANCE_BYTES));
}

/** The phrase of nine random bytes. */
export function phraseOf(random: Uint8Array): Bytes {
  const random70 = toNumber(exactly(random, PHRASE_CHANCE_BYTES)) >> UNUSED_CHANCE_BITS;
  return toBytes(((random70 << CHECK_BITS) | check(random70)) << UNUSED_PHRASE_BITS, PHRASE_BYTES);
}

/** The seven words of a phrase, composed (NFC), as a screen shows them. */
export function spell(phrase: Uint8Array, language: Language): string[] {
  const bits = toNumber(exactly(phrase, PHRASE_BYTES, 'words_do_not_fit')) >> UNUSED_PHRASE_BITS;
  if (!alikeAsPhrase(phrase, bits)) throw new Refusal('words_do_not_fit');
  const list = LISTS[language];
  return Array.from({ length: WORDS }, (_, place) => {
    const number = (bits >> (BITS_PER_WORD * BigInt(WORDS - 1 - place))) & 0x7ffn;
    return (list[Number(number)] ?? '').normalize('NFC');
  });
}

/** A phrase that was typed, and how. */
export interface Typed {
  phrase: Bytes;
  language: Language;
}

/**
 * The phrase somebody typed. What does not read as one is noticed here, on her own device: no
 * server is asked whether words are right.
 */
export function readPhrase(typed: string): Typed {
  // The Unicode property, not `\s`, which differs from it in two characters.
  const words = typed.split(/\p{White_Space}+/u).filter((word) => word !== '');
  if (words.length !== WORDS) throw new Refusal('not_seven_words');
  const found = words.map((word, at) => lookUp(word, at + 1));
  const language = found[0]?.language ?? 'ko';
  if (found.some((one) => one.language !== language)) throw new Refusal('two_languages');
  const bits = found.reduce((sum, { number }) => (sum << BITS_PER_WORD) | BigInt(number), 0n);
  const phrase = toBytes(bits << UNUSED_PHRASE_BITS, PHRASE_BYTES);
  if (!alikeAsPhrase(phrase, bits)) throw new Refusal('words_do_not_fit');
  return { phrase, language };
}

interface Found {
  language: Language;
  number: number;
}

let index: Map<string, Found> | undefined;

/** Decomposed and in lower case, as keyboards and the lists themselves differ in that. */
const plain = (word: string) => word.normalize('NFKD').toLowerCase();

function lookUp(word: string, place: number): Found {
  index ??= new Map(
    (['ko', 'en'] as const).flatMap((language) =>
      LISTS[language].map((listed, number): [string, Found] => [plain(listed), { language, number }]),
    ),
  );
  const found = index.get(plain(word));
  if (!found) throw new Refusal('unknown_word', place);
  return found;
}

/** Whether the phrase's last bits are the check of its first, and its padding is zero. */
function alikeAsPhrase(phrase: Uint8Array, bits: bigint): boolean {
  const padding = toNumber(phrase) & ((1n << UNUSED_PHRASE_BITS) - 1n);
  return padding === 0n && (bits & ((1n << CHECK_BITS) - 1n)) === check(bits >> CHECK_BITS);
}

function check(random70: bigint): bigint {
  const [first = 0] = digest(label('words'), toBytes(random70 << UNUSED_CHANCE_BITS, PHRASE_CHANCE_BYTES));
  return BigInt(first >> 1);
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function toBytes(number: bigint, length: number): Bytes {
  return Uint8Array.from({ length }, (_, at) => Number((number >> BigInt(8 * (length - 1 - at))) & 0xffn));
}
