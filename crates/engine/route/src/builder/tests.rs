use crate::street::{Nature, StreetClass, Way};
use crate::town::Town;
use crate::{EpochDay, StreetsBuilder};
use kernel::Point;
use proptest::prelude::*;

fn at(north: f64, east: f64) -> Point {
    Point { lat: 37.48 + north * 0.001, lon: 126.93 + east * 0.001 }
}

fn way(id: i64, nodes: &[i64]) -> Way {
    Way {
        id,
        nodes: nodes.to_vec(),
        nature: Nature::plain(StreetClass::Local),
        walkable: true,
        layer: 0,
    }
}

fn cross() -> StreetsBuilder {
    let mut map = StreetsBuilder::new();
    for (id, north, east) in
        [(1, 0.0, -1.0), (2, 0.0, 0.0), (3, 0.0, 1.0), (4, -1.0, 0.0), (5, 1.0, 0.0)]
    {
        map.node(id, at(north, east));
    }
    map
}

#[test]
fn two_streets_meet_in_the_node_they_share() {
    let mut map = cross();
    map.way(way(10, &[1, 2, 3]));
    map.way(way(11, &[4, 2, 5]));
    let streets = map.build();
    assert_eq!((streets.junction_count(), streets.edge_count()), (5, 4));
    assert_eq!(streets.islands().len(), 1);
}

#[test]
fn a_flyover_that_merely_passes_a_shared_node_does_not_meet_the_street_below() {
    let mut map = cross();
    map.way(way(10, &[1, 2, 3]));
    map.way(Way { layer: 1, ..way(11, &[4, 2, 5]) });
    let streets = map.build();
    assert_eq!((streets.junction_count(), streets.edge_count()), (4, 2));
    assert_eq!(streets.islands().len(), 2);
}

#[test]
fn a_bridge_that_ends_at_a_street_meets_it() {
    let mut map = cross();
    map.way(way(10, &[1, 2, 3]));
    map.way(Way { layer: 1, ..way(11, &[2, 5]) });
    let streets = map.build();
    assert_eq!((streets.junction_count(), streets.edge_count()), (4, 3));
}

#[test]
fn a_bend_is_no_junction_but_where_the_street_changes_its_nature_is_kept() {
    let mut map = cross();
    map.way(way(10, &[1, 2]));
    let steps = Nature { steps: true, ..Nature::plain(StreetClass::Footway) };
    map.way(Way { nature: steps, ..way(11, &[2, 3]) });
    let streets = map.build();
    assert_eq!((streets.junction_count(), streets.edge_count()), (2, 1));
    let pieces: Vec<_> = streets.edge_natures(0).collect();
    assert_eq!(pieces.len(), 2);
    assert_eq!(pieces.iter().filter(|(_, n)| n.steps).count(), 1);
    assert_eq!(pieces[1].0, streets.edge_length_mm(0));
}

#[test]
fn the_newest_of_two_extracts_counts_for_a_way_and_a_node() {
    let mut map = cross();
    map.way(way(10, &[1, 2, 3]));
    map.node(3, at(0.0, 2.0));
    map.way(way(10, &[2, 3]));
    let streets = map.build();
    assert_eq!(streets.edge_count(), 1);
    assert_eq!(
        streets.edge_length_mm(0),
        u32::try_from((at(0.0, 0.0).distance_m(at(0.0, 2.0)) * 1e3).round() as i64).unwrap()
    );
}

#[test]
fn a_way_nobody_may_walk_takes_out_the_one_it_replaces() {
    let mut map = cross();
    map.way(way(10, &[1, 2, 3]));
    map.way(Way { walkable: false, ..way(10, &[1, 2, 3]) });
    assert_eq!(map.build().edge_count(), 0);
}

#[test]
fn a_way_cut_by_the_edge_of_an_extract_is_kept_as_far_as_it_goes() {
    let mut map = cross();
    map.way(way(10, &[1, 2, 99, 3, 5]));
    let streets = map.build();
    assert_eq!((streets.junction_count(), streets.edge_count()), (4, 2));
}

#[test]
fn a_ring_no_other_street_meets_is_still_a_street() {
    let mut map = cross();
    map.way(way(10, &[1, 4, 3, 5, 1]));
    let streets = map.build();
    assert_eq!((streets.junction_count(), streets.edge_count()), (1, 1));
    assert_eq!(streets.ends(0), [0, 0]);
}

#[test]
fn an_empty_map_has_no_streets_and_nobody_is_placed_on_it() {
    let streets = StreetsBuilder::new().build();
    assert_eq!(streets.junction_count(), 0);
    assert!(streets.snap(at(0.0, 0.0), 250.0).is_none());
}

#[test]
fn of_several_extracts_the_oldest_day_is_told() {
    let mut map = cross();
    map.dated(EpochDay(20_300));
    map.dated(EpochDay(20_200));
    map.dated(EpochDay(20_400));
    assert_eq!(map.build().dated(), Some(EpochDay(20_200)));
}

proptest! {
    #[test]
    fn no_metre_of_street_is_lost_or_invented(seed in 0_u64..500) {
        let town = Town::new(seed, 7);
        let streets = town.streets();
        let place: std::collections::HashMap<i64, Point> = town.nodes.iter().copied().collect();
        let segments = || town.ways.iter().flat_map(|w| w.nodes.windows(2));
        let mapped: f64 = segments().map(|s| place[&s[0]].distance_m(place[&s[1]])).sum();
        let built = streets.length_mm() as f64 / 1_000.0;
        // a segment is rounded to 1 mm and its ends to 1 cm
        prop_assert!((mapped - built).abs() < 0.02 * segments().count() as f64);
        for edge in 0..streets.edge_count() as u32 {
            let pieces: Vec<_> = streets.edge_natures(edge).collect();
            prop_assert_eq!(pieces.last().map(|p| p.0), Some(streets.edge_length_mm(edge)));
            prop_assert!(pieces.windows(2).all(|p| p[0].0 <= p[1].0));
            let [a, b] = streets.ends(edge);
            let spots = streets.edge_spots(edge);
            prop_assert_eq!(Point::from(spots[0]), streets.junction_at(a));
            prop_assert_eq!(Point::from(spots[spots.len() - 1]), streets.junction_at(b));
        }
    }
}
