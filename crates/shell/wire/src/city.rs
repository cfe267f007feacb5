//! What every screen needs first: the city, its hours, its numbers, its clock.

use kernel::{Area, Instant, Language};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Bilingual {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

/// A point in WGS 84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LatLon {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl From<kernel::Point> for LatLon {
    fn from(point: kernel::Point) -> Self {
        Self { lat: point.lat, lon: point.lon }
    }
}

/// `GET /api/city`: cached by the service worker, so that numbers to call work offline.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct City {
    /// The city's or district's name.
    pub name: Bilingual,
    /// IANA time zone of every hour on screens.
    pub zone: String,
    /// Languages offered, first is the default.
    #[schema(value_type = Vec<String>)]
    pub languages: Vec<Language>,
    /// The box the map opens on.
    #[schema(value_type = MapArea)]
    pub area: Area,
    /// The districts that have a desk, in the pack's order.
    pub districts: Vec<DistrictNamed>,
    /// Emergency number (`112`), dialed by `tel:`.
    pub emergency_phone: String,
    /// The district desk's number for a walk home by phone.
    pub desk_phone: String,
    /// Whether walks can be asked for at this moment.
    pub service: Service,
    /// The server's (or the demo's) clock, UTC milliseconds: phones measure their offset by it.
    #[schema(value_type = i64)]
    pub now: Instant,
    /// Whether this is the invented night of `waylight demo`.
    pub demo: bool,
    /// When the newest street register was published, `YYYY-MM-DD`, if any.
    pub registers_checked_on: Option<String>,
}

/// A district with a desk.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DistrictNamed {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
}

/// A box of degrees, as OpenAPI shows it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct MapArea {
    /// Southern edge.
    pub south: f64,
    /// Western edge.
    pub west: f64,
    /// Northern edge.
    pub north: f64,
    /// Eastern edge.
    pub east: f64,
}

/// The walk-home service now.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Service {
    /// Walks are being asked for and walked.
    pub open: bool,
    /// When booking next opens, if it is closed now.
    #[schema(value_type = Option<i64>)]
    pub opens_at: Option<Instant>,
    /// When booking closes, if it is open now.
    #[schema(value_type = Option<i64>)]
    pub closes_at: Option<Instant>,
    /// Minutes a booking must lie ahead when no team is closer.
    pub lead_time_minutes: u16,
}
