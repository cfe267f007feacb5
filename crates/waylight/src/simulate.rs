//! `waylight simulate`: nights of a whole city on a stepped clock, with everything that can go wrong, and
//! what holds whatever goes wrong.

use crate::cli::Simulate;
use crate::demo::roster::{self, Crew};
use crate::import::{self, reading::Files, sources};
use crate::{say, state::StateDir};
use anyhow::{Context, Result, bail};
use kernel::Instant;
use server::Pack;
use server::ground::Ground;
use sim::city::ridership::Ridership;
use sim::city::{Report, Simulation};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tempfile::TempDir;

/// Memory that is a folder: a commit there waits for no disk.
const MEMORY: &str = "/dev/shm";
/// Nights are looked for from here on: a Monday, the same for everybody, so that a seed names a
/// night for ever.
const FROM: &str = "2026-11-22T12:00";
/// The table of hourly ridership among a city's sources, by a piece of its name.
const RIDERSHIP: &str = "시간대별 승하차";

pub(crate) async fn run(simulate: &Simulate) -> Result<ExitCode> {
    let (pack, text) = pack(simulate)?;
    let from = pack.zone.moment(FROM).context("the city's zone has no such day")?;
    let temporary = scratch()?;
    let imported = simulate.dir.clone().unwrap_or_else(|| temporary.path().join("imported"));
    import_once(simulate, &pack, &text, &imported, from).await?;
    let store = StateDir::new(&imported, None).open(&pack).await?;
    let ground = Arc::new(Ground::read(&store, &pack).await?);
    let crew = Crew::city(simulate.scale);
    let roster = roster::roster(&store, &pack, &crew).await?;
    store.close().await;
    drop(store);
    let ridership = ridership(simulate);
    let mut code = ExitCode::SUCCESS;
    for seed in simulate.seed..simulate.seed.saturating_add(u64::from(simulate.seeds)) {
        // Each seed lives on a city of its own, fresh from its imports.
        let dir = temporary.path().join(format!("seed-{seed}"));
        copy(&imported, &dir)?;
        let simulation = Simulation {
            pack: pack.clone(),
            dir: dir.clone(),
            ground: Arc::clone(&ground),
            roster: roster.clone(),
            turns: roster::TURNS,
            size: size(&pack) * simulate.scale,
            ridership: ridership.clone(),
            from,
            nights: simulate.nights,
            seed,
            faults: simulate.faults,
            proxy: std::convert::identity,
        };
        let report = Report { commit: commit(), ..live(simulation)? };
        if report.broken.is_some() {
            code = ExitCode::FAILURE;
        }
        if simulate.json {
            say::json(&report)?;
        } else {
            say::line(&report)?;
        }
        fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
    }
    Ok(code)
}

/// Lives the nights on one thread. One thing happens after another there, so a second thread would
/// only be handed each of them in turn, and waking it takes longer than most of them.
fn live(simulation: Simulation) -> Result<Report> {
    tokio::task::block_in_place(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(runtime.block_on(simulation.run())?)
    })
}

/// A folder for the nights: in memory, where there is such a folder.
fn scratch() -> Result<TempDir> {
    let memory = Path::new(MEMORY);
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix("waylight-simulate-");
    if memory.is_dir() {
        say::aside(format_args!("the nights are kept in memory ({MEMORY}) and gone afterwards"));
        return Ok(builder.tempdir_in(memory)?);
    }
    Ok(builder.tempdir()?)
}

/// The pack that was named, or the invented city of 25 districts.
fn pack(simulate: &Simulate) -> Result<(Pack, String)> {
    let text = match &simulate.pack {
        Some(file) => fs::read_to_string(file).with_context(|| file.display().to_string())?,
        None => sim::district::gaon::pack(),
    };
    Ok((Pack::parse(&text)?, text))
}

/// How many districts' people live there. A small pack is its first district; the others in it are
/// only there to take what that leaves unseen.
fn size(pack: &Pack) -> f64 {
    if pack.districts.len() < roster::CITY { 1.0 } else { pack.districts.len() as f64 }
}

/// Imports the city, unless the folder holds it already: the same pack under the same seed.
async fn import_once(
    simulate: &Simulate,
    pack: &Pack,
    text: &str,
    folder: &Path,
    at: Instant,
) -> Result<()> {
    let state = StateDir::new(folder, None);
    if state.has_pack() {
        let remembered = fs::read_to_string(state.file("pack.toml"))?;
        if remembered == text {
            return Ok(());
        }
        bail!("{} holds another city: name another --dir", folder.display());
    }
    let files = match (&simulate.pack, &simulate.data) {
        (None, _) => Files::invented(sim::district::gaon::files(simulate.seed)),
        (Some(_), Some(data)) => Files::OnDisk(sources::listed(&pack.sources, data)?),
        (Some(_), None) => bail!("say where the pack's sources lie: --data DIR"),
    };
    let store = state.open(pack).await?;
    // The ids of imports come from the seed as well: the whole journal is the same again.
    let imported = import::into(&store, pack, files, None, at);
    let report = store::with_ids_of(simulate.seed, imported).await?;
    store.close().await;
    for file in report.files {
        if let Some(refused) = file.refused {
            say::aside(format_args!("{} was refused: {}", file.file, refused.sentence));
        }
    }
    state.remember(text)?;
    Ok(())
}

/// How many come out at which station, if the city's sources hold such a table.
fn ridership(simulate: &Simulate) -> Ridership {
    let folder = simulate.data.as_ref().map(|data| data.join("transit"));
    let files = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut tables = files.filter(|file| file.file_name().to_string_lossy().contains(RIDERSHIP));
    let bytes = tables.next().and_then(|file| fs::read(file.path()).ok());
    bytes.map_or_else(Ridership::default, |bytes| Ridership::parse(&bytes))
}

/// Copies a state folder whose store is closed.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| target.display().to_string())?;
        }
    }
    Ok(())
}

/// The commit this was built from: told by whoever built it, else by git where it runs.
fn commit() -> String {
    let told = option_env!("WAYLIGHT_COMMIT").map(str::to_owned);
    told.or_else(|| {
        let mut git = std::process::Command::new("git");
        let answer = git.args(["rev-parse", "--short", "HEAD"]).output().ok()?;
        let text = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
        answer.status.success().then_some(text)
    })
    .unwrap_or_default()
}
