//! How a shift says no.

use crate::{Lack, team};
use kernel::{Refusal, RefusalKind};

/// How a shift says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such shift.
    NoSuchShift,
    /// The id is already taken.
    AlreadyOpened,
    /// It is over, or does not take place.
    ShiftOver,
    /// A night must end after it begins, and after now.
    NightPassed,
    /// A crew is two people at least.
    CrewBelowTwo,
    /// Already in the crew.
    AlreadySignedUp,
    /// Not in the crew.
    NotInCrew,
    /// Has checked in already.
    AlreadyHere,
    /// Nobody is called for in this place.
    NotCalled,
    /// The place is not offered, or not to this person.
    NotOffered,
    /// Already in a team.
    AlreadyPaired,
    /// In no team yet.
    NotPaired,
    /// The team is on its way: go off duty first.
    TeamIsReady,
    /// Noted as not having come.
    NotedAbsent,
    /// Not one of the shift's posts.
    NotAPost,
    /// Too early to check in.
    TooEarly,
    /// Nobody is late before it has begun.
    NotBegun,
    /// The rule for going out that says no.
    Rule(Lack),
    /// The rule for teams that says no.
    Team(team::Refused),
}

impl Refused {
    /// One of each code, for catalogues and tables.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::NoSuchShift,
            Self::AlreadyOpened,
            Self::ShiftOver,
            Self::NightPassed,
            Self::CrewBelowTwo,
            Self::AlreadySignedUp,
            Self::NotInCrew,
            Self::AlreadyHere,
            Self::NotCalled,
            Self::NotOffered,
            Self::AlreadyPaired,
            Self::NotPaired,
            Self::TeamIsReady,
            Self::NotedAbsent,
            Self::NotAPost,
            Self::TooEarly,
            Self::NotBegun,
        ];
        all.extend(Lack::ALL.map(Self::Rule));
        all.extend(team::Refused::all().into_iter().map(Self::Team));
        all
    }
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchShift => "volunteer.no-such-shift",
            Self::AlreadyOpened => "volunteer.already-opened",
            Self::ShiftOver => "volunteer.shift-over",
            Self::NightPassed => "volunteer.night-passed",
            Self::CrewBelowTwo => "volunteer.crew-below-two",
            Self::AlreadySignedUp => "volunteer.already-signed-up",
            Self::NotInCrew => "volunteer.not-in-crew",
            Self::AlreadyHere => "volunteer.already-here",
            Self::NotCalled => "volunteer.not-called",
            Self::NotOffered => "volunteer.not-offered",
            Self::AlreadyPaired => "volunteer.already-paired",
            Self::NotPaired => "volunteer.not-paired",
            Self::TeamIsReady => "volunteer.team-is-ready",
            Self::NotedAbsent => "volunteer.noted-absent",
            Self::NotAPost => "volunteer.not-a-post",
            Self::TooEarly => "volunteer.too-early",
            Self::NotBegun => "volunteer.not-begun",
            Self::Rule(lack) => lack.code(),
            Self::Team(refused) => refused.code(),
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchShift => RefusalKind::Unknown,
            Self::AlreadyOpened
            | Self::ShiftOver
            | Self::AlreadySignedUp
            | Self::NotInCrew
            | Self::AlreadyHere
            | Self::NotCalled
            | Self::NotOffered
            | Self::AlreadyPaired
            | Self::NotPaired
            | Self::TeamIsReady
            | Self::NotedAbsent
            | Self::TooEarly
            | Self::NotBegun => RefusalKind::Conflict,
            Self::NightPassed | Self::CrewBelowTwo | Self::NotAPost | Self::Rule(_) => {
                RefusalKind::Invalid
            }
            Self::Team(refused) => refused.kind(),
        }
    }
}
