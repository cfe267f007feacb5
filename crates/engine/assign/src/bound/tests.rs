use crate::plan::Standing;
use crate::town::Town;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nobody_can_serve_more_than_the_bound(seed in 0_u64..100_000) {
        let town = Town::new(seed, 2, 5);
        prop_assert!(town.plan().bound().served >= town.optimum().0);
    }

    #[test]
    fn nobody_waits_in_the_plan_without_waiting(seed in 0_u64..100_000) {
        let town = Town::new(seed, 2, 7);
        let mut plan = town.plan();
        plan.start_without_waiting();
        let mut planned = 0;
        for team in plan.teams() {
            let mut chain = plan.chain(team).clone();
            prop_assert!(chain.settle(&plan.trips, &plan.table));
            prop_assert_eq!(chain.wait_s, 0);
            for request in plan.movable(team) {
                prop_assert_eq!(plan.standing(request), Standing::Planned(team));
                planned += 1;
            }
        }
        prop_assert_eq!(planned + plan.unserved.len(), 7);
        prop_assert!(planned <= town.plan().bound().served);
    }
}

#[test]
fn the_bound_counts_whom_a_team_can_reach() {
    let mut town = Town::new(3, 1, 4);
    assert!(town.plan().bound().served >= 1);
    town.teams[0].off_s = 0;
    assert_eq!(town.plan().bound().served, 0);
}
