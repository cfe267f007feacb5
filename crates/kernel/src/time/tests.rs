use super::*;

#[test]
fn seoul_is_nine_hours_ahead_and_knows_its_weekday() {
    let seoul = Zone::named("Asia/Seoul").unwrap();
    let at = seoul.moment("2026-11-23T22:40").unwrap();
    let local = seoul.local(at);
    assert_eq!((local.weekday, local.minute), (Weekday::Mon, 22 * 60 + 40));
    assert_eq!(at, Instant::from_millis(1_795_441_200_000));
    assert_eq!(seoul.wall(at), "2026-11-23T22:40:00");
}

#[test]
fn an_unknown_zone_is_named_in_the_error() {
    let error = Zone::named("Asia/Atlantis").unwrap_err();
    assert!(error.to_string().contains("Asia/Atlantis"));
}

#[test]
fn words_that_are_no_time_are_no_moment() {
    let seoul = Zone::named("Asia/Seoul").unwrap();
    for text in ["", "tonight", "2026-13-01T00:00", "22:40"] {
        assert_eq!(seoul.moment(text), None, "{text}");
    }
}

#[test]
fn the_night_before_monday_is_sunday() {
    assert_eq!(Weekday::Mon.yesterday(), Weekday::Sun);
}
