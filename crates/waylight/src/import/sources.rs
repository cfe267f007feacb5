//! Which files an import reads: named on the command line, or listed by a city pack.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// A file to import, with what is in it.
#[derive(Debug)]
pub(crate) struct Source {
    /// As reports call it: relative to the data folder if it came from a pack.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Files as named on the command line.
pub(crate) fn named(files: &[PathBuf]) -> Result<Vec<(String, PathBuf)>> {
    for file in files {
        ensure!(file.is_file(), "there is no file {}", file.display());
    }
    Ok(files.iter().map(|file| (file.display().to_string(), file.clone())).collect())
}

/// The files a pack lists, in its order; a pattern's files by name.
pub(crate) fn listed(sources: &[String], data: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for source in sources {
        let (folder, pattern) = source.rsplit_once('/').unwrap_or(("", source));
        let place = data.join(folder);
        let entries = fs::read_dir(&place).with_context(|| place.display().to_string())?;
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| matches(pattern, name))
            .collect();
        names.sort();
        ensure!(!names.is_empty(), "the pack lists {source}; nothing in {} is it", data.display());
        for name in names {
            let known = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if found.iter().all(|(other, _)| *other != known) {
                let path = data.join(&known);
                found.push((known, path));
            }
        }
    }
    Ok(found)
}

/// Whether a file name is what a pattern means; `*` stands for any letters.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(name) = name.strip_prefix(head) else {
        return false;
    };
    name.char_indices()
        .map(|(at, _)| at)
        .chain([name.len()])
        .any(|at| name.get(at..).is_some_and(|tail| matches(rest, tail)))
}

/// Reads a file.
pub(crate) fn read((name, path): (String, PathBuf)) -> Result<Source> {
    let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
    Ok(Source { name, bytes })
}

#[cfg(test)]
mod tests;
