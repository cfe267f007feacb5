//! The ground the invented district stands on: a plane of metres laid on the earth, its stream
//! and its hill.

use kernel::{Point, place::EARTH_RADIUS_M};

/// Where the plane's south-western corner touches the earth. Open water of the Yellow Sea: no
/// real street can be mistaken for an invented one, and Korean projections still apply.
pub(super) const ORIGIN: Point = Point { lat: 37.28, lon: 125.38 };

/// Metres along one side of the district.
pub(super) const SIDE_M: f64 = 3_000.0;

/// Half the width of the stream's bed with its banks and paths, where no street is built.
pub(super) const VALLEY_HALF_M: f64 = 46.0;

/// The hill's top.
pub(super) const SUMMIT: Spot = Spot { x: 505.0, y: 2_520.0 };
/// From here up streets climb by steps.
pub(super) const SLOPE_M: f64 = 360.0;
/// From here up there is only the park.
pub(super) const WOODS_M: f64 = 150.0;

/// A place on the plane, in metres east (`x`) and north (`y`) of its south-western corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Where on earth this is. The plane is small: an equirectangular map bends it by centimetres.
    pub(super) fn point(self) -> Point {
        let degree_m = EARTH_RADIUS_M.to_radians();
        Point {
            lat: ORIGIN.lat + self.y / degree_m,
            lon: ORIGIN.lon + self.x / (degree_m * ORIGIN.lat.to_radians().cos()),
        }
    }

    pub(super) fn distance_m(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The spot this share of the way to `other`.
    pub(super) fn toward(self, other: Self, share: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }

    /// `along` metres ahead and `left` metres to the left, seen by who walks from here to `ahead`.
    pub(super) fn beside(self, ahead: Self, along: f64, left: f64) -> Self {
        let length = self.distance_m(ahead).max(0.001);
        let (east, north) = ((ahead.x - self.x) / length, (ahead.y - self.y) / length);
        Self::new(self.x + east * along - north * left, self.y + north * along + east * left)
    }
}

/// How far east the stream runs at this height of the plane.
pub(super) fn stream_x(y: f64) -> f64 {
    1_375.0 + 105.0 * (y / 470.0).sin() + 28.0 * (y / 173.0 + 1.0).sin()
}

/// Whether nothing but the stream and its park fits here.
pub(super) fn in_valley(spot: Spot) -> bool {
    (spot.x - stream_x(spot.y)).abs() < VALLEY_HALF_M
}

/// Metres to the hill's top.
pub(super) fn to_summit_m(spot: Spot) -> f64 {
    spot.distance_m(SUMMIT)
}

/// A line of spots walked from `from`, one every `step` metres, ends included.
pub(super) fn paced(from: Spot, to: Spot, step: f64) -> impl Iterator<Item = Spot> {
    let paces = (from.distance_m(to) / step).round().max(1.0) as usize;
    (0..=paces).map(move |pace| from.toward(to, pace as f64 / paces as f64))
}
