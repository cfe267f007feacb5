use crate::town::{Dice, Town, facts};
use crate::{
    Hierarchy, HourBand, Measure, Network, Place, Searcher, Stretch, Unroutable, WayName, Weights,
};
use kernel::{Point, Refusal};
use proptest::prelude::*;
use std::sync::Arc;

/// Every length–cost pair that no other beats in both, by labels that are kept until beaten.
fn undominated(network: &Network, from: &Place, to: &Place, band: HourBand) -> Vec<(u64, u64)> {
    let streets = network.streets();
    let n = streets.junction_count();
    let share = |place: &Place, to_mm: u32| {
        let stretch = Stretch { edge: place.edge, from_mm: place.along_mm, to_mm };
        let cost = network.stretch_weight(Measure::Cost(band), stretch);
        (u64::from(stretch.length_mm()), u64::from(cost))
    };
    let mut labels: Vec<Vec<(u64, u64)>> = vec![Vec::new(); n + 1];
    let keep = |list: &mut Vec<(u64, u64)>, new: (u64, u64)| {
        if list.iter().any(|l| l.0 <= new.0 && l.1 <= new.1) {
            return false;
        }
        list.retain(|l| !(new.0 <= l.0 && new.1 <= l.1));
        list.push(new);
        true
    };
    let mut todo: Vec<(usize, (u64, u64))> = Vec::new();
    let len = streets.edge_length_mm(from.edge);
    for (junction, mm) in streets.ends(from.edge).into_iter().zip([0, len]) {
        todo.push((junction as usize, share(from, mm)));
    }
    if from.edge == to.edge {
        todo.push((n, share(from, to.along_mm)));
    }
    while let Some((at, label)) = todo.pop() {
        if !keep(&mut labels[at], label) || at == n {
            continue;
        }
        let len = streets.edge_length_mm(to.edge);
        for (junction, mm) in streets.ends(to.edge).into_iter().zip([0, len]) {
            if junction as usize == at {
                let (l, c) = share(to, mm);
                todo.push((n, (label.0 + l, label.1 + c)));
            }
        }
        for arc in streets.out(at as u32) {
            let l = label.0 + u64::from(streets.edge_length_mm(arc.edge));
            let c = label.1 + u64::from(network.cost_mm(band, arc.edge));
            todo.push((arc.head as usize, (l, c)));
        }
    }
    let mut front = std::mem::take(&mut labels[n]);
    front.sort_unstable();
    front
}

/// The corners of the lower left hull of a front: what some blend of both measures prefers.
fn convex(front: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut hull: Vec<(u64, u64)> = Vec::new();
    for &p in front {
        while let [.., a, b] = hull[..] {
            let wide = |n: u64| i128::from(n);
            let cross = (wide(b.0) - wide(a.0)) * (wide(p.1) - wide(a.1))
                - (wide(b.1) - wide(a.1)) * (wide(p.0) - wide(a.0));
            if cross > 0 {
                break;
            }
            hull.pop();
        }
        hull.push(p);
    }
    hull
}

fn network(seed: u64, side: i64) -> Network {
    let streets = Arc::new(Town::new(seed, side).streets());
    Network::new(streets, facts(seed, 10), Weights::default())
}

