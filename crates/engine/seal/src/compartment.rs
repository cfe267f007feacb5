//! One kind of content of a case: padded so that its size says little, closed under a key that
//! closes nothing else.

use crate::{
    Refusal,
    form::Form,
    id::CaseId,
    secret::{Content, ContentKey},
};
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use rand_core::CryptoRng;
use std::num::NonZeroU32;

/// The sizes content is padded to. 3,900 Hangul syllables are 11,700 bytes: the first.
pub const PADDED_BYTES: [usize; 7] =
    [16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10, 512 << 10, 1_024 << 10];
/// What closing adds.
pub const TAG_BYTES: usize = 16;
/// The length before the content.
const LENGTH_BYTES: usize = 4;

/// Declares the kinds with their numbers.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $number:literal,)*) => {
        /// What kind of content. A report always holds the first twelve, empty ones too: which of
        /// them she filled is hers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $kind = $number,)* }

        impl Kind {
            /// All of them, in the order of their numbers.
            pub const ALL: [Self; 14] = [$(Self::$kind),*];
        }
    };
}

kinds! {
    /// How she may be reached, and when that is dangerous.
    Contact = 1,
    /// Who she is.
    Identity = 2,
    /// What happened.
    Incident = 3,
    /// Who did it.
    Perpetrator = 4,
    /// What medicine must know.
    Health = 5,
    /// What counselors must know.
    Psychosocial = 6,
    /// What lawyers must know.
    Legal = 7,
    /// What endangers her now, and the plan against it.
    Safety = 8,
    /// Children.
    Child = 9,
    /// Files and their keys.
    Evidence = 10,
    /// Notes of the team that leads the case.
    Notes = 11,
    /// What may be counted.
    Figures = 12,
    /// What is said between her and the team that leads the case: every version is one message, and
    /// all of them are kept. No part of a report.
    Message = 13,
    /// The work on the case: every version is one entry, by her or by a member of a team, and all of
    /// them are kept. No part of a report.
    Casework = 14,
}

impl Kind {
    /// The twelve a report holds, in the order of their numbers.
    pub const OF_REPORT: [Self; 12] = [
        Self::Contact,
        Self::Identity,
        Self::Incident,
        Self::Perpetrator,
        Self::Health,
        Self::Psychosocial,
        Self::Legal,
        Self::Safety,
        Self::Child,
        Self::Evidence,
        Self::Notes,
        Self::Figures,
    ];

    /// Whether every version of it is kept, each a thing of its own, and version 1 has an author: what
    /// is no part of a report.
    pub const fn is_thread(self) -> bool {
        matches!(self, Self::Message | Self::Casework)
    }

    /// 1 to 14.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] outside 1 to 14.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.number() == number).ok_or(Refusal::FormBroken)
    }
}

/// Which writing of a compartment; counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(NonZeroU32);

impl Version {
    /// The one of the report.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The version of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for 0.
    pub fn of_number(number: u32) -> Result<Self, Refusal> {
        NonZeroU32::new(number).map(Self).ok_or(Refusal::FormBroken)
    }

    /// 1 or more.
    pub const fn number(self) -> u32 {
        self.0.get()
    }
}

/// Where something closed belongs. What opens elsewhere does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The case.
    pub case: CaseId,
    /// The compartment.
    pub kind: Kind,
    /// Which writing of it.
    pub version: Version,
}

impl Place {
    /// Label, case, kind and version: how every place begins.
    pub(crate) fn form(&self, label: &str) -> Form {
        Form::labelled(label).bytes(&self.case.0).u8(self.kind.number()).u32(self.version.number())
    }

    /// What a compartment is bound to.
    fn bound(&self) -> Vec<u8> {
        self.form("compartment").done()
    }
}

/// A compartment just closed.
pub struct Closed {
    /// What is stored: one of [`PADDED_BYTES`] and [`TAG_BYTES`] long.
    pub bytes: Vec<u8>,
    /// Its key, to be wrapped for every column and forgotten.
    pub key: ContentKey,
}

