//! SQL stands in `store` and nowhere else, and each text is headed `-- word::fn`, so that a slow
//! query in a database's log leads back to the function that asked it.

use super::{Finding, source::Source};
use crate::tree::{self, Tree};

/// The one crate that may.
const STORE: &str = "crates/shell/store/";

/// SQL outside store, and SQL in store without its heading.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(&[".rs"]) {
        let Some(source) = Source::parse(text) else { continue };
        for (literal, line) in Source::tokens(text) {
            let Some(sql) = unquoted(&literal).filter(|sql| is_sql(sql)) else { continue };
            // Tests may look into the tables directly to prove what the code left there.
            if tree::is_test(path) || source.is_test(line) {
                continue;
            }
            if !path.starts_with(STORE) {
                findings.push(Finding::new(path, line, "SQL outside store"));
            } else if !is_headed(sql) {
                findings.push(Finding::new(path, line, "begin the SQL with a line `-- word::fn`"));
            }
        }
    }
    findings
}

/// The inside of a string literal, raw or not, without resolving escapes.
fn unquoted(literal: &str) -> Option<&str> {
    let literal = literal.trim_start_matches(['b', 'r']).trim_matches('#');
    literal.strip_prefix('"')?.strip_suffix('"')
}

/// Whether a text is a statement: its verb in capitals first, and the word that belongs to it.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let has = |word: &str| words.contains(&word);
    let lower = |wanted: &str| words.first().is_some_and(|word| word.eq_ignore_ascii_case(wanted));
    match words.first().map(|word| word.to_ascii_uppercase()).as_deref() {
        Some("SELECT") => has("FROM") || (lower("select") && has("from")),
        Some("INSERT") => has("INTO") || has("into"),
        Some("UPDATE") => has("SET") || has("set"),
        Some("DELETE") => has("FROM") || has("from"),
        Some("WITH") => has("SELECT") && has("AS"),
        Some("CREATE" | "ALTER" | "DROP") => has("TABLE") || has("INDEX"),
        _ => false,
    }
}

/// Whether the first line reads `-- word::fn`.
fn is_headed(sql: &str) -> bool {
    let first = sql.trim_start().lines().next().unwrap_or_default();
    first.strip_prefix("-- ").is_some_and(|heading| {
        let heading = heading.split("\\n").next().unwrap_or_default().trim();
        heading.split_once("::").is_some_and(|(word, function)| {
            let plain = |s: &str| {
                !s.is_empty()
                    && s.bytes().all(|b| {
                        b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b':'
                    })
            };
            plain(word) && plain(function)
        })
    })
}
