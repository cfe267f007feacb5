//! What a watch promises: whoever takes it over is named, and no note is lost unread.

use super::*;
use kernel::{Fact, Refusal, Span};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn at(hour: i64) -> Instant {
    Instant::from_millis(1_795_441_200_000) + Span::hours(hour)
}

fn seat(bits: u128) -> Id<id::Person> {
    Id::from_bits(bits)
}

fn row(bits: u128) -> Id<id::Private> {
    Id::from_bits(bits)
}

#[derive(Clone, Debug, Default)]
struct Desk {
    watch: DeskWatch,
    hour: i64,
}

impl Desk {
    fn give(&mut self, command: Command) -> Result<Vec<Event>, &'static str> {
        let now = at(self.hour);
        let events = self.watch.decide(command, &Rules::default(), now).map_err(Refusal::code)?;
        for event in &events {
            self.watch.apply(event, now);
        }
        Ok(events)
    }
}

#[test]
fn every_command_in_every_state() {
    let take = |by| Command::TakeOver { by: seat(by), open: Open { alarms: 1, walks: 2 } };
    let commands = [
        ("take over", take(8)),
        ("take over from the same seat", take(7)),
        ("leave a note", Command::Note { row: row(2) }),
        ("leave the same note", Command::Note { row: row(1) }),
        ("put a note away", Command::PutAway { row: row(1) }),
    ];
    let mut kept = Desk::default();
    kept.give(take(7)).unwrap();
    let mut noted = kept.clone();
    noted.give(Command::Note { row: row(1) }).unwrap();
    let mut lines = Vec::new();
    for (name, desk) in
        [("nobody keeps it", Desk::default()), ("kept", kept), ("kept, with a note", noted)]
    {
        lines.push(name.to_owned());
        for (told, command) in commands.clone() {
            let answer = match desk.clone().give(command) {
                Ok(events) if events.is_empty() => "changes nothing".to_owned(),
                Ok(events) => events.iter().map(Fact::name).collect::<Vec<_>>().join(", "),
                Err(code) => format!("refused, {code}"),
            };
            lines.push(format!("  {told} -> {answer}"));
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    nobody keeps it
      take over -> taken_over
      take over from the same seat -> taken_over
      leave a note -> noted
      leave the same note -> noted
      put a note away -> refused, alarm.no-such-note
    kept
      take over -> taken_over
      take over from the same seat -> taken_over
      leave a note -> noted
      leave the same note -> noted
      put a note away -> refused, alarm.no-such-note
    kept, with a note
      take over -> taken_over
      take over from the same seat -> taken_over
      leave a note -> noted
      leave the same note -> changes nothing
      put a note away -> put_away
    ");
}

#[test]
fn taking_over_names_who_had_it_and_what_was_open() {
    let mut desk = Desk::default();
    desk.give(Command::TakeOver { by: seat(7), open: Open::default() }).unwrap();
    desk.give(Command::Note { row: row(1) }).unwrap();
    desk.hour = 3;
    let taken =
        desk.give(Command::TakeOver { by: seat(8), open: Open { alarms: 2, walks: 9 } }).unwrap();
    let from = Some(seat(7));
    assert_eq!(taken, [Event::TakenOver { by: seat(8), from, alarms: 2, walks: 9, notes: 1 }]);
    assert_eq!((desk.watch.keeper, desk.watch.since), (Some(seat(8)), Some(at(3))));
}

#[test]
fn a_note_that_has_expired_is_counted_by_nobody() {
    let mut desk = Desk::default();
    for bits in 0..NOTES as u128 {
        desk.give(Command::Note { row: row(bits) }).unwrap();
    }
    assert_eq!(desk.give(Command::Note { row: row(99) }), Err("alarm.too-many-notes"));
    desk.hour = i64::from(Rules::default().note_kept_hours);
    assert_eq!(desk.watch.kept(&Rules::default(), at(desk.hour)).count(), 0);
    desk.give(Command::Note { row: row(99) }).unwrap();
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        (0_u128..3, 0_u16..5).prop_map(|(by, walks)| Command::TakeOver {
            by: seat(by),
            open: Open { alarms: 0, walks },
        }),
        (0_u128..6).prop_map(|bits| Command::Note { row: row(bits) }),
        (0_u128..6).prop_map(|bits| Command::PutAway { row: row(bits) }),
    ]
}

proptest! {
    /// The oracle: the last one who took over keeps it, and the notes are a set.
    #[test]
    fn the_watch_is_with_the_last_who_took_it(steps in proptest::collection::vec(any_command(), 0..40)) {
        let mut desk = Desk::default();
        let (mut keeper, mut notes) = (None, BTreeSet::new());
        for command in steps {
            match (&command, desk.give(command.clone()).is_ok()) {
                (Command::TakeOver { by, .. }, _) => keeper = Some(*by),
                (Command::Note { row }, true) => drop(notes.insert(*row)),
                (Command::PutAway { row }, done) => prop_assert_eq!(notes.remove(row), done),
                (Command::Note { .. }, false) => {}
            }
            let lying: BTreeSet<_> = desk.watch.notes.iter().map(|note| note.row).collect();
            prop_assert_eq!(&lying, &notes);
            prop_assert_eq!(desk.watch.keeper, keeper);
        }
    }
}
