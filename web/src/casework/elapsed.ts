// Days and dates of a city, and how long after it happened she was heard. Whole days of the city's
// calendar are compared, never instants: half past midnight in Seoul is another day in UTC. What is
// known only to the month or the year gives a range, and an answer only where the range has one.

import type { When } from '../onestop/content';
import type { ElapsedBucket, FollowUpStep } from './codes';
import type { LocalDate, PartialDate } from './entries';

const DAY_MILLIS = 86_400_000;
const two = (number: number) => String(number).padStart(2, '0');

/** The days of a month, 1 to 12; the calendar's own. */
function daysIn(year: number, month: number): number {
  // Two digits would mean the twentieth century, so the year is set apart.
  const last = new Date(Date.UTC(2000, month, 0));
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}

/** Whether it is a year of four digits, `2026`. */
export function isYear(text: string): boolean {
  return /^[0-9]{4}$/u.test(text) && text !== '0000';
}

/** Whether it is a month, `2026-11`. */
export function isMonth(text: string): boolean {
  return /^[0-9]{4}-(0[1-9]|1[0-2])$/u.test(text) && isYear(text.slice(0, 4));
}

/** Whether it is a day there is: no 30 February. */
export function isLocalDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u.test(text) || !isMonth(text.slice(0, 7))) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** Whether it is a day, a month or a year. */
export function isPartialDate(text: string): boolean {
  return isLocalDate(text) || isMonth(text) || isYear(text);
}

/** Whether it is a minute of a day, `2026-11-27T14:30`. */
export function isLocalTime(text: string): boolean {
  return /^.{10}T([01][0-9]|2[0-3]):[0-5][0-9]$/u.test(text) && isLocalDate(text.slice(0, 10));
}

/** The last instant whose year has four digits, a day early for every zone. */
const LAST_MILLIS = Date.UTC(9999, 11, 30);

/** The day it is in a zone. `at` in UTC milliseconds; one that is no instant is the nearest that is. */
export function localDateOf(at: number, zone: string): LocalDate {
  const there = Number.isNaN(at) ? 0 : Math.min(Math.max(at, 0), LAST_MILLIS);
  return new Date(there + aheadOf(zone, there)).toISOString().slice(0, 10);
}

/** The number of a day, counted from 1970-01-01. */
function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MILLIS;
}

function dateOf(number: number): LocalDate {
  return new Date(number * DAY_MILLIS).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative if it is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** So many days later. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days);
}

/** So many months later, or the last day of that month: a month after 31 January is 28 February. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const [inYear, inMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return `${String(inYear).padStart(4, '0')}-${two(inMonth)}-${two(Math.min(day, daysIn(inYear, inMonth)))}`;
}

/** The day a follow-up is due. */
export function stepAfter(date: LocalDate, step: FollowUpStep): LocalDate {
  switch (step) {
    case 'd3': return addDays(date, 3);
    case 'w2': return addDays(date, 14);
    case 'm1': return addMonths(date, 1);
    case 'm3': return addMonths(date, 3);
  }
}

/** The first and the last day it can have been; `null` where that is no date. */
export function spanOf(date: PartialDate): { first: LocalDate; last: LocalDate } | null {
  if (isLocalDate(date)) return { first: date, last: date };
  if (isMonth(date)) return { first: `${date}-01`, last: `${date}-${two(daysIn(Number(date.slice(0, 4)), Number(date.slice(5))))}` };
  return isYear(date) ? { first: `${date}-01-01`, last: `${date}-12-31` } : null;
}

/** The days it can have been; `null`: nobody knows. */
export function spanOfWhen(when: When | undefined): { first: LocalDate; last: LocalDate } | null {
  return when?.date === undefined ? null : spanOf(when.date);
}

/** The bucket of so many whole days: 3 is within three days, 4 is not (Primero counts 4 as 0 to 3). */
export function bucketOf(days: number): ElapsedBucket {
  if (days <= 3) return '0_3_days';
  if (days <= 5) return '4_5_days';
  if (days <= 14) return '6_14_days';
  return days <= 30 ? '2_weeks_1_month' : 'over_1_month';
}

/** How long it was, as far as that can be told. */
export type Elapsed =
  | { is: 'known'; days: number; bucket: ElapsedBucket }
  /** By month or year. `bucket` is `null` where the range has several. */
  | { is: 'range'; least: number; most: number; bucket: ElapsedBucket | null }
  | { is: 'unknown' }
  /** The date lies after the report: asked about gently, never corrected. */
  | { is: 'after_report' };

/** How long after it happened she was heard, on the city's calendar. */
export function elapsedBetween(when: When | undefined, reported: LocalDate): Elapsed {
  const span = spanOfWhen(when);
  if (!span || !isLocalDate(reported)) return { is: 'unknown' };
  const most = daysBetween(span.first, reported);
  if (most < 0) return { is: 'after_report' };
  const least = Math.max(0, daysBetween(span.last, reported));
  if (span.first === span.last) return { is: 'known', days: most, bucket: bucketOf(most) };
  return { is: 'range', least, most, bucket: bucketOf(least) === bucketOf(most) ? bucketOf(most) : null };
}

/** The bucket, where there is one. */
export function bucketIn(elapsed: Elapsed): ElapsedBucket | null {
  return elapsed.is === 'known' || elapsed.is === 'range' ? elapsed.bucket : null;
}

/** One for each zone: making one costs more than all the rest of a fold. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  clocks.set(zone, made);
  return made;
}

/** How far a zone's clocks are ahead of UTC at an instant, milliseconds. */
function aheadOf(zone: string, at: number): number {
  const parts = clockOf(zone).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000;
}

/** The instant a day begins in a zone, UTC milliseconds. */
export function startOf(date: LocalDate, zone: string): number {
  const wall = dayNumber(date) * DAY_MILLIS;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wall - aheadOf(zone, wall);
  return wall - aheadOf(zone, guess);
}
