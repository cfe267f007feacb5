//! A walk home: asked for by web, by phone, on the street; offered to a team; met; home.

mod quote;

pub use quote::{HelpOffered, Quote, Quoted};

use crate::alarm::ServesNow;
use crate::city::{Bilingual, LatLon};
use crate::environment::Place;
use kernel::{Id, Instant, Language, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where she wants to be walked to. Kept in a private row, shown to the team only after they met.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Home {
    /// The door, or near it.
    pub at: LatLon,
    /// Her words for it, kept as typed; up to 200 characters.
    #[serde(default)]
    pub words: String,
}

/// `POST /api/escort/requests`: a walk asked for on the web. No account, no phone number needed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Ask {
    /// A meeting place (`GET /api/environment/places?meeting=true`).
    #[schema(value_type = String)]
    pub meeting_place: Id<id::Place>,
    /// When she wants to be met; absent means now.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub wanted_at: Option<Instant>,
    /// Where to. May be told to the team in person instead.
    #[serde(default)]
    pub home: Option<Home>,
    /// How many people walk, 1–4.
    #[serde(default = "one")]
    pub people: u8,
    /// What the team may call her, up to 40 characters. Optional.
    #[serde(default)]
    pub first_name: Option<String>,
    /// A number the desk may ring. Optional; relayed, erased after the walk.
    #[serde(default)]
    pub phone: Option<String>,
    /// The language she reads.
    #[schema(value_type = String)]
    #[serde(default)]
    pub language: Language,
    /// She would share the walk with somebody who also would.
    #[serde(default)]
    pub shares: bool,
    /// A team from any district may come, not only from next door.
    #[serde(default)]
    pub from_anywhere: bool,
}

/// `POST /api/escort/calls`: the same by the desk for a caller, in the order a caller speaks.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TakeCall {
    /// Where the caller stands: a meeting place.
    #[schema(value_type = String)]
    pub meeting_place: Id<id::Place>,
    /// When; absent means now.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub wanted_at: Option<Instant>,
    /// Where to.
    #[serde(default)]
    pub home: Option<Home>,
    /// How many people walk.
    #[serde(default = "one")]
    pub people: u8,
    /// What to call her.
    #[serde(default)]
    pub first_name: Option<String>,
    /// The caller's number, if she wants to be rung.
    #[serde(default)]
    pub phone: Option<String>,
    /// The language the caller speaks.
    #[schema(value_type = String)]
    #[serde(default)]
    pub language: Language,
    /// She would share the walk with somebody who also would.
    #[serde(default)]
    pub shares: bool,
    /// A team from any district may come, not only from next door.
    #[serde(default)]
    pub from_anywhere: bool,
}

impl From<TakeCall> for Ask {
    fn from(call: TakeCall) -> Self {
        Self {
            meeting_place: call.meeting_place,
            wanted_at: call.wanted_at,
            home: call.home,
            people: call.people,
            first_name: call.first_name,
            phone: call.phone,
            language: call.language,
            shares: call.shares,
            from_anywhere: call.from_anywhere,
        }
    }
}

/// `POST /api/escort/walk-ups`: somebody asked the team in person; two taps.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WalkUp {
    /// Where they stand; absent: the meeting place nearest the team's last position.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub meeting_place: Option<Id<id::Place>>,
    /// How many people walk.
    #[serde(default = "one")]
    pub people: u8,
}

const fn one() -> u8 {
    1
}

/// The answer to an ask: what to keep on the phone, and what she sees.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Asked {
    /// Bearer token of this request alone; `Authorization: Bearer …`. Shown once. Absent for the
    /// desk and the team, who read by their own right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Her view of it.
    pub request: ForRequester,
}

/// Where a walk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Arrived at the server; nobody has looked yet.
    Sent,
    /// A person at the desk has opened it.
    Seen,
    /// A team has been asked.
    Offered,
    /// A team has said yes.
    Accepted,
    /// The team is walking to the meeting place.
    OnTheWay,
    /// The team stands at the meeting place.
    Arrived,
    /// Both screens showed the same word.
    Met,
    /// Walking home together.
    Walking,
    /// At the door.
    Home,
    /// Called off.
    Cancelled,
    /// Turned away at once, with what serves now.
    Refused,
    /// Carried on by another district.
    HandedOver,
}

