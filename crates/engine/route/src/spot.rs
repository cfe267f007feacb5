//! Places as the street graph keeps them: 1e-7 degrees, as OSM does, and a flat projection of the
//! city for searching.

use kernel::{Point, place::EARTH_RADIUS_M};

/// A point in 1e-7 degrees: what OSM stores, half the memory of two doubles, exact to 1 cm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Spot {
    /// Degrees east × 10⁷.
    pub lon_e7: i32,
    /// Degrees north × 10⁷.
    pub lat_e7: i32,
}

impl From<Point> for Spot {
    fn from(p: Point) -> Self {
        Self { lon_e7: (p.lon * 1e7).round() as i32, lat_e7: (p.lat * 1e7).round() as i32 }
    }
}
impl From<Spot> for Point {
    fn from(s: Spot) -> Self {
        Self { lat: f64::from(s.lat_e7) / 1e7, lon: f64::from(s.lon_e7) / 1e7 }
    }
}

impl Spot {
    /// Great-circle distance, millimetres, rounded.
    pub fn distance_mm(self, other: Self) -> u32 {
        (Point::from(self).distance_m(Point::from(other)) * 1_000.0).round() as u32
    }
}

/// Metres per 1e-7 degree of latitude.
pub(crate) const M_PER_E7: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0 / 1e7;

/// The flat picture of the ground around one point, good to a few parts in 10⁴ within some km.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Local {
    origin: Spot,
    m_per_lon_e7: f64,
}

impl Local {
    pub(crate) fn around(origin: Spot) -> Self {
        let cos = (f64::from(origin.lat_e7) / 1e7).to_radians().cos();
        Self { origin, m_per_lon_e7: M_PER_E7 * cos }
    }

    /// Metres east and north of the origin.
    pub(crate) fn xy(&self, s: Spot) -> (f64, f64) {
        (
            f64::from(s.lon_e7 - self.origin.lon_e7) * self.m_per_lon_e7,
            f64::from(s.lat_e7 - self.origin.lat_e7) * M_PER_E7,
        )
    }
}

/// The foot of the perpendicular from the local origin to the segment `a`–`b`, as a fraction of
/// the segment (0 to 1), and the squared distance to it.
pub(crate) fn foot((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (bx - ax, by - ay);
    let along = dx * dx + dy * dy;
    let t = if along > 0.0 { (-(ax * dx + ay * dy) / along).clamp(0.0, 1.0) } else { 0.0 };
    let (px, py) = (ax + t * dx, ay + t * dy);
    (t, px * px + py * py)
}

/// Where on a Hilbert curve of 2¹⁶ × 2¹⁶ cells over the box a spot lies: neighbors on the ground
/// become neighbors in memory.
pub(crate) fn hilbert(s: Spot, low: Spot, high: Spot) -> u64 {
    let scale = |v: i32, lo: i32, hi: i32| -> u32 {
        let range = (i64::from(hi) - i64::from(lo)).max(1);
        ((i64::from(v) - i64::from(lo)) * 65_535 / range) as u32
    };
    let mut x = scale(s.lon_e7, low.lon_e7, high.lon_e7);
    let mut y = scale(s.lat_e7, low.lat_e7, high.lat_e7);
    let mut d = 0_u64;
    let mut side = 1_u32 << 15;
    while side > 0 {
        let rx = u32::from(x & side > 0);
        let ry = u32::from(y & side > 0);
        d += u64::from(side) * u64::from(side) * u64::from((3 * rx) ^ ry);
        if ry == 0 {
            if rx == 1 {
                x = 65_535 - x;
                y = 65_535 - y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    d
}
