//! How much of a beat was seen: metres of its streets walked, of the metres it has.

use crate::{Segment, round::Event};
use kernel::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// Metres seen of a beat.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Metres of its streets that were visited.
    pub visited_m: f64,
    /// Metres of its streets.
    pub beat_m: f64,
    /// Streets of the beat that the map no longer knows: they are in neither sum.
    pub unknown_segments: usize,
}

impl Coverage {
    /// Of the streets visited in one round or in several. A street walked twice counts once; one
    /// outside the beat does not count. `length_m` is what the map says of a street.
    pub fn of(
        beat: &BTreeSet<Segment>,
        visited: &BTreeSet<Segment>,
        length_m: impl Fn(Segment) -> Option<f64>,
    ) -> Self {
        let mut coverage = Self::default();
        for segment in beat {
            let Some(length_m) = length_m(*segment).filter(|length_m| length_m.is_finite()) else {
                coverage.unknown_segments += 1;
                continue;
            };
            coverage.beat_m += length_m.max(0.0);
            if visited.contains(segment) {
                coverage.visited_m += length_m.max(0.0);
            }
        }
        coverage
    }

    /// The share seen, 0 to 1; `None` of a beat without known streets: a share of nothing is no
    /// figure.
    pub fn share(&self) -> Option<f64> {
        (self.beat_m > 0.0).then(|| self.visited_m / self.beat_m)
    }
}

/// When each street was last walked, as far as rounds have told: a fold over the journal, kept in
/// memory for [`crate::propose`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastVisits(BTreeMap<Segment, Instant>);

impl LastVisits {
    /// Takes in what happened on a round. Rounds told late do not make a street older.
    pub fn take_in(&mut self, event: &Event) {
        let Event::Visited { segments, by } = event else { return };
        for segment in segments {
            let last = self.0.entry(*segment).or_insert(*by);
            *last = (*last).max(*by);
        }
    }

    /// When somebody last walked it; `None` if nobody is known to have.
    pub fn of(&self, segment: Segment) -> Option<Instant> {
        self.0.get(&segment).copied()
    }
}

#[cfg(test)]
mod tests;
