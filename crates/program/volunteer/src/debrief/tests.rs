use super::*;
use crate::told::{Told, after, table};

const HOUR: i64 = 60;

fn owe() -> Command {
    Command::Owe {
        person: Id::from_bits(1),
        district: "gwanak".to_owned().try_into().unwrap(),
        after: Incident::Alarm(Id::from_bits(9)),
    }
}

fn arrange(hours: i64) -> Command {
    Command::Arrange { at: after(hours * HOUR) }
}

#[test]
fn every_command_in_every_state() {
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("owed", &[(0, owe())]),
        ("arranged for hour 20", &[(0, owe()), (HOUR, arrange(20))]),
        ("held", &[(0, owe()), (HOUR, Command::Hold)]),
        ("waived", &[(0, owe()), (HOUR, Command::Waive)]),
    ];
    let commands = [
        ("owe", owe()),
        ("arrange for hour 20", arrange(20)),
        ("arrange for hour 40", arrange(40)),
        ("arrange for a moment gone", arrange(0)),
        ("hold", Command::Hold),
        ("waive", Command::Waive),
    ];
    insta::assert_snapshot!(table::<Debrief>(states, &commands), @r#"
    nothing
      owe -> owed
      refused, volunteer.no-such-debrief: arrange for hour 20; arrange for hour 40; arrange for a moment gone; hold; waive
    owed (overdue after 4320 min)
      arrange for hour 20 -> arranged
      arrange for hour 40 -> arranged
      hold -> held
      waive -> waived
      changes nothing: owe
      refused, volunteer.debrief-passed: arrange for a moment gone
    arranged for hour 20 (overdue after 4320 min)
      arrange for hour 40 -> arranged
      hold -> held
      waive -> waived
      changes nothing: owe; arrange for hour 20
      refused, volunteer.debrief-passed: arrange for a moment gone
    held
      changes nothing: owe; hold
      refused, volunteer.already-held: arrange for hour 20; arrange for hour 40; arrange for a moment gone; waive
    waived
      arrange for hour 20 -> arranged
      arrange for hour 40 -> arranged
      hold -> held
      changes nothing: owe; waive
      refused, volunteer.debrief-passed: arrange for a moment gone
    "#);
}

#[test]
fn a_talk_still_owed_is_brought_up_every_day() {
    let mut told = Told::<Debrief>::after(&[(0, owe())]);
    assert_eq!(told.fire_at(72 * HOUR - 1), [""; 0]);
    assert_eq!(told.fire_at(72 * HOUR), ["fell_overdue"]);
    assert_eq!(told.fire_at(96 * HOUR), ["fell_overdue"]);
    told.give(arrange(100)).unwrap();
    assert_eq!(told.fire_at(110 * HOUR), [""; 0], "it waits for the day already set");
    assert_eq!(told.fire_at(120 * HOUR), ["fell_overdue"], "arranged is not held");
    told.give(Command::Hold).unwrap();
    assert!(!told.state.open() && told.state.deadlines(&told.rules).is_empty());
    assert_eq!(told.reread(), told.state);
}

#[test]
fn whoever_did_not_want_it_may_still_ask_for_it() {
    let mut told = Told::<Debrief>::after(&[(0, owe()), (1, Command::Waive)]);
    assert!(told.state.deadlines(&told.rules).is_empty(), "nobody is pressed");
    told.give(arrange(200)).unwrap();
    assert_eq!(told.fire_at(200 * HOUR), ["fell_overdue"]);
}
