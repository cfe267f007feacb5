//! `cargo xtask crash`: a demo night is killed without warning again and again. Whatever the
//! server had acknowledged must still be there; whatever it had not is asked again with the same
//! key; the journal must verify and rebuild; deadlines that fell due meanwhile must fire at once.

mod http;
mod night;

use crate::step::{self, Run};
use night::{Night, Wish};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The limit the issue sets: a deadline due while we were down fires this soon after we are back.
const DEADLINE_LIMIT: Duration = Duration::from_secs(5);

/// Wishes of earlier rounds looked at after each kill, about.
const OLDER_LOOKED_AT: u64 = 25;

/// What `crash` was asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// How many times to kill.
    rounds: u32,
    /// Seed of the moments and wishes.
    seed: u64,
    /// A PostgreSQL URL; a SQLite file in the state folder unless told.
    database: Option<String>,
    /// The built binary.
    binary: PathBuf,
}

impl Plan {
    /// Reads the words after `crash`.
    ///
    /// # Errors
    /// A sentence about the word that is no option.
    fn parse(words: &[&str]) -> Result<Self, String> {
        let mut plan = Self { rounds: 100, seed: 1, database: None, binary: PathBuf::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            let wrong = |_no| format!("{word} needs a number");
            match *word {
                "--rounds" => plan.rounds = value()?.parse().map_err(wrong)?,
                "--seed" => plan.seed = value()?.parse().map_err(wrong)?,
                "--database" => plan.database = Some((*value()?).to_owned()),
                "--binary" => plan.binary = PathBuf::from(value()?),
                other => return Err(format!("unknown option {other}")),
            }
        }
        Ok(plan)
    }
}

/// Kills as asked on the command line, building the binary first, and prints what was found.
///
/// # Errors
/// What was lost, or why nothing could be tried.
pub(crate) fn command(words: &[&str]) -> Result<(), String> {
    let mut plan = Plan::parse(words)?;
    if plan.binary.as_os_str().is_empty() {
        let build = ["cargo", "build", "--package", "waylight", "--locked"];
        Run::new(&build).quietly("crash-build").map_err(|(_closing, said)| said)?;
        plan.binary = step::binary()?;
    }
    run(&plan).map(|summary| println!("{summary}"))
}

/// The small version `cargo xtask test` runs on the binary that is already built.
///
/// # Errors
/// What was lost, or why nothing could be tried.
pub(crate) fn three_rounds() -> Result<String, String> {
    let binary = step::binary()?;
    run(&Plan { rounds: 3, seed: 1, database: None, binary })
}

/// Chance from a seed (SplitMix64): the same seed kills at the same moments.
pub(crate) struct Chance(u64);

impl Chance {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.bits() % limit.max(1)
    }
}

/// What all rounds found.
#[derive(Debug, Default)]
struct Found {
    kills: u32,
    acknowledged: usize,
    unacknowledged: usize,
    lost: Vec<String>,
    broken: Vec<String>,
    slowest_start_ms: u128,
    slowest_deadline_ms: u128,
    overdue_seen: u64,
}

