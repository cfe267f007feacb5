//! Who goes where: a chain for each team, and those nobody goes to yet.

use crate::chain::{Chain, Stop};
use crate::fit::{Fit, Fitting, put};
use crate::night::{Prices, Request, RequestNo, Team, TeamNo};
use crate::travel::Table;
use crate::trip::Trip;

/// Two teams are equally good for a trip if they walk about equally far for it, seconds.
const AS_GOOD_S: i32 = 60;

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

    pub(crate) fn fitting<'a>(&'a self, trip: &'a Trip) -> Fitting<'a> {
        Fitting {
            trip,
            trips: &self.trips,
            table: &self.table,
            to_pickup: self.table.seconds_to(trip.pickup),
            from_home: self.table.seconds_from(trip.home),
            prices: self.prices,
        }
    }

    /// The cheapest place for a trip in any chain.
    pub(crate) fn best_fit(&self, trip: &Trip) -> Option<(TeamNo, Fit)> {
        self.best_among(trip, self.teams())
    }

    /// The cheapest place for a trip in the chains of these teams.
    pub(crate) fn best_among(
        &self,
        trip: &Trip,
        teams: impl Iterator<Item = TeamNo>,
    ) -> Option<(TeamNo, Fit)> {
        let fitting = self.fitting(trip);
        let mut best: Option<(TeamNo, Fit)> = None;
        for team in teams {
            let limit = best.map_or(i32::MAX, |(_, fit)| fit.cost);
            if let Some(fit) = fitting.best(self.chain(team), limit, || false) {
                best = Some((team, fit));
            }
        }
        best
    }

    /// Of the places about as cheap as the cheapest, the one of the team that has walked least.
    pub(crate) fn fairest_fit(&self, trip: &Trip) -> Option<(TeamNo, Fit)> {
        let (cheapest, fit) = self.best_fit(trip)?;
        let fitting = self.fitting(trip);
        let limit = fit.cost.saturating_add(AS_GOOD_S * self.prices.empty);
        let as_good = self.teams().filter_map(|team| {
            let fit = fitting.best(self.chain(team), limit, || false)?;
            Some((self.chain(team).load_s(), fit.cost, team, fit))
        });
        let fairest = as_good.min_by_key(|&(load_s, cost, team, _)| (load_s, cost, team));
        Some(fairest.map_or((cheapest, fit), |(_, _, team, fit)| (team, fit)))
    }

    /// When a trip would be met where the fit says.
    pub(crate) fn begin_s(&self, team: TeamNo, trip: &Trip, fit: Fit) -> i32 {
        let before = self.chain(team).before(fit.meet);
        let there_s = before.leave_s + self.table.seconds(before.place, trip.pickup);
        there_s.max(trip.from_s)
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
        let open =
            |r: &RequestNo| matches!(self.standing(*r), Standing::Unserved | Standing::Planned(_));
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

    /// Fairness comes last, and costs nothing here: of teams that start alike, the one that has
    /// walked least so far takes the longest chain.
    pub(crate) fn even_out(&mut self) {
        let like = |c: &Chain| {
            let start = (c.head.place, c.head.leave_s, c.head.load, c.post, c.off_s);
            (start, c.seats, c.district.0)
        };
        let mut order: Vec<TeamNo> = self.teams().collect();
        order.sort_by_key(|&team| (like(self.chain(team)), team));
        let alike: Vec<Vec<TeamNo>> = order
            .chunk_by(|&a, &b| like(self.chain(a)) == like(self.chain(b)))
            .map(<[TeamNo]>::to_vec)
            .collect();
        for mut teams in alike.into_iter().filter(|teams| teams.len() > 1) {
            if self.chain(teams[0]).head.load > 0 {
                continue;
            }
            let mut chains: Vec<Chain> =
                teams.iter().map(|&team| self.chain(team).clone()).collect();
            chains.sort_by_key(|chain| std::cmp::Reverse(chain.busy_s(&self.table)));
            teams.sort_by_key(|&team| (self.chain(team).walked_s, team));
            for (team, mut chain) in teams.into_iter().zip(chains) {
                chain.walked_s = self.chain(team).walked_s;
                for slot in chain.slots.iter().filter(|slot| slot.stop.is_pickup()) {
                    self.standing[slot.stop.request().0 as usize] = Standing::Planned(team);
                }
                self.chains[team.0 as usize] = chain;
            }
        }
    }

    /// When a request of a chain is met.
    pub(crate) fn met_s(&self, team: TeamNo, request: RequestNo) -> Option<i32> {
        let met = Stop::pickup(request);
        self.chain(team).slots.iter().find(|slot| slot.stop == met).map(|slot| slot.begin_s)
    }
}
