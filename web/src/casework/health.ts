// The hours in which some help for her health works best. Each window is a value of a dated rule that
// a clinical lead confirms; nothing of it is fixed here. No answer says that it is too late: after a
// window there is other help, and a clinician decides, not a clock.

import type { When } from '../onestop/content';
import { addDays, spanOfWhen, startOf } from './elapsed';
import type { LocalDate } from './entries';

const HOUR_MILLIS = 3_600_000;

/** One window. */
export interface HealthWindow {
  name: string;
  /** From when it happened. */
  hours: number;
  /** Where the number comes from. */
  source: string;
}

/** The windows of a city, as they are in force from a day on. */
export interface HealthRule {
  version: string;
  /** The first day it is in force. */
  from: LocalDate;
  windows: readonly HealthWindow[];
  /** Who confirmed it, and when; `null`: nobody, and the screen says so. */
  confirmed: { by: string; on: LocalDate } | null;
}

/** What the study names. It is nobody's rule until a clinical lead of the city confirms it. */
export const UNCONFIRMED_RULE: HealthRule = {
  version: '2026-11',
  from: '2026-11-01',
  windows: [
    { name: 'hiv_prophylaxis', hours: 72, source: 'WHO, Clinical management of rape and intimate partner violence survivors, 2020' },
    { name: 'emergency_contraception', hours: 120, source: 'WHO, Emergency contraception, fact sheet' },
    { name: 'forensic_kit', hours: 120, source: 'US NIJ, National best practices for sexual assault kits, 2017' },
  ],
  confirmed: null,
};

/** The rule in force on a day: the latest that has begun. */
export function ruleOn(rules: readonly HealthRule[], day: LocalDate): HealthRule | null {
  return rules.reduce<HealthRule | null>((found, rule) => (rule.from <= day && (!found || rule.from >= found.from) ? rule : found), null);
}

/** How a window stands. */
export type WindowLeft =
  /** Whole hours left. From the day alone they are a range: `least` counts from its first minute. */
  | { is: 'left'; least: number; most: number }
  /** Over by the clock. Going now still helps: the screen says where. */
  | { is: 'ask' }
  /** Nobody knows when: going now is right in any case. */
  | { is: 'unknown' };

export interface WindowShown {
  window: HealthWindow;
  left: WindowLeft;
}

/** Every window of the rule, as it stands. `now` in UTC milliseconds. */
export function windowsLeft(when: When | undefined, rule: HealthRule, zone: string, now: number): WindowShown[] {
  return rule.windows.map((window) => ({ window, left: leftOf(when, window, zone, now) }));
}

function leftOf(when: When | undefined, window: HealthWindow, zone: string, now: number): WindowLeft {
  const span = spanOfWhen(when);
  if (!span) return { is: 'unknown' };
  const width = window.hours * HOUR_MILLIS;
  // What has not come yet cannot have happened: a date of tomorrow, or the rest of this month.
  const earliest = Math.min(startOf(span.first, zone), now);
  const latest = Math.min(startOf(addDays(span.last, 1), zone), now);
  const hours = (from: number) => Math.floor((from + width - now) / HOUR_MILLIS);
  const most = hours(latest);
  if (latest + width <= now) return { is: 'ask' };
  return { is: 'left', least: Math.max(0, hours(earliest)), most };
}
