//! What seven words open: a place on the server, a key to sign with, a key to open with.

use crate::{Refusal, form::label, key::PrivateKey, secret::Seed, sign::Signer, words::Phrase};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// What the memory of a search would cost for each guess: 64 MiB.
const MEMORY_KIB: u32 = 65_536;
/// How often that memory is gone over.
const PASSES: u32 = 3;

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
        let refused = Refusal::KeyNotWhole;
        let root = root(phrase, salt).ok_or(refused)?;
        let derive = |name| derived(&root, name).ok_or(refused);
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

/// 32 bytes that took 64 MiB to make.
fn root(phrase: &Phrase, salt: Salt) -> Option<Zeroizing<[u8; 32]>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut root = Zeroizing::new([0; 32]);
    // Our own memory, so that it is wiped: it holds what the words became.
    let mut memory = Zeroizing::new(vec![Block::new(); argon.params().block_count()]);
    let (words, memory) = (phrase.expose(), memory.as_mut_slice());
    argon.hash_password_into_with_memory(words, &salt.0, &mut *root, memory).ok()?;
    Some(root)
}

/// The seed of one purpose. The root is uniform, so it is expanded and not extracted first.
fn derived(root: &[u8; 32], name: &str) -> Option<Seed> {
    let mut seed = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::from_prk(root).ok()?.expand(&label(name), &mut *seed).ok()?;
    Seed::from_bytes(&*seed).ok()
}

#[cfg(test)]
mod tests;
