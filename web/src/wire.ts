// Bodies of every request and response, as `crates/shell/wire` writes them down.
// Moments are UTC milliseconds (`…_at`), distances metres, geometries `[lon, lat]`.

export type Moment = number;
export interface Bilingual { ko: string; en: string }
export interface LatLon { lat: number; lon: number }

export interface City {
  name: Bilingual;
  zone: string;
  languages: string[];
  area: { south: number; west: number; north: number; east: number };
  emergency_phone: string;
  desk_phone: string;
  service: { open: boolean; opens_at?: Moment | null; closes_at?: Moment | null; lead_time_minutes: number };
  now: Moment;
  demo: boolean;
  registers_checked_on?: string | null;
}

export type PlaceKind = 'station' | 'bus_stop' | 'police' | 'haven' | 'street';
export interface Place {
  id: string;
  kind: PlaceKind;
  name: Bilingual;
  at: LatLon;
  distance_m?: number | null;
  meeting: boolean;
}
export interface Places { places: Place[] }

export type OptionName = 'fast' | 'balanced' | 'covered';
export interface RouteOption {
  name: OptionName;
  length_m: number;
  duration_seconds: number;
  lit_m: number;
  unlit_m: number;
  unknown_m: number;
  cameras: number;
  bells: number;
  havens: number;
  steps: number;
  oldest_data?: string | null;
  geometry: [number, number][];
}
export interface RouteOptions { options: RouteOption[]; hour_band: string }

export type Readiness = 'ready' | 'open_only' | 'closed' | 'unknown';
export interface HavenForCitizen {
  id: string;
  name: string;
  address: string;
  phone?: string | null;
  at: LatLon;
  readiness: Readiness;
  hours?: string | null;
  walk_minutes?: number | null;
  walk_m?: number | null;
}
export interface Havens { havens: HavenForCitizen[]; at: Moment }

export interface StaffForTill { person: string; name: string; on_shift: boolean; trained: boolean }
export interface TillScreen {
  haven: string;
  name: string;
  number: number;
  readiness: Readiness;
  missing: string[];
  staff: StaffForTill[];
  drilled_at?: Moment | null;
  drill_due_at?: Moment | null;
  alarm?: ForSender | null;
  now: Moment;
}

export type Grade = 'come_and_look' | 'sheltering' | 'help_now' | 'police_now';
export type LocationSource = 'gps' | 'network' | 'typed' | 'walk' | 'haven';
export interface LocationCandidate {
  at: LatLon;
  accuracy_m?: number | null;
  source: LocationSource;
  seen_at: Moment;
  words?: string | null;
}
export interface Raise {
  first_at: Moment;
  locations: LocationCandidate[];
  silent: boolean;
  grade?: Grade;
  escort?: string;
  pin?: string;
  duress_pin?: string;
}
export interface ForSender {
  id: string;
  number: number;
  sent_at: Moment;
  seen_at?: Moment | null;
  retracted_at?: Moment | null;
  closed_at?: Moment | null;
  escalated: Escalation;
  pin_set: boolean;
  grade: Grade;
}
export interface Raised { token?: string; alarm: ForSender }
export type Outcome = 'helped' | 'police' | 'medical' | 'fine' | 'declined' | 'mistake' | 'device_fault' | 'not_found' | 'test';
export type RaisedBy =
  | { kind: 'citizen' }
  | { kind: 'team'; call_sign: string }
  | { kind: 'haven'; name: string; address: string; phone?: string | null };
export interface AlarmForDesk {
  alarm: ForSender;
  by: RaisedBy;
  first_at: Moment;
  duress: boolean;
  silent: boolean;
  locations: LocationCandidate[];
  near: Bilingual[];
  escort?: string | null;
  seen_by?: string | null;
  outcome?: Outcome | null;
  history: Happened[];
}
export type ServesNowKind = 'haven' | 'police' | 'desk_phone' | 'emergency' | 'walk_later';
export interface ServesNow {
  kind: ServesNowKind;
  name: Bilingual;
  phone?: string | null;
  at?: LatLon | null;
  walk_minutes?: number | null;
  opens_at?: Moment | null;
}

export interface Home { at: LatLon; words: string }
export interface Ask {
  meeting_place: string;
  wanted_at?: Moment;
  home?: Home;
  people: number;
  first_name?: string;
  phone?: string;
  language: string;
}
export type TakeCall = Ask;
export interface WalkUp { meeting_place?: string; people: number }
export type Stage =
  | 'sent' | 'seen' | 'offered' | 'accepted' | 'on_the_way' | 'arrived'
  | 'met' | 'walking' | 'home' | 'cancelled' | 'refused' | 'handed_over';
