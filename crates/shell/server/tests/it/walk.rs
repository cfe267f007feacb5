//! A walk from the asking to the door, by web, by phone and on the street.

use crate::city::{City, HOME, NAME, Phone, place};
use serde_json::json;

/// Makes a step and checks where the walk stands then.
async fn step(city: &City, team: &Phone, walk: &str, verb: &str, stage: &str) {
    let screen = city.post(team, &format!("/api/escort/requests/{walk}/{verb}"), json!({})).await;
    assert_eq!(screen.ok().text("/walk/stage"), stage, "{verb}");
}

async fn her(city: &City, phone: &Phone, walk: &str) -> crate::city::Answer {
    city.get(phone, &format!("/api/escort/requests/{walk}")).await.ok()
}

#[tokio::test]
async fn from_a_web_ask_to_the_door() {
    for city in City::everywhere().await {
        let desk = city.seat("desk-gwanak-1").await;
        let team = city.team_at("07", 200.0).await;
        let (phone, walk) = city.ask().await;
        let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
        city.step(5).await;

        let seen = city.get(&desk, &at("for-desk")).await.ok();
        assert_eq!(seen.text("/request/stage"), "seen", "opening it is what makes it seen");
        assert_eq!(her(&city, &phone, &walk).await.text("/stage"), "seen");
        let teams = city.get(&desk, &at("teams")).await.ok();
        assert_eq!(teams.text("/teams/0/call_sign"), "07");
        city.post(&desk, &at("offer"), json!({})).await.ok();

        let offered = city.get(&team, "/api/team").await.ok();
        assert_eq!(offered.text("/walk/stage"), "offered");
        assert_eq!(offered.body.pointer("/walk/first_name").unwrap(), &json!(null));
        assert_eq!(offered.text("/duty"), "engaged");
        step(&city, &team, &walk, "accept", "accepted").await;
        let hers = her(&city, &phone, &walk).await;
        assert_eq!(hers.text("/team/call_sign"), "07");
        let secret = hers.text("/proof_secret");
        assert_eq!(secret.len(), 43, "both phones hold the same 32 bytes");
        let theirs = city.get(&team, "/api/team").await.ok();
        assert_eq!(theirs.text("/walk/proof_secret"), secret);
        assert_eq!(theirs.text("/walk/first_name"), NAME);

        step(&city, &team, &walk, "set-off", "on_the_way").await;
        let eta = her(&city, &phone, &walk).await;
        assert_eq!(eta.body.pointer("/team_eta/seconds").unwrap(), 217);
        step(&city, &team, &walk, "arrive", "arrived").await;
        step(&city, &team, &walk, "meet", "met").await;
        step(&city, &team, &walk, "walk", "walking").await;
        city.step(600).await;
        let home = city.post(&team, &at("home"), json!({})).await.ok();
        assert_eq!(home.body["walk"], json!(null), "with the door the team forgets");
        assert_eq!(home.body["walks_tonight"], 1);
        let done = her(&city, &phone, &walk).await;
        assert_eq!(done.text("/stage"), "home");
        let rungs = done.body["ladder"].as_array().unwrap();
        assert_eq!(rungs.len(), 9);
        assert!(rungs.iter().all(|rung| rung["at"].is_i64()), "{rungs:?}");
        let board = city.get(&desk, "/api/desk/board").await.ok();
        assert_eq!(board.body.pointer("/tonight/home").unwrap(), 1);
    }
}

#[tokio::test]
async fn from_a_call_to_the_door() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-2").await;
    let team = city.team_at("11", 100.0).await;
    let call = json!({ "meeting_place": place(1), "people": 2 });
    let called = city.post(&desk, "/api/escort/calls", call).await.ok();
    let walk = called.text("/request/id");
    city.post(&desk, &format!("/api/escort/requests/{walk}/offer"), json!({})).await.ok();
    for (verb, stage) in [
        ("accept", "accepted"),
        ("set-off", "on_the_way"),
        ("arrive", "arrived"),
        ("meet", "met"),
        ("walk", "walking"),
    ] {
        step(&city, &team, &walk, verb, stage).await;
    }
    city.post(&team, &format!("/api/escort/requests/{walk}/home"), json!({})).await.ok();
    let shown = city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    assert_eq!(shown.text("/request/stage"), "home");
    let by: Vec<_> = shown.body["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["name"].as_str().unwrap(), line["by"].as_str().unwrap()))
        .collect();
    assert_eq!(
        by[..3],
        [("asked", "Gwanak desk 2"), ("seen", "Gwanak desk 2"), ("offered", "Gwanak desk 2")]
    );
    assert_eq!(by[3..5], [("accepted", "team 11"), ("set_off", "team 11")]);
}

