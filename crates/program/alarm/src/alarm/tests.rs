//! The state × command table, and what an alarm promises whatever happens.

use super::*;
use kernel::{Fact, Refusal, Span};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn at(second: i64) -> Instant {
    Instant::from_millis(1_795_441_200_000) + Span::seconds(second)
}

fn press(grade: Grade) -> Command {
    Command::Raise(Press {
        source: Source::Citizen,
        grade,
        district: "gwanak".to_owned().try_into().unwrap(),
        first_at: at(-90),
        silent: false,
        location: Some(Id::from_bits(5)),
    })
}

#[derive(Clone, Debug)]
struct Call {
    alarm: Alarm,
    rules: Rules,
    second: i64,
    log: Vec<(Event, Instant)>,
}

impl Call {
    fn new() -> Self {
        Self { alarm: Alarm::default(), rules: Rules::default(), second: 0, log: Vec::new() }
    }

    fn give(&mut self, command: Command) -> Result<Vec<&'static str>, &'static str> {
        let now = at(self.second);
        let events = self.alarm.decide(command, &self.rules, now).map_err(Refusal::code)?;
        for event in &events {
            self.alarm.apply(event, now);
            self.log.push((event.clone(), now));
        }
        Ok(events.iter().map(Fact::name).collect())
    }

    fn give_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.give(command.clone()).unwrap_or_else(|no| panic!("{command:?}: {no}"));
        }
    }

    fn fire(&mut self) -> Vec<&'static str> {
        let mut fired = Vec::new();
        for _ in 0..4 {
            let due = self.alarm.deadlines(&self.rules);
            let Some(due) = due.into_iter().find(|one| one.due_at <= at(self.second)) else {
                return fired;
            };
            fired.extend(self.give(Alarm::elapsed(due.name).unwrap()).unwrap());
        }
        panic!("a deadline fires without end");
    }
}

fn standing_at(stage: Stage) -> Call {
    let close = Command::Close { outcome: Outcome::Helped };
    let steps = [press(Grade::HelpNow), Command::Acknowledge, close];
    let mut call = Call::new();
    let count = Stage::ALL.iter().position(|one| *one == stage).unwrap();
    call.give_all(steps.into_iter().take(count));
    assert_eq!(call.alarm.stage, stage);
    call
}

fn table() -> String {
    let commands = [
        ("press", press(Grade::HelpNow)),
        ("say it is sheltering", Command::Grade { grade: Grade::Sheltering }),
        ("a person sees it", Command::Acknowledge),
        ("add location", Command::AddLocation { location: Id::from_bits(6) }),
        ("take back", Command::Retract { duress: false }),
        ("take back under duress", Command::Retract { duress: true }),
        ("close as helped", Command::Close { outcome: Outcome::Helped }),
        ("close as mistake", Command::Close { outcome: Outcome::Mistake }),
    ];
    let mut lines = Vec::new();
    for stage in Stage::ALL {
        let call = standing_at(stage);
        let deadline = call.alarm.deadlines(&call.rules).first().map_or_else(
            || "no deadline".to_owned(),
            |due| format!("{} after {} s", due.name, due.due_at.since(at(0)).as_seconds()),
        );
        lines.push(format!("{} ({deadline})", stage.code().trim_start_matches("alarm.state-")));
        let mut rest: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, command) in commands.clone() {
            match call.clone().give(command) {
                Ok(events) if events.is_empty() => {
                    rest.entry("changes nothing".to_owned()).or_default().push(name);
                }
                Ok(events) => lines.push(format!("  {name} -> {}", events.join(", "))),
                Err(code) => rest.entry(format!("refused, {code}")).or_default().push(name),
            }
        }
        lines
            .extend(rest.iter().map(|(answer, given)| format!("  {answer}: {}", given.join("; "))));
    }
    lines.join("\n")
}

