//! Who looks after the helpers: the way home watched, an alarm and the talk owed after it, notes to
//! keep away.

use super::{manager, serves};
use crate::city::{City, Phone, place};
use serde_json::json;

#[tokio::test]
async fn a_way_home_that_stays_silent_rings_at_the_desk_until_a_person_closes_it() {
    for city in City::everywhere().await {
        let manager = manager(&city).await;
        let desk = city.seat("desk-gwanak-1").await;
        let helper = serves(&city, &manager, "지수", "woman", "volunteer").await;
        helper.does(&city, "way-home", json!({ "minutes": 20 })).await.ok();
        helper
            .does(&city, "way-home", json!({ "minutes": 20 }))
            .await
            .is(409, "volunteer.watch-started");
        city.step(20 * 60).await;
        assert_eq!(helper.page(&city).await["watch"]["stage"], "asked");
        let watches = async |desk: &Phone| {
            city.get(desk, "/api/desk/board").await.ok().body["watches"].clone()
        };
        assert_eq!(watches(&desk).await, json!([]));
        city.step(120).await;
        let rings = watches(&desk).await;
        assert_eq!((&rings[0]["who"], &rings[0]["stage"]), (&json!("지수"), &json!("overdue")));
        assert_eq!(rings[0]["phone"], "010-5550-1212");
        assert_eq!(watches(&city.seat("desk-dongjak-1").await).await, json!([]));
        // She may be made to say that all is well: only a person ends what has rung.
        helper.does(&city, "home", json!({})).await.ok();
        assert_eq!(watches(&desk).await[0]["stage"], "overdue");
        let at = |verb: &str| {
            format!("/api/volunteer/watches/{}/{verb}", rings[0]["id"].as_str().unwrap())
        };
        let reached = json!({ "outcome": "reached" });
        city.post(&desk, &at("close"), reached.clone()).await.is(409, "volunteer.watch-not-seen");
        city.post(&desk, &at("acknowledge"), json!({})).await.ok();
        city.post(&desk, &at("close"), reached).await.ok();
        assert_eq!(watches(&desk).await, json!([]));
        assert_eq!(helper.page(&city).await["watch"], json!(null));
    }
}

#[tokio::test]
async fn who_says_in_time_that_she_is_home_rings_nowhere() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let helper = serves(&city, &manager, "지수", "woman", "volunteer").await;
    helper.does(&city, "way-home", json!({ "minutes": 20 })).await.ok();
    city.step(15 * 60).await;
    helper.does(&city, "well", json!({})).await.ok();
    city.step(15 * 60).await;
    assert_eq!(helper.page(&city).await["watch"]["stage"], "running");
    helper.does(&city, "home", json!({})).await.ok();
    city.step(3_600).await;
    let desk = city.seat("desk-gwanak-1").await;
    assert_eq!(city.get(&desk, "/api/desk/board").await.ok().body["watches"], json!([]));
}

#[tokio::test]
async fn after_a_teams_alarm_a_talk_is_owed_to_each_of_the_two_and_its_watch_is_over() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let (desk, team) = (city.seat("desk-gwanak-1").await, city.team_at("07", 100.0).await);
    let screen = city.post(&team, "/api/volunteer/watch", json!({ "minutes": 30 })).await.ok();
    assert_eq!(screen.text("/watch/stage"), "running");
    let raised = city.post(&team, "/api/alarm/alarms", json!({})).await.ok();
    city.step(0).await;
    assert_eq!(city.get(&team, "/api/team").await.ok().body["watch"], json!(null));
    let alarm = raised.text("/alarm/id");
    city.post(&desk, &format!("/api/alarm/alarms/{alarm}/acknowledge"), json!({})).await.ok();
    let close = json!({ "outcome": "helped" });
    city.post(&desk, &format!("/api/alarm/alarms/{alarm}/close"), close).await.ok();
    city.step(0).await;
    let owed = async || city.get(&manager, "/api/crew").await.ok().body["debriefs"].clone();
    let talks = owed().await;
    let names: Vec<_> =
        talks.as_array().unwrap().iter().map(|one| one["first_name"].clone()).collect();
    assert!(names.len() == 2 && names.contains(&json!("지은")) && names.contains(&json!("민호")));
    let talk = talks[0]["id"].as_str().unwrap();
    let path = format!("/api/volunteer/debriefs/{talk}");
    let at = city.get(&manager, "/api/crew").await.ok().body["now"].as_i64().unwrap() + 3_600_000;
    city.post(&manager, &path, json!({ "step": "arrange", "at": at })).await.ok();
    city.post(&manager, &path, json!({ "step": "hold" })).await.ok();
    assert_eq!(owed().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_note_to_keep_away_is_shown_with_an_offer_near_it_and_ends_by_itself() {
    let city = City::new().await;
    let (desk, team) = (city.seat("desk-gwanak-1").await, city.team_at("07", 100.0).await);
    let other = city.team_at("11", 300.0).await;
    let note = |key| json!({ "place": place(key), "reason": "crowd", "days": 1 });
    // One at Sillim station, one 900 m north of it.
    city.post(&other, "/api/volunteer/no-go", note(1)).await.ok();
    city.post(&other, "/api/volunteer/no-go", note(2)).await.ok();
    assert_eq!(city.get(&team, "/api/team").await.ok().body["no_go"].as_array().unwrap().len(), 2);
    let (_, walk) = city.ask().await;
    city.get(&desk, &format!("/api/escort/requests/{walk}/for-desk")).await.ok();
    city.post(&desk, &format!("/api/escort/requests/{walk}/offer"), json!({})).await.ok();
    let offered = city.get(&team, "/api/team").await.ok();
    assert_eq!(offered.text("/walk/stage"), "offered");
    let notes = offered.body["no_go"].as_array().unwrap().clone();
    assert_eq!((notes.len(), &notes[0]["reason"]), (1, &json!("crowd")));
    city.step(25 * 3_600).await;
    assert_eq!(city.get(&team, "/api/team").await.ok().body["no_go"], json!([]));
}
