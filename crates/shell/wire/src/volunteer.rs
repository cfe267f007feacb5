//! The team's own screen: off duty or on duty, an offer, a walk.

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
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
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
