use super::*;
use std::collections::BTreeSet;

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
fn its_tables_are_read_as_real_ones_are_and_each_row_lies_in_its_district() {
    let city = atlas::City::within(server::Pack::parse(&pack()).unwrap().area);
    let mut borders = Vec::new();
    let mut stores = Vec::new();
    for file in files(1) {
        let Ok(atlas::Reading::Sheet(sheet)) = atlas::read(&file.name, &file.bytes, None, &city)
        else {
            assert_eq!(file.name, "mirinae.osm");
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
