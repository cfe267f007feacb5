use super::*;
use kernel::{Refusal as _, time::Weekday};

const KOREAN: &str = include_str!("../../../../../lang/ko/onestop.ftl");
const ENGLISH: &str = include_str!("../../../../../lang/en/onestop.ftl");
const CITY: Table = Table { every: Every::Quarter, epsilon_thousandths: 500 };

fn day(year: i16, month: i8, day: i8) -> LocalTime {
    LocalTime { year, month, day, weekday: Weekday::Mon, minute: 0 }
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn asked(text: &str, digest: u8) -> Asked {
    Asked { period: period(text), digest: [digest; 32] }
}

fn kept(text: &str, digest: u8) -> Release {
    Release {
        table: "city".to_owned(),
        period: text.to_owned(),
        digest: [digest; 32],
        epsilon_thousandths: 500,
        reserved_at: Instant::from_millis(0),
    }
}

#[test]
fn a_period_is_read_as_it_is_written() {
    for text in ["2026", "2026-Q1", "2026-Q4", "2026-01", "2026-12"] {
        assert_eq!(period(text).to_string(), text);
    }
    for text in [
        "",
        "26",
        "2026-",
        "2026-Q0",
        "2026-Q5",
        "2026-Q12",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-q1",
        "2026-01-01",
        "0000",
        "20x6",
        "+202",
    ] {
        assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text}");
    }
}

#[test]
fn a_period_is_over_on_the_day_after_its_last() {
    for (text, last, first) in [
        ("2026", day(2026, 12, 31), day(2027, 1, 1)),
        ("2026-Q3", day(2026, 9, 30), day(2026, 10, 1)),
        ("2026-11", day(2026, 11, 30), day(2026, 12, 1)),
        ("2026-12", day(2026, 12, 31), day(2027, 1, 1)),
    ] {
        assert!(!period(text).is_over(last), "{text}");
        assert!(period(text).is_over(first), "{text}");
    }
}

#[test]
fn a_table_is_released_once_and_the_same_again_spends_nothing() {
    let today = day(2026, 10, 2);
    let first = reserve(&asked("2026-Q3", 1), CITY, None, (0, 3_000), today);
    assert_eq!(first, Ok(Reserved::Now { epsilon_thousandths: 500 }));
    let kept = kept("2026-Q3", 1);
    let again =
        |digest, year| reserve(&asked("2026-Q3", digest), CITY, Some(&kept), (500, year), today);
    assert_eq!(again(1, 3_000), Ok(Reserved::Before));
    assert_eq!(again(2, 3_000), Err(Refused::Released));
    // A pack that allows less by now does not undo what was told.
    assert_eq!(again(1, 0), Ok(Reserved::Before));
}

#[test]
fn no_year_spends_more_than_it_has() {
    let today = day(2027, 1, 1);
    let with = |spent| reserve(&asked("2026-Q4", 1), CITY, None, (spent, 3_000), today);
    assert_eq!(with(2_500), Ok(Reserved::Now { epsilon_thousandths: 500 }));
    assert_eq!(with(2_501), Err(Refused::Spent));
    assert_eq!(with(u32::MAX), Err(Refused::Spent));
}

#[test]
fn what_still_runs_and_what_is_no_period_of_the_table_is_refused() {
    let at = |text, today| reserve(&asked(text, 1), CITY, None, (0, 3_000), today);
    assert_eq!(at("2026-Q4", day(2026, 12, 31)), Err(Refused::PeriodRuns));
    assert_eq!(at("2026", day(2027, 1, 1)), Err(Refused::AnotherPeriod));
    assert_eq!(at("2026-11", day(2027, 1, 1)), Err(Refused::AnotherPeriod));
}

#[test]
fn whatever_is_refused_can_be_said_in_korean_and_english() {
    for refused in Refused::ALL {
        let message = format!("{} = ", refused.code().replace(['.', '_'], "-"));
        for (language, catalogue) in [("ko", KOREAN), ("en", ENGLISH)] {
            let said = |line: &&str| line.starts_with(&message) && line.len() > message.len();
            assert_eq!(catalogue.lines().filter(said).count(), 1, "{message}in {language}");
        }
    }
}
