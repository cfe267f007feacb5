//! Duty, being left alone, and the hours that come of it.

use crate::city::{City, Phone, wish};
use axum::http::Method;
use serde_json::{Value, json};
use server::Roster;

async fn offer(city: &City, desk: &Phone, walk: &str, team: Option<&str>) -> crate::city::Answer {
    city.get(desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let asked = team.map_or(json!({}), |team| json!({ "team": team }));
    city.post(desk, &format!("/api/escort/requests/{walk}/offer"), asked).await
}

/// One of a team's two, as its own screen names her.
async fn member(city: &City, team: &Phone, at: usize) -> Value {
    city.get(team, "/api/team").await.ok().body["members"][at].clone()
}

async fn week_minutes(city: &City, team: &Phone) -> Vec<u64> {
    let load = city.get(team, "/api/volunteer/load").await.ok();
    let members = load.body["members"].as_array().unwrap();
    members.iter().map(|one| one["week_minutes"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn who_wants_to_be_left_alone_receives_nothing_until_she_says_so() {
    for city in City::everywhere().await {
        let desk = city.seat("desk-gwanak-1").await;
        let (near, far) = (city.team_at("07", 100.0).await, city.team_at("11", 300.0).await);
        let ((_, walk), (_, second)) = (city.ask().await, city.ask().await);
        let one = member(&city, &near, 0).await;
        assert_eq!((&one["muted"], one["out_since"].is_i64()), (&json!(false), true));
        let muted = json!({ "person": one["person"], "muted": true });
        let screen = city.post(&near, "/api/volunteer/mute", muted).await.ok();
        assert_eq!(screen.body.pointer("/members/0/muted"), Some(&json!(true)));

        let named = city.get(&near, "/api/team").await.ok().text("/team");
        offer(&city, &desk, &walk, Some(&named)).await.is(409, "volunteer.muted");
        offer(&city, &desk, &walk, None).await.ok();
        assert_eq!(city.get(&near, "/api/team").await.ok().body["walk"], json!(null));
        assert_eq!(city.get(&far, "/api/team").await.ok().text("/walk/stage"), "offered");

        // Nobody else is free: the desk is told so at once, and she who asks now too.
        let third = city.post(&Phone::default(), "/api/escort/requests", wish()).await.ok();
        assert_eq!(third.text("/request/stage"), "refused");
        offer(&city, &desk, &second, None).await.is(409, "escort.no-team-free");
        let unmuted = json!({ "person": one["person"], "muted": false });
        city.post(&near, "/api/volunteer/mute", unmuted).await.ok();
        offer(&city, &desk, &second, None).await.ok();
        assert_eq!(city.get(&near, "/api/team").await.ok().text("/walk/stage"), "offered");
    }
}

#[tokio::test]
async fn a_mute_with_an_end_ends_by_itself_and_outlives_the_turn_of_duty() {
    let city = City::new().await;
    let team = city.team_at("07", 100.0).await;
    let one = member(&city, &team, 1).await;
    let until = city.get(&team, "/api/team").await.ok().body["now"].as_i64().unwrap() + 3_600_000;
    let asked = json!({ "person": one["person"], "muted": true, "until": until });
    city.post(&team, "/api/volunteer/mute", asked).await.ok();
    for on in [false, true] {
        city.post(&team, "/api/volunteer/duty", json!({ "on": on })).await.ok();
    }
    assert_eq!(member(&city, &team, 1).await["muted_until"], json!(until));
    city.step(3_600).await;
    assert_eq!(member(&city, &team, 1).await["muted"], json!(false));
    // A stranger's switch is nobody's.
    let other = member(&city, &city.seat("team-11").await, 0).await;
    let asked = json!({ "person": other["person"], "muted": true });
    city.post(&team, "/api/volunteer/mute", asked).await.is(404, "request.no-such-thing");
}

#[tokio::test]
async fn a_record_check_that_runs_out_on_duty_is_refused_at_the_next_walk_by_its_rule() {
    let city = City::new().await;
    let roster = r#"
[[teams]]
district = "gwanak"
call_sign = "31"
members = [
  { first_name = "세나", gender = "woman", record_check_days = 1, training_days = 200 },
  { first_name = "네오", gender = "man", record_check_days = 200, training_days = 200 },
]
"#;
    city.app.enlist(&Roster::parse(roster).unwrap()).await.unwrap();
    city.step(23 * 3_600).await;
    let team = city.team_at("31", 100.0).await;
    city.step(3_660).await;
    city.move_to(&team, 100.0).await;
    let (desk, (_, walk)) = (city.seat("desk-gwanak-1").await, city.ask().await);
    let named = city.get(&team, "/api/team").await.ok().text("/team");
    offer(&city, &desk, &walk, Some(&named)).await.is(422, "volunteer.lack-record-check-expired");
    assert_eq!(city.get(&team, "/api/team").await.ok().body["walk"], json!(null));
    city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
    city.post(&team, "/api/volunteer/duty", json!({ "on": true }))
        .await
        .is(422, "volunteer.lack-record-check-expired");
}

#[tokio::test]
async fn hours_are_credited_once_however_often_the_end_of_duty_is_told() {
    for city in City::everywhere().await {
        let team = city.team_at("07", 100.0).await;
        let forgetful = city.team_at("11", 300.0).await;
        city.step(3_600).await;
        assert_eq!(week_minutes(&city, &team).await, [60, 60], "the turn under way counts");
        for _ in 0..2 {
            city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
            city.step(0).await;
        }
        assert_eq!(week_minutes(&city, &team).await, [60, 60]);
        // Nobody pressed: the clock ends the shift after three hours, and both are off duty.
        city.step(2 * 3_600).await;
        assert_eq!(city.get(&forgetful, "/api/team").await.ok().text("/duty"), "off");
        assert_eq!(member(&city, &forgetful, 0).await["out_since"], json!(null));
        city.step(3_600).await;
        city.post(&forgetful, "/api/volunteer/duty", json!({ "on": false })).await.ok();
        city.step(0).await;
        assert_eq!(week_minutes(&city, &forgetful).await, [180, 180]);
        assert_eq!(week_minutes(&city, &team).await, [60, 60]);
    }
}

#[tokio::test]
async fn load_is_shown_beside_the_median_only_among_enough_people() {
    let city = City::new().await;
    let (desk, team) = (city.seat("desk-gwanak-1").await, city.team_at("07", 100.0).await);
    city.team_at("11", 300.0).await;
    let (_, walk) = city.ask().await;
    offer(&city, &desk, &walk, None).await.ok();
    city.step(1_800).await;
    let load = city.get(&team, "/api/volunteer/load").await.ok();
    let offers = &load.body["members"][0]["offers_per_10_hours"];
    assert_eq!((&offers["own"], &offers["median"]), (&json!(20), &json!(null)), "four were out");
    let roster = r#"
[[teams]]
district = "gwanak"
call_sign = "12"
members = [
  { first_name = "다나", gender = "woman", record_check_days = 90, training_days = 90 },
  { first_name = "마루", gender = "man", record_check_days = 90, training_days = 90, engagement = "paid" },
]
"#;
    city.app.enlist(&Roster::parse(roster).unwrap()).await.unwrap();
    let third = city.team_at("12", 200.0).await;
    city.step(600).await;
    let load = city.get(&third, "/api/volunteer/load").await.ok();
    let offers = &load.body["members"][0]["offers_per_10_hours"];
    assert!(offers["median"].is_u64(), "six were out: {offers}");
    let left: Vec<_> = load.body["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["week_left_minutes"])
        .collect();
    assert_eq!(left, [&json!(null), &json!(14 * 60 - 10)], "only the paid one's week has an end");
}

#[tokio::test]
async fn positions_that_come_at_once_are_each_let_in_for_what_they_are() {
    for city in City::everywhere().await {
        let desk = city.seat("desk-gwanak-1").await;
        let (one, two) = (city.team_at("07", 100.0).await, city.team_at("11", 300.0).await);
        // The same seat on another phone, which is signed out.
        let gone = city.seat("team-11").await;
        city.send(&gone, Method::DELETE, "/api/session", None, &json!({})).await.ok();
        let nobody = Phone::default();
        let told = [(&one, 204), (&gone, 401), (&two, 204), (&desk, 403), (&nobody, 401)];
        let here = json!({ "at": { "lat": 37.4842, "lon": 126.9297 }, "accuracy_m": 8 });
        let all = told.iter().cycle().take(100).map(async |(phone, status)| {
            let answer = city.post(phone, "/api/volunteer/position", here.clone()).await;
            assert_eq!(answer.status.as_u16(), *status, "{}", answer.body);
        });
        futures::future::join_all(all).await;
        let board = city.get(&desk, "/api/desk/board").await.ok().body;
        let teams = board["teams"].as_array().unwrap();
        let at = |call_sign: &str| {
            let team = teams.iter().find(|team| team["call_sign"] == call_sign);
            team.map(|team| team["at"]["lat"].clone())
        };
        assert_eq!([at("07"), at("11")], [Some(json!(37.4842)), Some(json!(37.4842))]);
    }
}
