//! Any words that read well open a mailbox. What the server does for one that nobody uses is, by count
//! of queries and bytes, what it does for one that was used and is empty. (The time is measured, not
//! tested: `waylight bench mailbox`.)

use crate::{
    browser::{Her, post},
    city::{Answer, City},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const OPENINGS: usize = 12;

/// The statements of one-stop in the log, counted by name, until so many mailboxes were looked for.
fn statements(city: &City, openings: usize) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    let mut looked = 0;
    while looked < openings {
        let line = city.next_line();
        let Some((_, rest)) = line.split_once("-- onestop::") else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        looked += usize::from(name == "cases_in");
        *counted.entry(name).or_default() += 1;
    }
    counted
}

#[tokio::test]
async fn an_unused_mailbox_costs_the_same_queries_and_bytes_as_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let city = City::start(folder.path(), "warn,sqlx::query=debug");
    let mut emptied = Her::begins(&city, 3).await;
    let report = emptied.reports("{}", &[]);
    post(&city, "report", report.body).await.ok();
    let full = emptied.opens(&city).await.ok();
    assert_eq!(full.body["cases"].as_array().unwrap().len(), 1);
    emptied.deletes(&city, report.manifest.case).await.ok();
    let own = |answer: &Answer| (answer.body.clone(), answer.length);
    statements(&city, 1);

    // Beginning asks for the salt, which everybody does before she opens anything; it is over, and out
    // of the log, once a later opening stands there.
    let mut nobodies = Vec::new();
    for seed in 100..100 + OPENINGS as u64 {
        nobodies.push(Her::begins(&city, seed).await);
    }
    let empty = emptied.opens(&city).await.ok();
    assert_eq!(empty.body, json!({ "cases": [] }));
    statements(&city, 1);

    // The same number of openings of each, and what the log says of them.
    for _ in 0..OPENINGS {
        assert_eq!(own(&emptied.opens(&city).await.ok()), own(&empty));
    }
    let of_the_empty = statements(&city, OPENINGS);
    for nobody in &nobodies {
        assert_eq!(own(&nobody.opens(&city).await.ok()), own(&empty), "one answer, one size");
    }
    let of_nobody = statements(&city, OPENINGS);
    assert_eq!(of_nobody, of_the_empty);
    let all: Value = json!(of_nobody);
    assert_eq!(all, json!({ "cases_in": OPENINGS }), "looked for, and nothing else");
}
