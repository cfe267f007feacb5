use crate::Rules;
use kernel::{Instant, Span, Zone, time::Weekday};
use proptest::prelude::*;

fn at(local: &str) -> Instant {
    Rules::default().zone.moment(local).unwrap()
}

#[test]
fn monday_ends_at_midnight_and_the_other_nights_at_one() {
    let rules = Rules::default();
    let closes = |local| rules.service_at(at(local)).map(|night| rules.zone.wall(night.closes_at));
    assert_eq!(closes("2026-11-23T23:59"), Some("2026-11-24T00:00:00".to_owned()));
    assert_eq!(closes("2026-11-24T00:00"), None);
    assert_eq!(closes("2026-11-25T00:59"), Some("2026-11-25T01:00:00".to_owned()));
    assert_eq!(closes("2026-11-28T00:30"), Some("2026-11-28T01:00:00".to_owned()), "Friday's");
    assert_eq!(closes("2026-11-28T22:30"), None, "Saturday");
}

#[test]
fn outside_the_night_the_next_one_is_told() {
    let rules = Rules::default();
    let next = |local| rules.zone.wall(rules.next_night(at(local)).unwrap().opens_at);
    assert_eq!(next("2026-11-24T12:00"), "2026-11-24T22:00:00");
    assert_eq!(next("2026-11-28T01:00"), "2026-11-30T22:00:00", "over the weekend");
    let shut =
        Rules { closed: vec!["2026-11-30".to_owned().try_into().unwrap()], ..Rules::default() };
    let next = shut.next_night(at("2026-11-28T12:00")).unwrap();
    assert_eq!(shut.zone.wall(next.opens_at), "2026-12-01T22:00:00");
    let never = Rules { service: kernel::Week::default(), ..Rules::default() };
    assert_eq!(never.next_night(at("2026-11-28T12:00")), None);
}

#[test]
fn a_night_begins_once_also_when_the_clocks_change() {
    // Berlin, 25 October 2026: 03:00 becomes 02:00.
    let rules: Rules = toml::from_str(
        r#"
        zone = "Europe/Berlin"
        service = { sat = "22:00-05:00", sun = "22:00-05:00" }
        booking = "21:30-04:30"
        "#,
    )
    .unwrap();
    let mut opened = std::collections::BTreeSet::new();
    let from = rules.zone.moment("2026-10-24T12:00").unwrap();
    for minutes in 0..2 * 24 * 60 {
        if let Some(night) = rules.service_at(from + Span::minutes(minutes)) {
            opened.insert(rules.zone.wall(night.opens_at));
        }
    }
    assert_eq!(
        opened.into_iter().collect::<Vec<_>>(),
        ["2026-10-24T22:00:00", "2026-10-25T22:00:00"]
    );
}

proptest! {
    /// The oracle reads the hours off the wall: no dates, only weekday and minute.
    #[test]
    fn the_service_runs_exactly_when_the_week_says(minutes in 0_i64..60 * 24 * 800) {
        let rules = Rules::default();
        let now = at("2026-01-01T00:00") + Span::minutes(minutes);
        let local = rules.zone.local(now);
        let running = rules.service_at(now);
        prop_assert_eq!(running.is_some(), rules.service.open_at(local));
        if let Some(night) = rules.booking_at(now) {
            prop_assert!(night.booking_from < night.opens_at);
            prop_assert!(night.booking_until <= night.closes_at);
        }
        let next = rules.next_night(now).unwrap();
        prop_assert!(next.booking_from > now);
        prop_assert!(next.opens_at.since(now) <= Span::days(4));
        prop_assert!(rules.zone.local(next.opens_at).weekday != Weekday::Sun);
    }
}

#[test]
fn hours_are_read_in_the_citys_own_zone() {
    let rules = Rules { zone: Zone::UTC, ..Rules::default() };
    assert!(rules.service_at(Zone::UTC.moment("2026-11-24T22:30").unwrap()).is_some());
    assert!(Rules::default().service_at(Zone::UTC.moment("2026-11-24T22:30").unwrap()).is_none());
}
