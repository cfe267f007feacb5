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
    /// More messages, or entries of the work, than a case holds.
    CaseFull,
    /// No witness of this city.
    NotAWitness,
    /// A file of this number came with another length or for another case.
    FileTaken,
    /// Longer than a file may be, or padded as none is.
    FileTooLarge,
    /// More files, or more of them, than a case holds.
    FilesFull,
    /// So much has come in this hour, or lies here already, that no file is begun now.
    FilesLater,
    /// This part came with other bytes.
    PartTaken,
    /// What is done to a file is noted in the custody log first.
    NotNoted,
    /// A referral of this number came with other bytes.
    ReferralTaken,
    /// A center refers nobody to itself.
    ReferralToItself,
    /// Figures go to centers that count, and nothing else goes there.
    ReferralElsewhere,
    /// It was not answered in time, and went back to who sent it.
    ReferralWentBack,
    /// She, or who sent it, has ended it.
    ReferralEnded,
    /// More letters than a referral holds.
    ReferralFull,
}

impl Refusal {
    /// Every refusal; of the seal's, those a server can give.
    pub const ALL: [Self; 31] = [
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
        Self::FileTaken,
        Self::FileTooLarge,
        Self::FilesFull,
        Self::FilesLater,
        Self::PartTaken,
        Self::NotNoted,
        Self::ReferralTaken,
        Self::ReferralToItself,
        Self::ReferralElsewhere,
        Self::ReferralWentBack,
        Self::ReferralEnded,
        Self::ReferralFull,
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
            Self::FileTaken => "onestop.file_taken",
            Self::FileTooLarge => "onestop.file_too_large",
            Self::FilesFull => "onestop.files_full",
            Self::FilesLater => "onestop.files_later",
            Self::PartTaken => "onestop.part_taken",
            Self::NotNoted => "onestop.not_noted",
            Self::ReferralTaken => "onestop.referral_taken",
            Self::ReferralToItself => "onestop.referral_to_itself",
            Self::ReferralElsewhere => "onestop.referral_elsewhere",
            Self::ReferralWentBack => "onestop.referral_went_back",
            Self::ReferralEnded => "onestop.referral_ended",
            Self::ReferralFull => "onestop.referral_full",
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
            | Self::CaseFull
            | Self::FileTaken
            | Self::FilesFull
            | Self::FilesLater
            | Self::PartTaken
            | Self::NotNoted
            | Self::ReferralTaken
            | Self::ReferralWentBack
            | Self::ReferralEnded
            | Self::ReferralFull => RefusalKind::Conflict,
            Self::Seal(_)
            | Self::VersionGap
            | Self::EpochGap
            | Self::ColumnWrong
            | Self::FileTooLarge
            | Self::NotAWitness
            | Self::ReferralToItself
            | Self::ReferralElsewhere => RefusalKind::Invalid,
        }
    }
}
