//! The nearest havens that are open, by night cost rather than by distance.

use crate::hour::HourBand;
use crate::network::{Network, Unroutable};
use crate::search::{Searcher, part};
use crate::streets::Place;
use kernel::Point;
use std::collections::{BinaryHeap, HashMap};

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
        let costs = self.costs(band);
        let mut best: HashMap<u32, u64> = HashMap::new();
        let mut doors: HashMap<u32, Vec<(u32, u64)>> = HashMap::new();
        for haven in (0..self.facts().havens.len() as u32).filter(|&h| ready(h)) {
            let Some(place) = self.haven_place(haven as usize) else { continue };
            let len = streets.edge_length_mm(place.edge);
            let whole = u64::from(costs[place.edge as usize]);
            let [a, b] = streets.ends(place.edge);
            doors.entry(a).or_default().push((haven, part(whole, place.along_mm, len)));
            doors.entry(b).or_default().push((haven, part(whole, len - place.along_mm, len)));
            if place.edge == start.edge {
                best.insert(haven, part(whole, place.along_mm.abs_diff(start.along_mm), len));
            }
        }
        let wanted = count.min(self.facts().havens.len());
        if wanted == 0 {
            return Vec::new();
        }
        searcher.around(
            streets,
            start,
            |e| u64::from(costs[e as usize]),
            |junction, so_far| {
                for &(haven, rest) in doors.get(&junction).into_iter().flatten() {
                    let cost = best.entry(haven).or_insert(u64::MAX);
                    *cost = (*cost).min(so_far + rest);
                }
                best.len() < wanted || kth_least(best.values().copied(), wanted) > so_far
            },
        );
        let mut found: Vec<HavenReached> =
            best.into_iter().map(|(haven, cost_mm)| HavenReached { cost_mm, haven }).collect();
        found.sort_unstable();
        found.truncate(wanted);
        found
    }
}

fn kth_least(values: impl Iterator<Item = u64>, k: usize) -> u64 {
    let mut least = BinaryHeap::with_capacity(k + 1);
    for v in values {
        least.push(v);
        if least.len() > k {
            least.pop();
        }
    }
    least.peek().copied().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
