//! One thing said between two teams about one referral: closed for both, signed by the device that
//! wrote it, and bound to the referral's number, which is never the case's.

use crate::{
    Hash, Refusal,
    compartment::{Closed, PADDED_BYTES, TAG_BYTES, close_bound, open_bound},
    envelope, form,
    form::Form,
    id::{ReferralId, TeamId},
    key::{PrivateKey, PublicKey},
    secret::{Content, ContentKey},
    sign::{self, Signer},
    team::Epoch,
    wrap::{WRAP_BYTES, Wrap},
    written::{Authored, Move},
};
use rand_core::CryptoRng;
use std::num::NonZeroU32;

/// The name of the label of what is closed, and of what its wraps are bound to.
const LETTER: &str = "letter";
/// The name of the label: a letter's wrap is nothing else.
const PURPOSE: &str = "letter-key";
/// How many wraps a letter has.
pub const SIDES: usize = 2;

/// Which of the two a referral is between. Both stay who they are for every letter, whoever of them
/// writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Who made the referral: the first wrap.
    Sender = 0,
    /// To whom it was made: the second.
    Receiver = 1,
}

impl Side {
    /// Both, in the order of their wraps.
    pub const ALL: [Self; SIDES] = [Self::Sender, Self::Receiver];

    /// 0 or 1: the place of its wrap.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The side of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] above 1.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|side| side.number() == number).ok_or(Refusal::FormBroken)
    }
}

/// Where a letter belongs. What opens elsewhere does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterPlace {
    /// Sixteen random bytes: nothing about the case grows from them.
    pub referral: ReferralId,
    /// Which letter of it; counts from 1, both sides' together.
    pub number: NonZeroU32,
}

impl LetterPlace {
    /// The place of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for number 0.
    pub fn of(referral: ReferralId, number: u32) -> Result<Self, Refusal> {
        let number = NonZeroU32::new(number).ok_or(Refusal::FormBroken)?;
        Ok(Self { referral, number })
    }

    /// Label, referral and number: how everything about a letter begins.
    fn form(&self, label: &str) -> Form {
        Form::labelled(label).bytes(&self.referral.0).u32(self.number.get())
    }

    /// What the wrap of one team's key is bound to.
    fn bound(&self, epoch: Epoch) -> Vec<u8> {
        self.form(LETTER).bytes(&epoch.team.0).u32(epoch.number).done()
    }
}

/// The two wraps of a letter, the sender's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterWraps([Wrap; SIDES]);

impl LetterWraps {
    /// Reads wraps that came one by one.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for another number than two, then [`Refusal::WrapNotWhole`].
    pub fn of(wraps: &[impl AsRef<[u8]>]) -> Result<Self, Refusal> {
        let [sender, receiver] = wraps else {
            return Err(Refusal::FormBroken);
        };
        let whole = |wrap: &[u8]| wrap.try_into().map_err(|_length| Refusal::WrapNotWhole);
        Ok(Self([whole(sender.as_ref())?, whole(receiver.as_ref())?]))
    }

    /// Reads wraps that came joined: 2,336 bytes.
    ///
    /// # Errors
    /// [`Refusal::WrapNotWhole`], then [`Refusal::FormBroken`] for another number of whole wraps.
    pub fn of_joined(joined: &[u8]) -> Result<Self, Refusal> {
        let (whole, rest) = joined.as_chunks::<WRAP_BYTES>();
        if !rest.is_empty() {
            return Err(Refusal::WrapNotWhole);
        }
        Self::of(whole)
    }

    /// Opens the wrap of one side.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`]: another side, team, epoch or letter, or changed bytes.
    pub fn open(
        &self,
        place: &LetterPlace,
        side: Side,
        reader: (Epoch, &PrivateKey),
    ) -> Result<ContentKey, Refusal> {
        let (epoch, key) = reader;
        let opened = envelope::open(key, PURPOSE, &place.bound(epoch), self.at(side))?;
        ContentKey::from_bytes(opened.expose())
    }

