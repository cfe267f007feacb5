use super::http::parse;
use super::*;
use serde_json::json;

#[test]
fn an_answer_cut_off_anywhere_acknowledges_nothing() {
    let whole = b"HTTP/1.1 201 Created\r\nContent-Length: 11\r\nSet-Cookie: s=1; Path=/\r\n\r\n{\"id\":\"x\"}\n";
    let answer = parse(whole).unwrap();
    assert!(answer.acknowledged());
    assert_eq!(answer.body, json!({"id": "x"}));
    for cut in 0..whole.len() {
        assert!(parse(&whole[..cut]).is_none(), "cut at {cut}");
    }
}

#[test]
fn a_chunked_answer_is_read_whole_or_not_at_all() {
    let whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n5\r\n\":12}\r\n0\r\n\r\n";
    assert_eq!(parse(whole).unwrap().body, json!({"a": 12}));
    let last_chunk = whole.len() - 5;
    for cut in 0..last_chunk {
        assert!(parse(&whole[..cut]).is_none(), "cut at {cut}");
    }
}

#[test]
fn what_was_reached_must_still_stand_with_its_time() {
    let before = json!({"id": "esc_1", "number": 9, "ladder": [
        {"stage": "sent", "at": 100}, {"stage": "seen", "at": 120}, {"stage": "offered", "at": null}
    ]});
    let after =
        |ladder: Value, number: u64| json!({"id": "esc_1", "number": number, "ladder": ladder});
    let grown = json!([{"stage": "sent", "at": 100}, {"stage": "seen", "at": 120},
        {"stage": "offered", "at": 130}]);
    assert_eq!(lost_between(&before, &after(grown.clone(), 12)), None);
    assert!(lost_between(&before, &after(grown, 8)).is_some(), "the number went back");
    let unseen = json!([{"stage": "sent", "at": 100}, {"stage": "seen", "at": null}]);
    assert!(lost_between(&before, &after(unseen, 12)).is_some());
    let moved = json!([{"stage": "sent", "at": 100}, {"stage": "seen", "at": 121}]);
    assert!(lost_between(&before, &after(moved, 12)).is_some());
}

#[test]
fn an_alarm_taken_back_must_stay_taken_back() {
    let before = json!({"id": "alm_1", "number": 3, "sent_at": 5, "retracted_at": 9,
        "seen_at": null, "closed_at": null});
    let mut after = before.clone();
    after["seen_at"] = json!(11);
    after["number"] = json!(4);
    assert_eq!(lost_between(&before, &after), None);
    after["retracted_at"] = Value::Null;
    assert!(lost_between(&before, &after).is_some());
}
