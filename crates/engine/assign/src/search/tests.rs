use super::{Aim, Search, Tuning};
use crate::budget::Budget;
use crate::plan::{Plan, Standing};
use crate::town::{PRICES, Town};
use proptest::prelude::*;

fn improved(town: &Town, aim: Aim, seed: u64, rounds: u64) -> Plan {
    let mut plan = town.plan();
    Search::new(&mut plan, Tuning::default(), aim, seed).run(Budget::Rounds(rounds));
    plan
}

/// Every request stands where its chain says, and every chain keeps its windows.
fn sound(plan: &Plan) -> Result<usize, TestCaseError> {
    let mut served = 0;
    for team in plan.teams() {
        let mut chain = plan.chain(team).clone();
        prop_assert!(chain.settle(&plan.trips, &plan.table));
        for request in plan.movable(team) {
            prop_assert_eq!(plan.standing(request), Standing::Planned(team));
            served += 1;
        }
    }
    for &request in &plan.unserved {
        prop_assert_eq!(plan.standing(request), Standing::Unserved);
    }
    prop_assert_eq!(served + plan.unserved.len(), plan.trips.len());
    Ok(served)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn the_best_plan_of_a_small_night_is_found(seed in 0_u64..100_000) {
        let town = Town::new(seed, 2, 5);
        let (most, least) = town.optimum();
        let plan = improved(&town, Aim::default(), 1, 1_500);
        prop_assert_eq!((sound(&plan)?, plan.cost()), (most, least));
    }

    #[test]
    fn no_search_breaks_a_window_or_loses_anybody(seed in 0_u64..100_000) {
        let town = Town::new(seed, 4, 24);
        let alone = sound(&improved(&town, Aim::default(), seed, 300))?;
        prop_assert!(alone <= town.plan().bound().served);
        sound(&improved(&town.sharing(), Aim::default(), seed, 300))?;
    }

    #[test]
    fn the_same_seed_gives_the_same_plan(seed in 0_u64..100_000) {
        let town = Town::new(seed, 3, 14);
        let [one, two] = [(); 2].map(|()| improved(&town, Aim::default(), 7, 200));
        for team in one.teams() {
            prop_assert_eq!(&one.chain(team).slots, &two.chain(team).slots);
        }
    }
}

/// Of one night a search promises nothing; over many it must walk less for fewer people.
#[test]
fn asked_to_stop_at_a_number_it_serves_as_many_and_walks_no_more() {
    let (mut cost_of_all, mut cost_of_fewer) = (0, 0);
    for seed in 0..30 {
        let town = Town::new(seed, 3, 14);
        let all = improved(&town, Aim::default(), 1, 400);
        let stop = sound(&all).unwrap() / 2;
        let fewer = improved(&town, Aim { stop_at: Some(stop) }, 1, 400);
        assert!(sound(&fewer).unwrap() >= stop, "night {seed}");
        cost_of_all += all.cost();
        cost_of_fewer += fewer.cost();
    }
    assert!(cost_of_fewer <= cost_of_all, "{cost_of_fewer} for half, {cost_of_all} for all");
}

#[test]
fn somebody_too_dear_is_left_out_beforehand() {
    let town = Town::new(5, 2, 6);
    let mut plan = town.plan();
    for trip in &mut plan.trips {
        trip.left_out_s = 0;
    }
    Search::new(&mut plan, Tuning::default(), Aim::default(), 1).run(Budget::Rounds(500));
    assert!(plan.cost() <= improved(&town, Aim::default(), 1, 500).cost());
    assert!(plan.cost() <= i64::from(PRICES.empty) * 10_000);
}
