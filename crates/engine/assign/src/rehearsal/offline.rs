//! Everybody's request known beforehand: the best plan a budget buys.

use super::check::{Judged, StopKind, Visit, judge};
use super::instance::Instance;
use crate::bound::Bound;
use crate::budget::Budget;
use crate::chain::Stop;
use crate::night::Prices;
use crate::plan::Plan;
use crate::search::{Aim, Search, Tuning};
use crate::travel::Table;

/// How an evening is planned.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What may be spent, from the first reading of its clock: before the table is made.
    pub budget: Budget<'a>,
    /// Seed of chance.
    pub seed: u64,
    /// Serve so many, and then only walk less.
    pub stop_at_served: Option<usize>,
    /// Begin from the best plan in which nobody waits instead of from nothing.
    pub from_flow: bool,
    /// What a second costs.
    pub prices: Prices,
    /// How search goes about it.
    pub tuning: Tuning,
}

/// A plan and its judgment.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// Stops of each team.
    pub visits: Vec<Vec<Visit>>,
    /// What the judge says.
    pub judged: Judged,
    /// What no plan can exceed.
    pub bound: Bound,
    /// Rounds of search.
    pub rounds: u64,
}

/// Where a number of people to serve was named, it is served if it can be: nobody is left out of
/// it for the sake of walking.
const NAMED_S: i32 = 30_000;

/// Plans an evening whose requests are all known.
pub fn offline(instance: &Instance, options: Options<'_>) -> Rehearsal {
    let start_s = options.budget.now_s();
    let table = Table::new(instance.places(), instance);
    let mut plan = Plan::new(table, &instance.teams(), &instance.asked(), options.prices);
    let left_out_s = match options.stop_at_served {
        Some(_) => options.prices.left_out_s.max(NAMED_S),
        None => options.prices.left_out_s,
    };
    for trip in &mut plan.trips {
        trip.left_out_s = left_out_s.saturating_mul(trip.weight);
    }
    let bound = instance.bound(&plan);
    if options.from_flow {
        plan.start_without_waiting();
    }
    let aim = Aim { stop_at: options.stop_at_served };
    let search = Search::new(&mut plan, options.tuning, aim, options.seed);
    let rounds = search.run(options.budget.since(start_s));
    plan.even_out();
    let visits = visits(&plan);
    let judged = judge(instance, &visits);
    Rehearsal { visits, judged, bound, rounds }
}

/// The stops of a plan as the judge reads them.
fn visits(plan: &Plan) -> Vec<Vec<Visit>> {
    let visit = |stop: Stop| Visit {
        kind: if stop.is_pickup() { StopKind::Pickup } else { StopKind::Delivery },
        request: stop.request().0 as usize,
    };
    plan.teams()
        .map(|team| plan.chain(team).slots.iter().map(|slot| visit(slot.stop)).collect())
        .collect()
}

impl Instance {
    /// The bound: by assignment where everybody walks alone, everybody where two may share.
    pub(super) fn bound(&self, plan: &Plan) -> Bound {
        let shared = plan.chains.iter().any(|chain| chain.seats > 1);
        let bound = plan.bound();
        if shared { Bound { served: self.requests(), ..bound } } else { bound }
    }
}
