//! Role × route: every route of the document stands in this table, or the test fails.

use crate::city::{City, Phone, place};
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What each role is answered, in the order of `ROLES`, for somebody else's things:
/// `+` comes in, `1` sign in first, `3` not your role, `4` no such thing.
const ROLES: [&str; 7] =
    ["nobody", "stranger's token", "dispatcher", "other desk", "team", "till", "supervisor"];

pub fn table() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let desk = "11+4333";
    let own_desk = "11++333";
    let team = "1133433";
    let own_team = "1133+33";
    let own_till = "11333+3";
    let city = "113333+";
    let everybody = "+++++++";
    let hidden = "4444444";
    BTreeMap::from([
        (("GET", "/api/city"), everybody),
        (("GET", "/api/environment/places"), everybody),
        (("GET", "/api/route/options"), everybody),
        (("GET", "/api/haven/near"), everybody),
        (("GET", "/api/health"), everybody),
        (("GET", "/tiles/{z}/{x}/{y}"), everybody),
        (("GET", "/api/session"), everybody),
        (("DELETE", "/api/session"), everybody),
        (("POST", "/api/session/enroll"), everybody),
        (("POST", "/api/session/enroll/finish"), everybody),
        (("POST", "/api/session/passkey/start"), everybody),
        (("POST", "/api/session/passkey/finish"), everybody),
        (("POST", "/api/escort/requests"), everybody),
        (("POST", "/api/alarm/alarms"), everybody),
        (("GET", "/api/demo"), everybody),
        (("POST", "/api/demo/sign-in"), everybody),
        (("GET", "/api/demo/clock"), everybody),
        (("POST", "/api/demo/clock"), everybody),
        (("GET", "/api/escort/requests/{id}"), hidden),
        (("GET", "/api/escort/requests/{id}/live"), hidden),
        (("POST", "/api/escort/requests/{id}/trouble"), hidden),
        (("POST", "/api/escort/requests/{id}/cancel"), "44+4444"),
        (("POST", "/api/escort/calls"), own_desk),
        (("GET", "/api/escort/requests/{id}/for-desk"), desk),
        (("POST", "/api/escort/requests/{id}/see"), desk),
        (("GET", "/api/escort/requests/{id}/teams"), desk),
        (("POST", "/api/escort/requests/{id}/offer"), desk),
        (("POST", "/api/escort/requests/{id}/hand-over"), desk),
        (("GET", "/api/desk/board"), own_desk),
        (("GET", "/api/desk/live"), own_desk),
        (("GET", "/api/desk/handover"), own_desk),
        (("POST", "/api/desk/take-over"), own_desk),
        (("POST", "/api/desk/notes"), own_desk),
        // A note is its own desk's; for this table's id there is none at any.
        (("POST", "/api/desk/notes/{id}/put-away"), "1144333"),
        (("GET", "/api/desk/city"), city),
        (("GET", "/api/desk/city/live"), city),
        (("GET", "/api/desk/city/{code}"), city),
        (("POST", "/api/escort/walk-ups"), own_team),
        (("POST", "/api/escort/requests/{id}/accept"), team),
        (("POST", "/api/escort/requests/{id}/decline"), team),
        (("POST", "/api/escort/requests/{id}/set-off"), team),
        (("POST", "/api/escort/requests/{id}/arrive"), team),
        (("POST", "/api/escort/requests/{id}/meet"), team),
        (("POST", "/api/escort/requests/{id}/walk"), team),
        (("POST", "/api/escort/requests/{id}/home"), team),
        (("POST", "/api/escort/requests/{id}/stand-down"), team),
        (("GET", "/api/team"), own_team),
        (("GET", "/api/team/live"), own_team),
        (("POST", "/api/volunteer/duty"), own_team),
        (("POST", "/api/volunteer/position"), own_team),
        (("GET", "/api/alarm/alarms/{id}"), hidden),
        (("GET", "/api/alarm/alarms/{id}/live"), hidden),
        (("POST", "/api/alarm/alarms/{id}/retract"), hidden),
        (("POST", "/api/alarm/alarms/{id}/locations"), hidden),
        (("POST", "/api/alarm/alarms/{id}/grade"), hidden),
        (("GET", "/api/alarm/alarms/{id}/for-desk"), desk),
        (("POST", "/api/alarm/alarms/{id}/acknowledge"), desk),
        (("POST", "/api/alarm/alarms/{id}/close"), desk),
        (("GET", "/api/haven/till"), own_till),
        (("GET", "/api/haven/till/live"), own_till),
        (("POST", "/api/haven/till/shift"), own_till),
        (("POST", "/api/haven/till/drill"), own_till),
    ])
}

