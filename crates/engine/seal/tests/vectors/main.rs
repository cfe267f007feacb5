//! The committed vectors: that they are what is made today, and that every case of every file is
//! answered as it says. Whatever is not known here fails.
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test all through")]

mod answer;
mod case;
mod make;

use case::{Case, File, resolved};
use std::{collections::BTreeSet, fs, path::PathBuf};

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "vectors"].iter().collect()
}

/// Every committed file but the README.
fn committed() -> Vec<File> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| File::read(name.strip_suffix(".json").unwrap(), &folder().join(name)))
        .collect()
}

#[test]
fn the_committed_files_are_what_is_made_today() {
    let made = make::all().unwrap();
    let files: BTreeSet<String> = committed().iter().map(|file| file.name.clone()).collect();
    assert_eq!(files, made.iter().map(|section| section.name.to_owned()).collect());
    for section in made {
        let name = section.name;
        let text = fs::read_to_string(folder().join(name).with_extension("json")).unwrap();
        // Not by `assert_eq`: what differs may be a megabyte.
        let (old, new): (serde_json::Value, serde_json::Value) =
            (serde_json::from_str(&text).unwrap(), serde_json::from_str(&section.text()).unwrap());
        assert!(old == new, "{name}.json is another: cargo run -p seal --example seal_vectors");
    }
}

/// How a case is answered otherwise than it says, if it is.
fn wrong(file: &File, case: &Case<'_>) -> Option<String> {
    let answer = answer::answer(&file.name, case).expect("a known operation");
    match (answer, case.refusal()) {
        (Err(found), Some(refusal)) if found == refusal => None,
        (Ok(found), None) => {
            let gives = resolved(file, &case.field("gives"));
            (found != gives).then(|| "something else is given".to_owned())
        }
        (Err(found), _) => Some(format!("refused as {found}")),
        (Ok(_), Some(refusal)) => Some(format!("taken, not refused as {refusal}")),
    }
}

#[test]
fn every_case_is_answered_as_it_says() {
    let mut wrongs = Vec::new();
    for file in committed() {
        let mut names = BTreeSet::new();
        for fields in &file.cases {
            let case = Case::of(&file, fields);
            let at = format!("{} of {}, {}", case.name, file.name, case.says);
            assert!(names.insert(case.name.clone()), "twice: {at}");
            wrongs.extend(wrong(&file, &case).map(|how| format!("{at}: {how}")));
            case.end();
        }
    }
    assert!(wrongs.is_empty(), "{wrongs:#?}");
}

#[test]
fn most_cases_are_refusals_and_every_refusal_has_one() {
    let files = committed();
    let cases = || files.iter().flat_map(|file| &file.cases);
    let refused: Vec<&str> =
        cases().filter_map(|case| case.get("refused")).map(|name| name.as_str().unwrap()).collect();
    assert!(refused.len() * 2 > cases().count());
    for refusal in seal::Refusal::ALL {
        assert!(refused.contains(&refusal.code()), "{refusal}");
    }
}
