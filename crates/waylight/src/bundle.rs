//! `waylight bundle`: what this program serves to browsers, page by page, as a list that several houses
//! sign after building it themselves; and whoever watches compares a running server with it.

mod compare;
mod line;
mod list;

use crate::{own_key, say};
use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::{Args, Subcommand};
use compare::Seen;
use ed25519_dalek::SigningKey;
use kernel::Instant;
use list::{List, Signed, Watched};
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The pages that browsers get, and whether they are the right ones.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Bundle {
    /// Make a key to sign lists with; prints its public half, for those who watch
    New {
        /// Where to keep the key; must not exist
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Print every page and file of this program with its hash; the same from every build of one source
    List,
    /// Sign that list, or add a signature to one that others have signed
    Sign {
        /// The key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Which release this is: one more than the last
        #[arg(long, value_name = "N", required_unless_present = "onto", conflicts_with = "onto")]
        edition: Option<u64>,
        /// A list that others have signed: signed too, if this program has the same files
        #[arg(long, value_name = "FILE")]
        onto: Option<PathBuf>,
    },
    /// Compare a running server, or this program, with a signed list; exits with 1 and names the first
    /// file that differs
    Check(Check),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Check {
    /// The signed list
    #[arg(long, value_name = "FILE")]
    list: PathBuf,
    /// A key that must have signed it; may be given several times
    #[arg(long = "key", value_name = "KEY", required = true)]
    keys: Vec<String>,
    /// How many of these keys are enough; all of them otherwise
    #[arg(long, value_name = "N")]
    needed: Option<usize>,
    /// The server: <https://city.example.org>; this program's own files otherwise
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Remembers the newest list from one time to the next: an older one is refused
    #[arg(long, value_name = "FILE")]
    memory: Option<PathBuf>,
}

pub(crate) async fn run(verb: &Bundle, now: Instant) -> Result<ExitCode> {
    match verb {
        Bundle::New { key } => {
            let key = SigningKey::from_bytes(&own_key::make(key)?);
            say::line(URL_SAFE_NO_PAD.encode(key.verifying_key().to_bytes()))?;
        }
        Bundle::List => say::json(&own()?)?,
        Bundle::Sign { key, edition, onto } => {
            let key = SigningKey::from_bytes(&own_key::read(key)?);
            say::json(&sign(&key, *edition, onto.as_deref(), now)?)?;
        }
        Bundle::Check(asked) => return check(asked).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// What this program serves.
fn own() -> Result<List> {
    ensure!(
        !screens::is_stub(),
        "this program was built without its pages (WEB_DIST=stub): it has nothing to list"
    );
    Ok(List::of_screens())
}

fn sign(
    key: &SigningKey,
    edition: Option<u64>,
    onto: Option<&Path>,
    now: Instant,
) -> Result<Signed> {
    let own = own()?;
    let mut signed = match (edition, onto) {
        (_, Some(file)) => {
            let signed = read(file)?;
            if let Some(first) = own.differences(&signed.list).first() {
                anyhow::bail!("not signed: {first}. This program was built from something else");
            }
            signed
        }
        (Some(edition), None) => Signed::new(edition, now, own),
        (None, None) => anyhow::bail!("--edition says which release this is"),
    };
    signed.add(key);
    Ok(signed)
}

fn read(file: &Path) -> Result<Signed> {
    let text = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    Signed::read(&text).with_context(|| format!("{} is no list of pages", file.display()))
}

async fn check(asked: &Check) -> Result<ExitCode> {
    let signed = read(&asked.list)?;
    let keys = asked.keys.iter().map(|key| public(key)).collect::<Result<Vec<_>>>()?;
    let needed = asked.needed.unwrap_or(keys.len());
    let signed_by = signed.by(&keys, needed)?;
    if let Some(memory) = &asked.memory {
        remember(memory, &signed)?;
    }
    let seen = match &asked.url {
        Some(url) => Seen::at(url, &signed.list).await?,
        None => Seen::here(&own()?, &signed.list),
    };
    say::json(&seen.report(&signed, signed_by))?;
    Ok(match seen.first_wrong() {
        None => ExitCode::SUCCESS,
        Some(first) => {
            say::aside(format_args!("waylight: {first}"));
            ExitCode::FAILURE
        }
    })
}

/// Refuses a list that is older than one that was used, and a second one of the same edition.
fn remember(memory: &Path, signed: &Signed) -> Result<()> {
    let known = match fs::read(memory) {
        Ok(text) => {
            let known: Watched = serde_json::from_slice(&text)
                .with_context(|| format!("{} is damaged", memory.display()))?;
            Some(known)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("reading {}", memory.display())),
    };
    let now = Watched::of(signed);
    now.follows(known.as_ref())?;
    own_key::replace(memory, &serde_json::to_vec_pretty(&now)?)
}

fn public(key: &str) -> Result<[u8; 32]> {
    let read = URL_SAFE_NO_PAD.decode(key).ok().and_then(|bytes| bytes.try_into().ok());
    read.with_context(|| {
        format!("{key} is no key: 43 letters, as `waylight bundle new` prints them")
    })
}

#[cfg(test)]
mod tests;
