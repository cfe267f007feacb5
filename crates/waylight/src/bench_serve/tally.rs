//! What is counted while it runs.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Counts of everything that runs at the same time.
pub(super) struct Tally {
    /// Positions taken in, by the second of the run.
    by_second: Vec<AtomicU32>,
    feeds_opened: AtomicU64,
    feed_events: AtomicU64,
    errors: Mutex<BTreeMap<String, u64>>,
}

impl Tally {
    pub(super) fn new(minutes: f64) -> Self {
        let seconds = (minutes * 60.0).ceil().max(1.0) as usize;
        Self {
            by_second: (0..seconds).map(|_| AtomicU32::new(0)).collect(),
            feeds_opened: AtomicU64::new(0),
            feed_events: AtomicU64::new(0),
            errors: Mutex::default(),
        }
    }

    /// A position was taken in, in this second of the run.
    pub(super) fn accepted(&self, second: u64) {
        if let Some(count) = self.by_second.get(second as usize) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The second in which fewest positions were taken in; a second begun and not ended is none.
    pub(super) fn least(&self) -> Option<u32> {
        self.by_second.iter().map(|count| count.load(Ordering::Relaxed)).min()
    }

    pub(super) fn feed_opened(&self) {
        self.feeds_opened.fetch_add(1, Ordering::Relaxed);
    }

    /// A view or a change arrived at a screen.
    pub(super) fn feed_event(&self) {
        self.feed_events.fetch_add(1, Ordering::Relaxed);
    }

    /// Something did not go as asked, for this reason.
    pub(super) fn error(&self, what: &str, why: &str) {
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        *errors.entry(format!("{what}: {why}")).or_default() += 1;
    }

    pub(super) fn feeds(&self) -> Value {
        json!({
            "opened": self.feeds_opened.load(Ordering::Relaxed),
            "events": self.feed_events.load(Ordering::Relaxed),
        })
    }

    pub(super) fn errors(&self) -> Value {
        json!(*self.errors.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Two decimals are enough for anybody.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Milliseconds, of microseconds: how long half, 95, 99 and all of them took at most. `null`
/// without any.
pub(super) fn latency_ms(mut took_us: Vec<u32>) -> Value {
    took_us.sort_unstable();
    let at = |share: f64| {
        // The value that this share of them does not exceed.
        let rank = (took_us.len() as f64 * share).ceil() as usize;
        took_us.get(rank.saturating_sub(1)).map(|us| rounded(f64::from(*us) / 1e3))
    };
    json!({ "p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0) })
}

#[cfg(test)]
mod tests;
