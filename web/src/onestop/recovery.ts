// A center's key among three supervisors: three shares as words on paper, two of which give the key
// back on a new device (SPEC §9). The shares are on the screen once and on paper; no server, no store
// and no file ever has one.

import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
import type { Chance } from '../seal/chance';
import { digest } from '../seal/digest';
import { DEVICE_BYTES, TEAM_BYTES } from '../seal/directory';
import { alike, exactly, join, type Bytes } from '../seal/form';
import { joinShares, SHARE_BYTES, SHARES, SHARES_NEEDED, splitSeed } from '../seal/recovery';
import { Refusal, type RefusalCode } from '../seal/refusal';
import { TeamKey } from '../seal/team';
import type { Language } from '../seal/words';
import type { ClosedKey, Shares } from '../wire';
import { fromBase64, toBase64 } from './base64';
import type { DeskView, KeyWrap, OwnKey, Row } from './desk';

export { SHARES, SHARES_NEEDED } from '../seal/recovery';

/** Words of one share: 360 bits that differ from share to share, and 14 that notice a wrong word. */
export const SHARE_WORDS = 34;

export type { ClosedKey } from '../wire';

/** `GET /api/onestop/shares`; `null` where no shares were made, or no key came back. */
export type SharesView = Required<Shares>;

/** A share somebody typed. */
export interface Share {
  bytes: Bytes;
  epoch: number;
  /** Which of the three, 1 to 3. */
  number: number;
}

/** Why what was typed is no share; `place` names a word, from 1, and `words` how many there were. */
export type NotAShare = { is: 'none' } | { is: 'count'; words: number } | { is: 'unknown_word'; place: number } | { is: 'two_languages' } | { is: 'words_do_not_fit' };

const BITS_PER_WORD = 11n;
const CHECK_BITS = 14n;
/** What every share of a center begins with: its form and the center, which the screen knows. */
const HEAD_BYTES = 1 + TEAM_BYTES;
const NUMBER_AT = HEAD_BYTES + 4;
const FORM = 1;
const LISTS: Readonly<Record<Language, readonly string[]>> = { ko: korean, en: english };
const CHECK = new TextEncoder().encode('waylight/onestop/v1/share-words');
/** In the place of a device: closed for the key that the shares give back. */
const FOR_THE_SHARED_KEY = new Uint8Array(DEVICE_BYTES);

/** A share as words for paper. */
export function wordsOfShare(share: Uint8Array, language: Language): string[] {
  const own = exactly(share, SHARE_BYTES);
  const bits = (toNumber(own.subarray(HEAD_BYTES)) << CHECK_BITS) | check(own);
  return Array.from({ length: SHARE_WORDS }, (_, place) => {
    const number = (bits >> (BITS_PER_WORD * BigInt(SHARE_WORDS - 1 - place))) & 0x7ffn;
    return (LISTS[language][Number(number)] ?? '').normalize('NFC');
  });
}

/** The share somebody typed for this center, or why it is none. Nobody else is asked. */
export function shareOfWords(typed: string, team: Uint8Array): Share | NotAShare {
  // Numbers in front of the words are how people copy a numbered list.
  const words = typed.split(/[\p{White_Space}\p{Nd}.,]+/u).filter((word) => word !== '');
  if (words.length === 0) return { is: 'none' };
  const found: { language: Language; number: number }[] = [];
  for (const [at, word] of words.entries()) {
    const one = listed().get(plain(word));
    if (!one) return { is: 'unknown_word', place: at + 1 };
    found.push(one);
  }
  if (found.some(({ language }) => language !== found[0]?.language)) return { is: 'two_languages' };
  if (found.length !== SHARE_WORDS) return { is: 'count', words: found.length };
  const bits = found.reduce((sum, { number }) => (sum << BITS_PER_WORD) | BigInt(number), 0n);
  const bytes = join(Uint8Array.of(FORM), exactly(team, TEAM_BYTES), toBytes(bits >> CHECK_BITS, SHARE_BYTES - HEAD_BYTES));
  const number = bytes[NUMBER_AT] ?? 0;
  if (check(bytes) !== (bits & ((1n << CHECK_BITS) - 1n)) || number < 1 || number > SHARES) return { is: 'words_do_not_fit' };
  return { bytes, epoch: new DataView(bytes.buffer).getUint32(HEAD_BYTES), number };
}

/** Whether what was typed is a share. */
export const isShare = (one: Share | NotAShare): one is Share => 'bytes' in one;

