//! The words for how and why: small closed lists, so that reasons can be counted and never hold
//! anything about a person.

use kernel::{Id, id};
use serde::{Deserialize, Serialize};

/// Declares an enum of labels with its list and its message keys.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident, $prefix:literal { $($(#[$label_doc:meta])* $label:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$label_doc])* $label,)*
        }
        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$label),*];
            /// Message key.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$label => concat!($prefix, $key),)* }
            }
        }
    };
}
pub(crate) use labels;

labels! {
    /// How a request reached us.
    Channel, "stage.channel-" {
        /// The requester's own screen.
        Web = "web",
        /// A dispatcher wrote down a call.
        Phone = "phone",
        /// She spoke to a team on the street.
        WalkUp = "walk-up",
    }
}

labels! {
    /// Why somebody was turned away at once. Counted: unmet demand is a figure.
    TurnedAwayReason, "escort.turned-away-" {
        /// No walk can be asked for, or none starts, at that hour.
        OutsideHours = "outside-hours",
        /// No team can walk to that place in reasonable time.
        OutOfReach = "out-of-reach",
        /// All teams are busy for too long.
        NoTeamFree = "no-team-free",
        /// A walk for a certain time was asked for too late.
        LeadTimeTooShort = "lead-time-too-short",
    }
}

labels! {
    /// Why a team does not take a walk. No penalty follows from any.
    DeclineReason, "stage.decline-" {
        /// Too far.
        TooFar = "too-far",
        /// In need of a rest.
        Resting = "resting",
        /// Still with somebody else.
        StillBusy = "still-busy",
        /// They do not feel safe going there.
        NotSafeForUs = "not-safe-for-us",
        /// Something else, or not said.
        Other = "other",
    }
}

labels! {
    /// Why a team that had accepted does not go on.
    StandDownReason, "escort.stand-down-" {
        /// One of the two is hurt or unwell.
        Unwell = "unwell",
        /// Held up by something on the street.
        HeldUp = "held-up",
        /// The desk sends another team.
        Replaced = "replaced",
        /// Not said.
        Unsaid = "unsaid",
    }
}

labels! {
    /// Why a walk was called off.
    CancelReason, "stage.cancel-" {
        /// She goes another way, or no longer wants it.
        OtherWay = "other-way",
        /// It took too long.
        TooLate = "too-late",
        /// Asked for twice, or by mistake.
        Twice = "twice",
        /// They did not find each other.
        NotFound = "not-found",
        /// The police took over.
        Police = "police",
        /// Not said.
        Unsaid = "unsaid",
    }
}

/// Who called a walk off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Canceller {
    /// The requester.
    Requester,
    /// A dispatcher.
    Desk,
    /// The team, once it stood at the meeting point.
    Team(Id<id::Team>),
}

/// Who said that it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmer {
    /// The requester, on her own screen.
    Requester,
    /// A dispatcher, by phone or radio.
    Desk,
    /// The team.
    Team(Id<id::Team>),
}
