//! The 32 bytes that all keys of one person grow from, and the seed of each purpose.

use crate::{Refusal, form::label, mailbox::Salt, secret::Seed, words::Phrase};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// What the memory of a search would cost for each guess: 64 MiB.
const MEMORY_KIB: u32 = 65_536;
/// How often that memory is gone over.
const PASSES: u32 = 3;

/// 32 bytes that took 64 MiB to make.
///
/// # Errors
/// [`Refusal::KeyNotWhole`] only where there is no memory to be had.
pub(crate) fn stretched(phrase: &Phrase, salt: Salt) -> Result<Seed, Refusal> {
    let refused = Refusal::KeyNotWhole;
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|_cost| refused)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut root = Zeroizing::new([0; 32]);
    // Our own memory, so that it is wiped: it holds what the words became.
    let mut memory = Zeroizing::new(vec![Block::new(); argon.params().block_count()]);
    let (words, memory) = (phrase.expose(), memory.as_mut_slice());
    let stretched = argon.hash_password_into_with_memory(words, &salt.0, &mut *root, memory);
    stretched.map_err(|_memory| refused)?;
    Seed::from_bytes(&*root)
}

/// The seed of one purpose. The root is uniform, so it is expanded and not extracted first.
///
/// # Errors
/// None in fact: [`Refusal::KeyNotWhole`] where the expansion itself failed.
pub(crate) fn derived(root: &Seed, name: &str) -> Result<Seed, Refusal> {
    let refused = Refusal::KeyNotWhole;
    let mut seed = Zeroizing::new([0; 32]);
    let expanding = Hkdf::<Sha256>::from_prk(root.expose()).map_err(|_length| refused)?;
    expanding.expand(&label(name), &mut *seed).map_err(|_length| refused)?;
    Seed::from_bytes(&*seed)
}
