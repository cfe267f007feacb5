use super::*;
use kernel::Span;

#[test]
fn a_city_is_open_at_whatever_hour_it_is_measured() {
    for text in [include_str!("../../../../../cities/gwanak.toml"), sim::district::PACK] {
        for hour in 0..48 {
            let now = Instant::from_millis(1_795_000_000_000) + Span::hours(hour);
            let pack = Pack::parse(&open_now(text, now).unwrap()).unwrap();
            let later = now + Span::minutes(90);
            for at in [now, later] {
                let night = pack.rules.escort.booking_at(at).unwrap();
                assert!(night.opens_at <= at && at < night.closes_at, "hour {hour}");
            }
            assert_eq!(pack.rules.volunteer.calendar.hours, pack.rules.escort.service);
        }
    }
}
