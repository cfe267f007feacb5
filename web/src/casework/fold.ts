// What stands in a case, from all its entries: pure, total, the same for everybody who reads the same
// lines. Nothing is left out: what changes nothing stays in `steps` with the reason.

import { localDateOf } from './elapsed';
import {
  entryOf, type Appointment, type Closure, type ClosureApproved, type DangerAssessed, type Duty, type Entry, type EscortAsked, type Evidence, type FiguresSent,
  type FollowUp, type HealthTold, type Intake, type Laid, type LimitsTold, type Line, type LocalDate, type NoteLeft, type Plan, type PlanApproved,
  type PlanConfirmed, type Reopened, type Strange, type Try,
} from './entries';
import { newReferral, settled, stepReferral, type ReferralDoubt, type ReferralState } from './referral';
import { canonical, differences, emptySlot, put, undecided, type Author, type Kept, type Slot } from './slot';

/** A person behind a device of the center. */
export interface Person {
  /** The same for all her devices: the seat. */
  person: string;
  supervises: boolean;
}
/** Who is behind a device, as the desk lists it; `null`: nobody it knows. */
export type People = (device: string) => Person | null;

/** How a case is read. */
export interface Reading {
  /**
   * Who may approve. `not_here`: on her page, which has no list of people; then approvals stand as
   * they are said and `checked` is false. Without it, none counts.
   */
  people?: People | 'not_here';
  /** The city's zone. */
  zone?: string;
  /** When she last wrote otherwise, UTC milliseconds. */
  heardAt?: number | null;
  /** Tries on different days before a case may close because she cannot be reached. */
  triesNeeded?: number;
}

export const TRIES_NEEDED = 3;

export type ApprovalDoubt = 'other_center' | 'same_person' | 'not_supervising' | 'unknown_person';
/** Why an entry changes nothing. */
export type NotCounted = 'hers_only' | 'centers_only' | 'no_such_plan' | 'no_such_closure' | 'not_closed' | ApprovalDoubt | ReferralDoubt;

/** Every line of the case, in order. */
export type Step =
  | { is: 'counted'; version: number; writtenAt: number; by: Author; entry: Entry }
  | { is: 'not_counted'; version: number; writtenAt: number; by: Author; entry: Entry; why: NotCounted }
  | { is: 'strange'; version: number; writtenAt: number; by: Author; entry: Strange }
  | { is: 'doubted'; version: number; writtenAt: number; why: string };

/** An approval that counts. */
export interface Approved<E> {
  kept: Kept<E>;
  /** Whether the list of people was there to check it against. */
  checked: boolean;
}

export interface PlanState extends Slot<Plan> {
  /** Hers, of what the plan says now. A goal that is done since needs no second one. */
  confirmed: Kept<PlanConfirmed> | null;
  approved: Approved<PlanApproved> | null;
  /** Confirmed, approved, and nothing to decide. */
  inForce: boolean;
}

export interface DutyState extends Slot<Duty> {
  rule: string;
  /** When she was told, UTC milliseconds. */
  toldAt: number | null;
  exception: string | null;
  /** Told, or excepted with a reason: before that nothing may be sent. */
  maySend: boolean;
  sent: boolean;
  /** It was sent before either. */
  early: boolean;
}

/** What a closure still lacks. */
export type ClosureLacks = 'tries' | 'approval' | 'decision';
export interface ClosureState extends Slot<Closure> {
  is: 'open' | 'asked' | 'closed';
  lacks: ClosureLacks[];
  /** The days she was tried on since she was last heard. */
  tries: LocalDate[];
  approved: Approved<ClosureApproved> | null;
}

/** Two that set the same thing without having read each other. */
export interface Conflict {
  /** `intake`, `plan`, `danger`, `closure`, `duty`, `appointment`, `referral`. */
  about: string;
  /** Which of them, where there are several. */
  id: string | null;
  versions: number[];
  /** The fields they differ in. */
  fields: string[];
}

export type Workflow = 'new' | 'case_plan' | 'service_provision' | 'services_implemented' | 'closed' | 'reopened';

/** A case as it stands. */
export interface CaseState {
  steps: Step[];
  /** The highest number there is: the `base` of whatever is written next. */
  last: number;
  workflow: Workflow;
  limits: Kept<LimitsTold> | null;
  intake: Slot<Intake>;
  danger: Slot<DangerAssessed>;
  healthTold: Kept<HealthTold>[];
  duties: DutyState[];
  plan: PlanState;
  referrals: ReferralState[];
  appointments: Slot<Appointment>[];
  escorts: Kept<EscortAsked>[];
  followUps: Kept<FollowUp>[];
  closure: ClosureState;
  reopened: Kept<Reopened>[];
  evidence: Kept<Evidence>[];
  figures: Kept<FiguresSent>[];
  notes: Kept<NoteLeft>[];
  conflicts: Conflict[];
}

