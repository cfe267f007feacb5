//! Who has no business with a case, and tries: offices of the street side, with every route there is
//! and some that there are not. Refused, nothing changed, and in the log with the seat that tried.

use super::{
    browser::{Her, Worker, bytes, text},
    opened, sent,
};
use crate::city::City;
use axum::http::Method;
use seal::directory::Service;
use serde_json::{Value, json};
use server::Roster;
use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

const OFFICES: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Gwanak seats"
roles = ["administrator"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak programme"
roles = ["programme"]
[[staff]]
district = "gwanak"
shown_as = "Gwanak figures"
roles = ["analyst"]
"#;

/// What is written to the log, a line each.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Written {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target().starts_with("server")
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What somebody tries who is none of the center's: to read, to write, to move, and to have its key
/// closed for a device of her own.
fn tries(counsel: &mut Worker, case: &Value, city: &City) -> Vec<(Method, &'static str, Value)> {
    let own = counsel.device.key().public();
    let (team, device) = (text(counsel.team.0), text(counsel.id.0));
    let wrap = text(counsel.closed_for(1, counsel.id, &own));
    let key = text(counsel.key_entry(city, 2, Service::Counsel));
    vec![
        (Method::GET, "desk", Value::Null),
        (Method::GET, "knocks", Value::Null),
        (Method::GET, "shares", Value::Null),
        (Method::POST, "case", json!({ "case": case })),
        (Method::POST, "case/move", json!({ "case": case, "device": device, "moved": [] })),
        (Method::POST, "device", json!({ "entry": text(counsel.entry(city, 9)) })),
        (
            Method::POST,
            "team-key",
            json!({ "entry": key, "wraps": [{ "device": device, "wrap": wrap }] }),
        ),
        (Method::POST, "team-key/share", json!({ "epoch": 1, "device": device, "wrap": wrap })),
        (
            Method::POST,
            "team-key/back",
            json!({ "device": device, "epoch": 1, "wraps": [{ "epoch": 1, "wrap": wrap }] }),
        ),
        (Method::POST, "shares", json!({ "epoch": 1, "older": [], "center": team })),
    ]
}

#[tokio::test]
async fn an_administrator_reads_exports_searches_and_grants_herself_nothing_and_it_is_logged() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    city.app.enlist(&Roster::parse(OFFICES).unwrap()).await.unwrap();
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let case = text(report.manifest.case.0);
    let before = counsel.finds(&city, report.manifest.case).await.ok().bytes;
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().bytes;
    let log = Written::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let offices =
        ["administrator-gwanak-1", "programme-gwanak-1", "analyst-gwanak-1", "desk-gwanak-1"];
    for part in offices {
        let office = city.seat(part).await;
        log.0.lock().unwrap().clear();
        let tries = tries(&mut counsel, &case, &city);
        for (method, verb, body) in &tries {
            let (path, key) = (format!("/api/onestop/{verb}"), city.key());
            let answer = city.send(&office, method.clone(), &path, Some(&key), body).await;
            answer.is(403, "session.not-yours");
        }
        let lines = log.0.lock().unwrap().clone();
        for (_, verb, _) in &tries {
            let route = format!("route=\"/api/onestop/{verb}\"");
            let said = lines.iter().find(|line| line.contains(&route)).unwrap();
            assert!(said.starts_with("WARN") && said.contains("seat=per_"), "{said}");
        }
        assert_eq!(lines.len(), tries.len(), "one line each: {lines:?}");
        let spelled = case.as_str().unwrap();
        assert!(lines.iter().all(|line| !line.contains(spelled)), "no case is named");
        // There is nothing that lists, searches or exports, for nobody.
        for verb in ["cases", "search?q=%EC%8B%A0%EB%A6%BC", "export", "export.csv", "case/all"] {
            let path = format!("/api/onestop/{verb}");
            city.get(&office, &path).await.is(404, "request.no-such-thing");
        }
    }
    assert_eq!(counsel.finds(&city, report.manifest.case).await.ok().bytes, before);
    assert_eq!(city.get(&counsel.phone, "/api/onestop/desk").await.ok().bytes, desk);
    grants_herself_nothing(&city).await;
}

/// A seat of a center is the operator's to give; and the operator's seat would be given no key: that
/// takes a colleague who has compared four words.
async fn grants_herself_nothing(city: &City) {
    let administrator = city.seat("administrator-gwanak-1").await;
    let number = city.store.number();
    let new = json!({ "shown_as": "Counsel 9", "roles": ["caseworker"] });
    city.post(&administrator, "/api/seats", new).await.is(422, "seat.caseworker-role");
    assert_eq!(city.store.number(), number, "nothing happened");
    let part = "caseworker-gwanak-counseling-2";
    let planted = Worker::registers(city, part, 71).await;
    let desk = city.get(&planted.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!((desk["epoch"].as_u64(), &desk["own_wraps"]), (Some(1), &json!([])));
    // What knocks she sees as bytes, which no key of hers opens.
    let knocks = city.get(&planted.phone, "/api/onestop/knocks").await.ok().body;
    let epoch = seal::team::Epoch { team: planted.team, number: 1 };
    let knock = bytes(&knocks["knocks"][0]["knock"]);
    assert!(seal::knock::Knock::open(epoch, &planted.key, &knock).is_err());
    assert!(seal::knock::Knock::open(epoch, planted.device.key(), &knock).is_err());
}
