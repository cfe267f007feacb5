use crate::street::{Nature, StreetClass, Way};
use crate::town::{Dice, Town};
use crate::{Streets, StreetsBuilder};
use kernel::Point;
use proptest::prelude::*;

/// The nearest point of any street by looking at every segment in small steps of its length.
fn nearest_by_looking_everywhere(streets: &Streets, at: Point) -> f64 {
    let mut best = f64::INFINITY;
    for edge in (0..streets.edge_count() as u32).filter(|&e| streets.is_mainland(e)) {
        for pair in streets.edge_spots(edge).windows(2) {
            let (a, b) = (Point::from(pair[0]), Point::from(pair[1]));
            for step in 0..=400 {
                let t = f64::from(step) / 400.0;
                let p =
                    Point { lat: a.lat + (b.lat - a.lat) * t, lon: a.lon + (b.lon - a.lon) * t };
                best = best.min(at.distance_m(p));
            }
        }
    }
    best
}

fn line(map: &mut StreetsBuilder, id: i64, from: Point, to: Point) {
    map.node(2 * id, from);
    map.node(2 * id + 1, to);
    map.way(Way {
        id,
        nodes: vec![2 * id, 2 * id + 1],
        nature: Nature::plain(StreetClass::Local),
        walkable: true,
        layer: 0,
    });
}

#[test]
fn nobody_is_placed_on_a_scrap_of_street() {
    let mut map = StreetsBuilder::new();
    line(&mut map, 1, Point { lat: 37.47, lon: 126.93 }, Point { lat: 37.48, lon: 126.93 });
    line(&mut map, 2, Point { lat: 37.475, lon: 126.9302 }, Point { lat: 37.475, lon: 126.9304 });
    let streets = map.build();
    assert_eq!(streets.islands().len(), 2);
    let place = streets.snap(Point { lat: 37.475, lon: 126.9303 }, 250.0).unwrap();
    assert!((place.at.lon - 126.93).abs() < 1e-7);
}

#[test]
fn two_long_streets_that_never_meet_are_both_mainland() {
    let mut map = StreetsBuilder::new();
    line(&mut map, 1, Point { lat: 37.3, lon: 126.9 }, Point { lat: 37.6, lon: 126.9 });
    line(&mut map, 2, Point { lat: 37.3, lon: 127.0 }, Point { lat: 37.6, lon: 127.0 });
    let streets = map.build();
    assert!(streets.islands().iter().all(|i| i.mainland));
    let west = streets.snap(Point { lat: 37.4, lon: 126.9001 }, 250.0).unwrap();
    assert!(streets.snap_beside(Point { lat: 37.4, lon: 127.0 }, 250.0, &west).is_none());
}

#[test]
fn nobody_is_placed_on_a_street_out_of_reach() {
    let mut map = StreetsBuilder::new();
    line(&mut map, 1, Point { lat: 37.47, lon: 126.93 }, Point { lat: 37.48, lon: 126.93 });
    let streets = map.build();
    // 0.003° of longitude are about 265 m here
    assert!(streets.snap(Point { lat: 37.475, lon: 126.933 }, 250.0).is_none());
    assert!(streets.snap(Point { lat: 37.475, lon: 126.933 }, 270.0).is_some());
}

#[test]
fn a_lamp_reaches_the_stretch_its_circle_cuts_out() {
    let mut map = StreetsBuilder::new();
    line(&mut map, 1, Point { lat: 37.47, lon: 126.93 }, Point { lat: 37.472, lon: 126.93 });
    let streets = map.build();
    let lamp = Point { lat: 37.471, lon: 126.93 + 15.0 / 88_242.0 };
    let mut found = Vec::new();
    streets.near(lamp, 25.0, |edge, from, to| found.push((edge, from, to)));
    let [(0, from, to)] = found[..] else { panic!("one stretch, not {found:?}") };
    // 15 m beside the street a circle of 25 m cuts out 2 × 20 m around the middle
    assert!((f64::from(to - from) / 1_000.0 - 40.0).abs() < 0.2, "{from}..{to}");
    assert!(
        (f64::from(u32::midpoint(from, to)) - f64::from(streets.edge_length_mm(0)) / 2.0).abs()
            < 50.0
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_street_found_is_the_nearest_there_is(seed in 0_u64..500) {
        let streets = Town::new(seed, 6).streets();
        let mut dice = Dice(seed);
        for _ in 0..6 {
            let at = dice.point();
            let looked = nearest_by_looking_everywhere(&streets, at);
            let Some(place) = streets.snap(at, 400.0) else {
                prop_assert!(looked > 399.0, "{looked} m");
                continue;
            };
            // looking in steps overshoots by at most half a step of a segment
            prop_assert!(f64::from(place.off_m) <= looked + 0.05, "{} {looked}", place.off_m);
            prop_assert!(f64::from(place.off_m) >= looked - 0.5, "{} {looked}", place.off_m);
            prop_assert!((place.at.distance_m(at) - f64::from(place.off_m)).abs() < 0.1);
            let along = streets.point_along(place.edge, place.along_mm);
            prop_assert!(along.distance_m(place.at) < 0.01);
        }
    }

    #[test]
    fn stretches_in_reach_are_those_and_only_those(seed in 0_u64..500) {
        let streets = Town::new(seed, 5).streets();
        let at = Dice(seed ^ 5).point();
        let mut found: Vec<(u32, u32, u32)> = Vec::new();
        streets.near(at, 60.0, |edge, from, to| found.push((edge, from, to)));
        for edge in 0..streets.edge_count() as u32 {
            for step in 0..=50 {
                let mm = (u64::from(streets.edge_length_mm(edge)) * step / 50) as u32;
                let off = streets.point_along(edge, mm).distance_m(at);
                let within = found.iter().any(|&(e, from, to)| e == edge && (from..=to).contains(&mm));
                prop_assert!(within || off > 59.9, "missed at {off} m");
                prop_assert!(!within || off < 60.1, "too far at {off} m");
            }
        }
    }
}
