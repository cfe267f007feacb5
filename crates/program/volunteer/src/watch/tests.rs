use super::*;
use crate::told::{START, Told, table};
use kernel::Fact;
use proptest::prelude::*;

fn start(purpose: Purpose, minutes: u16) -> Command {
    Command::Start {
        who: Watched::Person(Id::from_bits(1)),
        purpose,
        district: "gwanak".to_owned().try_into().unwrap(),
        minutes: Some(minutes),
    }
}

fn home() -> Command {
    start(Purpose::WayHome, 20)
}

const DUE: Command = Command::Elapsed(Lapse::Due);
const GRACE: Command = Command::Elapsed(Lapse::Grace);

#[test]
fn every_command_in_every_state() {
    let overdue = [(0, home()), (20, DUE), (22, GRACE)];
    let seen = [(0, home()), (20, DUE), (22, GRACE), (23, Command::Acknowledge)];
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("running", &[(0, home())]),
        ("asked", &[(0, home()), (20, DUE)]),
        ("overdue", &overdue),
        ("seen", &seen),
        ("ended", &[(0, home()), (10, Command::End)]),
    ];
    let commands = [
        ("start, 20 minutes", home()),
        ("start, 121 minutes", start(Purpose::CheckIn, 121)),
        ("check in", Command::CheckIn),
        ("15 minutes longer", Command::Extend { minutes: 15 }),
        ("200 minutes longer", Command::Extend { minutes: 200 }),
        ("end", Command::End),
        ("a person sees it", Command::Acknowledge),
        ("close as found well", Command::Close { outcome: Outcome::FoundWell }),
        ("close as said so", Command::Close { outcome: Outcome::SaidSo }),
        ("an alarm takes its place", Command::Close { outcome: Outcome::Alarm }),
    ];
    insta::assert_snapshot!(table::<Watch>(states, &commands), @r#"
    nothing
      start, 20 minutes -> started
      refused, volunteer.no-such-watch: check in; 15 minutes longer; 200 minutes longer; end; a person sees it; close as found well; close as said so; an alarm takes its place
      refused, volunteer.watch-too-long: start, 121 minutes
    running (due after 20 min)
      check in -> checked_in
      15 minutes longer -> checked_in
      end -> ended
      an alarm takes its place -> ended
      changes nothing: a person sees it
      refused, volunteer.watch-running: close as found well; close as said so
      refused, volunteer.watch-started: start, 20 minutes; start, 121 minutes
      refused, volunteer.watch-too-long: 200 minutes longer
    asked (grace after 22 min)
      check in -> checked_in
      15 minutes longer -> checked_in
      end -> ended
      an alarm takes its place -> ended
      changes nothing: a person sees it
      refused, volunteer.watch-running: close as found well; close as said so
      refused, volunteer.watch-started: start, 20 minutes; start, 121 minutes
      refused, volunteer.watch-too-long: 200 minutes longer
    overdue (unseen after 22 min)
      check in -> heard_from
      15 minutes longer -> heard_from
      200 minutes longer -> heard_from
      end -> heard_from
      a person sees it -> seen
      an alarm takes its place -> ended
      refused, volunteer.watch-not-seen: close as found well; close as said so
      refused, volunteer.watch-started: start, 20 minutes; start, 121 minutes
    seen (still-open after 33 min)
      check in -> heard_from
      15 minutes longer -> heard_from
      200 minutes longer -> heard_from
      end -> heard_from
      close as found well -> ended
      an alarm takes its place -> ended
      changes nothing: a person sees it
      refused, volunteer.watch-outcome: close as said so
      refused, volunteer.watch-started: start, 20 minutes; start, 121 minutes
    ended
      changes nothing: end; a person sees it; close as said so
      refused, volunteer.watch-ended: check in; 15 minutes longer; 200 minutes longer; close as found well; an alarm takes its place
      refused, volunteer.watch-started: start, 20 minutes; start, 121 minutes
    "#);
}

