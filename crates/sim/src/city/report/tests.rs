use super::super::chronicle::tests::{Scribe, tem};
use super::*;
use serde_json::{Value, json};

#[test]
fn an_even_load_has_no_inequality_and_one_that_one_team_carries_has_nearly_all() {
    assert!(gini(vec![3.0; 10]).abs() < 1e-12);
    assert!(gini(Vec::new()).abs() < 1e-12);
    let mut one = vec![0.0; 9];
    one.push(30.0);
    assert!((gini(one) - 0.9).abs() < 1e-12);
}

#[test]
fn a_spread_names_spans_that_were_really_waited() {
    let spans = (1..=100).rev().map(Span::seconds).collect();
    assert_eq!(spread(spans), Spread { p50: 50, p90: 90, p95: 95 });
    assert_eq!(spread(vec![Span::seconds(7)]), Spread { p50: 7, p90: 7, p95: 7 });
    assert_eq!(spread(Vec::new()), Spread::default());
}

/// One who is home in time, one who is late, one turned away, one who called off.
fn night() -> Scribe {
    let mut scribe = Scribe::new();
    scribe.team(5, Span::days(1)).write(("volunteer.team", 5), "went_on_duty", json!({}));
    for (walk, way) in [(1, 200), (2, 900)] {
        scribe.ask(walk).after(9).offer(walk, 5).walk(walk, "accepted", json!({ "team": tem(5) }));
        scribe.after(way).walk(walk, "met", Value::Null).walk(walk, "arrived_home", Value::Null);
        scribe.write(("volunteer.team", 5), "released", json!({ "walked": true }));
    }
    scribe.walk(3, "turned_away", json!({ "channel": "phone", "reason": "no_team_free" }));
    scribe.ask(4).after(60).walk(4, "cancelled", json!({ "reason": "other_way" }));
    scribe
}

#[test]
fn a_night_is_counted_from_what_the_journal_tells() {
    let scribe = night();
    let mut tally = Tally::default();
    tally.night(&scribe.chronicle, &Diary::default());
    let report = tally.report(&scribe.chronicle);
    assert_eq!((report.requests, report.served), (4, 2));
    assert_eq!(report.refused, BTreeMap::from([("no_team_free".to_owned(), 1)]));
    assert_eq!(report.unmet, BTreeMap::from([("other_way".to_owned(), 1)]));
    // Who called off before the promised moment was promised nothing that could be broken.
    assert_eq!((report.promises, report.promises_kept), (2, 0.5));
    assert_eq!(report.ack_s.p50, 9);
    assert_eq!((report.wait_s.p50, report.wait_s.p90), (209, 909));
    assert!((report.served_share - 0.6667).abs() < 1e-9);
}

#[test]
fn the_report_says_which_invariant_was_broken_and_what_came_before() {
    let broken = Broken {
        invariant: "one_walk_one_team",
        says: "never two teams on one walk",
        what: "esc_1".to_owned(),
        at: kernel::Instant::from_millis(0),
    };
    let last_events = vec!["7 0 esc_1 offered Relay".to_owned()];
    let report = Report { broken: Some(broken), last_events, ..Report::default() };
    let text = report.to_string();
    assert!(text.contains("BROKEN") && text.contains("one_walk_one_team"));
    assert!(text.ends_with("7 0 esc_1 offered Relay"), "{text}");
}
