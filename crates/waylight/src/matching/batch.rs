//! The matcher: a machine without a network. It reads all entries, remembers whom it has told of, and
//! writes what opened for counsel; nothing else leaves it, and nothing of it is printed.

use super::{
    export::EntriesFile,
    files::{self, FORM},
};
use crate::{own_key, say};
use anyhow::{Context, Result, anyhow, ensure};
use clap::{Args, Subcommand};
use matching::{entry::EntryNo, matcher};
use seal::{key::PrivateKey, secret::Seed};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};
use wire::onestop::{Bytes, Exact};
use zeroize::Zeroizing;

/// The private key.
const KEY: &str = "key";
/// Entries that came out of a batch before.
const TOLD: &str = "told.json";

/// The matcher's key.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make the matcher's key; prints its public half for the city's pack
    New {
        /// The matcher's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Batch {
    /// The matcher's own folder: its key, and whom it has told of
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// All entries, as `matching export` wrote them
    #[arg(long, value_name = "FILE")]
    entries: PathBuf,
    /// Where to write what opened, for the first of counsel; must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What opened, for counsel.
#[derive(Serialize, Deserialize)]
pub(super) struct OpeningsFile {
    pub(super) form: u8,
    /// For the first of counsel, or for the second.
    pub(super) closed_for: ClosedFor,
    pub(super) openings: Vec<OpeningLine>,
}

/// Who can open what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClosedFor {
    First,
    Second,
}

/// People who named the same person.
#[derive(Serialize, Deserialize)]
pub(super) struct OpeningLine {
    /// How many people all of them accepted.
    pub(super) needed: u8,
    pub(super) people: Vec<PersonLine>,
}

/// One of them.
#[derive(Serialize, Deserialize)]
pub(super) struct PersonLine {
    pub(super) number: Exact<16>,
    /// None if it did not open for the first of counsel.
    pub(super) contact: Option<Bytes>,
}

#[derive(Default, Serialize, Deserialize)]
struct Told {
    entries: Vec<Exact<16>>,
}

/// Draws a key into a file that must not exist, and prints its public half.
pub(super) fn new_key(file: &Path) -> Result<()> {
    let seed = files::drawn()?;
    files::write_new(file, &*seed)?;
    say::line(files::letters(&key(file)?.public().bytes()))
}

/// Reads a key.
pub(super) fn key(file: &Path) -> Result<PrivateKey> {
    let bytes = Zeroizing::new(own_key::read(file)?);
    let key = Seed::from_bytes(&*bytes).and_then(PrivateKey::of);
    key.map_err(|_length| anyhow!("{} is no key", file.display()))
}

pub(super) fn matcher(verb: &Verb) -> Result<()> {
    match verb {
        Verb::New { dir } => {
            files::make_folder(dir)?;
            new_key(&dir.join(KEY))
        }
    }
}

pub(super) fn run(asked: &Batch) -> Result<()> {
    let key = key(&asked.dir.join(KEY)).context("the matcher's key: `matcher new` makes it")?;
    let _alone = files::Alone::in_folder(&asked.dir)?;
    let file: EntriesFile = files::read(&asked.entries, "file of `matching export`")?;
    ensure!(file.form == FORM, "{} is of another form", asked.entries.display());
    let memory = asked.dir.join(TOLD);
    let told: Option<Told> = files::read_if(&memory, "memory of a matcher")?;
    let mut told: BTreeSet<EntryNo> =
        told.unwrap_or_default().entries.into_iter().map(|number| EntryNo(number.0)).collect();
    let entries: Vec<(EntryNo, Vec<u8>)> =
        file.entries.into_iter().map(|one| (EntryNo(one.number.0), one.entry.0)).collect();
    let found = matcher::batch(&key, &entries, &told);
    for (number, refusal) in &found.refused {
        say::aside(format_args!("entry {} is none: {refusal}", files::letters(&number.0)));
    }
    let openings = found.openings.into_iter().map(|opening| {
        told.extend(opening.people.iter().map(|one| one.number));
        let person = |one: matcher::ForCounsel| PersonLine {
            number: Exact(one.number.0),
            contact: Some(Bytes(one.sealed)),
        };
        OpeningLine {
            needed: opening.level.people(),
            people: opening.people.into_iter().map(person).collect(),
        }
    });
    let openings = openings.collect();
    let file = OpeningsFile { form: FORM, closed_for: ClosedFor::First, openings };
    files::write_new(&asked.out, &files::json(&file)?)?;
    // Afterwards: a crash between tells of somebody twice, and never of nobody.
    let told = Told { entries: told.into_iter().map(|number| Exact(number.0)).collect() };
    files::replace(&memory, &files::json(&told)?)?;
    say::aside(format_args!(
        "Carry {} to the first of counsel, also when nothing opened. Destroy {} now.",
        asked.out.display(),
        asked.entries.display()
    ));
    Ok(())
}
