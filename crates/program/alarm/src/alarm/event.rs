//! What happens to an alarm, in the past participle. No event carries a position: those are private
//! rows that events point to.

use super::{Grade, Source};
use crate::Outcome;
use kernel::{DistrictCode, Fact, Id, Instant, id};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A call for help arrived.
    Raised {
        /// Who raised it.
        source: Source,
        /// What is asked for.
        grade: Grade,
        /// Whose desk it rings at first.
        district: DistrictCode,
        /// When the phone says it was pressed.
        first_at: Instant,
        /// No sound on the sender's side.
        silent: bool,
        /// The private row with the candidates for where she is.
        location: Option<Id<id::Private>>,
    },
    /// She pressed once more.
    RaisedAgain {
        /// What is asked for now.
        grade: Grade,
        /// No sound from now on.
        silent: bool,
        /// The private row with further candidates.
        location: Option<Id<id::Private>>,
    },
    /// A person has seen it.
    Seen,
    /// It rings at every desk.
    EscalatedToAllDesks,
    /// It rings at the duty officer.
    EscalatedToDuty,
    /// It rings once more at everybody: still unseen.
    RangAgain,
    /// She said what it is.
    Graded {
        /// What is asked for now.
        grade: Grade,
    },
    /// Candidates for where she is were added.
    LocationAdded {
        /// The private row.
        location: Id<id::Private>,
    },
    /// She took it back.
    Retracted {
        /// With the code that says she was made to.
        duress: bool,
    },
    /// The desk was asked about it: seen, and still open.
    AskedAbout,
    /// It has ended.
    Closed {
        /// How.
        outcome: Outcome,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Raised { .. } => "raised",
            Self::RaisedAgain { .. } => "raised_again",
            Self::Seen => "seen",
            Self::EscalatedToAllDesks => "escalated_to_all_desks",
            Self::EscalatedToDuty => "escalated_to_duty",
            Self::RangAgain => "rang_again",
            Self::Graded { .. } => "graded",
            Self::LocationAdded { .. } => "location_added",
            Self::Retracted { .. } => "retracted",
            Self::AskedAbout => "asked_about",
            Self::Closed { .. } => "closed",
        }
    }
}
