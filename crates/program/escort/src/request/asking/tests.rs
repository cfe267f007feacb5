//! Who is taken and who is turned away, at the edges of the night.

use crate::request::tests::{FREE, Walk, ask, ask_now, at};
use crate::*;
use kernel::Aggregate;

/// `taken for HH:MM, promised by HH:MM` or the reason for the refusal.
fn answer(now: &str, when: When, outlook: Outlook) -> String {
    let mut walk = Walk::new(at(now));
    let events = walk.request.decide(ask(when, outlook), &walk.rules, walk.now).unwrap();
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
    23T21:30  taken for 22:00, promised 22:02
    23T21:59  taken for 22:00, promised 22:06
    23T22:40  taken for 22:40, promised 22:47
    23T23:50  taken for 23:50, promised 23:57
    23T23:58  outside-hours
    24T00:10  outside-hours
    24T21:30  taken for 22:00, promised 22:02
    25T00:29  taken for 00:29, promised 00:36
    25T00:30  outside-hours
    25T12:00  outside-hours
    28T00:15  taken for 00:15, promised 00:22
    28T22:40  outside-hours
    29T22:40  outside-hours
    "#);
}

#[test]
fn a_walk_for_later_needs_the_lead_time_and_ends_with_the_service() {
    let later = |now, wanted| answer(now, When::At(at(wanted)), Outlook::Unknown);
    assert_eq!(later("24T22:00", "24T22:29"), "lead-time-too-short");
    assert_eq!(later("24T22:00", "24T22:30"), "taken for 22:30, promised nothing");
    assert_eq!(later("24T22:00", "24T21:00"), "lead-time-too-short");
    assert_eq!(later("24T22:00", "25T00:59"), "taken for 00:59, promised nothing");
    assert_eq!(later("24T22:00", "25T01:00"), "outside-hours");
    assert_eq!(later("24T22:00", "25T22:30"), "outside-hours", "nobody books tomorrow's night");
}

#[test]
fn the_promise_is_the_plans_expectation_and_all_that_may_come_on_top() {
    let now = |walk_seconds, in_seconds, walks_before| {
        answer("24T22:40", When::Now, Outlook::Team { walk_seconds, in_seconds, walks_before })
    };
    // 310 s, 36 s for the walk's spread, 30 s for the proof.
    assert_eq!(now(240, 310, 0), "taken for 22:40, promised 22:47");
    assert_eq!(now(240, 354, 0), "taken for 22:40, promised 22:47");
    assert_eq!(now(240, 355, 0), "taken for 22:40, promised 22:48");
    // Three minutes more for somebody who is walked home before.
    assert_eq!(now(240, 310, 1), "taken for 22:40, promised 22:50");
    assert_eq!(now(1_200, 1_270, 0), "taken for 22:40, promised 23:05");
    assert_eq!(now(1_201, 1_271, 0), "out-of-reach");
    assert_eq!(now(240, 1_801, 0), "no-team-free");
}

#[test]
fn who_is_turned_away_for_want_of_a_team_is_counted_with_what_would_have_served_her() {
    for shortage in Shortage::ALL.iter().copied() {
        let mut walk = Walk::new(at("24T22:40"));
        let unmet = Unmet { shortage, helps: vec![Help::Later { minutes: 10 }, Help::Company] };
        walk.give_all([ask(When::Now, Outlook::Nobody(unmet.clone()))]);
        assert_eq!(walk.request.turned_away, Some(shortage.reason()));
        assert_eq!(walk.request.unmet, Some(unmet));
    }
    let mut closed = Walk::new(at("25T12:00"));
    closed.give_all([ask(When::Now, Outlook::nobody(Shortage::AllTaken))]);
    assert_eq!(closed.request.unmet, None, "no team is missing at noon");
}

#[test]
fn what_was_promised_before_there_was_a_plan_can_still_be_read() {
    let kept = r#"{"meet_by":1,"team_walk_seconds":240}"#;
    let read: Promise = serde_json::from_str(kept).unwrap();
    assert_eq!((read.expected_at, read.team_walk_seconds), (None, 240));
    let turned_away = r#"{"turned_away":{"reason":"out_of_reach","channel":"web",
        "district":"gwanak","meeting_place":"plc_00000000000000000000000001"}}"#;
    let read: Event = serde_json::from_str(turned_away).unwrap();
    assert!(matches!(read, Event::TurnedAway { unmet: None, .. }));
}

#[test]
fn nobody_on_duty_is_told_at_once_but_not_before_the_shift() {
    let none = |now, when| answer(now, when, Outlook::nobody(Shortage::NobodyOnDuty));
    assert_eq!(none("24T22:40", When::Now), "no-team-free");
    assert_eq!(none("24T21:40", When::Now), "taken for 22:00, promised nothing");
    assert_eq!(none("24T22:00", When::At(at("24T23:30"))), "taken for 23:30, promised nothing");
}

#[test]
fn a_dead_planner_does_not_turn_anybody_away() {
    assert_eq!(
        answer("24T22:40", When::Now, Outlook::Unknown),
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