/** What only a center writes, and what only she does; the rest anybody may. */
const CENTERS_ONLY: ReadonlySet<Entry['entry']> = new Set([
  'limits_told', 'intake', 'danger', 'health_told', 'duty', 'plan', 'plan_approved', 'follow_up', 'closure', 'closure_approved', 'figures_sent',
] as const);
const HERS_ONLY: ReadonlySet<Entry['entry']> = new Set(['plan_confirmed'] as const);

/** What stands in a case. Lines come in any order and are read by their number. */
export function foldCase(lines: readonly Line[], reading: Reading = {}): CaseState {
  const folding = new Folding(reading);
  for (const line of [...lines].sort((one, other) => one.version - other.version)) folding.take(line);
  return folding.state();
}

class Folding {
  private readonly steps: Step[] = [];
  private limits: Kept<LimitsTold> | null = null;
  private intake = emptySlot<Intake>();
  private danger = emptySlot<DangerAssessed>();
  private plan = emptySlot<Plan>();
  private closure = emptySlot<Closure>();
  private readonly duties = new Map<string, Kept<Duty>[]>();
  private readonly referrals = new Map<string, ReferralState>();
  private readonly appointments = new Map<string, Slot<Appointment>>();
  private readonly plans = new Map<number, Kept<Plan>>();
  private readonly confirmed: Kept<PlanConfirmed>[] = [];
  private readonly approved: Approved<PlanApproved>[] = [];
  private readonly ended: Approved<ClosureApproved>[] = [];
  private readonly healthTold: Kept<HealthTold>[] = [];
  private readonly escorts: Kept<EscortAsked>[] = [];
  private readonly followUps: Kept<FollowUp>[] = [];
  private readonly reopened: Kept<Reopened>[] = [];
  private readonly evidence: Kept<Evidence>[] = [];
  private readonly figures: Kept<FiguresSent>[] = [];
  private readonly notes: Kept<NoteLeft>[] = [];

  constructor(private readonly reading: Reading) {}

  take(line: Line): void {
    const { version, writtenAt } = line;
    if (line.is === 'doubted') {
      this.steps.push({ is: 'doubted', version, writtenAt, why: line.why });
      return;
    }
    const by = authorOf(line);
    const entry = entryOf(line.entry);
    if (entry.entry === 'strange') {
      this.steps.push({ is: 'strange', version, writtenAt, by, entry });
      return;
    }
    const why = barred(entry, by) ?? this.lay({ version, writtenAt, by, entry });
    this.steps.push(why === null ? { is: 'counted', version, writtenAt, by, entry } : { is: 'not_counted', version, writtenAt, by, entry, why });
  }

  /** Takes an entry in; why not, where it counts for nothing. */
  private lay(kept: Kept<Entry>): NotCounted | null {
    const { entry } = kept;
    const as = <E extends Entry>(_entry: E) => kept as unknown as Kept<E>;
    switch (entry.entry) {
      case 'limits_told': this.limits ??= as(entry); return null;
      case 'intake': this.intake = put(this.intake, as(entry)); return null;
      case 'danger': this.danger = put(this.danger, as(entry)); return null;
      case 'health_told': this.healthTold.push(as(entry)); return null;
      case 'duty': this.duties.set(entry.rule, [...(this.duties.get(entry.rule) ?? []), as(entry)]); return null;
      case 'plan': return this.layPlan(as(entry));
      case 'plan_confirmed': return this.confirm(as(entry));
      case 'plan_approved': return this.approve(as(entry), this.plans.get(entry.plan), 'no_such_plan', this.approved);
      case 'appointment': this.appointments.set(entry.appointment, put(this.appointments.get(entry.appointment) ?? emptySlot(), as(entry))); return null;
      case 'escort_asked': this.escorts.push(as(entry)); return null;
      case 'follow_up': this.followUps.push(as(entry)); return null;
      case 'closure': this.closure = put(this.closure, as(entry)); return null;
      case 'closure_approved': return this.approve(as(entry), this.standing(entry.closure), 'no_such_closure', this.ended);
      case 'reopened': return this.reopen(as(entry));
      case 'evidence': this.evidence.push(as(entry)); return null;
      case 'figures_sent': this.figures.push(as(entry)); return null;
      case 'note': this.notes.push(as(entry)); return null;
      case 'referral_offered':
      case 'referral_agreed':
      case 'referral_declined':
      case 'referral_sent':
      case 'referral_state': return this.refer(entry.referral, as(entry));
    }
  }

