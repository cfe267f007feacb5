//! `waylight bench assign`: who goes to whom on one evening of bench-peers, and how near that
//! comes to the bound.
//!
//! Reading the instance, planning, playing and judging are `assign::rehearsal`'s; here are the
//! clock, the files and the words.

use crate::cli::BenchAssign;
use anyhow::{Context, Result};
use assign::rehearsal::{
    Figures, Instance, Options, Percentiles, Thinking, offline, online, stops,
};
use assign::{Budget, Prices, Tuning};
use serde_json::{Value, json};
use std::time::Instant;

/// More than any night's walking: with `--served-first` nobody is left out to spare it.
const SERVED_FIRST_S: i32 = 100_000;

/// What a decision of an online evening may be thought over afterwards, as a share of all time.
/// The rest is for reading, deciding and judging.
const THINKING: f64 = 0.9;

/// Measures and prints: one JSON object, or a line per figure.
pub(crate) fn run(asked: &BenchAssign) -> Result<()> {
    let start = now();
    let clock = || start.elapsed().as_secs_f64();
    let text = std::fs::read_to_string(&asked.instance)
        .with_context(|| format!("reading {}", asked.instance.display()))?;
    let instance = Instance::read(&text).with_context(|| asked.instance.display().to_string())?;
    let (figures, plan) = if asked.online {
        play(asked, &instance, &clock)?
    } else {
        plan(asked, &instance, &clock)?
    };
    if let Some(file) = &asked.plan {
        std::fs::write(file, plan.to_string())
            .with_context(|| format!("writing {}", file.display()))?;
    }
    if asked.json {
        return crate::say::json(&figures);
    }
    for (name, value) in figures.as_object().into_iter().flatten() {
        crate::say::line(format_args!("{name:<14} {value}"))?;
    }
    Ok(())
}

/// The clock is read here and nowhere else in this file.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

fn prices(asked: &BenchAssign) -> Prices {
    let usual = Prices::default();
    let left_out_s = if asked.served_first { SERVED_FIRST_S } else { usual.left_out_s };
    Prices { left_out_s, ..usual }
}

/// Everything known beforehand.
fn plan(
    asked: &BenchAssign,
    instance: &Instance,
    clock: &dyn Fn() -> f64,
) -> Result<(Value, Value)> {
    // The file was read on this budget, too.
    let seconds = (asked.seconds - clock()).max(0.0);
    let done = offline(
        instance,
        Options {
            budget: asked.rounds.map_or(Budget::Seconds { seconds, clock }, Budget::Rounds),
            seed: asked.seed,
            stop_at_served: asked.stop_at_served,
            from_flow: false,
            prices: prices(asked),
            tuning: Tuning::default(),
        },
    );
    let figures = Figures::new(instance, &done.judged, done.bound, clock());
    let mut figures = serde_json::to_value(&figures)?;
    figures["rounds"] = json!(done.rounds);
    Ok((figures, stops(&done.visits)))
}

/// The evening as it comes; the time is spread over the arrivals.
fn play(
    asked: &BenchAssign,
    instance: &Instance,
    clock: &dyn Fn() -> f64,
) -> Result<(Value, Value)> {
    let seconds = asked.seconds * THINKING / instance.requests().max(1) as f64;
    let evening = online(
        instance,
        Thinking {
            budget: asked.rounds.map_or(Budget::Seconds { seconds, clock }, Budget::Rounds),
            seed: asked.seed,
            prices: prices(asked),
            tuning: Tuning::between_arrivals(),
            clock,
        },
    );
    let figures = Figures::new(instance, &evening.judged, evening.bound, clock());
    let mut figures = serde_json::to_value(&figures)?;
    figures["promised_at_once"] = json!(evening.at_once);
    figures["refused_at_once"] = json!(evening.refused);
    figures["promises_broken"] = json!(evening.broken);
    figures["decision_us"] = serde_json::to_value(Percentiles::of(&evening.decisions_s))?;
    Ok((figures, stops(&evening.visits)))
}
