//! What is written to a case after its report, and what of it is replaced. The server sees envelopes
//! only: versions, hashes, signatures.

use crate::Refusal;
use seal::{
    Hash,
    columns::{ColumnNo, Columns},
    compartment::{Kind, Place, Version},
    consent::Withdrawal,
    id::{CaseId, DeviceId},
    mailbox::{Asked, Proof},
    report::{Amended, Sealed},
    wrap::Wraps,
    written,
};

/// Messages a case holds, and entries of the work on it: taking a consent back moves every one of them
/// and twelve compartments in one request, of [`MOVE_BYTES`](crate::rules::MOVE_BYTES).
const THREAD: u32 = 140;

/// Whether something is new or was kept before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// To be kept now.
    New,
    /// Kept already: a repeat.
    Same,
}

/// Who writes or moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// She.
    Herself,
    /// A caseworker, on this device.
    Device(DeviceId),
}

/// The newest version of a compartment, or the last of a thread.
#[derive(Clone, Copy)]
pub struct Newest {
    /// Which.
    pub version: u32,
    /// The hash of its ciphertext.
    pub closed_hash: Hash,
    /// Who wrote it.
    pub by: Author,
}

/// A new version of a compartment, or the next of a thread. It has no `Debug`: it holds a case's number.
pub struct Writing {
    /// Case, kind and version.
    pub place: Place,
    /// The ciphertext.
    pub closed: Vec<u8>,
    /// Its eight wraps.
    pub wraps: Wraps,
    /// The hashes of both.
    pub sealed: Sealed,
    /// Its author's.
    pub signature: Vec<u8>,
}

/// The place these numbers name.
///
/// # Errors
/// `form_broken` for a kind or version that is none.
pub fn place(case: CaseId, kind: u8, version: u32) -> Result<Place, Refusal> {
    Ok(Place { case, kind: Kind::of_number(kind)?, version: Version::of_number(version)? })
}

impl Writing {
    /// Reads what arrived.
    ///
    /// # Errors
    /// The seal's refusals: `form_broken`, `wraps_not_eight`, `wrap_not_whole`.
    pub fn read(
        place: Place,
        closed: Vec<u8>,
        wraps: &[impl AsRef<[u8]>],
        signature: Vec<u8>,
    ) -> Result<Self, Refusal> {
        let wraps = Wraps::of(wraps)?;
        let sealed = Sealed::of(&closed, &wraps)?;
        Ok(Self { place, closed, wraps, sealed, signature })
    }

    /// Checks that its author's key signed it.
    ///
    /// # Errors
    /// `signature_wrong`.
    pub fn is_signed_by(&self, key: &[u8]) -> Result<(), Refusal> {
        let Self { place, sealed, .. } = self;
        let amended = Amended { place: *place, sealed: *sealed };
        Ok(amended.verify(key, &self.signature)?)
    }

    /// Whether to keep it, after the newest there is; of a thread that has not begun there is none.
    ///
    /// # Errors
    /// [`Refusal::VersionTaken`], [`Refusal::VersionGap`], [`Refusal::CaseFull`].
    pub fn write(&self, newest: Option<&Newest>, by: Author) -> Result<Receipt, Refusal> {
        let version = self.place.version.number();
        let next = newest.map_or(1, |newest| newest.version.saturating_add(1));
        let same = |newest: &&Newest| {
            newest.version == version
                && newest.closed_hash == self.sealed.closed_hash
                && newest.by == by
        };
        if newest.as_ref().is_some_and(same) {
            return Ok(Receipt::Same);
        }
        if version < next {
            return Err(Refusal::VersionTaken);
        }
        if version > next {
            return Err(Refusal::VersionGap);
        }
        if self.place.kind.is_thread() && version > THREAD {
            return Err(Refusal::CaseFull);
        }
        Ok(Receipt::New)
    }
}

/// A version that is kept, with its wraps as they are now.
pub struct Kept {
    /// Case, kind and version.
    pub place: Place,
    /// Of its ciphertext.
    pub closed_hash: Hash,
    /// Its wraps.
    pub wraps: Wraps,
}

/// Other wraps for a version that is kept.
pub struct Moving {
    /// Case, kind and version.
    pub place: Place,
    /// Eight.
    pub wraps: Wraps,
    /// Of who moves.
    pub signature: Vec<u8>,
}

impl Moving {
    /// Reads what arrived.
    ///
    /// # Errors
    /// `wraps_not_eight`, `wrap_not_whole`.
    pub fn read(
        place: Place,
        wraps: &[impl AsRef<[u8]>],
        signature: Vec<u8>,
    ) -> Result<Self, Refusal> {
        Ok(Self { place, wraps: Wraps::of(wraps)?, signature })
    }

    /// The column that is moved; `None` if these are the wraps that are kept.
    ///
    /// # Errors
    /// [`Refusal::ColumnWrong`] for more than one column, `signature_wrong`.
    fn column(&self, kept: &Kept, key: &[u8]) -> Result<Option<ColumnNo>, Refusal> {
        let pairs = ColumnNo::ALL.into_iter().zip(kept.wraps.each().iter().zip(self.wraps.each()));
        let mut changed = pairs.filter(|(_, (before, after))| before != after).map(|(no, _)| no);
        let Some(no) = changed.next() else { return Ok(None) };
        if changed.next().is_some() {
            return Err(Refusal::ColumnWrong);
        }
        let moved = written::Moved {
            place: self.place,
            closed_hash: kept.closed_hash,
            before: kept.wraps.hash(),
            after: self.wraps.hash(),
        };
        moved.verify(key, &self.signature)?;
        Ok(Some(no))
    }
}

