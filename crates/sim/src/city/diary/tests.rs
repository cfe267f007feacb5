use super::super::chronicle::tests::{Scribe, esc};
use super::*;
use serde_json::json;

fn parcel(path: &str, pass: Pass, writes: bool) -> Parcel {
    let write = writes.then(|| ("key-00000001".to_owned(), Vec::new()));
    Parcel { owner: "somebody".into(), path: path.to_owned(), pass, write }
}

fn reply(status: u16, body: &Value) -> Reply {
    Reply { status, cookie: String::new(), body: body.to_string().into_bytes() }
}

#[test]
fn what_a_phone_was_told_of_an_ask_is_written_down_and_looked_for() {
    let mut diary = Diary::default();
    let asked = json!({ "request": { "id": esc(1), "stage": "sent", "meet_by": 1_600_000 } });
    diary.note(&parcel("/api/escort/requests", Pass::Nobody, true), &reply(201, &asked));
    assert_eq!(diary.walks[&esc(1)].promised, Some(Instant::from_millis(1_600_000)));
    let mut scribe = Scribe::new();
    assert!(diary.missing(&scribe.chronicle).is_some(), "the journal is empty");
    scribe.ask(1);
    assert_eq!(diary.missing(&scribe.chronicle), None);
    assert_eq!(diary.other_promise(&scribe.chronicle), None);
}

#[test]
fn an_ask_that_was_not_taken_is_counted_by_its_code() {
    let mut diary = Diary::default();
    let problem = json!({ "code": "request.too-many", "status": 429 });
    diary.note(&parcel("/api/escort/requests", Pass::Nobody, true), &reply(429, &problem));
    assert_eq!(diary.not_taken["request.too-many"], 1);
    assert!(diary.walks.is_empty() && diary.acknowledged.is_empty());
}

#[test]
fn a_homecoming_counts_once_whoever_saw_it() {
    let mut diary = Diary::default();
    let home = format!("/api/escort/requests/{}/home", esc(1));
    diary.note(&parcel(&home, Pass::Cookie("seat".into()), true), &reply(200, &json!({})));
    let view = json!({ "id": esc(1), "stage": "home" });
    let page = format!("/api/escort/requests/{}", esc(1));
    diary.note(&parcel(&page, Pass::Bearer("token".into()), false), &reply(200, &view));
    assert_eq!(diary.walks.values().filter(|walk| walk.home).count(), 1);
    assert_eq!(diary.acknowledged.len(), 1);
}

#[test]
fn what_was_refused_was_not_acknowledged() {
    let mut diary = Diary::default();
    let accept = format!("/api/escort/requests/{}/accept", esc(1));
    let problem = json!({ "code": "escort.offer-lapsed", "status": 409 });
    diary.note(&parcel(&accept, Pass::Cookie("seat".into()), true), &reply(409, &problem));
    assert!(diary.acknowledged.is_empty());
}
