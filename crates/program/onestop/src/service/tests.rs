use super::*;

const SAID: Instant = Instant::from_millis(1_795_770_000_000);

#[test]
fn what_was_said_is_believed_for_as_long_as_the_city_says_and_never_less() {
    assert_eq!(SAID.rounded_to_hour(), SAID);
    let late = SAID + Span::minutes(59);
    assert_eq!(stale_at(late, 12), SAID + Span::hours(13));
    assert!(!is_stale(late, late + Span::hours(12), 12));
    assert!(!is_stale(SAID, SAID + Span::hours(13) - Span::minutes(1), 12));
    assert!(is_stale(SAID, SAID + Span::hours(13), 12));
}

#[test]
fn a_bed_that_was_free_yesterday_is_not_shown_as_free() {
    let now = SAID + Span::hours(13);
    assert_eq!(beds_shown(Some(3), SAID, now, 12), None);
    assert_eq!(beds_shown(Some(3), SAID, now, 13), Some(3));
    assert_eq!(beds_shown(None, SAID, SAID, 12), None);
}
