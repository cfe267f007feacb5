use super::*;
use kernel::Span;
use proptest::prelude::*;
use std::collections::BTreeMap;

const NOW: Instant = Instant::from_millis(1_795_441_200_000);

fn street(number: u64, from: u32, to: u32, length_m: f64, hours: i64) -> Street {
    Street {
        segment: Segment(number),
        from: Corner(from),
        to: Corner(to),
        length_m,
        night_cost_m: length_m,
        visited_at: Some(NOW - Span::hours(hours)),
    }
}

/// The streets proposed, and whole metres.
fn proposed(streets: &[Street], budget_m: f64) -> (Vec<u64>, u64) {
    let proposal = propose(streets, Corner(0), budget_m, &Rules::default(), NOW);
    (proposal.walk.iter().map(|one| one.0).collect(), proposal.length_m.round() as u64)
}

#[test]
fn what_nobody_has_walked_for_long_comes_first() {
    // Two alleys off the same corner, and metres for one of them there and back.
    let streets = [street(1, 0, 1, 100.0, 2), street(2, 0, 2, 100.0, 30)];
    assert_eq!(proposed(&streets, 250.0), (vec![2, 2], 200));
    assert_eq!(proposed(&streets, 400.0).1, 400, "both, when there is time");
    assert_eq!(proposed(&streets, 199.0), (vec![], 0), "nobody is sent further than back");
}

#[test]
fn a_street_on_the_way_counts_too_and_is_walked_back_by_another_way() {
    let ring = [street(1, 0, 1, 100.0, 5), street(2, 1, 2, 100.0, 50), street(3, 2, 0, 100.0, 5)];
    let (walk, length_m) = proposed(&ring, 300.0);
    assert_eq!((walk.len(), length_m), (3, 300));
}

#[test]
fn a_street_needs_no_more_after_a_week_and_a_street_never_walked_needs_as_much() {
    let rules = Rules::default();
    let whole = |street: Street| street.prize(&rules, NOW).round() as u64;
    let prize = |hours| whole(street(1, 0, 1, 10.0, hours));
    assert_eq!([prize(0), prize(24), prize(168), prize(999)], [0, 240, 1_680, 1_680]);
    let never = Street { visited_at: None, ..street(1, 0, 1, 10.0, 0) };
    assert_eq!(whole(never), 1_680);
    let unknown = Street { night_cost_m: f64::NAN, ..never };
    assert_eq!(whole(unknown), 0);
}

#[test]
fn nothing_is_proposed_where_nothing_can_be_reached() {
    assert_eq!(proposed(&[], 1_000.0), (vec![], 0));
    assert_eq!(proposed(&[street(1, 5, 6, 10.0, 9)], 1_000.0), (vec![], 0), "another island");
    assert_eq!(proposed(&[street(1, 0, 1, 0.0, 9)], 1_000.0), (vec![], 0));
}

#[test]
fn a_whole_beat_is_planned_within_the_night() {
    // A grid of 8 × 8 corners, 112 streets of 80 m: an hour and a half at 50 m a minute.
    let mut streets = Vec::new();
    for row in 0..8_u32 {
        for column in 0..8_u32 {
            let at = row * 8 + column;
            let number = u64::from(at);
            if column < 7 {
                streets.push(street(number, at, at + 1, 80.0, i64::from(at) % 37));
            }
            if row < 7 {
                streets.push(street(1_000 + number, at, at + 8, 80.0, i64::from(at) % 53));
            }
        }
    }
    let proposal = propose(&streets, Corner(0), 4_500.0, &Rules::default(), NOW);
    assert!(proposal.length_m <= 4_500.0 && proposal.length_m > 4_200.0);
    let distinct: BTreeSet<Segment> = proposal.walk.iter().copied().collect();
    assert!(distinct.len() * 10 > proposal.walk.len() * 8, "few streets twice");
}

/// The oracle: every walk within the metres, street by street.
fn best(streets: &[Street], at: Corner, left_m: f64, walked: &mut BTreeMap<usize, u32>) -> f64 {
    let mut found = f64::NEG_INFINITY;
    if at == Corner(0) {
        let rules = Rules::default();
        found = walked.keys().map(|one| streets[*one].prize(&rules, NOW)).sum();
    }
    for (number, street) in streets.iter().enumerate() {
        let far = match at {
            at if at == street.from => street.to,
            at if at == street.to => street.from,
            _ => continue,
        };
        // No best walk needs a street a third time.
        if street.length_m > left_m || walked.get(&number).is_some_and(|times| *times > 1) {
            continue;
        }
        *walked.entry(number).or_default() += 1;
        found = found.max(best(streets, far, left_m - street.length_m, walked));
        let times = walked.entry(number).or_default();
        *times -= 1;
        if *times == 0 {
            walked.remove(&number);
        }
    }
    found
}

fn few_streets(most: usize) -> impl Strategy<Value = Vec<Street>> {
    proptest::collection::vec((0_u32..5, 0_u32..5, 1_u32..8, 0_i64..200), 0..most).prop_map(
        |rows| {
            rows.into_iter()
                .zip(0..)
                .map(|((from, to, tens, hours), number)| {
                    street(number, from, to, f64::from(tens) * 10.0, hours)
                })
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn on_a_handful_of_streets_no_walk_is_better(streets in few_streets(6), tens in 0_u32..20) {
        let budget_m = f64::from(tens) * 10.0;
        let proposal = propose(&streets, Corner(0), budget_m, &Rules::default(), NOW);
        let most = best(&streets, Corner(0), budget_m, &mut BTreeMap::new());
        prop_assert!((proposal.prize - most).abs() < 1e-6, "{} of {most}", proposal.prize);
    }

    #[test]
    fn every_proposal_can_be_walked(streets in few_streets(16), tens in 0_u32..60) {
        let budget_m = f64::from(tens) * 10.0;
        let proposal = propose(&streets, Corner(0), budget_m, &Rules::default(), NOW);
        let mut at = Corner(0);
        let (mut length_m, mut walked) = (0.0, BTreeSet::new());
        for segment in &proposal.walk {
            let number = usize::try_from(segment.0).unwrap();
            let street = &streets[number];
            prop_assert!(at == street.from || at == street.to, "it hangs together");
            at = if at == street.from { street.to } else { street.from };
            length_m += street.length_m;
            walked.insert(number);
        }
        prop_assert_eq!(at, Corner(0), "and ends where it began");
        prop_assert!(length_m <= budget_m + 1e-6 && (length_m - proposal.length_m).abs() < 1e-6);
        let prize: f64 =
            walked.iter().map(|one| streets[*one].prize(&Rules::default(), NOW)).sum();
        prop_assert!((prize - proposal.prize).abs() < 1e-6);
        let again = propose(&streets, Corner(0), budget_m, &Rules::default(), NOW);
        prop_assert_eq!(again, proposal, "the same question, the same answer");
    }
}
