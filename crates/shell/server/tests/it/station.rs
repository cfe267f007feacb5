//! Who else acts: a till and its staff, devices and codes, the clock of the unseen.

use crate::city::{City, Phone, tuesday_night};
use kernel::Span;
use serde_json::{Value, json};

#[tokio::test]
async fn an_unseen_walk_travels_after_20_45_and_90_seconds() {
    for city in City::everywhere().await {
        let next_door = city.seat("desk-dongjak-1").await;
        city.team_at("07", 200.0).await;
        let (phone, walk) = city.ask().await;
        let path = format!("/api/escort/requests/{walk}");
        let mut at = 0;
        for (seconds, far) in [
            (19, "none"),
            (20, "all_desks"),
            (44, "all_desks"),
            (45, "duty"),
            (89, "duty"),
            (90, "neighbor"),
        ] {
            city.step(seconds - at).await;
            at = seconds;
            let hers = city.get(&phone, &path).await.ok();
            assert_eq!(hers.text("/escalated"), far, "after {seconds} s");
            let board = city.get(&next_door, "/api/desk/board").await.ok();
            let rings = !board.body["walks"].as_array().unwrap().is_empty();
            assert_eq!(rings, far != "none", "after {seconds} s");
        }
        let outbox = std::fs::read_to_string(city.dir.path().join("outbox.jsonl")).unwrap();
        assert!(outbox.lines().any(|line| line.contains("walk-unseen")));
        // Whoever opens it stops the clock, from whichever desk.
        city.get(&next_door, &format!("{path}/for-desk")).await.ok();
        city.step(30).await;
        assert_eq!(city.get(&phone, &path).await.ok().text("/escalated"), "none");
        city.get(&next_door, &format!("{path}/for-desk")).await.ok();
    }
}

#[tokio::test]
async fn after_a_power_cut_every_overdue_deadline_fires_at_once() {
    let city = City::new().await;
    city.team_at("07", 200.0).await;
    let (phone, walk) = city.ask().await;
    let raised = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    let (sender, alarm) = (Phone::holding(&raised.text("/token")), raised.text("/alarm/id"));
    city.clock.step(Span::seconds(100));
    let city = city.restart().await;
    city.app.settle().await.unwrap();
    let hers = city.get(&phone, &format!("/api/escort/requests/{walk}")).await.ok();
    assert_eq!(hers.text("/escalated"), "neighbor", "her token still opens her walk");
    let hers = city.get(&sender, &format!("/api/alarm/alarms/{alarm}")).await.ok();
    assert_eq!(hers.text("/escalated"), "duty");
}

#[tokio::test]
async fn a_store_is_ready_only_while_somebody_trained_is_there_and_has_drilled() {
    let city = City::new().await;
    let till = city.seat("haven-1").await;
    let near = "/api/haven/near?near=37.4842,126.9297";
    let first = async || city.get(&Phone::default(), near).await.ok().text("/havens/0/readiness");
    assert_eq!(first().await, "open_only");
    let screen = city.get(&till, "/api/haven/till").await.ok();
    let missing = screen.body["missing"].clone();
    assert_eq!(missing, json!(["haven.gap-nobody-trained-on-shift", "haven.gap-never-drilled"]));
    let person = screen.text("/staff/0/person");
    city.post(&till, "/api/haven/till/shift", json!({ "person": person, "on": true })).await.ok();
    assert_eq!(first().await, "open_only", "not drilled yet");
    let ready = city.post(&till, "/api/haven/till/drill", json!({ "person": person })).await.ok();
    assert_eq!(ready.text("/readiness"), "ready");
    let list = city.get(&Phone::default(), near).await.ok();
    assert_eq!(list.text("/havens/0/readiness"), "ready");
    assert_eq!(list.text("/havens/1/readiness"), "unknown", "in the register only");
    assert_eq!(list.body.pointer("/havens/0/walk_minutes").unwrap(), 3);
    // Nobody's name is told to anybody but the till.
    assert!(!String::from_utf8_lossy(&list.bytes).contains("하늘"));
    city.step(13 * 3_600).await;
    assert_eq!(first().await, "open_only", "a shift ends by itself");
}

