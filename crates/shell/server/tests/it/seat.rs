//! Seats: who looks after which, what ends within a second, what asks for a passkey first.

use crate::{
    city::{City, Phone},
    live::Feed,
};
use axum::http::{Method, header};
use serde_json::{Value, json};
use server::Roster;

const OFFICES: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Gwanak programme"
roles = ["programme", "dispatcher"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak seats"
roles = ["administrator"]
"#;

async fn staffed(city: City) -> City {
    city.app.enlist(&Roster::parse(OFFICES).unwrap()).await.unwrap();
    city
}

/// A seat of the list, by what is shown of it.
fn of<'a>(list: &'a Value, shown_as: &str) -> &'a Value {
    let seats = list["seats"].as_array().unwrap();
    seats.iter().find(|seat| seat["shown_as"] == shown_as).unwrap()
}

async fn list(city: &City, phone: &Phone) -> Value {
    city.get(phone, "/api/seats").await.ok().body
}

fn at(seat: &Value, verb: &str) -> String {
    format!("/api/seats/{}/{verb}", seat["id"].as_str().unwrap())
}

fn end(seat: &Value) -> String {
    format!("/api/seats/sessions/{}/end", seat["sessions"][0]["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_lost_phone_is_ended_from_the_desk_and_what_it_has_open_ends_with_it() {
    for city in City::everywhere().await {
        let desk = city.seat("desk-gwanak-1").await;
        let team = city.team_at("07", 200.0).await;
        let mut feed = Feed::open(&city, &team, "/api/team/live").await;
        feed.next().await;
        let seats = list(&city, &desk).await;
        let phone = of(&seats, "team 07");
        assert!(phone["sessions"][0]["device"].is_string(), "a paired device");
        city.post(&desk, &end(phone), json!({})).await.ok();
        feed.over().await;
        city.get(&team, "/api/team").await.is(401, "session.not-signed-in");
        let seats = list(&city, &desk).await;
        assert_eq!(of(&seats, "team 07")["sessions"], json!([]));
        // The phone's owner is not left without: the desk of a store next door is as it was.
        city.get(&desk, "/api/desk/board").await.ok();
    }
}

#[tokio::test]
async fn every_kind_of_open_feed_ends_with_its_session() {
    let city = staffed(City::new().await).await;
    let administrator = city.seat("administrator-gwanak-1").await;
    for (part, path, shown_as) in [
        ("desk-gwanak-1", "/api/desk/live", "Gwanak desk 1"),
        ("team-07", "/api/team/live", "team 07"),
        ("haven-1", "/api/haven/till/live", "CU 신림점"),
        ("programme-gwanak-1", "/api/seats/live", "Gwanak programme"),
        ("administrator-gwanak-1", "/api/seats/live", "Gwanak seats"),
    ] {
        let phone = city.seat(part).await;
        let mut feed = Feed::open(&city, &phone, path).await;
        feed.next().await;
        let seats = list(&city, &administrator).await;
        // All of the seat, so the administrator ends her own last.
        city.post(&administrator, &at(of(&seats, shown_as), "end"), json!({})).await.ok();
        feed.over().await;
        city.get(&phone, path).await.is(401, "session.not-signed-in");
    }
    city.get(&administrator, "/api/seats").await.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn the_feed_of_a_teams_own_alarm_ends_with_the_teams_session() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.seat("team-07").await;
    let raised = city.post(&team, "/api/alarm/alarms", json!({})).await.ok();
    let path = format!("/api/alarm/alarms/{}/live", raised.text("/alarm/id"));
    let mut feed = Feed::open(&city, &team, &path).await;
    feed.next().await;
    // Whoever holds the alarm's own token goes on seeing it: it is hers, whatever becomes of phones.
    let token = Phone::holding(&raised.text("/token"));
    let mut hers = Feed::open(&city, &token, &path).await;
    hers.next().await;
    let seats = list(&city, &desk).await;
    city.post(&desk, &end(of(&seats, "team 07")), json!({})).await.ok();
    feed.over().await;
    let acknowledge = format!("/api/alarm/alarms/{}/acknowledge", raised.text("/alarm/id"));
    city.post(&desk, &acknowledge, json!({})).await.ok();
    assert!(hers.next().await.1["seen_at"].is_i64());
}

#[tokio::test]
async fn signing_out_ends_what_the_same_browser_has_open_elsewhere() {
    let city = City::new().await;
    let desk = city.seat("desk-gwanak-1").await;
    let mut feed = Feed::open(&city, &desk, "/api/desk/live").await;
    feed.next().await;
    city.send(&desk, Method::DELETE, "/api/session", None, &Value::Null).await.ok();
    feed.over().await;
}

#[tokio::test]
async fn what_one_process_ends_another_refuses() {
    // Two servers on one database; only PostgreSQL serves two.
    let Some(city) = City::on_postgres().await else { return };
    let other = city.beside().await;
    let desk = city.seat("desk-gwanak-1").await;
    let team = city.seat("team-07").await;
    let mut feed = Feed::open(&other, &team, "/api/team/live").await;
    feed.next().await;
    let seats = list(&city, &desk).await;
    city.post(&desk, &end(of(&seats, "team 07")), json!({})).await.ok();
    feed.over().await;
    other.get(&team, "/api/team").await.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn what_is_sensitive_asks_for_the_passkey_again_after_five_minutes() {
    let city = staffed(City::new().await).await;
    let administrator = city.seat("administrator-gwanak-1").await;
    city.step(5 * 60).await;
    let seats = list(&city, &administrator).await;
    let desk = of(&seats, "Gwanak desk 1").clone();
    let till = of(&seats, "CU 신림점").clone();
    let verbs = [
        (at(&till, "pair"), json!({})),
        (at(&till, "end"), json!({})),
        (at(&desk, "roles"), json!({ "roles": ["analyst"] })),
        (at(&desk, "close"), json!({})),
        ("/api/seats".to_owned(), json!({ "shown_as": "Gwanak desk 3", "roles": ["analyst"] })),
    ];
    for (path, body) in &verbs {
        city.post(&administrator, path, body.clone()).await.is(401, "session.confirm");
    }
    // Looking needs none, and nothing has happened.
    let seats = list(&city, &administrator).await;
    assert_eq!(of(&seats, "CU 신림점")["code_until"], till["code_until"]);
    assert_eq!(of(&seats, "Gwanak desk 1")["roles"], json!(["dispatcher"]));
    // The same again, under the same key, once she has shown that it is her.
    let key = city.key();
    let (path, body) = &verbs[0];
    let pair = async || city.send(&administrator, Method::POST, path, Some(&key), body).await;
    pair().await.is(401, "session.confirm");
    city.post(&administrator, "/api/demo/confirm", json!({})).await.ok();
    let first = pair().await.ok().text("/code");
    assert_eq!(pair().await.ok().text("/code"), first, "a retry is told the same code");
    assert_eq!(first.len(), 26);
    city.step(5 * 60).await;
    pair().await.is(401, "session.confirm");
}

#[tokio::test]
async fn a_till_is_paired_with_a_code_from_the_programme() {
    let city = staffed(City::new().await).await;
    let programme = city.seat("programme-gwanak-1").await;
    let seats = list(&city, &programme).await;
    let people = seats["seats"].as_array().unwrap().iter().filter(|one| one["device"] == false);
    let own: Vec<&Value> = people.collect();
    assert_eq!(own.len(), 1, "phones, tills and her own seat are all she looks after");
    assert_eq!(own[0]["own"], true);
    let code = city.post(&programme, &at(of(&seats, "CU 신림점"), "pair"), json!({})).await.ok();
    let code = code.text("/code");
    let enroll = async || {
        let body = json!({ "code": code });
        city.post(&Phone::default(), "/api/session/enroll", body).await
    };
    let till = Phone::signed_in(&enroll().await.ok());
    city.get(&till, "/api/haven/till").await.ok();
    enroll().await.is(422, "session.sign-in-failed");
    // Ended everywhere, a code that waits is worth nothing either.
    let waiting = city.post(&programme, &at(of(&seats, "CU 신림점"), "pair"), json!({})).await.ok();
    city.post(&programme, &at(of(&seats, "CU 신림점"), "end"), json!({})).await.ok();
    city.get(&till, "/api/haven/till").await.is(401, "session.not-signed-in");
    let body = json!({ "code": waiting.text("/code") });
    city.post(&Phone::default(), "/api/session/enroll", body)
        .await
        .is(422, "session.sign-in-failed");
}

#[tokio::test]
async fn a_role_that_is_taken_away_ends_its_sessions_and_no_other() {
    let city = staffed(City::new().await).await;
    let administrator = city.seat("administrator-gwanak-1").await;
    // Signed in as programme manager; then the same person takes her place at the desk.
    let programme = city.seat("programme-gwanak-1").await;
    let session = city.get(&programme, "/api/session").await.ok();
    assert_eq!(session.body["roles"], json!(["programme", "dispatcher"]));
    let taken = city.post(&programme, "/api/session/role", json!({ "role": "dispatcher" })).await;
    let desk = Phone::signed_in(&taken.ok());
    city.get(&desk, "/api/desk/board").await.ok();
    city.get(&programme, "/api/seats").await.is(401, "session.not-signed-in");
    city.post(&desk, "/api/session/role", json!({ "role": "administrator" }))
        .await
        .is(403, "session.not-yours");
    let programme = city.seat("programme-gwanak-1").await;
    let mut feed = Feed::open(&city, &desk, "/api/desk/live").await;
    feed.next().await;
    let seats = list(&city, &administrator).await;
    let seat = of(&seats, "Gwanak programme");
    let roles = json!({ "roles": ["programme"] });
    city.post(&administrator, &at(seat, "roles"), roles).await.ok();
    feed.over().await;
    city.get(&desk, "/api/desk/board").await.is(401, "session.not-signed-in");
    city.get(&programme, "/api/seats").await.ok();
    let both = json!({ "roles": ["programme", "team"] });
    city.post(&administrator, &at(seat, "roles"), both).await.is(422, "seat.device-role");
    // Nobody changes her own roles.
    let own = of(&seats, "Gwanak seats");
    let more = json!({ "roles": ["administrator", "dispatcher"] });
    city.post(&administrator, &at(own, "roles"), more).await.is(404, "request.no-such-thing");
}

#[tokio::test]
async fn a_caseworkers_seat_comes_from_the_operator_and_an_administrator_only_ends_it() {
    let city = staffed(City::new().await).await;
    let roster = |center: &str| {
        let seat = format!("{OFFICES}[[staff]]\ndistrict = \"gwanak\"\nshown_as = \"Counsel 1\"\n");
        Roster::parse(&format!("{seat}roles = [\"caseworker\"]\n{center}")).unwrap()
    };
    let none = city.app.enlist(&roster("")).await.err().unwrap().to_string();
    assert!(none.contains("her center"), "{none}");
    let other = city.app.enlist(&roster("center = \"mapo\"\n")).await.err().unwrap().to_string();
    assert!(other.contains("gwanak-counseling, gwanak-hospital"), "{other}");
    city.app.enlist(&roster("center = \"gwanak-counseling\"\n")).await.unwrap();
    let administrator = city.seat("administrator-gwanak-1").await;
    let caseworker = city.seat("caseworker-gwanak-counseling-1").await;
    let own = list(&city, &caseworker).await;
    assert_eq!(own["seats"].as_array().unwrap().len(), 1, "her own and no other");
    let seats = list(&city, &administrator).await;
    let seat = of(&seats, "Counsel 1");
    let may = ["may_pair", "may_change", "may_close"].map(|may| seat[may].as_bool().unwrap());
    assert_eq!(may, [false, false, true]);
    city.post(&administrator, &at(seat, "pair"), json!({})).await.is(404, "request.no-such-thing");
    let roles = json!({ "roles": ["caseworker"] });
    city.post(&administrator, &at(of(&seats, "Gwanak programme"), "roles"), roles.clone())
        .await
        .is(422, "seat.caseworker-role");
    let new = json!({ "shown_as": "Counsel 2", "roles": ["caseworker"] });
    city.post(&administrator, "/api/seats", new).await.is(422, "seat.caseworker-role");
    city.post(&administrator, &at(seat, "end"), json!({ "passkeys": true })).await.ok();
    city.get(&caseworker, "/api/seats").await.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn the_journal_tells_who_ended_what_and_holds_no_name() {
    let city = staffed(City::new().await).await;
    let administrator = city.seat("administrator-gwanak-1").await;
    let _team = city.seat("team-07").await;
    let before = city.store.number();
    let seats = list(&city, &administrator).await;
    let phone = of(&seats, "team 07");
    city.post(&administrator, &end(phone), json!({})).await.ok();
    city.post(&administrator, &end(phone), json!({})).await.ok();
    city.post(&administrator, &at(phone, "pair"), json!({})).await.ok();
    city.post(&administrator, &at(phone, "end"), json!({ "passkeys": true })).await.ok();
    city.post(&administrator, &at(phone, "close"), json!({})).await.ok();
    let told = city.store.read_after(before, 100).await.unwrap();
    let own = of(&seats, "Gwanak seats")["id"].as_str().unwrap();
    for event in &told {
        assert_eq!(event.stream, "access.seat");
        let actor = serde_json::to_value(event.actor).unwrap();
        assert_eq!(actor, json!({ "role": "seat", "id": own }));
    }
    let names: Vec<&str> = told.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["ended", "code-made", "all-ended", "closed"], "ended once");
}

#[tokio::test]
async fn tokens_and_codes_are_at_rest_as_hashes_only() {
    let city = staffed(City::new().await).await;
    let administrator = city.seat("administrator-gwanak-1").await;
    let seats = list(&city, &administrator).await;
    let made =
        city.post(&administrator, &at(of(&seats, "CU 신림점"), "pair"), json!({})).await.ok();
    let code = made.text("/code");
    let cookie = administrator.cookie.clone().unwrap();
    let token = cookie.split_once('=').unwrap().1.to_owned();
    for (file, bytes) in city.at_rest() {
        for secret in [&token, &code] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{file} holds a token or a code");
        }
    }
}

#[tokio::test]
async fn a_planted_cookie_becomes_nobodys_session() {
    let city = City::new().await;
    let planted = Phone { cookie: Some("waylight=planted-by-somebody".to_owned()), bearer: None };
    let part = json!({ "part": "desk-gwanak-1" });
    let signed_in = city.post(&planted, "/api/demo/sign-in", part.clone()).await.ok();
    let desk = Phone::signed_in(&signed_in);
    assert_ne!(desk.cookie, planted.cookie, "the token is new at every sign-in");
    city.get(&planted, "/api/desk/board").await.is(401, "session.not-signed-in");
    // Signing in again ends what the browser had before.
    let again = Phone::signed_in(&city.post(&desk, "/api/demo/sign-in", part).await.ok());
    city.get(&desk, "/api/desk/board").await.is(401, "session.not-signed-in");
    city.get(&again, "/api/desk/board").await.ok();
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let city = City::at_origin("https://walk.example.org").await;
    let code = city.app.enroll_again("CU 신림점").await.unwrap().unwrap().into_inner();
    let request = axum::http::Request::post("/api/session/enroll")
        .header(header::ORIGIN, "https://walk.example.org")
        .body(axum::body::Body::from(json!({ "code": code }).to_string()))
        .unwrap();
    let answer = tower::ServiceExt::oneshot(city.router.clone(), request).await.unwrap();
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-waylight="), "{cookie}");
    for flag in ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/;"] {
        assert!(cookie.contains(flag), "{flag} is missing of {cookie}");
    }
    assert!(!cookie.contains("Domain"), "no other host is sent it");
}
