//! What a rehearsal comes to, as the benchmark prints it.

use super::check::{Judged, Visit};
use super::instance::Instance;
use crate::bound::Bound;
use serde::Serialize;
use serde_json::{Value, json};

/// Waiting after the beginning of each window, seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Waits {
    /// Mean.
    pub mean: f64,
    /// 95th percentile, between the two nearest as numpy has it.
    pub p95: f64,
}

/// Microseconds a decision took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Percentiles {
    /// Median.
    pub p50: f64,
    /// 99th percentile.
    pub p99: f64,
}

/// The figures of a rehearsal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// People brought home.
    pub served: usize,
    /// People who asked.
    pub requests: usize,
    /// No plan serves more.
    pub bound: usize,
    /// `(bound - served) / bound`.
    pub gap: f64,
    /// Metres walked with nobody.
    pub empty_m: i64,
    /// Waiting.
    pub wait_s: Waits,
    /// What it took, seconds.
    pub seconds: f64,
    /// What the judge found broken; 0 or the plan is worth nothing.
    pub violations: usize,
    /// Metres walked in all.
    pub walk_m: i64,
    /// Teams that walked.
    pub teams_used: usize,
}

impl Figures {
    /// The figures of a judged plan that took `seconds`.
    pub fn new(instance: &Instance, judged: &Judged, bound: Bound, seconds: f64) -> Self {
        let waits: Vec<f64> = judged.waits_s.iter().map(|&wait_s| f64::from(wait_s)).collect();
        let mean = waits.iter().sum::<f64>() / waits.len().max(1) as f64;
        let missed = bound.served.saturating_sub(judged.served) as f64;
        Self {
            served: judged.served,
            requests: instance.requests(),
            bound: bound.served,
            gap: round(missed / bound.served.max(1) as f64, 4),
            empty_m: judged.empty_m,
            wait_s: Waits { mean: round(mean, 1), p95: round(percentile(&waits, 0.95), 1) },
            seconds: round(seconds, 3),
            violations: judged.violations,
            walk_m: judged.walk_m,
            teams_used: judged.teams_used,
        }
    }
}

impl Percentiles {
    /// Of times in seconds.
    pub fn of(seconds: &[f64]) -> Self {
        let us = |share| round(percentile(seconds, share) * 1e6, 1);
        Self { p50: us(0.5), p99: us(0.99) }
    }
}

fn round(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}

/// Between the two nearest values, weighed by how near they are.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = share * last as f64;
    let below = sorted[at as usize];
    let above = sorted[(at as usize + 1).min(last)];
    below + (above - below) * at.fract()
}

/// The plan for a file: the stops of each pair, so that anyone can check them.
pub fn stops(visits: &[Vec<Visit>]) -> Value {
    let pairs = visits.iter().enumerate().filter(|(_, stops)| !stops.is_empty());
    let pairs: Vec<Value> =
        pairs.map(|(pair, stops)| json!({ "vehicle": pair, "stops": stops })).collect();
    json!({ "routes": pairs })
}

#[cfg(test)]
mod tests;
