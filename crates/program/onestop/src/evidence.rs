//! Files of the evidence as they arrive: so many parts under a number, for a case that is there. What
//! they are, what they are called and who may open them is closed in the case; this is about room.

use crate::{
    Receipt, Refusal,
    rules::{HOUR, UNFINISHED_HOURS},
};
use kernel::{Instant, Span};
use seal::{
    Hash,
    file::{CONTENT_BYTES, Layout, PART_BYTES},
    id::{CaseId, FileId},
};

/// Files a case holds: an original and its copy without place and device count as two.
pub const FILES_IN_A_CASE: u32 = 80;
/// Parts of one MiB that all files of a case have together: 4 GiB, eight of the longest films.
pub const PARTS_IN_A_CASE: u64 = 4 << 10;
/// Parts of files that are begun in one hour, by everybody together: 20 GiB. Beyond that the disk is
/// filled by somebody who means it, and whoever waits loses nothing: her report is in already.
pub const PARTS_IN_60_MINUTES: u64 = 20 << 10;
/// Parts that lie here at all: 1 TiB.
pub const PARTS_KEPT: u64 = 1 << 20;
/// Parts that are deleted at a time. What is deleted is overwritten, and nobody else writes meanwhile.
pub const PARTS_DELETED_AT_ONCE: u32 = 4;

/// Bytes that closing adds to a part.
const TAG_BYTES: u64 = 16;
/// Bytes of the length before the content.
const LENGTH_BYTES: u64 = 8;

/// The length of a file as it lies here: one of the steps all files are rounded to, so that a length
/// tells little of a photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Padded(u64);

impl Padded {
    /// A length in bytes, before its parts are closed.
    ///
    /// # Errors
    /// [`Refusal::FileTooLarge`] for one that no file has.
    pub fn of(bytes: u64) -> Result<Self, Refusal> {
        let content = bytes.checked_sub(LENGTH_BYTES).ok_or(Refusal::FileTooLarge)?;
        let layout = Layout::of(content.min(CONTENT_BYTES))?;
        if layout.padded() == bytes { Ok(Self(bytes)) } else { Err(Refusal::FileTooLarge) }
    }

    /// In bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// How many parts.
    pub const fn parts(self) -> u32 {
        // At most 528: the longest content, rounded.
        self.0.div_ceil(PART_BYTES) as u32
    }

    /// Bytes of a closed part; none for a number beyond the last.
    pub const fn closed_bytes(self, part: u32) -> Option<u64> {
        let before = part as u64 * PART_BYTES;
        if before >= self.0 {
            return None;
        }
        let left = self.0 - before;
        Some(if left < PART_BYTES { left } else { PART_BYTES } + TAG_BYTES)
    }
}

/// A file that is announced. It has no `Debug`: it holds a case's number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// Of which case.
    pub case: CaseId,
    /// Its number, drawn where it was closed.
    pub file: FileId,
    /// What the custody log calls the original.
    pub leaf: Hash,
    /// Its length.
    pub padded: Padded,
}

/// How much there is already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Room {
    /// Files of this case.
    pub files: u32,
    /// Parts they have together.
    pub parts: u64,
    /// Parts of all files that were begun in this hour.
    pub this_hour: u64,
    /// Parts of all files.
    pub all: u64,
}

impl Announced {
    /// Whether to begin it, after what is known by this number.
    ///
    /// # Errors
    /// [`Refusal::FileTaken`], [`Refusal::FilesFull`], [`Refusal::FilesLater`].
    pub fn begin(&self, known: Option<&Self>, room: &Room) -> Result<Receipt, Refusal> {
        match known {
            Some(known) if known == self => return Ok(Receipt::Same),
            Some(_another) => return Err(Refusal::FileTaken),
            None => {}
        }
        let parts = u64::from(self.padded.parts());
        if room.files >= FILES_IN_A_CASE || room.parts + parts > PARTS_IN_A_CASE {
            return Err(Refusal::FilesFull);
        }
        if room.this_hour + parts > PARTS_IN_60_MINUTES || room.all + parts > PARTS_KEPT {
            return Err(Refusal::FilesLater);
        }
        Ok(Receipt::New)
    }

    /// Whether a part is one of it, by its number and length; a server can check nothing else.
    ///
    /// # Errors
    /// `form_broken`.
    pub fn takes(&self, part: u32, closed: &[u8]) -> Result<(), Refusal> {
        match self.padded.closed_bytes(part) {
            Some(bytes) if bytes == closed.len() as u64 => Ok(()),
            _ => Err(seal::Refusal::FormBroken.into()),
        }
    }
}

/// From when on a file that is not whole may go on: one whose last part came before is deleted.
pub fn goes_on_since(now: Instant) -> Instant {
    // What is kept of its last part lies up to an hour behind.
    now - Span::hours(UNFINISHED_HOURS) - HOUR
}

#[cfg(test)]
mod tests;
