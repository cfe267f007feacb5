//! Why an entry is not kept.

use crate::problem::{Turned, refused};
use kernel::RefusalKind;

/// A refusal. It carries nothing of what was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No entry is that long.
    FormBroken,
    /// No token, or not for this entry.
    TokenWrong,
    /// The token was spent on another entry.
    TokenUsed,
    /// There is an entry of this number, another one.
    EntryTaken,
}

impl Refused {
    /// Every one.
    #[cfg(test)]
    pub const ALL: [Self; 4] =
        [Self::FormBroken, Self::TokenWrong, Self::TokenUsed, Self::EntryTaken];
}

impl kernel::Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::FormBroken => "matching.form_broken",
            Self::TokenWrong => "matching.token_wrong",
            Self::TokenUsed => "matching.token_used",
            Self::EntryTaken => "matching.entry_taken",
        }
    }

    fn kind(self) -> RefusalKind {
        match self {
            Self::FormBroken => RefusalKind::Invalid,
            Self::TokenWrong | Self::TokenUsed | Self::EntryTaken => RefusalKind::Conflict,
        }
    }
}

impl From<Refused> for Turned {
    fn from(refusal: Refused) -> Self {
        refused(refusal)
    }
}
