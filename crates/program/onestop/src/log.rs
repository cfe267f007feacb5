//! The log of whose keys are whose: entries that are only added, heads over them, and what is valid
//! now by a head that witnesses have signed.

use crate::{Refusal, rules::seal_time};
use kernel::Instant;
use seal::{
    Hash,
    directory::{DeviceEntry, Entry, HEAD_AHEAD_MS, Head, TeamKeyEntry, merkle},
    id::{DeviceId, TeamId},
    key::PublicKey,
};
use std::sync::Arc;

/// Whether a report can be sent at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// It can.
    Open,
    /// Nobody's key could be believed.
    Closed,
}

/// One leaf.
struct Leaf {
    bytes: Vec<u8>,
    hash: Hash,
    entry: Entry,
}

/// Every entry, in the order they came. Cheap to clone: entries are shared.
#[derive(Clone, Default)]
pub struct Log(Vec<Arc<Leaf>>);

/// A center's key in the log.
#[derive(Clone, Copy)]
pub struct TeamKeyAt<'a> {
    /// Its place, from 0.
    pub index: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What they say.
    pub key: &'a TeamKeyEntry,
}

/// A device in the log.
#[derive(Clone, Copy)]
pub struct DeviceAt<'a> {
    /// Its place, from 0.
    pub index: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What they say.
    pub device: &'a DeviceEntry,
}

impl Log {
    /// Adds an entry that was taken.
    ///
    /// # Errors
    /// `form_broken`, which what was taken is not.
    pub fn push(&mut self, bytes: Vec<u8>) -> Result<(), Refusal> {
        let entry = Entry::read(&bytes)?;
        let hash = merkle::leaf(&bytes);
        self.0.push(Arc::new(Leaf { bytes, hash, entry }));
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The head over everything there is.
    pub fn head(&self, at: Instant) -> Head {
        let root = merkle::root(&self.hashes(self.len()));
        Head { size: self.len() as u64, root, at: seal_time(at) }
    }

    /// The proof that an entry is in the tree of the first `size`.
    pub fn prove(&self, index: usize, size: usize) -> Vec<Hash> {
        merkle::prove_inclusion(&self.hashes(size), index)
    }

    /// The proof that the tree of the first `size` entries continues that of the first `since`; empty
    /// for the same, for none, and for more than there are.
    pub fn prove_continued(&self, since: u64, size: u64) -> Vec<Hash> {
        let within = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        merkle::prove_consistency(&self.hashes(within(size)), within(since))
    }

    fn hashes(&self, size: usize) -> Vec<Hash> {
        self.0.iter().take(size).map(|leaf| leaf.hash).collect()
    }

    fn team_keys(&self, size: usize) -> impl Iterator<Item = TeamKeyAt<'_>> {
        self.0.iter().take(size).enumerate().filter_map(|(index, leaf)| match &leaf.entry {
            Entry::TeamKey(key) => Some(TeamKeyAt { index, bytes: &leaf.bytes, key }),
            Entry::Device(_) => None,
        })
    }

