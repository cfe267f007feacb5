//! Mutual proof: both screens show the same word and number, also with both phones offline.
//!
//! The server gives each side the same 32 secret bytes when a team accepts. From them and the
//! clock each computes, for every minute since the epoch,
//! `HMAC-SHA256(secret, minute as 8 bytes, big endian)`: the first byte is the index into
//! [`WORDS`], the next four (big endian) modulo 90 plus 10 the number. `vectors/proof.json` holds
//! what every implementation must give.
//!
//! 23,040 pairs, a fresh one each minute: a stranger who guesses is right once in as many tries,
//! and gets one try in front of a witness.

use crate::words::{WORDS, Word};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Instant, Secret, Span};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// How long one pair is shown.
pub const WINDOW_SECONDS: i64 = 60;

/// What both screens show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Proof {
    /// Which of [`WORDS`].
    pub index: u8,
    /// 10 to 99.
    pub number: u8,
}

impl Proof {
    /// What is shown at `at` by whoever holds the secret.
    pub fn at(secret: &Secret<[u8; 32]>, at: Instant) -> Self {
        Self::of_window(secret, window(at))
    }

    fn of_window(secret: &Secret<[u8; 32]>, window: i64) -> Self {
        // HMAC pads a short key with zeros to the block of 64 bytes; done here, it cannot fail.
        let mut block = [0_u8; 64];
        block[..32].copy_from_slice(secret.expose());
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(&window.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let number = u32::from_be_bytes([digest[1], digest[2], digest[3], digest[4]]) % 90 + 10;
        Self { index: digest[0], number: number as u8 }
    }

    /// The word, in every language.
    pub fn word(self) -> Word {
        WORDS[usize::from(self.index)]
    }

    /// Whether this is what the other side shows at `now`, give or take a minute: phones' clocks
    /// differ, and reading aloud takes time.
    pub fn matches(self, secret: &Secret<[u8; 32]>, now: Instant) -> bool {
        let current = window(now);
        (current - 1..=current + 1).any(|near| Self::of_window(secret, near) == self)
    }
}

/// The minute since the epoch that `at` lies in.
fn window(at: Instant) -> i64 {
    at.millis().div_euclid(WINDOW_SECONDS * 1_000)
}

/// When the pair shown at `at` changes.
pub fn changes_at(at: Instant) -> Instant {
    Instant::from_millis(window(at) * WINDOW_SECONDS * 1_000) + Span::seconds(WINDOW_SECONDS)
}

#[cfg(test)]
mod tests;
