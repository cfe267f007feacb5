//! How a sighting says no.

use kernel::{Refusal, RefusalKind};

/// How a sighting says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such sighting.
    NoSuchSighting,
    /// The id is already taken by another one.
    AlreadyNoted,
    /// It is closed.
    SightingClosed,
    /// Nothing is broken that a register knows, or it cannot wait that long.
    NotADefect,
    /// It was handed to nobody.
    NotHandedOver,
    /// Whoever closes it must have it in hand.
    NotInHand,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NoSuchSighting,
        Self::AlreadyNoted,
        Self::SightingClosed,
        Self::NotADefect,
        Self::NotHandedOver,
        Self::NotInHand,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchSighting => "patrol.no-such-sighting",
            Self::AlreadyNoted => "patrol.already-noted",
            Self::SightingClosed => "patrol.sighting-closed",
            Self::NotADefect => "patrol.not-a-defect",
            Self::NotHandedOver => "patrol.not-handed-over",
            Self::NotInHand => "patrol.not-in-hand",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchSighting => RefusalKind::Unknown,
            Self::NotADefect => RefusalKind::Invalid,
            Self::AlreadyNoted | Self::SightingClosed | Self::NotHandedOver | Self::NotInHand => {
                RefusalKind::Conflict
            }
        }
    }
}
