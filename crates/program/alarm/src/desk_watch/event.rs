//! What happens to a watch, in the past participle. No event carries what a note says: that is a
//! private row with an expiry, which the event points to.

use kernel::{Fact, Id, id};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody has taken the watch over.
    TakenOver {
        /// The seat that keeps it from now on.
        by: Id<id::Person>,
        /// The seat that kept it before.
        from: Option<Id<id::Person>>,
        /// Alarms open at that moment.
        alarms: u16,
        /// Walks open at that moment.
        walks: u16,
        /// Notes lying there at that moment.
        notes: u16,
    },
    /// A note was left to the next shift.
    Noted {
        /// The private row with what it says.
        note: Id<id::Private>,
    },
    /// A note was put away.
    PutAway {
        /// Which.
        note: Id<id::Private>,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::TakenOver { .. } => "taken_over",
            Self::Noted { .. } => "noted",
            Self::PutAway { .. } => "put_away",
        }
    }
}
