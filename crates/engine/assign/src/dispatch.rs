//! The dispatcher of a night: asked, decides; told, locks; left alone, thinks on.

use crate::budget::Budget;
use crate::chain::Chain;
use crate::fit::Fit;
use crate::night::{Prices, Request, RequestNo, Team, TeamNo, within_horizon};
use crate::plan::{Plan, Standing};
use crate::refusal::{Reason, Refused};
use crate::search::{Aim, Search, Tuning};
use crate::travel::{PlaceNo, Table, Travel};
use crate::trip::{PROMISED_S, Trip};

/// How far from the expected minute a promise may be kept, unless told otherwise, seconds. Ten
/// minutes is the window the benchmark's evenings give.
const SPREAD_S: i32 = 600;

/// What leaving out somebody still hoping costs, seconds of empty walking: more than a night of
/// it, less than a promise.
const HOPING_S: i32 = 100_000;

/// When she will be met, as the plan has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Who comes. May change until that leg has started; the times may not.
    pub team: TeamNo,
    /// When the plan expects to meet her.
    pub expected_s: i32,
    /// Not before.
    pub from_s: i32,
    /// Not after: every later plan keeps this.
    pub by_s: i32,
}

/// The answer to somebody who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Somebody comes.
    Promised(Promise),
    /// Nobody can come as asked; why, and what would help. She is tried again by every
    /// [`Dispatch::improve`] until her window is over.
    Refused(Refused),
}

impl Decision {
    /// The promise, if there is one.
    pub fn promise(&self) -> Option<Promise> {
        match self {
            Self::Promised(promise) => Some(*promise),
            Self::Refused(_) => None,
        }
    }
}

/// A stop a team has committed itself to: it has left, or must leave now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Who goes.
    pub team: TeamNo,
    /// To whom.
    pub request: RequestNo,
    /// To meet her; otherwise to her door.
    pub meets: bool,
    /// When the team leaves for it.
    pub leave_s: i32,
    /// When the stop begins.
    pub begin_s: i32,
}

/// A stop still ahead of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// To whom.
    pub request: RequestNo,
    /// To meet her; otherwise to her door.
    pub meets: bool,
    /// When the plan expects it to begin.
    pub begin_s: i32,
    /// The last moment it may begin for everybody after it to be met as promised.
    pub latest_s: i32,
}

/// A night being dispatched. It knows no clock: [`Dispatch::advance`] tells it the time.
#[derive(Clone, Debug)]
pub struct Dispatch {
    plan: Plan,
    teams: Vec<Team>,
    requests: Vec<Request>,
    promises: Vec<Option<Promise>>,
    now_s: i32,
    spread_s: i32,
    tuning: Tuning,
    seed: u64,
}

impl Dispatch {
    /// A night with nobody on duty yet. The seed is that of all chance in it.
    pub fn new(prices: Prices, seed: u64) -> Self {
        Self::on(Table::default(), prices, seed)
    }

    /// The same, knowing the ways that another has learned.
    pub fn on(table: Table, prices: Prices, seed: u64) -> Self {
        Self {
            plan: Plan::new(table, &[], &[], prices),
            teams: Vec::new(),
            requests: Vec::new(),
            promises: Vec::new(),
            now_s: 0,
            spread_s: SPREAD_S,
            tuning: Tuning::between_arrivals(),
            seed,
        }
    }

    /// Promises are kept within so many seconds after the minute shown, and within her window.
    #[must_use]
    pub fn with_spread(mut self, spread_s: i32) -> Self {
        self.spread_s = spread_s.max(0);
        self
    }

    /// Thinks between arrivals in another way than [`Tuning::between_arrivals`].
    #[must_use]
    pub fn with_tuning(mut self, tuning: Tuning) -> Self {
        self.tuning = tuning;
        self
    }

    /// Learns the walking times of the places up to `places`, before a team or a request names
    /// them.
    pub fn learn(&mut self, places: usize, travel: &impl Travel) {
        self.plan.table.extend(places, travel);
    }

    /// What it has learned, for another night between the same places.
    pub fn into_table(self) -> Table {
        self.plan.table
    }

    /// The teams, in order of joining.
    pub fn teams(&self) -> &[Team] {
        &self.teams
    }

