// The lists an intake chooses from. Codes are the GBVIMS's, spelled as Primero exports them, so that
// a city can hand its records on without a table of translation; what is a city's own says so.

import { RELATIONSHIPS as KNOWN_TO_HER } from '../onestop/content';

/** What can be said to a question. `not_told`: asked, and she would rather not. */
export const ANSWERS = ['yes', 'no', 'unsure', 'not_told'] as const;
export type Answer = (typeof ANSWERS)[number];
export const YES_NO = ['yes', 'no'] as const;
export type YesNo = (typeof YES_NO)[number];

/** How something was said to her or by her. */
export const CHANNELS = ['mailbox', 'voice', 'in_person'] as const;
export type Channel = (typeof CHANNELS)[number];
/** How a caseworker's device can witness her word. */
export const WITNESSED = ['voice', 'in_person'] as const;
export type Witnessed = (typeof WITNESSED)[number];
export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The questions of the classification, in the standard's order: the first yes decides. */
export const QUESTIONS = ['penetration', 'sexual_contact', 'physical', 'forced_marriage', 'denial', 'psychological'] as const;
export type Question = (typeof QUESTIONS)[number];
export const GBV_TYPES = [
  'rape', 'sexual_assault', 'physical_assault', 'forced_marriage', 'denial_of_resources_opportunities_or_services', 'psychological_emotional_abuse', 'non-gbv',
] as const;
export type GbvType = (typeof GBV_TYPES)[number];
export const CONTEXTS = [
  'intimate_partner_violence', 'child_sexual_abuse', 'early_marriage', 'possible_sexual_exploitation', 'possible_sexual_slavery', 'harmful_traditional_practice',
] as const;
export type Context = (typeof CONTEXTS)[number];

/** `not_told` is the city's own: a person who does not say is not left out of a table. */
export const SEXES = ['female', 'male', 'other', 'not_told'] as const;
export type Sex = (typeof SEXES)[number];
export const AGE_BANDS = ['0_11', '12_17', '18_25', '26_40', '41_60', '61', 'unknown'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
export const CIVIL_STATUSES = ['single', 'married_cohabitating', 'divorced_separated', 'widowed', 'not_told'] as const;
export type CivilStatus = (typeof CIVIL_STATUSES)[number];
export const DISPLACEMENTS = ['resident', 'idp', 'refugee', 'stateless_person', 'returnee', 'foreign_national', 'asylum_seeker'] as const;
export type Displacement = (typeof DISPLACEMENTS)[number];
export const DISPLACEMENT_STAGES = ['not_displaced_home_community', 'pre_displacement', 'during_flight', 'during_refuge', 'during_return_transit', 'post_displacement'] as const;
export type DisplacementStage = (typeof DISPLACEMENT_STAGES)[number];
export const DISABILITIES = ['no', 'mental_disability', 'physical_disability', 'both', 'not_told'] as const;
export type Disability = (typeof DISABILITIES)[number];
export const UNACCOMPANIED = ['no', 'unaccompanied_minor', 'separated_child', 'other_vulnerable_child'] as const;
export type Unaccompanied = (typeof UNACCOMPANIED)[number];

export const ABDUCTIONS = ['none', 'forced_conscription', 'trafficked', 'other_abduction_kidnapping'] as const;
export type Abduction = (typeof ABDUCTIONS)[number];
/** Whether another house has this incident already: one of the GBVIMS has counted it. */
export const REPORTED_ELSEWHERE = ['no', 'non-gbvims-org', 'gbvims-org'] as const;
export type ReportedElsewhere = (typeof REPORTED_ELSEWHERE)[number];

/** Hers, and the two for camps that no city asks her about. */
export const RELATIONSHIPS = [...KNOWN_TO_HER, 'other_refugee_idp_returnee', 'other_resident_community_member'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];
export const PERPETRATOR_NUMBERS = ['equal_to_1', 'equal_to_2', 'equal_to_3', 'more_than_3', 'unknown'] as const;
export type PerpetratorNumber = (typeof PERPETRATOR_NUMBERS)[number];
/** Groups, never a profession that would name him. The city's own list. */
export const OCCUPATIONS = [
  'student', 'teacher', 'religious_leader', 'public_official', 'police_soldier', 'health_worker', 'care_worker', 'trader_business_owner', 'employee', 'driver',
  'ngo_staff', 'unemployed', 'other', 'unknown',
] as const;
export type Occupation = (typeof OCCUPATIONS)[number];

/** `family_mediation` is offered last and never for violence by a partner. */
export const SERVICE_TYPES = [
  'safehouse', 'health_medical', 'psychosocial', 'police_other', 'legal_assistance', 'livelihoods', 'child_protection', 'family_mediation', 'other',
] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];
export const SERVICE_RESULTS = [
  'referred', 'service_provided_by_your_agency', 'services_already_received_from_another_agency', 'service_not_applicable', 'referral_declined_by_survivor',
  'service_unavailable',
] as const;
export type ServiceResult = (typeof SERVICE_RESULTS)[number];
export const REFERRED_FROM = [
  'self_referral_first_point_of_contact', 'health_medical_services', 'psychosocial_counseling_services', 'police_other_security_actor', 'legal_assistance_services',
  'livelihoods_program', 'teacher_school_official', 'community_or_camp_leader', 'safe_house_shelter', 'other_humanitarian_or_development_actor',
  'other_government_service', 'other',
] as const;
export type ReferredFrom = (typeof REFERRED_FROM)[number];

/** What a consent is for, as `seal/consent` numbers it. */
export const PURPOSES = ['services', 'referral', 'figures', 'police', 'court', 'research', 'matching'] as const;
export type PurposeName = (typeof PURPOSES)[number];

/** How a goal stands. `dropped`: she no longer wants it. */
export const GOAL_STATUSES = ['open', 'in_progress', 'done', 'dropped'] as const;
export type GoalStatus = (typeof GOAL_STATUSES)[number];
export const APPOINTMENT_STATUSES = ['planned', 'kept', 'missed', 'canceled'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];
/** What `referral_state` can say. */
export const REFERRAL_STATES = ['accepted', 'rejected', 'done', 'revoked', 'went_back'] as const;
export type ReferralStateCode = (typeof REFERRAL_STATES)[number];
/** The follow-ups of the process: after three days, two weeks, one month, three months. */
export const FOLLOW_UP_STEPS = ['d3', 'w2', 'm1', 'm3'] as const;
export type FollowUpStep = (typeof FOLLOW_UP_STEPS)[number];
export const CLOSURE_REASONS = ['goals_met', 'her_wish', 'moved', 'lost_contact'] as const;
export type ClosureReason = (typeof CLOSURE_REASONS)[number];
/** How she was tried to be reached. */
export const TRY_MEANS = ['mailbox', 'phone', 'text', 'email', 'in_person'] as const;
export type TryMeans = (typeof TRY_MEANS)[number];
/** What was done with a file, as the custody log numbers it from 1. */
export const EVIDENCE_ACTIONS = ['received', 'opened', 'copied_out', 'handed_over', 'returned', 'deleted', 'stripped_copy_made'] as const;
export type EvidenceAction = (typeof EVIDENCE_ACTIONS)[number];

/** How long after it happened she was heard. */
export const ELAPSED = ['0_3_days', '4_5_days', '6_14_days', '2_weeks_1_month', 'over_1_month'] as const;
export type ElapsedBucket = (typeof ELAPSED)[number];
