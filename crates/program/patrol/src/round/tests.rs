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

fn end(numbers: impl IntoIterator<Item = u64>) -> Command {
    Command::End { finished: true, segments: segments(numbers) }
}

#[test]
fn every_command_in_every_state() {
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nothing", &[]),
        ("walking", &[(0, start())]),
        ("ended, 1 and 2 walked", &[(0, start()), (60, end([1, 2]))]),
        ("forgotten", &[(0, start()), (240, Command::Elapsed(Lapse::Forgotten))]),
    ];
    let commands = [
        ("start", start()),
        ("start with another team", start_with(|one| one.team = Id::from_bits(9))),
        ("start without streets", start_with(|one| one.segments.clear())),
        ("end, 1 and 2 walked", end([1, 2])),
        ("end, 2 and 3 walked", end([2, 3])),
        ("end, 77 walked, which is outside", end([77])),
        ("end, nothing walked", end([])),
    ];
    insta::assert_snapshot!(table::<Round>(states, &commands), @r#"
    nothing
      start -> started
      start with another team -> started
      refused, patrol.no-such-round: end, 1 and 2 walked; end, 2 and 3 walked; end, 77 walked, which is outside; end, nothing walked
      refused, patrol.nothing-to-walk: start without streets
    walking (forgotten after 240 min)
      end, 1 and 2 walked -> visited, ended
      end, 2 and 3 walked -> visited, ended
      end, 77 walked, which is outside -> ended
      end, nothing walked -> ended
      changes nothing: start; start without streets
      refused, patrol.round-started: start with another team
    ended, 1 and 2 walked
      end, 2 and 3 walked -> visited
      changes nothing: start; start without streets; end, 1 and 2 walked; end, 77 walked, which is outside; end, nothing walked
      refused, patrol.round-started: start with another team
    forgotten
      end, 1 and 2 walked -> visited
      end, 2 and 3 walked -> visited
      changes nothing: start; start without streets; end, 77 walked, which is outside; end, nothing walked
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
fn streets_walked_without_network_are_taken_in_up_to_a_day_later() {
    let mut told = Told::<Round>::after(&[(0, start())]);
    assert_eq!(told.fire_at(240), ["ended"], "the phone is silent");
    assert_eq!(told.give_at(240 + 24 * 60, end([4])), Ok(vec!["visited"]));
    assert_eq!(told.state.ending, Some(Ending::Forgotten));
    assert_eq!(told.give_at(241 + 24 * 60, end([4])), Ok(vec![]), "a retry is no complaint");
    assert_eq!(told.give(end([5])), Err("patrol.round-ended"));
}

#[test]
fn the_journal_knows_which_streets_and_neither_order_nor_moment() {
    let mut told = Told::<Round>::after(&[(0, start()), (73, end([7, 3, 5]))]);
    let visited = told.log.iter().find(|(event, _)| matches!(event, Event::Visited { .. }));
    let expected = Event::Visited { segments: segments([3, 5, 7]), by: after(73) };
    assert_eq!(visited, Some(&(expected, after(73))));
    told.give_at(90, end([9])).unwrap();
    let last = told.log.last().map(|(event, _)| event.clone());
    assert_eq!(last, Some(Event::Visited { segments: segments([9]), by: after(73) }));
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
        sent in proptest::collection::vec((proptest::collection::vec(0_u64..14, 0..6), 0_i64..20), 0..20),
    ) {
        let mut told = Told::<Round>::after(&[(0, start())]);
        let (mut minutes, mut walked) = (0, BTreeSet::new());
        for (numbers, later) in sent {
            minutes += later;
            walked.extend(numbers.iter().copied().filter(|one| *one < 10).map(Segment));
            told.give_at(minutes, end(numbers.clone())).unwrap();
            prop_assert_eq!(told.give(end(numbers)), Ok(vec![]), "a retry changes nothing");
        }
        prop_assert_eq!(&told.state.visited, &walked);
        let told_once: usize = told
            .log
            .iter()
            .map(|(event, _)| match event {
                Event::Visited { segments, .. } => segments.len(),
                _ => 0,
            })
            .sum();
        prop_assert_eq!(told_once, walked.len());
        prop_assert_eq!(told.reread(), told.state);
    }
}
