//! Nights as people live them.

use super::*;
use std::collections::BTreeSet;

const MINUTE: i64 = 60;

#[test]
fn she_asks_at_sillim_station_and_is_walked_to_her_door() {
    let mut walk = Walk::new(at("23T22:40"));
    assert_eq!(walk.give(ask_now()), Ok(vec!["asked"]));
    let promise = walk.request.promise.unwrap();
    assert_eq!(promise.meet_by, at("23T22:47"));
    let one = team(1);
    for (command, event, stage) in [
        (Command::See, "seen", Stage::Seen),
        (offer(1), "offered", Stage::Offered),
        (Command::Accept { team: one }, "accepted", Stage::Accepted),
        (Command::SetOff { team: one }, "set_off", Stage::OnTheWay),
        (Command::Arrive { team: one }, "arrived", Stage::Arrived),
        (Command::Meet { confirmed_by: Confirmer::Requester }, "met", Stage::Met),
        (
            Command::StartWalking { team: one, walk_minutes: None },
            "walking_started",
            Stage::Walking,
        ),
        (Command::ArriveHome { confirmed_by: Confirmer::Team(one) }, "arrived_home", Stage::Home),
    ] {
        walk.wait(30);
        assert_eq!(walk.give(command.clone()), Ok(vec![event]));
        assert_eq!(walk.request.stage, stage);
        assert_eq!(walk.give(command), Ok(vec![]), "a second tap of {event} changes nothing");
    }
    let erase_at = walk.request.erase_at(&walk.rules).unwrap();
    assert_eq!(erase_at.since(walk.now), Span::hours(24));
}

#[test]
fn an_unseen_request_rings_further_and_further_by_itself() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now()]);
    let mut rung = Vec::new();
    for second in 1..=240 {
        walk.wait(1);
        rung.extend(walk.fire().into_iter().map(|ring| (second, ring)));
    }
    assert_eq!(
        rung,
        [
            (20, "escalated_to_all_desks"),
            (45, "escalated_to_duty"),
            (90, "escalated_to_neighbor"),
            (150, "rang_again"),
            (210, "rang_again"),
        ]
    );
    walk.give_all([Command::See]);
    assert_eq!(walk.request.reach, Reach::OwnDesk);
}

#[test]
fn after_an_outage_every_ring_is_given_at_once() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now()]);
    walk.wait(10 * MINUTE);
    assert_eq!(
        walk.fire(),
        ["escalated_to_all_desks", "escalated_to_duty", "escalated_to_neighbor"]
    );
    assert_eq!(walk.fire(), [""; 0], "and not twice");
}

#[test]
fn a_request_that_was_seen_and_has_no_team_rings_too() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See]);
    walk.wait(59);
    assert_eq!(walk.fire(), [""; 0]);
    walk.wait(1);
    assert_eq!(walk.fire(), ["escalated_to_all_desks"]);
    // Being offered round does not start the clock anew.
    walk.give_all([offer(1)]);
    walk.wait(60);
    assert_eq!(walk.fire(), ["lapsed", "escalated_to_duty"]);
    // A person who takes it in hand does.
    assert_eq!(walk.give(Command::LookInto), Ok(vec!["looked_into"]));
    walk.wait(59);
    assert_eq!(walk.fire(), [""; 0]);
}

#[test]
fn an_offer_that_lapsed_cannot_be_accepted_even_if_no_timer_fired() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See, offer(1)]);
    walk.wait(60);
    assert_eq!(walk.give(Command::Accept { team: team(1) }), Err("escort.offer-lapsed"));
    // It goes on to the next team, and the first one is not asked again at once.
    assert_eq!(walk.give(offer(1)), Err("escort.team-passed"));
    assert_eq!(walk.give(offer(2)), Ok(vec!["lapsed", "offered"]));
    assert_eq!(walk.give(Command::Accept { team: team(1) }), Err("escort.offer-lapsed"));
    assert_eq!(walk.give(Command::Accept { team: team(2) }), Ok(vec!["accepted"]));
}

