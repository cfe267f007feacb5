//! How a watch says no.

use kernel::{Refusal, RefusalKind};

/// How a watch says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such watch.
    NoSuchWatch,
    /// The id is already taken.
    WatchStarted,
    /// It has ended.
    WatchEnded,
    /// Nobody may be out of hearing that long.
    WatchTooLong,
    /// Whoever closes it must have seen it.
    WatchNotSeen,
    /// It still runs; only she ends it.
    WatchRunning,
    /// Only she can say so herself.
    WatchOutcome,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::NoSuchWatch,
        Self::WatchStarted,
        Self::WatchEnded,
        Self::WatchTooLong,
        Self::WatchNotSeen,
        Self::WatchRunning,
        Self::WatchOutcome,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchWatch => "volunteer.no-such-watch",
            Self::WatchStarted => "volunteer.watch-started",
            Self::WatchEnded => "volunteer.watch-ended",
            Self::WatchTooLong => "volunteer.watch-too-long",
            Self::WatchNotSeen => "volunteer.watch-not-seen",
            Self::WatchRunning => "volunteer.watch-running",
            Self::WatchOutcome => "volunteer.watch-outcome",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchWatch => RefusalKind::Unknown,
            Self::WatchTooLong | Self::WatchOutcome => RefusalKind::Invalid,
            Self::WatchStarted | Self::WatchEnded | Self::WatchNotSeen | Self::WatchRunning => {
                RefusalKind::Conflict
            }
        }
    }
}
