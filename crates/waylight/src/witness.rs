//! `waylight witness`: whoever watches over the log of keys, on a machine of their own. It signs a
//! head only if everything it has signed before is still in it, and remembers what it has signed.
//! It speaks to no network itself: what is between `sign` and the city is anybody's `curl`.

use crate::{own_key, say};
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::Subcommand;
use kernel::Instant;
use seal::directory::{Head, merkle};
use seal::secret::Seed;
use seal::sign::Signer;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use wire::onestop::{Bytes, Exact, HeadToWitness, WitnessHead};

/// What a witness does.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Witness {
    /// Make a witness's key; prints its public half, for the city's pack
    New {
        /// Where to keep the key; must not exist
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Begin to remember what is signed
    Begin {
        /// Where to remember; must not exist
        #[arg(long, value_name = "FILE")]
        memory: PathBuf,
        /// The log's key, from /api/onestop/keys, compared by voice with the city
        #[arg(long, value_name = "KEY")]
        log: String,
    },
    /// How many entries the head has that was signed last
    Since {
        /// What is remembered
        #[arg(long, value_name = "FILE")]
        memory: PathBuf,
    },
    /// Sign the head on standard input if it continues what was signed before
    Sign {
        /// The witness's key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// What is remembered
        #[arg(long, value_name = "FILE")]
        memory: PathBuf,
    },
}

/// What a witness remembers from one time to the next.
#[derive(Serialize, Deserialize)]
struct Memory {
    /// The log's key, as the witness was told it by people.
    log: Exact<32>,
    /// The head it signed last.
    head: Option<Bytes>,
}

pub(crate) fn run(verb: &Witness, now: Instant) -> Result<()> {
    match verb {
        Witness::New { key } => new(key),
        Witness::Begin { memory, log } => begin(memory, log),
        Witness::Since { memory } => {
            say::line(signed_last(&remembered(memory)?)?.map_or(0, |head| head.size))
        }
        Witness::Sign { key, memory } => {
            let mut asked = String::new();
            std::io::stdin().lock().read_to_string(&mut asked).context("reading the head")?;
            let asked = serde_json::from_str(&asked)
                .context("what came in is no answer of /api/onestop/head")?;
            say::json(&sign(key, memory, &asked, now)?)
        }
    }
}

/// A new key, and its public half for the city's pack.
fn new(key: &Path) -> Result<()> {
    let signer = signer(&own_key::make(key)?)?;
    say::line(URL_SAFE_NO_PAD.encode(signer.public()))
}

fn signer(seed: &[u8; 32]) -> Result<Signer> {
    let seed = Seed::from_bytes(seed);
    Ok(Signer::of(&seed.map_err(|_never| anyhow::anyhow!("a key has 32 bytes"))?))
}

fn begin(memory: &Path, log: &str) -> Result<()> {
    let read = URL_SAFE_NO_PAD.decode(log).ok().and_then(|bytes| bytes.try_into().ok());
    let log = read.context("that is no key of a log: 43 letters, from /api/onestop/keys")?;
    let remembered = Memory { log: Exact(log), head: None };
    own_key::write_new(memory, &serde_json::to_vec_pretty(&remembered)?)
}

fn remembered(memory: &Path) -> Result<Memory> {
    let text = fs::read(memory).with_context(|| {
        format!("reading {}: `waylight witness begin` makes it", memory.display())
    })?;
    serde_json::from_slice(&text).with_context(|| format!("{} is damaged", memory.display()))
}

fn signed_last(remembered: &Memory) -> Result<Option<Head>> {
    let head = remembered.head.as_ref().map(|head| Head::read(head.as_ref())).transpose();
    head.map_err(|refusal| anyhow::anyhow!("the remembered head is damaged: {}", refusal.code()))
}

/// Signs a head that continues the one signed last, and remembers it before the signature leaves.
fn sign(key: &Path, memory: &Path, asked: &HeadToWitness, now: Instant) -> Result<WitnessHead> {
    let mut remembered = remembered(memory)?;
    let signer = signer(&own_key::read(key)?)?;
    let (Some(head), Some(signature)) = (&asked.head, &asked.signature) else {
        bail!("the log has no head yet");
    };
    let refused = |refusal: seal::Refusal| anyhow::anyhow!("not signed: {}", refusal.code());
    let read = Head::read(head.as_ref()).map_err(refused)?;
    let by_log = read.verify(&remembered.log.0, signature.as_ref());
    by_log.map_err(|_wrong| refused(seal::Refusal::HeadNotSigned))?;
    if !read.is_fresh_at(u64::try_from(now.millis()).unwrap_or_default()) {
        return Err(refused(seal::Refusal::HeadTooOld));
    }
    if let Some(last) = signed_last(&remembered)? {
        if read.size < last.size || read.at < last.at {
            return Err(refused(seal::Refusal::HeadOlder));
        }
        let steps: Vec<_> = asked.consistency.iter().map(|step| step.0).collect();
        merkle::consistent(last.size, &last.root, read.size, &read.root, &steps).map_err(
            |_two| {
                anyhow::anyhow!(
                    "not signed: heads_disagree. What was signed before is not in this head: \
                 there are two histories of the log. Keep {} and tell the other witness",
                    memory.display()
                )
            },
        )?;
    }
    remembered.head = Some(head.clone());
    own_key::replace(memory, &serde_json::to_vec_pretty(&remembered)?)?;
    Ok(WitnessHead { key: Exact(signer.public()), signature: read.sign(&signer).to_vec().into() })
}

#[cfg(test)]
mod tests;
