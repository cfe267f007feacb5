//! `waylight matching`: the houses without which nobody who names the same person is found, each with its
//! own folder on its own machine. docs/manual/matching.md says who runs what.

mod batch;
mod ceremony;
mod counsel;
mod export;
mod files;
mod holder;
mod house;
mod issuer;

use anyhow::Result;
use clap::Subcommand;
use kernel::Instant;
use std::process::ExitCode;

/// Who runs what.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Matching {
    /// One of three houses that hold a share of the key
    Holder {
        #[command(subcommand)]
        verb: holder::Verb,
    },
    /// The house that identifies people in person, and gives them tokens
    Issuer {
        #[command(subcommand)]
        verb: issuer::Verb,
    },
    /// The machine without a network that puts entries together
    Matcher {
        #[command(subcommand)]
        verb: batch::Verb,
    },
    /// On the matcher: find who named the same person, and write it for counsel
    Batch(batch::Batch),
    /// Two of counsel, who read together how each may be asked
    Counsel {
        #[command(subcommand)]
        verb: counsel::Verb,
    },
    /// On the city's server: write all entries for the matcher
    Export(export::Export),
}

pub(crate) async fn run(matching: &Matching, now: Instant) -> Result<ExitCode> {
    match matching {
        Matching::Holder { verb } => return holder::run(verb).await,
        Matching::Issuer { verb } => issuer::run(verb, now).await?,
        Matching::Matcher { verb } => batch::matcher(verb)?,
        Matching::Batch(asked) => batch::run(asked)?,
        Matching::Counsel { verb } => counsel::run(verb)?,
        Matching::Export(asked) => export::run(asked).await?,
    }
    Ok(ExitCode::SUCCESS)
}
