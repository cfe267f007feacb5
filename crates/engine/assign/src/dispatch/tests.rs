use super::{Decision, Dispatch};
use crate::budget::Budget;
use crate::dice::Dice;
use crate::night::{DistrictNo, Districts, Request, RequestNo, Team, TeamNo};
use crate::refusal::{Reason, Relaxation};
use crate::town::{PRICES, Town, request, team};
use crate::travel::{Leg, PlaceNo};
use proptest::prelude::*;

/// Places on one street, a hundred seconds apart.
fn street(from: PlaceNo, to: PlaceNo) -> Leg {
    let seconds = 100 * (from.0 as i32 - to.0 as i32).abs();
    Leg { seconds, meters: seconds }
}

fn night(teams: &[Team]) -> Dispatch {
    let mut dispatch = Dispatch::new(PRICES, 1);
    dispatch.learn(40, &|from, to| Some(street(from, to)));
    for &team in teams {
        assert!(dispatch.join(team).is_some());
    }
    dispatch
}

fn asks(dispatch: &mut Dispatch, request: Request) -> (RequestNo, Decision) {
    let (number, decision) = dispatch.ask(request);
    (number.unwrap(), decision)
}

fn reason(decision: &Decision) -> Option<Reason> {
    match decision {
        Decision::Promised(_) => None,
        Decision::Refused(refused) => Some(refused.reason),
    }
}

#[test]
fn what_is_shown_before_booking_is_what_is_booked() {
    let mut night = night(&[team(0), team(9)]);
    let asked = request(3, 5, 1_000);
    let shown = night.quote(&asked);
    let (number, booked) = asks(&mut night, asked);
    assert_eq!(shown, booked);
    let promise = booked.promise().unwrap();
    assert_eq!((promise.team, promise.expected_s), (TeamNo(0), 1_000));
    assert_eq!((promise.from_s, promise.by_s), (1_000, 1_600));
    assert_eq!(night.promised(number), Some(promise));
}

#[test]
fn a_promise_is_as_wide_as_its_spread() {
    let mut night = night(&[team(0)]).with_spread(120);
    let promise = asks(&mut night, request(3, 5, 100)).1.promise().unwrap();
    assert_eq!((promise.expected_s, promise.by_s), (300, 420));
}

#[test]
fn a_started_leg_is_locked() {
    let mut night = night(&[team(0)]);
    let (first, _) = asks(&mut night, request(3, 5, 1_000));
    assert!(night.advance(699).is_empty(), "three hundred seconds away, it leaves at 700");
    let legs = night.advance(700);
    assert_eq!(
        (legs.len(), legs[0].request, legs[0].leave_s, legs[0].begin_s),
        (1, first, 700, 1_000)
    );
    // Somebody nearer and sooner asks: the team is already on its way to the first.
    let (_, late) = asks(&mut night, request(1, 0, 750));
    assert_eq!(reason(&late), Some(Reason::NoTeamInTime));
    night.cancel(first);
    let home = night.advance(1_120);
    assert!(home.iter().all(|leg| leg.request == first && !leg.meets));
    assert_eq!(home.len(), 1);
}

#[test]
fn each_refusal_says_why() {
    let mut night = night(&[team(0)]);
    let other = Districts::only(DistrictNo(7));
    let from_far = Request { districts: other, ..request(1, 2, 1_000) };
    assert_eq!(reason(&night.quote(&from_far)), Some(Reason::NoTeamOnDuty));
    assert_eq!(reason(&night.quote(&request(39, 38, 100))), Some(Reason::NoTeamInTime));
    assert_eq!(reason(&night.quote(&request(1, 2, 9_900))), Some(Reason::ShiftsEnd));
    let mut hurried = request(0, 30, 1_000);
    hurried.arrive.by_s = 2_000;
    assert_eq!(reason(&night.quote(&hurried)), Some(Reason::WindowsTooNarrow));
    assert_eq!(reason(&night.quote(&request(0, 99, 1_000))), Some(Reason::NoWay));
    asks(&mut night, request(1, 9, 1_000));
    assert_eq!(reason(&night.quote(&request(1, 9, 1_000))), Some(Reason::TeamsTaken));
    let codes: std::collections::BTreeSet<_> = Reason::ALL.iter().map(|r| r.code()).collect();
    assert_eq!(codes.len(), Reason::ALL.len());
}

#[test]
fn a_refusal_says_what_would_help() {
    let mut night =
        night(&[Team { seats: 2, ..team(0) }, Team { district: DistrictNo(1), ..team(2) }]);
    let own = Districts::only(DistrictNo(0));
    let first = Request { districts: own, shares: true, ..request(1, 6, 1_000) };
    asks(&mut night, first);
    let second = Request { districts: own, ..request(1, 6, 1_000) };
    let Decision::Refused(refused) = night.quote(&second) else {
        panic!("{:?}", night.quote(&second))
    };
    let offers: Vec<Relaxation> = refused.relaxations.iter().map(|r| r.relaxation).collect();
    // Met at 1,000, home at 1,620, back at 2,180.
    assert_eq!(
        offers,
        [Relaxation::Later { seconds: 600 }, Relaxation::NextDistrict, Relaxation::Company]
    );
    let relaxed = Request { shares: true, ..second };
    assert_eq!(night.quote(&relaxed).promise().map(|p| p.team), Some(TeamNo(0)));
}

