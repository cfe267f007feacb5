//! Everybody's request known beforehand: the best plan a budget buys.

use super::check::{Checked, Judged, StopKind, Visit};
use super::instance::Instance;
use crate::budget::Budget;
use crate::night::Prices;
use crate::plan::Plan;
use crate::search::{Aim, Search, Tuning};
use crate::travel::Table;

/// How an evening is planned.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What may be spent.
    pub budget: Budget<'a>,
    /// Begin from flow
    pub flow_start: bool,
    /// Seed of chance.
    pub seed: u64,
    /// Serve so many and then only walk less.
    pub stop_at_served: Option<usize>,
    /// What a second costs.
    pub prices: Prices,
    /// How search goes about it.
    pub tuning: Tuning,
}

/// A plan and its judgment.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The bound.
    pub bound: crate::bound::Bound,
    /// Stops of each team.
    pub visits: Vec<Vec<Visit>>,
    /// What the judge says.
    pub judged: Judged,
    /// Rounds of search.
    pub rounds: u64,
}

/// Plans an evening whose requests are all known.
pub fn offline(instance: &Instance, options: Options<'_>) -> Rehearsal {
    let table = Table::new(instance.places(), instance);
    let mut plan = Plan::new(table, &instance.teams(), &instance.asked(), options.prices);
    for trip in &mut plan.trips {
        trip.left_out_s = options.prices.left_out_s.saturating_mul(trip.weight);
    }
    let bound = plan.bound();
    if options.flow_start { plan.start_without_waiting(); }
    let aim = Aim { stop_at: options.stop_at_served };
    let rounds = Search::new(&mut plan, options.tuning, aim, options.seed).run(options.budget);
    let visits = visits(&plan);
    let judged = Checked { instance, visits: &visits }.judge();
    Rehearsal { bound, visits, judged, rounds }
}

/// The stops of a plan as the judge reads them.
pub(super) fn visits(plan: &Plan) -> Vec<Vec<Visit>> {
    plan.teams()
        .map(|team| {
            let visit = |stop: crate::chain::Stop| Visit {
                kind: if stop.is_pickup() { StopKind::Pickup } else { StopKind::Delivery },
                request: stop.request().0 as usize,
            };
            plan.stops(team).map(visit).collect()
        })
        .collect()
}
