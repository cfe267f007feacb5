use super::whole_metres;
use crate::{
    EpochDay, Facts, Fixture, HavenDoor, HourBand, Lamp, LampState, Light, Lit, Nature, Network,
    Searcher, StreetClass, StreetsBuilder, Way, WayHome, Weights,
};
use kernel::Point;
use proptest::prelude::*;
use std::sync::Arc;

proptest! {
    #[test]
    fn whole_metres_add_up_and_none_is_off_by_a_metre(
        lit_mm in 0_u32..9_000_000, unlit_mm in 0_u32..9_000_000, unknown_mm in 0_u32..9_000_000
    ) {
        let (total, metres) = whole_metres(Light { lit_mm, unlit_mm, unknown_mm });
        prop_assert_eq!(metres.iter().sum::<u32>(), total);
        for (metre, mm) in metres.into_iter().zip([lit_mm, unlit_mm, unknown_mm]) {
            prop_assert!((i64::from(metre) * 1_000 - i64::from(mm)).abs() < 1_000);
            prop_assert!(mm > 0 || metre == 0);
        }
    }
}

const SOUTH: Point = Point { lat: 37.480, lon: 126.93 };
const NORTH: Point = Point { lat: 37.484, lon: 126.93 };

fn north(share: f64) -> Point {
    Point { lat: SOUTH.lat + (NORTH.lat - SOUTH.lat) * share, lon: 126.93 }
}

/// 445 m due north: 200 m of it steps in two flights, joined by a landing.
fn way(facts: Facts) -> WayHome {
    let mut map = StreetsBuilder::new();
    for (id, share) in [(1, 0.0), (2, 0.2), (3, 0.4), (4, 0.6), (5, 0.8), (6, 1.0)] {
        map.node(id, north(share));
    }
    let street = Nature { lit: Lit::No, ..Nature::plain(StreetClass::Local) };
    let steps = Nature { steps: true, ..Nature::plain(StreetClass::Footway) };
    let ways =
        [(vec![1, 2], street), (vec![2, 3], steps), (vec![3, 4], street), (vec![4, 5, 6], steps)];
    for (id, (nodes, nature)) in ways.into_iter().enumerate() {
        map.way(Way { id: id as i64, nodes, nature, walkable: true, layer: 0 });
    }
    map.dated(EpochDay(20_700));
    let network = Network::new(Arc::new(map.build()), facts, Weights::default());
    let ways = network.ways_home(&mut Searcher::new(), SOUTH, NORTH, HourBand::Night).unwrap();
    ways.into_iter().next().unwrap()
}

#[test]
fn a_way_tells_its_flights_of_steps_and_takes_longer_for_them() {
    let way = way(Facts::default());
    assert_eq!((way.length_m, way.steps, way.steps_m), (445, 2, 267));
    assert_eq!(way.duration_s, (178.0 / 1.2 + 267.0 / 0.6_f64).round() as u32);
    assert_eq!((way.lit_m, way.unlit_m, way.unknown_m), (0, 178, 267));
}

#[test]
fn what_is_passed_is_counted_once_and_what_is_closed_or_far_is_not() {
    let checked = Some(EpochDay(20_500));
    let camera = |at| Fixture { at, checked };
    let far = Point { lat: 37.482, lon: 126.931 };
    let haven = |at, open| HavenDoor { at, open, checked: Some(EpochDay(20_650)) };
    let way = way(Facts {
        lamps: vec![Lamp {
            at: north(0.5),
            state: LampState::Out,
            checked: Some(EpochDay(20_600)),
        }],
        cameras: vec![camera(north(0.2)), camera(north(0.21)), camera(far)],
        bells: vec![camera(north(0.9))],
        havens: vec![haven(north(0.3), false), haven(north(0.7), true), haven(far, true)],
        crossings: vec![Fixture { at: north(0.1), checked: None }],
    });
    assert_eq!((way.cameras, way.bells, way.crossings, way.lamps_out), (2, 1, 1, 1));
    assert_eq!(way.havens, [1]);
    assert_eq!(way.oldest, Some(EpochDay(20_500)));
    assert_eq!(way.unlit_m, 178);
}

#[test]
fn the_map_is_a_fact_too_and_its_day_counts() {
    let lamp = Lamp { at: north(0.5), state: LampState::Working, checked: Some(EpochDay(20_750)) };
    let way = way(Facts { lamps: vec![lamp], ..Facts::default() });
    assert_eq!(way.oldest, Some(EpochDay(20_700)));
    assert_eq!(way.lit_m, 50);
}
