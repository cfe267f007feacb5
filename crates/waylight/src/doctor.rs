//! `waylight doctor`: is this city in order? Reads beside a running server and changes nothing.

use crate::cli::Doctor;
use crate::demo::clock::Noted;
use crate::{say, state::StateDir};
use anyhow::Result;
use kernel::Instant;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::ExitCode;
use store::Store;

/// Deadlines this far in the past are late: the server's clock looks every second.
const LATE_SECONDS: i64 = 5;
/// Registers older than this are worth a question.
const OLD_DAYS: i64 = 730;
/// Deadlines read at most; a city with more of them overdue is down, not slow.
const DEADLINES: u32 = 10_000;

/// Exits with 1 when something is wrong.
pub(crate) async fn run(doctor: &Doctor, machine: Instant) -> Result<ExitCode> {
    let state = StateDir::from(&doctor.state);
    let keys = key_problems(&state);
    let pack = state.pack()?;
    let store = state.read(&pack).await?;
    let now = city_now(&state, machine);
    let verified = store.verify(&[]).await?;
    let deadlines = deadlines(&store, now).await?;
    let registers = registers(&store, now).await?;
    store.close().await;
    let sound = keys.is_empty() && verified.is_whole() && deadlines["late"] == json!(0);
    let report = json!({
        "city": pack.code,
        "sound": sound,
        "keys": {"problems": keys},
        "journal": verified,
        "deadlines": deadlines,
        "registers": registers,
    });
    if doctor.json {
        say::json(&report)?;
    } else {
        for (part, said) in report.as_object().into_iter().flatten() {
            say::line(format_args!("{part:<10} {said}"))?;
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The city's clock: the machine's, or that of the demo night this folder holds.
fn city_now(state: &StateDir, machine: Instant) -> Instant {
    Noted::read(&state.file("night.json")).map_or(machine, |noted| noted.resumed(machine, None))
}

/// Key files must exist and be readable by their owner alone.
fn key_problems(state: &StateDir) -> Vec<String> {
    let folder = state.file("keys");
    let Ok(files) = fs::read_dir(&folder) else {
        return vec![format!("{} cannot be read", folder.display())];
    };
    let open = files.flatten().filter_map(|file| {
        let mode = file.metadata().ok()?.permissions().mode() & 0o777;
        (mode & 0o077 != 0)
            .then(|| format!("{} has mode {mode:o}: others can read it", file.path().display()))
    });
    open.collect()
}

async fn deadlines(store: &Store, now: Instant) -> Result<Value> {
    let due = store.due(now, DEADLINES).await?;
    let lag = |since: Instant| now.since(since).as_seconds();
    Ok(json!({
        "now": now,
        "overdue": due.len(),
        "late": due.iter().filter(|due| lag(due.due_at) > LATE_SECONDS).count(),
        "longest_overdue_seconds": due.first().map_or(0, |due| lag(due.due_at)),
        "next_at": store.next_deadline().await?,
    }))
}

async fn registers(store: &Store, now: Instant) -> Result<Vec<Value>> {
    let all = store.registers().await?;
    let age = |at: Option<Instant>| at.map(|at| now.since(at).as_seconds() / 86_400);
    Ok(all
        .iter()
        .map(|listed| {
            let register = &listed.state;
            let days = age(register.imported_at);
            json!({
                "kind": register.kind,
                "district": register.district,
                "imported_days_ago": days,
                "old": days.is_some_and(|days| days > OLD_DAYS),
                "tally": register.tally,
            })
        })
        .collect())
}
