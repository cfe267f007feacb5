// The work on a case, step by step: what each entry of kind 14 says. An entry is JSON
// `{ "v": 1, "entry": name, ... }`; every field but a few may be missing, and whatever an entry says
// beyond this edition stays in `more` and is shown as text. `entryOf` reads, `contentOf` writes.

import type { Digital, PlaceCode, TimeOfDay, When } from '../onestop/content';
import type {
  Abduction, AgeBand, Answer, AppointmentStatus, Channel, CivilStatus, ClosureReason, Disability, Displacement, DisplacementStage, EvidenceAction, FollowUpStep,
  GoalStatus, Language, Occupation, PerpetratorNumber, PurposeName, Question, ReferralStateCode, ReferredFrom, Relationship, ReportedElsewhere, ServiceResult,
  ServiceType, Sex, TryMeans, Unaccompanied, Witnessed, YesNo,
} from './codes';
import type { FigureTuple } from './figures';

export * from './codes';
export { contentOf, entryOf } from './read';

/** A day of the city's calendar, `2026-11-27`. */
export type LocalDate = string;
/** As much of a date as is known: `2026-11-27`, `2026-11` or `2026`. */
export type PartialDate = string;
/** A minute on the city's clocks, `2026-11-27T14:30`. */
export type LocalTime = string;
/** Bytes in base64url without padding. */
export type Base64 = string;

/** What every entry has. */
export interface Common {
  /**
   * The number of the last entry of the case that its author had read; 0: none. Of two entries about
   * the same thing, the later one replaces the earlier only if its author had read it.
   */
  base?: number;
  /** What this edition does not know. Kept, and shown as text. */
  more?: Record<string, unknown>;
}

/** She was told what stays between them and what does not, before anything else. */
export interface LimitsTold extends Common {
  entry: 'limits_told';
  channel?: Channel;
  language?: Language;
  /** Which text: its name and version. */
  text?: string;
}

/** The person it is about, as far as she has said. Never asked twice. */
export interface Survivor {
  /** What is known of the day of birth. A year alone is enough for every rule but few. */
  born?: PartialDate;
  /** Where she says no year. */
  age_band?: AgeBand;
  sex?: Sex;
  /** Country, two letters of ISO 3166, or her own words. */
  nationality?: string;
  civil_status?: CivilStatus;
  displacement?: Displacement;
  displacement_stage?: DisplacementStage;
  disability?: Disability;
  unaccompanied?: Unaccompanied;
  language?: string;
  access_needs?: string;
}

/** One who did it. Nothing that names him: that is kept for matching only, elsewhere. */
export interface PerpetratorOf {
  primary?: YesNo;
  sex?: Sex;
  /** Whether he has done it to her before. */
  former?: YesNo;
  age_group?: AgeBand;
  relationship?: Relationship;
  occupation?: Occupation;
}

/** The intake of the GBVIMS. */
export interface Intake extends Common {
  entry: 'intake';
  /** In the standard's order; the first yes is the type. */
  answers?: Partial<Record<Question, Answer>>;
  /** The day she was first heard. Without it: the day her report came. */
  reported?: LocalDate;
  /** When it happened, as far as she knows. */
  when?: When;
  time_of_day?: TimeOfDay;
  place?: PlaceCode;
  /** A district's slug. */
  district?: string;
  /** Korea's addition: never a type of its own. */
  digital?: Digital[];
  harmful_practice?: YesNo;
  /** Money, goods or help in exchange. */
  exchanged?: YesNo;
  abduction?: Abduction;
  reported_elsewhere?: ReportedElsewhere;
  /** Whether it has happened to her before, by anybody. */
  previous_incidents?: YesNo;
  survivor?: Survivor;
  perpetrators?: PerpetratorOf[];
  /** Where she knows how many and no more. */
  perpetrator_number?: PerpetratorNumber;
  referred_from?: ReferredFrom[];
  wants_legal_action?: YesNo;
  /** What became of each service so far. */
  services?: Partial<Record<ServiceType, ServiceResult>>;
}

/** An assessment of danger. It is heard, and decides nothing. */
export interface DangerAssessed extends Common {
  entry: 'danger';
  /** Which instrument, and which of its versions: answers mean nothing without. */
  instrument: string;
  version: string;
  answers?: Record<string, Answer>;
  score?: number;
  band?: string;
  /** Another band than the instrument's, with the reason. */
  override?: { band: string; reason: string };
  /** Her own view, in her words. */
  own_view?: string;
}

/** She was told of these health windows. */
export interface HealthTold extends Common {
  entry: 'health_told';
  /** The windows' names, and the version of the rule. */
  windows?: string[];
  rule?: string;
  channel?: Channel;
}

/** A duty to report: told first, minimal, never unseen. */
export interface Duty extends Common {
  entry: 'duty';
  rule: string;
  rule_version?: string;
  /** The names of the fields that are disclosed, and no others. */
  facts?: string[];
  /** The receiving center's id. */
  receiver?: string;
  /** UTC milliseconds of a full hour: when she was told before. */
  told_at?: number;
  /** Why she could not be told first. */
  exception?: string;
  /** How she was told. */
  channel?: Channel;
  /** The referral that carries it, once it was sent. */
  referral?: Base64;
  /** What is told, byte for byte, as text. */
  content?: string;
  /** Whoever has it ends the referral. */
  end_token?: Base64;
}

/** One goal in her words. */
export interface Goal {
  id: string;
  words: string;
  service?: ServiceType;
  /** A center's id, or a name. */
  provider?: string;
  due?: LocalDate;
  status?: GoalStatus;
}

