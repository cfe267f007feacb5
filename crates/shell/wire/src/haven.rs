//! Patrol Houses: for her (open, ready, how far) and for the till.

use crate::alarm::ForSender;
use crate::city::LatLon;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// `GET /api/haven/near`.
#[derive(Clone, Debug, Deserialize, IntoParams)]
pub struct FindHavens {
    /// `LAT,LON`; absent: the whole list, by name (the offline copy).
    pub near: Option<String>,
    /// UTC milliseconds; now unless told.
    #[param(value_type = Option<i64>)]
    pub at: Option<Instant>,
    /// At most this many; 20 unless told, all when `near` is absent.
    pub limit: Option<u16>,
}

/// Whether somebody trained is there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// A trained person is on shift, the drill is fresh, the store is open.
    Ready,
    /// Open as a store; nobody trained is known to be on shift, or the drill is stale.
    OpenOnly,
    /// Closed at that hour.
    Closed,
    /// In the register; its hours and people are not known to us.
    Unknown,
}

/// A Patrol House as a citizen sees it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct HavenForCitizen {
    /// The store.
    #[schema(value_type = String)]
    pub id: Id<id::Haven>,
    /// Its name as registered.
    pub name: String,
    /// Its address as registered.
    pub address: String,
    /// Its phone, if registered.
    pub phone: Option<String>,
    /// Where.
    pub at: LatLon,
    /// Ready or not, at the hour asked.
    pub readiness: Readiness,
    /// Hours tonight in local words (`24:00` style), if known.
    pub hours: Option<String>,
    /// Walking minutes by the covered way, if `near` was given and it can be reached.
    pub walk_minutes: Option<u16>,
    /// Metres of that way.
    pub walk_m: Option<u32>,
}

/// `GET /api/haven/near`: ready first, then nearest by night cost.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Havens {
    /// The list.
    pub havens: Vec<HavenForCitizen>,
    /// When it was true; shown as age when read offline.
    #[schema(value_type = i64)]
    pub at: Instant,
}

/// `GET /api/haven/till` and each event of `GET /api/haven/till/live`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TillScreen {
    /// The store.
    #[schema(value_type = String)]
    pub haven: Id<id::Haven>,
    /// Its name.
    pub name: String,
    /// Journal number this view is true at.
    pub number: u64,
    /// Ready or not now, and why not (codes of the catalogue).
    pub readiness: Readiness,
    /// Reasons for not being ready (`haven.nobody-trained`, `haven.drill-stale`, …).
    pub missing: Vec<String>,
    /// Staff who can tap their name. Known to this till only.
    pub staff: Vec<StaffForTill>,
    /// When the last drill was.
    #[schema(value_type = Option<i64>)]
    pub drilled_at: Option<Instant>,
    /// When the next one is due.
    #[schema(value_type = Option<i64>)]
    pub drill_due_at: Option<Instant>,
    /// The till's own open alarm.
    pub alarm: Option<ForSender>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// A member of staff as the till shows her: a name to tap.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct StaffForTill {
    /// The person.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// What colleagues call her.
    pub name: String,
    /// On shift now.
    pub on_shift: bool,
    /// Training still valid.
    pub trained: bool,
}

/// `POST /api/haven/till/shift`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct SetShift {
    /// Who tapped her name.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// Starts or ends.
    pub on: bool,
}

/// `POST /api/haven/till/drill`: the three-minute drill was done.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Drill {
    /// Who did it.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
}
