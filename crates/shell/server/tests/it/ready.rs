//! The plan that is kept ready for whoever asks next: it answers although teams have walked on, and
//! never in place of what is true now where that would help or harm her.

use crate::city::{Answer, City, HOME_LAT, Phone, place};
use serde_json::json;

async fn quote(city: &City) -> Answer {
    let wanted = json!({
        "meeting_place": place(1),
        "home": { "lat": HOME_LAT, "lon": 126.931_456 },
        "people": 1,
    });
    city.post(&Phone::default(), "/api/escort/quotes", wanted).await.ok()
}

async fn expected_at(city: &City) -> i64 {
    quote(city).await.body["expected_at"].as_i64().unwrap()
}

#[tokio::test]
async fn a_team_that_walks_on_changes_no_answer_until_the_plan_is_too_old() {
    let city = City::new().await;
    let team = city.team_at("07", 200.0).await;
    let near = expected_at(&city).await;
    city.app.keep_plan_ready().await.unwrap();
    city.move_to(&team, 900.0).await;
    assert_eq!(expected_at(&city).await, near, "a plan was ready");
    city.step(6).await;
    let far = expected_at(&city).await;
    assert!(far > near + 300_000, "700 m more are minutes: {near} {far}");
}

#[tokio::test]
async fn without_one_kept_ready_every_step_of_a_team_counts() {
    let city = City::new().await;
    let team = city.team_at("07", 200.0).await;
    let near = expected_at(&city).await;
    city.move_to(&team, 900.0).await;
    assert!(expected_at(&city).await > near + 300_000);
}

#[tokio::test]
async fn nobody_is_turned_away_by_a_plan_that_was_kept_ready() {
    let city = City::new().await;
    let team = city.team_at("07", 9_000.0).await;
    assert!(!quote(&city).await.body["refused_code"].is_null(), "9 km away is out of reach");
    city.app.keep_plan_ready().await.unwrap();
    city.move_to(&team, 200.0).await;
    assert!(expected_at(&city).await > 0, "a team came near while the plan lay ready");
}

#[tokio::test]
async fn who_has_gone_off_duty_is_promised_to_nobody_however_new_the_plan() {
    let city = City::new().await;
    let team = city.team_at("07", 200.0).await;
    expected_at(&city).await;
    city.app.keep_plan_ready().await.unwrap();
    city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
    let refused = quote(&city).await;
    assert_eq!(refused.text("/shortage_code"), "assign.no-team-on-duty");
}

#[tokio::test]
async fn nothing_is_kept_ready_in_a_night_in_which_nobody_asks() {
    let city = City::new().await;
    let team = city.team_at("07", 200.0).await;
    let near = expected_at(&city).await - city.clock_millis();
    city.step(11 * 60).await;
    city.move_to(&team, 200.0).await;
    city.app.keep_plan_ready().await.unwrap();
    city.move_to(&team, 900.0).await;
    let far = expected_at(&city).await - city.clock_millis();
    assert!(far > near + 300_000, "the plan is drawn for whoever asks: {near} {far}");
}
