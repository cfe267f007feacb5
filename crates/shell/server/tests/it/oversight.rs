//! A supervisor over all districts: how every desk fares, the most troubled first, and nothing
//! that could be acted on or found out about anybody.

use crate::city::{City, HOME, NAME, PHONE, Phone, place};
use axum::http::Method;
use serde_json::{Value, json};

async fn rows(city: &City, supervisor: &Phone) -> Vec<Value> {
    let board = city.get(supervisor, "/api/desk/city").await.ok();
    board.body["districts"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_district_with_the_worst_trouble_stands_first() {
    let city = City::new().await;
    let supervisor = city.seat("supervisor-1").await;
    let quiet = rows(&city, &supervisor).await;
    let codes: Vec<_> = quiet.iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["gwanak", "dongjak"], "in peace the pack's order");
    assert!(quiet.iter().all(|row| row["trouble"] == "none"));

    city.team_at("07", 100.0).await;
    let (_, walk) = city.ask().await;
    let desk = city.seat("desk-gwanak-1").await;
    assert_eq!(rows(&city, &supervisor).await[0]["trouble"], "ask_unseen");
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let to = json!({ "district": "dongjak" });
    city.post(&desk, &format!("/api/escort/requests/{walk}/hand-over"), to).await.ok();
    let now = rows(&city, &supervisor).await;
    assert_eq!(now[0]["code"], "dongjak");
    assert_eq!(now[0]["walks"]["unseen"], json!(1));

    let alarm = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    let now = rows(&city, &supervisor).await;
    assert_eq!((&now[0]["code"], &now[0]["trouble"]), (&json!("gwanak"), &json!("alarm_unseen")));
    assert_eq!(now[0]["alarms"]["oldest_at"], alarm.body["alarm"]["sent_at"]);
    let id = alarm.text("/alarm/id");
    city.post(&desk, &format!("/api/alarm/alarms/{id}/acknowledge"), json!({})).await.ok();
    assert_eq!(rows(&city, &supervisor).await[0]["trouble"], "alarm_open");
    let done = json!({ "outcome": "helped" });
    city.post(&desk, &format!("/api/alarm/alarms/{id}/close"), done).await.ok();
    assert_eq!(rows(&city, &supervisor).await[0]["code"], "dongjak");
}

#[tokio::test]
async fn an_alarm_nobody_looked_at_is_named_with_its_district() {
    let city = City::new().await;
    let supervisor = city.seat("supervisor-1").await;
    city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    let board = city.get(&supervisor, "/api/desk/city").await.ok();
    assert_eq!(board.body["escalated"], json!([]));
    city.step(21).await;
    let board = city.get(&supervisor, "/api/desk/city").await.ok();
    assert_eq!(board.text("/escalated/0/district"), "gwanak");
    assert_eq!(board.text("/escalated/0/alarm/escalated"), "all_desks");
}

#[tokio::test]
async fn channels_refusals_and_promises_are_counted_for_the_night() {
    let city = City::new().await;
    let supervisor = city.seat("supervisor-1").await;
    // Nobody is out: she is turned away, and counted with the reason.
    let refused = city.post(&Phone::default(), "/api/escort/requests", crate::city::wish()).await;
    assert_eq!(refused.body["request"]["stage"], "refused", "{}", refused.body);
    let code = refused.text("/request/refused_code");
    let team = city.team_at("07", 100.0).await;
    let (_, walk) = city.ask().await;
    let row = &rows(&city, &supervisor).await[0];
    assert_eq!(row["refused"], json!([{ "code": code, "walks": 1 }]));
    assert_eq!(row["tonight"]["refused"], json!(1));
    assert_eq!(row["tonight"]["web"], json!(1));
    assert_eq!(row["teams"], json!({ "free": 1, "engaged": 0, "off": 1 }));
    assert_eq!(row["promises"], json!({ "kept": 0, "broken": 0 }), "its time has not come");
    let desk = city.seat("desk-gwanak-1").await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    assert_eq!(rows(&city, &supervisor).await[0]["teams"]["engaged"], json!(1));
    for verb in ["accept", "set-off", "arrive", "meet"] {
        city.post(&team, &at(verb), json!({})).await.ok();
    }
    assert_eq!(rows(&city, &supervisor).await[0]["promises"]["kept"], json!(1));

    // A second one nobody comes for is a broken promise once its time has passed.
    city.team_at("11", 100.0).await;
    city.ask().await;
    city.step(3_600).await;
    // Nobody looked for an hour: she signs in again.
    let supervisor = city.seat("supervisor-1").await;
    assert_eq!(rows(&city, &supervisor).await[0]["promises"], json!({ "kept": 1, "broken": 1 }));
}

#[tokio::test]
async fn a_districts_board_is_shown_as_its_desk_sees_it_and_nothing_can_be_done() {
    let city = City::new().await;
    let (supervisor, desk) = (city.seat("supervisor-1").await, city.seat("desk-gwanak-1").await);
    city.team_at("07", 100.0).await;
    let (_, walk) = city.ask().await;
    let seen = city.get(&supervisor, "/api/desk/city/gwanak").await.ok();
    let theirs = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(seen.body["walks"], theirs.body["walks"]);
    assert_eq!(seen.text("/walks/0/stage"), "sent", "looking from above is not seeing");
    for secret in [HOME, PHONE, NAME] {
        assert!(!String::from_utf8_lossy(&seen.bytes).contains(secret));
    }
    city.get(&supervisor, "/api/desk/city/mapo").await.is(404, "request.no-such-thing");
    for (method, path) in [
        (Method::GET, format!("/api/escort/requests/{walk}/for-desk")),
        (Method::POST, format!("/api/escort/requests/{walk}/offer")),
        (Method::POST, "/api/desk/take-over".to_owned()),
        (Method::POST, "/api/escort/calls".to_owned()),
    ] {
        let key = city.key();
        let body = json!({ "meeting_place": place(1), "people": 1, "language": "ko" });
        let answer = city.send(&supervisor, method, &path, Some(&key), &body).await;
        answer.is(403, "session.not-yours");
    }
}
