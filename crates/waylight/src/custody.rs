//! `waylight custody`: what was done with pieces of evidence, checked by whoever has a custody file and
//! the log's key, on a machine without a network. What is wrong is named by its entry.

mod check;

use crate::{cli::State, say, state::StateDir};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use check::{CustodyFile, check, hash_of};
use clap::Subcommand;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The custody log of the evidence.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Custody {
    /// Check a custody file without a network; exits with 1 and names the first entry that is wrong
    Verify {
        /// As a center saved it, or as `custody export` printed it
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The log's key, from /api/onestop/keys, compared by voice with the city
        #[arg(long, value_name = "KEY")]
        log_key: String,
        /// A file that was copied out: say which piece it is; may be given several times
        #[arg(long, value_name = "FILE")]
        evidence: Vec<PathBuf>,
        /// A custody file kept from before: all of it must still be in this one; several times
        #[arg(long, value_name = "FILE")]
        earlier: Vec<PathBuf>,
    },
    /// Print the whole log with all its heads as a custody file
    Export {
        #[command(flatten)]
        state: State,
    },
}

pub(crate) async fn run(verb: &Custody) -> Result<ExitCode> {
    match verb {
        Custody::Verify { file, log_key, evidence, earlier } => {
            verify(file, log_key, evidence, earlier)
        }
        Custody::Export { state } => export(&state.into()).await,
    }
}

fn verify(
    file: &Path,
    log_key: &str,
    evidence: &[PathBuf],
    earlier: &[PathBuf],
) -> Result<ExitCode> {
    let read = URL_SAFE_NO_PAD.decode(log_key).ok().and_then(|bytes| bytes.try_into().ok());
    let log_key = read.context("that is no key of a log: 43 letters, from /api/onestop/keys")?;
    let earlier = earlier.iter().map(|path| read_file(path)).collect::<Result<Vec<_>>>()?;
    let mut report = check(&read_file(file)?, &log_key, &earlier);
    for path in evidence {
        let opened = fs::File::open(path).with_context(|| path.display().to_string())?;
        let hash = hash_of(opened).with_context(|| path.display().to_string())?;
        report.compare(path.display().to_string(), hash);
    }
    say::json(&report)?;
    if let Some(first) = &report.first_wrong {
        say::aside(format_args!("waylight: {first}"));
    }
    Ok(if report.whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_file(path: &Path) -> Result<CustodyFile> {
    let text = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let file: CustodyFile = serde_json::from_slice(&text)
        .with_context(|| format!("{} is no custody file", path.display()))?;
    anyhow::ensure!(file.is_known(), "{} is no custody file of form 1", path.display());
    Ok(file)
}

async fn export(state: &StateDir) -> Result<ExitCode> {
    let store = state.read(&state.pack()?).await?;
    let found = server::whole_custody(&store).await?;
    store.close().await;
    say::json(&CustodyFile::of(found))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
