// The dated rules of age and of the duty to report, applied here because no server knows a case. A
// rule says yes or no only where every day that is possible says the same; else it says that it does
// not know, and what to ask. Under 18, as the GBVIMS counts, is another question (`../gbv`).

import type { Digital } from '../../onestop/content';
import type { Bilingual } from '../../wire';
import type { AgeBand, Disability, GbvType, Question, Relationship } from '../codes';
import { addDays, addMonths, isLocalDate, spanOf, spanOfWhen } from '../elapsed';
import type { Intake, LocalDate } from '../entries';
import { classify, type Known } from '../gbv';

/** How a rule of age counts. */
export const AGE_KINDS = ['under_19_until_its_year', 'under_19'] as const;
export type AgeKind = (typeof AGE_KINDS)[number];
/** On which day an age is looked at. */
export type AgeDay = 'incident' | 'today';
export const TRIGGERS = ['age', 'sexual_offense', 'by_caregiver', 'disability'] as const;
export type Trigger = (typeof TRIGGERS)[number];
/** What a packet can hold, and nothing else. */
export const PACKET_FIELDS = [
  'called', 'birth_year', 'sex', 'incident_type', 'incident_date', 'incident_place', 'relationship', 'safe_contact', 'told', 'reporter',
] as const;
export type PacketField = (typeof PACKET_FIELDS)[number];

/** What dated rules have in common. */
interface Dated {
  key: string;
  name: Bilingual;
  /** First day it holds. */
  from: LocalDate;
  /** First day it no longer does. */
  until: LocalDate | null;
  source: string;
  confirmed_by: string;
}
export interface AgeRule extends Dated {
  kind: AgeKind;
}
export interface DutyRule extends Dated {
  /** What she is told before. */
  tells: Bilingual;
  triggers: readonly Trigger[];
  age_rule: string | null;
  age_on: AgeDay;
  /** The services it binds. */
  binds: readonly string[];
  /** The id of the center that is told. */
  receiver: string;
  /** `null`: at once. */
  deadline_hours: number | null;
  fields: readonly PacketField[];
}
/** What a line for a table says. */
export type Dimension = 'month' | 'district' | 'type' | 'context' | 'age_band' | 'service';
export interface FigureTable {
  key: string;
  name: Bilingual;
  every: 'month' | 'quarter' | 'year';
  by: readonly Dimension[];
}
/** `GET /api/onestop/rules`. */
export interface CaseRules {
  hash: string;
  age_rules: readonly AgeRule[];
  duties: readonly DutyRule[];
  tables: readonly FigureTable[];
}

/** Days from one to another, both in it. */
export interface Span {
  first: LocalDate;
  last: LocalDate;
}

/** The age both kinds turn at. */
const YEARS = 19;
const yearOf = (day: LocalDate) => Number(day.slice(0, 4));
/** Before every date anybody writes. */
const EVER: LocalDate = '0001-01-01';

/** Whether somebody born on one day counts on another. */
export function counts(kind: AgeKind, born: LocalDate, day: LocalDate): boolean {
  switch (kind) {
    // From 1 January of the year in which they turn 19 they do not: the birthday says nothing.
    case 'under_19_until_its_year': return yearOf(day) - yearOf(born) < YEARS;
    // Born on 29 February they turn on 1 March, which comes after any 29 February in these texts, too.
    case 'under_19': return day < `${String(yearOf(born) + YEARS).padStart(4, '0')}${born.slice(4)}`;
  }
}

/** The rules of a key that hold on any of these days, each with the days it holds on. */
function holding(rules: readonly AgeRule[], key: string, span: Span): { rule: AgeRule; span: Span }[] {
  return rules.filter((rule) => rule.key === key).flatMap((rule) => {
    const first = rule.from > span.first ? rule.from : span.first;
    const end = rule.until === null ? span.last : addDays(rule.until, -1);
    const last = end < span.last ? end : span.last;
    return first <= last ? [{ rule, span: { first, last } }] : [];
  }).sort((one, other) => (one.span.first < other.span.first ? -1 : 1));
}

