// A walk asked for as anybody asks for one: no cookie, no account, no word of a case. The code word is
// what the team calls her. What the street side keeps of it is what it keeps of every walk.

import { language } from '../../../kernel/lang.svelte';
import { newKey, once } from '../../../kernel/send';
import type { Ask, Asked } from '../../../wire';

/** What is asked for, and nothing else. */
export interface Wanted {
  /** A meeting place's id. */
  place: string;
  /** UTC milliseconds; `null`: now. */
  at: number | null;
  codeWord: string;
}

/** The body as it is sent. */
export function bodyOf({ place, at, codeWord }: Wanted): Ask {
  const word = codeWord.trim();
  return { meeting_place: place, people: 1, language: language(), ...(at === null ? {} : { wanted_at: at }), ...(word === '' ? {} : { first_name: word }) } as Ask;
}

/** Asks for the walk. Pressed again with the same key it is the same walk. */
export function askForWalk(wanted: Wanted, key = newKey()): Promise<Asked> {
  return once<Asked>('/api/escort/requests', {
    method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': key }, body: JSON.stringify(bodyOf(wanted)),
  }, { patience: 20_000 });
}
