// The houses of matching, as the city names them, and what is asked of each. The issuer and the
// holders are other houses at other addresses: no cookie goes along, and what one is asked the others
// do not see. Nothing of an answer is used before it has proved itself.

import { once } from '../../../kernel/send';
import { holdersOf, type Holders } from '../../../matching/asked';
import type { Readers } from '../../../matching/entry';
import { Refusal } from '../../../matching/refusal';
import { wholePublicKey } from '../../../seal/envelope';
import type { Bytes } from '../../../seal/form';
import { fromBase64Of } from '../../../onestop/base64';
import type { Base64 } from '../../../onestop/wire';
import type { Bilingual, MatchingHouses, TakeEntryBack } from '../../../wire';

/** Who gives codes, in person. */
export interface Issuer {
  name: Bilingual;
  where: Bilingual;
  hours: Bilingual;
  phone: string;
  origin: string;
  askKey: Bytes;
  leaveKey: Bytes;
}

/** One of three who hold the key together. */
export interface Holder {
  name: Bilingual;
  origin: string;
}

/** All of them, their keys checked as far as keys can be. */
export interface Houses {
  issuer: Issuer;
  /** In the order of their numbers, from 1. */
  holders: readonly Holder[];
  keys: Holders;
  readers: Readers;
  /** Both needed, in their order. */
  counsel: readonly [Bilingual, Bilingual];
}

const ELEMENT_BYTES = 32;
const PUBLIC_KEY_BYTES = 1216;
/** A house on a bad line, or one that wakes up. */
const PATIENCE_MILLIS = 30_000;

/** Reads whose keys are whose. Three keys that are not of one key are refused: somebody was exchanged. */
export function housesOf(answer: MatchingHouses): Houses {
  const { issuer, holders, matcher_key, counsel } = answer;
  const ordered = [...holders].sort((one, other) => one.number - other.number);
  const [first, second] = counsel;
  if (!first || !second || counsel.length !== 2 || ordered.some(({ number }, at) => number !== at + 1)) throw new Refusal('form_broken');
  const reader = (key: Base64) => wholePublicKey(fromBase64Of(key, PUBLIC_KEY_BYTES));
  return {
    issuer: {
      name: issuer.name, where: issuer.where, hours: issuer.hours, phone: issuer.phone, origin: issuer.origin,
      askKey: fromBase64Of(issuer.ask_key, ELEMENT_BYTES), leaveKey: fromBase64Of(issuer.leave_key, ELEMENT_BYTES),
    },
    holders: ordered.map(({ name, origin }) => ({ name, origin })),
    keys: holdersOf(ordered.map(({ key }) => fromBase64Of(key, ELEMENT_BYTES))),
    readers: { matcher: reader(matcher_key), counsel: [reader(first.key), reader(second.key)] },
    counsel: [first.name, second.name],
  };
}

const bare = { credentials: 'omit', referrerPolicy: 'no-referrer', mode: 'cors' } as const;
const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };

function tell<T>(address: string, body: string): Promise<T> {
  return once<T>(address, { ...bare, method: 'POST', headers, body }, { patience: PATIENCE_MILLIS });
}

/** What the issuer gives for a code. */
export interface Issued {
  person: Base64;
  ask: Base64;
  leave: Base64;
}

/** What can be asked of the houses. A journey's test puts others in their place. */
export interface Doors {
  /** Exchanges a code for two tokens. */
  tokens: (body: { code: string; ask: Base64; leave: Base64 }) => Promise<Issued>;
  /** Asks a holder, by its place from 0. */
  answer: (holder: number, body: string) => Promise<{ answer: Base64 }>;
  /** Leaves an entry. The same text again is the same entry. */
  leave: (body: string) => Promise<void>;
  /** Takes one back. It is answered alike whether there was one or not. */
  takeBack: (withdrawal: Base64) => Promise<void>;
}

/** The doors of these houses. */
export function doorsOf({ issuer, holders }: Houses): Doors {
  return {
    tokens: (body) => tell<Issued>(`${issuer.origin}/v1/tokens`, JSON.stringify(body)),
    answer: (holder, body) => tell(`${holders[holder]?.origin ?? ''}/v1/answer`, body),
    leave: async (body) => void (await tell<unknown>('/api/onestop/matching/entry', body)),
    takeBack,
  };
}

/** Asks which houses there are. */
export async function askHouses(): Promise<Houses> {
  const { ask } = await import('../../../onestop/send');
  return housesOf(await ask<MatchingHouses>('matching'));
}

/** Takes an entry back: for this the city alone is asked. */
export async function takeBack(withdrawal: Base64): Promise<void> {
  await tell<unknown>('/api/onestop/matching/withdraw', JSON.stringify({ withdrawal } satisfies TakeEntryBack));
}
