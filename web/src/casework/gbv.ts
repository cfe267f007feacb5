// The classification of the GBVIMS. One type, by the first yes in the standard's order; what people
// call domestic violence or child sexual abuse is a context and is computed from the rest.
// Source: GBVIMS user guide, chapter 3.5 and the intake form; contexts as Primero computes them.

import { QUESTIONS, type Answer, type Context, type GbvType, type Question, type YesNo } from './codes';
import { isLocalDate, spanOf, spanOfWhen } from './elapsed';
import type { Intake, LocalDate, PerpetratorOf, Survivor } from './entries';

const TYPE_OF: Readonly<Record<Question, GbvType>> = {
  penetration: 'rape',
  sexual_contact: 'sexual_assault',
  physical: 'physical_assault',
  forced_marriage: 'forced_marriage',
  denial: 'denial_of_resources_opportunities_or_services',
  psychological: 'psychological_emotional_abuse',
};

/** What the answers come to. */
export interface Classified {
  /** `null`: not yet, because nothing was answered yes and not everything no. */
  type: GbvType | null;
  /** The question that decided. */
  by: Question | null;
  /** Questions before it without a yes or no: answered, one of them might decide. */
  open: Question[];
}

/** The type by the first yes. Not knowing is no no: without six of them nothing is `non-gbv`. */
export function classify(answers: Partial<Record<Question, Answer>> | undefined): Classified {
  const said = (question: Question) => answers?.[question];
  const by = QUESTIONS.find((question) => said(question) === 'yes') ?? null;
  const before = by === null ? QUESTIONS : QUESTIONS.slice(0, QUESTIONS.indexOf(by));
  const open = before.filter((question) => said(question) !== 'no');
  if (by !== null) return { type: TYPE_OF[by], by, open };
  return { type: open.length === 0 ? 'non-gbv' : null, by, open };
}

/** Something that may not be known. */
export type Known = YesNo | 'unknown';

/** The age in whole years on a day. Somebody born on 29 February turns on 1 March. */
function ageOn(born: LocalDate, day: LocalDate): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The youngest and the oldest she can have been within a span of days; `null`: unknown. */
export function agesBetween(survivor: Survivor | undefined, span: { first: LocalDate; last: LocalDate } | null): { youngest: number; oldest: number } | null {
  const born = survivor?.born === undefined ? null : spanOf(survivor.born);
  if (!born || !span) return null;
  const oldest = ageOn(born.first, span.last);
  return oldest < 0 ? null : { youngest: Math.max(0, ageOn(born.last, span.first)), oldest };
}

/** The days that count for her age: when it happened, else when she was heard. */
export function daysOfAge(intake: Pick<Intake, 'when'>, reported: LocalDate): { first: LocalDate; last: LocalDate } | null {
  const span = spanOfWhen(intake.when);
  const heard = isLocalDate(reported) ? { first: reported, last: reported } : null;
  if (!span) return heard;
  // It did not happen after she was heard, whatever the month or year leaves room for.
  return heard && span.last > reported ? { first: span.first < reported ? span.first : reported, last: reported } : span;
}

/**
 * Whether she was under 18, as the GBVIMS counts. Korea's rule of under 19 is another one, dated and
 * kept elsewhere: neither stands for the other.
 */
export function under18(intake: Pick<Intake, 'when' | 'survivor'>, reported: LocalDate): Known {
  const ages = agesBetween(intake.survivor, daysOfAge(intake, reported));
  if (ages) return ages.oldest < 18 ? 'yes' : ages.youngest >= 18 ? 'no' : bandUnder18(intake.survivor);
  return bandUnder18(intake.survivor);
}

function bandUnder18(survivor: Survivor | undefined): Known {
  const band = survivor?.age_band;
  if (band === undefined || band === 'unknown') return 'unknown';
  return band === '0_11' || band === '12_17' ? 'yes' : 'no';
}

/** The one whose relation is told: the first that is called primary, else the first. */
export function primaryOf(perpetrators: readonly PerpetratorOf[] | undefined): PerpetratorOf | null {
  return perpetrators?.find(({ primary }) => primary === 'yes') ?? perpetrators?.[0] ?? null;
}

/** Whether a partner or former partner is among them. */
export function byPartner(perpetrators: readonly PerpetratorOf[] | undefined): boolean {
  return perpetrators?.some(({ relationship }) => relationship === 'intimate_partner_former_partner') ?? false;
}

/** The contexts that hold, and those that only her age keeps open. */
export interface Contexts {
  holds: Context[];
  open: Context[];
}

/** The contexts, computed. `reported`: the day she was heard. */
export function contextsOf(intake: Intake, reported: LocalDate): Contexts {
  const { type } = classify(intake.answers);
  if (type === null || type === 'non-gbv') return { holds: [], open: [] };
  const sexual = type === 'rape' || type === 'sexual_assault';
  const child = under18(intake, reported);
  const slavery = intake.abduction !== undefined && intake.abduction !== 'none';
  const found: readonly [Context, Known][] = [
    ['intimate_partner_violence', byPartner(intake.perpetrators) ? 'yes' : 'no'],
    ['child_sexual_abuse', sexual ? child : 'no'],
    ['early_marriage', type === 'forced_marriage' ? child : 'no'],
    ['possible_sexual_exploitation', sexual && intake.exchanged === 'yes' ? 'yes' : 'no'],
    ['possible_sexual_slavery', sexual && slavery ? 'yes' : 'no'],
    ['harmful_traditional_practice', intake.harmful_practice === 'yes' ? 'yes' : 'no'],
  ];
  const those = (is: Known) => found.flatMap(([context, holds]) => (holds === is ? [context] : []));
  return { holds: those('yes'), open: those('unknown') };
}