/// One rung of the ladder of receipts.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Rung {
    /// Which.
    pub stage: Stage,
    /// When it was reached; absent: not yet.
    #[schema(value_type = Option<i64>)]
    pub at: Option<Instant>,
}

/// What the requester sees. Needs no network once loaded: `proof` is computed on the phone.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ForRequester {
    /// The request.
    #[schema(value_type = String)]
    pub id: Id<id::Escort>,
    /// Journal number this view is true at.
    pub number: u64,
    /// Where it stands.
    pub stage: Stage,
    /// Sent to home, with times.
    pub ladder: Vec<Rung>,
    /// The desk that serves it.
    pub desk: Bilingual,
    /// Where they meet.
    pub meeting_place: Place,
    /// How many people.
    pub people: u8,
    /// The promised time, if one could be given.
    #[schema(value_type = Option<i64>)]
    pub meet_by: Option<Instant>,
    /// When the plan expected the team, as it was told.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub expected_at: Option<Instant>,
    /// She would share the walk with somebody who also would.
    #[serde(default)]
    pub shares: bool,
    /// What was lacking, if it was turned away for want of a team (`assign.teams-taken`).
    #[serde(default)]
    pub shortage_code: Option<String>,
    /// What she could have agreed to and would have been served.
    #[serde(default)]
    pub helps: Vec<HelpOffered>,
    /// Minutes until the team is there, once it is on the way, and how old that estimate is.
    pub team_eta: Option<Eta>,
    /// Who comes, once accepted.
    pub team: Option<WhoComes>,
    /// The shared secret of the mutual proof, base64url, once accepted.
    pub proof_secret: Option<String>,
    /// Why it was turned away (`escort.outside-hours`), if it was.
    pub refused_code: Option<String>,
    /// What serves now, nearest first, if it was turned away or nobody could be found.
    #[serde(default)]
    pub serves_now: Vec<ServesNow>,
    /// An unseen request has gone to every desk (20 s), the duty officer (45 s), next door (90 s).
    pub escalated: Escalation,
    /// The alarm raised from this walk, if one was.
    #[schema(value_type = Option<String>)]
    pub alarm: Option<Id<id::Alarm>>,
}

/// How far an unseen item has travelled by itself.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Escalation {
    /// Still with its own desk.
    #[default]
    None,
    /// Every desk.
    AllDesks,
    /// The duty officer's phone.
    Duty,
    /// The neighboring district.
    Neighbor,
}

/// A time with its age, never a bare promise.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Eta {
    /// Walking seconds from the team's last known place.
    pub seconds: u32,
    /// How old that place is.
    pub age_seconds: u32,
}

/// The two who come.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct WhoComes {
    /// The team's number on its vest (`07`).
    pub call_sign: String,
    /// First names of the two.
    pub first_names: Vec<String>,
}

/// A team's view. Before acceptance: place and time only. No home before they have met.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ForTeam {
    /// The request.
    #[schema(value_type = String)]
    pub id: Id<id::Escort>,
    /// Journal number this view is true at.
    pub number: u64,
    /// Where it stands.
    pub stage: Stage,
    /// Where to meet her.
    pub meeting_place: Place,
    /// When she wants to be met.
    #[schema(value_type = i64)]
    pub wanted_at: Instant,
    /// How many people.
    pub people: u8,
    /// Walking seconds for this team, when offered.
    pub walk_seconds: u32,
    /// When the offer lapses, while it is one.
    #[schema(value_type = Option<i64>)]
    pub lapses_at: Option<Instant>,
    /// What to call her; only after acceptance.
    pub first_name: Option<String>,
    /// The shared secret of the mutual proof, base64url, once accepted.
    pub proof_secret: Option<String>,
    /// Where she lives; only after they met.
    pub home: Option<Home>,
    /// The ladder so far.
    pub ladder: Vec<Rung>,
}

/// `POST /api/escort/requests/{id}/decline`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Decline {
    /// Why; no penalty.
    pub reason: DeclineReason,
}

/// Why a team says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Too far for them now.
    TooFar,
    /// They need a rest.
    Resting,
    /// Still with somebody.
    StillBusy,
    /// They do not feel safe going there.
    NotSafeForUs,
    /// Something else.
    Other,
}