/// Every route of the document.
fn routes() -> BTreeSet<(String, String)> {
    let document: Value = serde_json::from_str(&server::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, verbs)| {
            let verbs = verbs.as_object().unwrap().keys();
            verbs.map(|verb| (verb.to_uppercase(), path.clone()))
        })
        .collect()
}

/// A body each verb can read, so that the answer is about who asks and not about what.
pub fn body(path: &str) -> Value {
    let person = kernel::Id::<kernel::id::Person>::from_bits(1).to_string();
    match path.rsplit('/').next().unwrap() {
        "requests" | "calls" => crate::city::wish(),
        "walk-ups" => json!({ "meeting_place": place(1) }),
        "decline" => json!({ "reason": "other" }),
        "cancel" | "stand-down" => json!({ "reason": "unsaid" }),
        "notes" => json!({ "text": "teams are tired" }),
        "hand-over" => json!({ "district": "dongjak" }),
        "duty" => json!({ "on": true }),
        "position" => json!({ "at": { "lat": 37.4, "lon": 126.9 }, "accuracy_m": 5 }),
        "locations" => json!({ "locations": [] }),
        "grade" => json!({ "grade": "help_now" }),
        "close" => json!({ "outcome": "helped" }),
        "shift" => json!({ "person": person, "on": false }),
        "drill" => json!({ "person": person }),
        "enroll" => json!({ "code": "none" }),
        "finish" => json!({ "ceremony": "none", "credential": {} }),
        "sign-in" => json!({ "part": "team-07" }),
        _ => json!({}),
    }
}

async fn verdict(city: &City, phone: &Phone, method: &str, path: &str) -> char {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let key = city.key();
    let uri = match path {
        "/api/route/options" => format!("{path}?from=37.48,126.92&to=37.47,126.93"),
        _ => path
            .replace("{code}", "gwanak")
            .replace("{z}", "14")
            .replace("{x}", "1")
            .replace("{y}", "1.mvt"),
    };
    let body = body(path);
    let answer = tokio::time::timeout(
        std::time::Duration::from_secs(10),
        city.status(phone, &method, &uri, &key, &body),
    );
    let (status, code) = answer.await.unwrap();
    match (status, code.as_str()) {
        (401, _) => '1',
        (403, "session.not-yours") => '3',
        (404, "request.no-such-thing") if !path.starts_with("/tiles") => '4',
        (403, _) => '?',
        _ => '+',
    }
}

#[tokio::test]
async fn every_route_stands_in_the_table() {
    let known: BTreeSet<_> =
        table().keys().map(|(verb, path)| ((*verb).to_owned(), (*path).to_owned())).collect();
    let served = routes();
    let missing: Vec<_> = served.difference(&known).collect();
    let stale: Vec<_> = known.difference(&served).collect();
    assert!(missing.is_empty() && stale.is_empty(), "unreviewed: {missing:?}, gone: {stale:?}");
}

#[tokio::test]
async fn every_role_is_answered_as_the_table_says() {
    let mut wrong = Vec::new();
    for ((method, path), expected) in table() {
        // A city of its own for each route: what one does must not open another.
        let city = City::new().await;
        let helper = city.team_at("11", 100.0).await;
        let (_, walk) = city.ask().await;
        let alarm = city.post(&Phone::default(), "/api/alarm/alarms", json!({})).await.ok();
        let (stranger, _) = city.ask().await;
        let _ = helper;
        let id = if path.contains("/alarm/") { alarm.text("/alarm/id") } else { walk };
        let at = path.replace("{id}", &id);
        let phones = [
            Phone::default(),
            stranger,
            city.seat("desk-gwanak-1").await,
            city.seat("desk-dongjak-1").await,
            city.seat("team-07").await,
            city.seat("haven-1").await,
            city.seat("supervisor-1").await,
        ];
        let mut told = String::new();
        // The dispatcher last: what she is allowed changes what the others would find.
        let mut answers = ['?'; 7];
        for role in [0, 1, 3, 4, 5, 6, 2] {
            answers[role] = verdict(&city, &phones[role], method, &at).await;
        }
        told.extend(answers);
        if told != expected {
            wrong.push(format!("{method} {path}: {told}, not {expected} ({ROLES:?})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
