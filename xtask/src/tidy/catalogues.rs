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
    let mut findings = doubled(tree);
    for (path, text) in tree.ending(&[".ftl"]) {
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

/// A key said twice in one language, in one file or two: one would silently win.
fn doubled(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (path, text) in tree.ending(&[".ftl"]) {
        let language = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (at, line) in text.lines().enumerate() {
            let Some(key) = key_of(line) else { continue };
            if let Some(first) = seen.insert((language, key), path) {
                let what = format!("`{key}` is already in {first}");
                findings.push(Finding::new(path, at + 1, what));
            }
        }
    }
    findings
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

/// Every key a screen asks for by `t('key')` exists, and every `t(`prefix-${…}`)` can meet one.
pub(super) fn asked(tree: &Tree) -> Vec<Finding> {
    let known = known(tree);
    let mut findings = Vec::new();
    for (path, text) in tree.ending(&[".svelte", ".ts"]) {
        if !path.starts_with("web/src/") || tree::is_test(path) {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            for (key, whole) in keys_asked(line) {
                let met = if whole { known.contains(key) } else { starts_any(&known, key) };
                if !met {
                    let what = format!("asks for `{key}`, which no catalogue has");
                    findings.push(Finding::new(path, at + 1, what));
                }
            }
        }
    }
    findings
}

fn starts_any(known: &BTreeSet<String>, prefix: &str) -> bool {
    known.range(prefix.to_owned()..).next().is_some_and(|key| key.starts_with(prefix))
}

/// The keys in calls of `t` on a line; `false` marks the fixed beginning of a made one.
fn keys_asked(line: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("t(") {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$')) {
            continue;
        }
        let rest = line.get(at + 2..).unwrap_or_default();
        let mut letters = rest.chars();
        let Some(quote @ ('\'' | '"' | '`')) = letters.next() else { continue };
        let Some((key, _)) = letters.as_str().split_once(quote) else { continue };
        match key.split_once("${") {
            None => found.push((key, true)),
            Some((prefix, _)) => found.push((prefix, false)),
        }
    }
    found
}

/// Every key of the first language.
fn known(tree: &Tree) -> BTreeSet<String> {
    let files = tree.ending(&[".ftl"]).filter(|(path, _)| path.starts_with(FIRST));
    files.flat_map(|(_, text)| messages(text).into_keys()).collect()
}

/// Every code a person can be refused with has its message: what `fn code` returns in the pure
/// crates, what the server answers as `code: "word.code"`, and all of `problem.rs`.
pub(super) fn refusals(tree: &Tree) -> Vec<Finding> {
    let known = known(tree);
    let mut findings = Vec::new();
    for (path, source) in tree.rust().filter(|(path, _)| !tree::is_test(path)) {
        let Some(source) = source else { continue };
        let codes = if ["crates/engine/", "crates/program/"].iter().any(|r| path.starts_with(r)) {
            let mut codes = Codes { inside: false, found: Vec::new() };
            codes.visit_file(&source.file);
            codes.found
        } else if path.starts_with("crates/shell/server/src/") {
            answered(source, path.ends_with("/problem.rs"))
        } else {
            continue;
        };
        for (code, line) in codes.into_iter().filter(|(_, line)| !source.is_test(*line)) {
            let key = code.replace('.', "-");
            if !known.contains(&key) {
                let what = format!("refusal `{code}` has no message `{key}` below {FIRST}");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

/// The codes a file of the server answers with: fields called `code`, or every code there is.
fn answered(source: &Source, all: bool) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for window in source.tokens.windows(3) {
        let [(field, _), (colon, _), (literal, line)] = window else { continue };
        let Ok(literal) = syn::parse_str::<syn::LitStr>(literal) else { continue };
        let code = literal.value();
        if is_code(&code) && (all || (field == "code" && colon == ":")) {
            found.push((code, *line));
        }
    }
    found
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