#[test]
fn every_command_in_every_state() {
    insta::assert_snapshot!(table(), @r#"
    nothing (no deadline)
      press -> raised
      refused, alarm.no-such-alarm: say it is sheltering; a person sees it; add location; take back; take back under duress; close as helped; close as mistake
    raised (unseen after 20 s)
      press -> raised_again
      say it is sheltering -> graded
      a person sees it -> seen
      add location -> location_added
      take back -> retracted
      take back under duress -> retracted
      refused, alarm.not-seen-yet: close as helped; close as mistake
    seen (still-open after 600 s)
      press -> raised_again
      say it is sheltering -> graded
      add location -> location_added
      take back -> retracted
      take back under duress -> retracted
      close as helped -> closed
      close as mistake -> closed
      changes nothing: a person sees it
    closed (no deadline)
      changes nothing: a person sees it; take back; take back under duress; close as helped
      refused, alarm.already-closed: press; say it is sheltering; add location; close as mistake
    "#);
}

#[test]
fn an_unseen_alarm_rings_further_until_a_person_has_seen_it() {
    let mut call = standing_at(Stage::Raised);
    let mut rung = Vec::new();
    for second in 1..=180 {
        call.second = second;
        rung.extend(call.fire().into_iter().map(|ring| (second, ring)));
    }
    assert_eq!(
        rung,
        [
            (20, "escalated_to_all_desks"),
            (45, "escalated_to_duty"),
            (105, "rang_again"),
            (165, "rang_again"),
        ]
    );
    call.give_all([Command::Acknowledge]);
    call.second = 180 + 599;
    assert_eq!(call.fire(), [""; 0]);
    call.second += 1;
    assert_eq!(call.fire(), ["asked_about"], "seen, and still open after ten minutes");
    call.second += 600;
    assert_eq!(call.fire(), ["asked_about"]);
}

#[test]
fn after_an_outage_every_ring_is_given_at_once() {
    let mut call = standing_at(Stage::Raised);
    call.second = 600;
    assert_eq!(call.fire(), ["escalated_to_all_desks", "escalated_to_duty"]);
    assert_eq!(call.fire(), [""; 0]);
}

#[test]
fn taking_it_back_closes_nothing_and_stays_visible() {
    let mut call = standing_at(Stage::Raised);
    call.give_all([Command::Retract { duress: false }]);
    assert!(call.alarm.open() && call.alarm.retracted);
    call.second = 20;
    assert_eq!(call.fire(), ["escalated_to_all_desks"], "somebody still has to look");
    // Pressing once more takes the taking-back back.
    call.give_all([press(Grade::ComeAndLook)]);
    assert!(!call.alarm.retracted);
    assert_eq!((call.alarm.grade, call.alarm.presses), (Grade::HelpNow, 2), "never weaker");
}

#[test]
fn a_call_taken_back_under_duress_goes_before_all_others_and_is_no_mistake() {
    let mut forced = standing_at(Stage::Seen);
    forced.give_all([Command::Retract { duress: true }]);
    let mut standing = standing_at(Stage::Seen);
    standing.give_all([press(Grade::PoliceNow)]);
    let mut mistaken = standing_at(Stage::Seen);
    mistaken.give_all([Command::Retract { duress: false }]);
    assert!(forced.alarm.urgency() > standing.alarm.urgency());
    assert!(standing.alarm.urgency() > mistaken.alarm.urgency());
    for outcome in Outcome::ALL {
        let closed = forced.clone().give(Command::Close { outcome });
        let dismissed = matches!(outcome.truth(), Truth::False | Truth::Test);
        assert_eq!(closed.is_err(), dismissed, "{outcome:?}");
        assert!(mistaken.clone().give(Command::Close { outcome }).is_ok());
    }
}

#[test]
fn a_till_sends_first_and_says_afterwards_what_it_is() {
    let mut call = standing_at(Stage::Raised);
    assert_eq!(call.give(Command::Grade { grade: Grade::Sheltering }), Ok(vec!["graded"]));
    assert_eq!((call.alarm.grade, call.alarm.presses), (Grade::Sheltering, 1));
    call.give_all([press(Grade::PoliceNow)]);
    assert_eq!(call.alarm.grade, Grade::PoliceNow);
    call.give_all([Command::Retract { duress: false }, Command::Grade { grade: Grade::HelpNow }]);
    assert!(call.alarm.retracted, "saying what it was does not renew a call taken back");
}

#[test]
fn the_phones_own_time_and_the_time_of_arrival_are_both_kept() {
    let call = standing_at(Stage::Raised);
    assert_eq!(call.alarm.first_at, Some(at(-90)));
    assert_eq!(call.alarm.raised_at, Some(at(0)));
}

#[test]
fn a_duty_officer_rung_before_the_desks_is_rung_all_the_same() {
    let mut call = Call::new();
    call.rules =
        Rules { unseen_all_desks_seconds: 60, unseen_duty_seconds: 10, ..Rules::default() };
    call.give_all([press(Grade::HelpNow)]);
    call.second = 10;
    assert_eq!(call.fire(), ["escalated_to_duty"]);
    call.second = 70;
    assert_eq!(call.fire(), ["rang_again"]);
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => proptest::sample::select(Grade::ALL.to_vec()).prop_map(press),
        1 => proptest::sample::select(Grade::ALL.to_vec())
            .prop_map(|grade| Command::Grade { grade }),
        2 => Just(Command::Acknowledge),
        1 => (0_u128..3).prop_map(|row| Command::AddLocation { location: Id::from_bits(row) }),
        3 => any::<bool>().prop_map(|duress| Command::Retract { duress }),
        1 => proptest::sample::select(Outcome::ALL.to_vec())
            .prop_map(|outcome| Command::Close { outcome }),
        4 => prop_oneof![Just(Lapse::Unseen), Just(Lapse::StillOpen)].prop_map(Command::Elapsed),
    ]
}