  private layPlan(kept: Kept<Plan>): null {
    this.plans.set(kept.version, kept);
    this.plan = put(this.plan, kept);
    return null;
  }

  private confirm(kept: Kept<PlanConfirmed>): NotCounted | null {
    if (!this.plans.has(kept.entry.plan)) return 'no_such_plan';
    this.confirmed.push(kept);
    return null;
  }

  private standing(version: number): Kept<Closure> | undefined {
    const { now, rivals, before } = this.closure;
    return [...before, ...rivals, ...(now ? [now] : [])].find((one) => one.version === version);
  }

  private approve<E extends PlanApproved | ClosureApproved>(kept: Kept<E>, of: Kept<Entry> | undefined, missing: NotCounted, all: Approved<E>[]): NotCounted | null {
    if (!of) return missing;
    const doubt = approvalDoubt(of.by, kept.by, this.reading.people);
    if (doubt === null) all.push({ kept, checked: this.reading.people !== 'not_here' });
    return doubt;
  }

  private refer(referral: string, kept: Parameters<typeof stepReferral>[1]): NotCounted | null {
    const { state, doubt } = stepReferral(this.referrals.get(referral) ?? newReferral(referral), kept);
    // A number nobody offered, told by somebody who may not, is no referral.
    if (doubt === null || this.referrals.has(referral)) this.referrals.set(referral, state);
    return doubt;
  }

  private reopen(kept: Kept<Reopened>): NotCounted | null {
    if (!this.closure.now) return 'not_closed';
    this.reopened.push(kept);
    this.closure = emptySlot();
    return null;
  }

  state(): CaseState {
    const duties = [...this.duties].map(([rule, all]) => dutyOf(rule, all));
    const sentByDuty = new Set(duties.flatMap(({ now, before, rivals }) => [now, ...before, ...rivals].flatMap((one) => one?.entry.referral ?? [])));
    const referrals = [...this.referrals.values()].map((one) => settled(one, sentByDuty));
    const plan = this.planState();
    const closure = this.closureState();
    const appointments = [...this.appointments.values()];
    return {
      steps: this.steps, last: this.steps.reduce((last, { version }) => Math.max(last, version), 0),
      workflow: workflowOf(plan, closure, this.reopened.at(-1) ?? null),
      limits: this.limits, intake: this.intake, danger: this.danger, healthTold: this.healthTold, duties, plan, referrals, appointments,
      escorts: this.escorts, followUps: this.followUps, closure, reopened: this.reopened, evidence: this.evidence, figures: this.figures, notes: this.notes,
      conflicts: [
        ...conflictIn('intake', null, this.intake), ...conflictIn('danger', null, this.danger), ...conflictIn('plan', null, plan),
        ...duties.flatMap((one) => conflictIn('duty', one.rule, one)),
        ...[...this.appointments].flatMap(([id, one]) => conflictIn('appointment', id, one)),
        ...referrals.flatMap(({ referral, rivals, version }) => (rivals.length > 0 ? [{ about: 'referral', id: referral, versions: [version, ...rivals.map((one) => one.version)], fields: ['state'] }] : [])),
        ...conflictIn('closure', null, closure),
      ],
    };
  }

  private planState(): PlanState {
    const { now, rivals } = this.plan;
    const agreed = (version: number) => {
      const of = this.plans.get(version);
      return now !== null && of !== undefined && agreedOf(of.entry) === agreedOf(now.entry);
    };
    const confirmed = this.confirmed.filter(({ entry }) => agreed(entry.plan)).at(-1) ?? null;
    const approved = this.approved.filter(({ kept }) => agreed(kept.entry.plan)).at(-1) ?? null;
    return { ...this.plan, confirmed, approved, inForce: rivals.length === 0 && confirmed !== null && approved !== null };
  }

  private closureState(): ClosureState {
    const { now, rivals } = this.closure;
    const tries = now ? this.tries(now.entry) : [];
    const approved = this.ended.filter(({ kept }) => kept.entry.closure === now?.version).at(-1) ?? null;
    const lacks: ClosureLacks[] = [];
    if (now && rivals.length > 0) lacks.push('decision');
    if (now?.entry.reason === 'lost_contact' && tries.length < (this.reading.triesNeeded ?? TRIES_NEEDED)) lacks.push('tries');
    if (now && !approved) lacks.push('approval');
    return { ...this.closure, is: !now ? 'open' : lacks.length > 0 ? 'asked' : 'closed', lacks, tries, approved };
  }

