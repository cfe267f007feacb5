use super::*;
use crate::told::{Told, table};

fn draw(streets: u64) -> Command {
    Command::Draw {
        district: "gwanak".to_owned().try_into().unwrap(),
        segments: (0..streets).map(Segment).collect(),
    }
}

#[test]
fn every_command_in_every_state() {
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("drawn with 3 streets", &[(0, draw(3))]),
        ("retired", &[(0, draw(3)), (1, Command::Retire)]),
    ];
    let commands = [
        ("draw 3 streets", draw(3)),
        ("draw 5 streets", draw(5)),
        ("draw none", draw(0)),
        ("draw 601", draw(601)),
        ("retire", Command::Retire),
    ];
    insta::assert_snapshot!(table::<Beat>(states, &commands), @r#"
    nothing
      draw 3 streets -> drawn
      draw 5 streets -> drawn
      refused, patrol.beat-empty: draw none
      refused, patrol.beat-too-large: draw 601
      refused, patrol.no-such-beat: retire
    drawn with 3 streets
      draw 5 streets -> drawn
      retire -> retired
      changes nothing: draw 3 streets
      refused, patrol.beat-empty: draw none
      refused, patrol.beat-too-large: draw 601
    retired
      changes nothing: retire
      refused, patrol.beat-retired: draw 3 streets; draw 5 streets; draw none; draw 601
    "#);
}

#[test]
fn a_beat_is_walked_while_it_is_drawn() {
    let mut told = Told::<Beat>::new();
    assert_eq!(told.state.to_walk(), Err(Refused::NoSuchBeat));
    told.give(draw(3)).unwrap();
    assert_eq!(told.state.to_walk().map(BTreeSet::len), Ok(3));
    told.give(Command::Retire).unwrap();
    assert_eq!(told.state.to_walk(), Err(Refused::BeatRetired));
    assert_eq!(told.reread(), told.state);
}
