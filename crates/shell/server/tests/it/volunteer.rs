//! How somebody comes to help: asked to join, taken on, paired for a night, out on the first walk.

mod care;
mod nights;

use crate::city::{Answer, City, Phone};
use serde_json::{Value, json};
use server::Roster;

const STAFF: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Gwanak volunteers"
roles = ["programme"]
"#;

/// The programme manager of Gwanak.
pub async fn manager(city: &City) -> Phone {
    city.app.enlist(&Roster::parse(STAFF).unwrap()).await.unwrap();
    let night = city.get(&Phone::default(), "/api/demo").await.ok();
    let parts = night.body["parts"].as_array().unwrap().iter();
    let part = parts.filter_map(|one| one["part"].as_str()).find(|part| part.contains("programme"));
    city.seat(part.unwrap()).await
}

/// A helper on her own phone.
pub struct Volunteer {
    pub person: String,
    pub phone: Phone,
}

impl Volunteer {
    pub fn at(&self, verb: &str) -> String {
        format!("/api/volunteer/people/{}/{verb}", self.person)
    }

    pub async fn page(&self, city: &City) -> Value {
        let path = format!("/api/volunteer/people/{}", self.person);
        city.get(&self.phone, &path).await.ok().body
    }

    pub async fn does(&self, city: &City, verb: &str, body: Value) -> Answer {
        city.post(&self.phone, &self.at(verb), body).await
    }
}

pub async fn applies(city: &City, name: &str, engagement: &str) -> (String, Phone) {
    let asked = json!({
        "district": "gwanak", "engagement": engagement, "first_name": name,
        "phone": "010-5550-1212", "words": "밤에 시간이 있어요",
    });
    let applied = city.post(&Phone::default(), "/api/volunteer/applications", asked).await.ok();
    (applied.text("/application/id"), Phone::holding(&applied.text("/token")))
}

async fn answers(
    city: &City,
    manager: &Phone,
    application: &str,
    verb: &str,
    body: Value,
) -> Answer {
    city.post(manager, &format!("/api/volunteer/applications/{application}/{verb}"), body).await
}

/// Taken on, without any papers yet.
pub async fn taken_on(
    city: &City,
    manager: &Phone,
    name: &str,
    gender: &str,
    how: &str,
) -> Volunteer {
    let (application, applicant) = applies(city, name, how).await;
    let at = city.get(manager, "/api/crew").await.ok().body["now"].as_i64().unwrap() + 60_000;
    answers(city, manager, &application, "invite", json!({ "at": at })).await.ok();
    answers(city, manager, &application, "interviewed", json!({})).await.ok();
    let taken = json!({ "gender": gender, "engagement": how });
    answers(city, manager, &application, "accept", taken).await.ok();
    let path = format!("/api/volunteer/applications/{application}");
    let seen = city.get(&applicant, &path).await.ok();
    assert_eq!(seen.text("/stage"), "accepted");
    Volunteer {
        person: seen.text("/door/person"),
        phone: Phone::holding(&seen.text("/door/token")),
    }
}

pub async fn papers(city: &City, manager: &Phone, helper: &Volunteer) {
    for paper in ["record_check", "training"] {
        let note = json!({ "paper": paper, "until": "2027-10-31" });
        city.post(manager, &helper.at("papers"), note).await.ok();
    }
}

/// Taken on, checked and trained.
pub async fn serves(
    city: &City,
    manager: &Phone,
    name: &str,
    gender: &str,
    how: &str,
) -> Volunteer {
    let helper = taken_on(city, manager, name, gender, how).await;
    papers(city, manager, &helper).await;
    helper
}

/// A night of the calendar, opened.
pub async fn open(city: &City, manager: &Phone, date: &str, crew_min: u16) -> String {
    let asked = json!({ "date": date, "crew_min": crew_min });
    let crew = city.post(manager, "/api/volunteer/nights", asked).await.ok();
    let nights = crew.body["nights"].as_array().unwrap().clone();
    nights.last().unwrap()["id"].as_str().unwrap().to_owned()
}

pub async fn pair(city: &City, manager: &Phone, night: &str, two: [&Volunteer; 2]) -> Answer {
    let asked = json!({ "members": two.map(|one| one.person.clone()) });
    city.post(manager, &format!("/api/volunteer/nights/{night}/pair"), asked).await
}

/// Both of a team check in and take the vest's phone.
pub async fn check_in(city: &City, night: &str, two: [&Volunteer; 2], vest: &str) -> Answer {
    let asked = json!({ "night": night, "call_sign": vest });
    two[0].does(city, "check-in", asked.clone()).await.ok();
    two[1].does(city, "check-in", asked).await
}

async fn walks(city: &City, team: &Phone) {
    let desk = city.seat("desk-gwanak-1").await;
    let (_, walk) = city.ask().await;
    let at = |verb: &str| format!("/api/escort/requests/{walk}/{verb}");
    city.get(&desk, &at("for-desk")).await.ok();
    city.post(&desk, &at("offer"), json!({})).await.ok();
    for verb in ["accept", "set-off", "arrive", "meet", "walk", "home"] {
        city.post(team, &at(verb), json!({})).await.ok();
    }
}