/** Whether there is a rule on every day of a span. */
function covers(parts: readonly { span: Span }[], span: Span): boolean {
  let next = span.first;
  for (const { span: part } of parts) {
    if (part.first > next) return false;
    if (part.last >= next) next = addDays(part.last, 1);
  }
  return next > span.last;
}

/** What would have to be known. */
export type Ask = 'birth_year' | 'birthday' | 'incident_date' | 'intake' | 'perpetrators' | 'disability' | 'rule';

/** What a rule comes to. */
export interface Applied {
  is: Known;
  /** What to ask; empty where it is known. */
  asks: Ask[];
  /** The rules that were applied, in their order. */
  by: AgeRule[];
}

/** What is known of an age. */
export interface AgeFacts {
  /** As much of the day of birth as is known. */
  born?: string | undefined;
  age_band?: AgeBand | undefined;
  /** The day she was heard: bands are of that day. */
  reported: LocalDate;
}

const BANDS: Partial<Record<AgeBand, readonly [least: number, most: number]>> = {
  '0_11': [0, 11], '12_17': [12, 17], '18_25': [18, 25], '26_40': [26, 40], '41_60': [41, 60], '61': [61, 150],
};

/** The days she can have been born on; `null`: nobody knows. */
function bornIn({ born, age_band: band, reported }: AgeFacts): Span | null {
  const span = born === undefined ? null : spanOf(born);
  if (span) return span;
  const years = band === undefined ? undefined : BANDS[band];
  if (!years || !isLocalDate(reported)) return null;
  const [least, most] = years;
  return { first: addDays(addMonths(reported, -12 * (most + 1)), 1), last: addMonths(reported, -12 * least) };
}

/** Whether she counts by the rules of a key on a day that lies in this span. */
export function applyAge(rules: readonly AgeRule[], key: string, facts: AgeFacts, span: Span): Applied {
  const parts = holding(rules, key, span);
  const by = parts.map(({ rule }) => rule);
  if (!covers(parts, span)) return { is: 'unknown', asks: ['rule'], by };
  const born = bornIn(facts);
  if (!born) return { is: 'unknown', asks: ['birth_year'], by };
  // Whoever was not born yet was not harmed: one of the two dates is not right.
  if (born.first > span.last) return { is: 'unknown', asks: ['birth_year', 'incident_date'], by };
  const each = parts.map(({ rule: { kind }, span: { first, last } }): Known => {
    if (counts(kind, born.first, last)) return 'yes';
    return counts(kind, born.last, first) ? 'unknown' : 'no';
  });
  const [is] = each;
  if (is !== undefined && is !== 'unknown' && each.every((one) => one === is)) return { is, asks: [], by };
  return { is: 'unknown', asks: asksOf(facts, born, span, by), by };
}

function asksOf(facts: AgeFacts, born: Span, span: Span, by: readonly AgeRule[]): Ask[] {
  const year = facts.born !== undefined && spanOf(facts.born) !== null;
  const asks: Ask[] = [];
  if (!year) asks.push('birth_year');
  // A rule that goes by the year is not helped by the day.
  else if (born.first !== born.last && by.some(({ kind }) => kind === 'under_19')) asks.push('birthday');
  if (span.first !== span.last) asks.push('incident_date');
  return asks;
}

/** What of a case a duty looks at. */
export interface DutyFacts extends AgeFacts {
  today: LocalDate;
  when?: Intake['when'];
  type: GbvType | null;
  /** Questions that could still decide the type. */
  open: readonly Question[];
  digital: readonly Digital[];
  /** What each who did it is to her; `undefined` where that was not said. */
  relationships: readonly (Relationship | undefined)[];
  disability?: Disability | undefined;
}

