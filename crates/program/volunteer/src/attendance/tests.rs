use super::*;
use crate::told::{START, Told, after, table};
use kernel::person::Gender;
use proptest::prelude::*;

fn standing() -> Standing {
    Standing {
        person: Id::from_bits(1),
        gender: Gender::Woman,
        record_check_until: Some(after(600)),
        training_until: Some(after(600)),
        suspended: false,
    }
}

fn clock_in(team: u128) -> Command {
    Command::ClockIn {
        team: Id::from_bits(team),
        standing: standing(),
        term: Term::Open,
        week_left: None,
    }
}

fn clock_out(team: u128, minutes: i64) -> Command {
    Command::ClockOut { team: Id::from_bits(team), ended_at: after(minutes) }
}

#[test]
fn every_command_in_every_state() {
    let hour = Command::Mute { until: Some(after(60)) };
    let states: &[(&str, &[(i64, Command)])] = &[
        ("off duty", &[]),
        ("on duty with team 1", &[(0, clock_in(1))]),
        ("muted for an hour", &[(0, hour)]),
        ("on duty and muted", &[(0, clock_in(1)), (0, Command::Mute { until: None })]),
    ];
    let commands = [
        ("clock in with team 1", clock_in(1)),
        ("clock in with team 2", clock_in(2)),
        ("clock out of team 1", clock_out(1, 0)),
        ("clock out of team 2", clock_out(2, 0)),
        ("mute for an hour", hour),
        ("mute until a moment gone", Command::Mute { until: Some(START) }),
        ("mute", Command::Mute { until: None }),
        ("unmute", Command::Unmute),
    ];
    insta::assert_snapshot!(table::<Attendance>(states, &commands), @r#"
    off duty
      clock in with team 1 -> clocked_in
      clock in with team 2 -> clocked_in
      mute for an hour -> muted
      mute -> muted
      changes nothing: clock out of team 1; clock out of team 2; unmute
      refused, volunteer.mute-passed: mute until a moment gone
    on duty with team 1
      clock out of team 1 -> clocked_out
      mute for an hour -> muted
      mute -> muted
      changes nothing: clock in with team 1; clock out of team 2; unmute
      refused, volunteer.in-another-team: clock in with team 2
      refused, volunteer.mute-passed: mute until a moment gone
    muted for an hour (mute after 60 min)
      clock in with team 1 -> clocked_in
      clock in with team 2 -> clocked_in
      mute -> muted
      unmute -> unmuted
      changes nothing: clock out of team 1; clock out of team 2; mute for an hour
      refused, volunteer.mute-passed: mute until a moment gone
    on duty and muted
      clock out of team 1 -> clocked_out
      mute for an hour -> muted
      unmute -> unmuted
      changes nothing: clock in with team 1; clock out of team 2; mute
      refused, volunteer.in-another-team: clock in with team 2
      refused, volunteer.mute-passed: mute until a moment gone
    "#);
}

#[test]
fn a_person_already_out_is_refused_by_name_of_the_rule_and_told_the_team() {
    let mut told = Told::<Attendance>::after(&[(0, clock_in(1))]);
    let answer = told.state.decide(clock_in(2), &told.rules, told.now);
    assert_eq!(answer, Err(Refused::InAnotherTeam { team: Id::from_bits(1) }));
    told.give_at(30, clock_out(1, 30)).unwrap();
    assert_eq!(told.give(clock_in(2)), Ok(vec!["clocked_in"]));
}

#[test]
fn papers_and_term_are_asked_for_when_duty_begins() {
    let mut told = Told::<Attendance>::new();
    let with = |change: fn(&mut Standing), term| {
        let mut standing = standing();
        change(&mut standing);
        Command::ClockIn { team: Id::from_bits(1), standing, term, week_left: None }
    };
    let expired = with(|one| one.record_check_until = Some(START), Term::Open);
    assert_eq!(told.give(expired), Err("volunteer.lack-record-check-expired"));
    let over = with(|_| {}, Term::Over { ended_at: START });
    assert_eq!(told.give(over), Err("volunteer.term-over"));
    let (team, standing, term) = (Id::from_bits(1), standing(), Term::Open);
    let full = Command::ClockIn { team, standing, term, week_left: Some(Span::ZERO) };
    assert_eq!(told.give(full), Err("volunteer.week-full"));
    let soon = with(|_| {}, Term::EndsSoon { ends_at: after(900) });
    assert_eq!(told.give(soon), Ok(vec!["clocked_in"]));
}

#[test]
fn off_duty_or_muted_receives_nothing() {
    let team = Id::from_bits(1);
    let mut told = Told::<Attendance>::new();
    assert_eq!(told.state.reachable(team, START), Err(Refused::NotClockedIn));
    told.give(clock_in(1)).unwrap();
    assert_eq!(told.state.reachable(team, START), Ok(()));
    assert_eq!(told.state.reachable(Id::from_bits(2), START), Err(Refused::NotClockedIn));
    told.give(Command::Mute { until: Some(after(20)) }).unwrap();
    assert_eq!(told.state.reachable(team, after(19)), Err(Refused::Muted));
    assert!(!told.state.callable(after(19)));
    assert_eq!(told.state.reachable(team, after(20)), Ok(()), "by time alone");
    assert_eq!(told.fire_at(20), ["unmuted"]);
}

#[test]
fn a_mute_outlives_the_night() {
    let mut told = Told::<Attendance>::after(&[
        (0, clock_in(1)),
        (5, Command::Mute { until: None }),
        (180, clock_out(1, 180)),
    ]);
    told.give_at(1_440, clock_in(1)).unwrap_err();
    let until = after(9_000);
    let fresh =
        Standing { record_check_until: Some(until), training_until: Some(until), ..standing() };
    let again = Command::ClockIn {
        team: Id::from_bits(1),
        standing: fresh,
        term: Term::Open,
        week_left: None,
    };
    told.give(again).unwrap();
    assert_eq!(told.state.reachable(Id::from_bits(1), told.now), Err(Refused::Muted));
}

#[test]
fn late_news_of_an_earlier_turn_does_not_end_this_one() {
    let mut told =
        Told::<Attendance>::after(&[(0, clock_in(1)), (30, clock_out(1, 30)), (40, clock_in(1))]);
    assert_eq!(told.give_at(41, clock_out(1, 30)), Ok(vec![]));
    assert!(told.state.turn.is_some());
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => (1_u128..4).prop_map(clock_in),
        4 => (1_u128..4, 0_i64..200).prop_map(|(team, minutes)| clock_out(team, minutes)),
        2 => proptest::option::of(0_i64..200)
            .prop_map(|minutes| Command::Mute { until: minutes.map(after) }),
        1 => Just(Command::Unmute),
        1 => Just(Command::Elapsed(Lapse::Mute)),
    ]
}

proptest! {
    #[test]
    fn nobody_is_ever_out_twice_and_no_minute_counts_twice(
        steps in proptest::collection::vec((any_command(), 0_i64..20), 1..60),
    ) {
        let mut told = Told::<Attendance>::new();
        let mut minutes = 0;
        let mut last_until = START;
        for (command, later) in steps {
            minutes += later;
            let seen = told.log.len();
            let before = told.state.clone();
            let refused = told.give_at(minutes, command).is_err();
            prop_assert!(!refused || before == told.state);
            for (event, _) in &told.log[seen..] {
                match event {
                    Event::ClockedIn { .. } => prop_assert_eq!(before.turn, None),
                    Event::ClockedOut { from, until, .. } => {
                        prop_assert_eq!(before.turn.map(|turn| turn.since), Some(*from));
                        prop_assert!(last_until <= *from && from <= until && *until <= told.now);
                        last_until = *until;
                    }
                    Event::Muted { .. } | Event::Unmuted => {}
                }
            }
        }
        told.fire_at(minutes);
        prop_assert_eq!(told.reread(), told.state);
    }
}
