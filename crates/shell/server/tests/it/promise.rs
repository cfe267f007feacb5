//! The honest promise: the time she is shown comes from the plan, is written down, and is kept or
//! counted as broken; who cannot be met is told so at once, with what would help.

use crate::city::{Answer, City, HOME, HOME_LAT, Phone, place, tuesday_night, wish};
use axum::http::Method;
use kernel::Span;
use serde_json::{Value, json};

fn wanted() -> Value {
    json!({
        "meeting_place": place(1),
        "home": { "lat": HOME_LAT, "lon": 126.931_456 },
        "people": 1,
    })
}

async fn quote(city: &City, body: Value) -> Answer {
    city.post(&Phone::default(), "/api/escort/quotes", body).await.ok()
}

fn codes(list: &Value, of: &str) -> Vec<String> {
    let all = list.as_array().unwrap().iter();
    all.map(|one| one[of].as_str().unwrap().to_owned()).collect()
}

/// A team takes a walk and brings her to the meeting.
async fn meet(city: &City, team: &Phone, walk: &str) {
    for verb in ["accept", "set-off", "arrive", "meet"] {
        city.post(team, &format!("/api/escort/requests/{walk}/{verb}"), json!({})).await.ok();
    }
}

#[tokio::test]
async fn what_she_is_shown_before_she_asks_is_what_is_written_down() {
    for city in City::everywhere().await {
        city.team_at("07", 200.0).await;
        let shown = quote(&city, wanted()).await;
        let asked = city.post(&Phone::default(), "/api/escort/requests", wish()).await.ok();
        assert_eq!(asked.body["request"]["meet_by"], shown.body["meet_by"]);
        assert_eq!(asked.body["request"]["expected_at"], shown.body["expected_at"]);
        let journal = city.journal_after(0).await;
        let kept = journal.iter().rev().find(|one| one.name == "asked").unwrap();
        let kept: Value = serde_json::from_str(&kept.body).unwrap();
        assert_eq!(kept["asked"]["promise"]["meet_by"], shown.body["meet_by"], "{kept}");
        let desk = city.seat("desk-gwanak-1").await;
        let board = city.get(&desk, "/api/desk/board").await.ok();
        assert_eq!(
            board.body["walks"][0]["meet_by"], shown.body["meet_by"],
            "the desk sees it too"
        );
    }
}

#[tokio::test]
async fn one_team_is_not_promised_twice_and_the_second_is_told_what_would_help() {
    let city = City::new().await;
    let (supervisor, desk) = (city.seat("supervisor-1").await, city.seat("desk-gwanak-1").await);
    city.team_at("07", 200.0).await;
    city.ask().await;
    let key = city.key();
    let ask_again = async || {
        let phone = Phone::default();
        city.send(&phone, Method::POST, "/api/escort/quotes", Some(&key), &wanted()).await.ok()
    };
    let second = ask_again().await;
    assert_eq!(second.text("/refused_code"), "escort.turned-away-no-team-free");
    assert_eq!(second.text("/shortage_code"), "assign.teams-taken");
    assert_eq!(codes(&second.body["helps"], "code"), ["assign.later"]);
    let serves = codes(&second.body["serves_now"], "kind");
    for kind in ["watched_walk", "night_bus", "taxi", "police", "desk_phone", "emergency"] {
        assert!(serves.iter().any(|known| known == kind), "{kind} in {serves:?}");
    }
    // Looking twice is one wish nobody could meet.
    ask_again().await;
    let board = city.get(&supervisor, "/api/desk/city").await.ok();
    assert_eq!(
        board.body["districts"][0]["unmet"],
        json!([{
            "around": { "ko": "신림역", "en": board.body["districts"][0]["unmet"][0]["around"]["en"] },
            "hour": 22,
            "shortage_code": "assign.teams-taken",
            "helps": ["assign.later"],
            "walks": 1,
        }])
    );
    assert_eq!(city.get(&desk, "/api/desk/board").await.ok().body["tonight"]["refused"], 1);
    // What would help does help.
    let mut later = wish();
    later["wanted_at"] = second.body["helps"][0]["wanted_at"].clone();
    let asked = city.post(&Phone::default(), "/api/escort/requests", later).await.ok();
    assert_eq!(asked.text("/request/stage"), "sent");
    assert!(asked.body["request"]["meet_by"].is_i64());
}

