//! The committed vectors: that they are what is made today, and that every case of every file is
//! answered as it says. Whatever is not known here fails.
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test all through")]

mod answer;
mod make;

use matching::Refusal;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::PathBuf};

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "vectors"].iter().collect()
}

/// Every committed file but the README.
fn committed() -> Vec<(String, Value)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(section) = name.strip_suffix(".json") {
            let text = fs::read_to_string(folder().join(&name)).unwrap();
            files.push((section.to_owned(), serde_json::from_str(&text).unwrap()));
        }
    }
    files
}

fn cases(file: &Value) -> &[Value] {
    file["cases"].as_array().unwrap()
}

#[test]
fn the_committed_files_are_what_is_made_today() {
    let made = make::all();
    let names: BTreeSet<String> = committed().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, made.iter().map(|section| section.name.to_owned()).collect());
    for (name, file) in committed() {
        let section = made.iter().find(|section| section.name == name).unwrap();
        let today: Value = serde_json::from_str(&section.text()).unwrap();
        // Not by `assert_eq`: what differs may be a megabyte.
        assert!(
            file == today,
            "{name}.json is another: cargo run -p matching --example matching_vectors"
        );
    }
}

#[test]
fn every_case_is_answered_as_it_says() {
    let mut wrongs = Vec::new();
    for (section, file) in committed() {
        let mut names = BTreeSet::new();
        for case in cases(&file) {
            let name = case["name"].as_str().unwrap();
            assert!(names.insert(name), "twice: {name} of {section}");
            let operation = case["operation"].as_str().unwrap();
            let found = answer::answer(&section, operation, &case["inputs"]);
            let right = match &found {
                Ok(gives) => case.get("gives") == Some(gives) && case.get("refused").is_none(),
                Err(refusal) => case.get("refused").and_then(Value::as_str) == Some(refusal.code()),
            };
            if !right {
                wrongs.push(format!("{name} of {section}: {found:?}"));
            }
        }
    }
    assert!(wrongs.is_empty(), "{wrongs:#?}");
}

/// What comes of several holders speaking to each other has no case: `src/ceremony/tests.rs`.
/// An entry that is refused within a batch stands in what the batch gives.
const ELSEWHERE: [Refusal; 2] = [Refusal::CeremonyProofWrong, Refusal::CeremonyDisagrees];

#[test]
fn most_cases_are_refusals_and_every_refusal_has_one() {
    let files = committed();
    let text: String = files.iter().map(|(_, file)| file.to_string()).collect();
    let all: Vec<&Value> = files.iter().flat_map(|(_, file)| cases(file)).collect();
    let refused = all.iter().filter(|case| case.get("refused").is_some()).count();
    assert!(refused * 2 > all.len(), "{refused} of {}", all.len());
    for refusal in Refusal::ALL.iter().filter(|refusal| !ELSEWHERE.contains(refusal)) {
        let named = format!("\"refused\":\"{}\"", refusal.code());
        assert!(text.contains(&named), "{refusal}");
    }
}
