//! `waylight bench mailbox`: whether the server's answer to words that nobody uses can be told from its
//! answer to a mailbox that was used and is empty, by size or by time.
//!
//! The server runs in this process, on a fresh city, and is asked over a connection as a browser asks.
//! Both kinds are opened once each, in an order drawn beforehand; only the opening itself is timed.
//! Times are compared by Welch's t: beyond 3 somebody who asks a thousand times could begin to tell.

mod tally;
mod woman;

use crate::bench_serve::line::Line;
use crate::cli::BenchMailbox;
use crate::state::StateDir;
use anyhow::{Context, Result, ensure};
use rand::{SeedableRng, rngs::ChaCha20Rng, seq::SliceRandom};
use seal::mailbox::Salt;
use serde_json::{Value, json};
use server::{App, Config, DutyPhones, Pack, RealClock};
use std::{process::ExitCode, sync::Arc};
use tally::Times;
use tokio::time::Instant;
use wire::onestop::{Challenge, Directory};
use woman::Woman;

/// Openings before anything is timed: the first ones pay for pages that are then in memory.
const WARM: usize = 40;
/// Mailboxes whose words are stretched at once: 64 MiB each.
const AT_ONCE: usize = 2;
/// `|t|` below this is no difference that a thousand openings show.
const LIMIT: f64 = 3.0;

/// Measures and prints: one JSON object, or a line per figure. The exit code says whether the two could
/// be told apart.
pub(crate) async fn run(asked: &BenchMailbox, now: kernel::Instant) -> Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let state = StateDir::new(folder.path(), None);
    let pack = Pack::parse(sim::district::PACK)?;
    let store = state.open(&pack).await?;
    let (listener, address) = crate::serve::listen(([127, 0, 0, 1], 0).into()).await?;
    let config = Config {
        pack,
        public_origin: format!("http://{address}"),
        outbox: state.file("outbox.jsonl"),
        duty_phones: DutyPhones::new(),
        demo: None,
    };
    let app = App::build(config, store.clone(), Arc::new(RealClock)).await?;
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let stop = async {
        // A sender dropped early stops the server as well.
        let _told = ended.await;
    };
    let clock = Arc::new(RealClock);
    let serving = tokio::spawn(crate::serve::until(app, listener, store, clock, stop));
    let mut line = Line::to(address, None)?;
    let measured = measure(asked, &mut line, now).await;
    let _told = end.send(());
    serving.await??;
    let (figures, alike) = measured?;
    if asked.json {
        crate::say::json(&figures)?;
    } else {
        for (name, value) in figures.as_object().into_iter().flatten() {
            crate::say::line(format_args!("{name:<16} {value}"))?;
        }
    }
    Ok(if alike { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Which of the two an opening is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Words nobody has used.
    Nobody,
    /// A mailbox whose only report was deleted.
    Emptied,
}

async fn measure(
    asked: &BenchMailbox,
    line: &mut Line,
    now: kernel::Instant,
) -> Result<(Value, bool)> {
    let mut rng = ChaCha20Rng::seed_from_u64(asked.seed);
    let directory: Directory = woman::get(line, "/api/onestop/directory").await?;
    let salt = Salt(directory.salt.0);
    let count = usize::from(asked.phrases) + WARM;
    crate::say::aside(format_args!("stretching {} phrases", 2 * count));
    let nobodies = women(count, salt, &mut rng).await?;
    let mut emptied = women(count, salt, &mut rng).await?;
    crate::say::aside("sending a report from every other mailbox and deleting it");
    for woman in &mut emptied {
        woman.sends_and_deletes(line, now, &mut rng).await?;
    }
    let mut order: Vec<(Of, &Woman)> = nobodies.iter().map(|one| (Of::Nobody, one)).collect();
    order.extend(emptied.iter().map(|one| (Of::Emptied, one)));
    order.shuffle(&mut rng);
    // As many of each are left out as a warm-up: the order is random, so the first are of both.
    let (mut times, mut sizes) = ([Times::default(), Times::default()], Vec::new());
    for (at, (of, woman)) in order.iter().enumerate() {
        let (micros, bytes) = opening(line, woman).await?;
        sizes.push(bytes);
        if at >= 2 * WARM {
            times[usize::from(*of == Of::Emptied)].take(micros);
        }
    }
    let [nobody, empty] = &times;
    let t = nobody.welch_t(empty).context("too few openings to compare")?;
    let one_size = sizes.iter().all(|size| Some(size) == sizes.first());
    let alike = one_size && t.abs() < LIMIT;
    Ok((
        json!({
            "phrases": asked.phrases, "seed": asked.seed,
            "answer_bytes": sizes.first(), "one_size": one_size,
            "nobody_us": nobody.figures(), "emptied_us": empty.figures(),
            "welch_t": (t * 1_000.0).round() / 1_000.0, "limit": LIMIT, "alike": alike,
        }),
        alike,
    ))
}

/// So many with seven words each.
async fn women(count: usize, salt: Salt, rng: &mut ChaCha20Rng) -> Result<Vec<Woman>> {
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let some = AT_ONCE.min(count - all.len());
        let drawn: Vec<_> = (0..some)
            .map(|_| seal::words::Phrase::draw(rng))
            .map(|phrase| tokio::task::spawn_blocking(move || Woman::of(&phrase, salt)))
            .collect();
        for one in drawn {
            all.push(one.await??);
        }
    }
    Ok(all)
}

/// Opens a mailbox: microseconds, and bytes of the answer.
async fn opening(line: &mut Line, woman: &Woman) -> Result<(f64, usize)> {
    let challenge: Challenge = woman::get(line, "/api/onestop/challenge").await?;
    let body = serde_json::to_vec(&woman.proof(challenge.challenge.0))?;
    let began = Instant::now();
    let answer = line.post("/api/onestop/mailbox", "bench-mailbox-opens", body.into()).await?;
    let took = began.elapsed();
    ensure!(answer.acknowledged(), "the mailbox was refused: {}", answer.problem());
    Ok((took.as_secs_f64() * 1e6, answer.body.len()))
}
