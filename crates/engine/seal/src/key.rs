//! X-Wing key pairs: whom something can be closed for, and who can open it.

use crate::{Refusal, secret::Seed};
use curve25519_dalek::MontgomeryPoint;
use hpke::{Deserializable, Kem, Serializable, kem::XWing};
use rand_core::CryptoRng;

/// Bytes of a public key.
pub const PUBLIC_BYTES: usize = 1_216;

/// A public key that can be closed for: its bytes are a key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(<XWing as Kem>::PublicKey);

impl PublicKey {
    /// Reads a key.
    ///
    /// # Errors
    /// [`Refusal::KeyNotWhole`] if the bytes are not 1,216, one of the lattice's numbers is not below
    /// its modulus, or the curve's half is of small order.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        let key = <XWing as Kem>::PublicKey::from_bytes(bytes);
        let key = key.map_err(|_no_key| Refusal::KeyNotWhole)?;
        if agrees_with_anybody(bytes) { Err(Refusal::KeyNotWhole) } else { Ok(Self(key)) }
    }

    /// The 1,216 bytes.
    pub fn bytes(&self) -> [u8; PUBLIC_BYTES] {
        self.0.to_bytes().into()
    }

    pub(crate) const fn kem(&self) -> &<XWing as Kem>::PublicKey {
        &self.0
    }
}

/// A private key. Wiped when dropped.
#[derive(Clone)]
pub struct PrivateKey {
    seed: Seed,
    kem: <XWing as Kem>::PrivateKey,
}

impl PrivateKey {
    /// The key that grows from a seed.
    ///
    /// # Errors
    /// None in fact: every 32 bytes are a seed.
    pub fn of(seed: Seed) -> Result<Self, Refusal> {
        let kem = <XWing as Kem>::PrivateKey::from_bytes(seed.expose());
        let kem = kem.map_err(|_length| Refusal::KeyNotWhole)?;
        Ok(Self { seed, kem })
    }

    /// A new one, from randomness.
    ///
    /// # Errors
    /// As [`PrivateKey::of`].
    pub fn draw(rng: &mut impl CryptoRng) -> Result<Self, Refusal> {
        Self::of(Seed::draw(rng))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(XWing::sk_to_pk(&self.kem))
    }

    /// The seed: to close it for a device, or to share it for recovery.
    pub const fn seed(&self) -> &Seed {
        &self.seed
    }

    pub(crate) const fn kem(&self) -> &<XWing as Kem>::PrivateKey {
        &self.kem
    }
}

/// Whether the X25519 half, which a key and an encapsulation end with, is of small order: what it
/// agrees on with everybody is zeros. Too short is, too.
pub(crate) fn agrees_with_anybody(bytes: &[u8]) -> bool {
    // Any clamped number is a multiple of the cofactor; this is the least.
    let agreed = |half: &[u8; 32]| MontgomeryPoint(*half).mul_clamped([0; 32]).to_bytes();
    bytes.last_chunk().is_none_or(|half| agreed(half) == [0; 32])
}
