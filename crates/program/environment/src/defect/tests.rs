//! A broken lamp is noted once and closed once.

use super::{Command, Defect, Outcome, Part, Refused, Spot, Stage};
use crate::Rules;
use kernel::{Aggregate, DistrictCode, Fact, Id, Instant, Refusal};
use std::fmt::Write;

fn noted() -> Command {
    Command::Note {
        part: Part::Lamp,
        district: DistrictCode::try_from("gwanak".to_owned()).unwrap(),
        spot: Spot::Place(Id::from_bits(1)),
        noticed_at: Instant::from_millis(7),
    }
}

fn after(commands: &[Command]) -> Defect {
    let mut defect = Defect::default();
    for command in commands {
        let now = Instant::from_millis(10);
        for event in defect.decide(command.clone(), &Rules::default(), now).unwrap() {
            defect.apply(&event, now);
        }
    }
    defect
}

#[test]
fn what_can_be_done_to_a_defect() {
    let repaired = Command::Close { outcome: Outcome::Repaired };
    let known = Command::Close { outcome: Outcome::KnownAlready };
    let states = [
        ("nothing", after(&[])),
        ("open", after(&[noted()])),
        ("repaired", after(&[noted(), repaired.clone()])),
    ];
    let mut table = String::new();
    for (name, command) in [("note", noted()), ("repaired", repaired), ("known", known)] {
        let _ = write!(table, "{name:10}");
        for (_, state) in &states {
            let cell = match state.decide(command.clone(), &Rules::default(), Instant::default()) {
                Ok(events) => events.first().map_or("as it is", Fact::name),
                Err(refused) => refused.code(),
            };
            let _ = write!(table, "{cell:30}");
        }
        table = format!("{}\n", table.trim_end());
    }
    insta::assert_snapshot!(table, @r"
    note      noted                         as it is                      as it is
    repaired  environment.no-such-defect    closed                        as it is
    known     environment.no-such-defect    closed                        environment.defect-closed
    ");
}

#[test]
fn a_defect_remembers_what_is_broken_where_and_since_when() {
    let defect = after(&[noted()]);
    assert_eq!((defect.stage, defect.part), (Stage::Open, Some(Part::Lamp)));
    assert_eq!(defect.spot, Some(Spot::Place(Id::from_bits(1))));
    assert_eq!(defect.noticed_at, Some(Instant::from_millis(7)));
    assert_eq!(Refused::ALL.len(), 2);
}
