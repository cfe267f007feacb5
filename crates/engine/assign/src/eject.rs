//! Room for one more by moving one other: somebody leaves a chain, she takes the place, and the
//! one who left fits elsewhere.

use crate::chain::Chain;
use crate::fit::Fit;
use crate::night::{RequestNo, TeamNo};
use crate::plan::{Plan, Standing};

impl Plan {
    /// Serves an unserved request by moving one planned one. False, and nothing changed, when no
    /// single move makes room.
    pub(crate) fn squeeze(&mut self, request: RequestNo) -> bool {
        let trip = *self.trip(request);
        let mut spare = Chain::empty();
        let mut best: Option<(i64, TeamNo, RequestNo, Fit, TeamNo, Fit)> = None;
        for team in self.teams() {
            if !trip.districts.contains(self.chain(team).district) { continue }
            let near: Vec<RequestNo> = self
                .movable(team)
                .filter(|&other| {
                    let other = self.trip(other);
                    other.from_s < trip.by_s + 1_800 && trip.from_s < other.by_s + 1_800
                })
                .collect();
            for other in near {
                spare.copy_from(self.chain(team));
                let before = spare.cost(self.prices);
                spare.slots.retain(|slot| slot.stop.request() != other);
                spare.settle(&self.trips, &self.table);
                let saved = before - spare.cost(self.prices);
                let Some(fit) = self.fitting(request).best(&spare, i32::MAX, || false) else {
                    continue;
                };
                let limit = best.map_or(i64::MAX, |b| b.0);
                let so_far = i64::from(fit.cost) - saved;
                if so_far >= limit { continue }
                let fitting = self.fitting(other);
                let mut to: Option<(TeamNo, Fit)> = None;
                for goes in self.teams().filter(|&t| t != team) {
                    let limit = to.map_or(i32::MAX, |(_, f)| f.cost);
                    if let Some(f) = fitting.best(self.chain(goes), limit, || false) {
                        to = Some((goes, f));
                    }
                }
                if let Some((goes, f)) = to {
                    let cost = so_far + i64::from(f.cost);
                    if cost < limit {
                        best = Some((cost, team, other, fit, goes, f));
                    }
                }
            }
        }
        let Some((_, team, other, fit, goes, there)) = best else { return false };
        self.standing[other.0 as usize] = Standing::Unserved;
        self.take(team, |r| r == other);
        self.put(request, team, fit);
        self.put(other, goes, there);
        self.unserved.retain(|&r| r != request);
        true
    }
}
