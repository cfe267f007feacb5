//! Small invented nights for tests, and the slow ways of answering.

use crate::dice::Dice;
use crate::night::{DistrictNo, Districts, Prices, Request, Team, Window};
use crate::plan::Plan;
use crate::travel::{Leg, PlaceNo, Table};

pub(crate) const PRICES: Prices = Prices { empty: 10, wait: 1, left_out_s: 1_000_000 };

/// A town on a grid of streets, and who is in it tonight.
pub(crate) struct Town {
    pub(crate) corners: Vec<[i32; 2]>,
    pub(crate) teams: Vec<Team>,
    pub(crate) requests: Vec<Request>,
}

pub(crate) fn team(at: u32) -> Team {
    Team {
        at: PlaceNo(at),
        free_s: 0,
        post: PlaceNo(at),
        off_s: 10_000,
        seats: 1,
        district: DistrictNo(0),
        walked_s: 0,
    }
}

pub(crate) fn request(pickup: u32, home: u32, from_s: i32) -> Request {
    Request {
        pickup: PlaceNo(pickup),
        meet: Window { from_s, by_s: from_s + 600 },
        meeting_s: 120,
        home: PlaceNo(home),
        arrive: Window { from_s, by_s: from_s + 3_000 },
        parting_s: 60,
        shares: false,
        priority: 0,
        districts: Districts::ALL,
    }
}

impl Town {
    pub(crate) fn new(seed: u64, teams: usize, requests: usize) -> Self {
        let mut dice = Dice::new(seed);
        let corner = |dice: &mut Dice| [dice.below(1_500) as i32, dice.below(1_500) as i32];
        let corners: Vec<[i32; 2]> = (0..12).map(|_| corner(&mut dice)).collect();
        let place = |dice: &mut Dice| dice.below(12) as u32;
        let teams = (0..teams)
            .map(|_| Team {
                free_s: dice.below(600) as i32,
                off_s: 4_000 + dice.below(4_000) as i32,
                post: PlaceNo(place(&mut dice)),
                ..team(place(&mut dice))
            })
            .collect();
        let requests = (0..requests)
            .map(|_| {
                let from_s = dice.below(4_000) as i32;
                request(place(&mut dice), place(&mut dice), from_s)
            })
            .collect();
        Self { corners, teams, requests }
    }

    /// Everybody agrees to company, and every team has room for two.
    pub(crate) fn sharing(mut self) -> Self {
        self.teams.iter_mut().for_each(|team| team.seats = 2);
        self.requests.iter_mut().for_each(|request| request.shares = true);
        self
    }

    pub(crate) fn leg(&self, from: PlaceNo, to: PlaceNo) -> Leg {
        let [a, b] = [from, to].map(|place| self.corners[place.0 as usize]);
        let meters = (a[0] - b[0]).abs() + (a[1] - b[1]).abs();
        Leg { seconds: meters, meters }
    }

    pub(crate) fn table(&self) -> Table {
        Table::new(self.corners.len(), &|from, to| Some(self.leg(from, to)))
    }

    pub(crate) fn plan(&self) -> Plan {
        let mut plan = Plan::new(self.table(), &self.teams, &self.requests, PRICES);
        for trip in &mut plan.trips {
            trip.left_out_s = PRICES.left_out_s;
        }
        plan
    }

    /// The most that can be served, each alone, and the least that costs: every order tried.
    pub(crate) fn optimum(&self) -> (usize, i64) {
        let plan = self.plan();
        let first = self.teams.first().map_or((PlaceNo(0), 0), |team| (team.at, team.free_s));
        self.try_all(&plan, (0, first.0, first.1, false), 0)
    }

    fn try_all(
        &self,
        plan: &Plan,
        (team, at, now_s, left): (usize, PlaceNo, i32, bool),
        served: u32,
    ) -> (usize, i64) {
        let Some(of) = self.teams.get(team) else { return (0, 0) };
        let better = |a: (usize, i64), b: (usize, i64)| {
            if (b.0, -b.1) > (a.0, -a.1) { b } else { a }
        };
        // Home, and the next team's turn. A team that never leaves walks home all the same.
        let back_s = plan.table.seconds(at, of.post);
        let mut best = (0, i64::MAX / 4);
        if now_s + back_s <= of.off_s || !left {
            let start = self.teams.get(team + 1).map_or((PlaceNo(0), 0), |t| (t.at, t.free_s));
            let rest = self.try_all(plan, (team + 1, start.0, start.1, false), served);
            best = (rest.0, rest.1 + i64::from(back_s * PRICES.empty));
        }
        for (nth, trip) in plan.trips.iter().enumerate() {
            let walk_s = plan.table.seconds(at, trip.pickup);
            let begin_s = (now_s + walk_s).max(trip.from_s);
            if served & (1 << nth) != 0 || begin_s > trip.by_s {
                continue;
            }
            let next = (team, trip.home, trip.leave_s(begin_s), true);
            let rest = self.try_all(plan, next, served | 1 << nth);
            if rest.1 < i64::MAX / 8 {
                let cost = walk_s * PRICES.empty + (begin_s - trip.from_s) * PRICES.wait;
                best = better(best, (rest.0 + 1, rest.1 + i64::from(cost)));
            }
        }
        best
    }
}
