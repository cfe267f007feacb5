//! Files of the evidence: padded so that a size tells little of a photograph, cut into parts that
//! may be sent in any order, again, and after a break.

use crate::{
    Refusal,
    form::Form,
    id::{CaseId, FileId},
    secret::{Content, FileKey},
};
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use std::ops::Range;
use zeroize::Zeroizing;

/// Bytes of every part but the last, before closing.
pub const PART_BYTES: u64 = 1 << 20;
/// The most content a file may have.
pub const CONTENT_BYTES: u64 = 512 << 20;
/// The least it is padded to.
const SMALLEST_BYTES: u64 = 64 << 10;
/// The length before the content.
const LENGTH_BYTES: u64 = 8;

/// Where a file belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The case.
    pub case: CaseId,
    /// The file.
    pub file: FileId,
}

impl Place {
    fn bound(&self, parts: u64) -> Vec<u8> {
        Form::labelled("file").bytes(&self.case.0).bytes(&self.file.0).u64(parts).done()
    }
}

/// How a file of some length lies in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    length: u64,
    padded: u64,
}

impl Layout {
    /// The layout of a file with so many bytes of content.
    ///
    /// # Errors
    /// [`Refusal::TooLong`] above 512 MiB.
    pub fn of(length: u64) -> Result<Self, Refusal> {
        if length > CONTENT_BYTES {
            return Err(Refusal::TooLong);
        }
        Ok(Self { length, padded: padme((length + LENGTH_BYTES).max(SMALLEST_BYTES)) })
    }

    /// Bytes of the content.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Bytes of all parts together, before closing.
    pub const fn padded(&self) -> u64 {
        self.padded
    }

    /// How many parts.
    pub const fn parts(&self) -> u64 {
        self.padded.div_ceil(PART_BYTES)
    }

    /// Which bytes of the content stand in a part, which may be none.
    pub fn content(&self, part: u64) -> Range<u64> {
        let start = part.saturating_mul(PART_BYTES);
        let of_content = |at: u64| at.saturating_sub(LENGTH_BYTES).min(self.length);
        of_content(start)..of_content(start.saturating_add(PART_BYTES))
    }

    /// Bytes of a part, before closing; 0 beyond the last.
    const fn part_bytes(&self, part: u64) -> u64 {
        let left = self.padded.saturating_sub(part.saturating_mul(PART_BYTES));
        if left < PART_BYTES { left } else { PART_BYTES }
    }

    /// Closes one part, of which `piece` is the content: [`Layout::content`] of the whole.
    ///
    /// # Errors
    /// [`Refusal::PartBroken`] for a part beyond the last or a piece of another length.
    pub fn close(
        &self,
        key: &FileKey,
        place: &Place,
        part: u64,
        piece: &[u8],
    ) -> Result<Vec<u8>, Refusal> {
        let Range { start, end } = self.content(part);
        if part >= self.parts() || piece.len() as u64 != end - start {
            return Err(Refusal::PartBroken);
        }
        let size = self.part_bytes(part) as usize;
        let mut padded = Vec::with_capacity(size);
        if part == 0 {
            padded.extend_from_slice(&self.length.to_be_bytes());
        }
        padded.extend_from_slice(piece);
        padded.resize(size, 0);
        let padded = Content::new(padded);
        let payload = Payload { msg: padded.expose(), aad: &place.bound(self.parts()) };
        let closed = cipher(key).encrypt(&nonce(part, self.parts()), payload);
        closed.map_err(|_length| Refusal::PartBroken)
    }

    /// Takes the content out of one opened part.
    ///
    /// # Errors
    /// [`Refusal::PaddingBroken`] if the part is not laid out like this.
    pub fn piece(&self, part: u64, opened: &[u8]) -> Result<Content, Refusal> {
        let broken = Refusal::PaddingBroken;
        if opened.len() as u64 != self.part_bytes(part) {
            return Err(broken);
        }
        let before = if part == 0 { LENGTH_BYTES as usize } else { 0 };
        let Range { start, end } = self.content(part);
        let (_length, rest) = opened.split_at_checked(before).ok_or(broken)?;
        let (piece, padding) = rest.split_at_checked((end - start) as usize).ok_or(broken)?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(broken);
        }
        Ok(Content::new(piece.to_vec()))
    }

    /// The layout that the first opened part of `parts` tells.
    ///
    /// # Errors
    /// [`Refusal::PaddingBroken`] if a file of that length has another number of parts.
    pub fn read(first: &[u8], parts: u64) -> Result<Self, Refusal> {
        let broken = Refusal::PaddingBroken;
        let (length, _) = first.split_first_chunk().ok_or(broken)?;
        let layout = Self::of(u64::from_be_bytes(*length)).map_err(|_long| broken)?;
        if layout.parts() == parts { Ok(layout) } else { Err(broken) }
    }
}