#[tokio::test]
async fn of_whoever_only_looked_nothing_is_kept_but_that_nobody_could_come() {
    let city = City::new().await;
    let before = city.journal_after(0).await.len() as u64;
    let shown = quote(&city, wanted()).await;
    assert_eq!(shown.text("/shortage_code"), "assign.no-team-on-duty");
    let told = city.journal_after(before).await;
    assert_eq!(told.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["turned_away"]);
    assert!(!told[0].body.contains("37.478"));
    for (file, bytes) in city.at_rest() {
        assert!(!String::from_utf8_lossy(&bytes).contains(HOME), "{file}");
    }
}

#[tokio::test]
async fn a_promise_that_nobody_keeps_is_counted_as_broken_and_one_kept_as_kept() {
    let city = City::new().await;
    let (supervisor, desk) = (city.seat("supervisor-1").await, city.seat("desk-gwanak-1").await);
    let team = city.team_at("07", 200.0).await;
    let promises = async || {
        city.get(&supervisor, "/api/desk/city").await.ok().body["districts"][0]["promises"].clone()
    };
    for (late_seconds, counted) in
        [(0, json!({ "kept": 1, "broken": 0 })), (600, json!({ "kept": 1, "broken": 1 }))]
    {
        let (_, walk) = city.ask().await;
        let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
        city.get(&desk, &at("for-desk")).await.ok();
        city.post(&desk, &at("offer"), json!({})).await.ok();
        for verb in ["accept", "set-off", "arrive"] {
            city.post(&team, &at(verb), json!({})).await.ok();
        }
        city.step(late_seconds).await;
        city.post(&team, &at("meet"), json!({})).await.ok();
        assert_eq!(promises().await, counted);
        city.post(&team, &at("walk"), json!({})).await.ok();
        city.post(&team, &at("home"), json!({})).await.ok();
        city.step(180).await;
        city.move_to(&team, 200.0).await;
    }
}

#[tokio::test]
async fn a_walk_the_desk_has_seen_and_leaves_is_offered_by_the_plan() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (near, far) = (city.team_at("07", 100.0).await, city.team_at("11", 600.0).await);
    let (_, walk) = city.ask().await;
    city.step(30).await;
    assert_eq!(city.get(&near, "/api/team").await.ok().body["walk"], json!(null), "unseen");
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    city.step(19).await;
    assert_eq!(
        city.get(&near, "/api/team").await.ok().body["walk"],
        json!(null),
        "the desk's turn"
    );
    city.step(1).await;
    assert_eq!(city.get(&near, "/api/team").await.ok().text("/walk/id"), walk);
    assert_eq!(city.get(&far, "/api/team").await.ok().body["walk"], json!(null));
    let shown = city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let offered = shown.body["history"].as_array().unwrap().iter();
    let by: Vec<_> = offered.filter(|one| one["name"] == "offered").map(|one| &one["by"]).collect();
    assert_eq!(by, [&json!("relay")]);
}

#[tokio::test]
async fn a_team_that_frees_up_is_sent_to_whom_the_plan_has_for_it() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 200.0).await;
    let (_, first) = city.ask().await;
    let mut later = wish();
    later["wanted_at"] = json!((tuesday_night() + Span::minutes(40)).millis());
    let asked = city.post(&Phone::default(), "/api/escort/requests", later).await.ok();
    let second = asked.text("/request/id");
    for walk in [&first, &second] {
        city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    }
    city.post(&desk, &format!("/api/escort/requests/{first}/offer"), json!({})).await.ok();
    meet(&city, &team, &first).await;
    city.post(&team, &format!("/api/escort/requests/{first}/walk"), json!({})).await.ok();
    city.step(900).await;
    city.post(&team, &format!("/api/escort/requests/{first}/home"), json!({})).await.ok();
    city.move_to(&team, 200.0).await;
    city.step(300).await;
    let early = city.get(&team, "/api/team").await.ok();
    assert_eq!(early.body["walk"], json!(null), "not twenty minutes before it is wanted");
    city.step(15 * 60 + 20).await;
    assert_eq!(city.get(&team, "/api/team").await.ok().text("/walk/id"), second);
}

