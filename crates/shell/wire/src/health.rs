//! Whether the server lives, and whether an alarm would arrive.

use crate::desk::SelfTest;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/health`. Answered with 200 while the journal can be read, with 503 otherwise.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// The journal number the server stands at.
    pub number: u64,
    /// The last self-test.
    pub self_test: SelfTest,
    /// Whether streets are loaded; without them walks are guessed from the straight line.
    pub streets: bool,
}
