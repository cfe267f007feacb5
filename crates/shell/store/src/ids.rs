//! New ids: from the operating system's randomness, or, in a simulation, from its seed.

use crate::{Failure, keys};
use kernel::{Id, id::Kind};
use sha2::{Digest, Sha256};
use std::{cell::Cell, future::Future};

/// The ids of a simulation: its seed and how many have been drawn.
struct Drawn {
    seed: u64,
    count: Cell<u64>,
}

tokio::task_local! {
    static DRAWN: Drawn;
}

/// A new id of kind `K` from the operating system's randomness.
///
/// # Errors
/// [`Failure::NoRandomness`] when the operating system gives none.
pub fn new_id<K: Kind>() -> Result<Id<K>, Failure> {
    match DRAWN.try_with(Drawn::next) {
        Ok(bits) => Ok(Id::from_bits(bits)),
        Err(_nobody_simulates) => Ok(Id::from_bits(u128::from_be_bytes(keys::random()?))),
    }
}

/// Does `work` with ids drawn from a seed, so that a simulated night can be lived again event by
/// event. Holds for this future alone, not for tasks it spawns, and nothing that serves people
/// calls it: ids of a known seed can be guessed, and sessions' tokens are made of them.
pub async fn with_ids_of<F: Future>(seed: u64, work: F) -> F::Output {
    DRAWN.scope(Drawn { seed, count: Cell::new(0) }, work).await
}

impl Drawn {
    fn next(&self) -> u128 {
        let count = self.count.replace(self.count.get() + 1);
        let mut hash = Sha256::new();
        hash.update(b"waylight simulated ids 1");
        hash.update(self.seed.to_be_bytes());
        hash.update(count.to_be_bytes());
        let digest = hash.finalize();
        let mut bits = [0_u8; 16];
        bits.copy_from_slice(&digest[..16]);
        u128::from_be_bytes(bits)
    }
}

#[cfg(test)]
mod tests;
