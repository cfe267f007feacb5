//! The message catalogues: the same keys with the same variables in every language, and a message
//! for every refusal the domain knows.

use super::{Finding, source::Source};
use crate::tree::{self, Tree};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::Visit;

/// The first language; every other is compared with it.
const FIRST: &str = "lang/ko/";
const OTHERS: &[&str] = &["lang/en/"];

/// A message: where it stands and the variables it uses.
#[derive(Debug, Default)]
struct Message {
    line: usize,
    variables: BTreeSet<String>,
}

/// Keys missing in a language, said twice, or with other variables.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let files: Vec<(&str, &str)> = tree.ending(&[".ftl"]).collect();
    for (path, text) in &files {
        findings.extend(doubled(path, text));
        let mut pairs: Vec<String> = Vec::new();
        if let Some(name) = path.strip_prefix(FIRST) {
            pairs.extend(OTHERS.iter().map(|other| format!("{other}{name}")));
        } else if let Some(name) = OTHERS.iter().find_map(|other| path.strip_prefix(other)) {
            pairs.push(format!("{FIRST}{name}"));
        }
        for pair in pairs {
            let theirs = tree.text(&pair).map(messages).unwrap_or_default();
            for (key, message) in messages(text) {
                let what = match theirs.get(&key) {
                    None => format!("`{key}` is not in {pair}"),
                    Some(their) if their.variables != message.variables => {
                        format!("`{key}` uses other variables than in {pair}")
                    }
                    Some(_) => continue,
                };
                findings.push(Finding::new(path, message.line, what));
            }
        }
    }
    findings
}

/// A key said twice in one language: the second would silently win.
fn doubled(path: &str, text: &str) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let keys = text.lines().enumerate().filter_map(|(at, line)| Some((at, key_of(line)?)));
    keys.filter(|(_, key)| !seen.insert((*key).to_owned()))
        .map(|(at, key)| Finding::new(path, at + 1, format!("`{key}` stands here twice")))
        .collect()
}

/// The key a line of Fluent begins, if it begins one: a message or a `-term`.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let name = key.strip_prefix('-').unwrap_or(key);
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    fits.then_some(key)
}

/// All messages of a file; attributes are keys of their own (`send.title`).
fn messages(text: &str) -> BTreeMap<String, Message> {
    let mut found: BTreeMap<String, Message> = BTreeMap::new();
    let (mut owner, mut current) = (String::new(), String::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let attribute = line.trim_start().strip_prefix('.').and_then(key_of);
        if let Some(key) = key_of(line) {
            key.clone_into(&mut owner);
            key.clone_into(&mut current);
        } else if let Some(attribute) = attribute {
            current = format!("{owner}.{attribute}");
        } else if current.is_empty() {
            continue;
        }
        let message = found.entry(current.clone()).or_default();
        if message.line == 0 {
            message.line = at + 1;
        }
        message.variables.extend(variables(line));
    }
    found
}

/// The `$names` in a line.
fn variables(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).map(|rest| {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
    })
}

/// Every `"word.code"` an engine or program crate's `fn code` can return has its message.
pub(super) fn refusals(tree: &Tree) -> Vec<Finding> {
    let mut known = BTreeSet::new();
    for (_, text) in tree.ending(&[".ftl"]).filter(|(path, _)| path.starts_with(FIRST)) {
        known.extend(messages(text).into_keys());
    }
    let mut findings = Vec::new();
    for (path, text) in tree.ending(&[".rs"]) {
        let pure = ["crates/engine/", "crates/program/"].iter().any(|room| path.starts_with(room));
        if !pure || tree::is_test(path) {
            continue;
        }
        let Some(source) = Source::parse(text) else { continue };
        let mut codes = Codes { inside: false, found: Vec::new() };
        codes.visit_file(&source.file);
        for (code, line) in codes.found {
            let key = code.replace('.', "-");
            if !known.contains(&key) {
                let what = format!("refusal `{code}` has no message `{key}` below {FIRST}");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

/// Collects the dotted string literals inside functions called `code`.
struct Codes {
    inside: bool,
    found: Vec<(String, usize)>,
}

impl<'ast> Visit<'ast> for Codes {
    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        let outer = self.inside;
        self.inside |= item.sig.ident == "code";
        syn::visit::visit_impl_item_fn(self, item);
        self.inside = outer;
    }
    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let value = literal.value();
        if self.inside && is_code(&value) {
            self.found.push((value, literal.span().start().line));
        }
    }
    /// Doc comments are string literals too.
    fn visit_attribute(&mut self, _attribute: &'ast syn::Attribute) {}
}

/// Whether a text has the form of a refusal's code: `escort.offer-lapsed`.
fn is_code(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.contains('.') && text.split('.').all(plain)
}
