use super::super::chronicle::tests::{Scribe, esc, tem};
use super::super::diary::Lived;
use super::*;
use serde_json::{Value, json};

/// What is found in this state of the city.
fn found(
    scribe: &Scribe,
    diary: &Diary,
    standing: Option<&Standing>,
    over: bool,
) -> Option<Broken> {
    let rules = server::Rules::default();
    let (chronicle, now) = (&scribe.chronicle, scribe.now);
    broken(&City { chronicle, diary, standing, rules: &rules, now, over })
}

fn name(scribe: &Scribe) -> Option<&'static str> {
    found(scribe, &Diary::default(), None, false).map(|broken| broken.invariant)
}

/// One walk on its way with team 5, as the store would have it.
fn sound() -> (Scribe, Standing) {
    let mut scribe = Scribe::new();
    scribe.team(5, Span::days(1)).team(6, Span::days(1)).ask(1).offer(1, 5);
    let mut standing = Standing::default();
    standing.walks.insert(esc(1));
    standing.deadlines.insert(esc(1), scribe.now + Span::minutes(1));
    standing.engaged.insert(tem(5), esc(1));
    (scribe, standing)
}

fn name_with(scribe: &Scribe, standing: &Standing) -> Option<&'static str> {
    found(scribe, &Diary::default(), Some(standing), false).map(|broken| broken.invariant)
}

#[test]
fn a_sound_city_breaks_nothing() {
    let (scribe, standing) = sound();
    assert_eq!(name_with(&scribe, &standing), None);
}

#[test]
fn one_team_on_two_walks_is_found() {
    let (mut scribe, _) = sound();
    scribe.ask(2).offer(2, 5);
    assert_eq!(name(&scribe), Some("one_walk_one_team"));
}

#[test]
fn a_team_kept_for_a_walk_that_does_not_have_it_is_found() {
    let (mut scribe, _) = sound();
    scribe.engage(6, 1);
    assert_eq!(name(&scribe), Some("one_walk_one_team"));
}

#[test]
fn an_offer_to_somebody_whose_training_has_run_out_is_found() {
    let mut scribe = Scribe::new();
    scribe.team(5, Span::minutes(10)).after(601).ask(1).offer(1, 5);
    assert_eq!(name(&scribe), Some("nobody_unscreened"));
}

#[test]
fn a_step_out_of_order_is_found() {
    let (mut scribe, _) = sound();
    scribe.walk(1, "walking_started", json!({ "expected_minutes": 5 }));
    assert_eq!(name(&scribe), Some("steps_in_order"));
}

#[test]
fn an_event_before_the_one_before_it_is_found() {
    let (mut scribe, _) = sound();
    scribe.after(-5).walk(1, "looked_into", Value::Null);
    assert_eq!(name(&scribe), Some("time_goes_forward"));
}

#[test]
fn a_name_in_the_journal_is_found() {
    let (mut scribe, _) = sound();
    scribe.walk(1, "looked_into", json!({ "by": "카나리아" }));
    assert_eq!(name(&scribe), Some("nothing_personal"));
}

#[test]
fn another_promise_on_her_phone_is_found() {
    let (scribe, _) = sound();
    let mut diary = Diary::default();
    let earlier = Lived { promised: Some(scribe.now), ..Lived::default() };
    diary.walks.insert(esc(1), earlier);
    let asked = super::super::diary::Acknowledged { of: esc(1), steps: &["asked"] };
    diary.acknowledged.push(asked);
    let found = found(&scribe, &diary, None, false);
    assert_eq!(found.map(|broken| broken.invariant), Some("promise_stands"));
}

#[test]
fn a_request_that_is_silent_for_two_minutes_is_found() {
    let mut scribe = Scribe::new();
    scribe.ask(1).after(61);
    assert_eq!(name(&scribe), None, "it may ring within this second");
    scribe.after(1);
    assert_eq!(name(&scribe), Some("silence_escalates"));
    scribe.walk(1, "rang_again", Value::Null);
    assert_eq!(name(&scribe), None);
}

#[test]
fn an_alarm_nobody_is_rung_for_is_found() {
    let mut scribe = Scribe::new();
    scribe.write(("alarm.alarm", 9), "raised", json!({ "grade": "help_now" })).after(62);
    assert_eq!(name(&scribe), Some("silence_escalates"));
}

#[test]
fn a_live_walk_without_a_deadline_is_found() {
    let (scribe, mut standing) = sound();
    standing.deadlines.clear();
    assert_eq!(name_with(&scribe, &standing), Some("everything_is_owned"));
}

#[test]
fn a_deadline_that_has_come_and_not_lapsed_is_found() {
    let (scribe, mut standing) = sound();
    standing.overdue.push("esc offer".to_owned());
    assert_eq!(name_with(&scribe, &standing), Some("deadlines_lapse"));
}

#[test]
fn a_list_that_is_not_what_the_journal_says_is_found() {
    let (scribe, mut standing) = sound();
    standing.walks.insert(esc(2));
    assert_eq!(name_with(&scribe, &standing), Some("lists_agree"));
    let (scribe, mut standing) = sound();
    standing.engaged.clear();
    assert_eq!(name_with(&scribe, &standing), Some("lists_agree"));
}

#[test]
fn a_journal_that_does_not_verify_is_found() {
    let (scribe, mut standing) = sound();
    standing.unsound.push("event 7: Changed".to_owned());
    assert_eq!(name_with(&scribe, &standing), Some("record_is_sound"));
}

#[test]
fn somebody_left_waiting_at_the_end_of_the_night_is_found() {
    let (scribe, standing) = sound();
    let found = found(&scribe, &Diary::default(), Some(&standing), true);
    assert_eq!(found.map(|broken| broken.invariant), Some("everybody_is_home"));
}

#[test]
fn a_homecoming_the_journal_does_not_know_is_found() {
    let mut scribe = Scribe::new();
    scribe.ask(1).walk(1, "cancelled", json!({ "by": "desk", "reason": "unsaid" }));
    let mut diary = Diary::default();
    diary.walks.insert(esc(1), Lived { home: true, ..Lived::default() });
    let found = found(&scribe, &diary, None, true);
    assert_eq!(found.map(|broken| broken.invariant), Some("counts_agree"));
}

#[test]
fn an_acknowledged_step_that_is_not_in_the_journal_is_lost() {
    let (scribe, _) = sound();
    let mut diary = Diary::default();
    let ack = |steps| super::super::diary::Acknowledged { of: esc(1), steps };
    diary.acknowledged.push(ack(&["offered"]));
    assert_eq!(lost(&mut diary, &scribe.chronicle, scribe.now), None);
    diary.acknowledged.push(ack(&["accepted"]));
    let found = lost(&mut diary, &scribe.chronicle, scribe.now);
    assert_eq!(found.map(|broken| broken.invariant), Some("nothing_acknowledged_is_lost"));
}