#[tokio::test]
async fn from_the_form_to_the_first_walk() {
    for city in City::everywhere().await {
        let manager = manager(&city).await;
        let jisu = taken_on(&city, &manager, "지수", "woman", "volunteer").await;
        let hajun = serves(&city, &manager, "하준", "man", "volunteer").await;
        // Signing up asks for no papers; going out does.
        let night = open(&city, &manager, "2026-11-26", 2).await;
        for one in [&jisu, &hajun] {
            one.does(&city, "sign-up", json!({ "night": night })).await.ok();
        }
        let lacks = &jisu.page(&city).await["lacks"];
        assert_eq!(lacks[0], "volunteer.lack-no-record-check");
        pair(&city, &manager, &night, [&jisu, &hajun])
            .await
            .is(422, "volunteer.lack-no-record-check");
        papers(&city, &manager, &jisu).await;
        let proposed =
            city.get(&manager, &format!("/api/volunteer/nights/{night}/proposal")).await.ok();
        assert_eq!(proposed.body["teams"].as_array().unwrap().len(), 1);
        pair(&city, &manager, &night, [&jisu, &hajun]).await.ok();
        assert_eq!(jisu.page(&city).await["nights"][0]["with"], "하준");

        let asked = json!({ "night": night, "call_sign": "07" });
        jisu.does(&city, "check-in", asked).await.is(409, "volunteer.too-early");
        city.step(47 * 3_600).await;
        let checked = check_in(&city, &night, [&jisu, &hajun], "07").await.ok();
        assert_eq!(checked.body["code"], json!(null), "the vest has a phone");
        let team = city.team_at("07", 100.0).await;
        let screen = city.get(&team, "/api/team").await.ok();
        assert_eq!(screen.body["first_names"], json!(["지수", "하준"]));
        city.step(1_200).await;
        city.move_to(&team, 100.0).await;
        walks(&city, &team).await;
        city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
        city.step(0).await;
        assert_eq!(jisu.page(&city).await["statement"]["volunteer_minutes"], 20);
    }
}

#[tokio::test]
async fn one_person_is_never_out_in_two_teams() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let one = serves(&city, &manager, "지수", "woman", "volunteer").await;
    let two = serves(&city, &manager, "하준", "man", "volunteer").await;
    let three = serves(&city, &manager, "민서", "woman", "volunteer").await;
    let nights = [
        open(&city, &manager, "2026-11-26", 2).await,
        open(&city, &manager, "2026-11-27", 2).await,
    ];
    for (night, other, vest) in [(&nights[0], &two, "07"), (&nights[1], &three, "11")] {
        for helper in [&one, other] {
            helper.does(&city, "sign-up", json!({ "night": night })).await.ok();
        }
        let manager = crate::volunteer::manager(&city).await;
        pair(&city, &manager, night, [&one, other]).await.ok();
        city.step(if vest == "07" { 47 * 3_600 } else { 24 * 3_600 }).await;
        if vest == "11" {
            // She is out already, with yesterday's team.
            let early = city.seat("team-07").await;
            city.post(&early, "/api/volunteer/duty", json!({ "on": true })).await.ok();
        }
        check_in(&city, night, [&one, other], vest).await.ok();
        let team = city.seat(&format!("team-{vest}")).await;
        let asked = city.post(&team, "/api/volunteer/duty", json!({ "on": true })).await;
        if vest == "07" {
            asked.ok();
            city.post(&team, "/api/volunteer/duty", json!({ "on": false })).await.ok();
        } else {
            asked.is(409, "volunteer.in-another-team");
            // Nothing of it has happened to the other one either.
            assert_eq!(city.get(&team, "/api/team").await.ok().text("/duty"), "off");
            let screen = city.get(&team, "/api/team").await.ok();
            assert_eq!(screen.body["members"][1]["out_since"], json!(null));
        }
    }
}

#[tokio::test]
async fn what_an_applicant_wrote_is_in_no_event_and_gone_a_while_after_a_no() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let (application, applicant) = applies(&city, "카나리아나", "volunteer").await;
    let crew = city.get(&manager, "/api/crew").await.ok();
    assert_eq!(crew.text("/applications/0/first_name"), "카나리아나");
    answers(&city, &manager, &application, "decline", json!({ "reason": "no_place" })).await.ok();
    let path = format!("/api/volunteer/applications/{application}");
    let seen = city.get(&applicant, &path).await.ok();
    assert_eq!(seen.text("/declined"), "volunteer.declined-no-place");
    for (file, bytes) in city.at_rest() {
        let name = "카나리아나".as_bytes();
        assert!(!bytes.windows(name.len()).any(|part| part == name), "{file}");
    }
    // Nobody else's token opens it, nor does none.
    let (_, stranger) = applies(&city, "다른이", "volunteer").await;
    for phone in [stranger, Phone::default()] {
        city.get(&phone, &path).await.is(404, "request.no-such-thing");
    }
}

#[tokio::test]
async fn an_application_that_waits_a_week_is_brought_up() {
    let city = City::new().await;
    applies(&city, "지수", "paid").await;
    city.step(7 * 86_400).await;
    let manager = manager(&city).await;
    let crew = city.get(&manager, "/api/crew").await.ok();
    assert_eq!(crew.body["applications"][0]["reminded"], json!(true));
}

#[tokio::test]
async fn who_leaves_has_no_page_any_more() {
    let city = City::new().await;
    let manager = manager(&city).await;
    let helper = serves(&city, &manager, "지수", "woman", "volunteer").await;
    helper.page(&city).await;
    city.post(&manager, &helper.at("leave"), json!({})).await.ok();
    let path = format!("/api/volunteer/people/{}", helper.person);
    city.get(&helper.phone, &path).await.is(404, "request.no-such-thing");
}
