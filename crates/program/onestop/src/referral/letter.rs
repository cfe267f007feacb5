//! Letters as they arrive and as they move: closed bytes, two wraps, a signature.

use super::Letter;
use crate::{Receipt, Refusal};
use seal::{
    Hash,
    id::{DeviceId, ReferralId, TeamId},
    letter::{LetterPlace, LetterWraps, Moved, Side, Written},
};
use sha2::{Digest, Sha256};

/// A letter as it arrived. It has no `Debug`: it holds a referral's number.
pub struct Arrived {
    /// Which letter of which referral.
    pub place: LetterPlace,
    /// The ciphertext.
    pub closed: Vec<u8>,
    /// Of the ciphertext.
    pub closed_hash: Hash,
    /// The sender's wrap and the receiver's.
    pub wraps: LetterWraps,
    /// Its writer's.
    pub signature: Vec<u8>,
}

impl Arrived {
    /// Reads what arrived.
    ///
    /// # Errors
    /// The seal's refusals: `form_broken`, `wrap_not_whole`.
    pub fn read(
        (referral, number): (ReferralId, u32),
        closed: Vec<u8>,
        wraps: &[impl AsRef<[u8]>],
        signature: Vec<u8>,
    ) -> Result<Self, Refusal> {
        let place = LetterPlace::of(referral, number)?;
        let closed_hash = Sha256::digest(&closed).into();
        Ok(Self { place, closed, closed_hash, wraps: LetterWraps::of(wraps)?, signature })
    }

    /// Checks its size, and that this device wrote it for a referral between these two.
    ///
    /// # Errors
    /// `form_broken` for none of the seven sizes or for two that are one, `signature_wrong`.
    pub fn is_signed_by(
        &self,
        (sender, receiver): (TeamId, TeamId),
        key: &[u8],
    ) -> Result<(), Refusal> {
        let written = Written::of(self.place, sender, receiver, &self.closed, &self.wraps)?;
        Ok(written.verify(key, &self.signature)?)
    }

    /// What is decided from.
    pub const fn letter(&self, by: DeviceId) -> Letter {
        Letter { number: self.place.number.get(), closed_hash: self.closed_hash, by }
    }
}

/// A letter that is kept, as far as moves look at it.
pub struct KeptLetter {
    /// From 1.
    pub number: u32,
    /// Of its ciphertext.
    pub closed_hash: Hash,
    /// Its wraps.
    pub wraps: LetterWraps,
}

/// Other wraps for a letter that is kept.
pub struct Moving {
    /// From 1.
    pub number: u32,
    /// One as before, one for the next key.
    pub wraps: LetterWraps,
    /// Of who moves.
    pub signature: Vec<u8>,
}

/// Whether one side's wraps may move: in every letter that side's, and the other's stay. Answers for
/// each whether it is new.
///
/// # Errors
/// [`Refusal::VersionTaken`] for a letter that is not kept, [`Refusal::ColumnWrong`] for the other
/// side's wrap or one letter twice, `signature_wrong`.
pub fn move_side(
    referral: ReferralId,
    side: Side,
    kept: &[KeptLetter],
    moving: &[Moving],
    key: &[u8],
) -> Result<Vec<Receipt>, Refusal> {
    let mut receipts = Vec::with_capacity(moving.len());
    for (at, one) in moving.iter().enumerate() {
        if moving.iter().skip(at + 1).any(|other| other.number == one.number) {
            return Err(Refusal::ColumnWrong);
        }
        let before = kept.iter().find(|kept| kept.number == one.number);
        receipts.push(moved(referral, side, before.ok_or(Refusal::VersionTaken)?, one, key)?);
    }
    Ok(receipts)
}

fn moved(
    referral: ReferralId,
    side: Side,
    kept: &KeptLetter,
    moving: &Moving,
    key: &[u8],
) -> Result<Receipt, Refusal> {
    let pairs = Side::ALL.into_iter().zip(kept.wraps.each().iter().zip(moving.wraps.each()));
    let changed: Vec<Side> =
        pairs.filter(|(_, (before, after))| before != after).map(|(side, _)| side).collect();
    match changed.as_slice() {
        [] => return Ok(Receipt::Same),
        [one] if *one == side => {}
        _ => return Err(Refusal::ColumnWrong),
    }
    let moved = Moved {
        place: LetterPlace::of(referral, moving.number)?,
        closed_hash: kept.closed_hash,
        before: kept.wraps.hash(),
        after: moving.wraps.hash(),
    };
    moved.verify(key, &moving.signature)?;
    Ok(Receipt::New)
}

#[cfg(test)]
mod tests;
