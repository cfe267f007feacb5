//! An evening as it comes: each request becomes known when it is booked, and is answered at once.

use super::check::{Checked, Judged, StopKind, Visit};
use super::instance::Instance;
use crate::budget::Budget;
use crate::dispatch::Dispatch;
use crate::night::Prices;
use crate::search::Tuning;

/// How it went.
#[derive(Clone, Debug)]
pub struct Evening {
    /// Stops of each team.
    pub visits: Vec<Vec<Visit>>,
    /// What the judge says.
    pub judged: Judged,
    /// Promised at once.
    pub at_once: usize,
    /// Seconds each decision took by the clock given.
    pub decisions_s: Vec<f64>,
}

/// Plays an evening.
pub fn online(
    instance: &Instance,
    prices: Prices,
    tuning: Tuning,
    seed: u64,
    budget: Budget<'_>,
    clock: &dyn Fn() -> f64,
) -> Evening {
    let mut dispatch = Dispatch::new(prices, seed).with_tuning(tuning);
    dispatch.learn(instance.places(), instance);
    for team in instance.teams() {
        dispatch.join(team);
    }
    let mut visits: Vec<Vec<Visit>> = vec![Vec::new(); instance.teams().len()];
    let asked = instance.asked();
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|&request| (instance.booked_s(request), request));
    let mut number: Vec<usize> = Vec::new();
    let mut record = |dispatch: &mut Dispatch, number: &[usize], now_s: i32| {
        for leg in dispatch.advance(now_s) {
            visits[leg.team.0 as usize].push(Visit {
                kind: if leg.meets { StopKind::Pickup } else { StopKind::Delivery },
                request: number[leg.request.0 as usize],
            });
        }
    };
    let mut at_once = 0;
    let mut decisions_s = Vec::new();
    for request in order {
        record(&mut dispatch, &number, instance.booked_s(request));
        number.push(request);
        let start_s = clock();
        let (_, decision) = dispatch.ask(asked[request]);
        decisions_s.push(clock() - start_s);
        at_once += usize::from(decision.promise().is_some());
        dispatch.improve(budget);
    }
    record(&mut dispatch, &number, i32::MAX / 2);
    let judged = Checked { instance, visits: &visits }.judge();
    Evening { visits, judged, at_once, decisions_s }
}
