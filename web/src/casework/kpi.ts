// How the work of a center stands, in counts. They come from cases the reader has open before her, and
// of those only from cases whose consent has the purpose figures: nothing is asked of the server, and
// nothing leads from a count back to a case. Each number stands beside what it is a part of.

import { CLOSURE_REASONS, ELAPSED, type ClosureReason, type ElapsedBucket } from './codes';
import { bucketIn, elapsedBetween } from './elapsed';
import { mayCount, reportedOn, type Countable } from './figures';
import { followUpsOf } from './followup';
import type { CaseState, Workflow } from './fold';
import { REFERRAL_IS, type ReferralIs } from './referral';

/** So many of so many. */
export interface Share {
  count: number;
  of: number;
}

export interface Kpis {
  /** Cases that are counted, of those the reader has open. */
  cases: Share;
  workflow: Record<Workflow, number>;
  /** Told first what stays between them. */
  limitsTold: Share;
  /** With an intake that nobody has to decide about. */
  intake: Share;
  /** How late she was heard; the rest: not known. */
  elapsed: Record<ElapsedBucket, number>;
  elapsedUnknown: number;
  dangerAsked: Share;
  /** Plans she has confirmed, of the plans. */
  planConfirmed: Share;
  planApproved: Share;
  goalsDone: Share;
  referrals: Record<ReferralIs, number>;
  /** Accepted or refused, of those that were sent. */
  referralsAnswered: Share;
  /** Where she was reached, of those whose day has come. */
  followUps: Share;
  followUpsOverdue: number;
  /** Told before it was sent, of the duties that were sent. */
  dutiesToldFirst: Share;
  closed: Record<ClosureReason, number>;
  reopened: number;
  undecided: number;
}

const share = (of: readonly CaseState[], holds: (state: CaseState) => boolean): Share => ({ count: of.filter(holds).length, of: of.length });
const tally = <K extends string>(keys: readonly K[], all: readonly K[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, all.filter((one) => one === key).length])) as Record<K, number>;
const WORKFLOWS: readonly Workflow[] = ['new', 'case_plan', 'service_provision', 'services_implemented', 'closed', 'reopened'];

/** The counts of the cases the reader has open. `now` in UTC milliseconds. */
export function kpisOf(open: readonly Countable[], zone: string, now: number): Kpis {
  const counted = open.filter(({ consent }) => mayCount(consent, now));
  const states = counted.map(({ state }) => state);
  const planned = states.filter(({ plan }) => plan.now !== null);
  const goals = planned.flatMap(({ plan }) => plan.now?.entry.goals ?? []).filter(({ status }) => status !== 'dropped');
  const referrals = states.flatMap((state) => state.referrals);
  const sent = referrals.filter(({ sentAt }) => sentAt !== null);
  const followUps = states.flatMap((state) => followUpsOf(state, zone, now)).filter(({ is }) => is !== 'coming');
  const duties = states.flatMap((state) => state.duties).filter((duty) => duty.sent);
  const buckets = counted.flatMap(({ state, receivedAt }) => {
    const intake = state.intake.now?.entry ?? null;
    return bucketIn(elapsedBetween(intake?.when, reportedOn(intake, receivedAt, zone))) ?? [];
  });
  return {
    cases: { count: counted.length, of: open.length },
    workflow: tally(WORKFLOWS, states.map(({ workflow }) => workflow)),
    limitsTold: share(states, ({ limits }) => limits !== null),
    intake: share(states, ({ intake }) => intake.now !== null && intake.rivals.length === 0),
    elapsed: tally(ELAPSED, buckets),
    elapsedUnknown: states.length - buckets.length,
    dangerAsked: share(states, ({ danger }) => danger.now !== null),
    planConfirmed: share(planned, ({ plan }) => plan.confirmed !== null),
    planApproved: share(planned, ({ plan }) => plan.approved !== null),
    goalsDone: { count: goals.filter(({ status }) => status === 'done').length, of: goals.length },
    referrals: tally(REFERRAL_IS, referrals.map(({ is }) => is)),
    referralsAnswered: { count: sent.filter(({ answeredAt }) => answeredAt !== null).length, of: sent.length },
    followUps: { count: followUps.filter(({ is }) => is === 'done').length, of: followUps.length },
    followUpsOverdue: followUps.filter(({ is }) => is === 'overdue').length,
    dutiesToldFirst: { count: duties.filter(({ early, toldAt }) => !early && toldAt !== null).length, of: duties.length },
    closed: tally(CLOSURE_REASONS, states.flatMap(({ closure }) => (closure.is === 'closed' && closure.now ? [closure.now.entry.reason] : []))),
    reopened: states.filter((state) => state.reopened.length > 0).length,
    undecided: states.filter(({ conflicts }) => conflicts.length > 0).length,
  };
}