#[test]
fn an_offer_holds_until_its_last_second() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See, offer(1)]);
    walk.wait(59);
    assert_eq!(walk.give(Command::Elapsed(Lapse::Offer)), Ok(vec![]), "a timer that is early");
    assert_eq!(walk.give(Command::Accept { team: team(1) }), Ok(vec!["accepted"]));
    walk.wait(1);
    assert_eq!(walk.give(Command::Elapsed(Lapse::Offer)), Ok(vec![]), "a timer that is late");
    assert_eq!(walk.request.stage, Stage::Accepted);
}

#[test]
fn a_team_that_declined_is_asked_again_only_after_a_while() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([
        ask_now(),
        Command::See,
        offer(1),
        Command::Decline { team: team(1), reason: DeclineReason::Resting },
    ]);
    assert_eq!(walk.request.stage, Stage::Seen);
    assert_eq!(walk.give(offer(1)), Err("escort.team-passed"));
    walk.wait(179);
    assert_eq!(walk.give(offer(1)), Err("escort.team-passed"));
    walk.wait(1);
    assert_eq!(walk.give(offer(1)), Ok(vec!["offered"]));
}

#[test]
fn of_two_dispatchers_one_wins() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See, offer(1)]);
    assert_eq!(walk.give(offer(2)), Err("escort.already-offered"));
    walk.give_all([Command::Accept { team: team(1) }]);
    assert_eq!(walk.give(offer(2)), Err("escort.already-taken"));
    assert_eq!(walk.request.team(), Some(team(1)));
}

#[test]
fn only_the_team_it_was_offered_to_can_accept_it() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See, offer(1)]);
    assert_eq!(walk.give(Command::Accept { team: team(2) }), Err("escort.not-your-walk"));
}

#[test]
fn a_team_that_falls_out_before_the_meeting_is_replaced() {
    let mut walk = Walk::new(at("24T22:40"));
    let down = Command::StandDown { team: team(1), reason: StandDownReason::Unwell };
    walk.give_all([
        ask_now(),
        Command::See,
        offer(1),
        Command::Accept { team: team(1) },
        Command::SetOff { team: team(1) },
    ]);
    assert_eq!(walk.give(down.clone()), Ok(vec!["stood_down"]));
    assert_eq!((walk.request.stage, walk.request.team()), (Stage::Seen, None));
    assert_eq!(walk.give(offer(2)), Ok(vec!["offered"]));
}

#[test]
fn no_team_leaves_her_once_they_have_met() {
    let mut walk = standing_at(Stage::Met);
    let down = Command::StandDown { team: team(1), reason: StandDownReason::HeldUp };
    assert_eq!(walk.give(down), Err("escort.already-met"));
}

#[test]
fn a_team_gives_her_up_only_where_it_waited_for_her() {
    let away = Command::Cancel { by: Canceller::Team(team(1)), reason: CancelReason::NotFound };
    for stage in [Stage::Offered, Stage::Accepted, Stage::OnTheWay] {
        assert_eq!(standing_at(stage).give(away.clone()), Err("escort.not-arrived-yet"));
    }
    assert_eq!(standing_at(Stage::Arrived).give(away), Ok(vec!["cancelled"]));
}

#[test]
fn what_takes_too_long_rings_until_somebody_looks() {
    let mut walk = standing_at(Stage::Walking);
    // Twelve minutes were said: fifteen are expected, and ten more are waited.
    walk.wait(25 * MINUTE - 1);
    assert_eq!(walk.fire(), [""; 0]);
    walk.wait(1);
    assert_eq!(walk.fire(), ["overdue"]);
    assert!(walk.request.overdue());
    walk.wait(5 * MINUTE);
    assert_eq!(walk.fire(), ["overdue"]);
    assert_eq!(walk.give(Command::LookInto), Ok(vec!["looked_into"]));
    assert!(!walk.request.overdue());
    walk.wait(10 * MINUTE);
    assert_eq!(walk.fire(), ["overdue"], "whoever looked may have forgotten it");
    assert_eq!(
        walk.give(Command::ArriveHome { confirmed_by: Confirmer::Desk }),
        Ok(vec!["arrived_home"])
    );
    assert_eq!(walk.fire(), [""; 0]);
}

