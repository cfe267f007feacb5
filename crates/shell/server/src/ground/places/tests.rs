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

/// Five hundred places at odd spots, found by looking at each.
#[test]
fn the_nearest_are_those_that_looking_at_each_finds() {
    let odd =
        |n: u64, scale: f64| (n.wrapping_mul(2_654_435_761) % 10_007) as f64 / 10_007.0 * scale;
    let kinds = [PlaceKind::BusStop, PlaceKind::Station, PlaceKind::Haven, PlaceKind::Police];
    let all: Vec<Spot> = (0..500_u64)
        .map(|n| {
            let kind = kinds[n as usize % kinds.len()];
            let lat = 37.42 + odd(n, 0.28);
            let mut one = spot(u128::from(n) + 1, kind, &n.to_string(), "", lat);
            one.at.lon = 126.76 + odd(n * 31 + 7, 0.42);
            one
        })
        .collect();
    let places = Places::new(all.clone());
    for from in
        (0..40_u64).map(|n| Point { lat: 37.4 + odd(n * 7, 0.3), lon: 126.7 + odd(n * 3, 0.5) })
    {
        let mut metres: Vec<f64> =
            all.iter().filter(|spot| spot.meeting).map(|spot| from.distance_m(spot.at)).collect();
        metres.sort_by(f64::total_cmp);
        let found =
            places.find(&Search { near: Some(from), meeting: true, limit: 7, ..Search::default() });
        let seen: Vec<u64> = found.iter().filter_map(|one| Some(one.distance_m? as u64)).collect();
        assert_eq!(seen, metres[..7].iter().map(|m| *m as u64).collect::<Vec<_>>());
        let police = places.nearest(from, &[PlaceKind::Police], 3);
        let mut metres: Vec<f64> = all
            .iter()
            .filter(|spot| spot.kind == PlaceKind::Police)
            .map(|spot| from.distance_m(spot.at))
            .collect();
        metres.sort_by(f64::total_cmp);
        let seen: Vec<f64> = police.iter().filter_map(|one| one.distance_m).collect();
        assert_eq!(seen, metres[..3]);
    }
}
