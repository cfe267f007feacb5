//! The newest events, as they were read back from the database. Six relays, every desk's board and
//! every phone's feed ask for the same few within a moment of their commit; a row once committed
//! never changes, so one reading is enough for all of them.

use super::Recorded;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many are kept: some minutes of a city's worst hour.
const KEPT: usize = 1_000;

/// Events without a gap between them, up to the newest that was read.
#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<VecDeque<Recorded>>);

impl Recent {
    /// The events after `number`, at most `limit`, if all that are known up to `head` are here.
    pub(crate) fn after(&self, number: u64, limit: u32, head: u64) -> Option<Vec<Recorded>> {
        let events = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (first, last) = (events.front()?.number, events.back()?.number);
        let wanted = number.saturating_add(u64::from(limit)).min(head);
        if number + 1 < first || last < wanted || last <= number {
            return None;
        }
        let skipped = (number + 1 - first) as usize;
        Some(events.iter().skip(skipped).take(limit as usize).cloned().collect())
    }

    /// Keeps what was read, if it goes on where the kept ones end.
    pub(crate) fn keep(&self, page: &[Recorded]) {
        let Some(first) = page.first().map(|event| event.number) else { return };
        let mut events = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match events.back().map(|event| event.number) {
            // Whoever reads old pages adds nothing.
            Some(last) if first <= last + 1 => {
                events.extend(page.iter().filter(|event| event.number > last).cloned());
            }
            _ => *events = page.iter().cloned().collect(),
        }
        let over = events.len().saturating_sub(KEPT);
        events.drain(..over);
    }
}

#[cfg(test)]
mod tests;
