//! Patrols: a beat drawn, a round walked and told when it is over, what was noticed handed to
//! somebody who says that she has it.

use crate::city::{City, Phone, place, things};
use crate::volunteer::manager;
use kernel::Area;
use serde_json::{Value, json};
use server::{
    Roster,
    ground::{Crow, Ground},
};

/// Three streets in a row north of Sillim station, and one across.
const TOWN: &str = r#"<osm version="0.6">
 <node id="1" lat="37.4842" lon="126.9297"/><node id="2" lat="37.4852" lon="126.9297"/>
 <node id="3" lat="37.4862" lon="126.9297"/><node id="4" lat="37.4872" lon="126.9297"/>
 <node id="5" lat="37.4852" lon="126.9307"/><node id="6" lat="37.4862" lon="126.9307"/>
 <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/></way>
 <way id="2"><nd ref="2"/><nd ref="5"/><tag k="highway" v="residential"/></way>
 <way id="3"><nd ref="3"/><nd ref="6"/><tag k="highway" v="residential"/></way>
</osm>"#;

const PATROLS: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Gwanak patrol A"
roles = ["patrol"]
members = [
  { first_name = "라온", gender = "woman", record_check_days = 90, training_days = 90 },
  { first_name = "마루", gender = "man", record_check_days = 90, training_days = 90 },
]
"#;

fn on_streets(city: &City) {
    let area = Area { south: 37.4, west: 126.8, north: 37.6, east: 127.1 };
    let within = atlas::City::within(area);
    let read = atlas::read("t.osm", TOWN.as_bytes(), None, &within);
    let Ok(atlas::Reading::Extract(extract)) = read else { panic!("a map") };
    let map = atlas::BaseMap::merge(vec![extract]);
    let crow = Crow { factor: 1.3, pace_m_per_s: 1.2 };
    city.app.stand_on(Ground::new(things(), Some(&map), route::Weights::default(), crow));
}

/// A patrol with a beat around the station.
pub async fn patrolled(city: &City) -> (Phone, Phone, String) {
    on_streets(city);
    let manager = manager(city).await;
    city.app.enlist(&Roster::parse(PATROLS).unwrap()).await.unwrap();
    let patrol = city.seat("patrol-gwanak-1").await;
    let asked = json!({ "around": place(1), "radius_m": 400 });
    let beats = city.post(&manager, "/api/patrol/beats", asked).await.ok();
    assert_eq!(beats.body[0]["streets"], 5, "{}", beats.body);
    (manager, patrol, beats.text("/0/id"))
}

fn segments(screen: &Value) -> Vec<u64> {
    let streets = screen["round"]["streets"].as_array().unwrap();
    streets.iter().map(|one| one["segment"].as_u64().unwrap()).collect()
}

pub async fn notes(city: &City, patrol: &Phone, key: &str, body: &Value) -> crate::city::Answer {
    let method = axum::http::Method::POST;
    city.send(patrol, method, "/api/patrol/sightings", Some(key), body).await
}

#[tokio::test]
async fn a_round_is_proposed_walked_and_told_when_it_is_over() {
    let city = City::new().await;
    let (manager, patrol, beat) = patrolled(&city).await;
    let asked = json!({ "beat": beat, "minutes": 30, "at": { "lat": 37.4843, "lon": 126.9297 } });
    let screen = city.post(&patrol, "/api/patrol/rounds", asked.clone()).await.ok();
    let proposal = screen.body["round"]["proposal"].as_array().unwrap().clone();
    assert!(!proposal.is_empty());
    assert!(screen.body["round"]["proposal_m"].as_u64().unwrap() <= 1_500);
    city.post(&patrol, "/api/patrol/rounds", asked.clone()).await.is(409, "patrol.round-started");
    city.step(1_800).await;
    let round = screen.text("/round/id");
    let walked = segments(&screen.body)[..3].to_vec();
    let end = json!({ "finished": true, "segments": walked });
    let path = format!("/api/patrol/rounds/{round}/end");
    let screen = city.post(&patrol, &path, end).await.ok();
    assert_eq!(screen.body["round"], json!(null));
    let seen = screen.body["beats"][0]["week_percent"].as_u64().unwrap();
    assert!((40..90).contains(&seen), "{seen}");
    // What the phone could not tell in time is taken in afterwards, and counts once.
    let late = json!({ "finished": true, "segments": walked });
    city.post(&patrol, &path, late).await.ok();
    let beats = city.get(&manager, "/api/patrol/beats").await.ok();
    assert_eq!(beats.body[0]["week_percent"].as_u64().unwrap(), seen);
    // The journal tells which streets, all together, and no order.
    city.step(0).await;
    let crew = city.get(&manager, "/api/crew").await.ok();
    let people = crew.body["people"].as_array().unwrap().iter();
    let hours: Vec<_> = people.filter(|one| one["first_name"] == "라온").collect();
    assert_eq!(hours[0]["week_minutes"], 30);
}

