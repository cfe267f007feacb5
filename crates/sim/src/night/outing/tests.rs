use super::*;

fn seoul() -> Zone {
    Zone::named("Asia/Seoul").unwrap()
}

fn night(seed: u64) -> Vec<Outing> {
    let zone = seoul();
    let start = piece_of(zone.moment("2026-11-23T21:30").unwrap());
    (0..21).flat_map(|piece| outings(seed, &zone, start + Span::minutes(10 * piece), 1.0)).collect()
}

#[test]
fn a_night_has_thirty_to_sixty_five_walks_and_most_come_by_the_page() {
    let nights: Vec<Vec<Outing>> = (1..=40).map(night).collect();
    let all: usize = nights.iter().map(Vec::len).sum();
    let mean = all as f64 / 40.0;
    assert!((40.0..54.0).contains(&mean), "{mean} walks a night");
    assert!(nights.iter().all(|night| (25..75).contains(&night.len())));
    let by_phone = nights.iter().flatten().filter(|outing| outing.by_phone).count();
    let share = by_phone as f64 / all as f64;
    assert!((0.25..0.35).contains(&share), "{share} by phone");
    let some_call_off = |outing: &&Outing| matches!(outing.mood, Mood::CallsOff(_));
    assert!(nights.iter().flatten().filter(some_call_off).count() > 40);
}

#[test]
fn the_plan_can_be_taken_up_anywhere_and_is_the_same_plan() {
    assert_eq!(night(7), night(7));
    assert_ne!(night(7), night(8));
    let keys: std::collections::BTreeSet<String> =
        night(7).into_iter().map(|outing| outing.key).collect();
    assert_eq!(keys.len(), night(7).len());
}

#[test]
fn people_ask_in_their_own_piece_and_in_order() {
    let zone = seoul();
    let piece = piece_of(zone.moment("2026-11-23T23:17:41").unwrap());
    assert_eq!(zone.wall(piece), "2026-11-23T23:10:00");
    let asked: Vec<Instant> = outings(3, &zone, piece, 1.0).into_iter().map(|o| o.at).collect();
    assert!(asked.is_sorted());
    assert!(asked.iter().all(|at| *at >= piece && *at < piece + PIECE));
}

#[test]
fn somebody_asks_within_seconds_of_the_opening_and_the_phone_rings() {
    let now = seoul().moment("2026-11-23T22:35").unwrap();
    let first = opening(1, now);
    assert!(first.iter().all(|outing| outing.at.since(now).as_seconds() <= 60));
    assert!(first.iter().any(|outing| outing.by_phone) && first.iter().any(|o| !o.by_phone));
    let again = opening(1, now + Span::minutes(4));
    let keys = |outings: Vec<Outing>| outings.into_iter().map(|o| o.key).collect::<Vec<_>>();
    assert_eq!(keys(first), keys(again), "a restart sends out the same people");
}

#[test]
fn hardly_anybody_asks_at_noon() {
    let zone = seoul();
    let noon = zone.moment("2026-11-23T12:00").unwrap();
    let asked: usize = (1..=200).map(|seed| outings(seed, &zone, noon, 1.0).len()).sum();
    assert!(asked < 40, "{asked} in 200 pieces");
}
