//! A helper's own page: her standing, her nights, her hours. Opened by her own token.

use super::crew::Statement;
use crate::city::Bilingual;
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/volunteer/people/{id}`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnPage {
    /// Who.
    #[schema(value_type = String)]
    pub person: Id<id::Person>,
    /// Journal number this is true at.
    pub number: u64,
    /// Whose district.
    pub district: Bilingual,
    /// What she is called.
    pub first_name: String,
    /// What keeps her from going out, as message keys.
    pub lacks: Vec<String>,
    /// What runs out soon, as message keys.
    pub soon: Vec<String>,
    /// Whether she wants to be left alone now.
    pub muted: bool,
    /// The nights ahead.
    pub nights: Vec<OwnNight>,
    /// This month's hours.
    pub statement: Statement,
    /// A watch over her that runs or rings.
    pub watch: Option<super::watch::OwnWatch>,
    /// The server's clock.
    #[schema(value_type = i64)]
    pub now: Instant,
}

/// A night as a helper sees it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnNight {
    /// The night.
    #[schema(value_type = String)]
    pub id: Id<id::Shift>,
    /// When teams go out.
    #[schema(value_type = i64)]
    pub starts_at: Instant,
    /// When they come back.
    #[schema(value_type = i64)]
    pub ends_at: Instant,
    /// People still needed.
    pub missing: u16,
    /// She has signed up.
    pub signed_up: bool,
    /// Her place is offered to a colleague.
    pub offered: bool,
    /// Whom she goes with.
    pub with: Option<String>,
    /// She has checked in.
    pub here: bool,
    /// From when on she can check in.
    #[schema(value_type = i64)]
    pub check_in_from: Instant,
    /// Places of others she may take.
    pub places: Vec<OpenPlace>,
}

/// Why somebody's place can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Somebody offers it.
    Swap,
    /// Somebody is missing.
    Call,
}

/// A place that can be taken.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct OpenPlace {
    /// Whose.
    #[schema(value_type = String)]
    pub from: Id<id::Person>,
    /// What she is called.
    pub first_name: String,
    /// Why.
    pub kind: PlaceKind,
    /// Until when, if somebody is missing.
    #[schema(value_type = Option<i64>)]
    pub until: Option<Instant>,
}

/// Which night.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct WhichNight {
    /// The night.
    #[schema(value_type = String)]
    pub night: Id<id::Shift>,
}

/// `POST /api/volunteer/people/{id}/offer-swap`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct OfferSwap {
    /// The night.
    #[schema(value_type = String)]
    pub night: Id<id::Shift>,
    /// To one colleague; absent: to anybody.
    #[schema(value_type = Option<String>)]
    pub to: Option<Id<id::Person>>,
}

/// `POST /api/volunteer/people/{id}/take`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct TakePlace {
    /// The night.
    #[schema(value_type = String)]
    pub night: Id<id::Shift>,
    /// Whose place.
    #[schema(value_type = String)]
    pub from: Id<id::Person>,
    /// Why it can be taken.
    pub kind: PlaceKind,
    /// Her own night that the other one takes in exchange, both or neither.
    #[schema(value_type = Option<String>)]
    pub against: Option<Id<id::Shift>>,
}

/// `POST /api/volunteer/people/{id}/check-in`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CheckIn {
    /// The night.
    #[schema(value_type = String)]
    pub night: Id<id::Shift>,
    /// The number on the vest, whose phone is theirs tonight once both are here.
    pub call_sign: Option<String>,
}

/// What checking in gives.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CheckedIn {
    /// Her page.
    pub page: OwnPage,
    /// A one-time code that signs a phone in as tonight's team, if the vest has none.
    pub code: Option<String>,
}

/// `POST /api/volunteer/people/{id}/mute`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct OwnMute {
    /// Whether she is to be left alone.
    pub muted: bool,
    /// Until then; absent: until she says so.
    #[schema(value_type = Option<i64>)]
    pub until: Option<Instant>,
}
