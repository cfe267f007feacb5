//! Who is taken and who is turned away, at the edges of the night.

use crate::request::tests::{Walk, ask, ask_now, at};
use crate::*;
use kernel::Aggregate;

const FREE: Nearest = Nearest::Team { walk_seconds: 240, free_in_seconds: 0 };

/// `taken for HH:MM, promised by HH:MM` or the reason for the refusal.
fn answer(now: &str, when: When, nearest: Nearest) -> String {
    let mut walk = Walk::new(at(now));
    let events = walk.request.decide(ask(when, nearest), &walk.rules, walk.now).unwrap();
    assert_eq!(events.len(), 1, "an answer at once, and one");
    walk.request.apply(&events[0], walk.now);
    let clock =
        |moment| -> String { walk.rules.zone.wall(moment).chars().skip(11).take(5).collect() };
    if let Some(reason) = walk.request.turned_away {
        return reason.code().trim_start_matches("escort.turned-away-").to_owned();
    }
    let promise = walk.request.promise.map(|promise| clock(promise.meet_by));
    let promise = promise.unwrap_or_else(|| "nothing".to_owned());
    format!("taken for {}, promised {promise}", clock(walk.request.wanted_at))
}

#[test]
fn a_walk_for_now_is_taken_during_booking_hours_and_refused_outside() {
    let table: String = [
        "23T21:29", "23T21:30", "23T21:59", "23T22:40", "23T23:50", "23T23:58", "24T00:10",
        "24T21:30", "25T00:29", "25T00:30", "25T12:00", "28T00:15", "28T22:40", "29T22:40",
    ]
    .map(|now| format!("{now}  {}\n", answer(now, When::Now, FREE)))
    .concat();
    insta::assert_snapshot!(table, @r#"
    23T21:29  outside-hours
    23T21:30  taken for 22:00, promised 22:00
    23T21:59  taken for 22:00, promised 22:03
    23T22:40  taken for 22:40, promised 22:44
    23T23:50  taken for 23:50, promised 23:54
    23T23:58  outside-hours
    24T00:10  outside-hours
    24T21:30  taken for 22:00, promised 22:00
    25T00:29  taken for 00:29, promised 00:33
    25T00:30  outside-hours
    25T12:00  outside-hours
    28T00:15  taken for 00:15, promised 00:19
    28T22:40  outside-hours
    29T22:40  outside-hours
    "#);
}

#[test]
fn a_walk_for_later_needs_the_lead_time_and_ends_with_the_service() {
    let later = |now, wanted| answer(now, When::At(at(wanted)), Nearest::Unknown);
    assert_eq!(later("24T22:00", "24T22:29"), "lead-time-too-short");
    assert_eq!(later("24T22:00", "24T22:30"), "taken for 22:30, promised nothing");
    assert_eq!(later("24T22:00", "24T21:00"), "lead-time-too-short");
    assert_eq!(later("24T22:00", "25T00:59"), "taken for 00:59, promised nothing");
    assert_eq!(later("24T22:00", "25T01:00"), "outside-hours");
    assert_eq!(later("24T22:00", "25T22:30"), "outside-hours", "nobody books tomorrow's night");
}

#[test]
fn the_promise_is_computed_from_where_the_teams_are() {
    let now = |walk_seconds, free_in_seconds| {
        answer("24T22:40", When::Now, Nearest::Team { walk_seconds, free_in_seconds })
    };
    assert_eq!(now(240, 0), "taken for 22:40, promised 22:44");
    assert_eq!(now(241, 0), "taken for 22:40, promised 22:45");
    assert_eq!(now(240, 1_200), "taken for 22:40, promised 23:04");
    assert_eq!(now(1_200, 0), "taken for 22:40, promised 23:00");
    assert_eq!(now(1_201, 0), "out-of-reach");
    assert_eq!(now(240, 1_561), "no-team-free");
}

#[test]
fn nobody_on_duty_is_told_at_once_but_not_before_the_shift() {
    let none = |now, when| answer(now, when, Nearest::NoneOnDuty);
    assert_eq!(none("24T22:40", When::Now), "no-team-free");
    assert_eq!(none("24T21:40", When::Now), "taken for 22:00, promised nothing");
    assert_eq!(none("24T22:00", When::At(at("24T23:30"))), "taken for 23:30, promised nothing");
}

#[test]
fn a_dead_planner_does_not_turn_anybody_away() {
    assert_eq!(
        answer("24T22:40", When::Now, Nearest::Unknown),
        "taken for 22:40, promised nothing"
    );
}

#[test]
fn a_night_without_service_is_closed_for_booking() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.rules = toml::from_str("closed = [\"2026-11-24\"]").unwrap();
    assert_eq!(walk.give(ask_now()), Ok(vec!["turned_away"]));
    assert_eq!(walk.request.turned_away, Some(TurnedAwayReason::OutsideHours));
    assert_eq!(walk.give(Command::See), Ok(vec![]), "counted, and over");
    assert_eq!(walk.give(ask_now()), Ok(vec![]), "asking again under the same id changes nothing");
}

#[test]
fn one_to_four_people_walk_home_together() {
    for (people, answer) in [
        (0, Err("escort.people-out-of-range")),
        (1, Ok(vec!["asked"])),
        (4, Ok(vec!["asked"])),
        (5, Err("escort.people-out-of-range")),
    ] {
        let mut asked = ask_now();
        if let Command::Ask { people: count, .. } = &mut asked {
            *count = people;
        }
        assert_eq!(Walk::new(at("24T22:40")).give(asked), answer);
    }
}