export interface Rung { stage: Stage; at?: Moment | null }
export type Escalation = 'none' | 'all_desks' | 'duty' | 'neighbor';
export interface Eta { seconds: number; age_seconds: number }
export interface WhoComes { call_sign: string; first_names: string[] }
export interface ForRequester {
  id: string;
  number: number;
  stage: Stage;
  ladder: Rung[];
  desk: Bilingual;
  meeting_place: Place;
  people: number;
  meet_by?: Moment | null;
  team_eta?: Eta | null;
  team?: WhoComes | null;
  proof_secret?: string | null;
  refused_code?: string | null;
  serves_now: ServesNow[];
  escalated: Escalation;
  alarm?: string | null;
}
export interface Asked { token?: string; request: ForRequester }
export interface ForTeam {
  id: string;
  number: number;
  stage: Stage;
  meeting_place: Place;
  wanted_at: Moment;
  people: number;
  walk_seconds: number;
  lapses_at?: Moment | null;
  first_name?: string | null;
  proof_secret?: string | null;
  home?: Home | null;
  ladder: Rung[];
}
export type DeclineReason = 'too_far' | 'resting' | 'still_busy' | 'not_safe_for_us' | 'other';
export type CancelReason = 'other_way' | 'too_late' | 'not_found' | 'twice' | 'police' | 'unsaid';
export type StandDownReason = 'unwell' | 'held_up' | 'unsaid';
export interface Candidate {
  team: string;
  call_sign: string;
  walk_seconds: number;
  position_age_seconds: number;
  declined: boolean;
}
export interface Candidates { teams: Candidate[] }
export type Channel = 'web' | 'phone' | 'walk_up';
export interface Happened { number: number; at: Moment; name: string; by: string }
export interface ForDesk {
  request: ForRequester;
  channel: Channel;
  district: string;
  wanted_at: Moment;
  first_name?: string | null;
  phone?: string | null;
  home?: Home | null;
  team?: string | null;
  history: Happened[];
}

export type Duty = 'off' | 'on' | 'engaged';
export interface TeamScreen {
  team: string;
  call_sign: string;
  first_names: string[];
  number: number;
  duty: Duty;
  walk?: ForTeam | null;
  alarm?: ForSender | null;
  walks_tonight: number;
  now: Moment;
}

export interface AlarmItem {
  id: string;
  by: RaisedBy;
  grade: Grade;
  sent_at: Moment;
  seen_at?: Moment | null;
  retracted_at?: Moment | null;
  duress: boolean;
  escalated: Escalation;
  near?: Bilingual | null;
}
export interface WalkItem {
  id: string;
  stage: Stage;
  channel: Channel;
  meeting_place: Bilingual;
  asked_at: Moment;
  wanted_at: Moment;
  since: Moment;
  escalated: Escalation;
  team?: string | null;
  overdue: boolean;
  from_district?: string | null;
}
export interface TeamItem {
  id: string;
  call_sign: string;
  first_names: string[];
  duty: Duty;
  walk?: string | null;
  at?: LatLon | null;
  position_age_seconds?: number | null;
  walks_tonight: number;
}
export interface Board {
  number: number;
  now: Moment;
  district: string;
  name: Bilingual;
  alarms: AlarmItem[];
  walks: WalkItem[];
  teams: TeamItem[];
  self_test: { arrived: boolean; at?: Moment | null; took_millis?: number | null };
  tonight: { web: number; phone: number; walk_up: number; home: number; refused: number };
}

export type Role = 'dispatcher' | 'team' | 'haven';
export interface Session { role?: Role | null; shown_as?: string | null; district?: string | null }
export interface Enrolling { session?: Session | null; passkey?: unknown; ceremony?: string | null }
export interface PasskeyStarted { passkey: unknown; ceremony: string }

export interface DemoClock { now: Moment; speed: number }
export interface DemoPart { part: string; role: Role; shown_as: string; played: boolean }
export interface DemoNight { clock: DemoClock; parts: DemoPart[] }

export interface ProblemBody {
  code: string;
  status: number;
  title: string;
  field?: string;
  /** Who was first, when somebody else was: a seat, never a name. */
  by?: string;
  serves_now?: ServesNow[];
}
