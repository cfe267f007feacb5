//! Streets by a number that stays theirs from one import to the next.
//!
//! The graph numbers its edges anew with each import. A beat must still mean the same streets next
//! month, so a street's number is made of where it lies: both of its ends and the point halfway,
//! whichever way round it is drawn. A street that is redrawn, split or moved is another street; the
//! beat that had it then counts it as unknown.

use super::Walking;
use kernel::{Instant, Point};
use patrol::{Corner, LastVisits, Segment, Street};
use route::{Edge, HourBand, Streets};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A screen's numbers are exact up to 2^53.
const EXACT: u64 = (1 << 53) - 1;

/// The streets by their lasting numbers.
#[derive(Debug, Default)]
pub struct Segments(HashMap<Segment, Edge>);

/// The lasting number of an edge.
fn segment(streets: &Streets, edge: Edge) -> Segment {
    let spots = streets.edge_spots(edge);
    let at = |place: usize| spots.get(place).map(|spot| whole(Point::from(*spot)));
    let last = spots.len().saturating_sub(1);
    // Of an even number of points the one halfway depends on the direction: both are taken.
    let mut ends = [at(0), at(last)];
    let mut halfway = [at(last / 2), at(spots.len() / 2)];
    ends.sort_unstable();
    halfway.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(b"waylight segment 1");
    for [lat, lon] in ends.into_iter().chain(halfway).flatten() {
        hash.update(lat.to_be_bytes());
        hash.update(lon.to_be_bytes());
    }
    let digest = hash.finalize();
    let mut bits = [0_u8; 8];
    bits.copy_from_slice(&digest[..8]);
    Segment(u64::from_be_bytes(bits) & EXACT)
}

/// A point in whole steps of 1e-7 degree, about a centimetre: what the map's own tables hold.
fn whole(point: Point) -> [i64; 2] {
    [point.lat, point.lon].map(|degrees| (degrees * 1e7).round() as i64)
}

impl Segments {
    pub(super) fn of(streets: &Streets) -> Self {
        let edges = 0..u32::try_from(streets.edge_count()).unwrap_or(u32::MAX);
        Self(edges.map(|edge| (segment(streets, edge), edge)).collect())
    }
}

/// A street as a patrol's screen draws it.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Its number.
    pub segment: Segment,
    /// Its metres.
    pub length_m: f64,
    /// Its points.
    pub geometry: Vec<Point>,
}

impl Walking {
    /// The streets both of whose ends lie within so many straight metres of a point.
    pub fn around(&self, at: Point, radius_m: f64) -> Vec<Segment> {
        let within = |streets: &Streets, edge: Edge| {
            let near = |junction| streets.junction_at(junction).distance_m(at) <= radius_m;
            streets.ends(edge).into_iter().all(near)
        };
        let found = self.with(|network, _| {
            let streets = network.streets();
            let known = self.segments.0.iter();
            known.filter(|(_, edge)| within(streets, **edge)).map(|(one, _)| *one).collect()
        });
        let mut found: Vec<Segment> = found.unwrap_or_default();
        found.sort_unstable();
        found
    }

    /// The length of a street, if the map still knows it.
    pub fn length_m(&self, segment: Segment) -> Option<f64> {
        let edge = *self.segments.0.get(&segment)?;
        self.with(|network, _| f64::from(network.streets().edge_length_mm(edge)) / 1_000.0)
    }

    /// Streets as they are drawn, those the map still knows.
    pub fn drawn(&self, segments: impl IntoIterator<Item = Segment>) -> Vec<Drawn> {
        let drawn = self.with(|network, _| {
            let streets = network.streets();
            let known =
                segments.into_iter().filter_map(|one| Some((one, *self.segments.0.get(&one)?)));
            known
                .map(|(segment, edge)| Drawn {
                    segment,
                    length_m: f64::from(streets.edge_length_mm(edge)) / 1_000.0,
                    geometry: streets.edge_spots(edge).iter().map(|spot| (*spot).into()).collect(),
                })
                .collect()
        });
        drawn.unwrap_or_default()
    }

    /// Streets as a proposal weighs them: what the night adds to their length, and when somebody
    /// was there last.
    pub fn to_patrol(
        &self,
        segments: impl IntoIterator<Item = Segment>,
        visits: &LastVisits,
        at: Instant,
    ) -> Vec<Street> {
        let weighed = self.with(|network, _| {
            let streets = network.streets();
            let known =
                segments.into_iter().filter_map(|one| Some((one, *self.segments.0.get(&one)?)));
            known
                .map(|(segment, edge)| {
                    let [from, to] = streets.ends(edge);
                    let band = HourBand::at(streets.junction_at(from), at);
                    let length_mm = streets.edge_length_mm(edge);
                    let added_mm = network.cost_mm(band, edge).saturating_sub(length_mm);
                    Street {
                        segment,
                        from: Corner(from),
                        to: Corner(to),
                        length_m: f64::from(length_mm) / 1_000.0,
                        night_cost_m: f64::from(added_mm) / 1_000.0,
                        visited_at: visits.of(segment),
                    }
                })
                .collect()
        });
        weighed.unwrap_or_default()
    }

    /// The corner of these streets nearest to a point; of any of them without a point.
    pub fn corner_near(&self, streets: &[Street], at: Option<Point>) -> Option<Corner> {
        let corners = streets.iter().flat_map(|street| [street.from, street.to]);
        let Some(at) = at else { return streets.first().map(|street| street.from) };
        self.with(|network, _| {
            let away = |corner: &Corner| network.streets().junction_at(corner.0).distance_m(at);
            corners.min_by(|one, other| away(one).total_cmp(&away(other)))
        })
        .flatten()
    }

    /// Somewhere in the middle of streets.
    pub fn middle(&self, segments: impl IntoIterator<Item = Segment>) -> Option<Point> {
        let drawn = self.drawn(segments);
        drawn.get(drawn.len() / 2).and_then(|one| one.geometry.first().copied())
    }
}

#[cfg(test)]
mod tests;
