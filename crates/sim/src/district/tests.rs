use super::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The seed `demo` uses unless told otherwise.
const SEED: u64 = 1;

fn length_m(plan: &plan::Plan, class: impl Fn(plan::Class) -> bool) -> f64 {
    let ways = plan.ways.iter().filter(|way| class(way.class));
    ways.map(|way| {
        let line = plan.line(way);
        line.windows(2).map(|pair| pair[0].distance_m(pair[1])).sum::<f64>()
    })
    .sum()
}

fn digest(files: &[SourceFile]) -> String {
    let mut sha = Sha256::new();
    for file in files {
        sha.update(file.name.as_bytes());
        sha.update((file.bytes.len() as u64).to_be_bytes());
        sha.update(&file.bytes);
    }
    let first: [u8; 8] = std::array::from_fn({
        let sum = sha.finalize();
        move |at| sum[at]
    });
    format!("{:016x}", u64::from_be_bytes(first))
}

#[test]
fn a_seed_gives_the_same_bytes_for_ever() {
    let district = District::invent(SEED);
    insta::assert_snapshot!(digest(district.files()), @"040be41565780a61");
    assert_eq!(digest(district.files()), digest(District::invent(SEED).files()));
    assert_ne!(digest(district.files()), digest(District::invent(SEED + 1).files()));
}

