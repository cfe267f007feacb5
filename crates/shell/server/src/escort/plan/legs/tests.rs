use super::*;

const LEG: Leg = Leg { seconds: 60, meters: 80 };

#[test]
fn what_is_looked_up_in_every_turn_is_searched_once_and_the_rest_is_forgotten() {
    let mut searched = Searched::default();
    let mut searches = 0;
    for turn in 0..3 {
        searched.or_search((0, 1), || {
            searches += 1;
            LEG
        });
        let first = 2 + turn * KEPT as u32;
        for other in first..first + KEPT as u32 {
            searched.or_search((0, other), || LEG);
        }
        searched.turn();
        assert!(searched.lately.is_empty());
        assert_eq!(searched.before.len(), KEPT + 1);
    }
    assert_eq!(searches, 1);
}

#[test]
fn a_plan_in_hand_forgets_nothing() {
    let mut searched = Searched::default();
    for other in 1..=KEPT as u32 {
        searched.or_search((0, other), || LEG);
    }
    searched.turn();
    assert_eq!(searched.lately.len(), KEPT);
}

#[test]
fn on_the_flat_map_a_city_is_as_wide_as_it_is() {
    let origin = Point { lat: 37.55, lon: 126.99 };
    for far in [Point { lat: 37.42, lon: 126.76 }, Point { lat: 37.69, lon: 127.18 }] {
        let straight_m = origin.distance_m(far);
        let flat_m = Spot::of(origin, origin).distance_m(Spot::of(far, origin));
        assert!((flat_m - straight_m).abs() < straight_m * 0.002, "{flat_m} {straight_m}");
    }
}

#[test]
fn no_way_is_asked_from_where_a_team_stands_to_where_somebody_lives() {
    let (mut legs, mut places) = (Legs::default(), Places::default());
    let at = Point { lat: 37.48, lon: 126.93 };
    let (stand, goal, home) =
        (places.stand(&mut legs, at), places.goal(&mut legs, at), places.home(&mut legs, at));
    let asked = Asked::of(&places, &mut legs);
    assert_eq!(asked.leg(stand, home), None);
    assert_eq!(asked.leg(stand, goal).map(|leg| leg.seconds), Some(0));
    assert_eq!(asked.leg(goal, home).map(|leg| leg.seconds), Some(0));
    assert!(!asked.is_goal(stand) && asked.is_goal(goal) && asked.is_goal(home));
}

#[test]
fn places_stay_from_plan_to_plan_until_most_of_them_are_asked_for_no_more() {
    let (mut legs, mut places) = (Legs::default(), Places::default());
    let at = |step: usize| Point { lat: 37.4 + step as f64 * 0.001, lon: 126.93 };
    let ask = |legs: &mut Legs, places: &mut Places, steps: std::ops::Range<usize>| {
        steps.map(|step| places.goal(legs, at(step))).collect::<Vec<_>>()
    };
    let first = ask(&mut legs, &mut places, 0..1_000);
    // What one plan does not ask for may be asked for by the next.
    assert_eq!(places.begin(), None);
    assert_eq!(ask(&mut legs, &mut places, 400..1_000), first[400..]);
    assert_eq!(places.begin(), None);
    ask(&mut legs, &mut places, 1_000..2_000);
    assert_eq!(ask(&mut legs, &mut places, 998..1_000), first[998..]);
    // A thousand of two thousand are asked for no more.
    let kept = places.begin().unwrap();
    assert_eq!((kept.len(), places.count()), (1_002, 1_002));
    assert_eq!(kept[..2], first[998..]);
    // The same places, by their new numbers.
    assert_eq!(ask(&mut legs, &mut places, 998..1_000), [PlaceNo(0), PlaceNo(1)]);
    assert_eq!(places.count(), 1_002);
}