/// The version a move is for, if it is one of those that are kept.
fn kept_at<'a>(kept: &'a [Kept], moving: &Moving) -> Result<&'a Kept, Refusal> {
    kept.iter().find(|one| one.place == moving.place).ok_or(Refusal::VersionTaken)
}

/// No version twice in one request: the second would be a move from the first.
fn are_distinct(moving: &[Moving]) -> Result<(), Refusal> {
    let twice =
        |(at, one): (usize, &Moving)| moving.iter().skip(at + 1).any(|m| m.place == one.place);
    if moving.iter().enumerate().any(twice) { Err(Refusal::ColumnWrong) } else { Ok(()) }
}

/// Whether a center's column may move: one column, the same in all that is moved, and none whose
/// consent was withdrawn. Answers for each whether it is new.
///
/// # Errors
/// [`Refusal::VersionTaken`] for a version that is no more kept, [`Refusal::ColumnWrong`],
/// `signature_wrong`.
pub fn move_column(
    kept: &[Kept],
    moving: &[Moving],
    columns: &Columns,
    withdrawn: &[Hash],
    key: &[u8],
) -> Result<Vec<Receipt>, Refusal> {
    are_distinct(moving)?;
    let mut column = None;
    let mut receipts = Vec::with_capacity(moving.len());
    for one in moving {
        let moved = one.column(kept_at(kept, one)?, key)?;
        if let Some(no) = moved {
            if column.is_some_and(|other| other != no) || withdrawn.contains(&columns.at(no)) {
                return Err(Refusal::ColumnWrong);
            }
            column = Some(no);
        }
        receipts.push(if moved.is_some() { Receipt::New } else { Receipt::Same });
    }
    Ok(receipts)
}

/// Whether a consent is taken back: signed by her, and with it every version that is kept gets
/// other bytes in the column of its mark. Answers for each move whether it is new.
///
/// # Errors
/// `signature_wrong`, [`Refusal::ColumnWrong`], [`Refusal::VersionTaken`] when something was written
/// meanwhile that is not moved.
pub fn withdraw(
    kept: &[Kept],
    moving: &[Moving],
    columns: &Columns,
    withdrawn: &[Hash],
    (withdrawal, signature): (&Withdrawal, &[u8]),
    key: &[u8],
) -> Result<Vec<Receipt>, Refusal> {
    withdrawal.verify(key, signature)?;
    are_distinct(moving)?;
    let column = columns.iter().find(|(_, mark)| *mark == withdrawal.mark);
    let (column, _) = column.ok_or(Refusal::ColumnWrong)?;
    let again = withdrawn.contains(&withdrawal.mark);
    let mut receipts = Vec::with_capacity(moving.len());
    for one in moving {
        receipts.push(match one.column(kept_at(kept, one)?, key)? {
            Some(no) if no == column => Receipt::New,
            None if again => Receipt::Same,
            _ => return Err(Refusal::ColumnWrong),
        });
    }
    // What is not moved would stay open to whom she took it from.
    let moved = |one: &Kept| moving.iter().any(|moving| moving.place == one.place);
    if kept.iter().all(moved) { Ok(receipts) } else { Err(Refusal::VersionTaken) }
}

/// What she gives a reader later: her column's other wraps, and the notes that say so.
pub struct Gift<'a> {
    /// Other wraps of one column, for all that is kept but the notes.
    pub moving: &'a [Moving],
    /// The notes anew, closed for that column as it is from now on.
    pub notes: &'a Writing,
    /// The notes as they are.
    pub newest: Option<&'a Newest>,
}

/// Whether a column is laid for another consent: signed by her, and with it every version that is
/// kept gets other bytes in one column that she has not taken back. `None`: it was kept before.
/// Whose column it is and what it may open from now on cannot be told here.
///
/// # Errors
/// `signature_wrong`, `form_broken` when the notes are none, [`Refusal::ColumnWrong`],
/// [`Refusal::VersionTaken`] when something was written meanwhile that is not moved.
pub fn give(
    gift: &Gift<'_>,
    kept: &[Kept],
    columns: &Columns,
    withdrawn: &[Hash],
    key: &[u8],
) -> Result<Option<Vec<Receipt>>, Refusal> {
    let Gift { moving, notes, newest } = gift;
    let is_notes = |place: &Place| place.kind == Kind::Notes;
    if !is_notes(&notes.place) || moving.iter().any(|one| is_notes(&one.place)) {
        return Err(seal::Refusal::FormBroken.into());
    }
    notes.is_signed_by(key)?;
    if notes.write(*newest, Author::Herself)? == Receipt::Same {
        return Ok(None);
    }
    let receipts = move_column(kept, moving, columns, withdrawn, key)?;
    // What is not moved would stay closed for the consent that was before.
    let moved = |one: &Kept| moving.iter().any(|moving| moving.place == one.place);
    let all = kept.iter().all(|one| is_notes(&one.place) || moved(one));
    if all { Ok(Some(receipts)) } else { Err(Refusal::VersionTaken) }
}

/// Checks that whoever asks holds the mailbox's key: for opening it, or for deleting a case of it.
///
/// # Errors
/// `signature_wrong`.
pub fn is_hers(
    asked: Asked,
    (locator, challenge): ([u8; 32], [u8; 40]),
    key: &[u8],
    signature: &[u8],
) -> Result<(), Refusal> {
    Ok(Proof { locator, challenge }.verify(asked, key, signature)?)
}

#[cfg(test)]
mod tests;
