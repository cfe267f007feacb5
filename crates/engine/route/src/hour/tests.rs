use super::{HourBand, elevation_deg, sunrise_sunset};
use crate::EpochDay;
use kernel::{Instant, Point, Zone};

const SILLIM: Point = Point { lat: 37.4842, lon: 126.9297 };

fn at(wall: &str) -> Instant {
    Zone::named("Asia/Seoul").unwrap().moment(wall).unwrap()
}

/// Sunrise and sunset of Seoul as the Korea Astronomy and Space Science Institute publishes them,
/// to the minute.
#[test]
fn the_sun_rises_and_sets_over_seoul_when_the_almanac_says() {
    for (day, rise, set) in [
        ((2024, 6, 21), "2024-06-21T05:11", "2024-06-21T19:57"),
        ((2024, 12, 21), "2024-12-21T07:43", "2024-12-21T17:17"),
        ((2024, 3, 20), "2024-03-20T06:35", "2024-03-20T18:43"),
    ] {
        let date = EpochDay::of_date(day.0, day.1, day.2).unwrap();
        let (found_rise, found_set) = sunrise_sunset(SILLIM, date).unwrap();
        for (found, told) in [(found_rise, at(rise)), (found_set, at(set))] {
            let off_s = found.since(told).as_seconds().abs();
            assert!(off_s <= 120, "{day:?}: {off_s} s off");
        }
    }
}

#[test]
fn at_sunrise_and_sunset_the_upper_limb_is_on_the_horizon() {
    for day in (20_000..20_400).step_by(13) {
        let (rise, set) = sunrise_sunset(SILLIM, EpochDay(day)).unwrap();
        assert!(rise < set);
        for moment in [rise, set] {
            assert!((elevation_deg(SILLIM, moment) + 0.833).abs() < 0.05);
        }
    }
}

#[test]
fn the_sun_of_a_polar_summer_does_not_set() {
    let tromso = Point { lat: 69.65, lon: 18.96 };
    assert!(sunrise_sunset(tromso, EpochDay::of_date(2026, 6, 21).unwrap()).is_none());
    let zone = Zone::named("Europe/Oslo").unwrap();
    let midnight = zone.moment("2026-06-21T23:59").unwrap();
    assert_eq!(HourBand::at(tromso, midnight), HourBand::Day);
}

#[test]
fn a_november_day_in_gwanak_goes_through_all_bands() {
    for (wall, band) in [
        ("2026-11-23T00:20", HourBand::Night),
        ("2026-11-23T01:00", HourBand::DeepNight),
        ("2026-11-23T04:30", HourBand::DeepNight),
        ("2026-11-23T06:00", HourBand::Night),
        ("2026-11-23T07:05", HourBand::Evening),
        ("2026-11-23T12:00", HourBand::Day),
        ("2026-11-23T17:00", HourBand::Day),
        ("2026-11-23T17:40", HourBand::Evening),
        ("2026-11-23T21:00", HourBand::Evening),
        ("2026-11-23T22:40", HourBand::Night),
    ] {
        assert_eq!(HourBand::at(SILLIM, at(wall)), band, "{wall}");
    }
}
