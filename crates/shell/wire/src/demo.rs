//! The invented night of `waylight demo`. These paths do not exist outside it.

use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/demo`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DemoNight {
    /// The night's clock.
    pub clock: DemoClock,
    /// Who one can take part as.
    pub parts: Vec<DemoPart>,
}

/// A seat in the demo.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DemoPart {
    /// For `POST /api/demo/sign-in`.
    pub part: String,
    /// The role.
    pub role: crate::session::Role,
    /// What to show.
    pub shown_as: String,
    /// A simulated person plays it until somebody signs in.
    pub played: bool,
    /// An invented caseworker's seven key words.
    pub key_words: Option<String>,
}

/// `POST /api/demo/sign-in`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct DemoSignIn {
    /// One of `parts`.
    pub part: String,
}

/// The adjustable clock.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct DemoClock {
    /// Now, in the demo's night.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// Demo seconds per real second, 1–60.
    pub speed: u16,
}

/// `POST /api/demo/clock`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct SetDemoClock {
    /// New speed, 1–60.
    pub speed: Option<u16>,
    /// Skip ahead to this moment; never backwards.
    #[schema(value_type = Option<i64>)]
    pub skip_to: Option<Instant>,
}
