// When she is asked again how she is: three days, two weeks, one month and three months after the
// first plan, and once more after a case was reopened. Days are the city's.

import { FOLLOW_UP_STEPS, type FollowUpStep } from './codes';
import { localDateOf, stepAfter } from './elapsed';
import type { FollowUp, LocalDate } from './entries';
import type { CaseState } from './fold';
import type { Kept } from './slot';

export interface FollowUpDue {
  step: FollowUpStep;
  due: LocalDate;
  is: 'done' | 'coming' | 'due' | 'overdue';
  /** The days somebody tried and did not reach her, for this one. */
  tries: LocalDate[];
}

/** The day they are counted from; `null`: there is no plan yet, so none is due. */
export function followedFrom({ plan, reopened }: CaseState, zone: string): LocalDate | null {
  const from = reopened.at(-1);
  const plans = [...plan.before, ...plan.rivals, ...(plan.now ? [plan.now] : [])].sort((one, other) => one.version - other.version);
  const first = from ? (plans.find(({ version }) => version > from.version) ?? from) : plans[0];
  return first ? localDateOf(first.writtenAt, zone) : null;
}

/** The four, as they stand on a day. None of a closed case is due any more. */
export function followUpsOf(state: CaseState, zone: string, now: number): FollowUpDue[] {
  const from = followedFrom(state, zone);
  if (from === null || state.closure.is === 'closed') return [];
  const today = localDateOf(now, zone);
  const since = state.reopened.at(-1)?.version ?? 0;
  const made = state.followUps.filter(({ version }) => version > since);
  return FOLLOW_UP_STEPS.map((step) => {
    const due = stepAfter(from, step);
    const those = made.filter(({ entry }) => answers(entry, step, due));
    const is = those.some(({ entry }) => entry.reached === 'yes') ? 'done' : due > today ? 'coming' : due === today ? 'due' : 'overdue';
    return { step, due, is, tries: those.filter(({ entry }) => entry.reached === 'no').map((kept) => dayOf(kept, zone)) };
  });
}

function answers(entry: FollowUp, step: FollowUpStep, due: LocalDate): boolean {
  return entry.step === step || (entry.step === undefined && entry.due === due);
}

function dayOf({ entry, writtenAt }: Kept<FollowUp>, zone: string): LocalDate {
  return entry.done ?? localDateOf(writtenAt, zone);
}
