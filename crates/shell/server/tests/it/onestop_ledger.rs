//! The dated rules, whose changes are in the journal, and the ledger of what was told of all women
//! together, out of which nobody gets a second table that differs by one of them.

use crate::city::{Answer, City, Phone};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Span;
use serde_json::{Value, json};
use server::Roster;

const COUNTING: &str = r#"
[[onestop.centers]]
key = "gwanak-counting"
service = "figures"
name = { ko = "관악 통계실 (지어낸 곳)", en = "Gwanak figures office (invented)" }
does = { ko = "숫자만 세요.", en = "Counts, and sees nobody." }
hours = { ko = "평일 09:00-18:00", en = "weekdays 09:00-18:00" }
phone = "02-000-0109"
[onestop.figures]
yearly_epsilon_thousandths = 1500
[[onestop.figures.tables]]
key = "city-quarter"
name = { ko = "분기별", en = "By quarter" }
every = "quarter"
by = ["type"]
epsilon_thousandths = 500
[[onestop.figures.tables]]
key = "districts"
name = { ko = "구별", en = "By district" }
every = "year"
by = ["district", "type"]
epsilon_thousandths = 1000
"#;

const COUNTERS: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Figures 1"
roles = ["service_partner"]
center = "gwanak-counting"
[[staff]]
district = "gwanak"
shown_as = "Counsel 1"
roles = ["caseworker"]
center = "gwanak-counseling"
"#;

const RULE: &str = r#"
[[onestop.age_rules]]
key = "kr-child"
name = { ko = "아동·청소년", en = "child or youth" }
kind = "under_19_until_its_year"
from = "2010-01-01"
source = "Act A, Article 2"
confirmed_by = "Counsel B, 2026-11-20"
"#;

/// What a table of these lines would be called by: any two differ.
fn digest(of: u32) -> Value {
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&of.to_be_bytes());
    json!(URL_SAFE_NO_PAD.encode(bytes))
}

async fn asks(city: &City, phone: &Phone, table: &str, period: &str, of: u32) -> Answer {
    let body = json!({ "table": table, "period": period, "digest": digest(of) });
    city.post(phone, "/api/onestop/ledger/reserve", body).await
}

async fn counting() -> (City, Phone) {
    let city = City::with_network(COUNTING).await;
    city.app.enlist(&Roster::parse(COUNTERS).unwrap()).await.unwrap();
    let phone = city.seat("service-partner-gwanak-counting-1").await;
    (city, phone)
}

async fn ledger(city: &City, phone: &Phone) -> Value {
    city.get(phone, "/api/onestop/ledger").await.ok().body
}

/// What the city has told of its rules: when, and what.
async fn told(city: &City) -> Vec<(i64, Value)> {
    let all = city.store.read_after(0, 10_000).await.unwrap();
    let own = all.into_iter().filter(|one| one.stream == "onestop.rulebook");
    own.map(|one| (one.at.millis(), serde_json::from_str(&one.body).unwrap())).collect()
}

#[tokio::test]
async fn a_thousand_tables_that_differ_by_one_person_are_refused() {
    let (city, phone) = counting().await;
    let first = asks(&city, &phone, "city-quarter", "2026-Q3", 0).await;
    assert_eq!(first.status.as_u16(), 201, "{}", first.body);
    assert_eq!(first.body["epsilon_thousandths"], 500);
    assert_eq!(first.body["reserved_at"], city.app_now().rounded_to_hour().millis());
    for of in 1..=1_000 {
        let other = asks(&city, &phone, "city-quarter", "2026-Q3", of).await;
        other.is(409, "onestop.released");
    }
    // The same one again is the same release, an hour later, and in another life of the server.
    city.clock.step(Span::hours(2));
    let city = city.restart_with_network(COUNTING).await;
    let phone = city.seat("service-partner-gwanak-counting-1").await;
    let again = asks(&city, &phone, "city-quarter", "2026-Q3", 0).await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &first.body));
    let kept = ledger(&city, &phone).await;
    assert_eq!(kept["releases"], json!([first.body]));
}

