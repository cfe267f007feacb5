//! SQL stands in `store` and nowhere else, and each text is headed `-- word::fn`, so that a slow
//! query in a database's log leads back to the function that asked it.

use super::Finding;
use crate::tree::{self, Tree};
use syn::LitStr;

/// The one crate that may.
const STORE: &str = "crates/shell/store/";

/// SQL outside store, and SQL in store without its heading.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust() {
        let Some(source) = source else { continue };
        for (literal, line) in source.tokens.iter().filter(|(token, _)| token.contains('"')) {
            let (Ok(literal), line) = (syn::parse_str::<LitStr>(literal), *line) else { continue };
            let sql = literal.value();
            if !is_sql(&sql) {
                continue;
            }
            // Tests may look into the tables directly to prove what the code left there.
            if tree::is_test(path) || source.is_test(line) {
                continue;
            }
            if !path.starts_with(STORE) {
                findings.push(Finding::new(path, line, "SQL outside store"));
            } else if !is_headed(&sql) {
                findings.push(Finding::new(path, line, "begin the SQL with a line `-- word::fn`"));
            }
        }
    }
    findings
}

/// Verbs that begin a statement, and a word each has further on.
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT", "FROM"),
    ("INSERT", "INTO"),
    ("UPDATE", "SET"),
    ("DELETE", "FROM"),
    ("WITH", "SELECT"),
    ("CREATE", "TABLE"),
    ("CREATE", "INDEX"),
    ("ALTER", "TABLE"),
    ("DROP", "TABLE"),
];

/// Whether a text is a statement. Both words in capitals or both small: "Select a team from the
/// list" is a sentence.
fn is_sql(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("--"));
    let mut words = lines
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let rest: Vec<&str> = words.collect();
    STATEMENTS.iter().any(|(verb, later)| {
        (first == *verb && rest.contains(later))
            || (first == verb.to_lowercase() && rest.contains(&later.to_lowercase().as_str()))
    })
}

/// Whether the first line begins `-- word::fn`.
fn is_headed(sql: &str) -> bool {
    let first = sql.trim_start().lines().next().unwrap_or_default();
    let name = first.strip_prefix("-- ").and_then(|heading| heading.split_whitespace().next());
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    name.is_some_and(|name| name.contains("::") && name.split("::").all(is_plain))
}
