//! How a watch says no.

use kernel::{Refusal, RefusalKind};

/// The reasons. Each has a message in both catalogues that ends with the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such note, or it has been put away.
    NoSuchNote,
    /// More notes than anybody reads at a change of shift.
    TooManyNotes,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::NoSuchNote, Self::TooManyNotes];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchNote => "alarm.no-such-note",
            Self::TooManyNotes => "alarm.too-many-notes",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchNote => RefusalKind::Unknown,
            Self::TooManyNotes => RefusalKind::Conflict,
        }
    }
}
