//! Which requests have to do with one another: close in place and in time.

use crate::night::{RequestNo, TeamNo};
use crate::plan::Plan;
use crate::trip::Trip;

/// Neighbors kept for each request.
const REQUESTS: usize = 48;
/// Teams whose head is near, kept for each request.
const TEAMS: usize = 8;

/// For each open request its neighbors, nearest first.
pub(crate) struct Near {
    /// Position in the lists, by request; `u32::MAX` for closed ones.
    index: Vec<u32>,
    requests: Vec<Vec<RequestNo>>,
    teams: Vec<Vec<TeamNo>>,
}

impl Near {
    pub(crate) fn new(plan: &Plan, open: &[RequestNo]) -> Self {
        let mut index = vec![u32::MAX; plan.trips.len()];
        let mut near = Self { index: Vec::new(), requests: Vec::new(), teams: Vec::new() };
        let mut scored: Vec<(i32, RequestNo)> = Vec::with_capacity(open.len());
        for (at, &one) in open.iter().enumerate() {
            index[one.0 as usize] = at as u32;
            let trip = plan.trip(one);
            scored.clear();
            let others = open.iter().filter(|&&other| other != one);
            scored.extend(others.map(|&other| (distance_s(plan, trip, plan.trip(other)), other)));
            near.requests.push(nearest(&mut scored, REQUESTS));
            let mut heads: Vec<(i32, TeamNo)> = plan
                .teams()
                .filter(|&team| trip.districts.contains(plan.chain(team).district))
                .map(|team| {
                    let head = plan.chain(team).head;
                    let walk_s = plan.table.seconds(head.place, trip.pickup);
                    (walk_s + (head.leave_s - trip.from_s).max(0), team)
                })
                .collect();
            near.teams.push(nearest(&mut heads, TEAMS));
        }
        near.index = index;
        near
    }

    pub(crate) fn requests(&self, request: RequestNo) -> &[RequestNo] {
        self.lists(request, &self.requests)
    }

    pub(crate) fn teams(&self, request: RequestNo) -> &[TeamNo] {
        self.lists(request, &self.teams)
    }

    fn lists<'a, T>(&self, request: RequestNo, lists: &'a [Vec<T>]) -> &'a [T] {
        let at = self.index.get(request.0 as usize).map_or(usize::MAX, |&at| at as usize);
        lists.get(at).map_or(&[], Vec::as_slice)
    }
}

fn nearest<T: Copy + Ord>(scored: &mut Vec<(i32, T)>, count: usize) -> Vec<T> {
    if scored.len() > count {
        scored.select_nth_unstable(count);
        scored.truncate(count);
    }
    scored.sort_unstable();
    scored.iter().map(|&(_, what)| what).collect()
}

/// How far apart two trips are, seconds: one after the other (walking and standing between them),
/// or one instead of the other.
fn distance_s(plan: &Plan, a: &Trip, b: &Trip) -> i32 {
    let after = |first: &Trip, then: &Trip| {
        let walk_s = plan.table.seconds(first.home, then.pickup);
        let there_s = first.done_s + walk_s;
        if there_s > then.by_s { i32::MAX } else { walk_s + (then.from_s - there_s).max(0) / 2 }
    };
    let instead =
        plan.table.seconds(a.pickup, b.pickup).saturating_add((a.from_s - b.from_s).abs());
    after(a, b).min(after(b, a)).min(instead)
}
