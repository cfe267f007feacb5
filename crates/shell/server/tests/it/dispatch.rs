//! Who goes: one team for one walk, whoever is faster, and on to the next when one lets it lapse.

use crate::city::{City, Phone};
use axum::http::Method;
use serde_json::json;
use server::Roster;

#[tokio::test]
async fn two_dispatchers_race_for_one_team_and_one_wins_every_time() {
    for city in City::everywhere().await {
        let (one, two) = (city.seat("desk-gwanak-1").await, city.seat("desk-gwanak-2").await);
        let team = city.team_at("07", 200.0).await;
        // Two walks are promised to two teams; both desks want the nearer one.
        city.team_at("11", 400.0).await;
        for round in 0..100 {
            let (_, first) = city.ask().await;
            let (_, second) = city.ask().await;
            for walk in [&first, &second] {
                city.get(&one, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
            }
            let screen = city.get(&team, "/api/team").await.ok();
            let wanted = json!({ "team": screen.text("/team") });
            let path = |walk: &str| format!("/api/escort/requests/{walk}/offer");
            let (for_first, for_second) = (path(&first), path(&second));
            // The same team for two walks.
            let (a, b) = tokio::join!(
                city.post(&one, &for_first, wanted.clone()),
                city.post(&two, &for_second, wanted.clone())
            );
            let mut statuses = [a.status.as_u16(), b.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409], "round {round}: {} {}", a.body, b.body);
            let (lost, won) =
                if a.status == 409 { (&a, "Gwanak desk 2") } else { (&b, "Gwanak desk 1") };
            assert_eq!(lost.text("/code"), "volunteer.team-busy");
            assert_eq!(lost.text("/by"), won);
            for walk in [&first, &second] {
                let off = json!({ "reason": "twice" });
                city.post(&one, &format!("/api/escort/requests/{walk}/cancel"), off).await.ok();
            }
            city.step(60).await;
        }
    }
}

#[tokio::test]
async fn two_dispatchers_race_for_one_walk_and_the_loser_learns_who_won() {
    for city in City::everywhere().await {
        let (one, two) = (city.seat("desk-gwanak-1").await, city.seat("desk-gwanak-2").await);
        let (near, far) = (city.team_at("07", 100.0).await, city.team_at("11", 300.0).await);
        let team = async |phone: &Phone| city.get(phone, "/api/team").await.ok().text("/team");
        let (near, far) = (team(&near).await, team(&far).await);
        for round in 0..20 {
            let (_, walk) = city.ask().await;
            city.get(&one, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
            let path = format!("/api/escort/requests/{walk}/offer");
            let (a, b) = tokio::join!(
                city.post(&one, &path, json!({ "team": near })),
                city.post(&two, &path, json!({ "team": far }))
            );
            let (lost, winner) = match (a.status.as_u16(), b.status.as_u16()) {
                (200, 409) => (b, "Gwanak desk 1"),
                (409, 200) => (a, "Gwanak desk 2"),
                other => panic!("round {round}: {other:?}"),
            };
            assert_eq!(lost.text("/by"), winner);
            lost.is(409, "escort.already-offered");
            let off = json!({ "reason": "twice" });
            city.post(&one, &format!("/api/escort/requests/{walk}/cancel"), off).await.ok();
            city.step(60).await;
        }
    }
}

#[tokio::test]
async fn an_offer_that_lapses_goes_on_to_the_next_team_by_itself() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (near, far) = (city.team_at("07", 100.0).await, city.team_at("11", 300.0).await);
    let (_, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    city.step(59).await;
    assert_eq!(city.get(&near, "/api/team").await.ok().text("/walk/stage"), "offered");
    city.step(1).await;
    let first = city.get(&near, "/api/team").await.ok();
    assert_eq!((first.text("/duty").as_str(), &first.body["walk"]), ("on", &json!(null)));
    assert_eq!(city.get(&far, "/api/team").await.ok().text("/walk/stage"), "offered");
    city.post(&near, &at("accept"), json!({})).await.is(409, "escort.offer-lapsed");
    city.post(&far, &at("accept"), json!({})).await.ok();
    let history = city.get(&desk, &at("for-desk")).await.ok();
    let offered: Vec<_> = history.body["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["name"] == "offered")
        .map(|line| line["by"].as_str().unwrap())
        .collect();
    assert_eq!(offered, ["Gwanak desk 1", "relay"]);
}

#[tokio::test]
async fn a_relay_notes_its_place_when_it_did_something_and_not_for_every_event() {
    let city = City::new().await;
    let noted = async |relay: &str| city.store.follower_cursor(relay).await.unwrap();
    let desk = city.seat("desk-gwanak-1").await;
    city.team_at("07", 100.0).await;
    city.team_at("11", 300.0).await;
    let (_, walk) = city.ask().await;
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    city.step(0).await;
    let before = (noted("go-on").await, noted("ring").await);
    assert!(before.0 < city.store.number(), "asking and seeing concern no relay");
    city.post(&desk, &format!("/api/escort/requests/{walk}/offer"), json!({})).await.ok();
    city.step(0).await;
    let offered = (noted("go-on").await, noted("ring").await);
    assert_eq!(offered.0, before.0, "an offer is nothing to pass on");
    assert!(offered.1 > before.1, "but the team is rung");
    city.step(60).await;
    assert!(noted("go-on").await > offered.0, "what lapsed was passed on");
}

#[tokio::test]
async fn a_team_that_says_no_is_passed_over_and_one_that_cannot_go_on_rings_the_desk() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let (near, far) = (city.team_at("07", 100.0).await, city.team_at("11", 300.0).await);
    let (_, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    city.post(&near, &at("decline"), json!({ "reason": "resting" })).await.ok();
    city.step(0).await;
    assert_eq!(city.get(&far, "/api/team").await.ok().text("/walk/stage"), "offered");
    city.post(&far, &at("accept"), json!({})).await.ok();
    city.post(&far, &at("stand-down"), json!({ "reason": "unwell" })).await.ok();
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.text("/walks/0/stage"), "seen");
    let teams = city.get(&desk, &at("teams")).await.ok();
    let declined: Vec<_> =
        teams.body["teams"].as_array().unwrap().iter().map(|one| &one["declined"]).collect();
    assert_eq!(declined, [&json!(true), &json!(true)]);
}

#[tokio::test]
async fn a_team_off_duty_is_not_asked_and_nobody_knows_where_it_is() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.team_at("07", 100.0).await;
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert!(board.body.pointer("/teams/0/at/lat").unwrap().is_f64());
    city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
    city.move_to(&team, 50.0).await;
    let board = city.get(&desk, "/api/desk/board").await.ok();
    assert_eq!(board.body.pointer("/teams/0/at").unwrap(), &json!(null));
    assert_eq!(board.text("/teams/0/duty"), "off");
}

