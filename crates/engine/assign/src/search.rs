//! Improvement by ruin and recreate, under simulated annealing.
//!
//! Ruin follows slack induction by string removals (Christiaens and Vanden Berghe 2020): from one
//! request outward, short strings are cut out of the chains nearby. Recreate puts everybody back
//! at the cheapest place, in an order that varies, now and then blind to a gap. Somebody nobody
//! goes to is tried again each time a chain nearby was opened.

mod recreate;
mod regret;
mod ruin;

use crate::budget::{Budget, Spending};
use crate::chain::Chain;
use crate::dice::Dice;
use crate::near::Near;
use crate::night::{RequestNo, TeamNo};
use crate::plan::{Plan, Standing};

/// How a search goes about it. The defaults were measured on the benchmark's evenings.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Requests taken out in a round, on average.
    pub removed: usize,
    /// Longest string cut out of one chain.
    pub string: usize,
    /// Temperature at the start and at the end, seconds of empty walking.
    pub heat_s: [f64; 2],
    /// Chance in a thousand that a round starts from somebody unserved.
    pub from_unserved: usize,
    /// Chance in a thousand to be blind to a gap.
    pub blink: usize,
    /// Chance in a thousand that a round puts back by regret.
    pub regret: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            removed: 10,
            string: 10,
            heat_s: [300.0, 3.0],
            from_unserved: 300,
            blink: 10,
            regret: 50,
        }
    }
}

impl Tuning {
    /// Between two arrivals: little heat, since the plan is good already.
    pub fn between_arrivals() -> Self {
        Self { heat_s: [60.0, 3.0], ..Self::default() }
    }
}

/// What an improvement was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Aim {
    /// Serve so many and then only walk less; everybody if `None`.
    pub(crate) stop_at: Option<usize>,
}

struct Undo {
    chains: Vec<(TeamNo, Chain)>,
    /// Chains no longer needed, kept for their memory.
    spare: Vec<Chain>,
    stamp: Vec<u64>,
    unserved: Vec<RequestNo>,
}

struct Best {
    worth: i64,
    chains: Vec<Chain>,
    unserved: Vec<RequestNo>,
    /// Chains that changed since.
    dirty: Vec<TeamNo>,
    is_dirty: Vec<bool>,
}

pub(crate) struct Search<'p> {
    plan: &'p mut Plan,
    tuning: Tuning,
    aim: Aim,
    dice: Dice,
    near: Near,
    open: Vec<RequestNo>,
    undo: Undo,
    best: Best,
    round: u64,
    removed: Vec<RequestNo>,
    bank: Vec<(i64, RequestNo)>,
    absent: Vec<u32>,
    /// Chains being considered, and when each was last.
    around: Vec<TeamNo>,
    tried: Vec<u64>,
    trial: u64,
}

impl<'p> Search<'p> {
    pub(crate) fn new(plan: &'p mut Plan, tuning: Tuning, aim: Aim, seed: u64) -> Self {
        let open = plan.open();
        let near = Near::new(plan, &open);
        let teams = plan.chains.len();
        let mut search = Self {
            tuning,
            aim,
            dice: Dice::new(seed),
            near,
            open,
            undo: Undo {
                chains: Vec::new(),
                spare: Vec::new(),
                stamp: vec![0; teams],
                unserved: Vec::new(),
            },
            best: Best {
                worth: i64::MAX,
                chains: plan.chains.clone(),
                unserved: plan.unserved.clone(),
                dirty: Vec::new(),
                is_dirty: vec![false; teams],
            },
            round: 0,
            removed: Vec::new(),
            bank: Vec::new(),
            absent: vec![0; plan.trips.len()],
            around: Vec::new(),
            tried: vec![0; teams],
            trial: 0,
            plan,
        };
        search.best.worth = search.paid(search.plan.cost());
        search
    }

    /// Spends the budget; the plan is then the best found. How many rounds it took.
    pub(crate) fn run(mut self, budget: Budget<'_>) -> u64 {
        let mut spending = Spending::new(budget);
        if self.open.is_empty() {
            return 0;
        }
        self.fill();
        let scale = f64::from(self.plan.prices.empty);
        let [hot, cold] = self.tuning.heat_s;
        let mut cost = self.plan.cost();
        let mut paid = self.paid(cost);
        while let Some(share) = spending.next() {
            let heat = hot * (cold / hot).powf(share) * scale;
            self.round += 1;
            self.undo.unserved.clone_from(&self.plan.unserved);
            self.ruin();
            if self.dice.chance(self.tuning.regret) {
                self.recreate_by_regret();
            } else {
                self.recreate();
            }
            if let Some(stop) = self.aim.stop_at {
                self.shed(stop);
            }
            let new_cost = cost + self.changed();
            let new_paid = self.paid(new_cost);
            if (new_paid - paid) as f64 <= -heat * self.dice.unit().ln() {
                (cost, paid) = (new_cost, new_paid);
                self.keep(cost);
            } else {
                self.take_back();
            }
        }
        self.restore_best();
        spending.rounds()
    }