    /// The requests, in order of asking.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// A team comes on duty. `None` if it names a place not learned yet, or no way leads to its post.
    pub fn join(&mut self, team: Team) -> Option<TeamNo> {
        if !self.knows(team.at) || !self.leads_to(team.post) {
            return None;
        }
        let number = TeamNo(self.teams.len() as u32);
        let free_s = team.free_s.max(self.now_s);
        self.teams.push(team);
        let mut chain = Chain::new(&Team { free_s, ..team });
        chain.settle(&self.plan.trips, &self.plan.table);
        self.plan.chains.push(chain);
        Some(number)
    }

    fn knows(&self, place: PlaceNo) -> bool {
        (place.0 as usize) < self.plan.table.places()
    }

    fn leads_to(&self, place: PlaceNo) -> bool {
        self.plan.table.leads_to(place)
    }

    /// A team goes off duty, or cannot go on. Whoever it was to meet is looked after by the next
    /// [`Dispatch::improve`] before anything else; they are returned.
    pub fn leave(&mut self, team: TeamNo) -> Vec<RequestNo> {
        let Some(chain) = self.plan.chains.get_mut(team.0 as usize) else { return Vec::new() };
        chain.off_s = chain.head.leave_s;
        self.let_go(team)
    }

    /// A team is somewhere else, or free at another time, than the plan thought. Meetings it
    /// would now miss are taken from it and returned; [`Dispatch::improve`] looks after them.
    pub fn report(&mut self, team: TeamNo, at: PlaceNo, free_s: i32) -> Vec<RequestNo> {
        if !self.knows(at) {
            return Vec::new();
        }
        let Some(chain) = self.plan.chains.get_mut(team.0 as usize) else { return Vec::new() };
        chain.head.place = at;
        chain.head.leave_s = within_horizon(free_s).max(self.now_s);
        self.let_go(team)
    }

    /// Takes meetings from the end of a chain until the rest can be kept.
    fn let_go(&mut self, team: TeamNo) -> Vec<RequestNo> {
        let mut gone = Vec::new();
        while !self.plan.chains[team.0 as usize].settle(&self.plan.trips, &self.plan.table) {
            let Some(last) = self.plan.movable(team).last() else {
                // Only people on board are left: they are walked home, however late.
                self.plan.forgive(team);
                break;
            };
            self.plan.take(team, |request| request == last);
            self.plan.standing[last.0 as usize] = Standing::Unserved;
            self.plan.unserved.push(last);
            gone.push(last);
        }
        gone
    }

    /// Time goes on: legs that must start now have started, windows that are over are closed.
    /// What teams have committed themselves to since, in the order they go.
    pub fn advance(&mut self, now_s: i32) -> Vec<Committed> {
        self.now_s = self.now_s.max(within_horizon(now_s));
        let mut committed = Vec::new();
        for team in self.plan.teams() {
            while let Some(leg) = self.plan.commit_due(team, self.now_s) {
                committed.push(leg);
            }
            self.plan.wait_until(team, self.now_s);
        }
        let plan = &self.plan;
        let over = |r: &RequestNo| plan.trip(*r).by_s < self.now_s;
        let gone: Vec<RequestNo> = plan.unserved.iter().copied().filter(over).collect();
        for request in gone {
            self.plan.close(request);
        }
        committed
    }

    /// What she would be told if she asked now, in constant time for each gap of each chain.
    /// Nothing is booked.
    pub fn quote(&self, request: &Request) -> Decision {
        if !self.leads_to(request.pickup) || !self.leads_to(request.home) {
            return Decision::Refused(Refused { reason: Reason::NoWay, relaxations: Vec::new() });
        }
        let trip = Trip::new(request, &self.plan.table);
        match self.plan.fairest_fit(&trip) {
            Some((team, fit)) => {
                let expected_s = self.plan.begin_s(team, &trip, fit);
                Decision::Promised(self.promise(team, &trip, expected_s))
            }
            None => Decision::Refused(self.plan.refuse(&trip)),
        }
    }

    fn promise(&self, team: TeamNo, trip: &Trip, expected_s: i32) -> Promise {
        let by_s = trip.by_s.min(expected_s.saturating_add(self.spread_s));
        Promise { team, expected_s, from_s: trip.from_s, by_s }
    }

