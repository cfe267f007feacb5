//! What an accepted row says.

use kernel::Point;
use serde::{Deserialize, Serialize};

mod from_row;
pub(crate) use from_row::{Named, entry_of};

/// One row of a public table, by what it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each holds the struct of its name, documented there")]
pub enum Entry {
    Lamp(Lamp),
    Camera(Camera),
    Bell(Bell),
    PatrolHouse(PatrolHouse),
    Police(PoliceOffice),
    BusStop(BusStop),
    Station(Station),
    Locker(Locker),
    Crossing(Crossing),
    BusRoute(BusRoute),
    Ridership(Ridership),
    Boundary(Boundary),
}

/// A pole with lamps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lamp {
    /// Where it stands.
    pub point: Point,
    /// How many lamps hang on it, from 1.
    pub count: u16,
    /// Which table it came from.
    pub kind: LampKind,
    /// The year it was put up.
    pub installed: Option<u16>,
    /// What it is fixed to.
    pub form: Option<LampForm>,
    /// The number or name on the pole, which a report of a broken lamp quotes.
    pub label: Box<str>,
    /// Its public address.
    pub address: Option<Box<str>>,
}

/// Which of the two lighting tables a lamp stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LampKind {
    /// 보안등, of lanes and alleys.
    Security,
    /// 가로등, of streets.
    Street,
}

/// What a lamp is fixed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LampForm {
    /// 한전주, a pole of the power company.
    UtilityPole,
    /// 건축물, a building.
    Building,
    /// 전용주, its own pole.
    OwnPole,
    /// Anything else the table says.
    Other,
}

/// Cameras at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// Where they are.
    pub point: Point,
    /// How many, from 1.
    pub count: u16,
    /// What for.
    pub purpose: CameraPurpose,
    /// The year they were put up.
    pub installed: Option<u16>,
    /// Address or name of the place.
    pub place: Option<Box<str>>,
}

/// What a camera is for: only some are watched by people at night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraPurpose {
    /// 생활방범, 방범, 다목적, 안심이: watched by the control room.
    Security,
    /// 어린이보호, 어린이안전, 도심공원: watched by the control room.
    Children,
    /// Parks.
    Park,
    /// 교통단속, 차량방범, 교통정보수집, 불법주정차: it looks at cars.
    Traffic,
    /// Rubbish, facilities, floods, air.
    Other,
}

/// An emergency bell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bell {
    /// Where it is.
    pub point: Point,
    /// Its number, unique only with the agency.
    pub number: Box<str>,
    /// Where to look for it.
    pub place: Option<Box<str>>,
    /// Its public address.
    pub address: Option<Box<str>>,
}

/// A store that takes part as a patrol house, as the table lists it: membership, not readiness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatrolHouse {
    /// Where it is.
    pub point: Point,
    /// Its name.
    pub name: Box<str>,
    /// Its chain, told from the name.
    pub brand: Brand,
    /// The 자치구 it lies in, as written.
    pub district: Option<Box<str>>,
    /// Its public address, the road address if there is one.
    pub address: Option<Box<str>>,
    /// The store's public telephone.
    pub phone: Option<Box<str>>,
    /// The number is a call center's (15xx, 16xx, 18xx): it does not ring in the store.
    pub phone_is_call_center: bool,
    /// The police station it belongs to.
    pub police: Option<Box<str>>,
    /// The year it was appointed.
    pub since: Option<u16>,
    /// Whether the table says it takes part today (운영여부); `None` when it does not say.
    pub operating: Option<bool>,
}

/// A chain of convenience stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Brand {
    Cu,
    Gs25,
    SevenEleven,
    Emart24,
    Ministop,
    Other,
}