#[test]
fn each_step_of_the_team_has_its_own_patience() {
    for (stage, seconds) in [
        (Stage::Accepted, 180),
        (Stage::OnTheWay, 240 + 300),
        (Stage::Arrived, 600),
        (Stage::Met, 300),
    ] {
        let mut walk = standing_at(stage);
        walk.wait(seconds - 1);
        assert_eq!(walk.fire(), [""; 0], "{stage:?}");
        walk.wait(1);
        assert_eq!(walk.fire(), ["overdue"], "{stage:?}");
    }
}

#[test]
fn a_walk_for_later_is_not_late_before_its_time() {
    let mut walk = Walk::new(at("24T22:00"));
    walk.give_all([
        ask(When::At(at("24T23:30")), Outlook::nobody(Shortage::NobodyOnDuty)),
        Command::See,
    ]);
    assert_eq!(walk.request.promise, None);
    walk.wait(60 * MINUTE);
    assert_eq!(walk.fire(), [""; 0]);
    walk.wait(60);
    assert_eq!(walk.fire(), ["escalated_to_all_desks"]);
    walk.give_all([offer(1), Command::Accept { team: team(1) }]);
    // Four minutes away and wanted in 29: no need to set off yet.
    walk.wait(24 * MINUTE);
    assert_eq!(walk.fire(), [""; 0]);
    walk.wait(MINUTE);
    assert_eq!(walk.fire(), ["overdue"]);
}

#[test]
fn a_request_given_to_another_district_must_be_seen_there_too() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See, Command::HandOver { to: district("dongjak") }]);
    assert_eq!(walk.request.district, Some(district("dongjak")));
    assert_eq!(walk.give(offer(1)), Err("escort.not-seen-yet"));
    walk.wait(20);
    assert_eq!(walk.fire(), ["escalated_to_all_desks"]);
    assert_eq!(walk.give(Command::See), Ok(vec!["seen"]));
    assert_eq!(
        walk.give(Command::HandOver { to: district("dongjak") }),
        Err("escort.same-district")
    );
    assert_eq!(walk.give(offer(1)), Ok(vec!["offered"]));
    assert_eq!(
        walk.give(Command::HandOver { to: district("gwanak") }),
        Err("escort.team-is-coming")
    );
}

#[test]
fn two_walk_together_only_if_both_asked_for_it_from_one_place() {
    let wish = |shares: bool, place: u128, people: u8| {
        let mut asked = ask_now();
        if let Command::Ask { shares: own, meeting_place, people: count, .. } = &mut asked {
            (*own, *meeting_place, *count) = (shares, Id::from_bits(place), people);
        }
        let mut walk = Walk::new(at("24T22:40"));
        walk.give_all([asked, Command::See]);
        walk
    };
    let mut first = wish(true, 1, 2);
    first.give_all([offer(1)]);
    let rules = Rules { sharing: true, ..Rules::default() };
    let joins = |walk: &Walk, rules: &Rules| walk.request.may_join(&first.request, rules);
    assert!(joins(&wish(true, 1, 2), &rules));
    assert!(!joins(&wish(true, 1, 2), &Rules::default()), "only where the city offers it");
    assert!(!joins(&wish(false, 1, 2), &rules), "only if she asked for it");
    assert!(!joins(&wish(true, 2, 2), &rules), "only from the same place");
    assert!(!joins(&wish(true, 1, 3), &rules), "no more than two can look after");
    first.give_all([Command::Accept { team: team(1) }, Command::SetOff { team: team(1) }]);
    first.give_all([Command::Arrive { team: team(1) }]);
    assert!(wish(true, 1, 1).request.may_join(&first.request, &rules));
    first.give_all([Command::Meet { confirmed_by: Confirmer::Desk }]);
    assert!(!wish(true, 1, 1).request.may_join(&first.request, &rules), "they go now");
}

