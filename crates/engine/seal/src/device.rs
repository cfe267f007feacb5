//! The keys of one member's device: what she signs answers with, and what her team's key is closed
//! for. They grow from seven words of her own, or from a passkey.

use crate::{
    Refusal,
    key::PrivateKey,
    mailbox::Salt,
    root::{derived, stretched},
    secret::Seed,
    sign::Signer,
    words::Phrase,
};

/// A device's keys. They have no `Debug` and are wiped when dropped. The device's number grows from
/// nothing: an entry of the directory says which keys are its.
pub struct Device {
    sign: Seed,
    open: PrivateKey,
}

impl Device {
    /// The device of seven words. It takes as long as opening a mailbox, and shares nothing with the
    /// mailbox the same words would open.
    ///
    /// # Errors
    /// [`Refusal::KeyNotWhole`] only where there is no memory to be had.
    pub fn open(phrase: &Phrase, salt: Salt) -> Result<Self, Refusal> {
        Self::of_root(&stretched(phrase, salt)?)
    }

    /// The device of a passkey: of the 32 bytes its PRF extension gives.
    ///
    /// # Errors
    /// None in fact, as for [`Device::of_root`].
    pub fn of_passkey(prf: &Seed) -> Result<Self, Refusal> {
        Self::of_root(&derived(prf, "device-root")?)
    }

    /// The device of a root.
    ///
    /// # Errors
    /// None in fact: every 32 bytes are a root.
    pub fn of_root(root: &Seed) -> Result<Self, Refusal> {
        let (sign, open) = (derived(root, "device-sign")?, derived(root, "device-open")?);
        Ok(Self { sign, open: PrivateKey::of(open)? })
    }

    /// The seed of its signing key.
    pub const fn sign(&self) -> &Seed {
        &self.sign
    }

    /// Its signing key.
    pub fn signer(&self) -> Signer {
        Signer::of(&self.sign)
    }

    /// Its opening key; its public half is what the team's key is closed for.
    pub const fn key(&self) -> &PrivateKey {
        &self.open
    }
}

#[cfg(test)]
mod tests;
