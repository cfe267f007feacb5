use crate::chain::{Chain, Slot, Stop};
use crate::night::{RequestNo, TeamNo};
use crate::plan::Plan;
use crate::town::{PRICES, Town};
use proptest::prelude::*;

/// Times and company of a chain, walked from its head: the cost, or `None` if it cannot be kept.
fn walked(plan: &Plan, chain: &Chain) -> Option<i64> {
    let (mut at, mut now_s) = (chain.head.place, chain.head.leave_s);
    let (mut empty_s, mut wait_s) = (0, 0);
    let mut aboard: Vec<RequestNo> = Vec::new();
    for slot in &chain.slots {
        let trip = plan.trip(slot.stop.request());
        let walk_s = plan.table.seconds(at, slot.place);
        empty_s += if aboard.is_empty() { walk_s } else { 0 };
        now_s += walk_s;
        if slot.stop.is_pickup() {
            aboard.push(slot.stop.request());
            now_s = now_s.max(trip.from_s);
            wait_s += now_s - trip.from_s;
            if now_s > trip.by_s {
                return None;
            }
            now_s += trip.meeting_s;
        } else {
            aboard.retain(|&r| r != slot.stop.request());
            now_s = now_s.max(trip.home_from_s);
            if now_s > trip.home_by_s {
                return None;
            }
            now_s += trip.parting_s;
        }
        let agreed = aboard.iter().all(|&r| plan.trip(r).shares);
        if aboard.len() > usize::from(chain.seats) || (aboard.len() > 1 && !agreed) {
            return None;
        }
        at = slot.place;
    }
    let home_s = plan.table.seconds(at, chain.post);
    if !chain.slots.is_empty() && now_s + home_s > chain.off_s {
        return None;
    }
    let cost = (empty_s + home_s) * PRICES.empty + wait_s * PRICES.wait;
    Some(i64::from(cost))
}

/// The cheapest way to put a request into a chain, every pair of gaps tried.
fn slowest(plan: &Plan, chain: &Chain, request: RequestNo) -> Option<i64> {
    let trip = plan.trip(request);
    let before = walked(plan, chain)?;
    let mut best = None;
    for meet in 0..=chain.slots.len() {
        for part in meet..=chain.slots.len() {
            let mut with = chain.clone();
            with.slots.insert(part, Slot::new(Stop::home(request), trip.home));
            with.slots.insert(meet, Slot::new(Stop::pickup(request), trip.pickup));
            if let Some(cost) = walked(plan, &with) {
                best = Some(best.map_or(cost - before, |b: i64| b.min(cost - before)));
            }
        }
    }
    best
}

fn every_fit_is_the_cheapest(town: &Town) -> Result<(), TestCaseError> {
    let mut plan = town.plan();
    for nth in 0..plan.trips.len() as u32 {
        let request = RequestNo(nth);
        let mut cheapest = None;
        for team in plan.teams() {
            let told = slowest(&plan, plan.chain(team), request);
            let fit = plan.fitting(plan.trip(request)).best(plan.chain(team), i32::MAX, || false);
            prop_assert_eq!(fit.map(|f| i64::from(f.cost)), told);
            if let Some(fit) = fit
                && cheapest.is_none_or(|(_, c): (TeamNo, crate::fit::Fit)| fit.cost < c.cost)
            {
                cheapest = Some((team, fit));
            }
        }
        prop_assert_eq!(cheapest, plan.best_fit(plan.trip(request)));
        if let Some((team, fit)) = cheapest {
            plan.put(request, team, fit);
            let chain = plan.chain(team);
            prop_assert_eq!(walked(&plan, chain), Some(chain.cost(PRICES)));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_gap_found_at_a_glance_is_the_one_found_by_trying_all(seed in 0_u64..100_000) {
        every_fit_is_the_cheapest(&Town::new(seed, 3, 9))?;
    }

    #[test]
    fn the_same_holds_where_walks_are_shared(seed in 0_u64..100_000) {
        every_fit_is_the_cheapest(&Town::new(seed, 2, 9).sharing())?;
    }

    #[test]
    fn whoever_did_not_ask_for_company_has_none(seed in 0_u64..100_000) {
        let mut town = Town::new(seed, 2, 9).sharing();
        for request in town.requests.iter_mut().step_by(2) {
            request.shares = false;
        }
        every_fit_is_the_cheapest(&town)?;
    }
}
