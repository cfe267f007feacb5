//! Cheapest assignment of rows to columns, sparse, by shortest augmenting paths.
//!
//! A night with fixed times is a min-cost flow in which each trip carries one unit or none. Split
//! at the trips it is an assignment: every team and every door needs a successor, every meeting a
//! predecessor. Potentials keep reduced costs from falling below zero, so each augmentation is a
//! Dijkstra search that may stop at the first free column (Jonker and Volgenant 1987).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Who may be assigned to what. Columns hold one row each, the last one as many as `room` says.
pub(crate) struct Assignment {
    columns: usize,
    room: usize,
    first: Vec<u32>,
    arcs: Vec<(u32, i64)>,
}

/// What each row was given; `None` when there was nothing left for it.
pub(crate) type Given = Vec<Option<u32>>;

impl Assignment {
    /// No rows yet. The last of the `columns` takes `room` rows.
    pub(crate) fn new(columns: usize, room: usize) -> Self {
        Self { columns, room, first: vec![0], arcs: Vec::new() }
    }

    /// Offers the row being built a column.
    pub(crate) fn offer(&mut self, column: usize, cost: i64) {
        self.arcs.push((column as u32, cost));
    }

    /// Ends the row being built.
    pub(crate) fn end_row(&mut self) {
        self.first.push(self.arcs.len() as u32);
    }

    fn row(&self, row: usize) -> &[(u32, i64)] {
        &self.arcs[self.first[row] as usize..self.first[row + 1] as usize]
    }

    /// The cheapest assignment of as many rows as can be assigned in turn.
    pub(crate) fn solve(&self) -> Given {
        let rows = self.first.len() - 1;
        let mut state = Solving {
            of: self,
            given: vec![None; rows],
            held: vec![Vec::new(); self.columns],
            potential: vec![0; self.columns],
            distance: vec![i64::MAX; self.columns],
            from: vec![0; self.columns],
            done: vec![false; self.columns],
            seen: Vec::new(),
            heap: BinaryHeap::new(),
        };
        for row in 0..rows {
            state.augment(row);
        }
        state.given
    }
}

struct Solving<'a> {
    of: &'a Assignment,
    given: Given,
    held: Vec<Vec<u32>>,
    potential: Vec<i64>,
    distance: Vec<i64>,
    /// The row through which a column was reached.
    from: Vec<u32>,
    done: Vec<bool>,
    seen: Vec<u32>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Solving<'_> {
    fn room(&self, column: usize) -> usize {
        if column + 1 == self.of.columns { self.of.room } else { 1 }
    }

    /// Assigns one more row, moving others out of its way at least cost.
    fn augment(&mut self, row: usize) {
        self.relax(row, 0);
        let mut end = None;
        while let Some(Reverse((distance, column))) = self.heap.pop() {
            let at = column as usize;
            if self.done[at] || distance > self.distance[at] {
                continue;
            }
            self.done[at] = true;
            if self.held[at].len() < self.room(at) {
                end = Some((column, distance));
                break;
            }
            for nth in 0..self.held[at].len() {
                let holder = self.held[at][nth] as usize;
                self.relax(holder, distance - self.reduced(holder, at));
            }
        }
        if let Some((column, distance)) = end {
            for &seen in &self.seen {
                let at = seen as usize;
                if self.done[at] {
                    self.potential[at] += self.distance[at] - distance;
                }
            }
            self.shift(row as u32, column);
        }
        for &seen in &self.seen {
            self.distance[seen as usize] = i64::MAX;
            self.done[seen as usize] = false;
        }
        self.seen.clear();
        self.heap.clear();
    }

    /// Cost of a held arc less the column's potential.
    fn reduced(&self, row: usize, column: usize) -> i64 {
        let cost = self.of.row(row).iter().find(|&&(c, _)| c as usize == column);
        cost.map_or(0, |&(_, cost)| cost) - self.potential[column]
    }

    fn relax(&mut self, row: usize, base: i64) {
        for &(column, cost) in self.of.row(row) {
            let at = column as usize;
            let distance = base + cost - self.potential[at];
            if distance < self.distance[at] && !self.done[at] {
                if self.distance[at] == i64::MAX {
                    self.seen.push(column);
                }
                self.distance[at] = distance;
                self.from[at] = row as u32;
                self.heap.push(Reverse((distance, column)));
            }
        }
    }

    /// Moves every row on the path to `column` one further.
    fn shift(&mut self, row: u32, mut column: u32) {
        loop {
            let mover = self.from[column as usize];
            self.held[column as usize].push(mover);
            let left = self.given[mover as usize].replace(column);
            if mover == row {
                return;
            }
            let Some(old) = left else { return };
            self.held[old as usize].retain(|&held| held != mover);
            column = old;
        }
    }
}

#[cfg(test)]
mod tests;