#[test]
fn every_street_can_be_walked_to_from_every_other() {
    for seed in [SEED, 2, 3, 99] {
        let Drawn { plan, .. } = Drawn::of(seed);
        let mut neighbors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for way in &plan.ways {
            for pair in way.nodes.windows(2) {
                neighbors.entry(pair[0]).or_default().push(pair[1]);
                neighbors.entry(pair[1]).or_default().push(pair[0]);
            }
        }
        let (start, _) = neighbors.first_key_value().unwrap();
        let (mut reached, mut open) = (BTreeSet::from([*start]), vec![*start]);
        while let Some(node) = open.pop() {
            for next in &neighbors[&node] {
                if reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        assert_eq!(reached.len(), neighbors.len(), "seed {seed}");
    }
}

#[test]
fn it_is_as_dense_as_a_korean_district() {
    let Drawn { plan, places, furniture, .. } = Drawn::of(SEED);
    let km = length_m(&plan, |_| true) / 1_000.0;
    // Gwanak's extract has 25 km of walkable ways per square kilometre where it is built up.
    assert!((120.0..260.0).contains(&km), "{km} km of streets");
    assert!(length_m(&plan, |class| class == plan::Class::Steps) > 800.0);
    assert!(length_m(&plan, |class| class == plan::Class::Path) > 5_000.0);
    assert_eq!(places.stations.len(), 3);
    assert_eq!(places.exits.len(), 12);
    assert_eq!(places.stores.len(), 45);
    assert!((60..=120).contains(&places.bus_stops.len()), "{} stops", places.bus_stops.len());
    assert!(plan.outlines.len() > 5_000, "{} buildings and parks", plan.outlines.len());
    assert!(furniture.cameras.len() > 120, "{} cameras", furniture.cameras.len());
    assert!((30..=300).contains(&furniture.bells.len()), "{} bells", furniture.bells.len());
    assert!(plan.ways.iter().any(|way| way.tags.iter().any(|(key, _)| *key == "tunnel")));
    assert!(plan.ways.iter().any(|way| way.tags.iter().any(|(key, _)| *key == "bridge")));
}

#[test]
fn every_lamp_camera_bell_and_store_lies_in_the_box() {
    let area = District::area();
    for seed in [SEED, 5] {
        let Drawn { places, furniture, plan, .. } = Drawn::of(seed);
        let lamps = furniture.street_lights.iter().chain(&furniture.security_lights);
        let poles = furniture.cameras.iter().map(|(spot, _)| spot);
        let stops = places.stores.iter().chain(&places.bus_stops).map(|place| &place.spot);
        let all = lamps.chain(poles).chain(&furniture.bells).chain(stops);
        for spot in all {
            assert!(area.contains(spot.point()), "{spot:?}");
        }
        for node in &plan.nodes {
            assert!(area.contains(node.spot.point()), "{node:?}");
        }
    }
}

#[test]
fn two_neighborhoods_have_lamps_nobody_wrote_down() {
    let Drawn { furniture, plan, .. } = Drawn::of(SEED);
    let lamps: Vec<_> = furniture.street_lights.iter().chain(&furniture.security_lights).collect();
    for dong in 0..names::DONGS.len() {
        let known = lamps.iter().filter(|lamp| places::dong_of(***lamp) == dong).count();
        if names::WITHOUT_REGISTER.contains(&dong) {
            assert_eq!(known, 0, "dong {dong}");
        } else {
            assert!(known > 250, "dong {dong} has {known} lamps");
        }
    }
    // Where there is a register, most metres have a lamp within 25 m, and some have none.
    let (mut covered, mut asked) = (0_u32, 0_u32);
    for way in plan.ways.iter().filter(|way| way.class < plan::Class::Path) {
        for pair in plan.line(way).windows(2) {
            let middle = pair[0].toward(pair[1], 0.5);
            if names::WITHOUT_REGISTER.contains(&places::dong_of(middle)) {
                continue;
            }
            asked += 1;
            covered += u32::from(lamps.iter().any(|lamp| lamp.distance_m(middle) < 25.0));
        }
    }
    let share = f64::from(covered) / f64::from(asked);
    assert!((0.6..0.95).contains(&share), "{share}");
}

#[test]
fn bridges_pass_over_the_stream_path_without_a_junction() {
    let Drawn { plan, .. } = Drawn::of(SEED);
    let over: BTreeSet<usize> = plan
        .ways
        .iter()
        .filter(|way| way.class <= plan::Class::Street)
        .flat_map(|way| way.nodes.iter().copied())
        .collect();
    let paths = plan
        .ways
        .iter()
        .filter(|way| way.name.as_ref().is_some_and(|name| name.en == "Mirinaecheon Walk"));
    for path in paths {
        let inner = path.nodes.iter().filter(|node| over.contains(node)).count();
        assert_eq!(inner, 0);
    }
}

#[test]
fn tables_are_written_as_districts_write_them_with_their_faults() {
    let district = District::invent(SEED);
    let table = |part: &str| {
        let file = district.files().iter().find(|file| file.name.contains(part)).unwrap();
        assert!(std::str::from_utf8(&file.bytes).is_err(), "{part} must not be UTF-8");
        let (text, _, faulty) = encoding_rs::EUC_KR.decode(&file.bytes);
        assert!(!faulty, "{part}");
        text.into_owned()
    };
    let lamps = table("보안등");
    assert!(lamps.starts_with("보안등위치명,설치개수,소재지도로명주소,소재지지번주소,위도,경도,"));
    let columns: BTreeSet<usize> = lamps.lines().map(|line| line.split(',').count()).collect();
    assert_eq!(columns, BTreeSet::from([11]));
    let rows: Vec<&str> = lamps.lines().collect();
    let distinct: BTreeSet<&&str> = rows.iter().collect();
    assert_eq!(rows.len() - distinct.len(), 1, "one row is written twice");
    assert_eq!(rows.iter().filter(|row| row.contains(",36.28,125.38,")).count(), 1);
    let houses = table("여성안심지킴이집");
    assert_eq!(houses.lines().count(), 46);
    assert_eq!(houses.lines().filter(|row| row.contains(",N,")).count(), 1);
    let names: BTreeSet<&str> =
        houses.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(names.len(), 45, "no two stores share a name");
    assert!(names.iter().any(|name| name.is_ascii()), "some stores are called in English");
}

#[test]
fn no_number_of_the_invented_city_can_be_rung() {
    for file in District::invent(SEED).files().iter().filter(|file| file.name.contains("가온시"))
    {
        let (text, _, _) = encoding_rs::EUC_KR.decode(&file.bytes);
        for number in text.split(',').filter(|field| field.starts_with("02-")) {
            assert!(number.starts_with("02-0000-"), "{number}");
        }
        assert!(!text.contains("010-"), "no mobile phones in {}", file.name);
    }
}
