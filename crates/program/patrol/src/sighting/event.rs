//! What happens to a sighting, in the past participle. No event carries a position or a word.

use super::{Kind, Outcome, Receiver, Spot, Spotter};
use kernel::{DistrictCode, Fact, Id, Instant, id};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Something was noticed.
    Noted {
        /// What.
        kind: Kind,
        /// By whom.
        by: Spotter,
        /// On which round, if on one.
        round: Option<Id<id::Round>>,
        /// Whose desk it concerns.
        district: DistrictCode,
        /// Where.
        spot: Spot,
        /// The private row with words or a photo.
        attached: Option<Id<id::Private>>,
        /// When the phone says.
        first_at: Instant,
    },
    /// Words or a photo were added.
    Attached {
        /// The private row.
        private: Id<id::Private>,
    },
    /// It was handed over.
    HandedOver {
        /// To whom.
        to: Receiver,
    },
    /// Somebody is asked about it.
    AskedAbout,
    /// The other side has it in hand.
    Acknowledged,
    /// It is closed.
    Closed {
        /// What became of it.
        outcome: Outcome,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Noted { .. } => "noted",
            Self::Attached { .. } => "attached",
            Self::HandedOver { .. } => "handed_over",
            Self::AskedAbout => "asked_about",
            Self::Acknowledged => "acknowledged",
            Self::Closed { .. } => "closed",
        }
    }
}
