//! How an alarm says no.

use kernel::{Refusal, RefusalKind};

/// The reasons. Each has a message in both catalogues that ends with the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such alarm.
    NoSuchAlarm,
    /// It is closed; a new press is a new alarm.
    AlreadyClosed,
    /// Nobody has seen it: it cannot be closed unseen.
    NotSeenYet,
    /// It was taken back under duress; it cannot be closed as a mistake.
    TakenBackUnderDuress,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::NoSuchAlarm, Self::AlreadyClosed, Self::NotSeenYet, Self::TakenBackUnderDuress];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchAlarm => "alarm.no-such-alarm",
            Self::AlreadyClosed => "alarm.already-closed",
            Self::NotSeenYet => "alarm.not-seen-yet",
            Self::TakenBackUnderDuress => "alarm.taken-back-under-duress",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchAlarm => RefusalKind::Unknown,
            Self::AlreadyClosed | Self::NotSeenYet => RefusalKind::Conflict,
            Self::TakenBackUnderDuress => RefusalKind::Invalid,
        }
    }
}
