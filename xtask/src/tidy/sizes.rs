//! A file has one reason to exist and fewer than 500 lines; a function fits on a screen.

use super::{Finding, source::Source};
use crate::tree::{self, Tree};
use syn::{spanned::Spanned, visit::Visit};

/// Lines a file may have, all counted.
const FILE_LINES: usize = 500;
/// Lines a function's body may have, blank ones and comments not counted (as clippy counts).
const FUNCTION_LINES: usize = 70;
/// Lines the kernel may have in all: the few words everybody shares must stay few.
const KERNEL_LINES: usize = 1_000;

/// Files, functions and the kernel against their limits.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut kernel = 0;
    for (path, text) in tree.ending(&[".rs", ".ts", ".svelte", ".mjs"]) {
        if tree::is_test(path) || tree::is_generated(path) {
            continue;
        }
        let lines = text.lines().count();
        if path.starts_with("crates/kernel/src/") {
            kernel += lines;
        }
        if lines > FILE_LINES {
            findings.push(Finding::new(path, 0, format!("{lines} lines, limit {FILE_LINES}")));
        }
    }
    for (path, source) in tree.rust().filter(|(path, _)| !tree::is_test(path)) {
        let (Some(source), Some(text)) = (source, tree.text(path)) else { continue };
        findings.extend(long_functions(path, text, source));
    }
    if kernel > KERNEL_LINES {
        let what = format!("{kernel} lines in all, limit {KERNEL_LINES}");
        findings.push(Finding::new("crates/kernel", 0, what));
    }
    findings
}

fn long_functions(path: &str, text: &str, source: &Source) -> Vec<Finding> {
    let mut functions = Functions(Vec::new());
    functions.visit_file(&source.file);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut findings = Vec::new();
    for (name, first, last) in functions.0 {
        let body = lines.get(first..last.saturating_sub(1)).unwrap_or_default();
        let length = body.iter().filter(|l| !l.is_empty() && !l.starts_with("//")).count();
        if length > FUNCTION_LINES && !source.is_test(first) {
            let what = format!("fn {name} has {length} lines, limit {FUNCTION_LINES}");
            findings.push(Finding::new(path, first, what));
        }
    }
    findings
}

/// Name, first and last line (from 1) of every function's body.
struct Functions(Vec<(String, usize, usize)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, block: &syn::Block) {
        let span = block.span();
        self.0.push((name.to_string(), span.start().line, span.end().line));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }
    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.add(&item.sig.ident, block);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}
