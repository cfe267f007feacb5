//! A call for help: from the hold to a desk, taken back visibly, forced back secretly, never lost.

use crate::city::{City, Phone, SILLIM};
use axum::http::Method;
use kernel::Span;
use serde_json::{Value, json};

fn here() -> Value {
    json!([{ "at": { "lat": SILLIM.lat, "lon": SILLIM.lon }, "accuracy_m": 12,
             "source": "gps", "seen_at": 1_795_000_000_000_i64 }])
}

async fn raise(city: &City, body: Value) -> (Phone, String) {
    let raised = city.post(&Phone::default(), "/api/alarm/alarms", body).await.ok();
    (Phone::holding(&raised.text("/token")), raised.text("/alarm/id"))
}

#[tokio::test]
async fn from_the_hold_to_the_desk_to_a_person_to_an_outcome() {
    for city in City::everywhere().await {
        let desk = city.seat("desk-gwanak-1").await;
        let (phone, alarm) = raise(&city, json!({ "locations": here() })).await;
        let at = |verb: &str| format!("/api/alarm/alarms/{alarm}/{verb}");
        let board = city.get(&desk, "/api/desk/board").await.ok();
        assert_eq!(board.text("/alarms/0/id"), alarm);
        assert_eq!(board.text("/alarms/0/near/ko"), "신림역");
        city.post(&desk, &at("close"), json!({ "outcome": "helped" }))
            .await
            .is(409, "alarm.not-seen-yet");
        city.step(7).await;
        city.post(&desk, &at("acknowledge"), json!({})).await.ok();
        let hers = city.get(&phone, &format!("/api/alarm/alarms/{alarm}")).await.ok();
        let sent = hers.body["sent_at"].as_i64().unwrap();
        assert_eq!(hers.body["seen_at"].as_i64().unwrap() - sent, 7_000);
        let shown = city.get(&desk, &at("for-desk")).await.ok();
        assert_eq!(shown.text("/seen_by"), "Gwanak desk 1");
        city.post(&desk, &at("close"), json!({ "outcome": "helped" })).await.ok();
        let board = city.get(&desk, "/api/desk/board").await.ok();
        assert!(board.body["alarms"].as_array().unwrap().is_empty());
        let hers = city.get(&phone, &format!("/api/alarm/alarms/{alarm}")).await.ok();
        assert!(hers.body["closed_at"].is_i64());
    }
}

#[tokio::test]
async fn unseen_it_travels_to_every_desk_and_to_the_duty_contact() {
    for city in City::everywhere().await {
        let next_door = city.seat("desk-dongjak-1").await;
        let (phone, alarm) = raise(&city, json!({})).await;
        let path = format!("/api/alarm/alarms/{alarm}");
        let escalated = async || city.get(&phone, &path).await.ok().text("/escalated");
        city.step(19).await;
        assert_eq!(escalated().await, "none");
        let board = city.get(&next_door, "/api/desk/board").await.ok();
        assert!(board.body["alarms"].as_array().unwrap().is_empty());
        city.step(1).await;
        assert_eq!(escalated().await, "all_desks");
        let board = city.get(&next_door, "/api/desk/board").await.ok();
        assert_eq!(board.text("/alarms/0/id"), alarm);
        city.step(25).await;
        assert_eq!(escalated().await, "duty");
        let outbox = std::fs::read_to_string(city.dir.path().join("outbox.jsonl")).unwrap();
        let line: Value = serde_json::from_str(outbox.lines().last().unwrap()).unwrap();
        assert_eq!(line["to"]["phone"], "02-000-0045");
        assert!(line["id"].as_str().unwrap().ends_with("-alarm-unseen"));
    }
}

#[tokio::test]
async fn taken_back_it_stays_open_and_visible() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (phone, alarm) = raise(&city, json!({})).await;
    let back =
        city.post(&phone, &format!("/api/alarm/alarms/{alarm}/retract"), json!({})).await.ok();
    assert!(back.body["retracted_at"].is_i64());
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.text("/alarms/0/id"), alarm);
    assert!(board.body.pointer("/alarms/0/retracted_at").unwrap().is_i64());
    assert_eq!(board.body.pointer("/alarms/0/duress").unwrap(), false);
}

