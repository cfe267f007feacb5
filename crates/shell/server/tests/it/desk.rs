//! What a desk does stays with its name and hour: the watch from shift to shift, notes that are
//! forgotten by themselves, and every write of a dispatcher's in the journal.

use crate::{
    authority::{
        acts::{Act, acts},
        stage::Stage,
    },
    city::{City, Phone, place},
};
use axum::http::Method;
use kernel::{Actor, Span};
use serde_json::{Value, json};

async fn numbers(city: &City) -> u64 {
    city.journal_after(0).await.last().map_or(0, |one| one.number)
}

#[tokio::test]
async fn the_incoming_dispatcher_takes_the_watch_over_with_one_press() {
    let city = City::new().await;
    let (leaving, coming) = (city.seat("desk-gwanak-1").await, city.seat("desk-gwanak-2").await);
    city.team_at("07", 200.0).await;
    let (_, walk) = city.ask().await;
    city.get(&leaving, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let alarm = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    let page = city.get(&leaving, "/api/desk/handover").await.ok();
    assert_eq!(page.body["watch"]["keeper"], Value::Null, "nobody has taken it yet");
    assert_eq!(page.text("/walks/0/walk/id"), walk);
    assert_eq!(page.text("/walks/0/with"), "Gwanak desk 1");
    assert_eq!(page.text("/walks/0/last"), "seen");
    assert_eq!(page.text("/alarms/0/alarm/id"), alarm.text("/alarm/id"));
    assert_eq!(page.body["alarms"][0]["with"], Value::Null, "nobody has seen it");
    assert_eq!(page.text("/teams/0/call_sign"), "07");

    city.step(60).await;
    let before = numbers(&city).await;
    let taken = city.post(&coming, "/api/desk/take-over", json!({})).await.ok();
    assert_eq!(taken.text("/watch/keeper"), "Gwanak desk 2");
    let told = city.journal_after(before).await;
    let told: Vec<_> = told.iter().filter(|one| one.stream == "alarm.desk_watch").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].name, "taken_over");
    assert!(matches!(told[0].actor, Actor::Desk(_)));
    assert_eq!(told[0].at.millis(), taken.body["watch"]["since"].as_i64().unwrap());
    let body: Value = serde_json::from_str(&told[0].body).unwrap();
    let open = body.pointer("/taken_over").unwrap_or(&body);
    assert_eq!((&open["alarms"], &open["walks"]), (&json!(1), &json!(1)), "{body}");

    // Every desk of the district sees who keeps it; next door has a watch of its own.
    let board = city.get(&leaving, "/api/desk/board").await.ok();
    assert_eq!(board.text("/watch/keeper"), "Gwanak desk 2");
    let next_door = city.seat("desk-dongjak-1").await;
    let board = city.get(&next_door, "/api/desk/board").await.ok();
    assert_eq!(board.body["watch"]["keeper"], Value::Null);

    // And a restart forgets nothing of it.
    let city = city.restart().await;
    let board = city.get(&coming, "/api/desk/board").await.ok();
    assert_eq!(board.text("/watch/keeper"), "Gwanak desk 2");
}

#[tokio::test]
async fn a_note_is_read_by_the_next_shift_put_away_when_settled_and_forgotten_by_itself() {
    let city = City::new().await;
    let (leaving, coming) = (city.seat("desk-gwanak-1").await, city.seat("desk-gwanak-2").await);
    let note = |text: &str| json!({ "text": text });
    city.post(&leaving, "/api/desk/notes", note("  07조는 자정에 쉬어야 해요  ")).await.ok();
    city.post(&coming, "/api/desk/notes", note("승강기 고장")).await.ok();
    let page = city.get(&coming, "/api/desk/handover").await.ok();
    assert_eq!(page.text("/notes/0/text"), "07조는 자정에 쉬어야 해요");
    assert_eq!(page.text("/notes/0/by"), "Gwanak desk 1");
    assert_eq!(page.text("/notes/1/by"), "Gwanak desk 2");
    let away = format!("/api/desk/notes/{}/put-away", page.text("/notes/0/id"));

    // Another desk's notes are not there, to be read or put away.
    let next_door = city.seat("desk-dongjak-1").await;
    let theirs = city.get(&next_door, "/api/desk/handover").await.ok();
    assert_eq!(theirs.body["notes"], json!([]));
    city.post(&next_door, &away, json!({})).await.is(404, "alarm.no-such-note");
    let page = city.get(&coming, "/api/desk/handover").await.ok();
    assert_eq!(page.body["notes"].as_array().unwrap().len(), 2, "a refusal forgets nothing");

    let key = city.key();
    let put = || city.send(&coming, Method::POST, &away, Some(&key), &Value::Null);
    let once = put().await.ok();
    let again = put().await.ok();
    assert_eq!(once.body["notes"], again.body["notes"], "a retry is no second press");
    assert_eq!(once.body["notes"].as_array().unwrap().len(), 1);

    city.clock.step(Span::hours(24));
    let coming = city.seat("desk-gwanak-2").await;
    let page = city.get(&coming, "/api/desk/handover").await.ok();
    assert_eq!(page.body["notes"], json!([]));
}

#[tokio::test]
async fn a_note_without_words_or_with_too_many_is_not_taken() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    for text in [String::new(), "   ".to_owned(), "가".repeat(501)] {
        city.post(&desk, "/api/desk/notes", json!({ "text": text }))
            .await
            .is(400, "request.not-understood");
    }
    city.post(&desk, "/api/desk/notes", json!({ "text": "가".repeat(500) })).await.ok();
}

