//! The files of the repository as tidy sees them: a path and a text. Tests make small bad trees.

use crate::tidy::Source;
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

/// Every text file that is or would be committed, by its path from the root, with `/`.
#[derive(Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
    /// Files that are no text: pictures and fonts, which documents lead to.
    others: BTreeSet<String>,
    parsed: OnceCell<BTreeMap<String, Option<Source>>>,
}

impl Tree {
    /// Reads what git tracks or would track below `root`; of files that are not UTF-8 only the paths.
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .map_err(|error| format!("git ls-files: {error}"))?;
        if !listed.status.success() {
            return Err(format!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr)));
        }
        let mut tree = Self::default();
        for path in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|p| !p.is_empty()) {
            match std::fs::read_to_string(root.join(path)) {
                Ok(text) => {
                    tree.files.insert(path.to_owned(), text);
                }
                Err(_) if root.join(path).is_file() => {
                    tree.others.insert(path.to_owned());
                }
                // Deleted, and git has not been told.
                Err(_) => {}
            }
        }
        Ok(tree)
    }

    /// All files in path order.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose path ends with one of `ends`.
    pub(crate) fn ending<'a>(
        &'a self,
        ends: &'a [&'a str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(|(path, _)| self::ends(path, ends))
    }

    /// The Rust files, parsed once; `None` for one that is not Rust after all.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, Option<&Source>)> {
        let parse = || {
            let files = self.ending(&[".rs"]);
            files.map(|(path, text)| (path.to_owned(), Source::parse(text))).collect()
        };
        let parsed = self.parsed.get_or_init(parse);
        parsed.iter().map(|(path, source)| (path.as_str(), source.as_ref()))
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is such a file, or a folder with anything in it.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path)
            || self.others.contains(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(p, _)| p.starts_with(&folder))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Tree {
    fn from(files: [(&str, &str); N]) -> Self {
        let files = files.into_iter().map(|(p, t)| (p.to_owned(), t.to_owned())).collect();
        Self { files, ..Self::default() }
    }
}

/// Whether a path ends with one of `endings`.
pub(crate) fn ends(path: &str, endings: &[&str]) -> bool {
    endings.iter().any(|end| path.ends_with(end))
}

/// Whether a path holds tests, which may be long, unwrap and name bad things.
pub(crate) fn is_test(path: &str) -> bool {
    ends(path, &["/tests.rs", ".spec.ts", ".spec.mjs", ".test.ts"])
        || path.split('/').any(|part| matches!(part, "tests" | "e2e" | "vectors"))
}

/// Whether a file is written by a program.
pub(crate) fn is_generated(path: &str) -> bool {
    path.contains(".gen.") || ends(path, &[".lock", "package-lock.json"])
}
