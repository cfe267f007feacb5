//! What was told of all women together, and what is left to tell of: for a center that counts.

use super::Exact;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/onestop/ledger`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Ledger {
    /// What all tables of a year may spend, in thousandths of epsilon.
    pub yearly_epsilon_thousandths: u32,
    /// Counts below this are told as "fewer than".
    pub small_below_people: u16,
    /// What telling of each table once spends.
    pub spends: Vec<TableSpends>,
    /// Everything that was released, the newest period first.
    pub releases: Vec<ReleaseItem>,
}

/// What a table spends each time.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TableSpends {
    /// The table's key.
    pub table: String,
    /// In thousandths of epsilon.
    pub epsilon_thousandths: u32,
}

/// A release.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ReleaseItem {
    /// The table's key.
    pub table: String,
    /// `2026-11`, `2026-Q4` or `2026`.
    pub period: String,
    /// Over every line that was counted.
    #[schema(value_type = String)]
    pub digest: Exact<32>,
    /// What it spent, in thousandths of epsilon.
    pub epsilon_thousandths: u32,
    /// The full hour.
    #[schema(value_type = i64)]
    pub reserved_at: Instant,
}

/// `POST /api/onestop/ledger/reserve`: release this table, of exactly these lines.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ReserveRelease {
    /// The table's key.
    pub table: String,
    /// `2026-11`, `2026-Q4` or `2026`.
    pub period: String,
    /// Over every line that is counted.
    #[schema(value_type = String)]
    pub digest: Exact<32>,
}
