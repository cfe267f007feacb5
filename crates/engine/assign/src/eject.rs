//! Room for one more by moving one other: somebody leaves a chain, she takes the place, and the
//! one who left fits elsewhere.

use crate::chain::Chain;
use crate::fit::Fit;
use crate::night::{RequestNo, TeamNo};
use crate::plan::{Plan, Standing};

/// At most so many are asked to make room: what a decision may take is short.
const ASKED: usize = 16;

/// How far apart in time two trips may be for one to stand in the other's way, seconds.
const APART_S: i32 = 1_800;

/// Who moves where.
struct Move {
    cost: i64,
    other: RequestNo,
    from: (TeamNo, Fit),
    to: (TeamNo, Fit),
}

impl Plan {
    /// Serves an unserved request by moving one planned one. False, and nothing changed, when no
    /// single move makes room.
    pub(crate) fn squeeze(&mut self, request: RequestNo) -> bool {
        let Some(found) = self.cheapest_move(request) else { return false };
        let (team, fit) = found.from;
        self.standing[found.other.0 as usize] = Standing::Unserved;
        self.take(team, |r| r == found.other);
        self.put(request, team, fit);
        self.put(found.other, found.to.0, found.to.1);
        self.unserved.retain(|&r| r != request);
        true
    }

    /// Those who may stand in her way, the nearest first.
    fn in_the_way(&self, request: RequestNo) -> Vec<(i32, RequestNo, TeamNo)> {
        let trip = self.trip(request);
        let mut near = Vec::new();
        for team in self.teams().filter(|&t| trip.districts.contains(self.chain(t).district)) {
            for other in self.movable(team) {
                let there = self.trip(other);
                let apart_s = (there.from_s - trip.from_s).abs();
                if apart_s <= APART_S {
                    let walk_s = self.table.seconds(there.pickup, trip.pickup);
                    near.push((walk_s + apart_s / 2, other, team));
                }
            }
        }
        if near.len() > ASKED {
            near.select_nth_unstable(ASKED);
            near.truncate(ASKED);
        }
        near.sort_unstable();
        near
    }

    fn cheapest_move(&self, request: RequestNo) -> Option<Move> {
        let fitting = self.fitting(self.trip(request));
        let mut without = Chain::empty();
        let mut best: Option<Move> = None;
        for (_, other, team) in self.in_the_way(request) {
            without.copy_from(self.chain(team));
            without.slots.retain(|slot| slot.stop.request() != other);
            without.settle(&self.trips, &self.table);
            let saved = self.chain(team).cost(self.prices) - without.cost(self.prices);
            let Some(fit) = fitting.best(&without, i32::MAX, || false) else { continue };
            let so_far = i64::from(fit.cost) - saved;
            let limit = best.as_ref().map_or(i64::MAX, |b| b.cost);
            if so_far >= limit {
                continue;
            }
            let elsewhere = self.teams().filter(|&to| to != team);
            let Some(to) = self.best_among(self.trip(other), elsewhere) else { continue };
            let cost = so_far + i64::from(to.1.cost);
            if cost < limit {
                best = Some(Move { cost, other, from: (team, fit), to });
            }
        }
        best
    }
}
