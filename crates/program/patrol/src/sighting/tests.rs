use super::*;
use crate::told::{START, Told, after, table};
use kernel::Span;
use proptest::prelude::*;

const HOUR: i64 = 60;

fn note(kind: Kind) -> Command {
    Command::Note(Notice {
        kind,
        by: Spotter::Team(Id::from_bits(1)),
        round: Some(Id::from_bits(2)),
        district: "gwanak".to_owned().try_into().unwrap(),
        spot: Spot::Private(Id::from_bits(3)),
        attached: None,
        first_at: after(-90),
    })
}

const DESK: Command = Command::HandOver { to: Receiver::Desk };
const LAMP: Command = Command::HandOver { to: Receiver::Environment(Defect::Lamp) };
const REPAIRED: Command = Command::Close { outcome: Outcome::Repaired };

#[test]
fn every_command_in_every_state() {
    let lamp = note(Kind::LampOut);
    let in_hand = [(0, lamp.clone()), (1, LAMP), (2, Command::Acknowledge)];
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("a lamp noted", &[(0, lamp.clone())]),
        ("a crowd noted", &[(0, note(Kind::Crowd))]),
        ("violence noted", &[(0, note(Kind::Violence))]),
        ("a lamp handed over as a defect", &[(0, lamp.clone()), (1, LAMP)]),
        ("a lamp in hand", &in_hand),
        ("closed", &[(0, lamp.clone()), (1, REPAIRED)]),
    ];
    let commands = [
        ("note a lamp", lamp),
        ("note violence", note(Kind::Violence)),
        ("attach a photo", Command::Attach { private: Id::from_bits(8) }),
        ("hand to the desk", DESK),
        ("hand over as a broken lamp", LAMP),
        ("acknowledge", Command::Acknowledge),
        ("close as repaired", REPAIRED),
        ("close as known already", Command::Close { outcome: Outcome::KnownAlready }),
    ];
    insta::assert_snapshot!(table::<Sighting>(states, &commands), @r#"
    nothing
      note a lamp -> noted
      note violence -> noted, handed_over
      refused, patrol.no-such-sighting: attach a photo; hand to the desk; hand over as a broken lamp; acknowledge; close as repaired; close as known already
    a lamp noted (waiting after 720 min)
      attach a photo -> attached
      hand to the desk -> handed_over
      hand over as a broken lamp -> handed_over
      close as repaired -> closed
      close as known already -> closed
      changes nothing: note a lamp
      refused, patrol.already-noted: note violence
      refused, patrol.not-handed-over: acknowledge
    a crowd noted (waiting after 720 min)
      attach a photo -> attached
      hand to the desk -> handed_over
      close as repaired -> closed
      close as known already -> closed
      refused, patrol.already-noted: note a lamp; note violence
      refused, patrol.not-a-defect: hand over as a broken lamp
      refused, patrol.not-handed-over: acknowledge
    violence noted (unacknowledged after 2 min)
      attach a photo -> attached
      acknowledge -> acknowledged
      changes nothing: note violence; hand to the desk
      refused, patrol.already-noted: note a lamp
      refused, patrol.not-a-defect: hand over as a broken lamp
      refused, patrol.not-in-hand: close as repaired; close as known already
    a lamp handed over as a defect (unacknowledged after 1441 min)
      attach a photo -> attached
      hand to the desk -> handed_over
      acknowledge -> acknowledged
      changes nothing: note a lamp; hand over as a broken lamp
      refused, patrol.already-noted: note violence
      refused, patrol.not-in-hand: close as repaired; close as known already
    a lamp in hand
      attach a photo -> attached
      hand to the desk -> handed_over
      close as repaired -> closed
      close as known already -> closed
      changes nothing: note a lamp; hand over as a broken lamp; acknowledge
      refused, patrol.already-noted: note violence
    closed
      changes nothing: note a lamp; acknowledge; close as repaired
      refused, patrol.already-noted: note violence
      refused, patrol.sighting-closed: attach a photo; hand to the desk; hand over as a broken lamp; close as known already
    "#);
}