#[test]
fn of_two_teams_as_good_the_one_goes_that_walked_less() {
    let mut night = night(&[Team { walked_s: 9_000, ..team(0) }, Team { walked_s: 10, ..team(0) }]);
    let promise = asks(&mut night, request(3, 5, 1_000)).1.promise().unwrap();
    assert_eq!(promise.team, TeamNo(1));
}

#[test]
fn one_moves_over_so_that_both_are_met() {
    // The nearer team takes the first; only it can reach the second in time.
    let mut night = night(&[team(0), team(8)]);
    let (first, promised) = asks(&mut night, request(3, 2, 700));
    assert_eq!(promised.promise().map(|p| p.team), Some(TeamNo(0)));
    let (_, second) = asks(&mut night, request(0, 1, 500));
    assert!(second.promise().is_some());
    let still = night.promised(first).unwrap();
    assert!((still.from_s..=still.by_s).contains(&still.expected_s));
}

#[test]
fn whoever_a_team_can_no_longer_meet_is_looked_after() {
    let mut night = night(&[team(0), team(20)]);
    let (number, _) = asks(&mut night, request(3, 5, 1_000));
    assert_eq!(night.leave(TeamNo(0)), [number]);
    assert!(night.ahead(TeamNo(0)).is_empty());
    let found = night.improve(Budget::Rounds(50));
    assert_eq!(found.len(), 0, "team 1 cannot be there within the promise");
    night.report(TeamNo(1), PlaceNo(10), 300);
    let found = night.improve(Budget::Rounds(50));
    assert_eq!(found.iter().map(|(r, p)| (*r, p.team)).collect::<Vec<_>>(), [(number, TeamNo(1))]);
}

#[test]
fn whoever_is_on_board_is_walked_home_however_late() {
    let mut night = night(&[team(0)]);
    asks(&mut night, request(0, 5, 1_000));
    night.advance(1_000);
    assert!(night.report(TeamNo(0), PlaceNo(0), 9_950).is_empty());
    assert_eq!(night.ahead(TeamNo(0)).len(), 1);
}

#[test]
fn a_refused_one_is_promised_when_room_appears() {
    let mut night = night(&[team(0)]);
    let (first, _) = asks(&mut night, request(1, 9, 1_000));
    let (second, decision) = asks(&mut night, request(1, 9, 1_000));
    assert_eq!(reason(&decision), Some(Reason::TeamsTaken));
    assert_eq!(night.unserved(second).map(|r| r.reason), Some(Reason::TeamsTaken));
    night.cancel(first);
    let found = night.improve(Budget::Rounds(20));
    assert_eq!(found.first().map(|(r, _)| *r), Some(second));
    assert_eq!(night.unserved(second), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn every_promise_of_a_night_is_kept(seed in 0_u64..100_000, shares in any::<bool>()) {
        let town = Town::new(seed, 4, 24);
        let town = if shares { town.sharing() } else { town };
        let mut night = Dispatch::new(PRICES, seed);
        night.learn(town.corners.len(), &|from, to| Some(town.leg(from, to)));
        for &team in &town.teams {
            prop_assert!(night.join(team).is_some());
        }
        let mut dice = Dice::new(seed ^ 5);
        let mut order: Vec<(i32, Request)> = town
            .requests
            .iter()
            .map(|&r| ((r.meet.from_s - dice.below(1_800) as i32).max(0), r))
            .collect();
        order.sort_by_key(|&(booked_s, _)| booked_s);
        let mut promised = std::collections::BTreeMap::new();
        let mut legs = Vec::new();
        for (booked_s, request) in order {
            legs.extend(night.advance(booked_s));
            let (number, decision) = asks(&mut night, request);
            promised.extend(decision.promise().map(|p| (number, p)));
            promised.extend(night.improve(Budget::Rounds(20)));
        }
        legs.extend(night.advance(1 << 20));
        let met: Vec<_> = legs.iter().filter(|leg| leg.meets).collect();
        prop_assert_eq!(met.len(), promised.len());
        for leg in met {
            let promise = promised[&leg.request];
            prop_assert!((promise.from_s..=promise.by_s).contains(&leg.begin_s));
            let home: Vec<_> =
                legs.iter().filter(|l| l.request == leg.request && !l.meets).collect();
            // One team both meets her and brings her home: never a split pair, never a lone leg.
            prop_assert!(home.len() == 1 && home[0].team == leg.team);
        }
    }
}
