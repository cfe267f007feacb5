use super::*;
use std::collections::{BTreeMap, BTreeSet};

fn rows(name: &str) -> usize {
    let files = files(1);
    let file = files.iter().find(|file| file.name.contains(name)).unwrap();
    file.bytes.split(|byte| *byte == b'\n').count() - 2
}

#[test]
fn the_city_has_the_figures_of_the_programme_it_is_made_for() {
    let pack = server::Pack::parse(&pack()).unwrap();
    assert_eq!(pack.districts.len(), 25);
    // One of Mirinae-gu's 45 stores has left the programme.
    assert_eq!(rows("여성안심지킴이집") - 1, 656);
    assert_eq!(files(1), files(1), "the same bytes for ever");
}

#[test]
fn every_district_has_neighbors_that_call_it_theirs_too() {
    let pack = server::Pack::parse(&pack()).unwrap();
    for one in &pack.districts {
        assert!((2..=4).contains(&one.neighbors.len()), "{}", one.code);
        for other in &one.neighbors {
            let other = pack.district(other).unwrap();
            assert!(other.neighbors.contains(&one.code), "{} and {}", one.code, other.code);
        }
    }
    let names: BTreeSet<&str> = pack.districts.iter().map(|one| one.name.ko.as_str()).collect();
    assert_eq!(names.len(), 25);
}

#[test]
fn every_district_has_streets_and_one_can_walk_from_each_to_each() {
    let mut drawn = Drawn::of(1);
    let grids = spread(&mut drawn, 1);
    assert_eq!(grids.len(), 25);
    let mut neighbors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for way in &drawn.plan.ways {
        for pair in way.nodes.windows(2) {
            neighbors.entry(pair[0]).or_default().push(pair[1]);
            neighbors.entry(pair[1]).or_default().push(pair[0]);
        }
    }
    let start = grids[0].crossings()[0];
    let (mut reached, mut open) = (BTreeSet::from([start]), vec![start]);
    while let Some(node) = open.pop() {
        for next in &neighbors[&node] {
            if reached.insert(*next) {
                open.push(*next);
            }
        }
    }
    assert_eq!(reached.len(), neighbors.len());
    for grid in &grids {
        assert!(grid.crossings().len() > 1_000, "{} crossings", grid.crossings().len());
        for (column, row, ..) in STATIONS {
            assert!(grid.node(column, row).is_some(), "a station stands where streets meet");
        }
    }
}

#[test]
fn no_street_but_a_bridge_crosses_the_stream() {
    let mut drawn = Drawn::of(1);
    let before = drawn.plan.ways.len();
    let _grids = spread(&mut drawn, 1);
    for way in &drawn.plan.ways[before..] {
        let bridge = way.tags.iter().any(|(key, _)| *key == "bridge");
        for pair in drawn.plan.line(way).windows(2) {
            assert!(bridge || !streets::across_water(pair[0], pair[1]), "{:?}", way.tags);
        }
    }
}

#[test]
fn its_tables_are_read_as_real_ones_are_and_each_row_lies_in_its_district() {
    let city = atlas::City::within(server::Pack::parse(&pack()).unwrap().area);
    let mut borders = Vec::new();
    let mut stores = Vec::new();
    for file in files(1) {
        let Ok(atlas::Reading::Sheet(sheet)) = atlas::read(&file.name, &file.bytes, None, &city)
        else {
            assert_eq!(file.name, "gaon.osm");
            continue;
        };
        assert!(sheet.adds_up(), "{}", sheet.file);
        for row in sheet.accepted {
            match row.entry {
                atlas::Entry::Boundary(border) if border.code.starts_with("991") => {
                    borders.push(border);
                }
                atlas::Entry::PatrolHouse(house) => stores.push(house),
                _ => {}
            }
        }
    }
    let districts = atlas::Districts::of(&borders);
    for store in &stores {
        let within = districts.name_at(store.point).unwrap();
        assert_eq!(store.district.as_deref(), Some(within), "{}", store.name);
    }
    assert_eq!(stores.len(), 657);
}
