//! The checks the compiler cannot make. Each takes the tree and returns what it found, so that
//! each can be shown a small bad tree in its tests.

mod access;
mod catalogues;
mod directions;
mod documents;
mod names;
mod sizes;
mod source;
mod sql;
mod words;

use crate::tree::Tree;
pub(crate) use source::Source;
use std::fmt;

/// One thing that is not as the house wants it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The file, from the root.
    pub(crate) path: String,
    /// Its line, from 1; 0 for the file as a whole.
    pub(crate) line: usize,
    /// What is wrong and what would be right.
    pub(crate) what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// A check: a name for the report, and what it finds.
type Check = (&'static str, fn(&Tree) -> Vec<Finding>);

const CHECKS: &[Check] = &[
    ("direction of dependencies", directions::check),
    ("pure crates stay pure", directions::purity),
    ("sizes of files and functions", sizes::check),
    ("names that say nothing", names::check),
    ("limits with units", names::limits),
    ("kinds of ids", names::id_kinds),
    ("words that must not stand in code", source::check),
    ("SQL only in store, headed", sql::check),
    ("catalogues complete", catalogues::check),
    ("refusals translated", catalogues::refusals),
    ("messages the screens ask for", catalogues::asked),
    ("documents", documents::check),
    ("links", documents::links),
    ("words and places", words::check),
    ("policies reviewed", access::check),
];

/// What all checks together have to say.
pub(crate) struct Report {
    /// The matrix of words and the table of who may do what, then a line per check with its findings below it.
    pub(crate) text: String,
    /// How many checks ran.
    pub(crate) checks: usize,
    /// How many things were found.
    pub(crate) found: usize,
}

/// Runs every check on the repository.
///
/// # Errors
/// When the repository cannot be read.
pub(crate) fn report() -> Result<Report, String> {
    let tree = Tree::read(&crate::root())?;
    let text = format!("{}\n{}\n", words::matrix(&tree), access::table(&tree));
    let mut report = Report { text, checks: CHECKS.len(), found: 0 };
    for (name, check) in CHECKS {
        let mut findings = check(&tree);
        findings.sort();
        findings.dedup();
        report.found += findings.len();
        let mark = if findings.is_empty() { "ok".to_owned() } else { findings.len().to_string() };
        let findings = findings.iter().map(|finding| format!("      {finding}\n"));
        report.text.extend([format!("{mark:>4}  {name}\n")].into_iter().chain(findings));
    }
    Ok(report)
}

/// Prints the report.
///
/// # Errors
/// When anything was found.
pub(crate) fn command() -> Result<(), String> {
    let Report { text, checks, found } = report()?;
    print!("{text}");
    if found == 0 {
        println!("tidy: {checks} checks, nothing found");
        return Ok(());
    }
    Err(format!("tidy: {found} found"))
}

#[cfg(test)]
mod tests;
