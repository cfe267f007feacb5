//! The workspace's own commands. `cargo xtask test` is what a newcomer and CI both run.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks by printing")]
#![expect(clippy::disallowed_methods, reason = "xtask is outside the city: it may read the clock")]

mod browser;
mod count;
mod crash;
mod guard;
mod machine;
mod postgres;
mod schema;
mod step;
mod suite;
mod tidy;
mod tree;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = "\
cargo xtask test [--no-install] [--only NAME]   everything CI checks; NAME is one step of it
cargo xtask tidy                                the checks the compiler cannot make; word × place, role × action
cargo xtask mutate-policies                     take each line out of the policies; which answers turn
cargo xtask bless                               format, accept inline snapshots, write the schema
cargo xtask schema                              write schema/openapi.json from the binary
cargo xtask e2e [--shots DIR]                   the browser journeys on the built binary
cargo xtask picture                             pictures of a city's night into docs/, from the release build
cargo xtask crash [--rounds N] [--seed N] [--database URL] [--binary FILE]
                                                kill a demo night again and again; nothing acknowledged is lost";

/// The workspace's root: the parent of this crate.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}

/// Runs the test that takes each line out of the policies, and lets it say what turned.
fn mutate_policies() -> Result<(), String> {
    let done = std::process::Command::new("cargo")
        .args(["test", "--quiet", "--locked", "--package", "access", "--test", "mutation"])
        // One after the other, or what two of them say would be mixed.
        .args(["--", "--nocapture", "--test-threads", "1"])
        .current_dir(root())
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if done.success() { Ok(()) } else { Err("a line of the policies can go unnoticed".to_owned()) }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test", options @ ..] => suite::Options::parse(options).and_then(|o| suite::test(&o)),
        ["tidy"] => tidy::command(),
        ["mutate-policies"] => mutate_policies(),
        ["bless"] => suite::bless(),
        ["schema"] => schema::write(),
        ["crash", options @ ..] => crash::command(options),
        ["picture"] => browser::picture(),
        ["e2e"] => browser::command(None),
        ["e2e", "--shots", folder] => browser::command(Some(Path::new(folder))),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            if !why.is_empty() {
                eprintln!("{why}");
            }
            ExitCode::FAILURE
        }
    }
}
