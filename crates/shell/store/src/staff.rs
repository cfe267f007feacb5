//! The people and devices that sign in: records, passkeys, enrolment codes, sessions, pairings.
//! Tokens and codes are kept as hashes only; names are private rows.

mod admission;
mod device;
mod person;

pub use admission::{NewSession, Session};
pub use device::{Device, NewDevice};
pub use person::{Passkey, StaffMember};

use crate::journal::chain;
use kernel::Secret;

/// How a token or code is kept. Tokens are 128 bits or more of randomness, so a plain hash says
/// nothing about them.
pub(crate) fn token_hash(purpose: &str, token: &Secret<String>) -> [u8; 32] {
    chain::labeled(purpose, &[token.expose().as_bytes()])
}
