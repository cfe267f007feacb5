//! One night with everything in it that an answer can depend on: things of one's own, of others, of
//! another district, things that have ended, and people who are in the programme and not in standing.

use crate::city::{City, Phone, place, wish};
use haven::store::{Command, SuspensionReason};
use kernel::{Id, id};
use serde_json::{Value, json};
use server::Roster;
use std::collections::BTreeMap;

/// Who asks, with the letter of their column.
pub const ROLES: [(char, &str); 14] = [
    ('n', "nobody"),
    ('r', "requester"),
    ('s', "sender"),
    ('t', "team"),
    ('p', "patrol"),
    ('h', "till"),
    ('d', "dispatcher"),
    ('o', "supervisor"),
    ('m', "programme"),
    ('f', "analyst"),
    ('a', "administrator"),
    ('c', "caseworker"),
    ('v', "case supervisor"),
    ('w', "service partner"),
];

/// Whose the thing is that they ask about. Elsewhere: of another district. Not standing: the requester was turned away, the sender
/// has taken her alarm back, the team's record checks have run out, the till's store is suspended,
/// everybody else's seat was closed while they were signed in.
pub const SITUATIONS: [&str; 5] = ["own", "other's", "elsewhere", "ended", "not standing"];

/// What a route is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    Walk,
    Alarm,
    Seat,
    Session,
}

/// Phones and things by who asks and whose it is; `""` stands for everybody not named.
#[derive(Default)]
pub struct Stage {
    phones: BTreeMap<(&'static str, &'static str), Phone>,
    things: BTreeMap<(About, &'static str, &'static str), String>,
    /// Somebody of the till's staff.
    pub clerk: String,
}

impl Stage {
    pub fn phone(&self, role: &str, situation: &str) -> Phone {
        let own = self.phones.get(&(key(role), key(situation)));
        own.or_else(|| self.phones.get(&(key(role), "own"))).cloned().unwrap_or_default()
    }

    /// The id of the thing; empty if the route names none.
    pub fn thing(&self, about: Option<About>, role: &str, situation: &str) -> String {
        let Some(about) = about else { return String::new() };
        let own = self.things.get(&(about, key(role), key(situation)));
        let anybody = || self.things.get(&(about, "", key(situation)));
        own.or_else(anybody)
            .unwrap_or_else(|| panic!("no {about:?} for {role}, {situation}"))
            .clone()
    }

    /// The role as the interface names it.
    pub fn wire_role(role: &str) -> Option<&'static str> {
        Some(match role {
            "team" => "team",
            "patrol" => "patrol",
            "till" => "haven",
            "dispatcher" => "dispatcher",
            "supervisor" => "supervisor",
            "programme" => "programme",
            "analyst" => "analyst",
            "administrator" => "administrator",
            "caseworker" => "caseworker",
            "case supervisor" => "case_supervisor",
            "service partner" => "service_partner",
            _ => return None,
        })
    }

    fn hold(&mut self, role: &'static str, situation: &'static str, phone: Phone) {
        self.phones.insert((role, situation), phone);
    }

    fn put(&mut self, about: About, role: &'static str, situation: &'static str, id: &str) {
        self.things.insert((about, role, situation), id.to_owned());
    }
}

/// The same text, for ever: the names are few and known.
fn key(name: &str) -> &'static str {
    let roles = ROLES.iter().map(|(_, role)| *role);
    roles.chain(SITUATIONS).find(|known| *known == name).unwrap_or("")
}

