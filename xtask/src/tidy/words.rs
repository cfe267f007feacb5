//! One word, everywhere: each capability's word has its room in every part of the house.

use super::Finding;
use crate::tree::Tree;
use std::fmt::Write;

/// The words of the programme, in the order of ARCHITECTURE.md. A word exists once its crate does.
const WORDS: &[&str] = &[
    "awareness",
    "environment",
    "volunteer",
    "escort",
    "patrol",
    "haven",
    "lookout",
    "trip",
    "alarm",
    "onestop",
    "neighborhood",
    "impact",
];

/// A part of the house, and the paths any of which is a word's room in it.
type Place = (&'static str, &'static [&'static str]);

const PLACES: &[Place] = &[
    ("program", &["crates/program/WORD"]),
    ("store", &["crates/shell/store/src/projections/WORD.rs", "crates/shell/store/src/WORD.rs"]),
    ("wire", &["crates/shell/wire/src/WORD.rs", "crates/shell/wire/src/WORD"]),
    ("server", &["crates/shell/server/src/WORD.rs", "crates/shell/server/src/WORD"]),
    ("web", &["web/src/WORD"]),
    ("ko", &["lang/ko/WORD.ftl"]),
    ("en", &["lang/en/WORD.ftl"]),
    ("manual", &["docs/manual/WORD.md"]),
    ("e2e", &["web/e2e/WORD.spec.ts", "web/e2e/WORD.spec.mjs"]),
];

/// Rooms a word does not need, and why. Shrinks as the words grow.
const NOT_NEEDED: &[(&str, &str, &str)] = &[
    ("environment", "e2e", "no screen of its own: what it knows shows in ways home and havens"),
    (
        "onestop",
        "e2e",
        "its journeys stand by page: report.spec.ts is hers, case.spec.ts a center's",
    ),
    ("patrol", "e2e", "its journeys are the server's; the screen is looked at by hand"),
    ("volunteer", "e2e", "duty and teams are lived in escort.spec.ts, from the team's own screen"),
];

fn has_room(tree: &Tree, word: &str, paths: &[&str]) -> bool {
    paths.iter().any(|path| tree.has(&path.replace("WORD", word)))
}

fn exists(tree: &Tree, word: &str) -> bool {
    tree.has(&format!("crates/program/{word}"))
}

fn is_not_needed(word: &str, place: &str) -> bool {
    NOT_NEEDED.iter().any(|(w, p, _why)| *w == word && *p == place)
}

/// The matrix: `+` there, `·` missing, `-` not needed; then the words only reserved so far.
pub(super) fn matrix(tree: &Tree) -> String {
    let mut text = format!("{:<13}", "");
    for (place, _) in PLACES {
        let _written = write!(text, "{place:>8}");
    }
    text.push('\n');
    for word in WORDS.iter().filter(|word| exists(tree, word)) {
        let _written = write!(text, "{word:<13}");
        for (place, paths) in PLACES {
            let mark = match has_room(tree, word, paths) {
                true => '+',
                false if is_not_needed(word, place) => '-',
                false => '·',
            };
            let _written = write!(text, "{mark:>8}");
        }
        text.push('\n');
    }
    let reserved: Vec<&str> = WORDS.iter().copied().filter(|word| !exists(tree, word)).collect();
    let _written = writeln!(text, "reserved     {}", reserved.join(" "));
    text
}

/// Crates whose word is not reserved, and rooms a word still lacks.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (manifest, _) in tree.ending(&["/Cargo.toml"]) {
        let word = manifest.strip_prefix("crates/program/").and_then(|p| p.split('/').next());
        if let Some(word) = word.filter(|word| !WORDS.contains(word)) {
            findings.push(Finding::new(manifest, 0, format!("`{word}` is not a reserved word")));
        }
    }
    for word in WORDS.iter().filter(|word| exists(tree, word)) {
        for (place, paths) in PLACES {
            if !has_room(tree, word, paths) && !is_not_needed(word, place) {
                let path = paths.first().map(|path| path.replace("WORD", word)).unwrap_or_default();
                findings.push(Finding::new(&path, 0, format!("`{word}` has no room in {place}")));
            }
        }
    }
    findings
}