#[tokio::test]
async fn a_walk_given_away_is_urgent_where_it_went_and_no_longer_here() {
    let city = City::new().await;
    let (here, there) = (city.seat("desk-gwanak-1").await, city.seat("desk-dongjak-1").await);
    city.team_at("07", 200.0).await;
    let (_, walk) = city.ask().await;
    city.get(&here, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let board = city.get(&here, "/api/desk/board").await.ok();
    assert_eq!(board.text("/districts/0/code"), "dongjak");
    assert_eq!(board.body["districts"][0]["next_door"], json!(true));
    let to = json!({ "district": board.text("/districts/0/code") });
    city.post(&here, &format!("/api/escort/requests/{walk}/hand-over"), to).await.ok();
    let theirs = city.get(&there, "/api/desk/board").await.ok();
    assert_eq!(theirs.body["walks"][0]["urgency"], json!(0));
    assert_eq!(theirs.body["walks"][0]["with_district"], Value::Null);
    let ours = city.get(&here, "/api/desk/board").await.ok();
    assert_eq!(ours.body["walks"][0]["urgency"], json!(4));
    assert_eq!(ours.text("/walks/0/with_district"), "dongjak");
    // Looking after what one gave away is not seeing it for the others.
    let for_desk = format!("/api/escort/requests/{walk}/for-desk");
    let after = city.get(&here, &for_desk).await.ok();
    assert_eq!(after.text("/request/stage"), "handed_over");
    assert_eq!(city.get(&there, &for_desk).await.ok().text("/request/stage"), "seen");
}

#[tokio::test]
async fn walks_from_the_web_the_phone_and_the_street_are_counted_apart() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let street = city.team_at("07", 50.0).await;
    city.team_at("11", 200.0).await;
    city.ask().await;
    city.ask().await;
    city.post(
        &desk,
        "/api/escort/calls",
        json!({ "meeting_place": place(1), "people": 1, "language": "ko" }),
    )
    .await
    .ok();
    city.post(&street, "/api/escort/walk-ups", json!({ "meeting_place": place(1) })).await.ok();
    let board = city.get(&desk, "/api/desk/board").await.ok();
    let tonight = &board.body["tonight"];
    assert_eq!(
        (&tonight["web"], &tonight["phone"], &tonight["walk_up"]),
        (&json!(2), &json!(1), &json!(1))
    );
}

/// What everybody may write: not a desk's doing.
const OPEN: [&str; 2] = ["/api/escort/requests", "/api/alarm/alarms"];

/// Every write of the words a desk works with. Those that are not a desk's are turned away.
fn writes() -> Vec<Act> {
    let words = ["/api/escort/", "/api/alarm/", "/api/desk/"];
    let mut all = acts();
    all.retain(|act| {
        act.method == "POST"
            && words.iter().any(|word| act.path.starts_with(word))
            && !OPEN.contains(&act.path)
    });
    all
}

/// Makes what the write is about ready for it; its path.
async fn prepared(city: &City, desk: &Phone, path: &'static str) -> String {
    if path.ends_with("/put-away") {
        let left = city.post(desk, "/api/desk/notes", json!({ "text": "rain" })).await.ok();
        return path.replace("{id}", &left.text("/notes/0/id"));
    }
    if path.starts_with("/api/alarm/") {
        let raised = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
        let alarm = raised.text("/alarm/id");
        if path.ends_with("/close") {
            let seen = format!("/api/alarm/alarms/{alarm}/acknowledge");
            city.post(desk, &seen, json!({})).await.ok();
        }
        return path.replace("{id}", &alarm);
    }
    let (_, walk) = city.ask().await;
    city.get(desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    if path.ends_with("/see") {
        // Something rings: nobody sent a team.
        city.step(61).await;
    }
    path.replace("{id}", &walk)
}

#[tokio::test]
async fn everything_a_desk_does_is_in_the_journal_with_who_and_when() {
    let (mut done, stage) = (0, Stage::default());
    for act in writes() {
        let path = act.path;
        let city = City::new().await;
        let desk = city.seat("desk-gwanak-1").await;
        city.team_at("07", 100.0).await;
        let at = prepared(&city, &desk, path).await;
        let before = numbers(&city).await;
        city.clock.step(Span::seconds(1));
        let answer = city.post(&desk, &at, (act.body)(&stage, "dispatcher")).await;
        if matches!(answer.status.as_u16(), 403 | 404) {
            continue;
        }
        answer.ok();
        done += 1;
        let told = city.journal_after(before).await;
        assert!(!told.is_empty(), "{path} left nothing in the journal");
        let seats: std::collections::HashSet<_> = told.iter().map(|one| one.actor).collect();
        assert_eq!(seats.len(), 1, "{path}: {told:?}");
        for one in &told {
            assert!(matches!(one.actor, Actor::Desk(_)), "{path}: {one:?}");
            assert_eq!(one.at, city.app_now(), "{path}");
        }
    }
    assert!(done >= 9, "only {done} of a desk's writes were done");
    // Opening is a write too: it is what tells her that a person has seen it.
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    city.team_at("07", 100.0).await;
    let (_, walk) = city.ask().await;
    let before = numbers(&city).await;
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let told = city.journal_after(before).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].name, "seen");
    assert!(matches!(told[0].actor, Actor::Desk(_)));
}
