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
    /// Seconds walked, and of those with nobody.
    pub walk_s: i64,
    /// Seconds walked with nobody.
    pub empty_s: i64,
    /// Metres walked with nobody.
    pub empty_m: i64,
    /// Seconds each waited after the beginning of her window.
    pub waits_s: Vec<i32>,
    /// Teams that walked at all.
    pub teams_used: usize,
}

/// A plan beside the instance it is for.
pub struct Checked<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// The stops of each team, by its position in the instance.
    pub visits: &'a [Vec<Visit>],
}

impl Checked<'_> {
    /// Walks every team's stops.
    pub fn judge(&self) -> Judged {
        let mut judged = Judged::default();
        let mut served = BTreeSet::new();
        let mut met = BTreeSet::new();
        for (team, visits) in self.visits.iter().enumerate() {
            if !visits.is_empty() {
                judged.teams_used += 1;
                self.walk(team, visits, &mut judged, &mut served, &mut met);
            }
        }
        judged.served = served.len();
        judged
    }

    fn walk(
        &self,
        team: usize,
        visits: &[Visit],
        judged: &mut Judged,
        served: &mut BTreeSet<usize>,
        met: &mut BTreeSet<usize>,
    ) {
        let Some(vehicle) = self.instance.vehicles.get(team) else {
            judged.violations += visits.len();
            return;
        };
        let seats = vehicle.capacity.first().map_or(0, |&seats| usize::from(seats));
        let (mut at, mut now_s) = (vehicle.start_index, vehicle.time_window[0]);
        let mut aboard = BTreeSet::new();
        for visit in visits {
            let Some(shipment) = self.instance.shipments.get(visit.request) else {
                judged.violations += 1;
                continue;
            };
            let end = match visit.kind {
                StopKind::Pickup => &shipment.pickup,
                StopKind::Delivery => &shipment.delivery,
            };
            let [from_s, by_s] = end.time_windows.first().copied().unwrap_or([0, 0]);
            now_s += self.step(judged, at, end.location_index, aboard.is_empty());
            now_s = now_s.max(from_s);
            judged.violations += usize::from(now_s > by_s);
            match visit.kind {
                StopKind::Pickup => {
                    // Met twice is once too often, also by another team.
                    judged.violations += usize::from(!met.insert(visit.request));
                    aboard.insert(visit.request);
                    judged.waits_s.push(now_s - from_s);
                }
                StopKind::Delivery => {
                    judged.violations += usize::from(!aboard.remove(&visit.request));
                    served.insert(visit.request);
                }
            }
            judged.violations += usize::from(aboard.len() > seats);
            now_s += end.service;
            at = end.location_index;
        }
        now_s += self.step(judged, at, vehicle.end_index, true);
        judged.violations += usize::from(now_s > vehicle.time_window[1] || !aboard.is_empty());
    }

    fn step(&self, judged: &mut Judged, from: usize, to: usize, empty: bool) -> i32 {
        let leg = self.instance.leg(from, to);
        judged.walk_s += i64::from(leg.seconds);
        if empty {
            judged.empty_s += i64::from(leg.seconds);
            judged.empty_m += i64::from(leg.meters);
        }
        leg.seconds
    }
}
