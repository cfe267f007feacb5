//! The shortest ways between all corners of a beat: a few hundred corners, so a table.

use std::{cmp::Reverse, collections::BinaryHeap};

/// No way leads there.
const NOWHERE: usize = usize::MAX;

/// A length in metres as the heap orders it.
#[derive(Clone, Copy, PartialEq)]
struct Metres(f64);

impl Eq for Metres {}
impl PartialOrd for Metres {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Metres {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Lengths and first streets of all shortest ways.
pub(super) struct Paths {
    corners: usize,
    lengths_m: Vec<f64>,
    /// The street by which a way from `a` arrives at `b`, and the corner before it.
    last: Vec<(usize, usize)>,
}

impl Paths {
    /// Searches from every corner.
    pub(super) fn between_all(corners: usize, ends: &[[usize; 2]], lengths_m: &[f64]) -> Self {
        let mut around: Vec<Vec<(usize, usize, f64)>> = vec![Vec::new(); corners];
        for (street, (ends, length_m)) in ends.iter().zip(lengths_m).enumerate() {
            around[ends[0]].push((street, ends[1], *length_m));
            around[ends[1]].push((street, ends[0], *length_m));
        }
        let mut paths = Self {
            corners,
            lengths_m: vec![f64::INFINITY; corners * corners],
            last: vec![(NOWHERE, NOWHERE); corners * corners],
        };
        for from in 0..corners {
            paths.search(from, &around);
        }
        paths
    }

    fn search(&mut self, from: usize, around: &[Vec<(usize, usize, f64)>]) {
        let row = from * self.corners;
        let mut heap = BinaryHeap::from([Reverse((Metres(0.0), from))]);
        self.lengths_m[row + from] = 0.0;
        while let Some(Reverse((Metres(length_m), corner))) = heap.pop() {
            if length_m > self.lengths_m[row + corner] {
                continue;
            }
            for &(street, next, street_m) in &around[corner] {
                let longer_m = length_m + street_m;
                if longer_m < self.lengths_m[row + next] {
                    self.lengths_m[row + next] = longer_m;
                    self.last[row + next] = (street, corner);
                    heap.push(Reverse((Metres(longer_m), next)));
                }
            }
        }
    }

    /// Metres of the shortest way; infinite if there is none.
    pub(super) fn length_m(&self, from: usize, to: usize) -> f64 {
        self.lengths_m[from * self.corners + to]
    }

    /// The streets of the shortest way, in order; none if there is none or nowhere to go.
    pub(super) fn between(&self, from: usize, to: usize) -> Vec<usize> {
        let mut streets = Vec::new();
        let mut at = to;
        while at != from {
            let (street, before) = self.last[from * self.corners + at];
            if street == NOWHERE {
                return Vec::new();
            }
            streets.push(street);
            at = before;
        }
        streets.reverse();
        streets
    }
}
