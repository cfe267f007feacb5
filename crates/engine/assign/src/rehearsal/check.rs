//! An independent judge of a plan: it walks each team's stops by the instance's own numbers and
//! knows nothing of chains, tables or searches. The rules are those of `vrpcommon.check`.

use super::instance::Instance;
use serde::Serialize;
use std::collections::BTreeSet;

/// Meeting somebody or saying good-bye at her door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StopKind {
    /// Met.
    Pickup,
    /// At her door.
    Delivery,
}

/// One stop of one team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// Which end of the walk.
    pub kind: StopKind,
    /// Position of the request in the instance.
    pub request: usize,
}

/// What the judge found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// People brought home.
    pub served: usize,
    /// Broken windows, people forgotten, one too many on board, shifts overrun.
    pub violations: usize,
    /// Metres walked.
    pub walk_m: i64,
    /// Seconds walked with nobody.
    pub empty_s: i64,
    /// Metres walked with nobody.
    pub empty_m: i64,
    /// Seconds each waited after the beginning of her window.
    pub waits_s: Vec<i32>,
    /// Teams that walked at all.
    pub teams_used: usize,
}

/// Walks every team's stops (by its position in the instance) and says what comes of it.
pub fn judge(instance: &Instance, visits: &[Vec<Visit>]) -> Judged {
    let mut judge =
        Judge { instance, judged: Judged::default(), met: BTreeSet::new(), home: BTreeSet::new() };
    for (team, stops) in visits.iter().enumerate().filter(|(_, stops)| !stops.is_empty()) {
        judge.judged.teams_used += 1;
        judge.walk(team, stops);
    }
    judge.judged.served = judge.home.len();
    judge.judged
}

struct Judge<'a> {
    instance: &'a Instance,
    judged: Judged,
    met: BTreeSet<usize>,
    home: BTreeSet<usize>,
}

impl Judge<'_> {
    fn walk(&mut self, team: usize, stops: &[Visit]) {
        let Some(vehicle) = self.instance.vehicles.get(team) else {
            self.judged.violations += stops.len();
            return;
        };
        let seats = vehicle.capacity.first().map_or(0, |&seats| usize::from(seats));
        let (mut at, mut now_s) = (vehicle.start_index, vehicle.time_window[0]);
        let mut aboard = BTreeSet::new();
        for stop in stops {
            let Some(shipment) = self.instance.shipments.get(stop.request) else {
                self.judged.violations += 1;
                continue;
            };
            let end = match stop.kind {
                StopKind::Pickup => &shipment.pickup,
                StopKind::Delivery => &shipment.delivery,
            };
            let [from_s, by_s] = end.time_windows.first().copied().unwrap_or([0, 0]);
            now_s += self.step(at, end.location_index, aboard.is_empty());
            now_s = now_s.max(from_s);
            let mut broken = usize::from(now_s > by_s);
            match stop.kind {
                StopKind::Pickup => {
                    // Met twice is once too often, also by another team.
                    broken += usize::from(!self.met.insert(stop.request));
                    aboard.insert(stop.request);
                    self.judged.waits_s.push(now_s - from_s);
                }
                StopKind::Delivery => {
                    broken += usize::from(!aboard.remove(&stop.request));
                    self.home.insert(stop.request);
                }
            }
            broken += usize::from(aboard.len() > seats);
            self.judged.violations += broken;
            now_s += end.service;
            at = end.location_index;
        }
        now_s += self.step(at, vehicle.end_index, true);
        let late = now_s > vehicle.time_window[1];
        self.judged.violations += usize::from(late || !aboard.is_empty());
    }

    fn step(&mut self, from: usize, to: usize, empty: bool) -> i32 {
        let leg = self.instance.leg(from, to);
        self.judged.walk_m += i64::from(leg.meters);
        if empty {
            self.judged.empty_s += i64::from(leg.seconds);
            self.judged.empty_m += i64::from(leg.meters);
        }
        leg.seconds
    }
}

#[cfg(test)]
mod tests;