#[tokio::test]
async fn a_round_nobody_ended_ends_by_itself() {
    let city = City::new().await;
    let (_, patrol, beat) = patrolled(&city).await;
    let asked = json!({ "beat": beat, "minutes": 30 });
    city.post(&patrol, "/api/patrol/rounds", asked).await.ok();
    city.step(4 * 3_600).await;
    assert_eq!(city.get(&patrol, "/api/patrol").await.ok().body["round"], json!(null));
}

#[tokio::test]
async fn a_broken_lamp_noted_without_network_is_one_defect_and_is_repaired_for_whoever_noticed() {
    for city in City::everywhere().await {
        let (manager, patrol, _) = patrolled(&city).await;
        let noticed = city.get(&patrol, "/api/patrol").await.ok().body["now"].as_i64().unwrap();
        city.step(600).await;
        let lamp = json!({
            "kind": "lamp_out", "at": { "lat": 37.4853, "lon": 126.9298 }, "words": "깜빡여요",
            "first_at": noticed,
        });
        for _ in 0..2 {
            notes(&city, &patrol, "one-lamp-one-key", &lamp).await.ok();
        }
        city.step(0).await;
        let screen = city.get(&patrol, "/api/patrol").await.ok();
        assert_eq!(screen.body["sightings"].as_array().unwrap().len(), 1);
        assert_eq!(screen.body["sightings"][0]["stage"], "in_hand", "the register has it");
        let defects = city.get(&manager, "/api/environment/defects").await.ok();
        let listed = defects.body.as_array().unwrap();
        assert_eq!((listed.len(), &listed[0]["part"]), (1, &json!("lamp")));
        assert_eq!(listed[0]["noticed_at"], noticed);
        let path = format!("/api/environment/defects/{}/close", defects.text("/0/id"));
        let closed = city.post(&manager, &path, json!({ "outcome": "repaired" })).await.ok();
        assert_eq!(closed.body, json!([]));
        city.step(0).await;
        let screen = city.get(&patrol, "/api/patrol").await.ok();
        assert_eq!(screen.body["sightings"], json!([]));
    }
}

#[tokio::test]
async fn what_cannot_wait_is_at_the_desk_at_once_and_stays_until_somebody_has_it() {
    let city = City::new().await;
    let (_, patrol, _) = patrolled(&city).await;
    let desk = city.seat("desk-gwanak-1").await;
    let noticed = city.get(&patrol, "/api/patrol").await.ok().body["now"].as_i64().unwrap();
    let seen = json!({
        "kind": "person_in_need", "place": place(1), "words": "벤치에 쓰러져 있어요",
        "first_at": noticed,
    });
    notes(&city, &patrol, "one-person-in-need", &seen).await.ok();
    let board = async || city.get(&desk, "/api/desk/board").await.ok().body["sightings"].clone();
    let rings = board().await;
    assert_eq!(
        (&rings[0]["stage"], &rings[0]["kind"]),
        (&json!("handed_over"), &json!("person_in_need"))
    );
    assert_eq!(rings[0]["words"], "벤치에 쓰러져 있어요");
    assert_eq!(rings[0]["near"]["ko"].as_str().unwrap(), "신림역");
    let asked = rings[0]["asked_at"].as_i64().unwrap();
    city.step(120).await;
    assert!(board().await[0]["asked_at"].as_i64().unwrap() > asked, "it has rung again");
    let at =
        |verb: &str| format!("/api/patrol/sightings/{}/{verb}", rings[0]["id"].as_str().unwrap());
    let close = json!({ "outcome": "taken_over" });
    city.post(&desk, &at("close"), close.clone()).await.is(409, "patrol.not-in-hand");
    city.post(&desk, &at("acknowledge"), json!({})).await.ok();
    let elsewhere = city.seat("desk-dongjak-1").await;
    city.post(&elsewhere, &at("close"), close.clone()).await.is(404, "request.no-such-thing");
    city.post(&desk, &at("close"), close).await.ok();
    assert_eq!(board().await, json!([]));
}

#[tokio::test]
async fn four_sightings_of_use_earn_each_of_the_two_an_hour() {
    let city = City::new().await;
    let (manager, patrol, _) = patrolled(&city).await;
    for at in 0..4 {
        let key = format!("sighting-number-{at}");
        let lamp = json!({ "kind": "lamp_out", "place": place(1), "first_at": 0 });
        notes(&city, &patrol, &key, &lamp).await.ok();
        city.step(0).await;
        let defects = city.get(&manager, "/api/environment/defects").await.ok();
        let path = format!("/api/environment/defects/{}/close", defects.text("/0/id"));
        city.post(&manager, &path, json!({ "outcome": "repaired" })).await.ok();
        city.step(0).await;
    }
    let crew = city.get(&manager, "/api/crew").await.ok();
    for name in ["라온", "마루"] {
        let people = crew.body["people"].as_array().unwrap().iter();
        let one = people.clone().find(|one| one["first_name"] == name).unwrap();
        let path = format!("/api/volunteer/people/{}/statement", one["person"].as_str().unwrap());
        assert_eq!(city.get(&manager, &path).await.ok().body["report_minutes"], 60);
    }
}
