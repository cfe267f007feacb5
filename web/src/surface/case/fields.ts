// What she wrote, as lines of words: codes in the reader's language, her own words as they are,
// and whatever this page does not know as text.

import { knows, t } from '../../kernel/lang.svelte';
import { date } from '../../kernel/say';
import type { Opened, Told } from '../../onestop/case';
import { CASEWORK, CONTACT, MESSAGE, NOTES, shown } from '../../onestop/content';

export { CONTACT, NOTES } from '../../onestop/content';

/** The kinds below the contact, in the order they are read. Files (10) have a section of their own. */
export const ORDER: readonly number[] = [8, 2, 3, 4, 5, 6, 7, 9];

/** One line. */
export interface Field {
  name: string;
  label: string;
  value: string;
}

/** Fields whose values are codes, which the catalogues know. */
const CODED = new Set(['reach', 'time_of_day', 'place', 'digital', 'relationship', 'in_danger_now', 'wants', 'language']);
/** Fields that say where things stand in the case, and nothing of her. */
const LAID = new Set(['leads', 'columns']);

/** How she may be reached before where: the rule is read before the number. */
const FIRST: readonly string[] = ['reach', 'when', 'words_allowed', 'who_answers'];
const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

const dashed = (name: string) => name.replaceAll('_', '-');

/** The fields of a content that hold something, each with its words. */
export function fieldsOf(kind: number, content: Told): Field[] {
  return Object.entries(content ?? {})
    .filter(([name]) => !(kind === NOTES && LAID.has(name)))
    .sort(([one], [other]) => (kind === CONTACT ? rank(one) - rank(other) : 0))
    .map(([name, value]) => ({ name, label: labelOf(name), value: valueOf(name, value) }))
    .filter(({ value }) => value.trim() !== '');
}

function labelOf(name: string): string {
  const key = `case-field-${dashed(name)}`;
  return knows(key) ? t(key) : name;
}

function valueOf(name: string, value: unknown): string {
  if (name === 'when' && typeof value === 'object' && value !== null) return whenOf(value as Record<string, unknown>);
  if (!CODED.has(name)) return shown(value);
  return (Array.isArray(value) ? value : [value]).map((one: unknown) => coded(name, one)).join(', ');
}

function coded(name: string, value: unknown): string {
  const key = `case-value-${dashed(name)}-${dashed(shown(value))}`;
  return knows(key) ? t(key) : shown(value);
}

function whenOf({ known, date: at }: Record<string, unknown>): string {
  if (known === 'no') return t('case-when-no');
  if (typeof at !== 'string' || at === '') return '';
  return known === 'month' ? t('case-when-month', { at }) : date(at);
}

/** Why this center cannot answer; `null`: it can. */
export function cannotAnswer(opened: Opened): 'taken_back' | 'not_leading' | 'no_column' | null {
  if (opened.takenBackAt !== null) return 'taken_back';
  if (!(opened.consent.compartments as readonly number[]).includes(MESSAGE)) return 'not_leading';
  // Only her notes say which column is hers: without them an answer would reach nobody.
  return opened.places.some(({ reader }) => reader === 'herself') ? null : 'no_column';
}

/** Why this center cannot write down its work; `null`: it can. */
export function cannotWork(opened: Opened): 'taken_back' | 'not_for_us' | 'no_column' | null {
  if (opened.takenBackAt !== null) return 'taken_back';
  if (!(opened.consent.compartments as readonly number[]).includes(CASEWORK)) return 'not_for_us';
  return opened.places.some(({ reader }) => reader === 'herself') ? null : 'no_column';
}