    /// Moves one side from an epoch of its team's key to a later one; the other's wrap stays.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] unless both epochs are of one team and the one moved to is later, then
    /// [`Refusal::NotForYou`] if the old key does not open it.
    pub fn moved(
        &self,
        place: &LetterPlace,
        side: Side,
        from: (Epoch, &PrivateKey),
        to: (Epoch, &PublicKey),
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        if from.0.team != to.0.team || from.0.number >= to.0.number {
            return Err(Refusal::FormBroken);
        }
        let key = self.open(place, side, from)?;
        let wrap = close_key(place, to, &key, rng)?;
        let [sender, receiver] = self.0;
        Ok(Self(match side {
            Side::Sender => [wrap, receiver],
            Side::Receiver => [sender, wrap],
        }))
    }

    /// The two wraps, the sender's first.
    pub const fn each(&self) -> &[Wrap; SIDES] {
        &self.0
    }

    /// Both, one after the other: 2,336 bytes.
    pub fn joined(&self) -> &[u8] {
        self.0.as_flattened()
    }

    /// The hash of the two joined, as a signature names them.
    pub fn hash(&self) -> Hash {
        form::hash(self.joined())
    }

    const fn at(&self, side: Side) -> &Wrap {
        let [sender, receiver] = &self.0;
        match side {
            Side::Sender => sender,
            Side::Receiver => receiver,
        }
    }
}

/// A letter just closed.
pub struct Letter {
    /// What is stored: one of [`PADDED_BYTES`] and [`TAG_BYTES`] long.
    pub closed: Vec<u8>,
    /// Its key, for both sides.
    pub wraps: LetterWraps,
}

/// Closes a letter under a new key for both sides of its referral: the epoch says whose key it is
/// and which.
///
/// # Errors
/// [`Refusal::FormBroken`] if the two are one team, one is no team, or an epoch is 0.
/// [`Refusal::TooLong`] as a compartment.
pub fn close(
    place: &LetterPlace,
    content: &[u8],
    sender: (Epoch, &PublicKey),
    receiver: (Epoch, &PublicKey),
    rng: &mut impl CryptoRng,
) -> Result<Letter, Refusal> {
    are_two_teams(sender.0.team, receiver.0.team)?;
    if sender.0.number == 0 || receiver.0.number == 0 {
        return Err(Refusal::FormBroken);
    }
    let Closed { bytes, key } = close_bound(&place.form(LETTER).done(), content, rng)?;
    let wraps =
        LetterWraps([close_key(place, sender, &key, rng)?, close_key(place, receiver, &key, rng)?]);
    Ok(Letter { closed: bytes, wraps })
}

/// Opens a letter as one side of its referral. Who wrote it is for [`Kept::verify`], before.
///
/// # Errors
/// In this order: [`Refusal::NotForYou`], [`Refusal::NotForThisPlace`], [`Refusal::PaddingBroken`].
pub fn open(
    place: &LetterPlace,
    side: Side,
    reader: (Epoch, &PrivateKey),
    wraps: &LetterWraps,
    closed: &[u8],
) -> Result<Content, Refusal> {
    open_bound(&wraps.open(place, side, reader)?, &place.form(LETTER).done(), closed)
}

/// What the device that writes a letter signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    place: LetterPlace,
    sender: TeamId,
    receiver: TeamId,
    closed_hash: Hash,
    wraps_hash: Hash,
}

impl Written {
    /// What is signed of these bytes. `sender` and `receiver` are the referral's, whoever writes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] if the ciphertext has none of the seven sizes, the two are one team, or
    /// one is no team.
    pub fn of(
        place: LetterPlace,
        sender: TeamId,
        receiver: TeamId,
        closed: &[u8],
        wraps: &LetterWraps,
    ) -> Result<Self, Refusal> {
        are_two_teams(sender, receiver)?;
        let closed_hash = hash_of_closed(closed)?;
        Ok(Self { place, sender, receiver, closed_hash, wraps_hash: wraps.hash() })
    }

