use crate::town::{Dice, Town, facts};
use crate::{HourBand, Measure, Network, Searcher, Unroutable, Weights};
use kernel::Point;
use proptest::prelude::*;
use std::sync::Arc;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]
    #[test]
    fn the_nearest_ready_havens_are_those_a_way_to_every_haven_would_tell(seed in 0_u64..5_000) {
        let streets = Arc::new(Town::new(seed, 6).streets());
        let network = Network::new(streets, facts(seed, 15), Weights::default());
        let from = Dice(seed ^ 3).point();
        let Some(start) = network.streets().snap(from, 250.0) else { return Ok(()) };
        let mut searcher = Searcher::new();
        let band = HourBand::Night;
        let ready = |haven: u32| !haven.is_multiple_of(3);
        let mut slow: Vec<(u64, u32)> = (0..15).filter(|&h| ready(h)).filter_map(|h| {
            let to = network.haven_place(h)?;
            let walk = network.least_by_search(&mut searcher, &start, to, Measure::Cost(band))?;
            Some((walk.weight, h))
        }).collect();
        slow.sort_unstable();
        for count in [0, 1, 3, 100] {
            let found = network.nearest_havens(&mut searcher, from, band, count, ready).unwrap();
            let found: Vec<_> = found.iter().map(|h| (h.cost_mm, h.haven)).collect();
            prop_assert_eq!(&found[..], &slow[..count.min(slow.len())]);
        }
    }
}

#[test]
fn with_no_haven_ready_the_list_is_empty_and_off_the_map_it_is_refused() {
    let streets = Arc::new(Town::new(1, 6).streets());
    let network = Network::new(streets, facts(1, 5), Weights::default());
    let mut searcher = Searcher::new();
    let here = Point { lat: 37.475, lon: 126.927 };
    let none = network.nearest_havens(&mut searcher, here, HourBand::Night, 3, |_| false);
    assert_eq!(none, Ok(Vec::new()));
    let sea = Point { lat: 36.0, lon: 125.0 };
    let off = network.nearest_havens(&mut searcher, sea, HourBand::Night, 3, |_| true);
    assert_eq!(off, Err(Unroutable::FromOffStreets));
}