    /// Somebody asks: decided at once. `None` instead of a number if she names a place that is
    /// not known; nothing was booked then.
    pub fn ask(&mut self, request: Request) -> (Option<RequestNo>, Decision) {
        if !self.leads_to(request.pickup) || !self.leads_to(request.home) {
            return (None, self.quote(&request));
        }
        let number = RequestNo(self.requests.len() as u32);
        let mut trip = Trip::new(&request, &self.plan.table);
        // Whoever is still hoping is served as soon as there is room, whatever it costs.
        trip.left_out_s = HOPING_S.saturating_mul(trip.weight);
        self.requests.push(request);
        self.promises.push(None);
        self.plan.trips.push(trip);
        self.plan.standing.push(Standing::Unserved);
        self.plan.unserved.push(number);
        if let Some((team, fit)) = self.plan.fairest_fit(&trip) {
            self.book(number, team, fit);
        } else {
            self.plan.squeeze(number);
        }
        let decision = match self.keep_promise(number) {
            Some(promise) => Decision::Promised(promise),
            None => Decision::Refused(self.plan.refuse(&trip)),
        };
        (Some(number), decision)
    }

    fn book(&mut self, request: RequestNo, team: TeamNo, fit: Fit) {
        self.plan.put(request, team, fit);
        self.plan.unserved.retain(|&other| other != request);
    }

    /// Promises what the plan has for a request; from now on no plan may break it.
    fn keep_promise(&mut self, request: RequestNo) -> Option<Promise> {
        let team = self.plan.planned(request)?;
        let expected_s = self.plan.met_s(team, request)?;
        let promise = self.promise(team, self.plan.trip(request), expected_s);
        let trip = &mut self.plan.trips[request.0 as usize];
        (trip.by_s, trip.left_out_s) = (promise.by_s, PROMISED_S);
        self.plan.chains[team.0 as usize].settle(&self.plan.trips, &self.plan.table);
        self.promises[request.0 as usize] = Some(promise);
        Some(promise)
    }

    /// She needs nobody any more. Too late once a team is on its way: the caller tells it.
    pub fn cancel(&mut self, request: RequestNo) {
        match self.plan.standing.get(request.0 as usize) {
            Some(&Standing::Planned(team)) => {
                self.plan.take(team, |other| other == request);
                self.plan.close(request);
            }
            Some(Standing::Unserved) => self.plan.close(request),
            Some(Standing::Aboard(_) | Standing::Closed) | None => {}
        }
    }

    /// Thinks on: promised meetings may change team and minute within what was promised, started
    /// legs stay. Those nobody could go to so far may find somebody; they are promised then, and
    /// returned.
    pub fn improve(&mut self, budget: Budget<'_>) -> Vec<(RequestNo, Promise)> {
        let start_s = budget.now_s();
        let hoping = self.plan.unserved.clone();
        self.seed = self.seed.wrapping_add(1);
        let search = Search::new(&mut self.plan, self.tuning, Aim::default(), self.seed);
        search.run(budget.since(start_s));
        let served = hoping.into_iter().filter_map(|request| {
            let promise = match self.promises[request.0 as usize] {
                None => self.keep_promise(request)?,
                Some(promise) => Promise { team: self.plan.planned(request)?, ..promise },
            };
            Some((request, promise))
        });
        served.collect()
    }

    /// What was promised to her, with the team and minute the plan has for her now.
    pub fn promised(&self, request: RequestNo) -> Option<Promise> {
        let promise = (*self.promises.get(request.0 as usize)?)?;
        let Some(team) = self.plan.planned(request) else { return Some(promise) };
        let expected_s = self.plan.met_s(team, request).unwrap_or(promise.expected_s);
        Some(Promise { team, expected_s, ..promise })
    }

    /// Why nobody goes to her, and what would help; `None` while somebody does.
    pub fn unserved(&self, request: RequestNo) -> Option<Refused> {
        let standing = self.plan.standing.get(request.0 as usize)?;
        (*standing == Standing::Unserved).then(|| self.plan.refuse(self.plan.trip(request)))
    }

    /// The stops ahead of a team, in order; what has started is no longer among them.
    pub fn ahead(&self, team: TeamNo) -> Vec<Ahead> {
        let Some(chain) = self.plan.chains.get(team.0 as usize) else { return Vec::new() };
        let ahead = chain.slots.iter().map(|slot| Ahead {
            request: slot.stop.request(),
            meets: slot.stop.is_pickup(),
            begin_s: slot.begin_s,
            latest_s: slot.latest_s,
        });
        ahead.collect()
    }
}

#[cfg(test)]
mod tests;
