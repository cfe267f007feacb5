//! Ed25519, verified so that one signature has one spelling and every verifier says the same.

use crate::{Refusal, secret::Seed};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Who signs: her mailbox, a member's device, the log or a witness. Wiped when dropped.
pub struct Signer(SigningKey);

impl Signer {
    /// The key that grows from a seed.
    pub fn of(seed: &Seed) -> Self {
        Self(SigningKey::from_bytes(seed.expose()))
    }

    /// The public key, 32 bytes.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs bytes that begin with their label.
    pub(crate) fn sign(&self, labelled: &[u8]) -> [u8; 64] {
        self.0.sign(labelled).to_bytes()
    }
}

/// Checks a signature over bytes that begin with their label, without the cofactor.
///
/// # Errors
/// [`Refusal::SignatureWrong`]: another key, other bytes, a key of small order, a spelling that is
/// not the canonical one, or 32 and 64 bytes that are not 32 and 64.
pub(crate) fn verify(key: &[u8], labelled: &[u8], signature: &[u8]) -> Result<(), Refusal> {
    let wrong = Refusal::SignatureWrong;
    let key: &[u8; 32] = key.try_into().map_err(|_length| wrong)?;
    let signature: &[u8; 64] = signature.try_into().map_err(|_length| wrong)?;
    if !is_canonical(key) {
        return Err(wrong);
    }
    let key = VerifyingKey::from_bytes(key).map_err(|_no_point| wrong)?;
    // Strict: no small orders, `S` below the order, and `R` is recomputed and compared as bytes,
    // which leaves `R` only its canonical spelling.
    key.verify_strict(labelled, &Signature::from_bytes(signature)).map_err(|_wrong| wrong)
}

/// Whether y, which is all of a key but its highest bit, is below the field's prime 2^255 - 19.
fn is_canonical(key: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = key;
    *low < 0xed || high & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff)
}

#[cfg(test)]
mod tests;