#[tokio::test]
async fn no_year_spends_more_than_the_pack_gives_it() {
    let (city, phone) = counting().await;
    for (at, period) in ["2026-Q1", "2026-Q2", "2026-Q3"].into_iter().enumerate() {
        let answer = asks(&city, &phone, "city-quarter", period, at as u32).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
    }
    // 26 November: the quarter and the year still run.
    asks(&city, &phone, "city-quarter", "2026-Q4", 4).await.is(409, "onestop.period_runs");
    asks(&city, &phone, "districts", "2026", 5).await.is(409, "onestop.period_runs");
    city.clock.step(Span::days(40));
    let phone = city.seat("service-partner-gwanak-counting-1").await;
    asks(&city, &phone, "city-quarter", "2026-Q4", 4).await.is(409, "onestop.spent");
    asks(&city, &phone, "districts", "2026", 5).await.is(409, "onestop.spent");
    // Another year has its own.
    assert_eq!(asks(&city, &phone, "districts", "2025", 6).await.status.as_u16(), 201);
    let kept = ledger(&city, &phone).await;
    let spent = |year: &str| -> u64 {
        let all = kept["releases"].as_array().unwrap().iter();
        let own = all.filter(|one| one["period"].as_str().unwrap().starts_with(year));
        own.map(|one| one["epsilon_thousandths"].as_u64().unwrap()).sum()
    };
    assert_eq!((spent("2026"), spent("2025")), (1_500, 1_000));
}

#[tokio::test]
async fn what_is_no_table_or_no_period_of_it_is_refused() {
    let (city, phone) = counting().await;
    asks(&city, &phone, "names", "2026-Q3", 1).await.is(404, "request.no-such-thing");
    asks(&city, &phone, "city-quarter", "2025", 1).await.is(422, "onestop.another_period");
    for period in ["", "2026-Q5", "2026-13", "last quarter"] {
        let wrong = asks(&city, &phone, "city-quarter", period, 1).await;
        assert!(wrong.status.is_client_error() && wrong.status.as_u16() != 404, "{}", wrong.body);
    }
    assert_eq!(ledger(&city, &phone).await["releases"], json!([]));
}

#[tokio::test]
async fn a_center_that_helps_has_no_ledger() {
    let (city, _) = counting().await;
    let counsel = city.seat("caseworker-gwanak-counseling-1").await;
    city.get(&counsel, "/api/onestop/ledger").await.is(404, "request.no-such-thing");
    asks(&city, &counsel, "city-quarter", "2026-Q3", 1).await.is(404, "request.no-such-thing");
    let nobody = city.get(&Phone::default(), "/api/onestop/ledger").await;
    nobody.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn a_rule_that_changes_between_two_starts_is_dated_in_the_journal() {
    let city = City::with_network("").await;
    assert!(told(&city).await.is_empty(), "a city without rules has nothing to tell of them");
    let none = city.get(&Phone::default(), "/api/onestop/rules").await.ok().body;
    assert_eq!(none["age_rules"], json!([]));

    city.clock.step(Span::hours(1));
    let city = city.restart_with_network(RULE).await;
    let served = city.get(&Phone::default(), "/api/onestop/rules").await.ok().body;
    assert_eq!(served["age_rules"][0]["kind"], "under_19_until_its_year");
    assert_ne!(served["hash"], none["hash"]);
    let first = told(&city).await;
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].0, city.clock_millis());
    let name = "age/kr-child/2010-01-01";
    assert!(first[0].1["changed"]["put"][name].is_string(), "{:?}", first[0].1);

    let city = city.restart_with_network(RULE).await;
    assert_eq!(told(&city).await.len(), 1, "the same rules are no news");
    city.clock.step(Span::hours(1));
    let city = city.restart_with_network(&RULE.replace("_until_its_year", "")).await;
    let after = told(&city).await;
    assert_eq!(after.len(), 2);
    assert_eq!(after[1].0 - after[0].0, Span::hours(1).as_millis());
    assert_ne!(after[1].1["changed"]["put"][name], after[0].1["changed"]["put"][name]);
    let city = city.restart_with_network("").await;
    assert_eq!(told(&city).await[2].1, json!({ "changed": { "put": {}, "removed": [name] } }));
}
