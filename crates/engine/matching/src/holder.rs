//! Three houses that hold a share of one key, each an ordinary server of RFC 9497.

use crate::{
    Refusal,
    chance::Older,
    form::{Reader, exactly},
    group::{element, scalar, weight},
};
use curve25519_dalek::{RistrettoPoint, Scalar, traits::IsIdentity};
use rand_core::CryptoRng;
use voprf::{BlindedElement, Ristretto255, VoprfServer};
use zeroize::Zeroizing;

/// How many holders there are.
pub const HOLDERS: usize = 3;
/// How many answers give the whole.
pub const NEEDED: usize = 2;
/// Bytes of an answer.
pub const ANSWER_BYTES: usize = 1 + 32 + 64;

/// Which holder: 1, 2 or 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HolderNo(u8);

impl HolderNo {
    /// All three.
    pub const ALL: [Self; HOLDERS] = [Self(1), Self(2), Self(3)];

    /// The holder of a number.
    ///
    /// # Errors
    /// [`Refusal::HolderUnknown`] for any but 1, 2 and 3.
    pub fn of(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|no| no.0 == number).ok_or(Refusal::HolderUnknown)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Where its share stands on the line.
    pub(crate) fn place(self) -> Scalar {
        Scalar::from(self.0)
    }
}

/// A holder's share of the key. It has no `Debug`, and is wiped when it is dropped.
pub struct HolderKey {
    no: HolderNo,
    bytes: Zeroizing<[u8; 32]>,
    server: VoprfServer<Ristretto255>,
}

impl HolderKey {
    /// The share with these bytes.
    ///
    /// # Errors
    /// [`Refusal::ScalarBroken`].
    pub fn of(no: HolderNo, bytes: &[u8]) -> Result<Self, Refusal> {
        scalar(bytes)?;
        let bytes = Zeroizing::new(exactly(bytes, Refusal::ScalarBroken)?);
        let server = VoprfServer::new_with_key(&*bytes).map_err(|_key| Refusal::ScalarBroken)?;
        Ok(Self { no, bytes, server })
    }

    /// Whose it is.
    pub const fn no(&self) -> HolderNo {
        self.no
    }

    /// The bytes, to be kept.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The public key.
    pub fn public(&self) -> [u8; 32] {
        self.server.get_public_key().compress().to_bytes()
    }

    /// Answers a blinded question. It learns nothing of it.
    ///
    /// # Errors
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`].
    pub fn answer(&self, blinded: &[u8], rng: &mut impl CryptoRng) -> Result<Answer, Refusal> {
        element(blinded)?;
        let blinded =
            BlindedElement::deserialize(blinded).map_err(|_bytes| Refusal::ElementBroken)?;
        let made = self.server.blind_evaluate(&mut Older(rng), &blinded);
        Ok(Answer {
            no: self.no,
            element: made.message.serialize().into(),
            proof: made.proof.serialize().into(),
        })
    }
}

/// What a holder answers, with the proof that its own key made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who says that it answered.
    pub no: HolderNo,
    /// The evaluated element.
    pub element: [u8; 32],
    /// The proof of RFC 9497.
    pub proof: [u8; 64],
}

impl Answer {
    /// The 97 bytes.
    pub fn bytes(&self) -> Vec<u8> {
        [&[self.no.0], self.element.as_slice(), &self.proof].concat()
    }

    /// Reads them.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], [`Refusal::HolderUnknown`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader(bytes);
        let [no] = form.bytes()?;
        let answer = Self { no: HolderNo(no), element: form.bytes()?, proof: form.bytes()? };
        form.end()?;
        Ok(Self { no: HolderNo::of(no)?, ..answer })
    }
}

/// The public keys of the three, which were checked to be of one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holders([[u8; 32]; HOLDERS]);

impl Holders {
    /// Takes the three keys, in the order of their numbers.
    ///
    /// # Errors
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`], [`Refusal::HoldersDoNotFit`]: two of
    /// them would give another result than two others, or the whole key is none.
    pub fn of(keys: [[u8; 32]; HOLDERS]) -> Result<Self, Refusal> {
        let [first, second, third] = keys;
        let [first, second, third] = [element(&first)?, element(&second)?, element(&third)?];
        let fits = first - second - second + third;
        let whole = whole(&[(HolderNo(1), first), (HolderNo(2), second)]);
        if fits.is_identity() && !whole.is_identity() {
            Ok(Self(keys))
        } else {
            Err(Refusal::HoldersDoNotFit)
        }
    }

    /// The keys, in the order of their numbers.
    pub const fn keys(&self) -> &[[u8; 32]; HOLDERS] {
        &self.0
    }

    /// One of them.
    pub(crate) fn key(&self, no: HolderNo) -> Result<[u8; 32], Refusal> {
        let at = usize::from(no.0).checked_sub(1).ok_or(Refusal::HolderUnknown)?;
        self.0.get(at).copied().ok_or(Refusal::HolderUnknown)
    }
}

/// What the whole key would give, from what two shares gave.
pub(crate) fn whole(parts: &[(HolderNo, RistrettoPoint)]) -> RistrettoPoint {
    let places: Vec<Scalar> = parts.iter().map(|(no, _)| no.place()).collect();
    parts.iter().map(|(no, point)| point * weight(no.place(), &places)).sum()
}

#[cfg(test)]
mod tests;
