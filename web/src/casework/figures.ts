// What may leave a case as a figure, and nothing more: six coarse fields, only where her consent has
// the purpose, never twice in a month, and never while something about them is undecided.

import { PURPOSES, type AgeBand, type Context, type GbvType, type ServiceType } from './codes';
import { localDateOf } from './elapsed';
import type { Intake, LocalDate } from './entries';
import type { CaseState } from './fold';
import { agesBetween, classify, contextsOf, daysOfAge } from './gbv';

/** One person in one table of one month. No text, no day, no center, no number of a case. */
export interface FigureTuple {
  /** Of the report, on the city's calendar: `2026-11`. */
  month: string;
  /** A district's slug, or `unknown`. */
  district: string;
  type: GbvType;
  context: Context | 'none' | 'several';
  age_band: AgeBand;
  service: ServiceType | 'none' | 'several';
}

/** A consent as it was opened, and whether it still holds. */
export interface GivenFor {
  /** Bits of its purposes, as `seal/consent` numbers them. */
  purposes: readonly number[];
  /** UTC milliseconds; 0: it ends with the case. */
  endsAt: bigint;
  /** When she took it back. */
  takenBackAt: number | null;
}

/** Whether her consent lets this case be counted. `now` in UTC milliseconds. */
export function mayCount({ purposes, endsAt, takenBackAt }: GivenFor, now: number): boolean {
  return purposes.includes(PURPOSES.indexOf('figures')) && takenBackAt === null && (endsAt === 0n || BigInt(Math.floor(now)) < endsAt);
}

/** A case with what counting it needs. */
export interface Countable {
  state: CaseState;
  consent: GivenFor;
  /** When her report came, UTC milliseconds. */
  receivedAt: number;
}

/** The day she was heard: the intake's, else the day her report came. */
export function reportedOn(intake: Intake | null, receivedAt: number, zone: string): LocalDate {
  return intake?.reported ?? localDateOf(receivedAt, zone);
}

/** Why nothing leaves. */
export type NoFigure = 'not_consented' | 'no_intake' | 'undecided' | 'not_classified' | 'counted_elsewhere' | 'sent_already';

/** The tuple of a case, or why there is none. */
export function tupleOf({ state, consent, receivedAt }: Countable, zone: string, now: number): { tuple: FigureTuple } | { none: NoFigure } {
  if (!mayCount(consent, now)) return { none: 'not_consented' };
  const intake = state.intake.now?.entry ?? null;
  if (!intake) return { none: 'no_intake' };
  if (state.intake.rivals.length > 0 || state.plan.rivals.length > 0) return { none: 'undecided' };
  // A house of the GBVIMS has counted this incident: twice would be one woman too many.
  if (intake.reported_elsewhere === 'gbvims-org') return { none: 'counted_elsewhere' };
  const { type } = classify(intake.answers);
  if (type === null) return { none: 'not_classified' };
  const reported = reportedOn(intake, receivedAt, zone);
  const month = reported.slice(0, 7);
  // One person is at most once in a table of a month, whatever changes in her case.
  if (state.figures.some(({ entry }) => entry.tuple.month === month)) return { none: 'sent_already' };
  const district = (intake.district ?? '').trim();
  return {
    tuple: {
      month, district: district === '' ? 'unknown' : district, type, context: single(contextsOf(intake, reported).holds), age_band: ageBandOf(intake, reported),
      service: single(servicesOf(state)),
    },
  };
}

function single<T>(all: readonly T[]): T | 'none' | 'several' {
  const [first, ...rest] = all;
  return first === undefined ? 'none' : rest.length === 0 ? first : 'several';
}

const OLDEST: readonly (readonly [number, AgeBand])[] = [[11, '0_11'], [17, '12_17'], [25, '18_25'], [40, '26_40'], [60, '41_60'], [Infinity, '61']];
const bandOfAge = (age: number): AgeBand => OLDEST.find(([oldest]) => age <= oldest)?.[1] ?? 'unknown';

/** Her band when it happened: from her birth where that leaves one, else as it was told. */
export function ageBandOf(intake: Intake, reported: LocalDate): AgeBand {
  const ages = agesBetween(intake.survivor, daysOfAge(intake, reported));
  if (ages && bandOfAge(ages.youngest) === bandOfAge(ages.oldest)) return bandOfAge(ages.oldest);
  return intake.survivor?.age_band ?? 'unknown';
}

/** Services she has got or was sent to: as the intake says, and what her plan has done. */
export function servicesOf({ intake, plan, referrals }: CaseState): ServiceType[] {
  const told = Object.entries(intake.now?.entry.services ?? {}).flatMap(([service, result]) => (result === 'referred' || result === 'service_provided_by_your_agency' ? [service as ServiceType] : []));
  const done = (plan.now?.entry.goals ?? []).flatMap(({ service, status }) => (service && status === 'done' ? [service] : []));
  const sent = referrals.flatMap(({ is, offer }) => (offer?.entry.service && (is === 'accepted' || is === 'done') ? [offer.entry.service] : []));
  return [...new Set([...told, ...done, ...sent])].sort();
}
