//! Times of one kind, and how far two kinds lie apart.

use serde_json::{Value, json};

/// Microseconds.
#[derive(Default)]
pub(super) struct Times(Vec<f64>);

impl Times {
    /// One more.
    pub(super) fn take(&mut self, micros: f64) {
        self.0.push(micros);
    }

    fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// The sample's variance.
    fn variance(&self) -> f64 {
        let mean = self.mean();
        let squares: f64 = self.0.iter().map(|one| (one - mean).powi(2)).sum();
        squares / (self.0.len() as f64 - 1.0)
    }

    /// Welch's t of the two means; `None` for fewer than two times of either, or no spread at all.
    pub(super) fn welch_t(&self, other: &Self) -> Option<f64> {
        if self.0.len() < 2 || other.0.len() < 2 {
            return None;
        }
        let spread = |one: &Self| one.variance() / one.0.len() as f64;
        let apart = (spread(self) + spread(other)).sqrt();
        (apart > 0.0).then(|| (self.mean() - other.mean()) / apart)
    }

    /// How many, mean, spread, and the middle.
    pub(super) fn figures(&self) -> Value {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        json!({
            "n": sorted.len(), "mean": tenth(self.mean()), "sd": tenth(self.variance().sqrt()),
            "p50": sorted.get(sorted.len() / 2).copied().map(tenth),
        })
    }
}

#[cfg(test)]
mod tests;