    /// The signature of the writer's device.
    pub fn sign(&self, device: &Signer) -> [u8; 64] {
        device.sign(&self.signed())
    }

    /// Checks that this device wrote it. That it is a device of one of the two teams is for who reads
    /// to say, from the directory.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(&self, signing_key: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        sign::verify(signing_key, &self.signed(), signature)
    }

    fn signed(&self) -> Vec<u8> {
        let form = self.place.form("letter-written");
        let form = form.bytes(&self.sender.0).bytes(&self.receiver.0);
        form.bytes(&self.closed_hash).bytes(&self.wraps_hash).done()
    }
}

/// That a wrap of a letter was replaced because its team's key moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which letter.
    pub place: LetterPlace,
    /// Of the ciphertext, which stays as it is.
    pub closed_hash: Hash,
    /// Of the two wraps joined, before.
    pub before: Hash,
    /// And after.
    pub after: Hash,
}

impl Moved {
    /// The signature of the device that moved it.
    pub fn sign(&self, device: &Signer) -> [u8; 64] {
        device.sign(&self.signed())
    }

    /// Checks that this device moved it. Whether it may is not for this crate to say.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(&self, signing_key: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        sign::verify(signing_key, &self.signed(), signature)
    }

    fn signed(&self) -> Vec<u8> {
        let form = self.place.form("letter-moved").bytes(&self.closed_hash);
        form.bytes(&self.before).bytes(&self.after).done()
    }
}

/// A letter as it is kept. Bytes: nothing of it is believed.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// Which letter.
    pub place: LetterPlace,
    /// Who made the referral.
    pub sender: TeamId,
    /// To whom.
    pub receiver: TeamId,
    /// The ciphertext.
    pub closed: &'a [u8],
    /// The wraps that are there now.
    pub wraps: &'a LetterWraps,
    /// The device that wrote it.
    pub by: Authored<'a>,
    /// Every record of a wrap replaced, in their order.
    pub moves: &'a [Move<'a>],
}

impl Kept<'_> {
    /// Follows from what was written to what is there. That the devices are of the two teams is for
    /// who reads to say, from the directory.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] as [`Written::of`], then [`Refusal::SignatureWrong`].
    pub fn verify(&self) -> Result<(), Refusal> {
        let now = Written::of(self.place, self.sender, self.receiver, self.closed, self.wraps)?;
        let begins = self.moves.first().map_or(now.wraps_hash, |first| first.before);
        Written { wraps_hash: begins, ..now }.verify(self.by.key, self.by.signature)?;
        let ends = self.moves.iter().skip(1).map(|next| next.before).chain([now.wraps_hash]);
        for (one, after) in self.moves.iter().zip(ends) {
            let closed_hash = now.closed_hash;
            let moved = Moved { place: self.place, closed_hash, before: one.before, after };
            moved.verify(one.by.key, one.by.signature)?;
        }
        Ok(())
    }
}

/// The hash of a ciphertext of one of the seven sizes.
fn hash_of_closed(closed: &[u8]) -> Result<Hash, Refusal> {
    let padded = closed.len().checked_sub(TAG_BYTES).ok_or(Refusal::FormBroken)?;
    if PADDED_BYTES.contains(&padded) { Ok(form::hash(closed)) } else { Err(Refusal::FormBroken) }
}

/// A referral is between two teams, and neither is she herself.
fn are_two_teams(sender: TeamId, receiver: TeamId) -> Result<(), Refusal> {
    let two = sender != receiver && sender != TeamId::HERSELF && receiver != TeamId::HERSELF;
    if two { Ok(()) } else { Err(Refusal::FormBroken) }
}

fn close_key(
    place: &LetterPlace,
    (epoch, to): (Epoch, &PublicKey),
    key: &ContentKey,
    rng: &mut impl CryptoRng,
) -> Result<Wrap, Refusal> {
    envelope::close(to, PURPOSE, &place.bound(epoch), key.expose(), rng)
}

#[cfg(test)]
mod tests;
