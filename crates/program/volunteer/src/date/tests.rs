use super::*;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.to_owned().try_into().unwrap()
}

#[test]
fn what_is_no_date_is_refused_and_told_how_to_write_it() {
    for wrong in
        ["", "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01-", "+026-01-01"]
    {
        let refused = Date::try_from(wrong.to_owned()).unwrap_err();
        assert!(refused.to_string().contains("2026-12-25"), "{wrong}");
    }
    assert!(YearDay::try_from("02-29".to_owned()).is_ok(), "every fourth year has it");
    assert!(YearDay::try_from("02-30".to_owned()).is_err());
    assert!(Month::try_from("2026-00".to_owned()).is_err());
}

#[test]
fn a_term_that_began_on_the_31st_ends_on_the_last_day_there_is() {
    assert_eq!(date("2026-01-31").plus_months(1), date("2026-02-28"));
    assert_eq!(date("2026-03-31").plus_months(23), date("2028-02-29"));
    assert_eq!(date("2026-12-01").plus_months(12), date("2027-12-01"));
}

#[test]
fn a_winter_runs_over_new_year() {
    let day = |text: &str| YearDay::try_from(text.to_owned()).unwrap();
    for (text, inside) in [("11-01", true), ("12-31", true), ("02-28", true), ("03-01", false)] {
        assert_eq!(day(text).within(day("11-01"), day("02-28")), inside, "{text}");
    }
}

proptest! {
    /// The oracle: the zone's own calendar, noon by noon.
    #[test]
    fn days_follow_one_another_as_the_calendar_says(days in 0_i64..60_000) {
        let noon = Instant::from_millis(12 * 3_600_000);
        let on = |days| Zone::UTC.local(noon + Span::days(days));
        let today = Date::of(on(days));
        prop_assert_eq!(today.weekday(), on(days).weekday);
        prop_assert_eq!(today.tomorrow(), Date::of(on(days + 1)));
        prop_assert_eq!(today.tomorrow().yesterday(), today);
        prop_assert_eq!(date(&today.to_string()), today);
        prop_assert_eq!(today.moment(&Zone::UTC, 720), Some(noon + Span::days(days)));
    }
}
