//! Swaps, late drop-outs with a call for a replacement, hours put right.

use super::{check_in, manager, open, pair, serves};
use crate::city::City;
use serde_json::json;

#[tokio::test]
async fn two_nights_are_exchanged_both_or_neither() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let one = serves(&city, &manager, "지수", "woman", "volunteer").await;
    let other = serves(&city, &manager, "민서", "woman", "volunteer").await;
    let first = open(&city, &manager, "2026-11-26", 2).await;
    let second = open(&city, &manager, "2026-11-27", 2).await;
    one.does(&city, "sign-up", json!({ "night": first })).await.ok();
    other.does(&city, "sign-up", json!({ "night": second })).await.ok();
    let take = json!({
        "night": first, "from": one.person, "kind": "swap", "against": second,
    });
    other.does(&city, "take", take.clone()).await.is(409, "volunteer.not-offered");
    let offer = json!({ "night": first, "to": other.person });
    one.does(&city, "offer-swap", offer).await.ok();
    // Hers is not offered yet: neither changes hands.
    other.does(&city, "take", take.clone()).await.is(409, "volunteer.not-offered");
    assert_eq!(one.page(&city).await["nights"][0]["signed_up"], json!(true));
    let offer = json!({ "night": second, "to": one.person });
    other.does(&city, "offer-swap", offer).await.ok();
    let page = other.does(&city, "take", take).await.ok();
    assert_eq!(page.body["nights"][0]["signed_up"], json!(true));
    assert_eq!(page.body["nights"][1]["signed_up"], json!(false));
    let page = one.page(&city).await;
    assert_eq!(page["nights"][0]["signed_up"], json!(false));
    assert_eq!(page["nights"][1]["signed_up"], json!(true));
}

#[tokio::test]
async fn a_late_drop_out_calls_for_a_replacement_and_parts_the_team() {
    for city in City::everywhere().await {
        let manager = manager(&city).await;
        let one = serves(&city, &manager, "지수", "woman", "volunteer").await;
        let two = serves(&city, &manager, "하준", "man", "volunteer").await;
        let three = serves(&city, &manager, "민서", "woman", "volunteer").await;
        let night = open(&city, &manager, "2026-11-25", 2).await;
        for helper in [&one, &two] {
            helper.does(&city, "sign-up", json!({ "night": night })).await.ok();
        }
        pair(&city, &manager, &night, [&one, &two]).await.ok();
        one.does(&city, "step-back", json!({ "night": night })).await.ok();
        let crew = city.get(&manager, "/api/crew").await.ok();
        let shown = &crew.body["nights"][0];
        assert_eq!(
            (&shown["teams"], &shown["calls"][0]["first_name"]),
            (&json!([]), &json!("지수"))
        );
        // Who wants to be left alone is not asked.
        three.does(&city, "mute", json!({ "muted": true })).await.ok();
        assert_eq!(three.page(&city).await["nights"][0]["places"], json!([]));
        three.does(&city, "mute", json!({ "muted": false })).await.ok();
        let place = three.page(&city).await["nights"][0]["places"][0].clone();
        assert_eq!(place["kind"], "call");
        let take = json!({ "night": night, "from": place["from"], "kind": "call" });
        three.does(&city, "take", take).await.ok();
        pair(&city, &manager, &night, [&two, &three]).await.ok();
        let crew = city.get(&manager, "/api/crew").await.ok();
        assert_eq!(crew.body["nights"][0]["calls"], json!([]));
    }
}

#[tokio::test]
async fn a_call_nobody_answers_ends_and_a_crew_below_its_minimum_shows_its_gap() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let one = serves(&city, &manager, "지수", "woman", "volunteer").await;
    let night = open(&city, &manager, "2026-11-25", 4).await;
    one.does(&city, "sign-up", json!({ "night": night })).await.ok();
    one.does(&city, "step-back", json!({ "night": night })).await.ok();
    let shown = async || city.get(&manager, "/api/crew").await.ok().body["nights"][0].clone();
    assert_eq!(shown().await["calls"].as_array().unwrap().len(), 1);
    city.step(3_600).await;
    let manager = super::manager(&city).await;
    let shown = async || city.get(&manager, "/api/crew").await.ok().body["nights"][0].clone();
    assert_eq!((&shown().await["calls"], &shown().await["missing"]), (&json!([]), &json!(4)));
}

#[tokio::test]
async fn hours_put_right_stay_visible_and_are_paid_by_the_month() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let one = serves(&city, &manager, "지수", "woman", "paid").await;
    let two = serves(&city, &manager, "하준", "man", "paid").await;
    let night = open(&city, &manager, "2026-11-25", 2).await;
    for helper in [&one, &two] {
        helper.does(&city, "sign-up", json!({ "night": night })).await.ok();
    }
    pair(&city, &manager, &night, [&one, &two]).await.ok();
    city.step(23 * 3_600).await;
    // Her session ended with her night.
    let manager = super::manager(&city).await;
    check_in(&city, &night, [&one, &two], "07").await.ok();
    let team = city.team_at("07", 100.0).await;
    city.step(1_200).await;
    city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
    city.step(0).await;
    let path = format!("{}?month=2026-11", one.at("statement"));
    let told = city.get(&manager, &path).await.ok();
    assert_eq!((&told.body["paid_minutes"], &told.body["night_minutes"]), (&json!(20), &json!(0)));
    // 20 minutes at 10,320 won, before 22:00.
    assert_eq!(told.body["pay"], 3_440);
    let from = told.body["entries"][0]["from"].as_i64().unwrap();
    city.step(3_600).await;
    let manager = super::manager(&city).await;
    let right = json!({ "from": from, "until": from + 3_600_000, "reason": "phone_failed" });
    city.post(&manager, &one.at("hours"), right).await.ok();
    let told = city.get(&manager, &path).await.ok();
    assert_eq!((&told.body["paid_minutes"], &told.body["corrected"]), (&json!(60), &json!(1)));
    let wrong = json!({ "from": from + 60_000, "until": from + 120_000, "reason": "on_paper" });
    city.post(&manager, &one.at("hours"), wrong).await.is(409, "volunteer.hours-overlap");
    let own = city.get(&one.phone, &one.at("hours")).await.ok();
    assert_eq!(own.body["entries"][0]["corrections"], 1);
}
