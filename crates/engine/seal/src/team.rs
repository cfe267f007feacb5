//! A team's private key of one epoch: on its members' devices and nowhere else, each closed for
//! that device.

use crate::{
    Refusal,
    envelope::{self, ENVELOPE_BYTES},
    form::Form,
    id::{DeviceId, TeamId},
    key::{PrivateKey, PublicKey},
};
use rand_core::CryptoRng;

/// The name of the label: a team's key on its way to a device is nothing else.
const PURPOSE: &str = "team-key";

/// Which key: of which team, which epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch {
    /// The team.
    pub team: TeamId,
    /// 1 or more. When somebody leaves, whoever remains makes the next and moves each open case to
    /// it with [`Wraps::moved`](crate::wrap::Wraps::moved).
    pub number: u32,
}

impl Epoch {
    fn bound(&self, device: DeviceId) -> Vec<u8> {
        Form::new().bytes(&self.team.0).u32(self.number).bytes(&device.0).done()
    }

    /// Closes the team's key for a device: 1,168 bytes.
    ///
    /// # Errors
    /// [`Refusal::KeyNotWhole`], which a key that was read cannot be.
    pub fn close(
        &self,
        key: &PrivateKey,
        device: DeviceId,
        to: &PublicKey,
        rng: &mut impl CryptoRng,
    ) -> Result<[u8; ENVELOPE_BYTES], Refusal> {
        envelope::close(to, PURPOSE, &self.bound(device), key.seed().expose(), rng)
    }

    /// Opens the team's key on a device. Whether it is the key the directory names is for who opens
    /// it to compare: [`PrivateKey::public`].
    ///
    /// # Errors
    /// [`Refusal::WrapNotWhole`], then [`Refusal::NotForYou`]: another device, team or epoch, or
    /// changed bytes.
    pub fn open(
        &self,
        device: DeviceId,
        reader: &PrivateKey,
        closed: &[u8],
    ) -> Result<PrivateKey, Refusal> {
        let closed = closed.try_into().map_err(|_length| Refusal::WrapNotWhole)?;
        PrivateKey::of(envelope::open(reader, PURPOSE, &self.bound(device), closed)?)
    }
}

#[cfg(test)]
mod tests;
