use super::{Week, Window};
use crate::time::{LocalTime, Weekday};

fn local(weekday: Weekday, hour: u16, minute: u16) -> LocalTime {
    LocalTime { year: 2026, month: 11, day: 23, weekday, minute: hour * 60 + minute }
}

#[test]
fn a_night_that_crosses_midnight_belongs_to_the_day_it_began() {
    let window: Window = "22:00-01:00".parse().unwrap();
    let week = Week::new([(Weekday::Tue, window)]);
    assert!(!week.open_at(local(Weekday::Tue, 21, 59)));
    assert!(week.open_at(local(Weekday::Tue, 22, 0)));
    assert!(week.open_at(local(Weekday::Wed, 0, 59)));
    assert!(!week.open_at(local(Weekday::Wed, 1, 0)));
    assert!(!week.open_at(local(Weekday::Tue, 0, 30)), "Monday night has no service here");
    assert!(!week.open_at(local(Weekday::Wed, 22, 30)));
}

#[test]
fn a_store_round_the_clock_is_open_at_every_minute() {
    for day in Weekday::ALL {
        for minute in 0..1_440 {
            assert!(Week::always().open_at(local(day, minute / 60, minute % 60)));
        }
    }
}

#[test]
fn hours_are_printed_as_they_were_written() {
    for text in ["22:00-24:00", "22:00-01:00", "00:00-24:00", "06:30-02:15"] {
        assert_eq!(text.parse::<Window>().unwrap().to_string(), text);
    }
    for wrong in ["", "22:00", "22-23", "25:00-26:00", "22:00-22:00", "24:00-01:00", "22:60-23:00"]
    {
        assert!(wrong.parse::<Window>().is_err(), "{wrong} was taken for hours");
    }
}
