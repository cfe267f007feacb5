//! The custody log: what may be noted of a piece of evidence, and the tree over all of it. The log
//! knows a piece by a salted hash, so it outlives the case and says nothing of whose it was.

use crate::{Author, Receipt, Refusal, rules::seal_time};
use kernel::{Instant, Span};
use seal::{
    Hash,
    custody::{Action, Event},
    directory::{Head, merkle},
    id::TeamId,
};
use std::ops::Range;

/// A note as it arrives: an event, read and signed. It has no `Debug`.
pub struct Note {
    /// What it says.
    pub event: Event,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Of whoever did it.
    pub signature: Vec<u8>,
}

/// What is known of the piece of evidence a note is about.
#[derive(Clone, Copy, Default)]
pub struct Past<'a> {
    /// Its last event, as it is kept.
    pub last: Option<&'a [u8]>,
    /// Whether a file of it lies here with every part.
    pub whole: bool,
}

impl Note {
    /// Reads a note: signed by this key, by whom it names, in the hour it names.
    ///
    /// # Errors
    /// `form_broken`, `signature_wrong`.
    pub fn read(
        bytes: Vec<u8>,
        signature: Vec<u8>,
        (team, author, key): (TeamId, Author, &[u8; 32]),
        now: Instant,
    ) -> Result<Self, Refusal> {
        let event = Event::verify(&bytes, key, &signature)?;
        let device = match author {
            Author::Herself => Event::HERS,
            Author::Device(device) => device,
        };
        let hour = now.rounded_to_hour();
        // Its hour may have ended while it was on the way.
        let in_time = [hour, hour - Span::hours(1)].map(seal_time).contains(&event.at);
        if event.team == team && event.device == device && in_time {
            Ok(Self { event, bytes, signature })
        } else {
            Err(seal::Refusal::FormBroken.into())
        }
    }

    /// Whether to note it, after what is known: first that it came in, once, and nothing after it was
    /// deleted.
    ///
    /// # Errors
    /// [`Refusal::VersionTaken`] when something was noted meanwhile or nothing can be any more,
    /// [`Refusal::VersionGap`], [`Refusal::NotNoted`] before it has come in whole.
    pub fn append(&self, past: &Past<'_>) -> Result<Receipt, Refusal> {
        if past.last == Some(self.bytes.as_slice()) {
            return Ok(Receipt::Same);
        }
        let last = past.last.map(Event::read).transpose()?;
        let next = last.map_or(1, |last| last.seq.saturating_add(1));
        if self.event.seq < next {
            return Err(Refusal::VersionTaken);
        }
        if self.event.seq > next {
            return Err(Refusal::VersionGap);
        }
        let came_in = self.event.action == Action::Received;
        match last {
            None if came_in && past.whole => Ok(Receipt::New),
            None => Err(Refusal::NotNoted),
            Some(_) if came_in => Err(Refusal::VersionTaken),
            Some(last) if last.action == Action::Deleted => Err(Refusal::VersionTaken),
            Some(_) => Ok(Receipt::New),
        }
    }
}

/// The actions after which a file's parts are handed out to who noted them.
pub const HANDS_OUT: [Action; 4] =
    [Action::Opened, Action::CopiedOut, Action::Returned, Action::StrippedCopyMade];

/// Since when such a note holds: it was made in this hour or the one before.
pub fn holds_since(now: Instant) -> Instant {
    now.rounded_to_hour() - Span::hours(1)
}

/// A part of the log as it is shown: places from `from` on, so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The first place.
    pub from: u64,
    /// How many places.
    pub count: u64,
    /// The root of the tree over them.
    pub hash: Hash,
}

/// The tree over the log, as the database has it: a row that is gone leaves its place empty.
pub struct Tree(Vec<Option<Hash>>);

impl Tree {
    /// Over rows by their places, which rise.
    pub fn over<'a>(rows: impl IntoIterator<Item = (u64, &'a [u8])>) -> Self {
        let mut leaves = Vec::new();
        for (place, event) in rows {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            // A place far beyond the last is no place of a log that grew one by one.
            let gap = place.saturating_sub(leaves.len()).min(FARTHEST_GAP);
            leaves.extend(std::iter::repeat_n(None, gap));
            leaves.push(Some(merkle::leaf(event)));
        }
        Self(leaves)
    }

    /// How many places there are, with those that are empty.
    pub fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first empty place, if there is one.
    pub fn first_gap(&self) -> Option<u64> {
        self.0.iter().position(Option::is_none).map(|at| at as u64)
    }

    /// The root over the first `size`; none where a place of them is empty or missing.
    pub fn root(&self, size: u64) -> Option<Hash> {
        let leaves = self.0.get(..usize::try_from(size).ok()?)?;
        let whole: Option<Vec<Hash>> = leaves.iter().copied().collect();
        Some(merkle::root(&whole?))
    }

    /// The next head, if something has come since the last one and all of that is still as it was.
    ///
    /// # Errors
    /// The first place that is empty, or [`Changed::Before`] the end of the last head.
    pub fn next_head(&self, last: Option<&Head>, now: Instant) -> Result<Option<Head>, Changed> {
        if let Some(gap) = self.first_gap() {
            return Err(Changed::Gone(gap));
        }
        let signed = last.map_or(0, |last| last.size);
        if self.len() < signed {
            return Err(Changed::Gone(self.len()));
        }
        if last.is_some_and(|last| self.root(last.size) != Some(last.root)) {
            return Err(Changed::Before(signed));
        }
        let at = seal_time(now.rounded_to_hour()).max(last.map_or(0, |last| last.at));
        let root = self.root(self.len()).unwrap_or_default();
        let head = Head { size: self.len(), root, at };
        Ok((head.size > signed).then_some(head))
    }

    /// Everything of the first `size` that is not `own`, as few hashes as there can be. A place that
    /// is empty has none, so whoever adds up the tree sees which.
    pub fn rest(&self, size: u64, own: &[u64]) -> Vec<Rest> {
        let mut rest = Vec::new();
        if size > 0 {
            self.cover(0..size, own, &mut rest);
        }
        rest
    }

    fn cover(&self, part: Range<u64>, own: &[u64], into: &mut Vec<Rest>) {
        let count = part.end - part.start;
        let has_own = own.iter().any(|place| part.contains(place));
        let within = usize::try_from(part.start).ok().zip(usize::try_from(part.end).ok());
        let leaves = within.and_then(|(start, end)| self.0.get(start..end));
        let whole: Option<Vec<Hash>> = leaves.and_then(|leaves| leaves.iter().copied().collect());
        match whole {
            Some(leaves) if !has_own => {
                into.push(Rest { from: part.start, count, hash: merkle::root(&leaves) });
            }
            _ if count > 1 => {
                let middle = part.start + (1 << (count - 1).ilog2());
                self.cover(part.start..middle, own, into);
                self.cover(middle..part.end, own, into);
            }
            _ => {}
        }
    }
}

/// More places than this are never empty in a row: the number was changed, not the row deleted.
const FARTHEST_GAP: usize = 1 << 20;

/// What was done to the log behind our back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The row at this place is gone.
    Gone(u64),
    /// A row before this place was changed.
    Before(u64),
}

#[cfg(test)]
mod tests;
