//! A timer kept for a helper, as she sees it and as a desk does.

use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WatchPurpose {
    /// A sign of life, again and again.
    CheckIn,
    /// The word that she is home.
    WayHome,
}

/// Where a watch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WatchStage {
    /// Running.
    Running,
    /// A sign of life was due, and she was asked.
    Asked,
    /// It rings at the desk.
    Overdue,
    /// A person at the desk has seen it.
    Seen,
    /// Ended.
    Ended,
}

/// How a watch is closed by a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WatchOutcome {
    /// The desk reached her, and she is well.
    Reached,
    /// Somebody went and found her well.
    FoundWell,
    /// She needed help and had it.
    Helped,
}

/// A watch as she sees it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct OwnWatch {
    /// The watch.
    #[schema(value_type = String)]
    pub id: Id<id::Watch>,
    /// What is waited for.
    pub purpose: WatchPurpose,
    /// Where it stands.
    pub stage: WatchStage,
    /// When the next sign of life is due.
    #[schema(value_type = Option<i64>)]
    pub due_at: Option<Instant>,
}

/// A watch that rings, on a desk's board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WatchItem {
    /// The watch.
    #[schema(value_type = String)]
    pub id: Id<id::Watch>,
    /// What was waited for.
    pub purpose: WatchPurpose,
    /// Where it stands.
    pub stage: WatchStage,
    /// Who: first names, or the team's number.
    pub who: String,
    /// A number to reach her at, if one is known.
    pub phone: Option<String>,
    /// When a sign of life was due.
    #[schema(value_type = Option<i64>)]
    pub due_at: Option<Instant>,
    /// She was heard of after it had rung.
    #[schema(value_type = Option<i64>)]
    pub heard_at: Option<Instant>,
    /// It rings at the duty officer too.
    pub at_duty: bool,
}

/// `POST /api/volunteer/watches`: by a team, or a helper on her way home.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct StartWatch {
    /// Minutes to the first sign of life; absent: as the district does.
    pub minutes: Option<u16>,
}

/// `POST /api/volunteer/watches/{id}/close`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct CloseWatch {
    /// How.
    pub outcome: WatchOutcome,
}
