//! Where: points in WGS 84, boxes, and the districts a city is administered in.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Mean radius of the earth in metres (IUGG R1), as the benchmark peers use it.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A point in WGS 84 degrees. Serialized as `{"lat":…,"lon":…}`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north, −90 to 90.
    pub lat: f64,
    /// Degrees east, −180 to 180.
    pub lon: f64,
}

impl Point {
    /// The point, if both numbers are finite and within the ranges of latitude and longitude.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        (lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0)
            .then_some(Self { lat, lon })
    }

    /// Great-circle distance in metres (haversine).
    pub fn distance_m(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = (b - a) / 2.0;
        let half_lon = (other.lon - self.lon).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + a.cos() * b.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
    }

    /// Reads `LAT,LON` as people type it.
    pub fn parse(text: &str) -> Option<Self> {
        let (lat, lon) = text.split_once(',')?;
        Self::new(lat.trim().parse().ok()?, lon.trim().parse().ok()?)
    }
}

/// A box of latitudes and longitudes that does not cross the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Southern edge, degrees.
    pub south: f64,
    /// Western edge, degrees.
    pub west: f64,
    /// Northern edge, degrees.
    pub north: f64,
    /// Eastern edge, degrees.
    pub east: f64,
}

impl Area {
    /// Whether the point lies in the box, edges included.
    pub fn contains(&self, point: Point) -> bool {
        (self.south..=self.north).contains(&point.lat)
            && (self.west..=self.east).contains(&point.lon)
    }

    /// The middle of the box.
    pub fn center(&self) -> Point {
        Point {
            lat: f64::midpoint(self.south, self.north),
            lon: f64::midpoint(self.west, self.east),
        }
    }
}

/// A district's short code as its city pack writes it (`gwanak`): lowercase letters, digits, `-`.
/// Cheap to clone: it is in everything that is told, and in every question whether it may be told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DistrictCode(Arc<str>);

/// The text is no district code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADistrict;

impl fmt::Display for NotADistrict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a district code is 1 to 32 lowercase letters, digits or hyphens")
    }
}
impl std::error::Error for NotADistrict {}

impl TryFrom<String> for DistrictCode {
    type Error = NotADistrict;
    fn try_from(text: String) -> Result<Self, NotADistrict> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(text.into())) } else { Err(NotADistrict) }
    }
}
impl From<DistrictCode> for String {
    fn from(code: DistrictCode) -> Self {
        code.0.as_ref().to_owned()
    }
}
impl DistrictCode {
    /// The code as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl fmt::Debug for DistrictCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Display for DistrictCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
