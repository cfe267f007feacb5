// What she has answered so far, and how it becomes the content of compartments. It lives in the
// page's memory only; every answer may be empty, in any order.

import {
  CONTACT, EVIDENCE, IDENTITY, INCIDENT, NOTES, PERPETRATOR, SAFETY,
  type Contact, type Danger, type Digital, type Identity, type Incident, type Notes, type Perpetrator, type PlaceCode, type Reach, type Relationship,
  type Safety, type TimeOfDay, type Want, type When,
} from './content';
import type { Evidence } from '../evidence/list';

/** A day as far as she knows it. */
export interface Day {
  known: When['known'] | null;
  year: number;
  month: number;
  day: number;
}

/** Everything the page asks. */
export interface Answers {
  danger: Danger | null;
  ownView: string;
  happened: string;
  when: Day;
  timeOfDay: TimeOfDay | null;
  place: PlaceCode | null;
  where: string;
  digital: Digital[];
  relationship: Relationship | null;
  who: string;
  wants: Want[];
  reach: Reach | null;
  reachWhere: string;
  reachWhen: string;
  wordsAllowed: string;
  whoAnswers: string;
  called: string;
  accessNeeds: string;
}

export function noAnswers(): Answers {
  return {
    danger: null, ownView: '', happened: '', when: { known: null, year: 0, month: 0, day: 0 }, timeOfDay: null, place: null, where: '', digital: [],
    relationship: null, who: '', wants: [], reach: null, reachWhere: '', reachWhen: '', wordsAllowed: '', whoAnswers: '', called: '', accessNeeds: '',
  };
}

/** Longest story, bytes as they are closed: some 20,000 Korean letters. Up to 16 KiB, 5,400 letters, every report has the same size. */
export const STORY_BYTES_MAX = 60_000;
/** Longest short answer, bytes. */
export const FIELD_BYTES_MAX = 2_400;
/** Longest message, bytes: the first size of a compartment, so that all messages look alike. */
export const MESSAGE_BYTES_MAX = 16_000;
/** First year that can be chosen: nobody alive was harmed before. */
export const FIRST_YEAR = 1900;

/** Bytes of a text as it will be closed: some letters are written as several. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length - 2;
}

/** A calendar day of a city. */
export interface Today {
  year: number;
  month: number;
  day: number;
}

/** The day it is in a zone: a phone's own may be another, and so may UTC's. */
export function todayIn(zone: string, at: number): Today {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** Days of a month, as far as they have begun. */
export function daysOf({ year, month }: Pick<Day, 'year' | 'month'>, today: Today): number {
  if (year === today.year && month === today.month) return today.day;
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Months of a year, as far as they have begun. */
export function monthsOf(year: number, today: Today): number {
  return year === today.year ? today.month : 12;
}

/**
 * The day with what cannot be taken out of it: there is no 30 February, and what has not come yet
 * cannot have happened.
 */
export function possible(when: Day, today: Today): Day {
  if (when.year < FIRST_YEAR || when.year > today.year) return { ...when, year: 0, month: 0, day: 0 };
  const month = when.month > monthsOf(when.year, today) ? 0 : when.month;
  const day = month === 0 || when.day > daysOf({ year: when.year, month }, today) ? 0 : when.day;
  return { ...when, month, day };
}

/** As content: what is not known is left out rather than guessed. A year alone is a month not known. */
export function whenOf({ known, year, month, day }: Day): When | undefined {
  if (known === null) return undefined;
  const two = (number: number) => String(number).padStart(2, '0');
  if (known === 'day' && year && month && day) return { known, date: `${year}-${two(month)}-${two(day)}` };
  if (known !== 'no' && year && month) return { known: 'month', date: `${year}-${two(month)}` };
  return known !== 'no' && year ? { known: 'no', date: String(year) } : { known: 'no' };
}

/** The contents she has filled, by kind. */
export interface Contents {
  [CONTACT]?: Contact;
  [IDENTITY]?: Identity;
  [INCIDENT]?: Incident;
  [PERPETRATOR]?: Perpetrator;
  [SAFETY]?: Safety;
  [EVIDENCE]?: Evidence;
  [NOTES]?: Notes;
}

/** What has been answered, and nothing else. */
export function contentsOf(answers: Answers, language: 'ko' | 'en'): Contents {
  const contents: Contents = {};
  const put = <K extends keyof Contents>(kind: K, content: NonNullable<Contents[K]>) => {
    const said = Object.entries(content).filter(([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
    if (said.length > 0) contents[kind] = Object.fromEntries(said) as Contents[K];
  };
  const { danger, ownView, happened, timeOfDay, place, where, digital, relationship, who, wants, reach, called, accessNeeds } = answers;
  const elsewhere = reach !== null && reach !== 'mailbox';
  put(CONTACT, {
    reach: reach ?? undefined,
    where: elsewhere ? answers.reachWhere : undefined,
    when: elsewhere ? answers.reachWhen : undefined,
    words_allowed: elsewhere ? answers.wordsAllowed : undefined,
    who_answers: elsewhere ? answers.whoAnswers : undefined,
  });
  // The language alone is not hers to fill: the page knows it. It goes along when she says more.
  if (called !== '' || accessNeeds !== '') put(IDENTITY, { called, language, access_needs: accessNeeds });
  put(INCIDENT, { happened, when: whenOf(answers.when), time_of_day: timeOfDay ?? undefined, place: place ?? undefined, where, digital: place === 'online' ? digital : [] });
  put(PERPETRATOR, { who, relationship: relationship ?? undefined });
  put(SAFETY, { in_danger_now: danger ?? undefined, own_view: ownView });
  put(NOTES, { wants });
  return contents;
}

/** Kinds she chooses readers for, as the table has them. */
export const CHOOSABLE = [INCIDENT, PERPETRATOR, SAFETY, EVIDENCE, CONTACT, IDENTITY, NOTES] as const;
/** A row of that table. */
export type Choosable = (typeof CHOOSABLE)[number];

/** Kinds a leading center reads beside what she ticks: what its people will add, messages, and the work on her case. */
export const LEADING = [5, 6, 7, 13, 14] as const;

/** A center she has chosen, and what it may read of what she wrote. */
export interface Choice {
  center: string;
  kinds: Choosable[];
}

/** Every kind a center's consent names, rising; empty: it gets nothing. */
export function kindsOf(choice: Choice, leads: boolean): number[] {
  const kinds: number[] = leads ? [...choice.kinds, NOTES, ...LEADING] : [...choice.kinds];
  return [...new Set(kinds)].sort((one, other) => one - other);
}

/** The center that leads: the first she chose that counsels, else the first she chose. */
export function leading(choices: readonly Choice[], serviceOf: (center: string) => string): string | null {
  return (choices.find(({ center }) => serviceOf(center) === 'counsel') ?? choices[0])?.center ?? null;
}
