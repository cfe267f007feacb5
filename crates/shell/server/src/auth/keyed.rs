//! HMAC-SHA-256 under a key of the city's.

use hmac::{Hmac, KeyInit, Mac};
use kernel::Secret;
use sha2::Sha256;

/// The tag of `parts`, each with its length before it so that no two lists of parts are alike.
pub fn tag(key: &Secret<[u8; 32]>, parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros to the block of 64 bytes; done here, it cannot fail.
    let mut block = [0_u8; 64];
    block[..32].copy_from_slice(key.expose());
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
