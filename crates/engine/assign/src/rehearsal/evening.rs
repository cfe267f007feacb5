//! An evening as it comes: each request becomes known when it is booked, and is answered at once.

use super::check::{Judged, StopKind, Visit, judge};
use super::instance::Instance;
use crate::bound::Bound;
use crate::budget::Budget;
use crate::dispatch::{Decision, Dispatch};
use crate::night::{Prices, TeamNo};
use crate::plan::Plan;
use crate::search::Tuning;
use crate::travel::Table;
use std::collections::BTreeMap;

/// How an evening is dispatched.
#[derive(Clone, Copy)]
pub struct Thinking<'a> {
    /// What may be spent after each arrival.
    pub budget: Budget<'a>,
    /// Seed of chance.
    pub seed: u64,
    /// What a second costs.
    pub prices: Prices,
    /// How it thinks.
    pub tuning: Tuning,
    /// Times the decisions: seconds from any instant.
    pub clock: &'a dyn Fn() -> f64,
}

/// How an evening went.
#[derive(Clone, Debug)]
pub struct Evening {
    /// Stops of each team, as they were committed to.
    pub visits: Vec<Vec<Visit>>,
    /// What the judge says.
    pub judged: Judged,
    /// What no plan can exceed, had everything been known.
    pub bound: Bound,
    /// Promised at once; the others served were promised later, when there was room.
    pub at_once: usize,
    /// Why the others were refused at that moment, by code.
    pub refused: BTreeMap<&'static str, usize>,
    /// Promises that were not kept. None, ever.
    pub broken: usize,
    /// Seconds each decision took.
    pub decisions_s: Vec<f64>,
}

/// Later than any night.
const MORNING_S: i32 = 1 << 24;

/// Plays an evening.
pub fn online(instance: &Instance, thinking: Thinking<'_>) -> Evening {
    let teams = instance.teams();
    let asked = instance.asked();
    let table = Table::new(instance.places(), instance);
    let bound = instance.bound(&Plan::new(table, &teams, &asked, thinking.prices));
    let mut play = Play::new(instance, thinking);
    for team in &teams {
        let joined: Option<TeamNo> = play.dispatch.join(*team);
        debug_assert!(joined.is_some(), "every place of an instance is learned");
    }
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|&request| (instance.booked_s(request), request));
    let mut at_once = 0;
    let mut refused = BTreeMap::new();
    let mut decisions_s = Vec::new();
    for request in order {
        play.advance(instance.booked_s(request));
        let start_s = (thinking.clock)();
        let (number, decision) = play.dispatch.ask(asked[request]);
        decisions_s.push((thinking.clock)() - start_s);
        if number.is_some() {
            play.requests.push(request);
        }
        match decision {
            Decision::Promised(_) => at_once += 1,
            Decision::Refused(why) => *refused.entry(why.reason.code()).or_insert(0) += 1,
        }
        play.dispatch.improve(thinking.budget);
    }
    play.advance(MORNING_S);
    let judged = judge(instance, &play.visits);
    Evening {
        visits: play.visits,
        judged,
        bound,
        at_once,
        refused,
        broken: play.broken,
        decisions_s,
    }
}

struct Play {
    dispatch: Dispatch,
    visits: Vec<Vec<Visit>>,
    /// The instance's request, by the dispatcher's number.
    requests: Vec<usize>,
    broken: usize,
}

impl Play {
    fn new(instance: &Instance, thinking: Thinking<'_>) -> Self {
        let mut dispatch =
            Dispatch::new(thinking.prices, thinking.seed).with_tuning(thinking.tuning);
        dispatch.learn(instance.places(), instance);
        let visits = vec![Vec::new(); instance.teams().len()];
        Self { dispatch, visits, requests: Vec::new(), broken: 0 }
    }

    fn advance(&mut self, now_s: i32) {
        for leg in self.dispatch.advance(now_s) {
            if leg.meets {
                let promise = self.dispatch.promised(leg.request);
                let kept = promise.is_some_and(|p| (p.from_s..=p.by_s).contains(&leg.begin_s));
                self.broken += usize::from(!kept);
            }
            let kind = if leg.meets { StopKind::Pickup } else { StopKind::Delivery };
            let request = self.requests[leg.request.0 as usize];
            self.visits[leg.team.0 as usize].push(Visit { kind, request });
        }
    }
}
