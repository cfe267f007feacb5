//! Names that say nothing, and the registry of id kinds.

use super::Finding;
use crate::tree::Tree;
use std::collections::BTreeSet;

/// A file or folder with one of these names holds whatever did not find its place.
const EMPTY: &[&str] = &[
    "common", "data", "helper", "helpers", "info", "manager", "misc", "models", "shared", "stuff",
    "types", "util", "utils",
];

/// Endings of type names that say nothing of the thing.
const EMPTY_ENDINGS: &[&str] = &["Helper", "Helpers", "Info", "Manager", "Util", "Utils"];

/// Files, folders and types with empty names.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(&[".rs", ".ts", ".svelte", ".mjs", ".sql", ".ftl"]) {
        let mut parts = path.rsplit('/');
        let stem = parts.next().and_then(|file| file.split('.').next()).unwrap_or_default();
        for part in parts.chain([stem]) {
            if EMPTY.contains(&part.to_lowercase().as_str()) {
                findings.push(Finding::new(
                    path,
                    0,
                    format!("`{part}` says nothing: name the competence"),
                ));
            }
        }
        for (at, line) in text.lines().enumerate() {
            let empty = declared(line).filter(|n| EMPTY_ENDINGS.iter().any(|end| n.ends_with(end)));
            findings.extend(empty.map(|name| {
                Finding::new(path, at + 1, format!("`{name}`: the ending says nothing"))
            }));
        }
    }
    findings
}

/// The name of the type a line declares, in Rust or TypeScript.
fn declared(line: &str) -> Option<&str> {
    let mut words =
        line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    words.find(|word| !matches!(*word, "pub" | "crate" | "super" | "export" | "abstract")).and_then(
        |word| {
            let declares =
                matches!(word, "struct" | "enum" | "trait" | "class" | "interface" | "type");
            declares.then(|| words.next()).flatten()
        },
    )
}

/// The registry in `kernel/id.rs`: alphabetical by kind, three distinct lowercase letters each.
pub(super) fn id_kinds(tree: &Tree) -> Vec<Finding> {
    const REGISTRY: &str = "crates/kernel/src/id.rs";
    let mut findings = Vec::new();
    let (mut last, mut seen) = (String::new(), BTreeSet::new());
    for (at, line) in tree.text(REGISTRY).unwrap_or_default().lines().enumerate() {
        let Some((kind, prefix)) = registered(line) else { continue };
        if *kind < *last {
            let what = format!("`{kind}` stands after `{last}`: keep kinds alphabetical");
            findings.push(Finding::new(REGISTRY, at + 1, what));
        }
        if prefix.len() != 3 || !prefix.bytes().all(|b| b.is_ascii_lowercase()) {
            let what = format!("prefix `{prefix}`: three lowercase letters");
            findings.push(Finding::new(REGISTRY, at + 1, what));
        }
        if !seen.insert(prefix.to_owned()) {
            findings.push(Finding::new(REGISTRY, at + 1, format!("prefix `{prefix}` is taken")));
        }
        kind.clone_into(&mut last);
    }
    findings
}

/// Reads `Escort = "esc";`.
fn registered(line: &str) -> Option<(&str, &str)> {
    let (kind, prefix) = line.trim().strip_suffix("\";")?.split_once(" = \"")?;
    kind.chars().all(char::is_alphanumeric).then_some((kind, prefix))
}

/// Units a limit can be in; the name of a limit says which, since its type cannot.
const UNITS: &[&str] = &[
    "bytes",
    "day",
    "days",
    "hours",
    "km",
    "m",
    "minutes",
    "month",
    "ms",
    "people",
    "percent",
    "seconds",
    "thousandths",
    "year",
];

/// The limits in every `rules.rs`: numbers whose names say their unit.
pub(super) fn limits(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(&["/rules.rs"]) {
        for (at, line) in text.lines().enumerate() {
            let unitless = number(line)
                .filter(|name| !name.to_lowercase().split('_').any(|part| UNITS.contains(&part)));
            findings.extend(
                unitless.map(|name| {
                    Finding::new(path, at + 1, format!("`{name}` does not say its unit"))
                }),
            );
        }
    }
    findings
}

/// The name of the public number a line declares: `pub shift_hours: u16,`, `pub const X_M: f64 = …`.
fn number(line: &str) -> Option<&str> {
    let declared = line.trim().strip_prefix("pub ")?;
    let declared = declared.strip_prefix("const ").unwrap_or(declared);
    let (name, kind) = declared.split_once(": ")?;
    let digits = kind.strip_prefix(['u', 'i', 'f'])?;
    digits.starts_with(|c: char| c.is_ascii_digit()).then_some(name)
}
