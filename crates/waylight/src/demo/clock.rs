//! The night's clock on disk, so that a demo that was stopped or killed goes on where it was.

use crate::state::write_whole;
use anyhow::Result;
use kernel::{Instant, Span};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// A crash of up to this long passes in the night as well; a demo left overnight waits.
const RUNS_ON: Span = Span::minutes(10);

/// Where the night stood when it was last written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Noted {
    /// The night's clock.
    pub(crate) night: Instant,
    /// The machine's clock at that moment.
    pub(crate) machine: Instant,
    /// Demo seconds per real second.
    pub(crate) speed: u16,
}

impl Noted {
    /// What `path` holds, if it holds a note.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Writes it down whole.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        write_whole(path, &serde_json::to_vec(self)?)
    }

    /// Where the night goes on, the machine's clock being at `machine` and the newest event of the
    /// journal at `newest`: never before either of them.
    pub(crate) fn resumed(&self, machine: Instant, newest: Option<Instant>) -> Instant {
        let away = machine.since(self.machine);
        let passed = if away > RUNS_ON || away < Span::ZERO { Span::ZERO } else { away };
        let night = self.night + Span::millis(passed.as_millis() * i64::from(self.speed));
        newest.map_or(night, |newest| night.max(newest))
    }
}

#[cfg(test)]
mod tests;
