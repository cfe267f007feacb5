//! Every map of the folder, read, merged, joined into streets and cut into tiles.

use crate::folder::{SEOUL, bytes, files, sheet};
use atlas::{
    BaseMap, Boundary, City, Entry, Extract, FileReport, Reading, Reason, Tiles, coverage,
    osm::ExpanseKind, read,
};
use kernel::{Area, Point};

const WORLD: City<'static> =
    City::within(Area { south: -90.0, west: -180.0, north: 90.0, east: 180.0 });

fn extract(path: &str, city: &City<'_>) -> Extract {
    let result = read(path, &bytes(path), None, city);
    let report = FileReport::from(&result);
    assert!(report.adds_up(), "{path}: {report:?}");
    match result {
        Ok(Reading::Extract(extract)) => extract,
        other => panic!("{path} is no map: {:?}", other.map(|_| ())),
    }
}

fn lamps(paths: &[&str]) -> Vec<Point> {
    paths.iter().flat_map(|path| sheet(path).accepted).filter_map(|row| row.entry.point()).collect()
}

#[test]
fn every_map_agrees_with_the_source_list() {
    for (path, nodes, ways, relations, torn, drawn) in [
        ("osm_seoul/ewha_sinchon.osm", 9_309, 1_702, 166, 0, Some(2021)),
        ("osm_seoul/gongdeok_mapo.osm", 5_397, 907, 112, 0, Some(2022)),
        ("osm_seoul/jamsil_songpa.osm", 10_686, 1_747, 3, 0, Some(2024)),
        ("osm_seoul/gwanak_sillim_overpass.json", 4_695, 623, 0, 0, Some(2026)),
        ("osm_other/helsinki.osm.pbf", 24_260, 5_130, 620, 112, Some(2019)),
        ("osm_other/darmstadt_frankfurt_test_case.osm.pbf", 14_019, 2_742, 620, 0, Some(2024)),
        ("osm_other/porto_portugal.osm.pbf", 347_944, 51_458, 357, 39, Some(2015)),
        ("osm_other/porto_alegre.osm.pbf", 43_264, 16_032, 23, 0, None),
    ] {
        let extract = extract(path, &WORLD);
        assert_eq!((extract.rows, extract.duplicates), (nodes + ways + relations, 0), "{path}");
        // Ways at the edge of an extract whose nodes it does not hold.
        assert_eq!(extract.quarantined.len(), torn, "{path}");
        assert!(extract.quarantined.iter().all(|row| row.reason == Reason::MissingPoints));
        assert_eq!(extract.drawn_on.map(|day| day.year), drawn, "{path}");
    }
    // Street graphs hold each street once for each direction.
    for (path, rows) in [
        ("osm_seoul/central_seoul_drive_20231218.graphml", 3_384 + 8_830),
        ("osm_seoul/yongsan_drive_20230509.graphml", 1_993 + 5_485),
        ("osm_seoul/gwanak_sillim.graphml", 271 + 758),
    ] {
        let extract = extract(path, &SEOUL);
        assert_eq!(extract.rows, rows, "{path}");
        assert!(extract.quarantined.is_empty(), "{path}");
        assert!(extract.duplicates > rows / 8, "{path}: {}", extract.duplicates);
    }
    let helsinki = extract("osm_other/helsinki.osm.pbf", &SEOUL);
    assert_eq!(helsinki.accepted(), helsinki.rows - helsinki.quarantined.len() as u64);
    assert!(helsinki.nodes.is_empty() && helsinki.ways.is_empty(), "Helsinki is not in Seoul");
}

#[test]
fn the_extracts_of_seoul_become_one_map() {
    let extracts: Vec<Extract> =
        files("osm_seoul").iter().map(|path| extract(path, &SEOUL)).collect();
    let elements: usize = extracts.iter().map(|extract| extract.ways.len()).sum();
    let map = BaseMap::merge(extracts.clone());
    assert!(map.superseded > 1_000, "the two street graphs overlap");
    assert_eq!(map.ways.len() as u64 + map.superseded, elements as u64 + outlines(&extracts, &map));
    let mut reversed = extracts;
    reversed.reverse();
    let other = BaseMap::merge(reversed);
    assert_eq!(map.ways, other.ways, "the order of the files does not matter");
    let streets = map.streets();
    let kilometres = streets.length_mm() / 1_000_000;
    assert!((500..=1_200).contains(&kilometres), "{kilometres} km");
    let count = |kind| map.expanses().iter().filter(|expanse| expanse.kind == kind).count();
    assert!(count(ExpanseKind::Building) > 1_000, "{}", count(ExpanseKind::Building));
    assert!(count(ExpanseKind::Green) > 10);
}

/// Outlines are superseded as well as ways.
fn outlines(extracts: &[Extract], map: &BaseMap) -> u64 {
    let read: usize = extracts.iter().map(|extract| extract.relations.len()).sum();
    (read - map.relations.len()) as u64
}

#[test]
fn what_the_lamp_tables_know_of_sillim_agrees_with_the_source_list() {
    let graph = BaseMap::merge(vec![extract("osm_seoul/gwanak_sillim.graphml", &SEOUL)]);
    let lamps = lamps(&[
        "security_lights/서울특별시_관악구_보안등정보_20190605.csv",
        "street_lights/서울특별시_가로등 위치 정보_20221108.csv",
    ]);
    let dongs = sheet("boundaries/seoul_dong_2021.geojson");
    let outlines: Vec<&Boundary> = dongs
        .accepted
        .iter()
        .filter_map(|row| match &row.entry {
            Entry::Boundary(outline) => Some(outline),
            _ => None,
        })
        .collect();
    let found = coverage(&graph.streets(), &lamps, &outlines, "elsewhere");
    let gwanak = found.iter().find(|c| c.district == "관악구").unwrap();
    // The source list measured 86.6 % on these streets.
    assert!((gwanak.share - 0.866).abs() < 0.03, "{gwanak:?}");
    assert!(gwanak.street_m > 18_000, "{gwanak:?}");
    assert!(gwanak.lamps > 11_778, "its own lamps and those of its main streets: {gwanak:?}");
}

#[test]
fn the_map_of_sillim_is_cut_into_tiles() {
    let map = BaseMap::merge(
        ["osm_seoul/ewha_sinchon.osm", "osm_seoul/gwanak_sillim_overpass.json"]
            .map(|path| extract(path, &SEOUL))
            .into(),
    );
    let stations: Vec<_> = sheet("transit/seoul_subway_stations.csv")
        .accepted
        .into_iter()
        .filter_map(|row| match row.entry {
            Entry::Station(station) => Some(station),
            _ => None,
        })
        .collect();
    let tiles = Tiles::build(&map, &stations);
    let (mut cut, mut bytes, mut largest) = (0, 0, 0);
    for z in 10..=16_u8 {
        let across = f64::from(1_u32 << z);
        let tile = |lat: f64, lon: f64| {
            let lat = lat.to_radians();
            let y = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0;
            (((lon + 180.0) / 360.0 * across) as u32, (y * across) as u32)
        };
        let (west, south) = tile(37.45, 126.90);
        let (east, north) = tile(37.58, 126.98);
        for x in west..=east {
            for y in north..=south {
                let Some(tile) = tiles.tile(z, x, y) else { continue };
                cut += 1;
                bytes += tile.len();
                largest = largest.max(tile.len());
            }
        }
    }
    assert!(cut > 100, "{cut} tiles");
    assert!(largest < 400_000, "the largest of {cut} tiles ({bytes} bytes) has {largest}");
}
