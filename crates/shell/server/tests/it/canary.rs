//! What must never be written: searched for in every byte at rest after a whole night.

use crate::city::{City, HOME, HOME_LAT, NAME, PHONE, Phone};
use kernel::Span;
use serde_json::json;

#[tokio::test]
async fn no_name_number_home_position_pin_or_token_is_at_rest_in_the_clear() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 123.0).await;
    let (phone, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    for verb in ["accept", "set-off", "arrive", "meet", "walk"] {
        city.post(&team, &at(verb), json!({})).await.ok();
    }
    let raise = json!({ "pin": "73914682", "duress_pin": "28641937", "locations": [
        { "at": { "lat": 37.481_357, "lon": 126.932_468 }, "source": "typed", "seen_at": 1,
          "words": "카나리아 골목" }] });
    let raised = city.post(&phone, &at("trouble"), raise).await.ok();
    let back = json!({ "pin": "28641937" });
    let sender = Phone::holding(&raised.text("/token"));
    city.post(&sender, &format!("/api/alarm/alarms/{}/retract", raised.text("/alarm/id")), back)
        .await
        .ok();
    city.post(&team, &at("home"), json!({})).await.ok();
    let note = json!({ "text": "카나리아 댁에 다시 전화 8827361" });
    city.post(&desk, "/api/desk/notes", note).await.ok();
    city.step(1).await;

    let position = format!("{}", 37.4842 + 123.0 / 111_195.0);
    let cookie = desk.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let canaries = [
        HOME,
        PHONE,
        NAME,
        "카나리아",
        &HOME_LAT.to_string(),
        "37.481357",
        "73914682",
        "28641937",
        "8827361",
        &position,
        "지은",
        "하늘",
        &cookie,
        phone.bearer.as_deref().unwrap(),
        sender.bearer.as_deref().unwrap(),
    ];
    let found = |canary: &str, bytes: &[u8]| {
        bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
    };
    let files = city.at_rest();
    assert!(files.iter().any(|(name, bytes)| name.contains("city.sqlite") && bytes.len() > 10_000));
    assert!(
        files.iter().any(|(_, bytes)| found(&walk_bits(&walk), bytes) || found("offered", bytes))
    );
    for (name, bytes) in files {
        for canary in canaries {
            assert!(!found(canary, &bytes), "{canary:?} is in {name}");
        }
    }
}

fn walk_bits(walk: &str) -> String {
    walk.to_owned()
}

#[tokio::test]
async fn hours_after_the_door_her_name_number_and_home_are_forgotten() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (_, walk) = {
        city.team_at("07", 100.0).await;
        city.ask().await
    };
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    assert_eq!(city.get(&desk, &at("for-desk")).await.ok().text("/phone"), PHONE);
    city.post(&desk, &at("cancel"), json!({ "reason": "unsaid" })).await.ok();
    let shown = city.get(&desk, &at("for-desk")).await.ok();
    assert_eq!(shown.body["phone"], json!(null), "after the end nobody has a use for it");
    assert_eq!(shown.body["home"], json!(null));
    city.clock.step(Span::hours(25));
    let desk = city.seat("desk-gwanak-1").await;
    let shown = city.get(&desk, &at("for-desk")).await.ok();
    assert_eq!(shown.body["first_name"], json!(null));
}
