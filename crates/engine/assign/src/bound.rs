//! How many can be served at most, and the best plan in which nobody waits.
//!
//! With one person at a time a night is a set of chains of trips. Give every trip a fixed time and
//! the best set of chains is an assignment, solved exactly in a moment. Give it *optimistic* times
//! instead, leaving as if it had been met as early as anybody could and met as late as allowed:
//! every real plan remains possible, so what comes out bounds what any plan can serve. Give it the
//! moment she asked for, and the outcome is a plan: nobody waits in it.

use crate::chain::{Slot, Stop};
use crate::matching::Assignment;
use crate::night::{RequestNo, TeamNo};
use crate::plan::{Plan, Standing};
use crate::trip::Trip;

/// More than all walking of any night together, seconds.
const LEFT_OUT: i64 = 1 << 40;

/// Which times the trips are given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    /// Left as early, met as late as possible: a bound.
    Optimistic,
    /// Met when she asked to be: a plan.
    Asked,
}

/// An upper bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// No plan serves more people than this, each walked alone.
    pub served: usize,
    /// What the relaxed plan walks empty, seconds. No bound on the walking of a plan that serves
    /// fewer.
    pub empty_s: i64,
}

impl Plan {
    /// The bound on how many of the planned and the unserved can be served with one person at a
    /// time. Sharing can serve more.
    pub(crate) fn bound(&self) -> Bound {
        let (_, links) = self.links(Times::Optimistic);
        Bound {
            served: links.iter().filter(|link| link.served).count(),
            empty_s: links.iter().map(|link| i64::from(link.walk_s)).sum(),
        }
    }

    /// Replaces what can be moved by the best plan in which nobody waits.
    pub(crate) fn start_without_waiting(&mut self) {
        let (open, links) = self.links(Times::Asked);
        for &request in &open {
            self.standing[request.0 as usize] = Standing::Unserved;
        }
        for team in self.teams() {
            let mut order: Vec<RequestNo> = Vec::new();
            let mut at = links[team.0 as usize].trip;
            while let Some(trip) = at {
                order.push(open[trip]);
                at = links[self.chains.len() + trip].trip;
            }
            self.lay(team, order);
        }
        let standing = &self.standing;
        self.unserved = open;
        self.unserved.retain(|request| standing[request.0 as usize] == Standing::Unserved);
    }

    /// Gives a team these trips, in this order, as far as its shift lasts: links only know that
    /// some team's post is near enough.
    fn lay(&mut self, team: TeamNo, mut order: Vec<RequestNo>) {
        let chain = &mut self.chains[team.0 as usize];
        loop {
            chain.slots.clear();
            for &request in &order {
                let trip = &self.trips[request.0 as usize];
                chain.slots.push(Slot::new(Stop::pickup(request), trip.pickup));
                chain.slots.push(Slot::new(Stop::home(request), trip.home));
            }
            if chain.settle(&self.trips, &self.table) || order.pop().is_none() {
                break;
            }
        }
        for &request in &order {
            self.standing[request.0 as usize] = Standing::Planned(team);
        }
    }

    /// The open requests, and what follows each team (first) and each of these requests (then) in
    /// the cheapest relaxed plan that serves most.
    fn links(&self, times: Times) -> (Vec<RequestNo>, Vec<Link>) {
        let open = self.open();
        let trips: Vec<Timed> = open.iter().map(|&r| self.timed(self.trip(r), times)).collect();
        let home = trips.len();
        let mut assignment = Assignment::new(home + 1, self.chains.len());
        let mut walks: Vec<Vec<(usize, i32)>> = Vec::new();
        for chain in &self.chains {
            let (place, leave_s) = (chain.tail().place, chain.tail().leave_s);
            let mut walk: Vec<(usize, i32)> = Vec::new();
            for (at, next) in trips.iter().enumerate() {
                let walk_s = self.table.seconds(place, next.trip.pickup);
                let lends = next.trip.districts.contains(chain.district);
                if next.possible && lends && leave_s + walk_s <= next.by_s {
                    walk.push((at, walk_s));
                }
            }
            walk.push((home, 0));
            walks.push(walk);
        }
        for (from, trip) in trips.iter().enumerate() {
            let mut walk = Vec::new();
            if trip.possible {
                let away = self.table.seconds_from(trip.trip.home);
                for (at, next) in trips.iter().enumerate() {
                    let walk_s = away[next.trip.pickup.0 as usize];
                    if at != from && next.possible && trip.done_s + walk_s <= next.by_s {
                        walk.push((at, walk_s));
                    }
                }
                walk.push((home, trip.back_s));
            }
            walks.push(walk);
        }
        for (row, walk) in walks.iter().enumerate() {
            if let Some(own) = row.checked_sub(self.chains.len()) {
                assignment.offer(own, LEFT_OUT * i64::from(trips[own].trip.weight));
            }
            for &(column, walk_s) in walk {
                assignment.offer(column, i64::from(walk_s));
            }
            assignment.end_row();
        }
        let link = |(row, column): (usize, Option<u32>)| {
            let column = column.map_or(home, |column| column as usize);
            let left_out = row.checked_sub(self.chains.len()) == Some(column);
            let walk_s = walks[row].iter().find(|&&(at, _)| at == column).map_or(0, |w| w.1);
            let trip = (column < home && !left_out).then_some(column);
            Link { trip, served: !left_out && row >= self.chains.len(), walk_s }
        };
        let links = assignment.solve().into_iter().enumerate().map(link).collect();
        (open, links)
    }

    fn timed<'a>(&self, trip: &'a Trip, times: Times) -> Timed<'a> {
        let reached_s = |chain: &crate::chain::Chain| {
            let tail = chain.tail();
            tail.leave_s + self.table.seconds(tail.place, trip.pickup)
        };
        let lending = || self.chains.iter().filter(|c| trip.districts.contains(c.district));
        let (begin_s, by_s) = match times {
            Times::Asked => (trip.from_s, trip.from_s),
            Times::Optimistic => {
                let reached_s = lending().map(reached_s).min().unwrap_or(i32::MAX);
                (trip.from_s.max(reached_s), trip.by_s)
            }
        };
        let done_s = if begin_s <= by_s { trip.leave_s(begin_s) } else { i32::MAX };
        let back = |chain: &crate::chain::Chain| {
            let back_s = self.table.seconds(trip.home, chain.post);
            (done_s.saturating_add(back_s) <= chain.off_s).then_some(back_s)
        };
        let back_s = lending().filter_map(back).min();
        Timed { trip, done_s, by_s, back_s: back_s.unwrap_or(0), possible: back_s.is_some() }
    }
}

/// A trip with its times fixed.
struct Timed<'a> {
    trip: &'a Trip,
    done_s: i32,
    by_s: i32,
    back_s: i32,
    possible: bool,
}

/// What a team or a trip is followed by.
#[derive(Clone, Copy)]
struct Link {
    trip: Option<usize>,
    served: bool,
    walk_s: i32,
}

#[cfg(test)]
mod tests;
