//! Standard output: results for people and for programs. Everything else goes to standard error.

use anyhow::{Context, Result};
use serde::Serialize;
use std::io::Write;

/// One line, flushed: a program may be waiting for it.
pub(crate) fn line(text: impl std::fmt::Display) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).context("writing to standard output")
}

/// One JSON object on a line of its own.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    line(serde_json::to_string(value)?)
}

/// A line to standard error, for the person at the terminal.
pub(crate) fn aside(text: impl std::fmt::Display) {
    // Nobody can be told that standard error is closed.
    let _closed = writeln!(std::io::stderr().lock(), "{text}");
}
