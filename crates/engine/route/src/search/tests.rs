use super::{Ends, Heap, Searcher, exits};
use crate::town::{Dice, Town, try_every_edge};
use crate::{Place, Streets};
use proptest::prelude::*;

/// The least weight between two places with the places as vertices of their own.
fn slow(streets: &Streets, from: &Place, to: &Place) -> Option<u64> {
    let n = streets.junction_count() as u32;
    let len = |e: u32| u64::from(streets.edge_length_mm(e));
    let mut edges: Vec<([u32; 2], u64)> =
        (0..streets.edge_count() as u32).map(|e| (streets.ends(e), len(e))).collect();
    for (vertex, place) in [(n, from), (n + 1, to)] {
        let [a, b] = streets.ends(place.edge);
        edges.push(([vertex, a], u64::from(place.along_mm)));
        edges.push(([vertex, b], len(place.edge) - u64::from(place.along_mm)));
    }
    if from.edge == to.edge {
        edges.push(([n, n + 1], u64::from(from.along_mm.abs_diff(to.along_mm))));
    }
    let least = try_every_edge(n as usize + 2, &edges, n)[n as usize + 1];
    (least < u64::MAX).then_some(least)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_star_finds_the_shortest_way_there_is(seed in 0_u64..2_000) {
        let streets = Town::new(seed, 7).streets();
        let mut dice = Dice(seed ^ 9);
        let mut searcher = Searcher::new();
        for _ in 0..5 {
            let (Some(from), Some(to)) =
                (streets.snap(dice.point(), 900.0), streets.snap(dice.point(), 900.0))
            else { continue };
            let length = |e| u64::from(streets.edge_length_mm(e));
            let told = slow(&streets, &from, &to);
            for per_mm in [1.0, 0.0] {
                let ends = Ends::weighed(&streets, &from, &to, |s| u64::from(s.length_mm()));
                let walk = searcher.walk(&streets, (&from, &to, &ends), per_mm, length);
                prop_assert_eq!(walk.as_ref().map(|w| w.weight), told);
                let walk = walk.unwrap();
                prop_assert_eq!(walk.length_mm(), walk.weight);
                joined(&streets, &walk, &from, &to)?;
            }
        }
    }

    #[test]
    fn junctions_are_settled_by_growing_weight_and_exactly(seed in 0_u64..500) {
        let streets = Town::new(seed, 6).streets();
        let Some(from) = streets.snap(Dice(seed).point(), 900.0) else { return Ok(()) };
        let mut last = 0;
        let mut found = vec![u64::MAX; streets.junction_count()];
        let out = exits(&streets, &from).map(|s| u64::from(s.length_mm()));
        Searcher::new().around(&streets, (&from, out), |e| u64::from(streets.edge_length_mm(e)), |j, w| {
            assert!(w >= last && found[j as usize] == u64::MAX);
            (last, found[j as usize]) = (w, w);
            true
        });
        for junction in (0..streets.junction_count() as u32).step_by(7) {
            let at = streets.snap(streets.junction_at(junction), 1.0);
            let Some(to) = at else { continue };
            if let Some(slow) = slow(&streets, &from, &to) {
                prop_assert_eq!(found[junction as usize], slow);
            }
        }
    }

    #[test]
    fn the_heap_gives_back_in_order_what_it_was_given(keys in proptest::collection::vec(0_u64..100, 0..200)) {
        let mut heap = Heap::default();
        for (i, &key) in keys.iter().enumerate() {
            heap.push(key, i as u32);
        }
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        let out: Vec<u64> = std::iter::from_fn(|| heap.pop()).map(|(key, _)| key).collect();
        prop_assert_eq!(out, sorted);
    }
}

/// Each stretch begins where the last one ended, the first at the start, the last at the end.
fn joined(
    streets: &Streets,
    walk: &super::Walk,
    from: &Place,
    to: &Place,
) -> Result<(), TestCaseError> {
    let mut at = streets.point_along(from.edge, from.along_mm);
    for s in &walk.stretches {
        prop_assert!(at.distance_m(streets.point_along(s.edge, s.from_mm)) < 0.02);
        at = streets.point_along(s.edge, s.to_mm);
    }
    prop_assert!(at.distance_m(streets.point_along(to.edge, to.along_mm)) < 0.02);
    Ok(())
}

#[test]
fn a_searcher_goes_from_a_large_town_to_a_small_one_and_back() {
    let (large, small) = (Town::new(1, 9).streets(), Town::new(2, 4).streets());
    let mut searcher = Searcher::new();
    let mut dice = Dice(3);
    for streets in [&small, &large, &small, &large] {
        let from = streets.snap(dice.point(), 2_000.0).unwrap();
        let to = streets.snap(dice.point(), 2_000.0).unwrap();
        let length = |e| u64::from(streets.edge_length_mm(e));
        let ends = Ends::weighed(streets, &from, &to, |s| u64::from(s.length_mm()));
        let walk = searcher.walk(streets, (&from, &to, &ends), 1.0, length);
        assert_eq!(walk.map(|w| w.weight), slow(streets, &from, &to));
    }
}
