//! Notes among helpers to keep away from somewhere.

use crate::city::Bilingual;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why to keep away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoGoReason {
    /// A helper was hurt or attacked here.
    HelperHurt,
    /// A helper was threatened or followed here.
    Threat,
    /// People gather and drink here.
    Crowd,
    /// A loose dog.
    Dog,
    /// The way is dug up, flooded or icy.
    Ground,
    /// It is too dark to see who is there.
    Dark,
}

/// `POST /api/volunteer/no-go`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct NoteNoGo {
    /// The registered place it is at.
    #[schema(value_type = String)]
    pub place: Id<id::Place>,
    /// Why.
    pub reason: NoGoReason,
    /// Days it holds.
    pub days: u16,
}

/// A note that holds.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NoGoItem {
    /// The note.
    #[schema(value_type = String)]
    pub id: Id<id::NoGo>,
    /// Where.
    pub place: Bilingual,
    /// Why.
    pub reason: NoGoReason,
    /// Until when.
    #[schema(value_type = i64)]
    pub until: Instant,
}
