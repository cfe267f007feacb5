//! The nearest havens that are open, by night cost rather than by distance.

use crate::hour::HourBand;
use crate::network::{Network, Unroutable};
use crate::search::{Searcher, Stretch, exits};
use crate::streets::{Edge, Junction, Place, Streets};
use crate::tables::Measure;
use kernel::Point;

/// A haven one can walk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HavenReached {
    /// Night cost of the best way there, millimetres.
    pub cost_mm: u64,
    /// Its position in [`crate::Facts::havens`].
    pub haven: u32,
}

impl Network {
    /// The `count` havens of least night cost from a point, nearest first, among those `ready`
    /// (asked by position in [`crate::Facts::havens`]: opening hours and readiness at that hour).
    /// Fewer when there are no more.
    ///
    /// # Errors
    /// [`Unroutable::FromOffStreets`].
    pub fn nearest_havens(
        &self,
        searcher: &mut Searcher,
        from: Point,
        band: HourBand,
        count: usize,
        ready: impl Fn(u32) -> bool,
    ) -> Result<Vec<HavenReached>, Unroutable> {
        let start = self
            .streets()
            .snap(from, self.weights().choice.snap_m)
            .ok_or(Unroutable::FromOffStreets)?;
        Ok(self.havens_around(searcher, &start, band, count, ready))
    }

    fn havens_around(
        &self,
        searcher: &mut Searcher,
        start: &Place,
        band: HourBand,
        count: usize,
        ready: impl Fn(u32) -> bool,
    ) -> Vec<HavenReached> {
        let streets = self.streets();
        let mut best = Best { wanted: count, found: Vec::new() };
        if count == 0 {
            return best.found;
        }
        let measure = Measure::Cost(band);
        let weigh = |haven: u32, from_mm: u32| {
            let place = self.haven_place(haven)?;
            let stretch = Stretch { edge: place.edge, from_mm, to_mm: place.along_mm };
            ready(haven).then(|| u64::from(self.stretch_weight(measure, stretch)))
        };
        let out = exits(streets, start).map(|s| u64::from(self.stretch_weight(measure, s)));
        for &haven in self.doors().on(start.edge) {
            if let Some(cost_mm) = weigh(haven, start.along_mm) {
                best.take(HavenReached { cost_mm, haven });
            }
        }
        searcher.around(
            streets,
            (start, out),
            |e| u64::from(self.cost_mm(band, e)),
            |junction, so_far| {
                if so_far >= best.worst() {
                    return false;
                }
                for &(haven, edge_end) in self.doors().beside(junction) {
                    if let Some(rest) = weigh(haven, edge_end) {
                        best.take(HavenReached { cost_mm: so_far + rest, haven });
                    }
                }
                true
            },
        );
        best.found
    }
}

/// The best few so far, nearest first, each haven once.
struct Best {
    wanted: usize,
    found: Vec<HavenReached>,
}

impl Best {
    /// What a further one must be below.
    fn worst(&self) -> u64 {
        if self.found.len() < self.wanted {
            return u64::MAX;
        }
        self.found.last().map_or(u64::MAX, |h| h.cost_mm)
    }

    fn take(&mut self, new: HavenReached) {
        if let Some(known) = self.found.iter_mut().find(|h| h.haven == new.haven) {
            known.cost_mm = known.cost_mm.min(new.cost_mm);
        } else {
            self.found.push(new);
        }
        self.found.sort_unstable();
        self.found.truncate(self.wanted);
    }
}

/// Havens by the junctions beside them and by the edge they are on.
#[derive(Debug, Default)]
pub(crate) struct Doors {
    by_junction: Lists<(u32, u32)>,
    by_edge: Lists<u32>,
}

/// A list per key, one after another in memory.
#[derive(Debug, Default)]
struct Lists<T> {
    first: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Ord> Lists<T> {
    fn new(keys: usize, mut all: Vec<(u32, T)>) -> Self {
        all.sort_unstable();
        let mut first = vec![0_u32; keys + 1];
        for (key, _) in &all {
            first[*key as usize + 1] += 1;
        }
        for key in 0..keys {
            first[key + 1] += first[key];
        }
        Self { first, items: all.into_iter().map(|(_, item)| item).collect() }
    }
    fn of(&self, key: u32) -> &[T] {
        &self.items[self.first[key as usize] as usize..self.first[key as usize + 1] as usize]
    }
}

impl Doors {
    pub(crate) fn new(streets: &Streets, places: &[Option<Place>]) -> Self {
        let (mut by_junction, mut by_edge) = (Vec::new(), Vec::new());
        for (haven, place) in places.iter().enumerate() {
            let Some(place) = place else { continue };
            let [a, b] = streets.ends(place.edge);
            by_junction.push((a, (haven as u32, 0)));
            by_junction.push((b, (haven as u32, streets.edge_length_mm(place.edge))));
            by_edge.push((place.edge, haven as u32));
        }
        Self {
            by_junction: Lists::new(streets.junction_count(), by_junction),
            by_edge: Lists::new(streets.edge_count(), by_edge),
        }
    }
    /// Havens one edge from a junction, and at which end of their edge the junction is (mm).
    fn beside(&self, junction: Junction) -> &[(u32, u32)] {
        self.by_junction.of(junction)
    }
    /// Havens on an edge.
    fn on(&self, edge: Edge) -> &[u32] {
        self.by_edge.of(edge)
    }
}

#[cfg(test)]
mod tests;