#[tokio::test]
async fn when_the_planned_team_goes_off_duty_the_plan_sends_another() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (near, far) = (city.team_at("07", 100.0).await, city.team_at("11", 600.0).await);
    let (_, walk) = city.ask().await;
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    city.post(&near, "/api/volunteer/duty", json!({ "on": false })).await.ok();
    city.step(20).await;
    assert_eq!(city.get(&near, "/api/team").await.ok().body["walk"], json!(null));
    assert_eq!(city.get(&far, "/api/team").await.ok().text("/walk/id"), walk);
}

#[tokio::test]
async fn after_a_crash_the_plan_is_drawn_again_and_what_was_promised_stays_taken() {
    let city = City::new().await;
    city.team_at("07", 200.0).await;
    city.ask().await;
    let before = quote(&city, wanted()).await;
    assert_eq!(before.text("/shortage_code"), "assign.teams-taken");
    let city = city.restart().await;
    let team = city.seat("team-07").await;
    city.move_to(&team, 200.0).await;
    let after = quote(&city, wanted()).await;
    assert_eq!(after.body["shortage_code"], before.body["shortage_code"]);
    assert_eq!(after.body["helps"], before.body["helps"]);
}

#[tokio::test]
async fn the_nearest_team_may_come_from_next_door() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let theirs = city.team_at("51", 100.0).await;
    city.team_at("07", 900.0).await;
    let (_, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    let teams = city.get(&desk, &at("teams")).await.ok();
    assert_eq!(teams.text("/teams/0/call_sign"), "51");
    assert_eq!(teams.body["teams"][0]["planned"], json!(true));
    city.post(&desk, &at("offer"), json!({})).await.ok();
    assert_eq!(city.get(&theirs, "/api/team").await.ok().text("/walk/stage"), "offered");
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.text("/walks/0/team"), "51", "the walk stays with the desk that has it");
}

#[tokio::test]
async fn a_walk_given_to_next_door_is_fenced_and_the_old_desk_is_told_that_it_moved() {
    for city in City::everywhere().await {
        let (ours, theirs) = (city.seat("desk-gwanak-1").await, city.seat("desk-dongjak-1").await);
        city.team_at("07", 200.0).await;
        let (_, walk) = city.ask().await;
        let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
        let opened = city.get(&ours, &at("for-desk")).await.ok();
        assert_eq!(opened.body["epoch"], 0);
        let given = json!({ "district": "dongjak", "epoch": 0 });
        city.post(&ours, &at("hand-over"), given.clone()).await.ok();
        // The old desk has it no more, from the moment it was given.
        for (verb, body) in [
            ("offer", json!({})),
            ("see", json!({})),
            ("hand-over", given),
            ("cancel", json!({ "reason": "unsaid" })),
        ] {
            let turned = city.post(&ours, &at(verb), body).await;
            assert_eq!(turned.text("/by"), "동작구 · Dongjak", "{verb}");
            turned.is(409, "escort.moved");
        }
        // An acceptance of another giving than this one.
        city.post(&theirs, &at("take-over"), json!({ "epoch": 0 })).await.is(409, "escort.moved");
        let taken = city.post(&theirs, &at("take-over"), json!({ "epoch": 1 })).await.ok();
        assert_eq!(
            (taken.text("/request/stage").as_str(), &taken.body["epoch"]),
            ("seen", &json!(1))
        );
        city.post(&ours, &at("take-over"), json!({ "epoch": 1 })).await.is(409, "escort.moved");
        city.post(&theirs, &at("offer"), json!({ "epoch": 1 })).await.ok();
    }
}

