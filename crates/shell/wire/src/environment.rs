//! Public places of the imported registers.

use crate::city::{Bilingual, LatLon};
use kernel::{Id, Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Kinds of place a walk can begin at or a search can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A subway or railway station.
    Station,
    /// A bus stop.
    BusStop,
    /// A police station, district unit or box.
    Police,
    /// A Patrol House store.
    Haven,
    /// A named street or neighborhood: can be walked to, never met at.
    Street,
}

/// `GET /api/environment/places`.
#[derive(Clone, Debug, Deserialize, IntoParams)]
pub struct FindPlaces {
    /// What the person typed: part of a name in either language. Empty: the nearest places.
    #[serde(default)]
    pub q: String,
    /// `LAT,LON` to order by distance from.
    pub near: Option<String>,
    /// Only places where a team may meet somebody (stations, bus stops, police).
    #[serde(default)]
    pub meeting: bool,
    /// At most this many, 1–50; 12 unless told.
    pub limit: Option<u8>,
}

/// A public place.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// Its id.
    #[schema(value_type = String)]
    pub id: Id<id::Place>,
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called.
    pub name: Bilingual,
    /// Where it is.
    pub at: LatLon,
    /// Straight-line metres from `near`, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// Whether a walk may begin here.
    pub meeting: bool,
}

/// The places found, best first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Places {
    /// Best first.
    pub places: Vec<Place>,
}

/// What is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A lamp.
    Lamp,
    /// A camera.
    Camera,
    /// A bell.
    Bell,
    /// A sign.
    Sign,
    /// The ground.
    Ground,
    /// The view.
    View,
    /// A building.
    Building,
}

/// Something broken in the street.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DefectItem {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<id::Defect>,
    /// What is broken.
    pub part: Part,
    /// A registered place at or near it.
    pub near: Option<Bilingual>,
    /// Where, if at no registered thing; gone when that was erased.
    pub at: Option<LatLon>,
    /// When it was noticed.
    #[schema(value_type = i64)]
    pub noticed_at: Instant,
}

/// What became of a defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DefectOutcome {
    /// It is repaired.
    Repaired,
    /// Nothing was broken there any more.
    NothingThere,
    /// It had been noted before.
    KnownAlready,
}

/// `POST /api/environment/defects/{id}/close`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct CloseDefect {
    /// What became of it.
    pub outcome: DefectOutcome,
}
