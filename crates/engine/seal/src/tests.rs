//! What the tests share: chance from a seed, keys, and how to break things.

use crate::{
    Refusal,
    columns::{ColumnNo, Columns},
    compartment::{Kind, Place, Version},
    id::CaseId,
    key::PrivateKey,
    secret::Seed,
    sign::Signer,
};
use rand::{SeedableRng, rngs::ChaCha20Rng};

/// The same chance every time.
pub(crate) fn dice(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A key pair from a seed.
pub(crate) fn key(seed: u64) -> PrivateKey {
    PrivateKey::draw(&mut dice(seed)).unwrap()
}

/// A signer from a seed.
pub(crate) fn signer(seed: u64) -> Signer {
    Signer::of(&Seed::draw(&mut dice(seed)))
}

/// What happened, first version.
pub(crate) fn place() -> Place {
    Place { case: CaseId([7; 16]), kind: Kind::Incident, version: Version::FIRST }
}

/// Eight columns with distinct marks.
pub(crate) fn columns() -> Columns {
    Columns::new(ColumnNo::ALL.map(|no| [no.number(); 32]))
}

/// The same bytes with one bit turned; bit 0 is the highest of the first byte.
pub(crate) fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 0x80 >> (bit % 8);
    bytes
}

/// Every way to turn one bit.
pub(crate) fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len() * 8).map(|bit| flipped(bytes, bit))
}

/// Every shorter beginning, and one byte more.
pub(crate) fn cuts(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len()).map(|n| bytes[..n].to_vec()).chain([[bytes, &[0]].concat()])
}

/// What was refused, without asking what would have come instead: much of it cannot be printed.
pub(crate) fn refused<T>(answer: Result<T, Refusal>) -> Refusal {
    match answer {
        Err(refusal) => refusal,
        Ok(_taken) => panic!("it was taken"),
    }
}
