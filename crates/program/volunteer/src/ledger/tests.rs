use super::*;
use crate::told::{START, Told, after, table};
use proptest::prelude::*;

fn engage(engagement: Engagement) -> Command {
    Command::Engage { person: Id::from_bits(1), engagement }
}

fn credit(from: i64, until: i64) -> Command {
    Command::Credit { from: after(from), until: after(until) }
}

fn correct(from: i64, until: i64) -> Command {
    Command::Correct {
        from: after(from),
        until: after(until),
        reason: CorrectionReason::ForgotToEnd,
        by: Id::from_bits(2),
    }
}

fn report(number: u128) -> Command {
    Command::CountReport { sighting: Id::from_bits(number) }
}

#[test]
fn every_command_in_every_state() {
    let paid = engage(Engagement::Paid);
    let states: &[(&str, &[(i64, Command)])] = &[
        ("nobody's", &[]),
        ("open, at minute 600", &[(0, paid), (600, paid)]),
        (
            "with a turn from 0 to 180 and 3 reports",
            &[
                (0, paid),
                (600, credit(0, 180)),
                (600, report(1)),
                (600, report(2)),
                (600, report(3)),
            ],
        ),
    ];
    let commands = [
        ("engage, paid", paid),
        ("engage, as a volunteer", engage(Engagement::Volunteer)),
        ("credit 0 to 180", credit(0, 180)),
        ("credit 170 to 300", credit(170, 300)),
        ("credit what has not happened yet", credit(500, 700)),
        ("count report 3", report(3)),
        ("count report 4", report(4)),
        ("correct 0 to 180", correct(0, 180)),
        ("correct 0 to 60", correct(0, 60)),
        ("correct 0 to 540", correct(0, 540)),
        ("add 200 to 300", correct(200, 300)),
    ];
    insta::assert_snapshot!(table::<Ledger>(states, &commands), @r#"
    nobody's
      engage, paid -> engaged
      engage, as a volunteer -> engaged
      refused, volunteer.no-ledger: credit 0 to 180; credit 170 to 300; credit what has not happened yet; count report 3; count report 4; correct 0 to 180; correct 0 to 60; correct 0 to 540; add 200 to 300
    open, at minute 600
      engage, as a volunteer -> engaged
      credit 0 to 180 -> credited
      credit 170 to 300 -> credited
      count report 3 -> report_counted
      count report 4 -> report_counted
      correct 0 to 180 -> corrected
      correct 0 to 60 -> corrected
      add 200 to 300 -> corrected
      changes nothing: engage, paid
      refused, volunteer.hours-too-long: correct 0 to 540
      refused, volunteer.no-such-turn: credit what has not happened yet
    with a turn from 0 to 180 and 3 reports
      engage, as a volunteer -> engaged
      count report 4 -> report_counted, report_hour_earned
      correct 0 to 60 -> corrected
      add 200 to 300 -> corrected
      changes nothing: engage, paid; credit 0 to 180; count report 3; correct 0 to 180
      refused, volunteer.hours-overlap: credit 170 to 300
      refused, volunteer.hours-too-long: correct 0 to 540
      refused, volunteer.no-such-turn: credit what has not happened yet
    "#);
}

#[test]
fn nobody_puts_her_own_hours_right() {
    let mut told = Told::<Ledger>::after(&[(0, engage(Engagement::Paid)), (600, credit(0, 180))]);
    let own = Command::Correct {
        from: START,
        until: after(240),
        reason: CorrectionReason::PhoneFailed,
        by: Id::from_bits(1),
    };
    assert_eq!(told.give(own), Err("volunteer.own-correction"));
    told.give(correct(0, 240)).unwrap();
    let entry = told.state.entries[0];
    assert_eq!((entry.until, entry.corrections), (after(240), 1));
    let answer = &told.log.last().unwrap().0;
    assert!(matches!(answer, Event::Corrected { by, .. } if *by == Id::from_bits(2)));
}

#[test]
fn a_phone_forgotten_on_duty_earns_no_more_than_anybody_can_work() {
    let paid = engage(Engagement::Paid);
    let told = Told::<Ledger>::after(&[(0, paid), (3_000, credit(0, 2_900))]);
    assert_eq!(told.state.entries[0].until, after(8 * 60));
}

#[test]
fn four_reports_earn_an_hour_and_a_retry_earns_nothing() {
    let mut told = Told::<Ledger>::after(&[(0, engage(Engagement::Volunteer))]);
    let mut events = Vec::new();
    for number in [1, 2, 2, 3, 4, 4, 1, 5] {
        events.extend(told.give(report(number)).unwrap());
    }
    assert_eq!(events.iter().filter(|name| **name == "report_counted").count(), 5);
    assert_eq!(told.state.report_hours.len(), 1);
    assert_eq!(told.state.reports_open, 1);
    told.rules.hour_reports = crate::rules::Reports(0);
    for number in 10..30 {
        assert_eq!(told.give(report(number)), Ok(vec!["report_counted"]), "no hour by this pack");
    }
}

#[test]
fn time_as_a_volunteer_stays_unpaid_after_a_contract_is_signed() {
    let told = Told::<Ledger>::after(&[
        (0, engage(Engagement::Volunteer)),
        (200, credit(0, 180)),
        (300, engage(Engagement::Paid)),
        (600, credit(310, 490)),
        (600, correct(0, 120)),
    ]);
    let served: Vec<Engagement> = told.state.entries.iter().map(|one| one.engagement).collect();
    assert_eq!(served, [Engagement::Volunteer, Engagement::Paid]);
    assert_eq!(told.state.since, Some(START));
    assert_eq!(told.state.engaged_since, Some(after(300)), "the contract begins with itself");
}

proptest! {
    #[test]
    fn no_minute_is_ever_counted_twice(
        steps in proptest::collection::vec((any::<bool>(), 0_i64..900, -10_i64..300, 0_i64..60), 1..40),
    ) {
        let mut told = Told::<Ledger>::after(&[(0, engage(Engagement::Paid))]);
        let mut minutes = 0;
        for (correcting, from, length, later) in steps {
            minutes += later;
            let until = from + length;
            let command = if correcting { correct(from, until) } else { credit(from, until) };
            let before = told.state.clone();
            if told.give_at(minutes, command).is_err() {
                prop_assert_eq!(&before, &told.state);
            }
            let mut end = Instant::from_millis(0);
            for entry in &told.state.entries {
                prop_assert!(entry.from >= end && entry.until >= entry.from, "in order, apart");
                prop_assert!(entry.until <= told.now && entry.span() <= told.rules.credit_max());
                end = entry.until;
            }
        }
        prop_assert_eq!(told.reread(), told.state);
    }
}