const MORE: &str = r#"
[[dispatchers]]
district = "gwanak"
shown_as = "Gwanak desk 9"
[[teams]]
district = "dongjak"
call_sign = "21"
members = [
  { first_name = "하나", gender = "woman", record_check_days = 200, training_days = 200 },
  { first_name = "두리", gender = "man", record_check_days = 200, training_days = 200 },
]
[[teams]]
district = "gwanak"
call_sign = "31"
members = [
  { first_name = "세나", gender = "woman", record_check_days = 1, training_days = 200 },
  { first_name = "네오", gender = "man", record_check_days = 1, training_days = 200 },
]
[[havens]]
name = "GS25 봉천점"
hours = { mon = "00:00-24:00", tue = "00:00-24:00", wed = "00:00-24:00" }
staff = ["바다"]
[[staff]]
district = "gwanak"
shown_as = "City supervisor 9"
roles = ["supervisor"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak programme"
roles = ["programme", "analyst"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak programme 9"
roles = ["programme"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak analyst"
roles = ["analyst"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak analyst 9"
roles = ["analyst"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak seats"
roles = ["administrator"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak seats 9"
roles = ["administrator"]
[[staff]]
district = "dongjak"
shown_as = "Dongjak seats"
roles = ["administrator"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak patrol"
roles = ["patrol"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak patrol 9"
roles = ["patrol"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak caseworker"
roles = ["caseworker"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Gwanak caseworker 9"
roles = ["caseworker"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Gwanak case supervisor"
roles = ["case_supervisor"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Gwanak case supervisor 9"
roles = ["case_supervisor"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Gwanak partner"
roles = ["service_partner"]
center = "gwanak-shelter"
[[staff]]
district = "gwanak"
shown_as = "Gwanak partner 9"
roles = ["service_partner"]
center = "gwanak-shelter"
"#;

/// Sets the stage.
pub async fn set() -> (Stage, City) {
    let city = City::new().await;
    city.app.enlist(&Roster::parse(MORE).unwrap()).await.unwrap();
    // A day later the record checks of team 31 have run out.
    city.step(25 * 3_600).await;
    let mut stage = Stage::default();
    let desk = city.seat("desk-gwanak-1").await;
    walks(&mut stage, &city, &desk).await;
    alarms(&mut stage, &city, &desk).await;
    seats(&mut stage, &city).await;
    (stage, city)
}

async fn offered(city: &City, desk: &Phone, call_sign: &str, walk: &str) {
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(desk, &at("for-desk")).await.ok();
    let teams = city.get(desk, &at("teams")).await.ok();
    let all = teams.body["teams"].as_array().unwrap().clone();
    let team = all.iter().find(|one| one["call_sign"] == call_sign).unwrap();
    city.post(desk, &at("offer"), json!({ "team": team["team"] })).await.ok();
}

async fn steps(city: &City, team: &Phone, walk: &str, verbs: &[&str]) {
    for verb in verbs {
        city.post(team, &format!("/api/escort/requests/{walk}/{verb}"), json!({})).await.ok();
    }
}

async fn walks(stage: &mut Stage, city: &City, desk: &Phone) {
    let team = city.team_at("07", 200.0).await;
    let (phone, ended) = city.ask().await;
    stage.hold("requester", "ended", phone);
    stage.put(About::Walk, "", "ended", &ended);
    offered(city, desk, "07", &ended).await;
    let to_the_door = ["accept", "set-off", "arrive", "meet", "walk", "home"];
    steps(city, &team, &ended, &to_the_door).await;
    // It rests a while after a walk.
    city.step(180).await;
    city.move_to(&team, 200.0).await;
    let (phone, own) = city.ask().await;
    stage.hold("requester", "own", phone);
    stage.put(About::Walk, "", "own", &own);
    stage.put(About::Walk, "", "not standing", &own);
    offered(city, desk, "07", &own).await;
    steps(city, &team, &own, &["accept", "set-off"]).await;
    stage.hold("team", "own", team);
    let colleagues = city.team_at("11", 250.0).await;
    let (_, others) = city.ask().await;
    offered(city, desk, "11", &others).await;
    steps(city, &colleagues, &others, &["accept", "set-off"]).await;
    stage.put(About::Walk, "", "other's", &others);
    let abroad = city.team_at("21", 4_100.0).await;
    let mut wish = wish();
    wish["meeting_place"] = json!(place(7));
    let asked = city.post(&Phone::default(), "/api/escort/requests", wish).await.ok();
    let far = asked.text("/request/id");
    offered(city, &city.seat("desk-dongjak-1").await, "21", &far).await;
    steps(city, &abroad, &far, &["accept", "set-off"]).await;
    stage.put(About::Walk, "", "elsewhere", &far);
    // Nobody is free any more: the next who asks is turned away.
    let (phone, refused) = city.ask().await;
    stage.hold("requester", "not standing", phone);
    stage.put(About::Walk, "requester", "not standing", &refused);
    let lapsed = city.seat("team-31").await;
    let refused = city.post(&lapsed, "/api/volunteer/duty", json!({ "on": true })).await;
    assert!(!refused.status.is_success(), "its record checks have run out");
    stage.hold("team", "not standing", lapsed);
}

async fn raise(city: &City, phone: &Phone, lat: f64) -> (Phone, String) {
    let now = city.clock_millis();
    let here = json!([{ "at": { "lat": lat, "lon": 126.9297 }, "source": "gps", "seen_at": now }]);
    let raised = city.post(phone, "/api/alarm/alarms", json!({ "locations": here })).await.ok();
    (Phone::holding(&raised.text("/token")), raised.text("/alarm/id"))
}

async fn alarms(stage: &mut Stage, city: &City, desk: &Phone) {
    let nobody = Phone::default();
    let sillim = 37.4842;
    let team = stage.phone("team", "own");
    let lapsed = stage.phone("team", "not standing");
    let colleagues = city.seat("team-11").await;
    let (till, next_door) = (city.seat("haven-1").await, city.seat("haven-2").await);
    let screen = city.get(&till, "/api/haven/till").await.ok();
    stage.clerk = screen.text("/staff/0/person");
    for (role, phone) in [("", &nobody), ("team", &team), ("till", &till)] {
        let (token, alarm) = raise(city, phone, sillim).await;
        city.post(desk, &format!("/api/alarm/alarms/{alarm}/acknowledge"), json!({})).await.ok();
        let close = json!({ "outcome": "helped" });
        city.post(desk, &format!("/api/alarm/alarms/{alarm}/close"), close).await.ok();
        if role.is_empty() {
            stage.hold("sender", "ended", token);
        }
        stage.put(About::Alarm, role, "ended", &alarm);
        let (token, alarm) = raise(city, phone, sillim).await;
        if role.is_empty() {
            stage.hold("sender", "own", token);
            stage.put(About::Alarm, role, "not standing", &alarm);
        }
        stage.put(About::Alarm, role, "own", &alarm);
    }
    for (role, phone) in [("", &nobody), ("team", &colleagues), ("till", &next_door)] {
        let (_, alarm) = raise(city, phone, sillim).await;
        stage.put(About::Alarm, role, "other's", &alarm);
        if role == "till" {
            stage.put(About::Alarm, role, "not standing", &alarm);
        }
    }
    let (_, alarm) = raise(city, &nobody, sillim + 0.036).await;
    stage.put(About::Alarm, "", "elsewhere", &alarm);
    let (token, alarm) = raise(city, &nobody, sillim).await;
    city.post(&token, &format!("/api/alarm/alarms/{alarm}/retract"), json!({})).await.ok();
    stage.hold("sender", "not standing", token);
    stage.put(About::Alarm, "sender", "not standing", &alarm);
    let (_, alarm) = raise(city, &lapsed, sillim).await;
    stage.put(About::Alarm, "team", "not standing", &alarm);
    let screen = city.get(&next_door, "/api/haven/till").await.ok();
    let store: Id<id::Haven> = screen.text("/haven").parse().unwrap();
    city.suspend(store, Command::Suspend { reason: SuspensionReason::OwnWish }).await;
    stage.hold("till", "own", till);
    stage.hold("till", "not standing", next_door);
}

/// The seat of this label, with its newest session.
fn seat<'a>(list: &'a Value, shown_as: &str) -> (&'a str, &'a str) {
    let all = list["seats"].as_array().unwrap();
    let seat = all.iter().find(|seat| seat["shown_as"] == shown_as).unwrap();
    let session = seat["sessions"].get(0).and_then(|session| session["id"].as_str());
    (seat["id"].as_str().unwrap(), session.unwrap_or_default())
}

async fn seats(stage: &mut Stage, city: &City) {
    let administrator = city.seat("administrator-gwanak-1").await;
    let list = async |phone: &Phone| city.get(phone, "/api/seats").await.ok().body;
    let offices = [
        ("patrol", "patrol-gwanak-1", "patrol-gwanak-2", "Gwanak patrol"),
        ("dispatcher", "desk-gwanak-1", "desk-gwanak-3", "Gwanak desk"),
        ("supervisor", "supervisor-1", "supervisor-2", "City supervisor"),
        ("programme", "programme-gwanak-1", "programme-gwanak-2", "Gwanak programme"),
        ("analyst", "analyst-gwanak-1", "analyst-gwanak-2", "Gwanak analyst"),
        ("administrator", "administrator-gwanak-1", "administrator-gwanak-2", "Gwanak seats"),
        (
            "caseworker",
            "caseworker-gwanak-counseling-1",
            "caseworker-gwanak-counseling-2",
            "Gwanak caseworker",
        ),
        (
            "case supervisor",
            "case-supervisor-gwanak-counseling-1",
            "case-supervisor-gwanak-counseling-2",
            "Gwanak case supervisor",
        ),
        (
            "service partner",
            "service-partner-gwanak-shelter-1",
            "service-partner-gwanak-shelter-2",
            "Gwanak partner",
        ),
    ];
    for (role, part, closed, _) in offices {
        let own =
            if role == "administrator" { administrator.clone() } else { city.seat(part).await };
        stage.hold(role, "own", own);
        stage.hold(role, "not standing", city.seat(closed).await);
    }
    let seats = list(&administrator).await;
    for (role, _, _, label) in offices {
        let own = if role == "dispatcher" { "Gwanak desk 1".to_owned() } else { label.to_owned() };
        let (id, session) = seat(&seats, &own);
        stage.put(About::Seat, role, "own", id);
        stage.put(About::Session, role, "own", session);
        let (id, session) = seat(&seats, &format!("{label} 9"));
        stage.put(About::Seat, role, "not standing", id);
        stage.put(About::Session, role, "not standing", session);
        city.post(&administrator, &format!("/api/seats/{id}/close"), json!({})).await.ok();
        if role == "dispatcher" {
            stage.put(About::Seat, "", "ended", id);
            stage.put(About::Session, "", "ended", session);
        }
    }
    for (role, label) in [("", "Gwanak desk 1"), ("team", "team 07"), ("till", "CU 신림점")] {
        let (id, session) = seat(&seats, label);
        for situation in ["own", "not standing"] {
            stage.put(About::Seat, role, situation, id);
            stage.put(About::Session, role, situation, session);
        }
    }
    let (id, session) = seat(&seats, "team 11");
    stage.put(About::Seat, "", "other's", id);
    stage.put(About::Session, "", "other's", session);
    let seats = list(&city.seat("administrator-dongjak-1").await).await;
    let (id, session) = seat(&seats, "team 21");
    stage.put(About::Seat, "", "elsewhere", id);
    stage.put(About::Session, "", "elsewhere", session);
}
