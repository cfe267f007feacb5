//! The dispatcher of a night: asked, decides; told, locks; left alone, improves.

use crate::budget::Budget;
use crate::fit::Fit;
use crate::night::{Prices, Request, RequestNo, Team, TeamNo};
use crate::plan::{Plan, Standing};
use crate::search::{Aim, Search, Tuning};
use crate::travel::{PlaceNo, Table, Travel};
use crate::trip::{PROMISED, Trip};

/// When she will be met, as the plan has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Who comes. May change until the leg has started; the times may not.
    pub team: TeamNo,
    /// When the plan expects to meet her.
    pub expected_s: i32,
    /// Not before.
    pub from_s: i32,
    /// Not after: every later plan keeps this.
    pub by_s: i32,
}

/// A stop a team has committed itself to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Who goes.
    pub team: TeamNo,
    /// To whom.
    pub request: RequestNo,
    /// To meet her, or to her door.
    pub meets: bool,
    /// When it leaves.
    pub leave_s: i32,
    /// When the stop begins.
    pub begin_s: i32,
}

/// A night being dispatched.
#[derive(Clone, Debug)]
pub struct Dispatch {
    pub(crate) plan: Plan,
    teams: Vec<Team>,
    requests: Vec<Request>,
    promises: Vec<Option<Promise>>,
    now_s: i32,
    tuning: Tuning,
    seed: u64,
}

impl Dispatch {
    /// A night with nobody on duty yet.
    pub fn new(prices: Prices, seed: u64) -> Self {
        let plan = Plan::new(Table::default(), &[], &[], prices);
        Self {
            plan,
            teams: Vec::new(),
            requests: Vec::new(),
            promises: Vec::new(),
            now_s: i32::MIN,
            tuning: Tuning::between_arrivals(),
            seed,
        }
    }

    /// Learns the walking times of the places up to `places`. Before anything names them.
    pub fn learn(&mut self, places: usize, travel: &impl Travel) {
        self.plan.table.extend(places, travel);
    }

    pub fn tune(&mut self, tuning: Tuning) { self.tuning = tuning; }

    /// A team comes on duty.
    pub fn join(&mut self, team: Team) -> TeamNo {
        let number = TeamNo(self.teams.len() as u32);
        self.teams.push(team);
        self.plan.join(&team);
        number
    }

    /// Time goes on: legs that must start now have started. What teams are committed to now,
    /// in the order they leave within each team.
    pub fn advance(&mut self, now_s: i32) -> Vec<Committed> {
        self.now_s = now_s;
        let mut committed = Vec::new();
        for team in self.plan.teams() {
            while let Some(leg) = self.plan.due(team, now_s) {
                committed.push(leg);
            }
            self.plan.wait_until(team, now_s);
        }
        let plan = &mut self.plan;
        let missed = |r: &RequestNo| plan.trips[r.0 as usize].by_s < now_s;
        let gone: Vec<RequestNo> = plan.unserved.iter().copied().filter(missed).collect();
        for request in gone {
            self.plan.close(request);
        }
        committed
    }

    /// Somebody asks now: decided at once, with a promise if anybody can come.
    pub fn ask(&mut self, request: Request) -> (RequestNo, Option<Promise>) {
        let number = RequestNo(self.requests.len() as u32);
        self.requests.push(request);
        self.promises.push(None);
        self.plan.ask(Trip::new(&request, &self.plan.table));
        if let Some((team, fit)) = self.plan.best_fit(number) {
            self.book(number, team, fit);
        } else if self.plan.squeeze(number) {
            self.promise(number);
        }
        (number, self.promises[number.0 as usize])
    }

    fn book(&mut self, request: RequestNo, team: TeamNo, fit: Fit) {
        self.plan.put(request, team, fit);
        self.plan.unserved.retain(|&other| other != request);
        self.promise(request);
    }

    fn promise(&mut self, request: RequestNo) {
        let Some(team) = self.plan.planned(request) else { return };
        let Some(expected_s) = self.plan.met_s(team, request) else { return };
        let trip = &mut self.plan.trips[request.0 as usize];
        let promise = Promise { team, expected_s, from_s: trip.from_s, by_s: trip.by_s };
        trip.weight = PROMISED;
        self.promises[request.0 as usize] = Some(promise);
    }

    /// Thinks on: promised meetings may change team and minute within what was promised. Those
    /// nobody could go to so far may find somebody; they are promised then, and returned.
    pub fn improve(&mut self, budget: Budget<'_>) -> Vec<RequestNo> {
        let waiting = self.plan.unserved.clone();
        self.seed = self.seed.wrapping_add(1);
        Search::new(&mut self.plan, self.tuning, Aim::default(), self.seed).run(budget);
        let served: Vec<RequestNo> =
            waiting.into_iter().filter(|&r| self.plan.planned(r).is_some()).collect();
        for &request in &served {
            self.promise(request);
        }
        served
    }
}