/// Opens one part of `parts`, in any order. The first tells the [`Layout`], with which
/// [`Layout::piece`] takes the content out.
///
/// # Errors
/// [`Refusal::PartBroken`].
pub fn open_part(
    key: &FileKey,
    place: &Place,
    part: u64,
    parts: u64,
    closed: &[u8],
) -> Result<Content, Refusal> {
    if part >= parts {
        return Err(Refusal::PartBroken);
    }
    let payload = Payload { msg: closed, aad: &place.bound(parts) };
    let opened = cipher(key).decrypt(&nonce(part, parts), payload);
    opened.map(Content::new).map_err(|_tag| Refusal::PartBroken)
}

/// Closes a whole file that is in memory.
///
/// # Errors
/// [`Refusal::TooLong`].
pub fn close(key: &FileKey, place: &Place, content: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
    let layout = Layout::of(content.len() as u64)?;
    (0..layout.parts())
        .map(|part| {
            let Range { start, end } = layout.content(part);
            let piece = content.get(start as usize..end as usize).ok_or(Refusal::PartBroken)?;
            layout.close(key, place, part, piece)
        })
        .collect()
}

/// Opens a whole file from all its parts in order.
///
/// # Errors
/// [`Refusal::PartBroken`], then [`Refusal::PaddingBroken`].
pub fn open(key: &FileKey, place: &Place, parts: &[impl AsRef<[u8]>]) -> Result<Content, Refusal> {
    let count = parts.len() as u64;
    let opened: Vec<Content> = (0..)
        .zip(parts)
        .map(|(part, closed)| open_part(key, place, part, count, closed.as_ref()))
        .collect::<Result<_, _>>()?;
    if opened.is_empty() {
        return Err(Refusal::PartBroken);
    }
    gather(opened.iter().map(Content::expose))
}

/// Takes the content out of a whole file that is opened: its parts joined.
///
/// # Errors
/// [`Refusal::PaddingBroken`]: not laid out as its length wants, or a byte of the padding that is
/// not zero.
pub fn unpad(padded: &[u8]) -> Result<Content, Refusal> {
    gather(padded.chunks(PART_BYTES as usize))
}

/// The content of all opened parts, in order.
fn gather<'a>(opened: impl ExactSizeIterator<Item = &'a [u8]>) -> Result<Content, Refusal> {
    let (count, mut opened) = (opened.len() as u64, opened.peekable());
    let first = opened.peek().ok_or(Refusal::PaddingBroken)?;
    let layout = Layout::read(first, count)?;
    // Reserved whole: content that moved while it grew would stay where it was.
    let mut content = Zeroizing::new(Vec::with_capacity(layout.length as usize));
    for (part, opened) in (0..).zip(opened) {
        content.extend_from_slice(layout.piece(part, opened)?.expose());
    }
    Ok(Content::new(std::mem::take(&mut *content)))
}

fn cipher(key: &FileKey) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(key.expose().into())
}

/// Each part has its own, and only the last one says that it is: a file cannot end early.
fn nonce(part: u64, parts: u64) -> Nonce {
    let mut nonce = [0; 12];
    let [last, _, _, _, number @ ..] = &mut nonce;
    *last = u8::from(part + 1 == parts);
    *number = part.to_be_bytes();
    nonce.into()
}

/// The length of Padmé (Nikitin and others 2019) for 64 KiB or more: at most 12 % longer, and all
/// lengths of one file in so few classes that few are alone in theirs.
const fn padme(length: u64) -> u64 {
    let exponent = length.ilog2();
    let step = 1_u64 << (exponent - (exponent.ilog2() + 1));
    length.div_ceil(step) * step
}

#[cfg(test)]
mod tests;