/// Runs the plan and prints one JSON object.
///
/// # Errors
/// What was lost, or why nothing could be tried.
pub(crate) fn run(plan: &Plan) -> Result<String, String> {
    let folder = std::env::temp_dir().join(format!("waylight-crash-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let outcome = rounds(plan, &folder);
    let kept = outcome.as_ref().is_err()
        || outcome.as_ref().is_ok_and(|found| !(found.lost.is_empty() && found.broken.is_empty()));
    if !kept {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let log = folder.with_extension("log");
        fs::remove_file(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    }
    let found =
        outcome.map_err(|why| format!("{why}\n(the night is kept in {})", folder.display()))?;
    let summary = json!({
        "kills": found.kills,
        "database": if plan.database.is_some() { "postgres" } else { "sqlite" },
        "acknowledged": found.acknowledged,
        "unacknowledged_retried": found.unacknowledged,
        "lost": found.lost,
        "broken": found.broken,
        "deadlines_overdue_at_restart": found.overdue_seen,
        "slowest_start_ms": found.slowest_start_ms,
        "slowest_deadline_ms": found.slowest_deadline_ms,
    });
    if kept {
        return Err(format!("{summary}\n(the night is kept in {})", folder.display()));
    }
    Ok(summary.to_string())
}

fn rounds(plan: &Plan, folder: &Path) -> Result<Found, String> {
    let mut chance = Chance(plan.seed);
    let mut found = Found::default();
    let mut night = Night::start(plan, folder)?;
    let mut wishes: Vec<Wish> = Vec::new();
    for round in 0..plan.rounds {
        let until = Instant::now() + Duration::from_millis(300 + chance.below(2_200));
        night.live_until(until, round, &mut chance, &mut wishes)?;
        found.kills += 1;
        night = night.killed_and_restarted(plan, folder)?;
        found.slowest_start_ms = found.slowest_start_ms.max(night.start_took.as_millis());
        check_deadlines(&night, &mut found)?;
        night.retry_open_wishes(&mut wishes, &mut found.unacknowledged)?;
        // Every wish of this round and some of the older ones; at the end all of them.
        let all = wishes.len() as u64;
        for wish in &wishes {
            let due = wish.round == round || round + 1 == plan.rounds;
            if due || chance.below(all) < OLDER_LOOKED_AT {
                found.lost.extend(night.lost(wish)?);
            }
        }
        found.broken.extend(night.journal_says("verify")?);
        if round % 10 == 9 || round + 1 == plan.rounds {
            eprintln!("{} of {} kills, {} wishes", round + 1, plan.rounds, wishes.len());
        }
    }
    found.acknowledged = wishes.iter().filter(|wish| wish.acknowledged.is_some()).count();
    night.stop();
    found.broken.extend(night.journal_says("verify")?);
    found.broken.extend(night.journal_says("rebuild")?);
    Ok(found)
}

/// Deadlines that were due when the server came back must be gone within five seconds: no look
/// that begins later may still find one.
fn check_deadlines(night: &Night, found: &mut Found) -> Result<(), String> {
    let mut first = true;
    loop {
        let began = night.back_at.elapsed();
        let said = night.doctor()?;
        let overdue = said["deadlines"]["overdue"].as_u64();
        let overdue =
            overdue.ok_or_else(|| format!("doctor does not speak of deadlines: {said}"))?;
        if std::mem::take(&mut first) {
            found.overdue_seen += overdue;
        }
        if overdue == 0 {
            // The last look that still found one began before this: the truth lies between.
            found.slowest_deadline_ms = found.slowest_deadline_ms.max(began.as_millis());
            return Ok(());
        }
        // A deadline may fall due at any moment of the night; only those overdue by seconds count.
        let late = said["deadlines"]["late"].as_u64().unwrap_or(overdue);
        if began > DEADLINE_LIMIT && late == 0 {
            return Ok(());
        }
        if began > DEADLINE_LIMIT {
            let lag = said["deadlines"].clone();
            found.broken.push(format!("deadlines still open {began:?} after restart: {lag}"));
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What of an acknowledged view is missing in a later one: it may only have grown.
fn lost_between(before: &Value, after: &Value) -> Option<String> {
    let name = &before["id"];
    if before["id"] != after["id"] {
        return Some(format!("{name} is now {}", after["id"]));
    }
    if before["number"].as_u64() > after["number"].as_u64() {
        return Some(format!("{name}: the number went back to {}", after["number"]));
    }
    let reached = |view: &Value| -> Vec<(String, i64)> {
        let rungs = view["ladder"].as_array().into_iter().flatten();
        let rungs = rungs
            .filter_map(|rung| Some((rung["stage"].as_str()?.to_owned(), rung["at"].as_i64()?)));
        let moments = ["sent_at", "seen_at", "retracted_at", "closed_at"];
        let moments = moments
            .into_iter()
            .filter_map(|moment| Some((moment.to_owned(), view[moment].as_i64()?)));
        rungs.chain(moments).collect()
    };
    let now = reached(after);
    let missing = reached(before).into_iter().find(|rung| !now.contains(rung))?;
    Some(format!("{name}: {} at {} is gone", missing.0, missing.1))
}

#[cfg(test)]
mod tests;
