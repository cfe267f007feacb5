use super::{Tiles, plain_station, spot};
use crate::{
    BaseMap, Station,
    osm::{Node, Stamp, Tags, Way},
};
use kernel::Point;
use std::collections::HashMap;

fn at(lat: f64, lon: f64) -> Point {
    Point { lat, lon }
}

/// A map made by code, as the demonstration district is.
fn map() -> BaseMap {
    let points = [
        (1, at(37.480, 126.930)),
        (2, at(37.480, 126.940)),
        (3, at(37.481, 126.9305)),
        (4, at(37.481, 126.9308)),
        (5, at(37.4812, 126.9308)),
        (6, at(37.4842, 126.9296)),
    ];
    let tags = |pairs: &[(&str, &str)]| Tags::of(pairs.iter().copied());
    let mut nodes: HashMap<i64, Node> = points
        .into_iter()
        .map(|(id, point)| (id, Node { id, point, tags: Tags::default(), stamp: Stamp::default() }))
        .collect();
    nodes.get_mut(&6).unwrap().tags = tags(&[("railway", "station"), ("name", "신림")]);
    let way = |id, nodes: &[i64], pairs: &[(&str, &str)]| Way {
        id,
        part_of: Box::default(),
        nodes: nodes.into(),
        tags: tags(pairs),
        stamp: Stamp::default(),
    };
    let street = [("highway", "residential"), ("name", "신림로"), ("name:en", "Sillim-ro")];
    BaseMap {
        nodes,
        ways: vec![way(1, &[1, 2], &street), way(2, &[3, 4, 5, 3], &[("building", "yes")])],
        ..BaseMap::default()
    }
}

/// The tile a point lies in.
fn tile_of(point: Point, z: u8) -> (u8, u32, u32) {
    let across = f64::from(1_u32 << z);
    let spot = spot(point);
    (z, (spot[0] * across) as u32, (spot[1] * across) as u32)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn a_tile_holds_the_streets_buildings_and_stations_in_it() {
    let tiles = Tiles::build(&map(), &[]);
    let (z, x, y) = tile_of(at(37.4811, 126.9307), 16);
    let bytes = tiles.tile(z, x, y).unwrap();
    assert!(holds(&bytes, "buildings"));
    let (z, x, y) = tile_of(at(37.480, 126.935), 14);
    let bytes = tiles.tile(z, x, y).unwrap();
    for text in ["streets", "local", "신림로", "Sillim-ro", "stations", "신림"] {
        assert!(holds(&bytes, text), "{text}");
    }
    assert!(!holds(&bytes, "water"));
    assert_eq!(tiles.tile(z, x, y).unwrap(), bytes, "the same map gives the same bytes");
    let area = tiles.area().unwrap();
    assert!(area.contains(at(37.480, 126.935)));
}

#[test]
fn small_streets_and_houses_wait_for_closer_zooms() {
    let tiles = Tiles::build(&map(), &[]);
    let drawn = |zoom| {
        let (z, x, y) = tile_of(at(37.480, 126.935), zoom);
        tiles.tile(z, x, y).unwrap_or_default()
    };
    assert!(!holds(&drawn(11), "streets"));
    assert!(holds(&drawn(12), "streets") && holds(&drawn(12), "stations"));
    assert!(!holds(&drawn(13), "buildings") && holds(&drawn(14), "buildings"));
}

#[test]
fn where_there_is_no_map_there_is_no_tile() {
    let tiles = Tiles::build(&map(), &[]);
    for (z, x, y) in [(9, 0, 0), (17, 0, 0), (14, 0, 0), (14, 1 << 14, 0), (255, 0, 0)] {
        assert_eq!(tiles.tile(z, x, y), None, "{z}/{x}/{y}");
    }
    assert_eq!(Tiles::build(&BaseMap::default(), &[]).area(), None);
}

#[test]
fn a_station_with_two_lines_has_one_label() {
    let station = |name: &str, lon: f64, line: &str| Station {
        point: at(37.4842, lon),
        name: name.into(),
        line: line.into(),
    };
    let rows = [
        station("신림역", 126.9297, "2"),
        station("신림", 126.9298, "신림선"),
        station("봉천역", 126.9417, "2"),
    ];
    let tiles = Tiles::build(&map(), &rows);
    let (z, x, y) = tile_of(at(37.4842, 126.9296), 13);
    let bytes = tiles.tile(z, x, y).unwrap();
    assert!(holds(&bytes, "신림") && !holds(&bytes, "신림역"));
    let stations = tiles.things.iter().filter(|t| t.layer == super::LayerName::Stations).count();
    assert_eq!(stations, 2);
    assert_eq!(plain_station("흑석(중앙대입구)"), "흑석");
}
