//! Where to walk next: of a beat's streets, those that need it most and can be reached within the
//! time there is. What a street needs is its night cost times the hours since somebody walked it.
//!
//! Choosing streets on a map under a limit of metres is the arc orienteering problem, which has no
//! quick exact answer. A beam of the best partial walks is kept: each is lengthened by one street
//! that needs it, reached by the shortest way; streets on the way count too. On a handful of
//! streets the beam holds every walk there is, and the answer is the best one.

mod paths;

use crate::{Rules, Segment};
use kernel::Instant;
use paths::Paths;
use std::{cmp::Ordering, collections::BTreeSet};

/// Partial walks kept at each length. Five streets meet at six corners at most and can be walked or
/// not: 6 × 32 walks that differ, so among five none is ever lost.
const BEAM: usize = 192;

/// Streets each partial walk is lengthened by: those that give most for each metre.
const CHOICES: usize = 12;

/// Streets a proposal may go to: more than a pair walks in a night.
const LEGS_MAX: usize = 120;

/// Where streets meet, by a number of the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Corner(pub u32);

/// A street of the beat, or one needed to get from one to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Street {
    /// Its number on the map.
    pub segment: Segment,
    /// One end.
    pub from: Corner,
    /// The other; it can be walked both ways.
    pub to: Corner,
    /// Its length in metres.
    pub length_m: f64,
    /// What walking it at night weighs on whoever walks alone, in metres of lit street; what
    /// `route` adds to its length. 0 for streets outside the beat.
    pub night_cost_m: f64,
    /// When somebody last walked it; `None` if never.
    pub visited_at: Option<Instant>,
}

impl Street {
    /// What it needs: its night cost times the hours since it was walked, up to a limit, so that
    /// one forgotten alley does not draw every patrol.
    pub fn prize(&self, rules: &Rules, now: Instant) -> f64 {
        let limit = f64::from(rules.unvisited_hours_max);
        let hours = self.visited_at.map_or(limit, |visited_at| {
            (now.since(visited_at).as_millis() as f64 / 3_600_000.0).clamp(0.0, limit)
        });
        // What the map does not know weighs nothing rather than everything.
        if self.night_cost_m.is_finite() { self.night_cost_m.max(0.0) * hours } else { 0.0 }
    }
}

/// A walk proposed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// The streets in the order they are walked; one may come twice.
    pub walk: Vec<Segment>,
    /// Its metres.
    pub length_m: f64,
    /// What the streets on it needed, each counted once.
    pub prize: f64,
}

/// Where a walk being made stands, and what it has gathered.
#[derive(Clone, Debug)]
struct Head {
    at: usize,
    /// A bit for each street.
    walked: Vec<u64>,
    length_m: f64,
    prize: f64,
}

impl Head {
    fn has(&self, street: usize) -> bool {
        self.walked.get(street / 64).is_some_and(|bits| bits >> (street % 64) & 1 == 1)
    }

    /// More of what is needed is better; of equals the shorter.
    fn order(&self, other: &Self) -> Ordering {
        other.prize.total_cmp(&self.prize).then(self.length_m.total_cmp(&other.length_m))
    }
}

/// A walk being made.
#[derive(Clone, Debug)]
struct Partial {
    head: Head,
    walk: Vec<usize>,
}

/// One of the beam made longer, before it is known whether it is kept.
struct Longer {
    head: Head,
    of: usize,
    added: Vec<usize>,
}

/// What the search looks at and never changes.
struct Search<'a> {
    streets: &'a [Street],
    ends: Vec<[usize; 2]>,
    prizes: Vec<f64>,
    paths: Paths,
    start: usize,
    budget_m: f64,
}