/// Closes content under a new key. The key is made here, so that no two things share one: the
/// nonce is always zero.
///
/// # Errors
/// [`Refusal::TooLong`] above 1,024 KiB less the four bytes of the length.
pub fn close(place: &Place, content: &[u8], rng: &mut impl CryptoRng) -> Result<Closed, Refusal> {
    close_bound(&place.bound(), content, rng)
}

/// The same bound to any place: what a letter is closed with, too.
///
/// # Errors
/// As [`close`].
pub(crate) fn close_bound(
    bound: &[u8],
    content: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Closed, Refusal> {
    let padded = pad(content)?;
    let key = ContentKey::draw(rng);
    let payload = Payload { msg: padded.expose(), aad: bound };
    let bytes = cipher(&key).encrypt(&Nonce::default(), payload);
    Ok(Closed { bytes: bytes.map_err(|_length| Refusal::TooLong)?, key })
}

/// Opens a compartment. `seen` is the highest version this reader has seen of it: a lower one is a
/// replay. Of threads every version is read, so for them it is none.
///
/// # Errors
/// [`Refusal::OlderThanSeen`] before anything is opened, [`Refusal::NotForThisPlace`],
/// [`Refusal::PaddingBroken`].
pub fn open(
    key: &ContentKey,
    place: &Place,
    seen: Option<Version>,
    closed: &[u8],
) -> Result<Content, Refusal> {
    if seen.is_some_and(|seen| place.version < seen) {
        return Err(Refusal::OlderThanSeen);
    }
    open_bound(key, &place.bound(), closed)
}

/// The same bound to any place.
///
/// # Errors
/// [`Refusal::NotForThisPlace`], [`Refusal::PaddingBroken`].
pub(crate) fn open_bound(
    key: &ContentKey,
    bound: &[u8],
    closed: &[u8],
) -> Result<Content, Refusal> {
    let payload = Payload { msg: closed, aad: bound };
    let padded = cipher(key).decrypt(&Nonce::default(), payload);
    let padded = Content::new(padded.map_err(|_tag| Refusal::NotForThisPlace)?);
    unpad(padded.expose())
}

fn cipher(key: &ContentKey) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(key.expose().into())
}

/// Length, content, zeros: as long as the smallest size that holds it.
///
/// # Errors
/// [`Refusal::TooLong`].
pub fn pad(content: &[u8]) -> Result<Content, Refusal> {
    let size = padded_bytes(content.len())?;
    // Reserved whole: content that moved while it grew would stay where it was.
    let mut padded = Vec::with_capacity(size);
    let length = u32::try_from(content.len()).map_err(|_long| Refusal::TooLong)?;
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(content);
    padded.resize(size, 0);
    Ok(Content::new(padded))
}

/// The content of padded bytes.
///
/// # Errors
/// [`Refusal::PaddingBroken`]: a length beyond the end, a size that is not the smallest for that
/// length, or a byte of the padding that is not zero.
pub fn unpad(padded: &[u8]) -> Result<Content, Refusal> {
    let broken = Refusal::PaddingBroken;
    let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>().ok_or(broken)?;
    let length = u32::from_be_bytes(*length) as usize;
    if padded_bytes(length).map_err(|_long| broken)? != padded.len() {
        return Err(broken);
    }
    let (content, padding) = rest.split_at_checked(length).ok_or(broken)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(broken);
    }
    Ok(Content::new(content.to_vec()))
}

/// The smallest size that holds a length and so much content.
fn padded_bytes(content: usize) -> Result<usize, Refusal> {
    let needed = content.checked_add(LENGTH_BYTES).ok_or(Refusal::TooLong)?;
    PADDED_BYTES.into_iter().find(|size| *size >= needed).ok_or(Refusal::TooLong)
}

#[cfg(test)]
mod tests;