#[tokio::test]
async fn forced_back_the_answer_is_the_same_byte_for_byte_and_the_desk_knows() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let pins = json!({ "pin": "1234", "duress_pin": "9876" });
    let mut answers = Vec::new();
    for typed in ["1234", "9876"] {
        let (phone, alarm) = raise(&city, pins.clone()).await;
        let path = format!("/api/alarm/alarms/{alarm}/retract");
        city.post(&phone, &path, json!({ "pin": "5555" })).await.is(422, "alarm.wrong-pin");
        let back = city.post(&phone, &path, json!({ "pin": typed })).await.ok();
        let later = city.get(&phone, &format!("/api/alarm/alarms/{alarm}")).await.ok();
        // The two differ in what names and counts them, and in nothing else.
        let plain = |answer: &crate::city::Answer| {
            let mut body = answer.body.clone();
            let number = body["number"].as_u64().unwrap().to_string().len();
            for field in ["id", "number"] {
                body.as_object_mut().unwrap().remove(field);
            }
            (answer.status, answer.bytes.len() - number, body.to_string())
        };
        let headers = back.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        answers.push((plain(&back), plain(&later), headers));
        let shown = city.get(&desk, &format!("/api/alarm/alarms/{alarm}/for-desk")).await.ok();
        assert_eq!(shown.body["duress"], json!(typed == "9876"));
        if typed == "9876" {
            city.post(&desk, &format!("/api/alarm/alarms/{alarm}/acknowledge"), json!({}))
                .await
                .ok();
            city.post(
                &desk,
                &format!("/api/alarm/alarms/{alarm}/close"),
                json!({ "outcome": "mistake" }),
            )
            .await
            .is(422, "alarm.taken-back-under-duress");
        }
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn guessing_her_number_is_slow_for_both_numbers_alike_and_locks_nobody_out() {
    let city = City::new().await;
    let pins = json!({ "pin": "1234", "duress_pin": "9876" });
    let mut heard = Vec::new();
    for right in ["1234", "9876"] {
        let (phone, alarm) = raise(&city, pins.clone()).await;
        let path = format!("/api/alarm/alarms/{alarm}/retract");
        let mut told = Vec::new();
        for guess in ["1", "2", "3", "4", "5", right, "6", right] {
            let answer = city.post(&phone, &path, json!({ "pin": guess })).await;
            told.push((answer.status.as_u16(), answer.text("/code")));
        }
        assert_eq!(told[4], (422, "alarm.wrong-pin".to_owned()));
        assert_eq!(
            told[5],
            (429, "request.too-many".to_owned()),
            "right or wrong is not looked at"
        );
        // Ten seconds later she may try again, and it is the number that counts.
        city.step(10).await;
        let answer = city.post(&phone, &path, json!({ "pin": right })).await.ok();
        assert!(answer.body["retracted_at"].is_i64());
        heard.push(told);
    }
    assert_eq!(heard[0], heard[1]);
}

#[tokio::test]
async fn pressed_offline_it_arrives_once_with_its_first_time() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let pressed = crate::city::tuesday_night();
    city.step(300).await;
    let body = json!({ "first_at": pressed.millis(), "locations": here() });
    for _ in 0..3 {
        let path = "/api/alarm/alarms";
        city.send(&Phone::default(), Method::POST, path, Some("the-key-of-the-hold"), &body)
            .await
            .ok();
    }
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.body["alarms"].as_array().unwrap().len(), 1);
    let path = format!("/api/alarm/alarms/{}/for-desk", board.text("/alarms/0/id"));
    let shown = city.get(&desk, &path).await.ok();
    assert_eq!(shown.body["first_at"], pressed.millis());
    assert_eq!(
        shown.body.pointer("/alarm/sent_at").unwrap(),
        (pressed + Span::minutes(5)).millis()
    );
}

