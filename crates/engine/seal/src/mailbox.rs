//! What seven words open: a place on the server, a key to sign with, a key to open with.

use crate::{
    Refusal,
    form::Form,
    key::PrivateKey,
    root::{derived, stretched},
    secret::Seed,
    sign::{self, Signer},
    words::Phrase,
};

/// Bytes of what the server asks to be signed.
pub const CHALLENGE_BYTES: usize = 40;

/// Public, one for the installation, and it never changes: with another one every phrase opens
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

/// What the words opened. The secret halves have no `Debug` and are wiped when dropped.
pub struct Mailbox {
    locator: [u8; 32],
    sign: Seed,
    open: PrivateKey,
}

impl Mailbox {
    /// Opens a mailbox. It takes a good part of a second and 64 MiB, on purpose. Every phrase opens
    /// one: whether anything is in it is for the server to say, in one shape.
    ///
    /// # Errors
    /// [`Refusal::KeyNotWhole`] only where there is no memory to be had.
    pub fn open(phrase: &Phrase, salt: Salt) -> Result<Self, Refusal> {
        let root = stretched(phrase, salt)?;
        let derive = |name| derived(&root, name);
        let (locator, sign, open) = (derive("locator")?, derive("sign")?, derive("open")?);
        Ok(Self { locator: *locator.expose(), sign, open: PrivateKey::of(open)? })
    }

    /// What the server calls the mailbox: 32 bytes that say nothing.
    pub const fn locator(&self) -> [u8; 32] {
        self.locator
    }

    /// The seed of her signing key.
    pub const fn sign(&self) -> &Seed {
        &self.sign
    }

    /// Her signing key.
    pub fn signer(&self) -> Signer {
        Signer::of(&self.sign)
    }

    /// Her opening key; its public half is what answers are closed for.
    pub const fn key(&self) -> &PrivateKey {
        &self.open
    }
}

/// What somebody asks of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To be shown what is in it, and to write.
    Opened,
    /// To delete a case.
    Deleted,
}

impl Asked {
    /// The name of the label: leave to see is no leave to delete.
    const fn label(self) -> &'static str {
        match self {
            Self::Opened => "mailbox-opened",
            Self::Deleted => "mailbox-deleted",
        }
    }
}

/// What proves that it is her mailbox. It has no `Debug`: a log must not say which mailbox was
/// opened when.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// What the server calls the mailbox.
    pub locator: [u8; 32],
    /// What the server gave to be signed, new each time.
    pub challenge: [u8; CHALLENGE_BYTES],
}

impl Proof {
    /// Her signature.
    pub fn sign(&self, asked: Asked, signer: &Signer) -> [u8; 64] {
        signer.sign(&self.signed(asked))
    }

    /// Checks that this key asked for this. Whether it is the mailbox's key, and the challenge a
    /// fresh one, is what the server knows.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(
        &self,
        asked: Asked,
        signing_key: &[u8],
        signature: &[u8],
    ) -> Result<(), Refusal> {
        sign::verify(signing_key, &self.signed(asked), signature)
    }

    fn signed(&self, asked: Asked) -> Vec<u8> {
        Form::labelled(asked.label()).bytes(&self.locator).bytes(&self.challenge).done()
    }
}

#[cfg(test)]
mod tests;
