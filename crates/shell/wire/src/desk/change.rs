//! What has changed on a board. A desk with 500 open items is 200 KB whole; what one step of one
//! walk changes is some hundred bytes.

use super::{AlarmItem, DeskWatch, SelfTest, TeamItem, Tonight, WalkItem};
use crate::{patrol::SightingItem, volunteer::watch::WatchItem};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An event `change` of `GET /api/desk/live`: what is different from the board told before.
/// Whoever does not have that board (`since` is another number) opens the feed anew, which begins
/// with a whole one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoardChange {
    /// The number of the board this changes.
    pub since: u64,
    /// The number of the board it makes.
    pub number: u64,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// Alarms that are new or different.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<AlarmItem>,
    /// Walks that are new or different.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub walks: Vec<WalkItem>,
    /// Teams that are new or different.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamItem>,
    /// All watches that ring, if one of them has changed: they are few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watches: Option<Vec<WatchItem>>,
    /// All sightings with the desk, if one of them has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sightings: Option<Vec<SightingItem>>,
    /// Ids of alarms, walks and teams that are no longer on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// Who keeps the watch, if that has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<DeskWatch>,
    /// The self-test, if there was another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_test: Option<SelfTest>,
    /// Tonight's counts, if they have changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tonight: Option<Tonight>,
}
