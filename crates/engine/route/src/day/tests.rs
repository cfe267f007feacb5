use super::EpochDay;

#[test]
fn days_are_written_as_people_date_letters() {
    assert_eq!(EpochDay(0).to_string(), "1970-01-01");
    assert_eq!(EpochDay::of_date(2026, 11, 23).unwrap().to_string(), "2026-11-23");
    assert_eq!(EpochDay::of_date(2026, 11, 23), Some(EpochDay(20_780)));
    assert_eq!(EpochDay::parse(" 2024-02-29 "), EpochDay::of_date(2024, 2, 29));
}

#[test]
fn a_day_that_was_never_in_the_calendar_is_none() {
    for text in ["2023-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-11", "", "x-1-1"] {
        assert_eq!(EpochDay::parse(text), None, "{text}");
    }
}

#[test]
fn every_day_of_four_centuries_comes_back_as_it_went() {
    let mut last = EpochDay(-100_000).date();
    for day in -99_999..60_000 {
        let (y, m, d) = EpochDay(day).date();
        assert_eq!(EpochDay::of_date(y, m, d), Some(EpochDay(day)));
        assert!((y, m, d) > last);
        last = (y, m, d);
    }
}
