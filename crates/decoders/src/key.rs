//! Keys and chance that are the same every time: nothing here is secret.

use rand::{SeedableRng, rngs::ChaCha20Rng};
use seal::{
    key::{PrivateKey, PublicKey},
    secret::Seed,
    sign::Signer,
};
use std::{fmt::Display, sync::LazyLock};

/// The same chance every time.
pub(crate) fn dice(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// What cannot be refused, since this house made it.
pub(crate) fn held<T, E: Display>(answer: Result<T, E>) -> T {
    match answer {
        Ok(held) => held,
        Err(refusal) => unreachable!("refused, and it was made here: {refusal}"),
    }
}

/// Whoever opens.
pub(crate) static READER: LazyLock<PrivateKey> =
    LazyLock::new(|| held(PrivateKey::draw(&mut dice(1))));
/// Her public half.
pub(crate) static PUBLIC: LazyLock<PublicKey> = LazyLock::new(|| READER.public());
/// Whoever signs.
pub(crate) static SIGNER: LazyLock<Signer> =
    LazyLock::new(|| Signer::of(&Seed::draw(&mut dice(2))));

/// A refusal of the seal, which SPEC.md names.
pub(crate) fn is_named(refusal: seal::Refusal) {
    let of_a_word = matches!(refusal, seal::Refusal::UnknownWord { place: 1..=7 });
    assert!(of_a_word || seal::Refusal::ALL.contains(&refusal), "{refusal} is in no list");
    assert!(!refusal.code().is_empty());
}
