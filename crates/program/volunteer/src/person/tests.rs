use super::*;

const NOW: Instant = Instant::from_millis(1_795_441_200_000);

fn days(days: i64) -> Instant {
    NOW + Span::days(days)
}

fn give(person: &mut Person, command: Command) -> Result<Vec<&'static str>, &'static str> {
    let events = person.decide(command, &Rules::default(), NOW).map_err(Refusal::code)?;
    for event in &events {
        person.apply(event, NOW);
    }
    Ok(events.iter().map(Fact::name).collect())
}

fn every_command() -> [(&'static str, Command); 6] {
    [
        ("enrol", Command::Enrol { gender: Gender::Woman }),
        ("pass record check", Command::PassRecordCheck { until: days(300) }),
        ("complete training", Command::CompleteTraining { until: days(300) }),
        ("suspend", Command::Suspend { reason: SuspensionReason::OwnWish }),
        ("reinstate", Command::Reinstate),
        ("leave", Command::Leave),
    ]
}

fn standing_at(stage: Stage) -> Person {
    let mut person = Person::default();
    let steps: &[usize] = match stage {
        Stage::Nothing => &[],
        Stage::Active => &[0],
        Stage::Suspended => &[0, 3],
        Stage::Gone => &[0, 5],
    };
    for &step in steps {
        give(&mut person, every_command()[step].1).unwrap();
    }
    assert_eq!(person.stage, stage);
    person
}

#[test]
fn every_command_in_every_state() {
    let mut lines = Vec::new();
    for stage in [Stage::Nothing, Stage::Active, Stage::Suspended, Stage::Gone] {
        lines.push(format!("{stage:?}").to_lowercase());
        for (name, command) in every_command() {
            lines.push(match give(&mut standing_at(stage), command) {
                Ok(events) if events.is_empty() => format!("  {name}: changes nothing"),
                Ok(events) => format!("  {name} -> {}", events.join(", ")),
                Err(code) => format!("  {name}: refused, {code}"),
            });
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    nothing
      enrol -> enrolled
      pass record check: refused, volunteer.no-such-person
      complete training: refused, volunteer.no-such-person
      suspend: refused, volunteer.no-such-person
      reinstate: refused, volunteer.no-such-person
      leave: refused, volunteer.no-such-person
    active
      enrol: refused, volunteer.already-enrolled
      pass record check -> record_check_passed
      complete training -> training_completed
      suspend -> suspended
      reinstate: refused, volunteer.not-suspended
      leave -> left
    suspended
      enrol: refused, volunteer.already-enrolled
      pass record check -> record_check_passed
      complete training -> training_completed
      suspend: changes nothing
      reinstate -> reinstated
      leave -> left
    gone
      enrol: refused, volunteer.left
      pass record check: refused, volunteer.left
      complete training: refused, volunteer.left
      suspend: refused, volunteer.left
      reinstate: refused, volunteer.left
      leave: changes nothing
    "#);
}

#[test]
fn a_volunteer_is_fit_only_with_both_papers() {
    let mut person = standing_at(Stage::Active);
    let fit = |person: &Person| person.standing(Id::from_bits(1)).unwrap().fit(NOW);
    assert!(!fit(&person));
    give(&mut person, Command::PassRecordCheck { until: days(1) }).unwrap();
    assert!(!fit(&person));
    give(&mut person, Command::CompleteTraining { until: days(1) }).unwrap();
    assert!(fit(&person));
    give(&mut person, Command::Suspend { reason: SuspensionReason::Complaint }).unwrap();
    assert!(!fit(&person));
    give(&mut person, Command::Reinstate).unwrap();
    assert!(fit(&person));
    give(&mut person, Command::Leave).unwrap();
    assert!(!fit(&person));
    assert_eq!(Person::default().standing(Id::from_bits(1)), None);
}

#[test]
fn papers_that_cannot_be_true_are_refused() {
    let mut person = standing_at(Stage::Active);
    for (until, code) in [(days(0), "volunteer.already-expired"), (days(366), "volunteer.too-long")]
    {
        assert_eq!(give(&mut person, Command::PassRecordCheck { until }), Err(code));
        assert_eq!(give(&mut person, Command::CompleteTraining { until }), Err(code));
    }
    assert!(give(&mut person, Command::PassRecordCheck { until: days(365) }).is_ok());
}