  /** The days of tries that came to nothing, since she was last heard. */
  private tries(closure: Closure): LocalDate[] {
    const zone = this.reading.zone ?? 'UTC';
    const dayOf = (at: number) => localDateOf(at, zone);
    const reached = this.followUps.filter(({ entry }) => entry.reached === 'yes').map(({ entry, writtenAt }) => entry.done ?? dayOf(writtenAt));
    const hers = this.steps.flatMap((step) => (step.is !== 'doubted' && step.by.is === 'she' ? [dayOf(step.writtenAt)] : []));
    const heard = [...reached, ...hers, ...(this.reading.heardAt ? [dayOf(this.reading.heardAt)] : [])].sort().at(-1) ?? '';
    const missed = this.followUps.filter(({ entry }) => entry.reached === 'no').map(({ entry, writtenAt }): Try => ({ on: entry.done ?? dayOf(writtenAt) }));
    return [...new Set([...(closure.tries ?? []), ...missed].map(({ on }) => on))].filter((on) => on > heard).sort();
  }
}

/** Why it is not for its author to write. */
function barred(entry: Entry, by: Author): NotCounted | null {
  if (by.is === 'she') return CENTERS_ONLY.has(entry.entry) ? 'centers_only' : null;
  return HERS_ONLY.has(entry.entry) ? 'hers_only' : null;
}

function authorOf({ byHer, center, device, ownCenter }: Laid): Author {
  // Whoever is not proven to be she has none of her rights.
  return byHer ? { is: 'she' } : { is: 'center', center: center ?? '', device: device ?? '', own: ownCenter };
}

/** Why it is no approval: it needs another person of the same center, who supervises. */
export function approvalDoubt(author: Author, approver: Author, people: Reading['people']): ApprovalDoubt | null {
  if (approver.is !== 'center' || author.is !== 'center' || approver.center !== author.center) return 'other_center';
  if (approver.device === author.device) return 'same_person';
  if (people === 'not_here') return null;
  const [one, other] = [people?.(author.device) ?? null, people?.(approver.device) ?? null];
  if (!other) return 'unknown_person';
  if (!other.supervises) return 'not_supervising';
  // An author who has left is still another person: her seat is not the approver's.
  return one?.person === other.person ? 'same_person' : null;
}

/** What of a plan is agreed on; how far its goals are is not. */
function agreedOf({ goals }: Plan): string {
  return canonical(goals.map(({ status: _status, ...goal }) => goal));
}

function dutyOf(rule: string, all: readonly Kept<Duty>[]): DutyState {
  const slot = all.reduce(put<Duty>, emptySlot<Duty>());
  const told = all.find(({ entry }) => entry.told_at !== undefined);
  const excepted = all.find(({ entry }) => (entry.exception ?? '').trim() !== '');
  const sent = all.find(({ entry }) => entry.referral !== undefined);
  const cleared = Math.min(told?.version ?? Infinity, excepted?.version ?? Infinity);
  return {
    ...slot, rule, toldAt: told?.entry.told_at ?? null, exception: excepted?.entry.exception ?? null, maySend: cleared < Infinity,
    sent: sent !== undefined, early: sent !== undefined && sent.version < cleared,
  };
}

function workflowOf(plan: PlanState, closure: ClosureState, reopened: Kept<Reopened> | null): Workflow {
  if (closure.is === 'closed') return 'closed';
  const planned = plan.now !== null && plan.now.version > (reopened?.version ?? 0);
  if (reopened && !planned) return 'reopened';
  if (!plan.now) return 'new';
  if (!plan.inForce) return 'case_plan';
  const { goals } = plan.now.entry;
  const over = goals.length > 0 && goals.every(({ status }) => status === 'done' || status === 'dropped');
  return over ? 'services_implemented' : 'service_provision';
}

function conflictIn<E extends object>(about: string, id: string | null, slot: Slot<E>): Conflict[] {
  const all = undecided(slot);
  const [first, ...rest] = all;
  if (!first) return [];
  const fields = new Set(rest.flatMap((one) => differences(first.entry, one.entry)));
  return [{ about, id, versions: all.map(({ version }) => version), fields: [...fields].sort() }];
}
