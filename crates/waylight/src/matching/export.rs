//! The city's side of a batch: all entries, as a file that is carried to the matcher.

use super::files::{self, FORM};
use crate::{cli::State, say, state::StateDir};
use anyhow::Result;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use wire::onestop::{Bytes, Exact};

/// Entries read at once.
const PAGE: u32 = 500;

#[derive(Clone, Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    state: State,
    /// Where to write them
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// All entries there are, in the order they are put together in.
#[derive(Serialize, Deserialize)]
pub(super) struct EntriesFile {
    pub(super) form: u8,
    pub(super) entries: Vec<EntryLine>,
}

/// An entry. Neither its hour nor what takes it back goes along.
#[derive(Serialize, Deserialize)]
pub(super) struct EntryLine {
    pub(super) number: Exact<16>,
    pub(super) entry: Bytes,
}

pub(super) async fn run(asked: &Export) -> Result<()> {
    let state = StateDir::from(&asked.state);
    let store = state.read(&state.pack()?).await?;
    let mut entries = Vec::new();
    let mut last = None;
    loop {
        let page = store.matching_entries(last.as_ref(), PAGE).await?;
        entries.extend(
            page.iter().map(|one| EntryLine {
                number: Exact(one.number),
                entry: Bytes(one.entry.clone()),
            }),
        );
        match page.into_iter().last() {
            Some(one) => last = Some(one),
            None => break,
        }
    }
    store.close().await;
    files::replace(&asked.out, &files::json(&EntriesFile { form: FORM, entries })?)?;
    say::aside(format_args!(
        "Carry {} to the matcher, and destroy it there once the batch is done: an entry that is \
         taken back later still stands in it.",
        asked.out.display()
    ));
    Ok(())
}
