//! How often one holder answers in an hour, whoever asks.

use crate::Refusal;
use std::collections::VecDeque;

/// Answers in any hour.
pub const PER_HOUR: usize = 200;
/// The hour, in milliseconds.
pub const HOUR_MS: i64 = 3_600_000;

/// A holder's count. It knows times and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cap {
    answered: VecDeque<i64>,
    alarm: Option<i64>,
}

impl Cap {
    /// The one that was kept: when it answered, in milliseconds since 1970, the first first, and since
    /// when the alarm is raised. Times that run backwards are put in order, so that none is lost.
    pub fn of(mut answered: Vec<i64>, alarm: Option<i64>) -> Self {
        answered.sort_unstable();
        Self { answered: answered.into(), alarm }
    }

    /// When it answered in the last hour, to be kept.
    pub fn answered(&self) -> Vec<i64> {
        self.answered.iter().copied().collect()
    }

    /// Counts one answer, at a time in milliseconds since 1970.
    ///
    /// # Errors
    /// [`Refusal::TooManyThisHour`], and from then on the alarm is raised. A clock that goes back gives
    /// no answer back.
    pub fn take(&mut self, now: i64) -> Result<(), Refusal> {
        let now = self.answered.back().map_or(now, |last| now.max(*last));
        while self.answered.front().is_some_and(|first| now.saturating_sub(*first) >= HOUR_MS) {
            self.answered.pop_front();
        }
        if self.answered.len() >= PER_HOUR {
            self.alarm.get_or_insert(now);
            return Err(Refusal::TooManyThisHour);
        }
        self.answered.push_back(now);
        Ok(())
    }

    /// Since when somebody should look, in milliseconds.
    pub const fn alarm(&self) -> Option<i64> {
        self.alarm
    }

    /// Somebody looked.
    pub const fn quiet(&mut self) {
        self.alarm = None;
    }
}

#[cfg(test)]
mod tests;
