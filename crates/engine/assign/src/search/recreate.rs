//! Recreate: everybody back at the cheapest place, in an order that varies.

use super::Search;
use crate::fit::Fit;
use crate::night::{RequestNo, TeamNo};
use crate::plan::Standing;

/// Up to so many teams every chain is tried; beyond, those of neighbors.
const FEW_TEAMS: usize = 80;

impl Search<'_> {
    /// Puts everybody back who fits.
    pub(super) fn recreate(&mut self) {
        self.order();
        self.plan.unserved.clear();
        let bank = std::mem::take(&mut self.bank);
        for &(key, request) in &bank {
            let was_served = key & 1 == 0;
            if let Some((team, fit)) = self.place(request, was_served) {
                self.touch(team);
                self.plan.put(request, team, fit);
            } else {
                self.absent[request.0 as usize] += 1;
                self.plan.unserved.push(request);
            }
        }
        self.bank = bank;
    }

    /// The order of putting back. The lowest bit of a key says that the request was unserved
    /// before, so that only opened chains are tried for it.
    fn order(&mut self) {
        self.bank.clear();
        let rule = self.dice.below(12);
        let plan = &*self.plan;
        let absent = &self.absent;
        let dice = &mut self.dice;
        let mut key = |request: RequestNo| -> i64 {
            let trip = plan.trip(request);
            match rule {
                0..4 => (dice.bits() >> 40) as i64,
                4..8 => -i64::from(absent[request.0 as usize]),
                8 => i64::from(trip.from_s),
                9 => -i64::from(trip.from_s),
                10 => -i64::from(trip.direct_s),
                _ => i64::from(trip.direct_s),
            }
        };
        for &request in &self.removed {
            self.bank.push((key(request) << 1, request));
        }
        for &request in &plan.unserved {
            self.bank.push((key(request) << 1 | 1, request));
        }
        self.bank.sort_unstable();
    }

    /// The cheapest place: in any chain nearby for somebody just taken out, in the opened chains
    /// for somebody nobody went to before (the others were tried in vain already).
    fn place(&mut self, request: RequestNo, was_served: bool) -> Option<(TeamNo, Fit)> {
        if was_served {
            self.look_around(request);
        }
        let plan = &*self.plan;
        let fitting = plan.fitting(plan.trip(request));
        let (blink, dice) = (self.tuning.blink, &mut self.dice);
        let mut best: Option<(TeamNo, Fit)> = None;
        let mut consider = |team: TeamNo| {
            let limit = best.map_or(i32::MAX, |(_, fit)| fit.cost);
            if let Some(fit) = fitting.best(plan.chain(team), limit, || dice.chance(blink)) {
                best = Some((team, fit));
            }
        };
        for &(team, _) in &self.undo.chains {
            consider(team);
        }
        if was_served {
            for &team in &self.around {
                consider(team);
            }
        }
        best
    }

    /// The chains nearby that this round has not opened, into `self.around`.
    pub(super) fn look_around(&mut self, request: RequestNo) {
        let plan = &*self.plan;
        let closed = |team: &TeamNo| self.undo.stamp[team.0 as usize] != self.round;
        self.around.clear();
        if plan.chains.len() <= FEW_TEAMS {
            self.around.extend(plan.teams().filter(closed));
            return;
        }
        self.trial += 1;
        let planned = self.near.requests(request).iter().filter_map(|&r| plan.planned(r));
        let teams = planned.chain(self.near.teams(request).iter().copied()).filter(closed);
        for team in teams {
            let tried = &mut self.tried[team.0 as usize];
            if *tried != self.trial {
                *tried = self.trial;
                self.around.push(team);
            }
        }
    }

    /// Leaves out whoever saves most until no more than `stop` are served, or nobody saves.
    pub(super) fn shed(&mut self, stop: usize) {
        while self.open.len() - self.plan.unserved.len() > stop {
            let Some((team, request)) = self.dearest() else { return };
            self.touch(team);
            self.plan.standing[request.0 as usize] = Standing::Unserved;
            self.plan.take(team, |other| other == request);
            self.plan.unserved.push(request);
        }
    }

    /// The trip that is walked to and from for longest, of those walked alone.
    fn dearest(&self) -> Option<(TeamNo, RequestNo)> {
        let plan = &*self.plan;
        let mut best: Option<(i32, TeamNo, RequestNo)> = None;
        for team in plan.teams() {
            let chain = plan.chain(team);
            for (at, slot) in chain.slots.iter().enumerate().filter(|(_, s)| s.stop.is_pickup()) {
                let Some(saving_s) = chain.saving_s(at, &plan.table) else { continue };
                if saving_s > best.map_or(0, |(most_s, ..)| most_s) {
                    best = Some((saving_s, team, slot.stop.request()));
                }
            }
        }
        best.map(|(_, team, request)| (team, request))
    }
}