/// Asks for a walk from Sillim, home told, with or without company.
async fn ask(city: &City, shares: bool) -> Answer {
    let mut asked = wish();
    asked["shares"] = json!(shares);
    city.post(&Phone::default(), "/api/escort/requests", asked).await.ok()
}

#[tokio::test]
async fn two_share_a_walk_when_both_asked_for_it_and_each_is_brought_to_her_door() {
    let city = City::with_rules("sharing = true").await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 200.0).await;
    let first = ask(&city, true).await.text("/request/id");
    let at = |walk: &str, verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at(&first, "for-desk")).await.ok();
    city.post(&desk, &at(&first, "offer"), json!({})).await.ok();
    city.post(&team, &at(&first, "accept"), json!({})).await.ok();
    city.step(10).await;

    // One who did not ask for company is told that it would help; nothing is shared.
    let alone = quote(&city, wanted()).await;
    assert_eq!(alone.text("/shortage_code"), "assign.teams-taken");
    assert!(codes(&alone.body["helps"], "code").contains(&"assign.company".to_owned()));
    // One who did is promised.
    let second = ask(&city, true).await;
    assert_eq!(second.text("/request/stage"), "sent", "{}", second.body);
    let second = second.text("/request/id");
    city.get(&desk, &at(&second, "for-desk")).await.ok();
    city.step(20).await;
    let screen = city.get(&team, "/api/team").await.ok();
    assert_eq!(screen.text("/walk/id"), first);
    assert_eq!(screen.text("/company/id"), second);
    assert_eq!(screen.text("/company/stage"), "offered");
    city.post(&team, &at(&second, "accept"), json!({})).await.ok();
    for walk in [&first, &second] {
        for verb in ["set-off", "arrive", "meet", "walk"] {
            city.post(&team, &at(walk, verb), json!({})).await.ok();
        }
    }
    city.step(600).await;
    let one_home = city.post(&team, &at(&first, "home"), json!({})).await.ok();
    assert_eq!(one_home.text("/walk/id"), second, "nobody is left to walk alone");
    assert_eq!(one_home.text("/duty"), "engaged");
    let both_home = city.post(&team, &at(&second, "home"), json!({})).await.ok();
    assert_eq!(
        (&both_home.body["walk"], &both_home.body["walks_tonight"]),
        (&json!(null), &json!(2))
    );
}

#[tokio::test]
async fn nobody_shares_a_walk_who_did_not_ask_for_it() {
    let city = City::with_rules("sharing = true").await;
    let desk = city.seat("desk-gwanak-1").await;
    let (team, other) = (city.team_at("07", 200.0).await, city.team_at("11", 400.0).await);
    let (first, second) = (ask(&city, true).await, ask(&city, false).await);
    let (first, second) = (first.text("/request/id"), second.text("/request/id"));
    let at = |walk: &str, verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    for walk in [&first, &second] {
        city.get(&desk, &at(walk, "for-desk")).await.ok();
    }
    city.post(&desk, &at(&first, "offer"), json!({})).await.ok();
    let screen = city.get(&team, "/api/team").await.ok();
    let wanted = json!({ "team": screen.text("/team") });
    city.post(&desk, &at(&second, "offer"), wanted).await.is(409, "volunteer.team-busy");
    city.step(20).await;
    assert_eq!(city.get(&team, "/api/team").await.ok().body["company"], json!(null));
    assert_eq!(city.get(&other, "/api/team").await.ok().text("/walk/id"), second);
}

#[tokio::test]
async fn where_only_the_own_districts_teams_come_the_next_one_is_offered_as_help() {
    let city = City::with_rules("teams_from = \"own-district\"").await;
    city.team_at("51", 100.0).await;
    let alone = quote(&city, wanted()).await;
    assert_eq!(alone.text("/shortage_code"), "assign.no-team-on-duty");
    assert_eq!(codes(&alone.body["helps"], "code"), ["assign.next-district"]);
    let mut anywhere = wanted();
    anywhere["from_anywhere"] = json!(true);
    assert!(quote(&city, anywhere).await.body["meet_by"].is_i64());
}