/// `POST /api/escort/requests/{id}/stand-down`: the team cannot go on before they have met; the
/// walk goes back to the desk and rings there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StandDown {
    /// Why; no penalty.
    pub reason: StandDownReason,
}

/// Why a team that had accepted does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandDownReason {
    /// One of the two is hurt or unwell.
    Unwell,
    /// Held up by something on the street.
    HeldUp,
    /// Not said.
    Unsaid,
}

/// `POST /api/escort/requests/{id}/offer`.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Offer {
    /// The team; absent: the one the plan has for it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub team: Option<Id<id::Team>>,
    /// The epoch the desk looked at (`ForDesk`); another one is answered `escort.moved`.
    #[serde(default)]
    pub epoch: Option<u32>,
}

/// `POST /api/escort/requests/{id}/cancel`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Cancel {
    /// Why, in the sender's choice of words.
    pub reason: CancelReason,
}

/// Why a walk was called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// She goes another way.
    OtherWay,
    /// She waited too long.
    TooLate,
    /// She was not there.
    NotFound,
    /// Asked twice.
    Twice,
    /// The police took over (desk).
    Police,
    /// Rather not say, or something else.
    Unsaid,
}

/// `POST /api/escort/requests/{id}/hand-over`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct HandOver {
    /// The district that takes it.
    pub district: String,
    /// The epoch the desk looked at (`ForDesk`); another one is answered `escort.moved`.
    #[serde(default)]
    pub epoch: Option<u32>,
}

/// `POST /api/escort/requests/{id}/take-over`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct TakeOver {
    /// The epoch in which it was given.
    pub epoch: u32,
}

/// A team that could be asked, and why it stands where it does in the list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Candidate {
    /// The team.
    #[schema(value_type = String)]
    pub team: Id<id::Team>,
    /// Its number.
    pub call_sign: String,
    /// Walking seconds to the meeting place by night cost.
    pub walk_seconds: u32,
    /// Age of the position that was computed from.
    pub position_age_seconds: u32,
    /// It said no or let it lapse for this request already.
    pub declined: bool,
    /// The plan has it for this walk.
    #[serde(default)]
    pub planned: bool,
}

/// A team that can be asked by name, though others stand nearer.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct OtherTeam {
    /// The team.
    #[schema(value_type = String)]
    pub team: Id<id::Team>,
    /// Its number.
    pub call_sign: String,
    /// Age of its position; none if nobody knows where it is.
    pub position_age_seconds: Option<u32>,
}

/// `GET /api/escort/requests/{id}/teams`: nearest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Candidates {
    /// Free teams, nearest first.
    pub teams: Vec<Candidate>,
    /// Further free teams of the desk's district, by call sign. Who wants to be left alone is in
    /// neither list.
    #[serde(default)]
    pub others: Vec<OtherTeam>,
}

/// The desk's view: everything needed to help her, nothing that is not.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ForDesk {
    /// Her own view, as she sees it now.
    pub request: ForRequester,
    /// How it came in.
    pub channel: Channel,
    /// District that serves it.
    pub district: String,
    /// When she wants to be met.
    #[schema(value_type = i64)]
    pub wanted_at: Instant,
    /// How often it was given from desk to desk.
    #[serde(default)]
    pub epoch: u32,
    /// What to call her.
    pub first_name: Option<String>,
    /// Her number, if she left one and it has not been forgotten.
    pub phone: Option<String>,
    /// Where to, if told and not yet forgotten.
    pub home: Option<Home>,
    /// The team offered or assigned.
    #[schema(value_type = Option<String>)]
    pub team: Option<Id<id::Team>>,
    /// Everything that happened, oldest first.
    pub history: Vec<Happened>,
}

/// How a request came in; counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The citizen's page.
    Web,
    /// The phone desk.
    Phone,
    /// In person, on the street.
    WalkUp,
}

/// A line of the journal, as a desk may read it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Happened {
    /// Journal number.
    pub number: u64,
    /// When.
    #[schema(value_type = i64)]
    pub at: Instant,
    /// Event name (`offered`).
    pub name: String,
    /// Who: role and short pseudonym (`desk`, `team 07`, `clock`).
    pub by: String,
}
