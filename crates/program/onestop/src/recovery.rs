//! What a server can check of a key that is shared out and given back: numbers and sizes. The shares
//! never come here.

use crate::Refusal;
use seal::{id::DeviceId, wrap::WRAP_BYTES};

/// In the place of a device: an older key of the center, closed for the one the shares give back. Who
/// knocked for an older key would else be lost with it.
pub const FOR_THE_SHARED_KEY: DeviceId = DeviceId([0; 16]);

/// A key of the center, closed for a device or for its newest key.
pub struct ClosedKey<'a> {
    /// Of the key that is closed.
    pub epoch: u32,
    /// The wrap.
    pub wrap: &'a [u8],
}

/// Whether shares of this key can count: it is the newest, and what is closed for it is older.
///
/// # Errors
/// [`Refusal::KeyNotCurrent`], `form_broken` for a key twice or none that is older, `wrap_not_whole`.
pub fn takes_shares(newest: u32, epoch: u32, older: &[ClosedKey<'_>]) -> Result<(), Refusal> {
    is_newest(newest, epoch)?;
    are_whole(older, |one| one < epoch)
}

/// Whether a key that came back can be closed for a device: it is the newest, among what is closed,
/// and the rest is older.
///
/// # Errors
/// [`Refusal::KeyNotCurrent`], `form_broken`, `wrap_not_whole`.
pub fn takes_back(newest: u32, epoch: u32, closed: &[ClosedKey<'_>]) -> Result<(), Refusal> {
    is_newest(newest, epoch)?;
    if !closed.iter().any(|one| one.epoch == epoch) {
        return Err(seal::Refusal::FormBroken.into());
    }
    are_whole(closed, |one| one <= epoch)
}

fn is_newest(newest: u32, epoch: u32) -> Result<(), Refusal> {
    let current = epoch > 0 && epoch == newest;
    if current { Ok(()) } else { Err(Refusal::KeyNotCurrent) }
}

fn are_whole(closed: &[ClosedKey<'_>], fits: impl Fn(u32) -> bool) -> Result<(), Refusal> {
    for (at, one) in closed.iter().enumerate() {
        let twice = closed.iter().skip(at + 1).any(|other| other.epoch == one.epoch);
        if twice || one.epoch == 0 || !fits(one.epoch) {
            return Err(seal::Refusal::FormBroken.into());
        }
        if one.wrap.len() != WRAP_BYTES {
            return Err(seal::Refusal::WrapNotWhole.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
