//! Documents: each crate introduces itself, links lead somewhere, and nothing speaks of the
//! machine it was written on.

use super::Finding;
use crate::tree::{Tree, ends};

/// Longest a root document may be, so that it is read.
const LIMITS: &[(&str, usize)] = &[("ARCHITECTURE.md", 200), ("STYLE.md", 300)];

/// Texts that belong to one machine or one place of writing, split so that this file passes.
const ELSEWHERE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("sub", "agent"),
    concat!("language ", "model"),
    concat!("ai ", "assistant"),
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("npmjs", ".org"),
];

/// Missing READMEs, documents too long to be read, and words of elsewhere.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (manifest, _) in tree.ending(&["/Cargo.toml"]) {
        let readme = manifest.replace("Cargo.toml", "README.md");
        if manifest.starts_with("crates/") && tree.text(&readme).is_none_or(str::is_empty) {
            findings.push(Finding::new(&readme, 0, "missing: the promise, the people, the states"));
        }
    }
    for (path, limit) in LIMITS {
        let lines = tree.text(path).map_or(0, |text| text.lines().count());
        if lines == 0 || lines > *limit {
            findings.push(Finding::new(path, 0, format!("{lines} lines, want 1 to {limit}")));
        }
    }
    for (path, text) in tree.files().filter(|(path, _)| !ends(path, &[".lock"])) {
        for (at, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            if let Some(word) = ELSEWHERE.iter().find(|word| lower.contains(**word)) {
                findings.push(Finding::new(path, at + 1, format!("`{word}` is not ours to say")));
            } else if names_temporary_folder(&lower) {
                findings.push(Finding::new(path, at + 1, "a path of one machine"));
            }
        }
    }
    findings
}

/// The system's temporary folder followed by a name.
fn names_temporary_folder(line: &str) -> bool {
    let folder = concat!("/tm", "p/");
    line.match_indices(folder).any(|(at, _)| {
        line.get(at + folder.len()..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|next| next.is_ascii_lowercase())
    })
}

/// Relative links and their anchors, in every Markdown file.
pub(super) fn links(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(&[".md"]) {
        for (line, target) in targets(text) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let full = if file.is_empty() { path.to_owned() } else { resolve(path, file) };
            // What lies beside the repository (the city's data) cannot be checked from in here.
            if full.starts_with("../") {
                continue;
            }
            if !tree.has(&full) {
                findings.push(Finding::new(path, line, format!("`{target}` leads nowhere")));
            } else if !anchor.is_empty()
                && tree.text(&full).is_some_and(|text| !headings(text).any(|h| h == anchor))
            {
                findings.push(Finding::new(path, line, format!("no heading #{anchor} in {full}")));
            }
        }
    }
    findings
}

/// The targets of `[text](target)`, with their lines, outside code.
fn targets(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut code = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            code = !code;
        }
        if code {
            continue;
        }
        // Odd pieces between backticks are code.
        for prose in line.split('`').step_by(2) {
            let pieces = prose.split("](").skip(1);
            found.extend(
                pieces.filter_map(|p| p.split_once(')')).map(|(target, _)| (at + 1, target)),
            );
        }
    }
    found
}

/// A link of `from` as a path from the root; it begins with `../` when it leaves the repository.
fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The anchors of a document's headings, as forges make them.
fn headings(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}
