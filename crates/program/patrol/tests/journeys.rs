//! A patrol's evening over all the aggregates of this word and the hours it earns.

#![expect(clippy::unwrap_used, reason = "a journey that cannot be told is a failed test")]

use kernel::{Aggregate, DistrictCode, Fact, Id, Instant, Refusal, Span, person::Gender};
use patrol::{
    Beat, Corner, Coverage, LastVisits, Round, Rules, Segment, Sighting, Street, beat, propose,
    round, sighting,
};
use volunteer::{Engagement, Ledger, Standing, ledger};

const EVENING: Instant = Instant::from_millis(1_795_441_200_000);

fn give<A: Aggregate>(
    state: &mut A,
    command: A::Command,
    rules: &A::Rules,
    now: Instant,
) -> Result<Vec<&'static str>, &'static str> {
    let events = state.decide(command, rules, now).map_err(Refusal::code)?;
    for event in &events {
        state.apply(event, now);
    }
    Ok(events.iter().map(Fact::name).collect())
}

fn gwanak() -> DistrictCode {
    "gwanak".to_owned().try_into().unwrap()
}

fn standing(number: u128, gender: Gender) -> Standing {
    let until = Some(EVENING + Span::days(100));
    Standing {
        person: Id::from_bits(number),
        gender,
        record_check_until: until,
        training_until: until,
        suspended: false,
    }
}

/// Two blocks: eight streets of 100 m, the dark ones in the second block.
fn streets() -> Vec<Street> {
    let ends = [(0, 1), (1, 2), (2, 3), (3, 0), (1, 4), (4, 5), (5, 2), (4, 6)];
    ends.into_iter()
        .zip(0..)
        .map(|((from, to), number)| Street {
            segment: Segment(number),
            from: Corner(from),
            to: Corner(to),
            length_m: 100.0,
            night_cost_m: if number > 3 { 150.0 } else { 20.0 },
            visited_at: None,
        })
        .collect()
}

fn note(kind: sighting::Kind, first_at: Instant) -> sighting::Command {
    sighting::Command::Note(sighting::Notice {
        kind,
        by: sighting::Spotter::Team(Id::from_bits(7)),
        round: Some(Id::from_bits(8)),
        district: gwanak(),
        spot: sighting::Spot::Place(Id::from_bits(9)),
        attached: None,
        first_at,
    })
}

#[test]
fn a_round_goes_where_it_is_darkest_and_the_next_one_elsewhere() {
    let rules = Rules::default();
    let mut streets = streets();
    let all = streets.iter().map(|street| street.segment).collect();
    let mut first = Beat::default();
    let draw = beat::Command::Draw { district: gwanak(), segments: all };
    give(&mut first, draw, &rules, EVENING).unwrap();

    let time = Span::minutes(12);
    let proposal = propose(&streets, Corner(0), rules.walked_m(time), &rules, EVENING);
    assert!(proposal.length_m <= 600.0 && proposal.walk.contains(&Segment(4)));
    let start = round::Command::Start(round::Start {
        beat: Id::from_bits(6),
        district: gwanak(),
        segments: first.to_walk().unwrap().clone(),
        team: Id::from_bits(7),
        standings: [standing(1, Gender::Woman), standing(2, Gender::Woman)],
    });
    let mut walked = Round::default();
    give(&mut walked, start, &rules, EVENING).unwrap();
    // The phone knows the order; the journal learns the streets when they are back.
    let home = EVENING + time;
    let segments = proposal.walk.iter().copied().collect();
    let end = round::Command::End { finished: true, segments };
    let mut last = LastVisits::default();
    for event in walked.decide(end, &rules, home).unwrap() {
        walked.apply(&event, home);
        last.take_in(&event);
    }
    let coverage = Coverage::of(&first.segments, &walked.visited, |_| Some(100.0));
    assert!(coverage.share().unwrap() >= 0.5);

    for street in &mut streets {
        street.visited_at = last.of(street.segment);
    }
    let later = home + Span::hours(1);
    let next = propose(&streets, Corner(0), rules.walked_m(time), &rules, later);
    assert!(next.walk.iter().any(|one| !walked.visited.contains(one)), "what was left out");
}

#[test]
fn a_lamp_seen_out_becomes_a_defect_and_the_fourth_earns_an_hour() {
    let rules = Rules::default();
    let (mut hours, people) = (Ledger::default(), volunteer::Rules::default());
    let engage =
        ledger::Command::Engage { person: Id::from_bits(1), engagement: Engagement::Volunteer };
    give(&mut hours, engage, &people, EVENING).unwrap();
    for number in 1..=4_u128 {
        let mut seen = Sighting::default();
        // Noted in an alley without network, sent three times when it was back.
        let lamp = note(sighting::Kind::LampOut, EVENING);
        let sent = EVENING + Span::minutes(40);
        assert_eq!(give(&mut seen, lamp.clone(), &rules, sent), Ok(vec!["noted"]));
        assert_eq!(give(&mut seen, lamp, &rules, sent), Ok(vec![]));
        assert_eq!(seen.first_at, Some(EVENING));
        let defect = seen.kind.and_then(sighting::Kind::defect).unwrap();
        let to = sighting::Receiver::Environment(defect);
        give(&mut seen, sighting::Command::HandOver { to }, &rules, sent).unwrap();
        give(&mut seen, sighting::Command::Acknowledge, &rules, sent).unwrap();
        let outcome = sighting::Outcome::Repaired;
        give(&mut seen, sighting::Command::Close { outcome }, &rules, sent).unwrap();
        assert!(outcome.of_use());
        let count = ledger::Command::CountReport { sighting: Id::from_bits(number) };
        let counted = give(&mut hours, count, &people, sent).unwrap();
        assert_eq!(counted.contains(&"report_hour_earned"), number == 4);
    }
}

#[test]
fn violence_behind_a_wall_is_at_the_desk_before_anybody_has_pressed_twice() {
    let rules = Rules::default();
    let mut heard = Sighting::default();
    let noted = give(&mut heard, note(sighting::Kind::Violence, EVENING), &rules, EVENING);
    assert_eq!(noted, Ok(vec!["noted", "handed_over"]));
    assert_eq!(heard.receiver, Some(sighting::Receiver::Desk));
    give(&mut heard, sighting::Command::Acknowledge, &rules, EVENING).unwrap();
    let close = sighting::Command::Close { outcome: sighting::Outcome::TakenOver };
    assert_eq!(give(&mut heard, close, &rules, EVENING), Ok(vec!["closed"]));
}