/** The plan, whole: a change is the next plan. */
export interface Plan extends Common {
  entry: 'plan';
  goals: Goal[];
}
/** She confirms the plan of that number. Only her own counts. */
export interface PlanConfirmed extends Common {
  entry: 'plan_confirmed';
  plan: number;
}
/** Another person of the center, who supervises, approves it. */
export interface PlanApproved extends Common {
  entry: 'plan_approved';
  plan: number;
}

/** What would go to another center, exactly. Nothing goes before she agrees. */
export interface ReferralOffered extends Common {
  entry: 'referral_offered';
  /** 16 random bytes: never the case's number. */
  referral: Base64;
  /** The receiving center's id. */
  to: string;
  service?: ServiceType;
  purposes?: PurposeName[];
  /** The names of the fields it carries. */
  fields?: string[];
  /** What would be sent, byte for byte, as text. */
  content: string;
  /** What she is shown beside it. */
  text?: string;
  /** Whoever has it ends the referral. */
  end_token?: Base64;
  /** UTC milliseconds: when the consent ends; missing: with the case. */
  ends_at?: number;
}
/** She agrees: signed in her mailbox, or witnessed by a device. */
export interface ReferralAgreed extends Common {
  entry: 'referral_agreed';
  referral: Base64;
  consent?: Base64;
  /** Hers; none where it is witnessed. */
  signature?: Base64;
  channel?: Witnessed;
}
/** She says no; `channel` where a device witnesses it. */
export interface ReferralDeclined extends Common {
  entry: 'referral_declined';
  referral: Base64;
  channel?: Witnessed;
}
/** It left. */
export interface ReferralSent extends Common {
  entry: 'referral_sent';
  referral: Base64;
}
/** What became of it. */
export interface ReferralStated extends Common {
  entry: 'referral_state';
  referral: Base64;
  state: ReferralStateCode;
  /** Why it was refused, in the receiver's words. */
  reason?: string;
}

export interface Appointment extends Common {
  entry: 'appointment';
  /** Its own id; the same id again changes it. */
  appointment: string;
  at?: LocalTime;
  place?: string;
  /** With whom: a center or a name. */
  with?: string;
  goal?: string;
  status?: AppointmentStatus;
  note?: string;
}
/** An escort or patrol was asked for, as anybody could: the street never learns of a case. */
export interface EscortAsked extends Common {
  entry: 'escort_asked';
  place?: string;
  at?: LocalTime;
  code_word?: string;
}
/** She was asked how she is, or tried to be. */
export interface FollowUp extends Common {
  entry: 'follow_up';
  /** Which of the four it answers; missing: one of its own. */
  step?: FollowUpStep;
  due?: LocalDate;
  done?: LocalDate;
  /** No: a try. */
  reached?: YesNo;
  by?: TryMeans;
  note?: string;
}

/** A try to reach her. */
export interface Try {
  on: LocalDate;
  by?: TryMeans;
}
/** Somebody would like to close the case. It closes once that is approved. */
export interface Closure extends Common {
  entry: 'closure';
  reason: ClosureReason;
  tries?: Try[];
  note?: string;
}
export interface ClosureApproved extends Common {
  entry: 'closure_approved';
  /** The number of the closure. */
  closure: number;
}
export interface Reopened extends Common {
  entry: 'reopened';
  reason?: string;
}

/** What was done with a file; the custody log has the proof. */
export interface Evidence extends Common {
  entry: 'evidence';
  file: string;
  action: EvidenceAction;
  note?: string;
}
/** What has left as a figure. */
export interface FiguresSent extends Common {
  entry: 'figures_sent';
  tuple: FigureTuple;
  referral?: Base64;
  /** The line, byte for byte, as text. */
  content?: string;
  /** Whoever has it ends the referral. */
  end_token?: Base64;
}
export interface NoteLeft extends Common {
  entry: 'note';
  text: string;
}

/** Every entry by its name. */
export interface EntryOf {
  limits_told: LimitsTold;
  intake: Intake;
  danger: DangerAssessed;
  health_told: HealthTold;
  duty: Duty;
  plan: Plan;
  plan_confirmed: PlanConfirmed;
  plan_approved: PlanApproved;
  referral_offered: ReferralOffered;
  referral_agreed: ReferralAgreed;
  referral_declined: ReferralDeclined;
  referral_sent: ReferralSent;
  referral_state: ReferralStated;
  appointment: Appointment;
  escort_asked: EscortAsked;
  follow_up: FollowUp;
  closure: Closure;
  closure_approved: ClosureApproved;
  reopened: Reopened;
  evidence: Evidence;
  figures_sent: FiguresSent;
  note: NoteLeft;
}
export type EntryName = keyof EntryOf;
/** An entry this edition knows. */
export type Entry = EntryOf[EntryName];

/** One it does not, or one that lacks what it cannot do without: shown as text, never left out. */
export interface Strange {
  entry: 'strange';
  name: string;
  fields: Record<string, unknown>;
}

/** An entry as it stands in the case: whose it is says the signature, never the text. */
export interface Laid {
  is: 'laid';
  version: number;
  /** UTC milliseconds of a full hour. */
  writtenAt: number;
  byHer: boolean;
  /** Of the reading center. */
  ownCenter: boolean;
  /** The center and the device that signed; `null`: she. */
  center: string | null;
  device: string | null;
  /** What it says, unread. */
  entry: { entry: string; [field: string]: unknown };
}
/** One that is not believed. It has a number and nothing else. */
export interface Doubted {
  is: 'doubted';
  version: number;
  writtenAt: number;
  why: string;
}
/** What `onestop/work` opens. */
export type Line = Laid | Doubted;
