//! Whose the things of those who help are: each route that names one is asked about a thing that is
//! there, by everybody who could want to. Who is let through to it is a table that somebody reads;
//! everybody else is answered as about what never was.

use super::{acts::POST, people, stage::Stage};
use crate::{
    city::{City, Phone, place},
    patrol::{notes, patrolled},
    volunteer::{applies, open, serves},
};
use axum::http::Method;
use serde_json::{Value, json};
use server::Roster;
use std::fmt::Write;

const MORE: &str = r#"
[[teams]]
district = "dongjak"
call_sign = "21"
members = [
  { first_name = "하나", gender = "woman", record_check_days = 200, training_days = 200 },
  { first_name = "두리", gender = "man", record_check_days = 200, training_days = 200 },
]
[[staff]]
district = "gwanak"
shown_as = "Gwanak patrol B"
roles = ["patrol"]
members = [
  { first_name = "세나", gender = "woman", record_check_days = 90, training_days = 90 },
  { first_name = "네오", gender = "man", record_check_days = 90, training_days = 90 },
]
[[staff]]
district = "dongjak"
shown_as = "Dongjak patrol"
roles = ["patrol"]
members = [
  { first_name = "다온", gender = "woman", record_check_days = 90, training_days = 90 },
  { first_name = "여울", gender = "man", record_check_days = 90, training_days = 90 },
]
[[staff]]
district = "dongjak"
shown_as = "Dongjak programme"
roles = ["programme"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak analyst"
roles = ["analyst"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak seats"
roles = ["administrator"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak caseworker"
roles = ["caseworker"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Gwanak case supervisor"
roles = ["case_supervisor"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Gwanak partner"
roles = ["service_partner"]
center = "gwanak-shelter"
"#;

/// Who asks, by the name the table gives her.
type Callers = Vec<(&'static str, Phone)>;
/// What a path names, and the thing that is there.
type Things = Vec<(&'static str, String)>;

async fn set() -> (Callers, Things, City) {
    let city = City::new().await;
    let (manager, patrol, beat) = patrolled(&city).await;
    city.app.enlist(&Roster::parse(MORE).unwrap()).await.unwrap();
    let desk = city.seat("desk-gwanak-1").await;
    let (application, applicant) = applies(&city, "지수", "volunteer").await;
    let (_, another) = applies(&city, "서윤", "volunteer").await;
    let helper = serves(&city, &manager, "하준", "man", "volunteer").await;
    let colleague = serves(&city, &manager, "민서", "woman", "volunteer").await;
    let night = open(&city, &manager, "2026-11-26", 2).await;
    colleague.does(&city, "way-home", json!({ "minutes": 20 })).await.ok();
    city.step(22 * 60).await;
    let watch = city.get(&desk, "/api/desk/board").await.ok().text("/watches/0/id");
    let team = city.team_at("07", 100.0).await;
    let note = json!({ "place": place(1), "reason": "dog", "days": 3 });
    let no_go = city.post(&team, "/api/volunteer/no-go", note).await.ok().text("/no_go/0/id");
    let round = json!({ "beat": beat, "minutes": 60 });
    let round = city.post(&patrol, "/api/patrol/rounds", round).await.ok().text("/round/id");
    for (key, kind) in [("one-lamp-that-is-out", "lamp_out"), ("one-in-need-there", "violence")] {
        let seen = json!({ "kind": kind, "place": place(1), "first_at": city.clock_millis() });
        notes(&city, &patrol, key, &seen).await.ok();
    }
    let alarm = city.post(&team, "/api/alarm/alarms", json!({})).await.ok().text("/alarm/id");
    let at = |verb: &str| format!("/api/alarm/alarms/{alarm}/{verb}");
    city.post(&desk, &at("acknowledge"), json!({})).await.ok();
    city.post(&desk, &at("close"), json!({ "outcome": "helped" })).await.ok();
    city.step(0).await;
    let sighting = city.get(&desk, "/api/desk/board").await.ok().text("/sightings/0/id");
    let defect = city.get(&manager, "/api/environment/defects").await.ok().text("/0/id");
    let talk = city.get(&manager, "/api/crew").await.ok().text("/debriefs/0/id");
    let things = vec![
        ("/applications/", application),
        ("/people/", helper.person.clone()),
        ("/nights/", night),
        ("/debriefs/", talk),
        ("/watches/", watch),
        ("/no-go/", no_go),
        ("/beats/", beat),
        ("/rounds/", round),
        ("/sightings/", sighting),
        ("/defects/", defect),
    ];
    let callers = vec![
        ("nobody", Phone::default()),
        ("the applicant", applicant),
        ("another applicant", another),
        ("the helper", helper.phone),
        ("another helper", colleague.phone),
        ("the team", team),
        ("another team", city.seat("team-11").await),
        ("a team of Dongjak", city.seat("team-21").await),
        ("the patrol", patrol),
        ("another patrol", city.seat("patrol-gwanak-2").await),
        ("a patrol of Dongjak", city.seat("patrol-dongjak-1").await),
        ("a till", city.seat("haven-1").await),
        ("the desk", desk),
        ("the desk of Dongjak", city.seat("desk-dongjak-1").await),
        ("a supervisor", city.seat("supervisor-1").await),
        ("the programme", manager),
        ("the programme of Dongjak", city.seat("programme-dongjak-1").await),
        ("an analyst", city.seat("analyst-gwanak-1").await),
        ("an administrator", city.seat("administrator-gwanak-1").await),
        ("a caseworker", city.seat("caseworker-gwanak-counseling-1").await),
        ("a case supervisor", city.seat("case-supervisor-gwanak-counseling-1").await),
        ("a service partner", city.seat("service-partner-gwanak-shelter-1").await),
    ];
    (callers, things, city)
}

/// A body that names things which are there.
fn naming(things: &Things, body: &Value) -> Value {
    let mut text = body.to_string();
    for (part, id) in things {
        if let Some(nothing) = people::nothing(part) {
            text = text.replace(&nothing, id);
        }
    }
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_thing_of_those_who_help_is_there_for_those_it_concerns_and_for_nobody_else() {
    let (callers, things, city) = set().await;
    for (part, id) in &things {
        assert!(!id.is_empty(), "{part} names nothing");
    }
    let kept = city.kept().await;
    let (mut tonight, mut turn) = (City::again(&kept, 0).await, 0);
    let mut table = String::new();
    for act in people::acts().into_iter().filter(|act| act.path.contains("{id}")) {
        let (_, id) = things.iter().find(|(part, _)| act.path.contains(part)).unwrap();
        let uri = act.path.replace("{id}", id);
        let body = naming(&things, &(act.body)(&Stage::default(), ""));
        let method = Method::from_bytes(act.method.as_bytes()).unwrap();
        let mut there_for = Vec::new();
        for (name, phone) in &callers {
            let key = tonight.key();
            let (status, code) = tonight.status(phone, &method, &uri, &key, &body).await;
            match (status, code.as_str()) {
                (401 | 403, _) | (404, "request.no-such-thing") => {}
                (200..=299 | 404 | 409 | 422, _) => there_for.push(*name),
                _ => panic!("{} {uri} by {name}: {status} {code}", act.method),
            }
            if (200..=299).contains(&status) && act.method == POST {
                turn += 1;
                tonight = City::again(&kept, turn).await;
            }
        }
        let _ = writeln!(table, "{:5}{:51}{}", act.method, act.path, there_for.join(", "));
    }
    insta::assert_snapshot!(table);
}