#[tokio::test]
async fn a_code_opens_a_till_once_and_a_stranger_learns_nothing() {
    let city = City::new().await;
    let code = city.app.enroll_again("CU 신림점").await.unwrap().unwrap().into_inner();
    let enroll = async |code: &str| {
        city.post(&Phone::default(), "/api/session/enroll", json!({ "code": code })).await
    };
    enroll("not a code at all").await.is(422, "session.sign-in-failed");
    // As it is typed from a sheet of paper: in capitals, with spaces.
    let typed = code.to_uppercase();
    let typed = format!("{} {}", typed.get(..8).unwrap(), typed.get(8..).unwrap());
    let signed_in = enroll(&typed).await.ok();
    assert_eq!(signed_in.text("/session/role"), "haven");
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let till = Phone { cookie: cookie.split(';').next().map(str::to_owned), bearer: None };
    city.get(&till, "/api/haven/till").await.ok();
    enroll(&code).await.is(422, "session.sign-in-failed");
    let key = city.key();
    city.send(&till, axum::http::Method::DELETE, "/api/session", Some(&key), &Value::Null)
        .await
        .ok();
    city.get(&till, "/api/haven/till").await.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn a_dispatcher_is_asked_for_a_passkey_that_can_be_found_without_a_name() {
    let city = City::new().await;
    let code = city.app.enroll_again("Gwanak desk 1").await.unwrap().unwrap().into_inner();
    let answer =
        city.post(&Phone::default(), "/api/session/enroll", json!({ "code": code })).await.ok();
    assert_eq!(answer.body["session"], json!(null));
    assert_eq!(answer.text("/passkey/authenticatorSelection/residentKey"), "required");
    assert_eq!(answer.text("/passkey/rp/id"), "localhost");
    assert!(!answer.headers.contains_key("set-cookie"), "not signed in before the passkey is made");
    let start = city.post(&Phone::default(), "/api/session/passkey/start", json!({})).await.ok();
    let allowed = start.body.pointer("/passkey/allowCredentials");
    assert!(allowed.is_none_or(|all| all.as_array().unwrap().is_empty()), "names nobody");
    let finish = json!({ "ceremony": start.text("/ceremony"), "credential": {} });
    city.post(&Phone::default(), "/api/session/passkey/finish", finish.clone())
        .await
        .is(422, "session.sign-in-failed");
    city.post(&Phone::default(), "/api/session/passkey/finish", finish)
        .await
        .is(422, "session.sign-in-failed");
}

#[tokio::test]
async fn a_dispatchers_session_ends_with_the_night() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    // An open board asks all night long.
    for _ in 0..24 {
        city.get(&desk, "/api/desk/board").await.ok();
        city.step(1_800 - 1).await;
    }
    city.get(&desk, "/api/desk/board").await.ok();
    city.step(24).await;
    city.get(&desk, "/api/desk/board").await.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn a_console_somebody_closed_is_signed_out_after_an_hour_and_a_till_never_is() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let till = city.seat("haven-1").await;
    city.step(3_600 - 1).await;
    city.get(&desk, "/api/desk/board").await.ok();
    city.step(3_600).await;
    city.get(&desk, "/api/desk/board").await.is(401, "session.not-signed-in");
    city.step(7 * 24 * 3_600).await;
    city.get(&till, "/api/haven/till").await.ok();
}

#[tokio::test]
async fn places_are_found_by_part_of_a_name_in_either_language() {
    let city = City::new().await;
    let first = async |q: &str| {
        let path = format!("/api/environment/places?meeting=true&q={q}");
        city.get(&Phone::default(), &path).await.ok().text("/places/0/name/ko")
    };
    assert_eq!(first("%EC%8B%A0%EB%A6%BC").await, "신림역");
    assert_eq!(first("sillim").await, "신림역");
    assert_eq!(first("bong").await, "봉천역");
    let city_now = city.get(&Phone::default(), "/api/city").await.ok();
    assert_eq!(city_now.text("/zone"), "Asia/Seoul");
    assert_eq!(city_now.body.pointer("/service/open").unwrap(), true);
    let closes = tuesday_night() + Span::minutes(110);
    assert_eq!(city_now.body.pointer("/service/closes_at").unwrap(), closes.millis(), "00:30");
}

#[tokio::test]
async fn in_the_demo_a_seat_is_played_until_a_person_takes_it_and_again_when_she_leaves() {
    let city = City::new().await;
    let played = async || {
        let night = city.get(&Phone::default(), "/api/demo").await.ok();
        let parts = night.body["parts"].as_array().unwrap().clone();
        parts.iter().find(|one| one["part"] == "team-07").unwrap()["played"].as_bool().unwrap()
    };
    assert!(played().await);
    let sign_in = axum::http::Request::post("/api/demo/sign-in")
        .header("origin", crate::city::ORIGIN)
        .header("x-simulated", "a random pass")
        .body(axum::body::Body::from(r#"{"part":"team-07"}"#))
        .unwrap();
    let answer = tower::ServiceExt::oneshot(city.router.clone(), sign_in).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(played().await, "a simulated person leaves the seat free");
    let team = city.seat("team-07").await;
    assert!(!played().await);
    city.send(&team, axum::http::Method::DELETE, "/api/session", None, &Value::Null).await.ok();
    assert!(played().await);
}
