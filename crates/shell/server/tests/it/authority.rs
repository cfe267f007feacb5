//! Role × route × whose thing it is: every combination is asked of a real city, and the answers are
//! one table that somebody reads. A route of the document that is not known here fails the test.

pub mod acts;
mod onestop;
mod people;
pub mod stage;
mod whose;

use crate::city::{City, Phone};
use acts::{Act, acts};
use axum::http::Method;
use serde_json::Value;
use stage::{ROLES, SITUATIONS, Stage};
use std::{collections::BTreeSet, fmt::Write};

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

#[test]
fn every_route_of_the_document_is_known_here_and_no_other() {
    let known: BTreeSet<_> =
        acts().into_iter().map(|act| (act.method.to_owned(), act.path.to_owned())).collect();
    let served = routes();
    let missing: Vec<_> = served.difference(&known).collect();
    let stale: Vec<_> = known.difference(&served).collect();
    assert!(missing.is_empty() && stale.is_empty(), "unreviewed: {missing:?}, gone: {stale:?}");
}

/// What came of a request: `+` done, `=` understood and refused by the state of the thing, `1` sign
/// in first, `3` not your role, `4` no such thing. Anything else is a mistake of this test.
fn letter(act: &Act, status: u16, code: &str) -> char {
    match (status, code) {
        (200..=299, _) => '+',
        // A tile that holds nothing.
        (404, _) if act.path.starts_with("/tiles") => '+',
        (409 | 422, code) if code != "request.key-reused" => '=',
        // The desk is there, its note is not; hers, and no watch there yet; no streets are imported
        // in this city.
        (404, "alarm.no-such-note" | "volunteer.no-such-watch") | (503, "route.no-streets") => '=',
        (401, "session.not-signed-in") => '1',
        (403, "session.not-yours") => '3',
        (404, "request.no-such-thing") => '4',
        _ => '?',
    }
}

/// The cities the table is asked of: one night, begun again after every act that changes it.
struct Nights {
    stage: Stage,
    kept: City,
    tonight: City,
    turn: u64,
    asked: usize,
}

impl Nights {
    async fn begin() -> Self {
        let (stage, city) = stage::set().await;
        let kept = city.kept().await;
        let tonight = City::again(&kept, 0).await;
        Self { stage, kept, tonight, turn: 0, asked: 0 }
    }

    async fn ask(&mut self, act: &Act, role: &str, situation: &str) -> char {
        let phone: Phone = self.stage.phone(role, situation);
        let id = self.stage.thing(act.about, role, situation);
        let uri = act.uri(&id);
        let key = self.tonight.key();
        let body = (act.body)(&self.stage, role);
        let method = Method::from_bytes(act.method.as_bytes()).unwrap();
        let (status, code) = self.tonight.status(&phone, &method, &uri, &key, &body).await;
        let letter = letter(act, status, &code);
        assert_ne!(letter, '?', "{} {uri} by {role}, {situation}: {status} {code}", act.method);
        self.asked += 1;
        if letter == '+' && act.changes {
            self.turn += 1;
            self.tonight = City::again(&self.kept, self.turn).await;
        }
        letter
    }
}

#[tokio::test]
async fn every_role_is_answered_about_every_thing_as_the_table_says() {
    let mut nights = Nights::begin().await;
    let mut table = String::from("columns: ");
    for (letter, role) in ROLES {
        let _ = write!(table, "{letter} {role}, ");
    }
    let letters: String = ROLES.iter().map(|(letter, _)| *letter).collect();
    let _ = writeln!(
        table,
        "\n+ done  = refused by its state  1 sign in first  3 not your role  4 no such thing\n"
    );
    let _ = write!(table, "{:54}", "");
    for situation in SITUATIONS {
        let _ = write!(table, "{situation:<width$}", width = letters.len() + 2);
    }
    let _ = write!(table, "\n{:54}", "");
    for _ in SITUATIONS {
        let _ = write!(table, "{letters}  ");
    }
    table = format!("{}\n", table.trim_end());
    for act in acts() {
        let mut line = format!("{:7}{:47}", act.method, act.path);
        for situation in SITUATIONS {
            for (_, role) in ROLES {
                // What names no thing is the same whoever's it would be.
                let told = if act.about.is_some() || matches!(situation, "own" | "not standing") {
                    nights.ask(&act, role, situation).await
                } else {
                    ' '
                };
                line.push(told);
            }
            line.push_str("  ");
        }
        let _ = writeln!(table, "{}", line.trim_end());
    }
    println!("{} asked, {} nights", nights.asked, nights.turn + 1);
    insta::assert_snapshot!(table);
}