/// The same command from a person whom nobody forces.
fn unforced(command: &Command) -> Command {
    match command {
        Command::Retract { .. } => Command::Retract { duress: false },
        other => other.clone(),
    }
}

#[test]
fn the_rank_a_screen_sorts_by_is_the_order_a_desk_answers_in() {
    let mut all = Vec::new();
    for grade in Grade::ALL {
        for bits in 0..8 {
            let [duress, standing, from_team] = [1, 2, 4].map(|bit| bits & bit != 0);
            all.push(Urgency { duress, standing, grade, from_team });
        }
    }
    for a in &all {
        for b in &all {
            assert_eq!(b.cmp(a), a.rank().cmp(&b.rank()), "{a:?} {b:?}");
        }
    }
}

proptest! {
    #[test]
    fn an_open_alarm_always_has_a_deadline_and_only_a_person_closes_it(
        steps in proptest::collection::vec((any_command(), 0_i64..90), 1..40),
    ) {
        let mut call = Call::new();
        call.give_all([press(Grade::HelpNow)]);
        for (command, seconds) in steps {
            call.second += seconds;
            let (before, closing) = (call.alarm.clone(), matches!(command, Command::Close { .. }));
            let graded = matches!(command, Command::Grade { .. });
            let refused = call.give(command).is_err();
            let now = &call.alarm;
            prop_assert_eq!(now.deadlines(&call.rules).len(), usize::from(now.open()));
            prop_assert_eq!(now.outcome.is_some(), now.stage == Stage::Closed);
            prop_assert!(before.stage == now.stage || closing || now.stage != Stage::Closed);
            prop_assert!(!refused || before == *now, "a refusal changes nothing");
            prop_assert!(now.stage >= before.stage);
            prop_assert!(now.grade >= before.grade || graded, "a press never weakens");
        }
        let kept = serde_json::to_string(&call.log).unwrap();
        let read: Vec<(Event, Instant)> = serde_json::from_str(&kept).unwrap();
        let mut again = Alarm::default();
        for (event, at) in &read {
            again.apply(event, *at);
        }
        prop_assert_eq!(&again, &call.alarm);
        call.fire();
        for deadline in call.alarm.deadlines(&call.rules) {
            prop_assert!(deadline.due_at > at(call.second));
        }
    }

    /// Whoever holds the phone learns the same, whichever code was typed: as many events, the
    /// same answers, the same view, the same deadlines.
    #[test]
    fn duress_cannot_be_told_from_the_senders_side(
        steps in proptest::collection::vec((any_command(), 0_i64..90), 1..40),
    ) {
        let (mut forced, mut free) = (Call::new(), Call::new());
        for (command, seconds) in steps {
            // What the desk may close with differs; that is the desk's side.
            if matches!(command, Command::Close { outcome } if outcome.truth() != Truth::True) {
                continue;
            }
            forced.second += seconds;
            free.second += seconds;
            let twin = unforced(&command);
            prop_assert_eq!(forced.give(command), free.give(twin));
            prop_assert_eq!(forced.alarm.for_sender(), free.alarm.for_sender());
            prop_assert_eq!(
                forced.alarm.deadlines(&forced.rules),
                free.alarm.deadlines(&free.rules)
            );
        }
    }
}
