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