/** The facts of an intake. `reported`: the day she was heard. */
export function factsOf(intake: Pick<Intake, 'answers' | 'when' | 'digital' | 'survivor' | 'perpetrators'> | null, reported: LocalDate, today: LocalDate): DutyFacts {
  const { type, open } = classify(intake?.answers);
  const { born, age_band, disability } = intake?.survivor ?? {};
  const relationships = (intake?.perpetrators ?? []).map(({ relationship }) => relationship);
  return { born, age_band, disability, reported, today, type, open, digital: intake?.digital ?? [], relationships, ...(intake?.when ? { when: intake.when } : {}) };
}

/** One trigger of a duty, looked at. */
export interface Triggered extends Applied {
  trigger: Trigger;
}

const known = (is: Known, ...asks: Ask[]): Applied => ({ is, asks: is === 'unknown' ? asks : [], by: [] });

function sexualOffense({ type, open, digital }: DutyFacts): Applied {
  if (type === 'rape' || type === 'sexual_assault' || digital.some((one) => one !== 'stalking')) return known('yes');
  const undecided = type === null || open.includes('penetration') || open.includes('sexual_contact');
  return known(undecided ? 'unknown' : 'no', 'intake');
}

function byCaregiver({ relationships }: DutyFacts): Applied {
  if (relationships.includes('primary_caregiver')) return known('yes');
  const said = relationships.length > 0 && relationships.every((one) => one !== undefined && one !== 'unknown');
  return known(said ? 'no' : 'unknown', 'perpetrators');
}

function disabled({ disability }: DutyFacts): Applied {
  if (disability === undefined || disability === 'not_told') return known('unknown', 'disability');
  return known(disability === 'no' ? 'no' : 'yes');
}

/** The days on which a duty looks at her age. */
function daysOf(rules: readonly AgeRule[], duty: DutyRule, { when, reported, today }: DutyFacts): Span {
  if (duty.age_on === 'today') return { first: today, last: today };
  const latest = isLocalDate(reported) && reported < today ? reported : today;
  const span = spanOfWhen(when);
  // It did not happen after she was heard.
  if (span) return { first: span.first < latest ? span.first : latest, last: span.last < latest ? span.last : latest };
  // On any day there has been a rule for.
  const since = rules.filter(({ key }) => key === duty.age_rule).map(({ from }) => from).sort()[0] ?? EVER;
  return { first: since < latest ? since : latest, last: latest };
}

function triggered(trigger: Trigger, rules: CaseRules, duty: DutyRule, facts: DutyFacts): Applied {
  switch (trigger) {
    case 'age': return applyAge(rules.age_rules, duty.age_rule ?? '', facts, daysOf(rules.age_rules, duty, facts));
    case 'sexual_offense': return sexualOffense(facts);
    case 'by_caregiver': return byCaregiver(facts);
    case 'disability': return disabled(facts);
  }
}

/** Where a duty stands in a case. */
export interface DutyStanding {
  duty: DutyRule;
  /** `due`: all its triggers hold; `not_due`: one does not; `unknown`: something must be asked. */
  is: 'due' | 'not_due' | 'unknown';
  triggers: Triggered[];
  /** What to ask, each once. */
  asks: Ask[];
}

/** Whether a rule holds on a day. */
export function holds({ from, until }: Pick<Dated, 'from' | 'until'>, day: LocalDate): boolean {
  return from <= day && (until === null || day < until);
}

/** The duties that bind a center today, and where each stands. */
export function dutiesOf(rules: CaseRules, service: string, facts: DutyFacts): DutyStanding[] {
  const bound = rules.duties.filter((duty) => duty.binds.includes(service) && holds(duty, facts.today));
  return bound.map((duty) => {
    const triggers = duty.triggers.map((trigger) => ({ trigger, ...triggered(trigger, rules, duty, facts) }));
    const each = triggers.map(({ is }) => is);
    const is = each.includes('no') ? 'not_due' : each.includes('unknown') ? 'unknown' : 'due';
    const asks = is === 'unknown' ? [...new Set(triggers.flatMap((one) => one.asks))] : [];
    return { duty, is, triggers, asks };
  });
}
