use super::coverage;
use crate::Boundary;
use kernel::Point;
use route::{Nature, StreetClass, StreetsBuilder, Way};

const LAT: f64 = 37.48;
/// Degrees of longitude in one metre at that latitude.
const METRE: f64 = 1.0 / (111_195.0 * 0.793_5);

fn east(metres: f64) -> Point {
    Point { lat: LAT, lon: 126.93 + metres * METRE }
}

/// One street of 1,000 m, due east.
fn street() -> route::Streets {
    let mut builder = StreetsBuilder::new();
    builder.node(1, east(0.0));
    builder.node(2, east(500.0));
    builder.node(3, east(1_000.0));
    builder.way(Way {
        id: 1,
        nodes: vec![1, 2, 3],
        nature: Nature::plain(StreetClass::Local),
        walkable: true,
        layer: 0,
    });
    builder.build()
}

fn half(name: &str, from: f64, to: f64) -> Boundary {
    let (west, east) = (east(from).lon, east(to).lon);
    let corner = |lat, lon| Point { lat, lon };
    let ring = vec![
        corner(37.4, west),
        corner(37.4, east),
        corner(37.5, east),
        corner(37.5, west),
        corner(37.4, west),
    ];
    Boundary { code: name.into(), name: name.into(), district: None, polygons: vec![vec![ring]] }
}

#[test]
fn one_lamp_makes_fifty_metres_known_and_two_close_ones_are_not_counted_twice() {
    let found = coverage(&street(), &[east(100.0)], &[], "관악구");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].district.as_str(), found[0].lamps), ("관악구", 1));
    assert!((998..=1_002).contains(&found[0].street_m), "{found:?}");
    assert!((49..=51).contains(&found[0].near_lamp_m), "{found:?}");
    let found = coverage(&street(), &[east(100.0), east(110.0)], &[], "관악구");
    assert!((59..=61).contains(&found[0].near_lamp_m), "{found:?}");
    assert!((found[0].share - 0.06).abs() < 0.002, "{found:?}");
}

#[test]
fn a_street_through_two_districts_is_counted_in_both() {
    let (west, east_half) = (half("서", -10.0, 500.0), half("동", 500.0, 1_010.0));
    let found = coverage(&street(), &[east(100.0)], &[&west, &east_half], "-");
    let shares: Vec<(&str, u64)> =
        found.iter().map(|c| (c.district.as_str(), c.near_lamp_m)).collect();
    assert_eq!(shares[1], ("동", 0));
    assert!((49..=51).contains(&shares[0].1), "{found:?}");
    assert!((498..=502).contains(&found[1].street_m), "{found:?}");
}

#[test]
fn the_neighborhoods_of_one_district_count_together() {
    let part =
        |name, from, to| Boundary { district: Some("관악구".into()), ..half(name, from, to) };
    let (west, east_half) = (part("서", -10.0, 500.0), part("동", 500.0, 1_010.0));
    let found = coverage(&street(), &[east(500.0)], &[&west, &east_half], "-");
    assert_eq!((found.len(), found[0].district.as_str()), (1, "관악구"));
    assert!((49..=51).contains(&found[0].near_lamp_m), "{found:?}");
}

#[test]
fn a_lamp_far_from_every_street_makes_nothing_known() {
    let far = Point { lat: LAT + 0.001, ..east(100.0) };
    assert_eq!(coverage(&street(), &[far], &[], "관악구")[0].near_lamp_m, 0);
}
