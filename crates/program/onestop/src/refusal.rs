//! Why something is not taken.

use kernel::RefusalKind;

/// A refusal. It carries nothing of what was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The seal's checks: sizes, counts, hashes, signatures.
    Seal(seal::Refusal),
    /// A case of this number came with other bytes.
    CaseTaken,
    /// The mailbox has another signing key.
    MailboxTaken,
    /// The center has no such key now, or a newer one.
    KeyNotCurrent,
    /// The challenge is older than ten minutes, or was never given.
    ChallengeStale,
    /// Somebody has written meanwhile.
    VersionTaken,
    /// A version between is missing.
    VersionGap,
    /// No device of this center that is valid now and one's own.
    DeviceNotValid,
    /// A device of this number has other keys.
    DeviceTaken,
    /// The center has this key already, another one.
    EpochTaken,
    /// An epoch between is missing.
    EpochGap,
    /// Wraps of another column differ, or none does.
    ColumnWrong,
    /// More messages than a case holds.
    CaseFull,
    /// No witness of this city.
    NotAWitness,
}

impl Refusal {
    /// Every refusal; of the seal's, those a server can give.
    pub const ALL: [Self; 19] = [
        Self::Seal(seal::Refusal::FormBroken),
        Self::Seal(seal::Refusal::WrapsNotEight),
        Self::Seal(seal::Refusal::WrapNotWhole),
        Self::Seal(seal::Refusal::SignatureWrong),
        Self::Seal(seal::Refusal::KeyNotWhole),
        Self::Seal(seal::Refusal::EntryNotValidNow),
        Self::CaseTaken,
        Self::MailboxTaken,
        Self::KeyNotCurrent,
        Self::ChallengeStale,
        Self::VersionTaken,
        Self::VersionGap,
        Self::DeviceNotValid,
        Self::DeviceTaken,
        Self::EpochTaken,
        Self::EpochGap,
        Self::ColumnWrong,
        Self::CaseFull,
        Self::NotAWitness,
    ];
}

impl From<seal::Refusal> for Refusal {
    fn from(refusal: seal::Refusal) -> Self {
        Self::Seal(refusal)
    }
}

impl kernel::Refusal for Refusal {
    fn code(self) -> &'static str {
        match self {
            Self::Seal(seal::Refusal::WrapsNotEight) => "seal.wraps_not_eight",
            Self::Seal(seal::Refusal::WrapNotWhole) => "seal.wrap_not_whole",
            Self::Seal(seal::Refusal::SignatureWrong) => "seal.signature_wrong",
            Self::Seal(seal::Refusal::KeyNotWhole) => "seal.key_not_whole",
            Self::Seal(seal::Refusal::EntryNotValidNow) => "seal.entry_not_valid_now",
            // A server opens nothing, so the seal refuses it for nothing else.
            Self::Seal(_) => "seal.form_broken",
            Self::CaseTaken => "onestop.case_taken",
            Self::MailboxTaken => "onestop.mailbox_taken",
            Self::KeyNotCurrent => "onestop.key_not_current",
            Self::ChallengeStale => "onestop.challenge_stale",
            Self::VersionTaken => "onestop.version_taken",
            Self::VersionGap => "onestop.version_gap",
            Self::DeviceNotValid => "onestop.device_not_valid",
            Self::DeviceTaken => "onestop.device_taken",
            Self::EpochTaken => "onestop.epoch_taken",
            Self::EpochGap => "onestop.epoch_gap",
            Self::ColumnWrong => "onestop.column_wrong",
            Self::CaseFull => "onestop.case_full",
            Self::NotAWitness => "onestop.not_a_witness",
        }
    }

    fn kind(self) -> RefusalKind {
        match self {
            Self::CaseTaken
            | Self::MailboxTaken
            | Self::KeyNotCurrent
            | Self::ChallengeStale
            | Self::VersionTaken
            | Self::DeviceNotValid
            | Self::DeviceTaken
            | Self::EpochTaken
            | Self::CaseFull => RefusalKind::Conflict,
            Self::Seal(_)
            | Self::VersionGap
            | Self::EpochGap
            | Self::ColumnWrong
            | Self::NotAWitness => RefusalKind::Invalid,
        }
    }
}
