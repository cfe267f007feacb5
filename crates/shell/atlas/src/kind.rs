//! What a file is: told from its content, or by whoever imports it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The kinds of file the atlas reads. Serialized, printed and parsed in `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// 보안등: lamps of lanes and alleys, by district.
    SecurityLights,
    /// 가로등: lamps of streets.
    StreetLights,
    /// Public cameras, in three schemas.
    Cctv,
    /// 안전비상벨: emergency bells.
    Bells,
    /// 여성안심지킴이집: stores that take part as patrol houses.
    PatrolHouses,
    /// Police stations, 지구대, 파출소, 치안센터.
    Police,
    /// Bus stops.
    BusStops,
    /// Subway and rail stations.
    SubwayStations,
    /// 여성안심택배함: parcel lockers.
    ParcelLockers,
    /// 보행등: signals at pedestrian crossings.
    Crossings,
    /// Lines of bus routes.
    BusRoutes,
    /// Boardings and alightings by station; rows without a position.
    Ridership,
    /// 자치구: the districts of a city.
    DistrictBoundaries,
    /// 행정동: administrative neighborhoods.
    DongBoundaries,
    /// 법정동: legal neighborhoods, a different division.
    LegalDongBoundaries,
    /// An OpenStreetMap extract or a street graph made from one.
    Streets,
}

impl FileKind {
    /// Every kind, in the order of this list.
    pub const ALL: [Self; 16] = [
        Self::SecurityLights,
        Self::StreetLights,
        Self::Cctv,
        Self::Bells,
        Self::PatrolHouses,
        Self::Police,
        Self::BusStops,
        Self::SubwayStations,
        Self::ParcelLockers,
        Self::Crossings,
        Self::BusRoutes,
        Self::Ridership,
        Self::DistrictBoundaries,
        Self::DongBoundaries,
        Self::LegalDongBoundaries,
        Self::Streets,
    ];

    /// The name used by `--kind`, in reports and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SecurityLights => "security_lights",
            Self::StreetLights => "street_lights",
            Self::Cctv => "cctv",
            Self::Bells => "bells",
            Self::PatrolHouses => "patrol_houses",
            Self::Police => "police",
            Self::BusStops => "bus_stops",
            Self::SubwayStations => "subway_stations",
            Self::ParcelLockers => "parcel_lockers",
            Self::Crossings => "crossings",
            Self::BusRoutes => "bus_routes",
            Self::Ridership => "ridership",
            Self::DistrictBoundaries => "district_boundaries",
            Self::DongBoundaries => "dong_boundaries",
            Self::LegalDongBoundaries => "legal_dong_boundaries",
            Self::Streets => "streets",
        }
    }

    /// Whether rows of this kind mean nothing without a position.
    pub const fn needs_position(self) -> bool {
        !matches!(self, Self::Ridership)
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such kind; the kinds are")?;
        FileKind::ALL.iter().try_for_each(|kind| write!(f, " {kind}"))
    }
}
impl std::error::Error for UnknownKind {}

impl FromStr for FileKind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}