#[tokio::test]
async fn somebody_speaks_to_a_team_on_the_street() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 20.0).await;
    let met = city.post(&team, "/api/escort/walk-ups", json!({})).await.ok();
    assert_eq!(met.text("/walk/stage"), "met");
    assert_eq!(met.text("/walk/meeting_place/name/ko"), "신림역", "the place nearest by");
    let walk = met.text("/walk/id");
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.text("/walks/0/channel"), "walk_up");
    step(&city, &team, &walk, "walk", "walking").await;
    city.post(&team, &format!("/api/escort/requests/{walk}/home"), json!({})).await.ok();
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.body.pointer("/tonight/walk_up").unwrap(), 1);
    assert_eq!(board.body.pointer("/tonight/home").unwrap(), 1);
}

#[tokio::test]
async fn the_team_never_sees_the_home_before_they_have_met() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 200.0).await;
    let (_, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    let told = |answer: &crate::city::Answer| String::from_utf8_lossy(&answer.bytes).contains(HOME);
    assert!(!told(&city.get(&team, "/api/team").await.ok()));
    for verb in ["accept", "set-off", "arrive"] {
        let screen = city.post(&team, &at(verb), json!({})).await.ok();
        assert!(!told(&screen), "told at {verb}");
        // Nothing a team can ask tells it earlier.
        for path in [at("for-desk"), format!("/api/escort/requests/{walk}"), at("teams")] {
            assert!(!told(&city.get(&team, &path).await), "{path}");
        }
    }
    let met = city.post(&team, &at("meet"), json!({})).await.ok();
    assert_eq!(met.text("/walk/home/words"), HOME);
    assert!(told(&city.post(&team, &at("walk"), json!({})).await.ok()));
    assert!(!told(&city.post(&team, &at("home"), json!({})).await.ok()));
    assert!(!told(&city.get(&team, "/api/team").await.ok()), "and not afterwards");
}

#[tokio::test]
async fn she_calls_it_off_and_the_team_is_free() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 200.0).await;
    let (phone, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    city.post(&team, &at("accept"), json!({})).await.ok();
    let off = city.post(&phone, &at("cancel"), json!({ "reason": "other_way" })).await.ok();
    assert_eq!(off.text("/stage"), "cancelled");
    let screen = city.get(&team, "/api/team").await.ok();
    assert_eq!((screen.text("/duty").as_str(), &screen.body["walk"]), ("on", &json!(null)));
    city.post(&team, &at("set-off"), json!({})).await.is(404, "request.no-such-thing");
}

#[tokio::test]
async fn a_walk_given_to_the_next_desk_is_theirs_and_still_known_here() {
    let city = City::new().await;
    let (ours, theirs) = (city.seat("desk-gwanak-1").await, city.seat("desk-dongjak-1").await);
    city.team_at("07", 200.0).await;
    let (phone, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&theirs, &at("for-desk")).await.is(404, "request.no-such-thing");
    city.get(&ours, &at("for-desk")).await.ok();
    city.post(&ours, &at("hand-over"), json!({ "district": "dongjak" })).await.ok();
    let hers = her(&city, &phone, &walk).await;
    assert_eq!(
        (hers.text("/stage"), hers.text("/desk/ko")),
        ("handed_over".into(), "동작구".into())
    );
    let board = city.get(&theirs, "/api/desk/board").await.ok();
    assert_eq!(board.text("/walks/0/id"), walk);
    assert_eq!(city.get(&theirs, &at("for-desk")).await.ok().text("/request/stage"), "seen");
    city.get(&ours, &at("for-desk")).await.ok();
    city.post(&ours, &at("hand-over"), json!({ "district": "mapo" }))
        .await
        .is(400, "request.not-understood");
}
