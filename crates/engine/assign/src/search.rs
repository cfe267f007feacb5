//! Improvement by ruin and recreate, under simulated annealing.
//!
//! Ruin follows slack induction by string removals (Christiaens and Vanden Berghe 2020): from one
//! request outward, short strings are cut out of the chains nearby. Recreate puts everybody back
//! at the cheapest place, in an order that varies, now and then blind to a gap. Somebody nobody
//! goes to is tried again each time a chain nearby was opened.

use crate::budget::{Budget, Spending};
use crate::chain::Chain;
use crate::dice::Dice;
use crate::fit::Fit;
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
}

impl Default for Tuning {
    fn default() -> Self {
        Self { removed: 10, string: 10, heat_s: [300.0, 3.0], from_unserved: 300, blink: 10 }
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
            self.recreate();
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

    /// Cuts strings out of the chains around one request.
    fn ruin(&mut self) {
        self.removed.clear();
        let seed = self.seed();
        let served = self.open.len() - self.plan.unserved.len();
        let mean = (served / self.plan.chains.len().max(1)).max(1);
        let longest = self.tuning.string.min(mean.max(1) + 1);
        let strings_most = (4 * self.tuning.removed) / (1 + longest);
        let strings = 1 + self.dice.below(strings_most.max(1));
        let mut cut = 0;
        let near = self.near.requests(seed).len();
        for nth in 0..=near {
            if cut == strings {
                break;
            }
            let request = match nth.checked_sub(1) {
                None => seed,
                Some(at) => self.near.requests(seed)[at],
            };
            let Some(team) = self.plan.planned(request) else { continue };
            if self.undo.stamp[team.0 as usize] == self.round {
                continue;
            }
            self.cut(team, request, longest);
            cut += 1;
        }
        // An unserved seed whose neighbors are all unserved too: its teams at least are tried.
        if cut == 0 {
            let teams: Vec<TeamNo> = self.near.teams(seed).to_vec();
            for team in teams {
                self.touch(team);
            }
        }
    }

    fn seed(&mut self) -> RequestNo {
        let unserved = self.plan.unserved.len();
        if unserved > 0 && self.dice.chance(self.tuning.from_unserved) {
            return self.plan.unserved[self.dice.below(unserved)];
        }
        self.open[self.dice.below(self.open.len())]
    }

    /// Takes a string of at most `longest` requests, one of them `through`, out of a chain.
    fn cut(&mut self, team: TeamNo, through: RequestNo, longest: usize) {
        self.touch(team);
        let first = self.removed.len();
        self.removed.extend(self.plan.movable(team));
        // People on board are not movable; their slots are no pickups, so they are not listed.
        let count = self.removed.len() - first;
        let length = 1 + self.dice.below(longest.min(count));
        let at = self.removed[first..].iter().position(|&r| r == through).unwrap_or(0);
        let earliest = (at + 1).saturating_sub(length);
        let latest = at.min(count - length);
        let start = earliest + self.dice.below(latest - earliest + 1);
        // With a gap in the string now and then: some in its middle stay.
        self.removed.truncate(first + start + length);
        self.removed.drain(first..first + start);
        if length > 2 && self.dice.chance(300) {
            let stays = 1 + self.dice.below(length - 2);
            self.removed.remove(first + stays);
        }
        for &request in &self.removed[first..] {
            self.plan.standing[request.0 as usize] = Standing::Unserved;
        }
        let gone = &self.removed[first..];
        self.plan.take(team, |request| gone.contains(&request));
    }

    /// Puts everybody back who fits.
    fn recreate(&mut self) {
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
        if let Some(stop) = self.aim.stop_at {
            self.shed(stop);
        }
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
        if !was_served {
            return best;
        }
        if plan.chains.len() <= 80 {
            for team in plan.teams() {
                if self.undo.stamp[team.0 as usize] != self.round {
                    consider(team);
                }
            }
            return best;
        }
        self.trial += 1;
        let planned = self.near.requests(request).iter().filter_map(|&r| plan.planned(r));
        for team in planned.chain(self.near.teams(request).iter().copied()) {
            let at = team.0 as usize;
            if self.undo.stamp[at] != self.round && self.tried[at] != self.trial {
                self.tried[at] = self.trial;
                consider(team);
            }
        }
        best
    }

    /// Leaves out whoever saves most until no more than `stop` are served, or nobody saves.
    fn shed(&mut self, stop: usize) {
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

#[cfg(test)]
mod tests;
