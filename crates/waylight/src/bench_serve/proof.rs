//! Afterwards: is everything that was acknowledged there, and is the record whole?

use super::{
    bookings::Acknowledged,
    child::Server,
    line::{Line, Pass},
};
use crate::state::StateDir;
use anyhow::Result;
use escort::Request;
use kernel::{Id, id};
use serde_json::{Value, json};
use server::Pack;
use std::collections::HashMap;
use store::VerifyReport;
use wire::escort::ForRequester;

/// Rows read at a time.
const PAGE: u32 = 1_000;

/// Reads every acknowledged booking back with its own token: what is missing.
pub(super) async fn read_back(server: &Server, booked: &[Acknowledged]) -> Vec<String> {
    let mut lost = Vec::new();
    for one in booked {
        if let Err(why) = found(server, one).await {
            lost.push(format!("{}: {why:#}", one.walk));
        }
    }
    lost
}

async fn found(server: &Server, one: &Acknowledged) -> Result<()> {
    let mut line = Line::to(server.at, Some(Pass::bearer(&one.token)?))?;
    let answer = line.get(&format!("/api/escort/requests/{}", one.walk)).await?;
    anyhow::ensure!(answer.acknowledged(), answer.problem());
    let view: ForRequester = serde_json::from_slice(&answer.body)?;
    anyhow::ensure!(view.id == one.walk, "it is {} now", view.id);
    anyhow::ensure!(view.number >= one.number, "its number went back to {}", view.number);
    Ok(())
}

/// What the journal says once the server has stopped.
pub(super) struct Record {
    verified: VerifyReport,
    differing: Vec<&'static str>,
    bookings: usize,
    size_bytes: u64,
}

/// Verifies the journal, folds the lists anew and looks for every acknowledged booking in it; adds
/// to `lost` what is not there.
pub(super) async fn of_the_journal(
    state: &StateDir,
    pack: &Pack,
    booked: &[Acknowledged],
    lost: &mut Vec<String>,
) -> Result<Record> {
    let store = state.open(pack).await?;
    let verified = store.verify(&[]).await?;
    let mut begun: HashMap<Id<id::Escort>, u64> = HashMap::new();
    let mut after = 0;
    loop {
        let page = store.read_after(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        for recorded in &page {
            if let (Some(walk), 1) = (recorded.id::<Request>(), recorded.version) {
                begun.insert(walk, recorded.number);
            }
        }
    }
    for one in booked {
        match begun.get(&one.walk) {
            Some(number) if *number <= one.number => {}
            Some(number) => lost.push(format!("{} begins at {number} only", one.walk)),
            None => lost.push(format!("{} is not in the journal", one.walk)),
        }
    }
    let differing = store.rebuild().await?.differing();
    let size_bytes = store.size_bytes().await?;
    store.close().await;
    Ok(Record { verified, differing, bookings: begun.len(), size_bytes })
}

impl Record {
    /// Whether the chain holds and the lists say what the journal says.
    pub(super) fn sound(&self) -> bool {
        self.verified.is_whole() && self.differing.is_empty()
    }

    pub(super) fn figures(&self) -> Value {
        json!({
            "rows": self.verified.rows,
            "database_bytes": self.size_bytes,
            "whole": self.verified.is_whole(),
            "broken": self.verified.broken,
            "checkpoints": self.verified.checkpoints,
            "bookings": self.bookings,
            "lists_differing": self.differing,
        })
    }
}
