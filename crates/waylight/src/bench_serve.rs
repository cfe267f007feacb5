//! `waylight bench serve`: a night's load on a server of its own, over HTTP, as phones send it.
//!
//! The server is this same binary as a child process on a fresh city. Bookings come at random
//! moments that were drawn beforehand, and each is timed from its own moment, however late it was
//! sent: a server that stalls cannot hide it by keeping the next ones from being asked. Positions
//! come from phones that were paired by code and are on duty, each on a connection of its own, with
//! the live feed of its screen open beside it. Afterwards every booking that was acknowledged is
//! read back, the journal is verified and the lists are folded anew.

mod bookings;
mod child;
mod city;
mod feed;
pub(crate) mod line;
mod machine;
mod phones;
mod proof;
mod tally;

use crate::cli::BenchServe;
use crate::state::StateDir;
use anyhow::{Context, Result, ensure};
use child::Server;
use machine::{BusyCore, Processor};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use tokio::time::Instant;

/// From the last screen's opening to the first booking: the night comes to rest.
const SETTLES: Duration = Duration::from_secs(2);

/// What is asked of the server, in its own units.
pub(crate) struct Load {
    /// When it begins.
    start: Instant,
    /// How long it lasts.
    lasts: Duration,
    /// Seed of every moment and place.
    seed: u64,
}

impl Load {
    fn until(&self) -> Instant {
        self.start + self.lasts
    }
}

/// Measures and prints: one JSON object, or a line per figure. The exit code says whether what was
/// acknowledged is there, not whether it was fast.
pub(crate) async fn run(asked: &BenchServe, now: kernel::Instant) -> Result<ExitCode> {
    // Kept until the end: dropping it removes the folder.
    let temporary = if asked.dir.is_none() { Some(tempfile::tempdir()?) } else { None };
    let dir = asked.dir.clone().or(temporary.as_ref().map(|folder| folder.path().to_owned()));
    let state = StateDir::new(&dir.context("no folder for the city")?, asked.database.clone());
    let (measured, sound) = measure(asked, &state, now).await?;
    if asked.json {
        crate::say::json(&measured)?;
    } else {
        for (name, value) in measured.as_object().into_iter().flatten() {
            crate::say::line(format_args!("{name:<14} {value}"))?;
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Phones that tell positions: each once a second unless told otherwise.
fn teams(asked: &BenchServe) -> u32 {
    asked.teams.unwrap_or_else(|| asked.positions_per_second.ceil().min(20_000.0) as u32)
}

async fn measure(
    asked: &BenchServe,
    state: &StateDir,
    now: kernel::Instant,
) -> Result<(Value, bool)> {
    let teams = teams(asked);
    machine::check_open_files(teams)?;
    crate::say::aside("making a city and enlisting its teams");
    let city = city::make(asked, teams, state, now).await?;
    let districts = city.pack.districts.len();
    let server = Server::start(asked, state)?;
    let places = city::meeting_places(&server, &city.pack.area).await?;
    let tally = Arc::new(Tally::new(asked.minutes));
    let phones = phones::pair(&server, city.codes, &places, asked.seed).await?;
    let load = Load {
        start: Instant::now() + feed::open_after(phones.len()) + SETTLES,
        lasts: Duration::from_secs_f64(asked.minutes * 60.0),
        seed: asked.seed,
    };
    let screens = feed::of_teams(&server, &phones, &tally);
    crate::say::aside(format_args!("{teams} phones are paired; measuring {} min", asked.minutes));
    tokio::time::sleep_until(load.start).await;
    let busy = asked.busy_core.then(BusyCore::start).transpose()?;
    let (served, own) = (Processor::of(server.pid())?, Processor::of_ourselves()?);
    let rate = asked.positions_per_second;
    let (booked, walked) = tokio::select! {
        done = async {
            tokio::try_join!(
                bookings::ask(&server, &places, asked.bookings_per_hour, &load, &tally),
                phones::walk(phones, rate, &load, &tally),
            )
        } => done?,
        () = crate::serve::stopped() => anyhow::bail!("stopped before its time"),
    };
    let (served, own) = (served.until_now()?, own.until_now()?);
    let busy_s = busy.map_or(Ok(0.0), BusyCore::stop)?;
    let peak_mb = server.rss_peak_mb()?;
    drop(screens);
    let mut lost = proof::read_back(&server, &booked.acknowledged).await;
    server.stop()?;
    let record = proof::of_the_journal(state, &city.pack, &booked.acknowledged, &mut lost).await?;
    ensure!(booked.sent > 0 || walked.due > 0, "nothing was asked, nothing to measure");
    let sound = lost.is_empty() && record.sound();
    Ok((
        json!({
            "database": if asked.database.is_some() { "postgres" } else { "sqlite" },
            "minutes": asked.minutes,
            "seed": asked.seed,
            "busy_core": asked.busy_core,
            "districts": districts,
            "teams": teams,
            "bookings": booked.figures(&lost),
            "positions": walked.figures(&tally),
            "feeds": tally.feeds(),
            "server": { "cpu_s": served, "rss_peak_mb": peak_mb },
            "generator_cpu_s": tally::rounded(own - busy_s),
            "busy_core_cpu_s": busy_s,
            "journal": record.figures(),
            "errors": tally.errors(),
        }),
        sound,
    ))
}
