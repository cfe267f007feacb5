use super::*;
use crate::ground::{Laid, Thing};
use atlas::{Brand, Entry, PatrolHouse};

const SILLIM: Point = Point { lat: 37.4842, lon: 126.9297 };
const CROW: Crow = Crow { factor: 1.3, pace_m_per_s: 1.2 };

fn store(key: u128, name: &str, at: Point) -> Thing {
    let entry = Entry::PatrolHouse(PatrolHouse {
        point: at,
        name: name.into(),
        brand: Brand::Other,
        district: None,
        address: None,
        phone: None,
        phone_is_call_center: false,
        police: None,
        since: None,
        operating: None,
    });
    Thing { key, checked_on: None, district: None, entry }
}

#[test]
fn without_streets_a_team_is_still_found_by_the_straight_line() {
    let walking = Walking::new(None, &Laid::default(), Weights::default(), CROW);
    let away = Point { lat: SILLIM.lat + 1_000.0 / 111_195.0, ..SILLIM };
    let walk = walking.shortest(SILLIM, away);
    assert_eq!((walk.guessed, walk.length_m), (true, 1_300));
    assert!(walking.ways(SILLIM, away, Instant::default(), &[]).is_err());
}

#[test]
fn without_streets_the_nearest_ready_haven_is_still_named() {
    let near = Point { lat: SILLIM.lat + 0.001, ..SILLIM };
    let far = Point { lat: SILLIM.lat + 0.004, ..SILLIM };
    let laid = Laid::of(vec![store(1, "가까운집", near), store(2, "먼집", far)]);
    let walking = Walking::new(None, &laid, Weights::default(), CROW);
    let found = walking.havens(SILLIM, Instant::default(), 2, &[false, true]);
    assert_eq!(found.iter().map(|near| near.haven).collect::<Vec<_>>(), [1]);
}

/// One straight street of 400 m, as an extract would bring it.
fn one_street() -> atlas::BaseMap {
    let xml = r#"<osm version="0.6">
        <node id="1" lat="37.4800" lon="126.9300"/><node id="2" lat="37.4836" lon="126.9300"/>
        <way id="9"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>"#;
    let area = kernel::Area { south: 37.4, west: 126.9, north: 37.5, east: 127.0 };
    match atlas::read("street.osm", xml.as_bytes(), None, &atlas::City::within(area)) {
        Ok(atlas::Reading::Extract(extract)) => atlas::BaseMap::merge(vec![extract]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn metres_beyond_the_end_of_the_map_are_walked_and_unknown() {
    let map = one_street();
    let walking = Walking::new(Some(&map), &Laid::default(), Weights::default(), CROW);
    let (from, to) = (Point { lat: 37.4801, lon: 126.93 }, Point { lat: 37.4836, lon: 126.93 });
    let beyond = Point { lat: to.lat + 200.0 / 111_195.0, ..to };
    let length = |to| walking.ways(from, to, Instant::default(), &[]).unwrap().1[0].clone();
    let (near, far) = (length(to), length(beyond));
    assert_eq!(far.length_m - near.length_m, 200);
    assert_eq!(far.lit_m + far.unlit_m + far.unknown_m, far.length_m);
    assert_eq!(far.geometry.last(), Some(&[beyond.lon, beyond.lat]), "map_ends");
}
