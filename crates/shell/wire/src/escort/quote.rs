//! Before asking: by when she would be met, or what is lacking and what there is instead.

use crate::{alarm::ServesNow, city::LatLon};
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /api/escort/quotes`: when she would be met if she asked now. Nothing is booked.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// A meeting place.
    #[schema(value_type = String)]
    pub meeting_place: Id<id::Place>,
    /// When she wants to be met; absent means now.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub wanted_at: Option<Instant>,
    /// Where to. Looked at for the plan and kept nowhere.
    #[serde(default)]
    pub home: Option<LatLon>,
    /// How many people walk, 1–4.
    #[serde(default = "super::one")]
    pub people: u8,
    /// She would share the walk with somebody who also would.
    #[serde(default)]
    pub shares: bool,
    /// A team from any district may come, not only from next door.
    #[serde(default)]
    pub from_anywhere: bool,
}

/// The answer to a quote: a time that will be promised, or what is lacking and what there is.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct Quoted {
    /// When she would be met at the earliest, if she can be.
    #[schema(value_type = Option<i64>)]
    pub wanted_at: Option<Instant>,
    /// When the plan expects the team; absent if nobody can tell yet.
    #[schema(value_type = Option<i64>)]
    pub expected_at: Option<Instant>,
    /// The time that would be promised: they will have met by then.
    #[schema(value_type = Option<i64>)]
    pub meet_by: Option<Instant>,
    /// Why nobody can come (`escort.turned-away-out-of-reach`).
    pub refused_code: Option<String>,
    /// What is lacking, as the plan says it (`assign.teams-taken`).
    pub shortage_code: Option<String>,
    /// What she could agree to and would be served.
    #[serde(default)]
    pub helps: Vec<HelpOffered>,
    /// What serves now, nearest first, if nobody can come.
    #[serde(default)]
    pub serves_now: Vec<ServesNow>,
}

/// Something she could agree to, with which the plan has a team for her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelpOffered {
    /// Which (`assign.later`, `assign.next-district`, `assign.company`).
    pub code: String,
    /// The time to ask for, for `assign.later`.
    #[schema(value_type = Option<i64>)]
    pub wanted_at: Option<Instant>,
}
