//! Walking along a line at a human pace.

use kernel::{Point, Span};

/// Metres a team walks in a second: 4.5 km/h, talking.
pub const PACE_M_S: f64 = 1.25;

/// A walk along a line, from its first point to its last.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroll {
    line: Vec<Point>,
    length_m: f64,
    /// Metres walked for each metre of the line: over 1 where nobody has drawn the streets.
    detour: f64,
}

/// Walked metres for each straight one in a dense district, as the service guesses them.
const DETOUR: f64 = 1.3;

impl Stroll {
    /// Along these points. Nobody walks along an empty line: then there is no stroll.
    pub fn along(line: Vec<Point>) -> Option<Self> {
        if line.is_empty() {
            return None;
        }
        let length_m = line.windows(2).map(|pair| pair[0].distance_m(pair[1])).sum();
        Some(Self { line, length_m, detour: 1.0 })
    }

    /// Straight from one point to another, where no streets are known.
    pub fn straight(from: Point, to: Point) -> Self {
        Self { length_m: from.distance_m(to), line: vec![from, to], detour: 1.0 }
    }

    /// Between two points whose streets nobody has drawn: straight on the map, longer on foot.
    pub fn by_guess(from: Point, to: Point) -> Self {
        Self { detour: DETOUR, ..Self::straight(from, to) }
    }

    /// How long it takes.
    pub fn takes(&self) -> Span {
        Span::millis((self.length_m * self.detour / PACE_M_S * 1_000.0) as i64)
    }

    /// Where one is after walking this long; at the end from then on.
    pub fn after(&self, walked: Span) -> Point {
        let mut left_m = walked.as_millis().max(0) as f64 / 1_000.0 * PACE_M_S / self.detour;
        for pair in self.line.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let piece_m = from.distance_m(to);
            if left_m < piece_m {
                let share = left_m / piece_m;
                return Point {
                    lat: from.lat + (to.lat - from.lat) * share,
                    lon: from.lon + (to.lon - from.lon) * share,
                };
            }
            left_m -= piece_m;
        }
        self.line.last().copied().unwrap_or(Point { lat: 0.0, lon: 0.0 })
    }
}

#[cfg(test)]
mod tests;
