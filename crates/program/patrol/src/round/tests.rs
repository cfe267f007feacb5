use super::*;
use crate::told::{START, Told, after, table};
use kernel::person::Gender;
use proptest::prelude::*;

fn segments(numbers: impl IntoIterator<Item = u64>) -> BTreeSet<Segment> {
    numbers.into_iter().map(Segment).collect()
}

fn standing(number: u128, gender: Gender) -> Standing {
    Standing {
        person: Id::from_bits(number),
        gender,
        record_check_until: Some(after(10_000)),
        training_until: Some(after(10_000)),
        suspended: false,
    }
}

fn start_with(change: impl FnOnce(&mut Start)) -> Command {
    let mut start = Start {
        beat: Id::from_bits(1),
        district: "gwanak".to_owned().try_into().unwrap(),
        segments: segments(0..10),
        team: Id::from_bits(2),
        standings: [standing(1, Gender::Woman), standing(2, Gender::Man)],
    };
    change(&mut start);
    Command::Start(start)
}

fn start() -> Command {
    start_with(|_| {})
}

fn visit(numbers: impl IntoIterator<Item = u64>, minutes: i64) -> Command {
    Command::Visit { segments: segments(numbers), at: after(minutes) }
}

const END: Command = Command::End { finished: true };

#[test]
fn every_command_in_every_state() {
    let walking = [(0, start()), (10, visit([1, 2], 10))];
    let ended = [(0, start()), (10, visit([1, 2], 10)), (60, END)];
    let states: &[(&str, &[(i64, Command)])] =
        &[("nothing", &[]), ("walking, 1 and 2 visited", &walking), ("ended after 60 min", &ended)];
    let commands = [
        ("start", start()),
        ("start with another team", start_with(|one| one.team = Id::from_bits(9))),
        ("start without streets", start_with(|one| one.segments.clear())),
        ("visit 2 and 3", visit([2, 3], 5)),
        ("visit 1", visit([1], 5)),
        ("visit 77, outside", visit([77], 5)),
        ("end", END),
    ];
    insta::assert_snapshot!(table::<Round>(states, &commands), @r#"
    nothing
      start -> started
      start with another team -> started
      refused, patrol.no-such-round: visit 2 and 3; visit 1; visit 77, outside; end
      refused, patrol.nothing-to-walk: start without streets
    walking, 1 and 2 visited (forgotten after 240 min)
      visit 2 and 3 -> visited
      end -> ended
      changes nothing: start; start without streets; visit 1; visit 77, outside
      refused, patrol.round-started: start with another team
    ended after 60 min
      visit 2 and 3 -> visited
      changes nothing: start; start without streets; visit 1; visit 77, outside; end
      refused, patrol.round-started: start with another team
    "#);
}

#[test]
fn a_patrol_is_two_people_who_may_go_out() {
    let answer = |change: fn(&mut Start)| Told::<Round>::new().give(start_with(change));
    let expired = answer(|one| one.standings[1].record_check_until = Some(START));
    assert_eq!(expired, Err("volunteer.lack-record-check-expired"));
    assert_eq!(answer(|one| one.standings[0].gender = Gender::Man), Err("volunteer.no-woman"));
    let mut anybody = Told::<Round>::new();
    anybody.rules.woman_required = false;
    let men = start_with(|one| one.standings[0].gender = Gender::Man);
    assert_eq!(anybody.give(men), Ok(vec!["started"]));
}

#[test]
fn streets_walked_without_network_are_taken_in_a_day_later_but_not_what_came_after() {
    let mut told = Told::<Round>::after(&[(0, start()), (60, END)]);
    assert_eq!(told.give_at(61, visit([4], 61)), Err("patrol.round-ended"));
    assert_eq!(told.give_at(60 + 24 * 60, visit([4], 40)), Ok(vec!["visited"]));
    assert_eq!(told.give_at(61 + 24 * 60, visit([5], 40)), Err("patrol.round-ended"));
}

#[test]
fn the_journal_tells_a_quarter_of_an_hour_and_no_moment() {
    let mut told = Told::<Round>::after(&[(0, start())]);
    told.give_at(44, visit([1], 43)).unwrap();
    let Some((Event::Visited { around, .. }, _)) = told.log.last() else { panic!("no visit") };
    assert_eq!(around.millis() % 900_000, 0);
    let before = after(43).since(*around);
    assert!(before >= Span::ZERO && before < Span::minutes(15));
}

#[test]
fn a_round_nobody_ended_ends_by_itself() {
    let mut told = Told::<Round>::after(&[(0, start())]);
    assert_eq!(told.fire_at(239), [""; 0]);
    assert_eq!(told.fire_at(240), ["ended"]);
    assert_eq!(told.state.ending, Some(Ending::Forgotten));
    assert_eq!(told.state.lasted(after(999)), Span::hours(4));
}

proptest! {
    #[test]
    fn a_street_is_visited_once_whatever_is_sent_how_often(
        sent in proptest::collection::vec((proptest::collection::vec(0_u64..14, 0..6), -30_i64..90, 0_i64..20), 0..20),
    ) {
        let mut told = Told::<Round>::after(&[(0, start())]);
        let (mut minutes, mut walked) = (0, BTreeSet::new());
        for (numbers, said, later) in sent {
            minutes += later;
            walked.extend(numbers.iter().copied().filter(|one| *one < 10).map(Segment));
            told.give_at(minutes, visit(numbers.clone(), said)).unwrap();
            prop_assert_eq!(told.give(visit(numbers, said)), Ok(vec![]), "a retry changes nothing");
        }
        prop_assert_eq!(&told.state.visited, &walked);
        let told_once: usize = told
            .log
            .iter()
            .map(|(event, _)| match event {
                Event::Visited { segments, around } => {
                    assert!(*around <= told.now);
                    segments.len()
                }
                _ => 0,
            })
            .sum();
        prop_assert_eq!(told_once, walked.len());
        prop_assert_eq!(told.reread(), told.state);
    }
}
