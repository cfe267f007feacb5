//! What is signed to open a mailbox: a time and the server's tag of it, so that nothing has to be
//! remembered of who asked.

use crate::{
    Refusal,
    rules::{CHALLENGE_MINUTES, CLOCKS_APART_SECONDS, seal_time},
};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Instant, Secret, Span};
use sha2::Sha256;

/// Bytes of a challenge: the time and its tag.
pub const CHALLENGE_BYTES: usize = 40;
/// Bytes of the time.
const TIME_BYTES: usize = 8;

/// A challenge for now.
pub fn give(key: &Secret<[u8; 32]>, now: Instant) -> [u8; CHALLENGE_BYTES] {
    let time = seal_time(now).to_be_bytes();
    let tag: [u8; 32] = mac(key, &time).finalize().into_bytes().into();
    let mut challenge = [0; CHALLENGE_BYTES];
    challenge[..TIME_BYTES].copy_from_slice(&time);
    challenge[TIME_BYTES..].copy_from_slice(&tag);
    challenge
}

/// Checks that a challenge was given by this key, within the last ten minutes.
///
/// # Errors
/// [`Refusal::ChallengeStale`].
pub fn check(
    key: &Secret<[u8; 32]>,
    challenge: &[u8; CHALLENGE_BYTES],
    now: Instant,
) -> Result<(), Refusal> {
    let stale = Refusal::ChallengeStale;
    let (time, tag) = challenge.split_first_chunk::<TIME_BYTES>().ok_or(stale)?;
    mac(key, time).verify_slice(tag).map_err(|_another| stale)?;
    let given = i64::try_from(u64::from_be_bytes(*time)).map_err(|_far| stale)?;
    let age = now.since(Instant::from_millis(given));
    let fresh = age < Span::minutes(CHALLENGE_MINUTES);
    if fresh && age >= Span::seconds(-CLOCKS_APART_SECONDS) { Ok(()) } else { Err(stale) }
}

fn mac(key: &Secret<[u8; 32]>, time: &[u8]) -> Hmac<Sha256> {
    // HMAC pads a short key with zeros to the block of 64 bytes; done here, it cannot fail.
    let mut block = [0_u8; 64];
    block[..32].copy_from_slice(key.expose());
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(time);
    mac
}

#[cfg(test)]
mod tests;
