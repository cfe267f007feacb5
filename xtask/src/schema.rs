//! What is generated from the code, committed, and compared: the OpenAPI document the binary
//! prints, and the screens' types made from it.

use crate::{browser, root, step};
use std::{fs, path::Path, process::Command};

const DOCUMENT: &str = "schema/openapi.json";
const TYPES: &str = "web/src/wire.gen.ts";

/// The document the built binary prints.
fn printed() -> Result<String, String> {
    let binary = step::binary()?;
    let done = Command::new(&binary)
        .arg("openapi")
        .output()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    if !done.status.success() {
        return Err(format!("waylight openapi: {}", String::from_utf8_lossy(&done.stderr)));
    }
    let mut text = String::from_utf8(done.stdout).map_err(|error| error.to_string())?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// The screens' types for a document.
fn types(document: &Path) -> Result<String, String> {
    let made = step::logs()?.join("wire.gen.ts");
    let (from, to) = (document.display().to_string(), made.display().to_string());
    browser::npx("wire", &["openapi-typescript", &from, "-o", &to])?;
    fs::read_to_string(&made).map_err(|error| format!("{to}: {error}"))
}

/// Compares what is committed with what the code says now.
///
/// # Errors
/// The first line that differs.
pub(crate) fn check() -> Result<String, String> {
    let fresh = step::logs()?.join("openapi.json");
    let document = printed()?;
    fs::write(&fresh, &document).map_err(|error| error.to_string())?;
    same(DOCUMENT, &document)?;
    if root().join(TYPES).exists() {
        same(TYPES, &types(&fresh)?)?;
    }
    Ok(String::new())
}

fn same(path: &str, now: &str) -> Result<(), String> {
    let committed = fs::read_to_string(root().join(path)).unwrap_or_default();
    match difference(&committed, now) {
        None => Ok(()),
        Some(how) => {
            Err(format!("{path} is not what the code says; run `cargo xtask schema`\n{how}"))
        }
    }
}

/// The first line in which two texts differ.
fn difference(committed: &str, now: &str) -> Option<String> {
    if committed == now {
        return None;
    }
    let (mut old, mut new) = (committed.lines(), now.lines());
    let mut line = 1;
    loop {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (None, None) => return Some("the ends of the lines differ".to_owned()),
            (a, b) => {
                let (a, b) = (a.unwrap_or("(ends)"), b.unwrap_or("(ends)"));
                return Some(format!("line {line}\n- {a}\n+ {b}"));
            }
        }
    }
}

/// Builds the binary and writes what it says.
///
/// # Errors
/// What failed.
pub(crate) fn write() -> Result<(), String> {
    crate::suite::build().map_err(|(_closing, said)| said)?;
    let document = root().join(DOCUMENT);
    fs::write(&document, printed()?).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    println!("{DOCUMENT} written");
    if root().join("web/package.json").exists() {
        browser::install()?;
        fs::write(root().join(TYPES), types(&document)?).map_err(|error| error.to_string())?;
        println!("{TYPES} written");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
