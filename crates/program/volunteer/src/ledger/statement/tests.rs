use super::*;
use crate::ledger::Event;
use kernel::{Aggregate, Id, Span};
use proptest::prelude::*;

fn seoul() -> Zone {
    Zone::named("Asia/Seoul").unwrap()
}

fn at(local: &str) -> Instant {
    seoul().moment(local).unwrap()
}

fn month(text: &str) -> Month {
    text.to_owned().try_into().unwrap()
}

fn ledger(events: &[(Event, &str)]) -> Ledger {
    let mut ledger = Ledger::default();
    for (event, when) in events {
        ledger.apply(event, at(when));
    }
    ledger
}

fn credited(from: &str, until: &str, engagement: Engagement) -> (Event, &'static str) {
    (Event::Credited { from: at(from), until: at(until), engagement }, "2026-11-30T09:00")
}

#[test]
fn a_month_of_nights_is_paid_with_what_the_law_adds() {
    let ledger = ledger(&[
        credited("2026-11-24T22:00", "2026-11-25T01:00", Engagement::Paid),
        credited("2026-11-25T21:00", "2026-11-26T00:00", Engagement::Paid),
        credited("2026-11-30T22:00", "2026-12-01T01:00", Engagement::Paid),
        credited("2026-12-01T22:00", "2026-12-02T01:00", Engagement::Paid),
    ]);
    let november = ledger.statement(month("2026-11"), &Rules::default(), &seoul());
    assert_eq!((november.turns, november.paid_minutes), (3, 9 * 60));
    assert_eq!(november.night_minutes, 8 * 60, "the hour before 22:00 is no night work");
    assert_eq!(november.pay, Money(9 * 10_320 + 8 * 5_160));
    let december = ledger.statement(month("2026-12"), &Rules::default(), &seoul());
    assert_eq!(december.turns, 1, "a turn belongs to the month it began in");
}

#[test]
fn a_volunteers_month_earns_hours_and_no_money() {
    let mut events = vec![credited("2026-11-24T22:00", "2026-11-25T01:00", Engagement::Volunteer)];
    events.push((Event::ReportHourEarned { reports: 4 }, "2026-11-25T02:00"));
    events.push((Event::ReportHourEarned { reports: 4 }, "2026-12-01T00:00"));
    let november = ledger(&events).statement(month("2026-11"), &Rules::default(), &seoul());
    assert_eq!((november.volunteer_minutes, november.report_minutes), (180, 60));
    assert_eq!(november.pay, Money(0));
}

#[test]
fn a_week_is_one_monday_and_four_other_nights() {
    let nights = [
        ("2026-11-20T22:00", "2026-11-21T01:00"),
        ("2026-11-23T22:00", "2026-11-24T00:00"),
        ("2026-11-24T22:00", "2026-11-25T01:00"),
        ("2026-11-25T22:00", "2026-11-26T01:00"),
        ("2026-11-26T22:00", "2026-11-27T01:00"),
        ("2026-11-27T22:00", "2026-11-28T01:00"),
    ];
    let (person, rules) = (Id::from_bits(1), Rules::default());
    let left_at = |when: &str, engagement| {
        let mut events = vec![(Event::Engaged { person, engagement }, "2026-03-02T09:00")];
        let past = nights.iter().filter(|(_, until)| at(until) <= at(when));
        events.extend(past.map(|(from, until)| credited(from, until, engagement)));
        let left = ledger(&events).week_left(&rules, &seoul(), at(when));
        left.map(|left| left.as_seconds() / 3_600)
    };
    assert_eq!(left_at("2026-11-23T21:00", Engagement::Paid), Some(14), "Friday was last week");
    assert_eq!(left_at("2026-11-27T21:00", Engagement::Paid), Some(3), "Friday's night fits");
    assert_eq!(left_at("2026-11-28T21:00", Engagement::Paid), Some(0));
    assert_eq!(left_at("2026-11-30T00:00", Engagement::Paid), Some(14));
    assert_eq!(left_at("2026-11-28T21:00", Engagement::Volunteer), None);
}

#[test]
fn a_turn_that_did_not_take_place_is_no_turn() {
    let by = Id::from_bits(2);
    let (from, engagement) = (at("2026-11-24T22:00"), Engagement::Paid);
    let reason = crate::ledger::CorrectionReason::NotWorked;
    let events = [
        credited("2026-11-24T22:00", "2026-11-25T01:00", engagement),
        (Event::Corrected { from, until: from, engagement, reason, by }, "2026-11-26T09:00"),
    ];
    let november = ledger(&events).statement(month("2026-11"), &Rules::default(), &seoul());
    assert_eq!((november.turns, november.paid_minutes, november.corrected), (0, 0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// The oracle walks the journal minute by minute and looks at the clock on the wall.
    #[test]
    fn a_statement_says_what_a_recount_minute_by_minute_says(
        turns in proptest::collection::vec((0_i64..600, 1_i64..500, any::<bool>(), any::<bool>()), 0..25),
        hours in proptest::collection::vec(0_i64..90_000, 0..10),
    ) {
        let zone = seoul();
        let start = at("2026-10-20T15:00");
        let mut told = Ledger::default();
        let (mut now, mut paid, mut night, mut volunteered) = (start, 0_u64, 0_u64, 0_u32);
        for (gap, length, is_paid, corrected) in turns {
            let from = now + Span::minutes(gap);
            let credited_until = from + Span::minutes(length);
            let until = if corrected { from + Span::minutes(length / 2) } else { credited_until };
            let engagement = if is_paid { Engagement::Paid } else { Engagement::Volunteer };
            told.apply(&Event::Credited { from, until: credited_until, engagement }, credited_until);
            if corrected {
                let (reason, by) = (crate::ledger::CorrectionReason::PhoneFailed, Id::from_bits(2));
                told.apply(&Event::Corrected { from, until, engagement, reason, by }, credited_until);
            }
            let counts = zone.wall(from).starts_with("2026-11");
            let mut minute = from;
            while counts && minute < until {
                let clock = zone.local(minute).minute;
                paid += u64::from(is_paid);
                night += u64::from(is_paid && !(360..1_320).contains(&clock));
                volunteered += u32::from(!is_paid);
                minute = minute + Span::minutes(1);
            }
            now = credited_until;
        }
        let mut earned = 0;
        for hour in hours {
            let when = start + Span::minutes(hour);
            told.apply(&Event::ReportHourEarned { reports: 4 }, when);
            earned += 60 * u32::from(zone.wall(when).starts_with("2026-11"));
        }
        let rules = Rules::default();
        let sum = told.statement(month("2026-11"), &rules, &zone);
        prop_assert_eq!(u64::from(sum.paid_minutes), paid);
        prop_assert_eq!(u64::from(sum.night_minutes), night);
        prop_assert_eq!(sum.volunteer_minutes, volunteered);
        prop_assert_eq!(sum.report_minutes, earned);
        // 10,320 won an hour is 172 a minute, and 86 more at night.
        prop_assert_eq!(sum.pay, Money(paid * 172 + night * 86));
    }
}