#[tokio::test]
async fn a_retried_offer_offers_once() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    city.team_at("07", 100.0).await;
    city.team_at("11", 300.0).await;
    let (_, walk) = city.ask().await;
    let path = format!("/api/escort/requests/{walk}/offer");
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    for _ in 0..2 {
        city.send(&desk, Method::POST, &path, Some("one-offer-key"), &json!({})).await.ok();
    }
    let shown = city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    let offers = shown.body["history"].as_array().unwrap().iter();
    assert_eq!(offers.filter(|line| line["name"] == "offered").count(), 1);
}

#[tokio::test]
async fn a_desk_may_ask_a_team_by_name_that_a_dozen_stand_nearer_than_and_its_walk_is_its_own() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = |number: u32| {
        format!(
            r#"
[[teams]]
district = "gwanak"
call_sign = "{number}"
members = [
  {{ first_name = "가", gender = "woman", record_check_days = 200, training_days = 200 }},
  {{ first_name = "나", gender = "woman", record_check_days = 200, training_days = 200 }},
]"#
        )
    };
    let more: String = (20..32).map(team).collect();
    city.app.enlist(&Roster::parse(&more).unwrap()).await.unwrap();
    for number in 20..32 {
        city.team_at(&number.to_string(), 100.0).await;
    }
    let far = city.team_at("07", 900.0).await;
    let name = city.get(&far, "/api/team").await.ok().text("/team");
    let (_, walk) = city.ask().await;
    let path = format!("/api/escort/requests/{walk}");
    city.get(&desk, &format!("{path}/for-desk")).await.ok();
    let near = city.get(&desk, &format!("{path}/teams")).await.ok();
    let near = near.body["teams"].as_array().unwrap();
    assert_eq!(near.len(), 12);
    assert!(near.iter().all(|team| team["team"] != name.as_str()));
    // It is among the others by its number, as long as its two do not want to be left alone.
    let others = async || {
        let told = city.get(&desk, &format!("{path}/teams")).await.ok().body;
        let signs = told["others"].as_array().unwrap().iter().map(|one| one["call_sign"].clone());
        signs.collect::<Vec<_>>()
    };
    let further = city.team_at("11", 950.0).await;
    assert_eq!(others().await, ["07", "11"]);
    let one = city.get(&further, "/api/team").await.ok().body["members"][0]["person"].clone();
    let mute = json!({ "person": one, "muted": true });
    city.post(&further, "/api/volunteer/mute", mute).await.ok();
    assert_eq!(others().await, ["07"], "a muted team is not offered to the desk");

    city.post(&desk, &format!("{path}/offer"), json!({ "team": name })).await.ok();
    let told = city.get(&far, "/api/team").await.ok();
    // 900 m as the crow flies, a third more on foot, at 1.2 m/s.
    assert_eq!(told.body.pointer("/walk/walk_seconds").unwrap(), &json!(975));
}
