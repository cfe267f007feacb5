//! What is lost degrades; what is asked lands.

use crate::city::{City, ORIGIN, Phone};
use axum::{body::Body, http::Request};
use serde_json::json;
use tower::ServiceExt;

#[tokio::test]
async fn without_streets_asks_and_alarms_land_and_ways_say_that_there_are_none() {
    let city = City::new().await;
    city.team_at("07", 200.0).await;
    city.ask().await;
    city.get(&Phone::default(), "/api/route/options?from=37.4842,126.9297&to=37.478,126.93")
        .await
        .is(503, "route.no-streets");
    city.get(&Phone::default(), "/tiles/14/13970/6345.mvt").await.is(404, "request.no-such-thing");
}

#[tokio::test]
async fn when_messages_cannot_be_put_out_an_alarm_still_travels() {
    let city = City::new().await;
    std::fs::create_dir(city.dir.path().join("outbox.jsonl")).unwrap();
    let raised = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
    city.step(46).await;
    let phone = Phone::holding(&raised.text("/token"));
    let path = format!("/api/alarm/alarms/{}", raised.text("/alarm/id"));
    assert_eq!(city.get(&phone, &path).await.ok().text("/escalated"), "duty");
}

#[tokio::test]
async fn when_the_journal_is_gone_the_numbers_to_call_are_told() {
    let city = City::new().await;
    city.app.close_store().await;
    let turned = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await;
    let phones: Vec<_> = turned.body["serves_now"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["phone"].as_str().unwrap())
        .collect();
    assert_eq!(phones, ["120", "112"]);
    turned.is(503, "store.unavailable");
    city.get(&Phone::default(), "/api/city").await.ok();
    city.get(&Phone::default(), "/").await.ok();
}

#[tokio::test]
async fn the_minute_self_test_arrives_and_leaves_no_trace_in_the_queue() {
    let city = City::new().await;
    let health = city.get(&Phone::default(), "/api/health").await.ok();
    assert_eq!(health.body.pointer("/self_test/arrived").unwrap(), false, "none so far");
    city.app.self_test().await;
    let number = async || {
        let health = city.get(&Phone::default(), "/api/health").await.ok();
        assert_eq!(health.body.pointer("/self_test/arrived").unwrap(), true);
        health.body["number"].as_u64().unwrap()
    };
    let whole = number().await;
    for _ in 0..59 {
        city.step(60).await;
        city.app.self_test().await;
    }
    assert_eq!(number().await, whole, "rehearsals are not in the journal");
    city.step(60).await;
    city.app.self_test().await;
    assert_eq!(number().await, whole + 3, "once an hour the whole way is gone");
    let desk = city.seat("desk-gwanak-1").await;
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert!(board.body["alarms"].as_array().unwrap().is_empty());
    assert_eq!(board.body.pointer("/self_test/arrived").unwrap(), true);
}

#[tokio::test]
async fn a_self_test_that_cannot_arrive_is_on_every_board() {
    let city = City::new().await;
    city.app.self_test().await;
    city.app.close_store().await;
    city.app.self_test().await;
    assert!(!city.app.self_test_arrived());
}

#[tokio::test]
async fn another_sites_page_cannot_write_with_her_browser() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    for (origin, allowed) in [(ORIGIN, true), ("https://evil.example", false), ("null", false)] {
        let request = Request::post("/api/escort/calls")
            .header("cookie", desk.cookie.as_deref().unwrap())
            .header("origin", origin)
            .header("idempotency-key", city.key())
            .body(Body::from(crate::city::wish().to_string()))
            .unwrap();
        let response = city.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status() != 403, allowed, "{origin}");
    }
    let till = city.seat("haven-1").await;
    let request = Request::post("/api/alarm/alarms")
        .header("cookie", till.cookie.as_deref().unwrap())
        .header("origin", "https://evil.example")
        .body(Body::empty())
        .unwrap();
    let response = city.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 201, "a call for help lands, whatever page it came from");
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.text("/alarms/0/by/kind"), "citizen", "but not in the store's name");
}

#[tokio::test]
async fn the_demos_doors_are_not_there_in_a_real_city() {
    let city = City::without_demo().await;
    for path in ["/api/demo", "/api/demo/clock"] {
        city.get(&Phone::default(), path).await.is(404, "request.no-such-thing");
    }
    let asked = json!({ "part": "desk-gwanak-1" });
    city.post(&Phone::default(), "/api/demo/sign-in", asked).await.is(404, "request.no-such-thing");
}

#[tokio::test]
async fn every_answer_says_what_the_browser_must_not_do() {
    let city = City::new().await;
    for path in ["/api/city", "/", "/api/nothing", "/api/desk/board"] {
        let answer = city.get(&Phone::default(), path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
        let policy = answer.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        if path.starts_with("/api/") {
            assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        }
    }
    let large = json!({ "words": "가".repeat(40_000) });
    let turned = city.post(&Phone::default(), "/api/escort/requests", large).await;
    turned.is(413, "request.too-large");
}