/// A police office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoliceOffice {
    /// Where it is.
    pub point: Point,
    /// Its name, as written.
    pub name: Box<str>,
    /// What kind of office.
    pub kind: OfficeKind,
    /// The station it belongs to.
    pub station: Option<Box<str>>,
    /// Its telephone.
    pub phone: Option<Box<str>>,
    /// Its address.
    pub address: Option<Box<str>>,
}

/// What kind of police office; only the first three are staffed through the night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    /// 경찰서, a police station.
    Station,
    /// 지구대, a district unit.
    DistrictUnit,
    /// 파출소, a police box.
    Box,
    /// 치안센터, a security center, mostly closed at night.
    SecurityCenter,
    /// Headquarters, patrol units and the like.
    Other,
}

/// A bus stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BusStop {
    /// Where it is.
    pub point: Point,
    /// Its number.
    pub number: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// A pier of the river bus, where nobody waits at night.
    pub pier: bool,
}

/// A station, once for each line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Station {
    /// Where it is.
    pub point: Point,
    /// Its name, as written (`청량리역` or `청량리(서울시립대입구)`).
    pub name: Box<str>,
    /// Its line, as written.
    pub line: Box<str>,
}

/// A parcel locker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Locker {
    /// Where it is.
    pub point: Point,
    /// Its name.
    pub name: Box<str>,
    /// Its address.
    pub address: Option<Box<str>>,
}

/// A pedestrian signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// Where it is.
    pub point: Point,
    /// The 자치구 it lies in, as written.
    pub district: Option<Box<str>>,
    /// Its address.
    pub address: Option<Box<str>>,
}

/// The line of a bus route.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BusRoute {
    /// Its number in the city's system.
    pub number: Box<str>,
    /// Its parts.
    pub lines: Vec<Vec<Point>>,
}

/// How many people used a station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ridership {
    /// The day (`20231001`) or month (`202210`) counted.
    pub period: Box<str>,
    /// The line, as written.
    pub line: Box<str>,
    /// The station, as written.
    pub station: Box<str>,
    /// Counts by hour of the day, or one for the whole period.
    pub counts: Vec<Passengers>,
}

/// Boardings and alightings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passengers {
    /// The hour they are of, 0 to 23; `None` for the whole period.
    pub hour: Option<u8>,
    /// Who got on.
    pub boarded: u32,
    /// Who got off.
    pub alighted: u32,
}

/// The outline of an administrative division.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundary {
    /// Its official code.
    pub code: Box<str>,
    /// Its name, as written.
    pub name: Box<str>,
    /// The 자치구 it lies in, or itself.
    pub district: Option<Box<str>>,
    /// Its polygons: each an outer ring and its holes, closed.
    pub polygons: Vec<Vec<Vec<Point>>>,
}

impl Boundary {
    /// Whether the point lies inside.
    pub fn contains(&self, point: Point) -> bool {
        self.polygons.iter().any(|rings| holds(rings, point))
    }
}

/// Whether a point lies inside rings, by the even–odd rule.
pub(crate) fn holds(rings: &[Vec<Point>], point: Point) -> bool {
    let mut inside = false;
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().skip(1)) {
            if (a.lat > point.lat) != (b.lat > point.lat)
                && point.lon < (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat) + a.lon
            {
                inside = !inside;
            }
        }
    }
    inside
}

impl Entry {
    /// Where it is; `None` for lines, outlines and counts.
    pub const fn point(&self) -> Option<Point> {
        match self {
            Self::Lamp(Lamp { point, .. })
            | Self::Camera(Camera { point, .. })
            | Self::Bell(Bell { point, .. })
            | Self::PatrolHouse(PatrolHouse { point, .. })
            | Self::Police(PoliceOffice { point, .. })
            | Self::BusStop(BusStop { point, .. })
            | Self::Station(Station { point, .. })
            | Self::Locker(Locker { point, .. })
            | Self::Crossing(Crossing { point, .. }) => Some(*point),
            Self::BusRoute(_) | Self::Ridership(_) | Self::Boundary(_) => None,
        }
    }
}