    fn devices(&self, size: usize) -> impl Iterator<Item = DeviceAt<'_>> {
        self.0.iter().take(size).enumerate().filter_map(|(index, leaf)| match &leaf.entry {
            Entry::Device(device) => Some(DeviceAt { index, bytes: &leaf.bytes, device }),
            Entry::TeamKey(_) => None,
        })
    }

    /// The newest key of each center that is valid now, of the first `size` entries.
    pub fn current(&self, size: usize, now: Instant) -> Vec<TeamKeyAt<'_>> {
        let mut current: Vec<TeamKeyAt<'_>> = Vec::new();
        for one in
            self.team_keys(size).filter(|one| is_valid(one.key.valid_from, one.key.valid_to, now))
        {
            match current.iter_mut().find(|other| other.key.team == one.key.team) {
                Some(other) if other.key.epoch < one.key.epoch => *other = one,
                Some(_newer) => {}
                None => current.push(one),
            }
        }
        current
    }

    /// The devices that are valid now, of the first `size` entries.
    pub fn valid_devices(&self, size: usize, now: Instant) -> Vec<DeviceAt<'_>> {
        let valid = |one: &DeviceAt<'_>| is_valid(one.device.valid_from, one.device.valid_to, now);
        self.devices(size).filter(valid).collect()
    }

    /// A center's device, if it is valid now. It need not be witnessed yet to be worked with: whoever
    /// reads what it writes looks for it in the head she believes.
    ///
    /// # Errors
    /// [`Refusal::DeviceNotValid`].
    pub fn device(
        &self,
        center: TeamId,
        device: DeviceId,
        now: Instant,
    ) -> Result<&DeviceEntry, Refusal> {
        let found = self.devices(self.len()).find(|one| one.device.device == device);
        let found = found.filter(|one| {
            one.device.team == center && is_valid(one.device.valid_from, one.device.valid_to, now)
        });
        found.map(|one| one.device).ok_or(Refusal::DeviceNotValid)
    }

    /// A device, valid or not any more, of the first `size` entries: who signed with it long ago.
    pub fn device_ever(&self, device: DeviceId, size: usize) -> Option<DeviceAt<'_>> {
        self.devices(size).find(|one| one.device.device == device)
    }

    /// A center's newest epoch, witnessed or not; 0 if it has no key yet.
    pub fn last_epoch(&self, center: TeamId) -> u32 {
        let own = self.team_keys(self.len()).filter(|one| one.key.team == center);
        own.map(|one| one.key.epoch).max().unwrap_or(0)
    }

    /// Whether these very bytes are in it.
    pub fn has(&self, entry: &[u8]) -> bool {
        self.0.iter().any(|leaf| leaf.bytes == entry)
    }

    /// Whether a device may enter: of this center, valid now, its number not another's.
    ///
    /// # Errors
    /// `form_broken`, `key_not_whole`, `entry_not_valid_now`, [`Refusal::DeviceTaken`].
    pub fn take_device(
        &self,
        center: TeamId,
        bytes: &[u8],
        now: Instant,
    ) -> Result<DeviceEntry, Refusal> {
        let entry = Entry::read(bytes)?.device()?;
        if entry.team != center {
            return Err(seal::Refusal::FormBroken.into());
        }
        PublicKey::from_bytes(&entry.public_key)?;
        if self.devices(self.len()).any(|one| one.device.device == entry.device) {
            return Err(Refusal::DeviceTaken);
        }
        is_taken_now(entry.valid_from, entry.valid_to, now)?;
        Ok(entry)
    }

    /// Whether a center's key may enter: its next one, of its service, valid now.
    ///
    /// # Errors
    /// `form_broken`, `key_not_whole`, `entry_not_valid_now`, [`Refusal::EpochTaken`],
    /// [`Refusal::EpochGap`].
    pub fn take_team_key(
        &self,
        center: TeamId,
        service: u8,
        bytes: &[u8],
        now: Instant,
    ) -> Result<TeamKeyEntry, Refusal> {
        let entry = Entry::read(bytes)?.team_key()?;
        if entry.team != center || entry.service.number() != service {
            return Err(seal::Refusal::FormBroken.into());
        }
        PublicKey::from_bytes(&entry.public_key)?;
        let next = self.last_epoch(center).saturating_add(1);
        if entry.epoch < next {
            return Err(Refusal::EpochTaken);
        }
        if entry.epoch > next {
            return Err(Refusal::EpochGap);
        }
        is_taken_now(entry.valid_from, entry.valid_to, now)?;
        Ok(entry)
    }

    /// The newest keys that are valid now by a head that enough witnesses have signed; none by one
    /// that no page would take.
    pub fn believed(&self, witnessed: Option<&Head>, now: Instant) -> Vec<TeamKeyAt<'_>> {
        let fresh = witnessed.filter(|head| head.is_fresh_at(seal_time(now)));
        let size = fresh.map_or(0, |head| usize::try_from(head.size).unwrap_or(0));
        self.current(size, now)
    }

    /// Whether a report can be sent: whether a center of this city has a key that is believed.
    pub fn door(
        &self,
        witnessed: Option<&Head>,
        is_center: impl Fn(TeamId) -> bool,
        now: Instant,
    ) -> Door {
        let mut believed = self.believed(witnessed, now).into_iter();
        if believed.any(|one| is_center(one.key.team)) { Door::Open } else { Door::Closed }
    }
}

fn is_valid(from: u64, to: u64, now: Instant) -> bool {
    let now = seal_time(now);
    from <= now && now < to
}

/// An entry may begin a little later than now by this clock, as a head may; one that has ended or
/// begins another day is of no use to anybody.
fn is_taken_now(from: u64, to: u64, now: Instant) -> Result<(), Refusal> {
    let now = seal_time(now);
    let fits = from <= now.saturating_add(HEAD_AHEAD_MS) && now < to;
    if fits { Ok(()) } else { Err(seal::Refusal::EntryNotValidNow.into()) }
}

#[cfg(test)]
mod tests;
