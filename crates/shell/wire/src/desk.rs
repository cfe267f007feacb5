//! The district desk: one board, the list is the truth.

pub mod change;
pub mod city;
pub mod handover;

use crate::alarm::{Grade, RaisedBy};
use crate::city::{Bilingual, LatLon};
use crate::escort::{Channel, Escalation, Stage};
use crate::patrol::SightingItem;
use crate::volunteer::{Duty, watch::WatchItem};
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/desk/board`, and the first event of `GET /api/desk/live`. Nothing in it moves on by
/// itself: ages are reckoned from moments, so that a row that did not change is the same row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Board {
    /// Journal number this board is true at.
    pub number: u64,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// The desk's district.
    pub district: String,
    /// Its name.
    pub name: Bilingual,
    /// Who keeps the watch.
    pub watch: DeskWatch,
    /// The other districts of the city, the nearest first: who can take a walk over.
    pub districts: Vec<Neighbor>,
    /// Open alarms by urgency, then age.
    pub alarms: Vec<AlarmItem>,
    /// Open walks by urgency, then age.
    pub walks: Vec<WalkItem>,
    /// Teams of tonight.
    pub teams: Vec<TeamItem>,
    /// Watches over helpers that ring, who has been waited for longest first.
    pub watches: Vec<WatchItem>,
    /// What patrols have handed to this desk, the oldest first.
    pub sightings: Vec<SightingItem>,
    /// Whether an SOS would arrive: the last self-test.
    pub self_test: SelfTest,
    /// Counts of tonight.
    pub tonight: Tonight,
}

/// Who keeps the watch over a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeskWatch {
    /// The seat that took it over last; nobody yet, if absent.
    pub keeper: Option<String>,
    /// When.
    #[schema(value_type = Option<i64>)]
    pub since: Option<Instant>,
}

/// Another district of the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Neighbor {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Whether it lies next door.
    pub next_door: bool,
}

/// An alarm in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AlarmItem {
    /// The alarm.
    #[schema(value_type = String)]
    pub id: Id<id::Alarm>,
    /// The order in which a desk answers: 0 first, then by `sent_at`, then by `id`.
    pub urgency: u8,
    /// Who.
    pub by: RaisedBy,
    /// How urgent.
    pub grade: Grade,
    /// When the server had it.
    #[schema(value_type = i64)]
    pub sent_at: Instant,
    /// When a person acknowledged it.
    #[schema(value_type = Option<i64>)]
    pub seen_at: Option<Instant>,
    /// When the sender retracted it.
    #[schema(value_type = Option<i64>)]
    pub retracted_at: Option<Instant>,
    /// Retracted under duress.
    pub duress: bool,
    /// How far it has travelled unseen.
    pub escalated: Escalation,
    /// A registered place near the best candidate, in words.
    pub near: Option<Bilingual>,
}

/// A walk in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WalkItem {
    /// The walk.
    #[schema(value_type = String)]
    pub id: Id<id::Escort>,
    /// The order in which a desk looks: 0 unseen, 1 overdue or carried on, 2 waits for a team, 3
    /// asked, 4 under way or with another desk; then by `asked_at`, then by `id`.
    pub urgency: u8,
    /// Where it stands.
    pub stage: Stage,
    /// How it came in.
    pub channel: Channel,
    /// Where they meet.
    pub meeting_place: Bilingual,
    /// When it arrived.
    #[schema(value_type = i64)]
    pub asked_at: Instant,
    /// When she wants to be met.
    #[schema(value_type = i64)]
    pub wanted_at: Instant,
    /// When it reached this stage.
    #[schema(value_type = i64)]
    pub since: Instant,
    /// How far it has travelled unseen.
    pub escalated: Escalation,
    /// The team's number, once offered.
    pub team: Option<String>,
    /// A deadline lapsed: somebody must look.
    pub overdue: bool,
    /// The district whose desk has it, when that is another's.
    pub with_district: Option<String>,
}

/// A team of tonight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TeamItem {
    /// The team.
    #[schema(value_type = String)]
    pub id: Id<id::Team>,
    /// Its number.
    pub call_sign: String,
    /// First names.
    pub first_names: Vec<String>,
    /// Duty.
    pub duty: Duty,
    /// The walk it is on.
    #[schema(value_type = Option<String>)]
    pub walk: Option<Id<id::Escort>>,
    /// Last known place; absent: never heard.
    pub at: Option<LatLon>,
    /// When it was there.
    #[schema(value_type = Option<i64>)]
    pub heard_at: Option<Instant>,
    /// Walks done tonight.
    pub walks_tonight: u16,
}

/// The minute self-test: a synthetic alarm through the real path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SelfTest {
    /// Whether the last one arrived.
    pub arrived: bool,
    /// When it was.
    #[schema(value_type = Option<i64>)]
    pub at: Option<Instant>,
    /// Its way from press to feed, milliseconds.
    pub took_millis: Option<u32>,
}

/// Tonight's counts, by channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tonight {
    /// Asked on the web.
    pub web: u32,
    /// Asked by phone.
    pub phone: u32,
    /// Asked on the street.
    pub walk_up: u32,
    /// Brought home.
    pub home: u32,
    /// Turned away.
    pub refused: u32,
}