#[test]
fn what_cannot_wait_is_at_the_desk_at_once_and_rings_until_somebody_has_it() {
    for kind in Kind::ALL {
        let events = Told::<Sighting>::new().give(note(kind)).unwrap();
        assert_eq!(events.len() == 2, kind.urgent(), "{kind:?}");
        assert!(!(kind.urgent() && kind.defect().is_some()), "no lamp is an emergency");
    }
    let mut told = Told::<Sighting>::after(&[(0, note(Kind::Violence))]);
    assert_eq!(told.fire_at(1), [""; 0]);
    assert_eq!(told.fire_at(2), ["asked_about"]);
    assert_eq!(told.fire_at(4), ["asked_about"]);
    told.give(Command::Acknowledge).unwrap();
    assert!(told.state.deadlines(&told.rules).is_empty());
}

#[test]
fn a_sighting_nobody_takes_up_is_brought_up() {
    let mut told = Told::<Sighting>::after(&[(0, note(Kind::LampOut))]);
    assert_eq!(told.fire_at(12 * HOUR), ["asked_about"]);
    told.give(LAMP).unwrap();
    assert_eq!(told.fire_at(35 * HOUR), [""; 0]);
    assert_eq!(told.fire_at(36 * HOUR), ["asked_about"], "handed over is not in hand");
    assert_eq!(told.give(REPAIRED), Err("patrol.not-in-hand"));
    told.give(Command::Acknowledge).unwrap();
    assert_eq!(told.give(REPAIRED), Ok(vec!["closed"]));
    let kept = Span::days(30);
    assert_eq!(told.state.erase_at(&told.rules), Some(told.now + kept));
}

#[test]
fn the_phones_own_time_is_kept_but_nothing_is_noticed_after_it_arrived() {
    let told = Told::<Sighting>::after(&[(0, note(Kind::Ground))]);
    assert_eq!(told.state.first_at, Some(after(-90)));
    assert_eq!(told.state.noted_at, Some(START));
    let Command::Note(mut ahead) = note(Kind::Ground) else { panic!("no notice") };
    ahead.first_at = after(500);
    let mut told = Told::<Sighting>::new();
    told.give(Command::Note(ahead)).unwrap();
    assert_eq!(told.state.first_at, Some(START));
}

#[test]
fn something_else_may_turn_out_to_be_a_defect_and_a_crowd_may_not() {
    let mut other = Told::<Sighting>::after(&[(0, note(Kind::Other))]);
    assert_eq!(other.give(LAMP), Ok(vec!["handed_over"]));
    let mut crowd = Told::<Sighting>::after(&[(0, note(Kind::Crowd))]);
    assert_eq!(crowd.give(LAMP), Err("patrol.not-a-defect"));
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => proptest::sample::select(Kind::ALL.to_vec()).prop_map(note),
        1 => (0_u128..3).prop_map(|row| Command::Attach { private: Id::from_bits(row) }),
        2 => Just(DESK),
        2 => Just(LAMP),
        2 => Just(Command::Acknowledge),
        1 => proptest::sample::select(Outcome::ALL.to_vec())
            .prop_map(|outcome| Command::Close { outcome }),
        3 => proptest::sample::select(vec!["waiting", "unacknowledged"])
            .prop_map(|name| Sighting::elapsed(name).unwrap()),
    ]
}

proptest! {
    #[test]
    fn a_sighting_is_in_somebodys_hand_or_a_deadline_runs(
        kind in proptest::sample::select(Kind::ALL.to_vec()),
        steps in proptest::collection::vec((any_command(), 0_i64..900), 0..40),
    ) {
        let mut told = Told::<Sighting>::after(&[(0, note(kind))]);
        let mut minutes = 0;
        for (command, later) in steps {
            minutes += later;
            let before = told.state.clone();
            let answer = told.give_at(minutes, command.clone());
            prop_assert!(answer.is_ok() || before == told.state);
            let now = &told.state;
            let waits = matches!(now.stage, Stage::Noted | Stage::HandedOver);
            prop_assert_eq!(now.deadlines(&told.rules).len(), usize::from(waits));
            prop_assert_eq!(now.outcome.is_some(), now.stage == Stage::Closed);
            prop_assert_eq!(now.kind, Some(kind), "what was noticed stays what it was");
            if answer.is_ok() {
                let retried = told.give(command);
                prop_assert_eq!(retried, Ok(vec![]), "a retry makes no second one");
            }
        }
        prop_assert_eq!(told.reread(), told.state);
    }
}
