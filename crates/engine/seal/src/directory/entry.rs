//! The leaves of the directory: whose key a team's key is, and whose a device's keys are.

use crate::{
    Refusal,
    form::{Form, Reader},
    id::{DeviceId, TeamId},
    key::PUBLIC_BYTES,
};

/// The number an entry of a team's key begins with.
const TEAM_KEY: u8 = 1;
/// The number an entry of a device begins with.
const DEVICE: u8 = 2;

/// What a team does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Listening and advice.
    Counsel = 1,
    /// Medicine.
    Medical = 2,
    /// Law.
    Legal = 3,
    /// A place to stay.
    Shelter = 4,
    /// Police.
    Police = 5,
    /// Counting.
    Figures = 6,
}

impl Service {
    /// All six, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Counsel, Self::Medical, Self::Legal, Self::Shelter, Self::Police, Self::Figures];

    /// 1 to 6.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The service of a number.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] outside 1 to 6.
    pub fn of_number(number: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|s| s.number() == number).ok_or(Refusal::FormBroken)
    }
}

/// One entry, of either form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Form 1.
    TeamKey(TeamKeyEntry),
    /// Form 2.
    Device(DeviceEntry),
}

/// One epoch's key of one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamKeyEntry {
    /// Never [`TeamId::HERSELF`].
    pub team: TeamId,
    /// 1 or more.
    pub epoch: u32,
    /// What the team does.
    pub service: Service,
    /// Bytes here: who closes for it reads it as a key.
    pub public_key: [u8; PUBLIC_BYTES],
    /// Milliseconds UTC; valid from then on.
    pub valid_from: u64,
    /// Milliseconds UTC, later; not valid any more from then on.
    pub valid_to: u64,
}

/// The keys of one device of one member of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceEntry {
    /// Never [`TeamId::HERSELF`].
    pub team: TeamId,
    /// Which device.
    pub device: DeviceId,
    /// What it signs answers with.
    pub signing_key: [u8; 32],
    /// What the team's key is closed for. Bytes here: who closes for it reads it as a key.
    pub public_key: [u8; PUBLIC_BYTES],
    /// Milliseconds UTC; valid from then on.
    pub valid_from: u64,
    /// Milliseconds UTC, later; not valid any more from then on.
    pub valid_to: u64,
}

impl From<TeamKeyEntry> for Entry {
    fn from(entry: TeamKeyEntry) -> Self {
        Self::TeamKey(entry)
    }
}

impl From<DeviceEntry> for Entry {
    fn from(entry: DeviceEntry) -> Self {
        Self::Device(entry)
    }
}

impl Entry {
    /// The bytes of its form: a leaf before hashing. 1,254 of a team's key, 1,297 of a device.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a value outside its range.
    pub fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        self.holds()?;
        let form = match self {
            Self::TeamKey(entry) => Form::new()
                .u8(TEAM_KEY)
                .bytes(&entry.team.0)
                .u32(entry.epoch)
                .u8(entry.service.number())
                .bytes(&entry.public_key),
            Self::Device(entry) => Form::new()
                .u8(DEVICE)
                .bytes(&entry.team.0)
                .bytes(&entry.device.0)
                .bytes(&entry.signing_key)
                .bytes(&entry.public_key),
        };
        let (from, to) = self.valid();
        Ok(form.u64(from).u64(to).done())
    }

    /// Reads an entry of either form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        let entry = match form.u8()? {
            TEAM_KEY => Self::TeamKey(TeamKeyEntry {
                team: TeamId(form.bytes()?),
                epoch: form.u32()?,
                service: Service::of_number(form.u8()?)?,
                public_key: form.bytes()?,
                valid_from: form.u64()?,
                valid_to: form.u64()?,
            }),
            DEVICE => Self::Device(DeviceEntry {
                team: TeamId(form.bytes()?),
                device: DeviceId(form.bytes()?),
                signing_key: form.bytes()?,
                public_key: form.bytes()?,
                valid_from: form.u64()?,
                valid_to: form.u64()?,
            }),
            _ => return Err(Refusal::FormBroken),
        };
        form.end()?;
        entry.holds().map(|()| entry)
    }

    /// Whose it is.
    pub const fn team(&self) -> TeamId {
        match self {
            Self::TeamKey(entry) => entry.team,
            Self::Device(entry) => entry.team,
        }
    }

    /// Whether it is valid at a moment (milliseconds UTC).
    pub const fn is_valid_at(&self, now: u64) -> bool {
        let (from, to) = self.valid();
        from <= now && now < to
    }

    /// The team's key, where one is expected.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a device.
    pub fn team_key(self) -> Result<TeamKeyEntry, Refusal> {
        match self {
            Self::TeamKey(entry) => Ok(entry),
            Self::Device(_) => Err(Refusal::FormBroken),
        }
    }

    /// The device, where one is expected.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a team's key.
    pub fn device(self) -> Result<DeviceEntry, Refusal> {
        match self {
            Self::Device(entry) => Ok(entry),
            Self::TeamKey(_) => Err(Refusal::FormBroken),
        }
    }

    const fn valid(&self) -> (u64, u64) {
        match self {
            Self::TeamKey(entry) => (entry.valid_from, entry.valid_to),
            Self::Device(entry) => (entry.valid_from, entry.valid_to),
        }
    }

    fn holds(&self) -> Result<(), Refusal> {
        let (from, to) = self.valid();
        let has_epoch = match self {
            Self::TeamKey(entry) => entry.epoch > 0,
            Self::Device(_) => true,
        };
        let in_range = self.team() != TeamId::HERSELF && has_epoch && from < to;
        if in_range { Ok(()) } else { Err(Refusal::FormBroken) }
    }
}