/// Proposes a walk of at most `budget_m` metres that begins and ends at `start`. Streets of no or
/// unknown length are left out. Empty when nothing that needs it can be reached.
pub fn propose(
    streets: &[Street],
    start: Corner,
    budget_m: f64,
    rules: &Rules,
    now: Instant,
) -> Proposal {
    let streets: Vec<Street> = streets
        .iter()
        .copied()
        .filter(|street| street.length_m.is_finite() && street.length_m > 0.0)
        .collect();
    let corners: BTreeSet<Corner> =
        streets.iter().flat_map(|street| [street.from, street.to]).chain([start]).collect();
    let corners: Vec<Corner> = corners.into_iter().collect();
    let index = |corner: Corner| corners.binary_search(&corner).unwrap_or(0);
    let ends: Vec<[usize; 2]> =
        streets.iter().map(|street| [index(street.from), index(street.to)]).collect();
    let lengths: Vec<f64> = streets.iter().map(|street| street.length_m).collect();
    let search = Search {
        prizes: streets.iter().map(|street| street.prize(rules, now)).collect(),
        paths: Paths::between_all(corners.len(), &ends, &lengths),
        streets: &streets,
        ends,
        start: index(start),
        budget_m,
    };
    search.run()
}

impl Search<'_> {
    fn run(&self) -> Proposal {
        let walked = vec![0; self.streets.len().div_ceil(64)];
        let head = Head { at: self.start, walked, length_m: 0.0, prize: 0.0 };
        let nothing = Partial { head, walk: Vec::new() };
        let mut best = nothing.clone();
        let mut beam = vec![nothing];
        for _ in 0..LEGS_MAX {
            beam = self.longer(&beam);
            let Some(first) = beam.first() else { break };
            if first.head.order(&best.head) == Ordering::Less {
                best = first.clone();
            }
        }
        self.closed(best)
    }

    /// The best of all walks that are longer by one street that needs it: those that differ in
    /// where they stand or what they have walked.
    fn longer(&self, beam: &[Partial]) -> Vec<Partial> {
        let mut longer: Vec<Longer> = Vec::new();
        for (of, partial) in beam.iter().enumerate() {
            for (street, near) in self.choices(&partial.head) {
                let mut added = self.paths.between(partial.head.at, near);
                added.push(street);
                let mut head = partial.head.clone();
                for passed in &added {
                    self.step(&mut head, *passed);
                }
                longer.push(Longer { head, of, added });
            }
        }
        longer.sort_by(|one, other| one.head.order(&other.head));
        let mut seen = BTreeSet::new();
        longer
            .retain(|one| seen.len() < BEAM && seen.insert((one.head.at, one.head.walked.clone())));
        let whole = |one: Longer| {
            let mut walk = beam[one.of].walk.clone();
            walk.extend(one.added);
            Partial { head: one.head, walk }
        };
        longer.into_iter().map(whole).collect()
    }

    /// The streets that give most for each metre, with the end each is begun at, and from which
    /// there is still time to come back.
    fn choices(&self, head: &Head) -> impl Iterator<Item = (usize, usize)> + use<> {
        let mut choices: Vec<(f64, usize, usize)> = Vec::new();
        for (street, [one, other]) in self.ends.iter().copied().enumerate() {
            let prize = self.prizes[street];
            if prize <= 0.0 || head.has(street) {
                continue;
            }
            for (near, far) in [(one, other), (other, one)] {
                let leg_m = self.paths.length_m(head.at, near) + self.streets[street].length_m;
                let home_m = self.paths.length_m(far, self.start);
                if head.length_m + leg_m + home_m <= self.budget_m {
                    choices.push((prize / leg_m, street, near));
                }
            }
        }
        choices.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        choices.into_iter().take(2 * CHOICES).map(|(_, street, near)| (street, near))
    }

    fn step(&self, head: &mut Head, street: usize) {
        let [from, to] = self.ends[street];
        head.at = if head.at == from { to } else { from };
        head.length_m += self.streets[street].length_m;
        if !head.has(street) {
            head.walked[street / 64] |= 1 << (street % 64);
            head.prize += self.prizes[street];
        }
    }

    /// The way back added, and the numbers of the map again.
    fn closed(&self, best: Partial) -> Proposal {
        let Partial { mut head, mut walk } = best;
        for passed in self.paths.between(head.at, self.start) {
            self.step(&mut head, passed);
            walk.push(passed);
        }
        Proposal {
            walk: walk.iter().map(|street| self.streets[*street].segment).collect(),
            length_m: head.length_m,
            prize: head.prize,
        }
    }
}

#[cfg(test)]
mod tests;
