//! All districts at once, for a supervisor. Counts and ages; nothing about anybody.

use super::{AlarmItem, DeskWatch, SelfTest, Tonight};
use crate::city::Bilingual;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/desk/city`, and each event of `GET /api/desk/city/live`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CityBoard {
    /// Journal number this is true at.
    pub number: u64,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// The city.
    pub name: Bilingual,
    /// Whether an SOS would arrive: the last self-test. One for the city, since one server hears
    /// every district's.
    pub self_test: SelfTest,
    /// Every district, the most troubled first.
    pub districts: Vec<DistrictRow>,
    /// Open alarms that were carried beyond their own desk, worst and oldest first.
    pub escalated: Vec<Escalated>,
}

/// The worst that is the matter in a district, the worst last.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// Walks wait for a team, and no team is free.
    NobodyFree,
    /// Something took longer than it should.
    Overdue,
    /// Nobody has seen a request.
    AskUnseen,
    /// An alarm is open; a person has seen it.
    AlarmOpen,
    /// Nobody has seen an alarm.
    AlarmUnseen,
}

/// One district.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DistrictRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// The worst that is the matter.
    pub trouble: Trouble,
    /// Who keeps the watch.
    pub watch: DeskWatch,
    /// Alarms.
    pub alarms: AlarmsOpen,
    /// Walks.
    pub walks: WalksOpen,
    /// Teams.
    pub teams: TeamsOut,
    /// Counts of tonight, by channel.
    pub tonight: Tonight,
    /// Tonight's refusals by reason, the most frequent first.
    pub refused: Vec<RefusedFor>,
    /// Tonight's promises of when a team would be there.
    pub promises: Promises,
}

/// A district's open alarms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AlarmsOpen {
    /// All of them.
    pub open: u32,
    /// Those no person has seen.
    pub unseen: u32,
    /// When the oldest was raised.
    #[schema(value_type = Option<i64>)]
    pub oldest_at: Option<Instant>,
}

/// A district's open walks, by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WalksOpen {
    /// Asked for; no person has seen them.
    pub unseen: u32,
    /// When the oldest of those was asked for, or handed over.
    #[schema(value_type = Option<i64>)]
    pub oldest_unseen_at: Option<Instant>,
    /// Seen; no team has them.
    pub waiting: u32,
    /// Offered to a team.
    pub offered: u32,
    /// A team is coming.
    pub coming: u32,
    /// On the way home together.
    pub walking: u32,
    /// Those among all of them that the desk must look at.
    pub overdue: u32,
}

/// A district's teams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamsOut {
    /// Out and free.
    pub free: u32,
    /// On a walk, asked, or resting after one.
    pub engaged: u32,
    /// Not out.
    pub off: u32,
}

/// How many were turned away for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusedFor {
    /// The reason's code.
    pub code: String,
    /// How many.
    pub walks: u32,
}

/// Promises of when a team would be there. One whose time has not come is in neither number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Promises {
    /// Met by then.
    pub kept: u32,
    /// Not met by then.
    pub broken: u32,
}

/// An alarm that was carried beyond its own desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Escalated {
    /// As in the queue.
    pub alarm: AlarmItem,
    /// Its own district's code.
    pub district: String,
}
