//! That the issuer took a token for a question, signed: whoever carries the answer to a holder, or to
//! the web server, cannot say yes in its place.

use crate::{
    Refusal,
    form::{exactly, labelled},
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// Bytes of a receipt.
pub const RECEIPT_BYTES: usize = 64;

/// What a token is for: each kind is of a key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To ask the holders.
    Ask,
    /// To leave an entry.
    Leave,
}

impl Kind {
    const fn number(self) -> u8 {
        match self {
            Self::Ask => 1,
            Self::Leave => 2,
        }
    }
}

/// What the issuer signs receipts with. It has no `Debug`, and is wiped when it is dropped.
pub struct ReceiptKey(SigningKey);

impl ReceiptKey {
    /// The key with these bytes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] unless they are 32.
    pub fn of(bytes: &[u8]) -> Result<Self, Refusal> {
        let bytes = zeroize::Zeroizing::new(exactly(bytes, Refusal::FormBroken)?);
        Ok(Self(SigningKey::from_bytes(&bytes)))
    }

    /// The public key.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The receipt for a token of this kind, spent on this question.
    pub fn receipt(&self, kind: Kind, question: &[u8; 32]) -> [u8; RECEIPT_BYTES] {
        self.0.sign(&said(kind, question)).to_bytes()
    }
}

/// Checks a receipt.
///
/// # Errors
/// [`Refusal::KeyNotWhole`] for a key that is none, [`Refusal::ProofWrong`].
pub fn check(
    key: &[u8; 32],
    kind: Kind,
    question: &[u8; 32],
    receipt: &[u8; RECEIPT_BYTES],
) -> Result<(), Refusal> {
    let key = VerifyingKey::from_bytes(key).map_err(|_no_point| Refusal::KeyNotWhole)?;
    let held = key.verify_strict(&said(kind, question), &Signature::from_bytes(receipt));
    held.map_err(|_wrong| Refusal::ProofWrong)
}

/// Checks the public key receipts are signed with.
///
/// # Errors
/// [`Refusal::KeyNotWhole`].
pub fn check_public(key: &[u8; 32]) -> Result<(), Refusal> {
    match VerifyingKey::from_bytes(key) {
        Ok(key) if !key.is_weak() => Ok(()),
        _ => Err(Refusal::KeyNotWhole),
    }
}

fn said(kind: Kind, question: &[u8; 32]) -> Vec<u8> {
    labelled("receipt", &[&[kind.number()], question])
}

#[cfg(test)]
mod tests;
