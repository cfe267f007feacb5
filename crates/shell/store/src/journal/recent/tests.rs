use super::{KEPT, Recent};
use crate::Recorded;
use kernel::{Actor, Instant};

fn events(numbers: std::ops::RangeInclusive<u64>) -> Vec<Recorded> {
    let event = |number| Recorded {
        number,
        stream: "escort.request".to_owned(),
        id_bits: 1,
        version: 1,
        name: "asked".to_owned(),
        event_version: 1,
        at: Instant::default(),
        actor: Actor::Clock,
        district: None,
        body: "{}".to_owned(),
    };
    numbers.map(event).collect()
}

fn numbers(page: Option<Vec<Recorded>>) -> Option<Vec<u64>> {
    page.map(|page| page.iter().map(|event| event.number).collect())
}

#[test]
fn what_is_here_whole_is_told_and_nothing_else() {
    let recent = Recent::default();
    assert_eq!(recent.after(0, 10, 0), None);
    recent.keep(&events(5..=9));
    assert_eq!(numbers(recent.after(6, 10, 9)), Some(vec![7, 8, 9]));
    assert_eq!(numbers(recent.after(4, 2, 9)), Some(vec![5, 6]));
    // A full page is whole though there is more; a short one only if it reaches the head.
    assert_eq!(numbers(recent.after(6, 2, 20)), Some(vec![7, 8]));
    assert_eq!(recent.after(6, 10, 10), None);
    // Before the first that is kept there may be others.
    assert_eq!(recent.after(3, 10, 9), None);
    // Nothing is known of what comes after the last.
    assert_eq!(recent.after(9, 10, 9), None);
}

#[test]
fn pages_are_joined_where_they_meet_and_a_gap_begins_anew() {
    let recent = Recent::default();
    recent.keep(&events(1..=3));
    recent.keep(&events(2..=5));
    recent.keep(&events(6..=6));
    assert_eq!(numbers(recent.after(0, 10, 6)), Some(vec![1, 2, 3, 4, 5, 6]));
    recent.keep(&[]);
    recent.keep(&events(9..=10));
    assert_eq!(recent.after(5, 10, 10), None);
    assert_eq!(numbers(recent.after(8, 10, 10)), Some(vec![9, 10]));
}

#[test]
fn old_pages_do_not_push_out_the_newest() {
    let recent = Recent::default();
    recent.keep(&events(900..=905));
    recent.keep(&events(1..=500));
    assert_eq!(numbers(recent.after(903, 10, 905)), Some(vec![904, 905]));
}

#[test]
fn only_the_newest_are_kept() {
    let recent = Recent::default();
    let all = KEPT as u64 + 50;
    recent.keep(&events(1..=all));
    assert_eq!(recent.after(49, 1, all), None);
    assert_eq!(recent.after(50, 2 * KEPT as u32, all).map(|page| page.len()), Some(KEPT));
}
