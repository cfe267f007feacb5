//! Rust source as tidy reads it: parsed, with its test parts known, and its forbidden words.

use super::Finding;
use crate::tree::{self, Tree};
use proc_macro2::{TokenStream, TokenTree};
use std::ops::RangeInclusive;
use syn::{Attribute, File, Meta, spanned::Spanned, visit::Visit};

/// A parsed file.
pub(crate) struct Source {
    /// Its syntax.
    pub(super) file: File,
    /// Every token as flat text and line, in order; groups are opened, all with `(`.
    pub(super) tokens: Vec<(String, usize)>,
    tests: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Parses one file; `None` when it is not Rust (the compiler will say so better).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let stream: TokenStream = text.parse().ok()?;
        let file = syn::parse2(stream.clone()).ok()?;
        let mut tests = Tests(Vec::new());
        tests.visit_file(&file);
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Some(Self { file, tokens, tests: tests.0 })
    }

    /// Whether a line belongs to something only compiled for tests.
    pub(super) fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|lines| lines.contains(&line))
    }

    /// The lines where a run of tokens stands.
    pub(super) fn lines_with<'a>(&'a self, run: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.tokens
            .windows(run.len())
            .filter(move |window| {
                window.iter().zip(run).all(|((token, _), wanted)| token == wanted)
            })
            .filter_map(|window| window.first().map(|(_, line)| *line))
    }
}

fn flatten(stream: TokenStream, flat: &mut Vec<(String, usize)>) {
    for token in stream {
        let line = token.span().start().line;
        match token {
            TokenTree::Group(group) => {
                flat.push(("(".to_owned(), line));
                flatten(group.stream(), flat);
                flat.push((")".to_owned(), group.span_close().start().line));
            }
            other => flat.push((other.to_string(), line)),
        }
    }
}

/// Collects the lines of everything under `#[cfg(test)]` or `#[test]`.
struct Tests(Vec<RangeInclusive<usize>>);

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        Meta::NameValue(_) => false,
    })
}

impl<'ast> Visit<'ast> for Tests {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[Attribute] = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Macro(item) => &item.attrs,
            _ => &[],
        };
        if is_for_tests(attributes) {
            self.0.push(item.span().start().line..=item.span().end().line);
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if is_for_tests(&item.attrs) {
            self.0.push(item.span().start().line..=item.span().end().line);
        }
        syn::visit::visit_impl_item_fn(self, item);
    }
}

/// Runs of tokens that may not stand outside tests, and what to do instead.
const FORBIDDEN: &[(&[&str], &str)] = &[
    (&[".", "unwrap", "("], "unwrap outside tests: return the error, or say why it cannot be"),
    (&["todo", "!"], "unfinished: finish it or leave it out"),
    (&["unimplemented", "!"], "unfinished: finish it or leave it out"),
];

/// The same, in tests too.
const FORBIDDEN_EVERYWHERE: &[(&[&str], &str)] = &[
    (&["#", "(", "allow", "("], "use #[expect(.., reason = \"..\")]: it ends when its cause does"),
    (&["#", "!", "(", "allow", "("], "use #![expect(.., reason = \"..\")]"),
    (&["#", "(", "ignore"], "an ignored test is no test"),
    (&["thread", ":", ":", "sleep"], "step the clock, or wait for the thing itself"),
];

/// Marks of unfinished business, split so that this file does not carry them.
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// Forbidden words in Rust, TypeScript and Svelte.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust() {
        let Some(source) = source else {
            findings.push(Finding::new(path, 0, "cannot be parsed"));
            continue;
        };
        for (run, what) in FORBIDDEN {
            let lines = source.lines_with(run);
            let lines = lines.filter(|line| !tree::is_test(path) && !source.is_test(*line));
            findings.extend(lines.map(|line| Finding::new(path, line, *what)));
        }
        for (run, what) in FORBIDDEN_EVERYWHERE {
            // xtask waits for other programs, which tell it nothing when they are ready.
            if path.starts_with("xtask/") && run.first() == Some(&"thread") {
                continue;
            }
            findings.extend(source.lines_with(run).map(|line| Finding::new(path, line, *what)));
        }
        let inline = source.file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(inner) if inner.content.is_some() && is_for_tests(&inner.attrs) => {
                Some(inner.span().start().line)
            }
            _ => None,
        });
        let what = "tests stand in a file of their own: <module>/tests.rs";
        findings.extend(inline.map(|line| Finding::new(path, line, what)));
    }
    for (path, text) in tree.ending(&[".rs", ".ts", ".svelte", ".mjs", ".css", ".sql", ".toml"]) {
        for (at, line) in text.lines().enumerate() {
            if UNFINISHED.iter().any(|mark| words_of(line).any(|word| word == *mark)) {
                findings.push(Finding::new(path, at + 1, "unfinished business: file it or do it"));
            }
        }
    }
    findings
}

fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}
