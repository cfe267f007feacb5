//! A street keeps its number when the map is imported again.

use super::{EXACT, segment};
use kernel::Point;
use route::{Nature, StreetClass, Streets, StreetsBuilder, Way};
use std::collections::BTreeSet;

fn point(east: i32, north: i32) -> Point {
    Point { lat: 37.48 + f64::from(north) * 1e-4, lon: 126.93 + f64::from(east) * 1e-4 }
}

/// Two streets that cross, drawn from their nodes in one direction or the other; beside other
/// streets or not.
fn map(backwards: bool, with_more: bool) -> Streets {
    let mut builder = StreetsBuilder::new();
    let nodes = [(1, 0, 0), (2, 10, 1), (3, 20, 0), (4, 10, 20), (5, 10, -20)];
    for (id, east, north) in nodes {
        builder.node(id, point(east, north));
    }
    let mut way = |id: i64, mut nodes: Vec<i64>| {
        if backwards {
            nodes.reverse();
        }
        let nature = Nature::plain(StreetClass::Local);
        builder.way(Way { id, nodes, nature, walkable: true, layer: 0 });
    };
    way(11, vec![1, 2, 3]);
    way(12, vec![4, 2, 5]);
    if with_more {
        for (id, east, north) in [(6, -300, -300), (7, -310, -300), (8, -310, -290)] {
            builder.node(id, point(east, north));
        }
        let nature = Nature::plain(StreetClass::Local);
        let nodes = vec![6, 7, 8];
        builder.way(Way { id: 13, nodes, nature, walkable: true, layer: 0 });
    }
    builder.build()
}

fn numbers(streets: &Streets) -> BTreeSet<u64> {
    (0..streets.edge_count()).map(|edge| segment(streets, edge as u32).0).collect()
}

#[test]
fn a_street_keeps_its_number_whatever_else_is_on_the_map_and_whichever_way_it_is_drawn() {
    let first = numbers(&map(false, false));
    assert_eq!(first.len(), 4, "a crossing of two streets has four");
    assert_eq!(numbers(&map(true, false)), first);
    let more = numbers(&map(true, true));
    assert!(more.is_superset(&first) && more.len() > first.len());
    assert!(more.iter().all(|number| *number <= EXACT), "screens must not round a street");
}
