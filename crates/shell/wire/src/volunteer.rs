//! The team's own screen: off duty or on duty, an offer, a walk.

pub mod crew;
pub mod joining;
pub mod night;
pub mod no_go;
pub mod own;
pub mod watch;

use crate::alarm::ForSender;
use crate::city::LatLon;
use crate::escort::ForTeam;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a team can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Receives nothing.
    Off,
    /// Free to be asked.
    On,
    /// Offered or walking.
    Engaged,
}

/// `GET /api/team` and each event of `GET /api/team/live`: the whole screen.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TeamScreen {
    /// The team.
    #[schema(value_type = String)]
    pub team: Id<id::Team>,
    /// Its number on the vest.
    pub call_sign: String,
    /// First names of the two.
    pub first_names: Vec<String>,
    /// Journal number this view is true at.
    pub number: u64,
    /// Duty.
    pub duty: Duty,
    /// The offer or the walk, if there is one.
    pub walk: Option<ForTeam>,
    /// The team's own open alarm.
    pub alarm: Option<ForSender>,
    /// Walks done tonight.
    pub walks_tonight: u16,
    /// The two, each with her own switch.
    pub members: Vec<TeamMember>,
    /// The watch over the team, if one runs or rings.
    pub watch: Option<watch::OwnWatch>,
    /// Places to keep away from: those near the walk, or of the whole district without one.
    pub no_go: Vec<no_go::NoGoItem>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// One of a team's two.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TeamMember {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What she is met by.
    pub first_name: String,
    /// Whether she wants to be left alone now.
    pub muted: bool,
    /// Until when, if she said so.
    #[schema(value_type = Option<i64>)]
    pub muted_until: Option<Instant>,
    /// Since when she is on duty.
    #[schema(value_type = Option<i64>)]
    pub out_since: Option<Instant>,
}

/// `POST /api/volunteer/mute`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct SetMute {
    /// Which of the two.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// Whether she is to be left alone.
    pub muted: bool,
    /// Until then; absent: until she says so.
    #[schema(value_type = Option<i64>)]
    pub until: Option<Instant>,
}

/// `GET /api/volunteer/load`: what was asked of the two, beside everybody's median.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnLoad {
    /// Counted from then on.
    #[schema(value_type = i64)]
    pub since: Instant,
    /// The two.
    pub members: Vec<MemberLoad>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// One figure beside the median of those who were out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShareOf {
    /// Her own.
    pub own: u32,
    /// The middle of everybody's; absent among so few that it would tell of one of them.
    pub median: Option<u32>,
}

/// One person's load and hours.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MemberLoad {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What she is met by.
    pub first_name: String,
    /// Minutes on duty since Monday, the turn under way among them.
    pub week_minutes: u32,
    /// Minutes she may still be sent out for this week; absent: no limit.
    pub week_left_minutes: Option<u32>,
    /// Walks offered in 10 hours of duty.
    pub offers_per_10_hours: ShareOf,
    /// Walks walked in 10 hours of duty.
    pub walks_per_10_hours: ShareOf,
    /// Minutes walking in each hour of duty.
    pub walking_minutes_per_hour: ShareOf,
    /// Minutes of rest in each hour of duty.
    pub rest_minutes_per_hour: ShareOf,
}

/// `POST /api/volunteer/duty`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct SetDuty {
    /// On or off. Off means nothing arrives.
    pub on: bool,
}

/// `POST /api/volunteer/position`: kept in memory only, never stored.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// Where.
    pub at: LatLon,
    /// Radius of the phone's own doubt.
    pub accuracy_m: u32,
}
