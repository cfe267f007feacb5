//! What walking takes: ways home, the nearest ready havens, a team's way to a meeting place.
//!
//! Everything has an answer without streets too: the straight line, a little longer and marked as
//! a guess, because a desk that cannot compute a route must still be able to send somebody.

use super::{laid::Laid, segments::Segments};
use kernel::{Instant, Point};
use route::{Facts, Hierarchy, HourBand, Network, Searcher, Unroutable, WayHome, WayName, Weights};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use wire::route::{OptionName, RouteOption};

/// How the straight line stands in for streets.
#[derive(Clone, Copy, Debug)]
pub struct Crow {
    /// Walked metres for each straight metre; 1.3 in dense districts.
    pub factor: f64,
    /// Metres a second; 1.2 unless the pack says otherwise.
    pub pace_m_per_s: f64,
}

/// A walk's length and duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WalkTime {
    /// Seconds.
    pub seconds: u32,
    /// Metres.
    pub length_m: u32,
    /// Guessed from the straight line: no streets are loaded there.
    pub guessed: bool,
}

/// A haven and the walk there.
#[derive(Clone, Copy, Debug)]
pub struct HavenNear {
    /// Its position among the ground's havens.
    pub haven: usize,
    /// The walk there by the covered way.
    pub walk: WalkTime,
}

/// The network, if there is one, and memory for searching it.
#[derive(Debug)]
pub struct Walking {
    network: Option<RwLock<Network>>,
    pub(super) segments: Segments,
    doors: Vec<Point>,
    searchers: Mutex<Vec<Searcher>>,
    crow: Crow,
}

impl Walking {
    pub(super) fn new(
        map: Option<&atlas::BaseMap>,
        laid: &Laid,
        weights: Weights,
        crow: Crow,
    ) -> Self {
        let mut segments = Segments::default();
        let network = map.map(|map| {
            let streets = Arc::new(map.streets());
            segments = Segments::of(&streets);
            let mut network = Network::new(Arc::clone(&streets), laid.facts.clone(), weights);
            // Under a second for a city, once per import; every answer is several times faster.
            network.customize(Arc::new(Hierarchy::new(&streets)));
            RwLock::new(network)
        });
        let doors = laid.facts.havens.iter().map(|door| door.at).collect();
        Self { network, segments, doors, searchers: Mutex::default(), crow }
    }

    /// Whether streets are loaded.
    pub const fn has_streets(&self) -> bool {
        self.network.is_some()
    }

    /// What is laid over the streets, for reports.
    pub fn facts(&self) -> Option<Facts> {
        self.with(|network, _| network.facts().clone())
    }

    /// Up to three ways, given which havens are open and ready at that hour.
    ///
    /// # Errors
    /// [`Unroutable`]; also when no streets are loaded at all.
    pub fn ways(
        &self,
        from: Point,
        to: Point,
        at: Instant,
        open: &[bool],
    ) -> Result<(HourBand, Vec<RouteOption>), Unroutable> {
        self.open_havens(open);
        let band = HourBand::at(from, at);
        let ways = self
            .with(|network, searcher| network.ways_home(searcher, from, to, band))
            .ok_or(Unroutable::FromOffStreets)??;
        let shown = |way| shown(way, from, to, self.crow);
        Ok((band, ways.iter().map(shown).collect()))
    }

    /// The nearest havens that `open` says are ready, by night cost, with the walk there.
    pub fn havens(&self, from: Point, at: Instant, count: usize, open: &[bool]) -> Vec<HavenNear> {
        let band = HourBand::at(from, at);
        let ready = |haven: u32| open.get(haven as usize).copied().unwrap_or(false);
        let reached = self
            .with(|network, searcher| network.nearest_havens(searcher, from, band, count, ready))
            .and_then(Result::ok);
        let nearest: Vec<usize> = if let Some(reached) = reached {
            reached.into_iter().map(|found| found.haven as usize).collect()
        } else {
            let mut all: Vec<usize> =
                (0..self.doors.len()).filter(|haven| ready(*haven as u32)).collect();
            all.sort_by(|a, b| {
                from.distance_m(self.doors[*a]).total_cmp(&from.distance_m(self.doors[*b]))
            });
            all.truncate(count);
            all
        };
        nearest
            .into_iter()
            .map(|haven| HavenNear { haven, walk: self.covered(from, self.doors[haven], at) })
            .collect()
    }

