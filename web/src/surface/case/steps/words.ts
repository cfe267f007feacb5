// Codes of the work in the reader's language. A code this edition has no words for is shown as it is:
// nobody's record is left out because a page does not know it.

import { knows, t } from '../../../kernel/lang.svelte';

/** A code of a list, in words. */
export function codeWords(list: string, code: string): string {
  const key = `work-${list}-${code.replaceAll('_', '-')}`;
  return knows(key) ? t(key) : code;
}

/** A band of danger; `null`: not certain yet. */
export const bandWords = (band: string | null): string => (band === null ? t('work-band-open') : codeWords('band', band));

/** A question of an instrument. */
export const questionWords = (id: string): string => codeWords('asks', id);
