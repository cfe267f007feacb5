//! Tables: from one place to many, and from many to many, on a customized hierarchy.
//!
//! Every way's highest rank lies above both its ends. So each target leaves its weight at every
//! rank above it, once; a query climbs from its start and, at each rank, adds what it has so far
//! to what the targets below left there. Targets are kept in the order of the elimination tree:
//! those below a rank are then one run of memory, and the adding is a plain loop over two rows.

use crate::customize::{FAR, Metric};
use crate::hierarchy::{Hierarchy, NONE};
use crate::query::{Climber, Doors};

/// Targets laid on a hierarchy for one metric.
#[derive(Clone, Debug)]
pub struct Targets {
    /// For each place in tree order the position it was given in.
    given: Vec<u32>,
    /// For each rank its row, or `NONE`.
    row_of: Vec<u32>,
    rows: Vec<Row>,
    weights: Vec<u32>,
}

/// Which targets (in tree order) lie below a rank, and where their weights begin.
#[derive(Clone, Copy, Debug)]
struct Row {
    from: u32,
    to: u32,
    start: u32,
}

impl Targets {
    /// Lays targets on the hierarchy. About 5 µs each.
    pub(crate) fn pin(
        climber: &mut Climber,
        hierarchy: &Hierarchy,
        metric: &Metric,
        doors: &[Doors],
    ) -> Self {
        let low = |t: u32| {
            let [(a, _), (b, _)] = doors[t as usize];
            a.min(b)
        };
        let mut given: Vec<u32> = (0..doors.len() as u32).collect();
        given.sort_by_key(|&t| (hierarchy.dfs[low(t) as usize], t));
        let mut row_of = vec![NONE; hierarchy.parent.len()];
        let mut rows: Vec<Row> = Vec::new();
        for (place, &target) in given.iter().enumerate() {
            let place = place as u32;
            let mut v = low(target);
            while v != NONE {
                let row = row_of[v as usize];
                if row == NONE {
                    row_of[v as usize] = rows.len() as u32;
                    rows.push(Row { from: place, to: place + 1, start: 0 });
                } else {
                    rows[row as usize].to = place + 1;
                }
                v = hierarchy.parent[v as usize];
            }
        }
        let mut total = 0;
        for row in &mut rows {
            row.start = total;
            total += row.to - row.from;
        }
        let mut weights = vec![FAR; total as usize];
        for (place, &target) in given.iter().enumerate() {
            climber.climb(hierarchy, metric, &doors[target as usize], |v, weight| {
                let row = rows[row_of[v as usize] as usize];
                weights[(row.start + place as u32 - row.from) as usize] = weight;
            });
        }
        Self { given, row_of, rows, weights }
    }

    pub(crate) fn len(&self) -> usize {
        self.given.len()
    }

    /// The least weight from a start to every target, in the order given; `FAR` where there is no
    /// way. `scratch` is memory to work in.
    pub(crate) fn from(
        &self,
        climber: &mut Climber,
        hierarchy: &Hierarchy,
        metric: &Metric,
        start: &Doors,
        scratch: &mut Vec<u32>,
        into: &mut Vec<u32>,
    ) {
        scratch.clear();
        scratch.resize(self.given.len(), FAR);
        climber.climb(hierarchy, metric, start, |v, so_far| {
            let row = self.row_of[v as usize];
            if row == NONE {
                return;
            }
            let Row { from, to, start } = self.rows[row as usize];
            let left = &self.weights[start as usize..(start + to - from) as usize];
            for (best, &rest) in scratch[from as usize..to as usize].iter_mut().zip(left) {
                *best = (*best).min(so_far + rest);
            }
        });
        into.clear();
        into.resize(self.given.len(), FAR);
        for (&target, &weight) in self.given.iter().zip(scratch.iter()) {
            into[target as usize] = weight.min(FAR);
        }
    }
}