    /// Puts everybody where the plan has room as it is, the earliest first.
    fn fill(&mut self) {
        self.round += 1;
        let mut unserved = std::mem::take(&mut self.plan.unserved);
        unserved.sort_unstable_by_key(|&request| (self.plan.trip(request).from_s, request));
        for request in unserved {
            match self.plan.best_fit(self.plan.trip(request)) {
                Some((team, fit)) => {
                    self.touch(team);
                    self.plan.put(request, team, fit);
                }
                None => self.plan.unserved.push(request),
            }
        }
        if let Some(stop) = self.aim.stop_at {
            self.shed(stop);
        }
        self.keep(self.plan.cost());
    }

    /// What leaving people out costs; beyond the number aimed at it costs nothing.
    fn left_out(&self) -> i64 {
        let unserved = &self.plan.unserved;
        let price = |r: &RequestNo| i64::from(self.plan.trip(*r).left_out_s);
        let Some(stop) = self.aim.stop_at else { return unserved.iter().map(price).sum() };
        let may = self.open.len().saturating_sub(stop);
        let most = unserved.iter().map(price).max().unwrap_or(0);
        unserved.len().saturating_sub(may) as i64 * most
    }

    fn paid(&self, cost: i64) -> i64 {
        cost + self.left_out() * i64::from(self.plan.prices.empty)
    }

    /// What the touched chains cost more than before.
    fn changed(&self) -> i64 {
        let prices = self.plan.prices;
        let more =
            |(team, old): &(TeamNo, Chain)| self.plan.chain(*team).cost(prices) - old.cost(prices);
        self.undo.chains.iter().map(more).sum()
    }

    /// Remembers a chain before its first change in this round.
    fn touch(&mut self, team: TeamNo) {
        let at = team.0 as usize;
        if self.undo.stamp[at] == self.round {
            return;
        }
        self.undo.stamp[at] = self.round;
        let chain = &self.plan.chains[at];
        let kept = match self.undo.spare.pop() {
            Some(mut spare) => {
                spare.copy_from(chain);
                spare
            }
            None => chain.clone(),
        };
        self.undo.chains.push((team, kept));
    }

    fn take_back(&mut self) {
        for &request in &self.plan.unserved {
            self.plan.standing[request.0 as usize] = Standing::Unserved;
        }
        while let Some((team, mut old)) = self.undo.chains.pop() {
            std::mem::swap(&mut self.plan.chains[team.0 as usize], &mut old);
            self.undo.spare.push(old);
            let plan = &mut *self.plan;
            for slot in plan.chains[team.0 as usize].slots.iter().filter(|s| s.stop.is_pickup()) {
                plan.standing[slot.stop.request().0 as usize] = Standing::Planned(team);
            }
        }
        std::mem::swap(&mut self.plan.unserved, &mut self.undo.unserved);
        for &request in &self.plan.unserved {
            self.plan.standing[request.0 as usize] = Standing::Unserved;
        }
    }

    /// Keeps the round's plan, and remembers it if it is the best so far.
    fn keep(&mut self, cost: i64) {
        let best = &mut self.best;
        while let Some((team, old)) = self.undo.chains.pop() {
            self.undo.spare.push(old);
            let dirty = &mut best.is_dirty[team.0 as usize];
            if !*dirty {
                *dirty = true;
                best.dirty.push(team);
            }
        }
        let worth = self.paid(cost);
        if worth < self.best.worth {
            let best = &mut self.best;
            best.worth = worth;
            best.unserved.clone_from(&self.plan.unserved);
            while let Some(team) = best.dirty.pop() {
                best.is_dirty[team.0 as usize] = false;
                best.chains[team.0 as usize].copy_from(&self.plan.chains[team.0 as usize]);
            }
        }
    }

    fn restore_best(&mut self) {
        let (plan, best) = (&mut *self.plan, &mut self.best);
        while let Some(team) = best.dirty.pop() {
            plan.chains[team.0 as usize].copy_from(&best.chains[team.0 as usize]);
        }
        plan.unserved.clone_from(&best.unserved);
        for &request in &plan.unserved {
            plan.standing[request.0 as usize] = Standing::Unserved;
        }
        for team in plan.teams() {
            let chain = &plan.chains[team.0 as usize];
            for slot in chain.slots.iter().filter(|s| s.stop.is_pickup()) {
                plan.standing[slot.stop.request().0 as usize] = Standing::Planned(team);
            }
        }
    }
}

#[cfg(test)]
mod tests;