fn two_places(network: &Network, seed: u64) -> Option<(Point, Point, Place, Place)> {
    let mut dice = Dice(seed ^ 0x21);
    let (p, q) = (dice.point(), dice.point());
    let (from, to) = network.places(p, q).ok()?;
    Some((p, q, from, to))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn every_way_shown_is_what_its_name_says(seed in 0_u64..10_000, customized in any::<bool>()) {
        let mut network = network(seed, 5);
        if customized {
            let hierarchy = Arc::new(Hierarchy::new(network.streets()));
            network.customize(hierarchy);
        }
        let Some((p, q, from, to)) = two_places(&network, seed) else { return Ok(()) };
        let band = HourBand::Night;
        let Ok(ways) = network.ways_home(&mut Searcher::new(), p, q, band) else {
            prop_assert!(false, "places were found but no way");
            return Ok(());
        };
        let cost = |way: &crate::WayHome| network.walk_weight(Measure::Cost(band), &way.walk);
        let pairs: Vec<(u64, u64)> = ways.iter().map(|w| (w.walk.length_mm(), cost(w))).collect();
        // longer ways cost less, none twice, at most three
        prop_assert!(pairs.windows(2).all(|p| p[0].0 < p[1].0 && p[0].1 > p[1].1));
        prop_assert!(pairs.len() <= 3 && ways[0].name == WayName::Fast);
        let front = undominated(&network, &from, &to, band);
        let hull = convex(&front);
        prop_assert!(pairs.iter().all(|p| hull.contains(p)), "{:?} not on {:?}", pairs, hull);
        prop_assert_eq!(pairs[0].0, front[0].0);
        let cap = network.weights().choice.cap_mm(front[0].0);
        // covered: the last corner within the cap
        let last = hull.iter().rev().find(|h| h.0 <= cap).unwrap();
        let covered = pairs.last().unwrap();
        prop_assert_eq!(covered, last);
        // balanced: no corner within the cap has less cost + 2 × length
        let blend = |p: &(u64, u64)| p.1 + 2 * p.0;
        let least = hull.iter().filter(|h| h.0 <= cap).map(blend).min().unwrap();
        let shown = pairs.iter().map(blend).min().unwrap();
        prop_assert_eq!(shown, least);
    }

    #[test]
    fn the_numbers_of_a_way_add_up_and_its_line_is_as_long_as_it_says(seed in 0_u64..10_000) {
        let network = network(seed, 7);
        let Some((p, q, from, to)) = two_places(&network, seed) else { return Ok(()) };
        for band in HourBand::ALL {
            for way in network.ways_home(&mut Searcher::new(), p, q, band).unwrap() {
                prop_assert_eq!(way.lit_m + way.unlit_m + way.unknown_m, way.length_m);
                prop_assert_eq!(u64::from(way.length_m), (way.walk.length_mm() + 500) / 1_000);
                let line: f64 = way.geometry.windows(2).map(|p| p[0].distance_m(p[1])).sum();
                prop_assert!((line - f64::from(way.length_m)).abs() < 1.5, "{line} {}", way.length_m);
                let ends = (way.geometry.first().unwrap(), way.geometry.last().unwrap());
                prop_assert!(ends.0.distance_m(from.at) < 0.02 && ends.1.distance_m(to.at) < 0.02);
                prop_assert!(way.cost_m >= way.length_m || way.cost_m.abs_diff(way.length_m) <= 1);
                prop_assert!(f64::from(way.duration_s) >= f64::from(way.length_m) / 1.2 - 2.0);
            }
        }
    }

    #[test]
    fn one_way_asked_for_is_the_one_shown_among_three(seed in 0_u64..3_000) {
        let network = network(seed, 6);
        let Some((p, q, ..)) = two_places(&network, seed) else { return Ok(()) };
        let mut searcher = Searcher::new();
        let all = network.ways_home(&mut searcher, p, q, HourBand::DeepNight).unwrap();
        for way in &all {
            let one = network.way_home(&mut searcher, p, q, HourBand::DeepNight, way.name).unwrap();
            prop_assert_eq!(one.walk.length_mm(), way.walk.length_mm());
        }
    }
}

#[test]
fn at_noon_the_way_through_the_park_is_taken_and_at_night_it_is_not() {
    use crate::{Facts, Lit, Nature, StreetClass, StreetsBuilder, Way};
    let mut map = StreetsBuilder::new();
    let at = |north: f64, east: f64| Point { lat: 37.48 + north, lon: 126.93 + east };
    for (id, p) in [(1, at(0.0, 0.0)), (2, at(0.0, 0.01)), (3, at(0.001, 0.005))] {
        map.node(id, p);
    }
    let park = Nature { park: true, ..Nature::plain(StreetClass::Path) };
    let street = Nature { lit: Lit::Yes, ..Nature::plain(StreetClass::Main) };
    for (id, nodes, nature) in [(1, vec![1, 2], park), (2, vec![1, 3, 2], street)] {
        map.way(Way { id, nodes, nature, walkable: true, layer: 0 });
    }
    let network = Network::new(Arc::new(map.build()), Facts::default(), Weights::default());
    let mut searcher = Searcher::new();
    let noon =
        network.ways_home(&mut searcher, at(0.0, 0.0), at(0.0, 0.01), HourBand::Day).unwrap();
    assert_eq!(noon.len(), 1, "by day the straight way through the park has no rival");
    let night =
        network.ways_home(&mut searcher, at(0.0, 0.0), at(0.0, 0.01), HourBand::Night).unwrap();
    assert_eq!(
        night.iter().map(|w| w.name).collect::<Vec<_>>(),
        [WayName::Fast, WayName::Balanced]
    );
    assert_eq!((night[0].lit_m, night[1].unknown_m), (0, 0));
    assert_eq!(night[1].lit_m, night[1].length_m);
}

#[test]
fn who_is_off_the_map_is_told_which_end_it_is() {
    let network = network(4, 6);
    let (town, sea) = (Point { lat: 37.475, lon: 126.927 }, Point { lat: 36.0, lon: 125.0 });
    let mut searcher = Searcher::new();
    let mut ask = |p, q| network.ways_home(&mut searcher, p, q, HourBand::Night);
    assert_eq!(ask(sea, town), Err(Unroutable::FromOffStreets));
    assert_eq!(ask(town, sea), Err(Unroutable::ToOffStreets));
    assert_eq!(Unroutable::ToOffStreets.code(), "route.to-off-streets");
}

#[test]
fn from_a_place_to_itself_there_is_nothing_to_walk() {
    let network = network(4, 6);
    let here = Point { lat: 37.475, lon: 126.927 };
    let ways = network.ways_home(&mut Searcher::new(), here, here, HourBand::Night).unwrap();
    assert_eq!((ways.len(), ways[0].length_m, ways[0].duration_s), (1, 0, 0));
    let place = network.places(here, here).unwrap().0;
    let walk = network.least(&mut Searcher::new(), &place, &place, Measure::Length).unwrap();
    assert!(walk.stretches.is_empty());
}
