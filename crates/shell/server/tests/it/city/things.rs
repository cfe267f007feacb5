//! What there is in the small Gwanak, and what it is called.

use super::SILLIM;
use atlas::{Brand, BusStop, Entry, OfficeKind, PatrolHouse, PoliceOffice, Station};
use kernel::{DistrictCode, Id, Point, id};
use server::ground::Thing;

fn thing(key: u128, district: &str, entry: Entry) -> Thing {
    let district = DistrictCode::try_from(district.to_owned()).unwrap();
    Thing { key, checked_on: None, district: Some(district), entry }
}

pub(super) fn north(metres: f64) -> Point {
    Point { lat: SILLIM.lat + metres / 111_195.0, lon: SILLIM.lon }
}

fn house(name: &str, at: Point) -> Entry {
    Entry::PatrolHouse(PatrolHouse {
        point: at,
        name: name.into(),
        brand: Brand::Cu,
        district: None,
        address: Some("신림로 1".into()),
        phone: Some("02-000-0101".into()),
        phone_is_call_center: false,
        police: None,
        since: None,
        operating: Some(true),
    })
}

pub fn things() -> Vec<Thing> {
    let station =
        |name: &str, at| Entry::Station(Station { point: at, name: name.into(), line: "2".into() });
    vec![
        thing(1, "gwanak", station("신림", SILLIM)),
        thing(2, "gwanak", station("봉천", north(900.0))),
        thing(
            3,
            "gwanak",
            Entry::BusStop(BusStop {
                point: north(-400.0),
                number: "21101".into(),
                name: "신림역4번출구".into(),
                pier: false,
            }),
        ),
        thing(
            4,
            "gwanak",
            Entry::Police(PoliceOffice {
                point: north(300.0),
                name: "신림".into(),
                kind: OfficeKind::DistrictUnit,
                station: None,
                phone: Some("02-000-0112".into()),
                address: None,
            }),
        ),
        thing(5, "gwanak", house("CU 신림점", north(150.0))),
        thing(6, "gwanak", house("GS25 봉천점", north(700.0))),
        thing(7, "dongjak", station("사당", north(4_000.0))),
    ]
}

/// What the `things` are called as places.
pub fn place(key: u128) -> String {
    Id::<id::Place>::from_bits(key).to_string()
}
