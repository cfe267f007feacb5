use super::*;

fn spot(bits: u128, kind: PlaceKind, ko: &str, en: &str, lat: f64) -> Spot {
    Spot {
        id: Id::from_bits(bits),
        kind,
        name: Bilingual { ko: ko.to_owned(), en: en.to_owned() },
        at: Point { lat, lon: 126.93 },
        meeting: !matches!(kind, PlaceKind::Haven),
        district: None,
        phone: None,
    }
}

fn sillim() -> Places {
    Places::new([
        spot(1, PlaceKind::BusStop, "신림역3번출구", "Sillim Station 3", 37.484),
        spot(2, PlaceKind::Station, "신림역", "Sillim Station", 37.4842),
        spot(3, PlaceKind::Haven, "CU 신림점", "CU Sillim", 37.4850),
        spot(4, PlaceKind::Police, "신사지구대", "Sinsa Police", 37.4860),
    ])
}

fn names(found: &[Found<'_>]) -> Vec<String> {
    found.iter().map(|found| found.spot.name.ko.clone()).collect()
}

#[test]
fn a_name_is_found_in_either_language_and_by_its_first_consonants() {
    let places = sillim();
    for typed in ["신림역", "sillim st", "SILLIM", "ㅅㄹㅇ"] {
        let found = places.find(&Search { typed, limit: 5, ..Search::default() });
        assert_eq!(names(&found)[0], "신림역", "{typed}");
    }
}

#[test]
fn a_walk_may_only_begin_where_a_team_may_wait() {
    let places = sillim();
    let found = places.find(&Search { typed: "신림", meeting: true, limit: 5, near: None });
    assert_eq!(names(&found), ["신림역", "신림역3번출구"]);
}

#[test]
fn with_nothing_typed_the_nearest_place_comes_first() {
    let places = sillim();
    let near = Point::new(37.4861, 126.93);
    let found = places.find(&Search { near, limit: 2, ..Search::default() });
    assert_eq!(names(&found), ["신사지구대", "CU 신림점"]);
    assert!(found[0].distance_m.is_some_and(|m| m < 20.0));
}

#[test]
fn a_name_nobody_has_finds_nothing() {
    assert!(sillim().find(&Search { typed: "부산", limit: 5, ..Search::default() }).is_empty());
}