#[test]
fn whoever_does_not_come_home_is_asked_then_the_desk_rings_then_the_duty_officer() {
    let mut told = Told::<Watch>::after(&[(0, home())]);
    let mut rung = Vec::new();
    for minute in 1..=26 {
        rung.extend(told.fire_at(minute).into_iter().map(|ring| (minute, ring)));
    }
    assert_eq!(
        rung,
        [
            (20, "asked"),
            (22, "fell_overdue"),
            (23, "escalated_to_duty"),
            (24, "rang_again"),
            (25, "rang_again"),
            (26, "rang_again"),
        ]
    );
    assert_eq!(
        told.give(Command::Close { outcome: Outcome::Helped }),
        Err("volunteer.watch-not-seen")
    );
    told.give(Command::Acknowledge).unwrap();
    assert_eq!(told.fire_at(35), [""; 0]);
    assert_eq!(told.fire_at(36), ["asked_about"]);
    told.give(Command::Close { outcome: Outcome::Reached }).unwrap();
    assert!(told.state.deadlines(&told.rules).is_empty());
}

#[test]
fn after_an_outage_the_desk_rings_at_once() {
    let mut told = Told::<Watch>::after(&[(0, home())]);
    assert_eq!(told.fire_at(90), ["asked", "fell_overdue"]);
    assert_eq!(told.fire_at(90), [""; 0]);
}

#[test]
fn a_late_word_is_noted_and_closes_nothing() {
    let mut told = Told::<Watch>::after(&[(0, home())]);
    told.fire_at(22);
    assert_eq!(told.give(Command::End), Ok(vec!["heard_from"]));
    assert!(told.state.open());
    assert_eq!(told.fire_at(31), [""; 0], "the duty officer is left alone");
    assert_eq!(told.fire_at(32), ["asked_about"], "the desk still has to look");
    assert_eq!(told.give(Command::Extend { minutes: 30 }), Ok(vec!["heard_from"]));
}

#[test]
fn a_team_out_alone_says_so_every_half_hour() {
    let alone = Command::Start {
        who: Watched::Team(Id::from_bits(1)),
        purpose: Purpose::CheckIn,
        district: "gwanak".to_owned().try_into().unwrap(),
        minutes: None,
    };
    let mut told = Told::<Watch>::after(&[(0, alone), (25, Command::CheckIn)]);
    assert_eq!(told.fire_at(54), [""; 0]);
    assert_eq!(told.fire_at(55), ["asked"]);
    told.give(Command::CheckIn).unwrap();
    assert_eq!(told.fire_at(84), [""; 0]);
    told.give(Command::End).unwrap();
    assert_eq!(told.state.outcome, Some(Outcome::SaidSo));
    assert_eq!(told.reread(), told.state);
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => Just(Command::CheckIn),
        1 => (0_u16..140).prop_map(|minutes| Command::Extend { minutes }),
        1 => Just(Command::End),
        2 => Just(Command::Acknowledge),
        1 => proptest::sample::select(Outcome::ALL.to_vec())
            .prop_map(|outcome| Command::Close { outcome }),
        6 => proptest::sample::select(vec!["due", "grace", "unseen", "still-open"])
            .prop_map(|name| Watch::elapsed(name).unwrap()),
    ]
}

proptest! {
    #[test]
    fn an_open_watch_always_has_a_deadline_and_once_rung_only_the_desk_ends_it(
        steps in proptest::collection::vec((any_command(), 0_i64..25), 1..40),
    ) {
        let mut told = Told::<Watch>::after(&[(0, home())]);
        let mut minutes = 0;
        for (command, later) in steps {
            minutes += later;
            let before = told.state.clone();
            let desk = matches!(command, Command::Close { .. });
            let refused = told.give_at(minutes, command).is_err();
            let now = &told.state;
            prop_assert!(!refused || before == *now);
            prop_assert_eq!(now.deadlines(&told.rules).len(), usize::from(now.open()));
            let rung = before.stage >= Stage::Overdue && before.open();
            prop_assert!(!rung || now.stage >= before.stage, "never taken back");
            prop_assert!(!rung || now.open() || desk);
            prop_assert_eq!(now.outcome.is_some(), now.stage == Stage::Ended);
        }
        prop_assert_eq!(told.reread(), told.state.clone());
        told.fire_at(minutes);
        for due in told.state.deadlines(&told.rules) {
            prop_assert!(due.due_at > told.now);
        }
        prop_assert!(told.log.iter().all(|(event, at)| *at >= START && !event.name().is_empty()));
    }
}