#[tokio::test]
async fn nothing_in_the_message_keeps_an_alarm_from_landing() {
    let city = City::new().await;
    let stale = Phone::holding("no-token-of-anything");
    let fake = kernel::Id::<kernel::id::Escort>::from_bits(9).to_string();
    for body in [
        json!({}),
        json!({ "first_at": "yesterday", "locations": "here", "grade": "loud", "pin": 7 }),
        json!({ "locations": [{ "at": { "lat": 900, "lon": 0 }, "source": "gps", "seen_at": 0 }] }),
        json!({ "escort": fake }),
        json!(["not", "an", "object"]),
    ] {
        let raised = city.post(&stale, "/api/alarm/alarms", body.clone()).await;
        assert_eq!(raised.status, 201, "{body}");
    }
    let none = Phone::default();
    let raised = city.send(&none, Method::POST, "/api/alarm/alarms", None, &json!({})).await;
    assert_eq!(raised.status, 201, "without a key");
    let desk = city.seat("desk-gwanak-1").await;
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.body["alarms"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn an_alarm_on_a_walk_is_known_to_both() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    city.team_at("07", 200.0).await;
    let (phone, walk) = city.ask().await;
    let raised =
        city.post(&phone, &format!("/api/escort/requests/{walk}/trouble"), json!({})).await.ok();
    let alarm = raised.text("/alarm/id");
    city.step(0).await;
    let hers = city.get(&phone, &format!("/api/escort/requests/{walk}")).await.ok();
    assert_eq!(hers.text("/alarm"), alarm);
    let shown = city.get(&desk, &format!("/api/alarm/alarms/{alarm}/for-desk")).await.ok();
    assert_eq!(shown.text("/escort"), walk);
    assert_eq!(shown.text("/locations/0/source"), "walk", "the meeting place is known");
    // A second tap is the same call.
    city.post(&phone, &format!("/api/escort/requests/{walk}/trouble"), json!({})).await.ok();
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.body["alarms"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_till_and_a_team_raise_as_themselves() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (till, team) = (city.seat("haven-1").await, city.team_at("07", 120.0).await);
    city.post(&till, "/api/alarm/alarms", json!({})).await.ok();
    city.post(&team, "/api/alarm/alarms", json!({})).await.ok();
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.text("/alarms/0/by/kind"), "team", "a team on the street comes first");
    assert_eq!(board.text("/alarms/0/by/call_sign"), "07");
    assert_eq!(board.text("/alarms/1/by/name"), "CU 신림점");
    assert_eq!(board.text("/alarms/1/by/phone"), "02-000-0101");
    let screen = city.get(&till, "/api/haven/till").await.ok();
    assert_eq!(screen.text("/alarm/id"), board.text("/alarms/1/id"));
}

#[tokio::test]
async fn a_store_is_asked_about_who_shelters_until_its_alarm_is_closed() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let till = city.seat("haven-1").await;
    let raised = city.post(&till, "/api/alarm/alarms", json!({ "grade": "sheltering" })).await;
    let alarm = raised.ok().text("/alarm/id");
    let told = async |name: &str| {
        let journal = city.store.read_after(0, 1_000).await.unwrap();
        journal.iter().filter(|recorded| recorded.name == name).count()
    };
    city.step(1).await;
    assert_eq!(told("refuge_started").await, 1);
    city.step(15 * 60).await;
    assert_eq!(told("refuge_asked_about").await, 1);
    for (verb, body) in [("acknowledge", json!({})), ("close", json!({ "outcome": "helped" }))] {
        city.post(&desk, &format!("/api/alarm/alarms/{alarm}/{verb}"), body).await.ok();
    }
    city.step(1).await;
    assert_eq!(told("refuge_ended").await, 1);
    for _quarter in 0..4 {
        city.step(15 * 60).await;
    }
    assert_eq!(told("refuge_asked_about").await, 1, "nobody is inside any more");
}
