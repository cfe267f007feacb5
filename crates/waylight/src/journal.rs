//! `waylight journal`: is the record whole, do the lists say what it says, and copies of both.

use crate::cli::Journal;
use crate::{say, state::StateDir};
use anyhow::Result;
use kernel::Instant;
use serde_json::json;
use std::process::ExitCode;
use store::Checkpoint;

/// Rows of an export read at a time.
const PAGE: u32 = 1_000;

pub(crate) async fn run(verb: &Journal, now: Instant) -> Result<ExitCode> {
    match verb {
        Journal::Verify { state, checkpoint } => verify(&state.into(), checkpoint).await,
        Journal::Rebuild { state } => rebuild(&state.into()).await,
        Journal::Export { state, after } => export(&state.into(), *after).await,
        Journal::Checkpoint { state } => {
            let state = StateDir::from(state);
            let store = state.open(&state.pack()?).await?;
            say::json(&store.checkpoint(now).await?)?;
            store.close().await;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Exits with 1 when anything was changed, removed, moved or cut off.
async fn verify(state: &StateDir, outside: &[std::path::PathBuf]) -> Result<ExitCode> {
    let outside: Vec<Checkpoint> =
        outside.iter().map(|file| Checkpoint::from_file(file)).collect::<Result<_, _>>()?;
    let store = state.read(&state.pack()?).await?;
    let report = store.verify(&outside).await?;
    say::json(&report)?;
    store.close().await;
    Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Exits with 1 when a list did not say what the journal says; afterwards it does.
async fn rebuild(state: &StateDir) -> Result<ExitCode> {
    let store = state.open(&state.pack()?).await?;
    let report = store.rebuild().await?;
    let differing = report.differing();
    say::json(&json!({
        "number": report.number,
        "differing": differing,
        "tables": report.after,
    }))?;
    store.close().await;
    Ok(if differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn export(state: &StateDir, after: u64) -> Result<ExitCode> {
    let store = state.read(&state.pack()?).await?;
    let mut number = after;
    loop {
        let page = store.read_after(number, PAGE).await?;
        let Some(last) = page.last() else {
            store.close().await;
            return Ok(ExitCode::SUCCESS);
        };
        number = last.number;
        for event in page {
            let body: serde_json::Value = serde_json::from_str(&event.body)?;
            say::json(&json!({
                "number": event.number,
                "at": event.at,
                "stream": event.stream,
                "id": format!("{:032x}", event.id_bits),
                "version": event.version,
                "name": event.name,
                "event_version": event.event_version,
                "by": event.actor,
                "district": event.district,
                "body": body,
            }))?;
        }
    }
}
