use super::*;
use atlas::{Brand, Camera, CameraPurpose, PatrolHouse, Station};

const SILLIM: Point = Point { lat: 37.4842, lon: 126.9297 };

fn thing(key: u128, year: u16, entry: Entry) -> Thing {
    Thing { key, checked_on: Date::new(year, 9, 28), district: None, entry }
}

fn north(at: Point, metres: f64) -> Point {
    Point { lat: at.lat + metres / 111_195.0, lon: at.lon }
}

fn house(name: &str, at: Point, phone: &str, operating: Option<bool>) -> Entry {
    Entry::PatrolHouse(PatrolHouse {
        point: at,
        name: name.into(),
        brand: Brand::Cu,
        district: None,
        address: Some("신림로 1".into()),
        phone: Some(phone.into()),
        phone_is_call_center: phone.starts_with("1577"),
        police: None,
        since: None,
        operating,
    })
}

fn camera(at: Point, purpose: CameraPurpose) -> Entry {
    Entry::Camera(Camera { point: at, count: 1, purpose, installed: None, place: None })
}

#[test]
fn a_store_on_two_lists_is_one_store_and_the_newer_list_speaks() {
    let laid = Laid::of(vec![
        thing(1, 2021, house("CU신림", north(SILLIM, 25.0), "02-1", None)),
        thing(2, 2022, house("CU 신림점", SILLIM, "02-2", Some(true))),
    ]);
    assert_eq!(laid.havens.len(), 1);
    assert_eq!(laid.havens[0].phone.as_deref(), Some("02-2"));
    assert_eq!(laid.facts.havens.len(), 1);
}

#[test]
fn a_store_that_left_the_scheme_is_not_listed_and_a_call_center_is_no_store_phone() {
    let laid = Laid::of(vec![
        thing(1, 2022, house("CU 신림점", SILLIM, "02-2", Some(false))),
        thing(2, 2022, house("GS25 봉천점", north(SILLIM, 900.0), "1577-9621", Some(true))),
    ]);
    assert_eq!(laid.havens.len(), 1);
    assert_eq!(laid.havens[0].phone, None);
}

#[test]
fn a_store_keeps_its_id_when_its_phone_is_corrected() {
    let id = |phone| {
        Laid::of(vec![thing(1, 2022, house("CU 신림점", SILLIM, phone, None))]).havens[0].id
    };
    assert_eq!(id("02-1"), id("02-2"));
}

#[test]
fn a_transfer_station_is_one_place_whatever_its_lines_are_called() {
    let station = |name: &str, line: &str, at| {
        Entry::Station(Station { point: at, name: name.into(), line: line.into() })
    };
    let laid = Laid::of(vec![
        thing(1, 2020, station("신림", "2", SILLIM)),
        thing(2, 2022, station("신림역(양지병원)", "신림선", north(SILLIM, 120.0))),
    ]);
    assert_eq!(laid.spots.len(), 1);
    assert_eq!(laid.spots[0].name.ko, "신림역");
    assert_eq!(laid.spots[0].name.en, "Sillim Station");
}

#[test]
fn only_cameras_that_watch_people_count_and_a_site_counts_once() {
    let laid = Laid::of(vec![
        thing(1, 2019, camera(SILLIM, CameraPurpose::Security)),
        thing(2, 2022, camera(SILLIM, CameraPurpose::Security)),
        thing(3, 2022, camera(north(SILLIM, 60.0), CameraPurpose::Traffic)),
    ]);
    assert_eq!(laid.facts.cameras.len(), 1);
}
