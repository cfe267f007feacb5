use crate::town::{Dice, Town, facts};
use crate::{FAR, Hierarchy, HourBand, LampState, Measure, Network, Place, Searcher, Weights};
use proptest::prelude::*;
use std::sync::Arc;

fn measures() -> Vec<Measure> {
    let mut all = vec![Measure::Length];
    for band in HourBand::ALL {
        all.extend([Measure::Cost(band), Measure::Blend(band)]);
    }
    all
}

fn network(seed: u64) -> Network {
    let streets = Arc::new(Town::new(seed, 7).streets());
    let hierarchy = Arc::new(Hierarchy::new(&streets));
    let mut network = Network::new(streets, facts(seed, 15), Weights::default());
    network.customize(hierarchy);
    network
}

fn places(network: &Network, seed: u64, count: usize) -> Vec<Place> {
    let mut dice = Dice(seed ^ 0x31);
    (0..count * 3).filter_map(|_| network.streets().snap(dice.point(), 900.0)).take(count).collect()
}

fn agree(network: &Network, places: &[Place]) -> Result<(), TestCaseError> {
    let mut searcher = Searcher::new();
    for measure in measures() {
        let pinned = network.pin(&mut searcher, places, measure).unwrap();
        for from in &places[..2] {
            let row = network.table_row(&mut searcher, from, &pinned);
            let once = network.distances(&mut searcher, from, places, measure);
            prop_assert_eq!(&once, &row);
            for (to, &in_table) in places.iter().zip(&row) {
                let slow = network.least_by_search(&mut searcher, from, to, measure);
                let fast = network.least(&mut searcher, from, to, measure);
                let weight = slow.as_ref().map(|w| w.weight);
                prop_assert_eq!(fast.as_ref().map(|w| w.weight), weight);
                prop_assert_eq!(in_table.map(u64::from), weight);
                let told = network.distance(&mut searcher, from, to, measure);
                prop_assert_eq!(told.map(u64::from), weight);
                for walk in [slow, fast].into_iter().flatten() {
                    prop_assert_eq!(network.walk_weight(measure, &walk), walk.weight);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn hierarchy_table_and_search_prove_each_other(seed in 0_u64..2_000) {
        let network = network(seed);
        let places = places(&network, seed, 12);
        agree(&network, &places)?;
    }

    #[test]
    fn they_still_do_after_lamps_went_out_and_havens_opened(seed in 0_u64..2_000) {
        let mut network = network(seed);
        let mut dice = Dice(seed);
        for _ in 0..4 {
            let lamp = dice.below(network.facts().lamps.len() as u64) as usize;
            network.set_lamp(lamp, [LampState::Out, LampState::Working][dice.below(2) as usize]);
        }
        let open: Vec<bool> = network.facts().havens.iter().map(|_| dice.one_in(2)).collect();
        network.set_open_havens(&open);
        let places = places(&network, seed, 8);
        agree(&network, &places)?;
        // and nothing was forgotten on the way: a network made anew costs the same everywhere
        let streets = Town::new(seed, 7).streets();
        let anew = Network::new(Arc::new(streets), network.facts().clone(), Weights::default());
        for edge in 0..anew.streets().edge_count() as u32 {
            prop_assert_eq!(anew.light(edge), network.light(edge));
            for band in HourBand::ALL {
                prop_assert_eq!(anew.cost_mm(band, edge), network.cost_mm(band, edge));
            }
        }
    }
}

#[test]
fn before_a_hierarchy_is_laid_there_are_no_tables_but_ways_are_found() {
    let streets = Arc::new(Town::new(3, 6).streets());
    let network = Network::new(streets, facts(3, 5), Weights::default());
    let places = places(&network, 3, 2);
    let mut searcher = Searcher::new();
    assert!(network.pin(&mut searcher, &places, Measure::Length).is_none());
    let by_distance =
        network.distance(&mut searcher, &places[0], &places[1], Measure::Length).unwrap();
    let walk = network.least(&mut searcher, &places[0], &places[1], Measure::Length).unwrap();
    assert_eq!(u64::from(by_distance), walk.weight);
    assert!(by_distance < FAR);
}

#[test]
fn a_kept_order_gives_the_same_hierarchy() {
    let streets = Town::new(5, 8).streets();
    let first = Hierarchy::new(&streets);
    let again = Hierarchy::with_order(&streets, &first.order());
    assert_eq!(first.shortcut_count(), again.shortcut_count());
    assert_eq!(first.order(), again.order());
    assert_eq!(first.height(), again.height());
}