#[test]
fn a_walk_given_away_answers_moved_to_the_desk_that_had_it() {
    let (ours, theirs) = (district("gwanak"), district("dongjak"));
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now(), Command::See]);
    assert_eq!(walk.request.check_owner(&theirs, None), Ok(()), "the policies say who may");
    walk.give_all([Command::HandOver { to: theirs.clone() }]);
    assert_eq!(walk.request.epoch, 1);
    assert_eq!(walk.request.check_owner(&ours, None), Err(Refused::Moved));
    let take = |by: &DistrictCode, epoch| Command::TakeOver { by: by.clone(), epoch };
    assert_eq!(walk.give(take(&theirs, 0)), Err("escort.moved"), "an older giving");
    assert_eq!(walk.give(take(&ours, 1)), Err("escort.moved"), "not to them");
    assert_eq!(walk.give(take(&theirs, 1)), Ok(vec!["seen"]));
    assert_eq!(walk.give(take(&theirs, 1)), Ok(vec![]), "once");
    walk.give_all([Command::HandOver { to: ours.clone() }]);
    assert_eq!(walk.give(take(&theirs, 1)), Err("escort.moved"));
    walk.wait(20);
    walk.fire();
    assert_eq!(walk.request.check_owner(&theirs, None), Ok(()), "now it rings at every desk");
}

#[test]
fn a_team_on_the_street_takes_somebody_along_in_two_taps() {
    // At 01:05 the service has ended; the team stands before her all the same.
    let mut walk = Walk::new(at("25T01:05"));
    assert_eq!(walk.give(walk_up()), Ok(vec!["asked", "accepted", "met"]));
    assert_eq!(
        walk.give(Command::StartWalking { team: team(1), walk_minutes: Some(8) }),
        Ok(vec!["walking_started"])
    );
    assert_eq!(walk.give(walk_up()), Ok(vec![]));
    assert_eq!(walk.request.team(), Some(team(1)));
}

#[test]
fn the_length_of_the_walk_tells_nobody_how_far_she_lives() {
    let mut told = BTreeSet::new();
    for minutes in 0..=200 {
        let mut walk = standing_at(Stage::Met);
        walk.give_all([Command::StartWalking { team: team(1), walk_minutes: Some(minutes) }]);
        assert!(walk.request.expected_minutes >= minutes.min(90));
        told.insert(walk.request.expected_minutes);
    }
    assert_eq!(told, (1..=18).map(|fives| fives * 5).collect());
}

#[test]
fn a_retry_of_the_asking_makes_no_second_request() {
    let mut walk = Walk::new(at("24T22:40"));
    walk.give_all([ask_now()]);
    assert_eq!(walk.give(ask_now()), Ok(vec![]));
    let Command::Ask { channel, district, when, private, language, outlook, .. } = ask_now() else {
        unreachable!()
    };
    let other = Command::Ask {
        channel,
        district,
        meeting_place: Id::from_bits(77),
        when,
        people: 1,
        private,
        language,
        shares: false,
        from_anywhere: false,
        outlook,
    };
    assert_eq!(walk.give(other), Err("escort.already-asked"));
}

#[test]
fn an_alarm_on_the_walk_is_noted_once_and_also_after_the_end() {
    let mut walk = standing_at(Stage::Home);
    let trouble = Command::RaiseTrouble { alarm: Id::from_bits(9) };
    assert_eq!(walk.give(trouble.clone()), Ok(vec!["trouble_raised"]));
    assert_eq!(walk.give(trouble), Ok(vec![]));
    assert_eq!(walk.request.stage, Stage::Home);
}

#[test]
fn events_are_kept_under_the_names_they_are_known_by() {
    let mut walk = standing_at(Stage::Home);
    walk.give_all([Command::RaiseTrouble { alarm: Id::from_bits(9) }]);
    assert!(walk.log.len() >= 10);
    for (event, _) in &walk.log {
        let kept = match serde_json::to_value(event).unwrap() {
            serde_json::Value::String(name) => name,
            body => body.as_object().unwrap().keys().next().unwrap().clone(),
        };
        assert_eq!(kept, event.name());
    }
}
