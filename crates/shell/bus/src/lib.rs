//! Last-known positions and the doorbell that rings when they change, in process. Nothing here must last: a restart forgets it
//! all, by design, and nobody's way can be read from a disk.

use kernel::{Id, Instant, Point, Span, id};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use tokio::sync::watch;

/// Where a team's phone last said it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heard {
    /// Where.
    pub at: Point,
    /// The phone's own doubt, metres.
    pub accuracy_m: u32,
    /// When it was heard.
    pub heard_at: Instant,
}

impl Heard {
    /// How old this is, whole seconds; never negative.
    pub fn age_seconds(&self, now: Instant) -> u32 {
        u32::try_from(now.since(self.heard_at).as_seconds().max(0)).unwrap_or(u32::MAX)
    }
}

/// Remembers where teams are, and wakes those who watch.
#[derive(Debug)]
pub struct Bus {
    moved: watch::Sender<u64>,
    positions: Mutex<HashMap<Id<id::Team>, Heard>>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { moved: watch::Sender::new(0), positions: Mutex::default() }
    }
}

impl Bus {
    /// A doorbell that changes whenever a team has moved.
    pub fn footsteps(&self) -> watch::Receiver<u64> {
        self.moved.subscribe()
    }

    /// Takes in where a team is. Older news than what is known changes nothing.
    pub fn heard(&self, team: Id<id::Team>, heard: Heard) {
        let mut positions = self.positions.lock().unwrap_or_else(PoisonError::into_inner);
        let known = positions.entry(team).or_insert(heard);
        if heard.heard_at >= known.heard_at {
            *known = heard;
        }
        drop(positions);
        self.moved.send_modify(|steps| *steps += 1);
    }

    /// Wakes those who watch though nobody has moved: something else they show has changed.
    pub fn step(&self) {
        self.moved.send_modify(|steps| *steps += 1);
    }

    /// Where a team was last heard.
    pub fn position(&self, team: Id<id::Team>) -> Option<Heard> {
        self.positions.lock().unwrap_or_else(PoisonError::into_inner).get(&team).copied()
    }

    /// Forgets where a team is: it went off duty.
    pub fn forget(&self, team: Id<id::Team>) {
        self.positions.lock().unwrap_or_else(PoisonError::into_inner).remove(&team);
        self.moved.send_modify(|steps| *steps += 1);
    }

    /// Forgets every position older than `kept`: nobody is followed for longer than needed.
    pub fn forget_older(&self, now: Instant, kept: Span) {
        let mut positions = self.positions.lock().unwrap_or_else(PoisonError::into_inner);
        positions.retain(|_team, heard| now.since(heard.heard_at) <= kept);
    }
}

#[cfg(test)]
mod tests;
