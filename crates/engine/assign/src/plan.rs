//! Who goes where: a chain for each team, and those nobody goes to yet.

use crate::chain::{Chain, Head, Stop};
use crate::dispatch::Committed;
use crate::fit::{Fit, Fitting, put};
use crate::night::{Prices, Request, RequestNo, Team, TeamNo};
use crate::travel::Table;
use crate::trip::Trip;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody goes there.
    Unserved,
    /// In a team's chain, and movable.
    Planned(TeamNo),
    /// On board: her door stays in this chain.
    Aboard(TeamNo),
    /// Served, canceled or given up: no longer the plan's.
    Closed,
}

/// The chains and what they are made of.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) table: Table,
    pub(crate) trips: Vec<Trip>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) standing: Vec<Standing>,
    /// Every request that stands [`Standing::Unserved`], in no order.
    pub(crate) unserved: Vec<RequestNo>,
    pub(crate) prices: Prices,
}

impl Plan {
    pub(crate) fn new(table: Table, teams: &[Team], requests: &[Request], prices: Prices) -> Self {
        let trips: Vec<Trip> = requests.iter().map(|r| Trip::new(r, &table)).collect();
        let mut chains: Vec<Chain> = teams.iter().map(Chain::new).collect();
        for chain in &mut chains {
            chain.settle(&trips, &table);
        }
        Self {
            chains,
            standing: vec![Standing::Unserved; trips.len()],
            unserved: (0..trips.len() as u32).map(RequestNo).collect(),
            table,
            trips,
            prices,
        }
    }

    #[inline]
    pub(crate) fn trip(&self, request: RequestNo) -> &Trip {
        &self.trips[request.0 as usize]
    }

    #[inline]
    pub(crate) fn standing(&self, request: RequestNo) -> Standing {
        self.standing[request.0 as usize]
    }

    pub(crate) fn planned(&self, request: RequestNo) -> Option<TeamNo> {
        match self.standing(request) {
            Standing::Planned(team) => Some(team),
            _ => None,
        }
    }

    pub(crate) fn chain(&self, team: TeamNo) -> &Chain {
        &self.chains[team.0 as usize]
    }

    pub(crate) fn teams(&self) -> impl Iterator<Item = TeamNo> + use<> {
        (0..self.chains.len() as u32).map(TeamNo)
    }

    pub(crate) fn fitting(&self, request: RequestNo) -> Fitting<'_> {
        let trip = self.trip(request);
        Fitting {
            trip,
            to_pickup: self.table.seconds_to(trip.pickup),
            from_home: self.table.seconds_from(trip.home),
            trips: &self.trips,
            table: &self.table,
            prices: self.prices,
        }
    }

    /// The cheapest place for a request in any chain.
    pub(crate) fn best_fit(&self, request: RequestNo) -> Option<(TeamNo, Fit)> {
        let fitting = self.fitting(request);
        let mut best: Option<(TeamNo, Fit)> = None;
        for team in self.teams() {
            let limit = best.map_or(i32::MAX, |(_, fit)| fit.cost);
            if let Some(fit) = fitting.best(self.chain(team), limit, || false) {
                best = Some((team, fit));
            }
        }
        best
    }

    /// Puts an unserved request where the fit says. The list of the unserved is the caller's.
    pub(crate) fn put(&mut self, request: RequestNo, team: TeamNo, fit: Fit) {
        let chain = &mut self.chains[team.0 as usize];
        put(chain, request, &self.trips[request.0 as usize], fit);
        let kept = chain.settle(&self.trips, &self.table);
        debug_assert!(kept, "a fit that does not fit");
        self.standing[request.0 as usize] = Standing::Planned(team);
    }

    /// Takes the requests `gone` names out of a chain. The list of the unserved is the caller's.
    pub(crate) fn take(&mut self, team: TeamNo, gone: impl Fn(RequestNo) -> bool) {
        let chain = &mut self.chains[team.0 as usize];
        chain.slots.retain(|slot| !gone(slot.stop.request()));
        chain.settle(&self.trips, &self.table);
    }

    /// Whoever may still be moved or served, in order of asking.
    pub(crate) fn open(&self) -> Vec<RequestNo> {
        let open = |r: &RequestNo| {
            matches!(self.standing(*r), Standing::Unserved | Standing::Planned(_))
        };
        (0..self.trips.len() as u32).map(RequestNo).filter(open).collect()
    }

    /// The requests of a chain that may be moved, in the order they are met.
    pub(crate) fn movable(&self, team: TeamNo) -> impl Iterator<Item = RequestNo> + '_ {
        let pickups = self.chain(team).slots.iter().filter(|slot| slot.stop.is_pickup());
        pickups.map(|slot| slot.stop.request())
    }

    pub(crate) fn cost(&self) -> i64 {
        self.chains.iter().map(|chain| chain.cost(self.prices)).sum()
    }

    /// The stops of a chain.
    pub(crate) fn stops(&self, team: TeamNo) -> impl Iterator<Item = Stop> + '_ {
        self.chain(team).slots.iter().map(|slot| slot.stop)
    }

    pub(crate) fn join(&mut self, team: &Team) {
        let mut chain = Chain::new(team);
        chain.settle(&self.trips, &self.table);
        self.chains.push(chain);
    }

    pub(crate) fn ask(&mut self, trip: Trip) {
        self.unserved.push(RequestNo(self.trips.len() as u32));
        self.trips.push(trip);
        self.standing.push(Standing::Unserved);
    }

    /// When a request of a chain is met.
    pub(crate) fn met_s(&self, team: TeamNo, request: RequestNo) -> Option<i32> {
        let met = Stop::pickup(request);
        self.chain(team).slots.iter().find(|slot| slot.stop == met).map(|slot| slot.begin_s)
    }

    /// Commits a team to its next leg if it must leave by now.
    pub(crate) fn due(&mut self, team: TeamNo, now_s: i32) -> Option<Committed> {
        let chain = &mut self.chains[team.0 as usize];
        let slot = *chain.slots.first()?;
        let walk_s = self.table.seconds(chain.head.place, slot.place);
        let leave_s = slot.begin_s - walk_s;
        if leave_s > now_s {
            return None;
        }
        chain.slots.remove(0);
        chain.head = Head {
            place: slot.place,
            leave_s: slot.leave_s,
            load: slot.load,
            shares: slot.shares,
        };
        chain.settle(&self.trips, &self.table);
        let request = slot.stop.request();
        let meets = slot.stop.is_pickup();
        self.standing[request.0 as usize] =
            if meets { Standing::Aboard(team) } else { Standing::Closed };
        Some(Committed { team, request, meets, leave_s, begin_s: slot.begin_s })
    }

    /// A team that has not left yet leaves now at the earliest.
    pub(crate) fn wait_until(&mut self, team: TeamNo, now_s: i32) {
        let chain = &mut self.chains[team.0 as usize];
        if chain.head.leave_s < now_s {
            chain.head.leave_s = now_s;
            chain.settle(&self.trips, &self.table);
        }
    }

    /// No longer the plan's to serve.
    pub(crate) fn close(&mut self, request: RequestNo) {
        self.unserved.retain(|&other| other != request);
        self.standing[request.0 as usize] = Standing::Closed;
    }
}
