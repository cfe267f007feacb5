//! What must never be printed or outlive its use: content and symmetric keys. None of these has
//! `Debug`, `Display` or `Serialize`, and each is wiped when it is dropped.

use crate::Refusal;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Content that was opened, or that is about to be closed: bytes to this crate.
#[derive(Clone)]
pub struct Content(Zeroizing<Vec<u8>>);

impl Content {
    /// Takes bytes in.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the one purpose they were opened for.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

/// Declares keys of 32 secret bytes.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone)]
            pub struct $name(Zeroizing<[u8; 32]>);

            impl $name {
                /// A new one, from randomness.
                pub fn draw(rng: &mut impl CryptoRng) -> Self {
                    let mut key = Self(Zeroizing::default());
                    rng.fill_bytes(&mut *key.0);
                    key
                }

                /// The one with these bytes.
                ///
                /// # Errors
                /// [`Refusal::KeyNotWhole`] if they are not 32.
                pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
                    let mut key = Self(Zeroizing::default());
                    if bytes.len() != key.0.len() {
                        return Err(Refusal::KeyNotWhole);
                    }
                    key.0.copy_from_slice(bytes);
                    Ok(key)
                }

                /// The bytes, where they are used or kept closed.
                pub fn expose(&self) -> &[u8; 32] {
                    &self.0
                }
            }
        )*
    };
}

keys! {
    /// Closes one version of one compartment, and nothing else ever.
    ContentKey;
    /// Closes one file; it is kept in the evidence compartment.
    FileKey;
    /// What a key pair grows from: an Ed25519 or an X-Wing key.
    Seed;
}