    fn covered(&self, from: Point, to: Point, at: Instant) -> WalkTime {
        let band = HourBand::at(from, at);
        let way = WayName::Covered;
        self.with(|network, searcher| network.way_home(searcher, from, to, band, way))
            .and_then(Result::ok)
            .map_or_else(
                || self.guess(from.distance_m(to)),
                |way| WalkTime { seconds: way.duration_s, length_m: way.length_m, guessed: false },
            )
    }

    /// The shortest walk between two points; what teams are dispatched by.
    pub fn shortest(&self, from: Point, to: Point) -> WalkTime {
        self.with(|network, searcher| network.shortest(searcher, from, to))
            .and_then(Result::ok)
            .map_or_else(
                || self.guess(from.distance_m(to)),
                |(length_m, seconds)| WalkTime { seconds, length_m, guessed: false },
            )
    }

    /// The walk between two points so far apart by the straight line: where no streets are, and
    /// where it need not be exact.
    pub fn guess(&self, straight_m: f64) -> WalkTime {
        let length_m = straight_m * self.crow.factor;
        WalkTime {
            seconds: (length_m / self.crow.pace_m_per_s).round() as u32,
            length_m: length_m.round() as u32,
            guessed: true,
        }
    }

    fn open_havens(&self, open: &[bool]) {
        let Some(network) = &self.network else { return };
        let same = {
            let network = network.read().unwrap_or_else(PoisonError::into_inner);
            network.facts().havens.iter().map(|door| door.open).eq(open.iter().copied())
        };
        if !same {
            network.write().unwrap_or_else(PoisonError::into_inner).set_open_havens(open);
        }
    }

    /// Runs a search with memory from the pool. `None` without streets.
    pub(super) fn with<T>(&self, search: impl FnOnce(&Network, &mut Searcher) -> T) -> Option<T> {
        let network = self.network.as_ref()?.read().unwrap_or_else(PoisonError::into_inner);
        let pooled = self.searchers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut searcher = pooled.unwrap_or_default();
        let found = search(&network, &mut searcher);
        self.searchers.lock().unwrap_or_else(PoisonError::into_inner).push(searcher);
        Some(found)
    }
}

/// A door lies up to so far from its street; what is longer is a stretch no map has drawn.
const BESIDE_M: f32 = 30.0;

/// The way as it is shown, with the unmapped stretches at its ends: where the map breaks off they
/// are metres she walks all the same, and nothing is known of them.
fn shown(way: &WayHome, from: Point, to: Point, crow: Crow) -> RouteOption {
    let off = |off_m: f32| if off_m > BESIDE_M { off_m.round() as u32 } else { 0 };
    let (before_m, after_m) = (off(way.from_off_m), off(way.to_off_m));
    let off_m = before_m + after_m;
    let before = (before_m > 0).then_some(from);
    let after = (after_m > 0).then_some(to);
    let line = before.iter().chain(&way.geometry).chain(&after);
    RouteOption {
        name: match way.name {
            WayName::Fast => OptionName::Fast,
            WayName::Balanced => OptionName::Balanced,
            WayName::Covered => OptionName::Covered,
        },
        length_m: way.length_m + off_m,
        duration_seconds: way.duration_s + (f64::from(off_m) / crow.pace_m_per_s).ceil() as u32,
        lit_m: way.lit_m,
        unlit_m: way.unlit_m,
        unknown_m: way.unknown_m + off_m,
        cameras: way.cameras,
        bells: way.bells,
        havens: way.havens.len() as u32,
        steps: way.steps,
        oldest_data: way.oldest.map(|day| {
            let (year, month, day) = day.date();
            format!("{year:04}-{month:02}-{day:02}")
        }),
        geometry: line.map(|point| [point.lon, point.lat]).collect(),
    }
}

#[cfg(test)]
mod tests;