/** What is still missing: which shares would do, or nothing. */
export function missing(shares: readonly Share[]): { more: number; numbers: number[] } {
  const have = new Set(shares.map(({ number }) => number));
  const numbers = Array.from({ length: SHARES }, (_, at) => at + 1).filter((number) => !have.has(number));
  return { more: Math.max(0, SHARES_NEEDED - have.size), numbers };
}

/** Three shares of the center's newest key. */
export function makeShares(view: DeskView, newest: OwnKey, chance: Chance): Bytes[] {
  return newest.key.share((seed) => splitSeed(fromBase64(view.center), newest.epoch, seed, chance));
}

/** Whether two shares that were typed again give this very key. */
export async function givesBack(shares: readonly Share[], key: OwnKey): Promise<RefusalCode | 'another_key' | null> {
  const found = await keyOf(shares);
  if (typeof found === 'string') return found;
  return found.epoch === key.epoch && alike(found.key.publicKey, key.key.publicKey) ? null : 'another_key';
}

/** The key of these shares, or why there is none. */
export async function keyOf(shares: readonly Share[]): Promise<OwnKey | RefusalCode> {
  try {
    const { epoch, seed } = joinShares(shares.map(({ bytes }) => bytes));
    return { epoch, key: await TeamKey.ofSeed(seed) };
  } catch (reason) {
    if (reason instanceof Refusal) return reason.code;
    throw reason;
  }
}

/** Older keys, closed for the newest: whoever gets that one back reads old knocks, too. */
export async function closeOlder(view: DeskView, keys: readonly OwnKey[], chance: Chance): Promise<ClosedKey[]> {
  const [newest, ...older] = keys;
  const closed: ClosedKey[] = [];
  if (!newest) return closed;
  for (const { epoch, key } of older) {
    const wrap = await key.closeFor(newest.key.publicKey, { team: fromBase64(view.center), epoch, device: FOR_THE_SHARED_KEY }, chance);
    closed.push({ epoch, wrap: toBase64(wrap) });
  }
  return closed;
}

/** The key that came back and every older one it opens, newest first. One that does not open is left out, and counted. */
export async function openOlder(view: DeskView, back: OwnKey, older: readonly ClosedKey[]): Promise<{ keys: OwnKey[]; lost: number }> {
  const keys = [back];
  let lost = 0;
  for (const { epoch, wrap } of [...older].sort((one, other) => other.epoch - one.epoch)) {
    if (epoch >= back.epoch) continue;
    try {
      keys.push({ epoch, key: await TeamKey.open(back.key, { team: fromBase64(view.center), epoch, device: FOR_THE_SHARED_KEY }, fromBase64(wrap)) });
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      lost += 1;
    }
  }
  return { keys, lost };
}

/** What is said when a key came back: it, and the older ones, closed for this device. */
export function bringBack(device: string, epoch: number, wraps: readonly KeyWrap[]): { device: string; epoch: number; wraps: ClosedKey[] } {
  return { device, epoch, wraps: wraps.map((one) => ({ epoch: one.epoch, wrap: one.wrap })) };
}

/** Cases that were there when the key came back, and where each of them stands with the notice of it. */
export function toTell(rows: readonly Row[], backAt: number, said: (row: Row) => string, barred: (row: Row) => boolean): { told: Row[]; waiting: Row[]; barred: Row[] } {
  const sorted: { told: Row[]; waiting: Row[]; barred: Row[] } = { told: [], waiting: [], barred: [] };
  for (const row of rows) {
    // Taken back before: the key that was lost opened nothing of it.
    if (row.state !== 'open' || !row.opened || row.receivedAt > backAt || (row.opened.takenBackAt !== null && row.opened.takenBackAt <= backAt)) continue;
    const text = said(row);
    const told = row.opened.said.some((one) => one.is === 'said' && one.ownCenter && one.text === text);
    (told ? sorted.told : barred(row) ? sorted.barred : sorted.waiting).push(row);
  }
  return sorted;
}

let index: Map<string, { language: Language; number: number }> | undefined;

/** Decomposed and in lower case, as keyboards and the lists themselves differ in that. */
const plain = (word: string) => word.normalize('NFKD').toLowerCase();

function listed(): Map<string, { language: Language; number: number }> {
  index ??= new Map((['ko', 'en'] as const).flatMap((language) => LISTS[language].map((word, number) => [plain(word), { language, number }] as const)));
  return index;
}

/** Over the whole share: words of another center do not fit. */
function check(share: Uint8Array): bigint {
  return toNumber(digest(CHECK, share).subarray(0, 2)) >> (16n - CHECK_BITS);
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function toBytes(number: bigint, length: number): Bytes {
  return Uint8Array.from({ length }, (_, at) => Number((number >> BigInt(8 * (length - 1 - at))) & 0xffn));
}
