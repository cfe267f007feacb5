//! What happens to a watch, in the past participle. No event says where anybody is or lives.

use super::{Outcome, Purpose, Watched};
use kernel::{DistrictCode, Fact};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The timer runs.
    Started {
        /// Who is watched over.
        who: Watched,
        /// What is waited for.
        purpose: Purpose,
        /// Whose desk rings.
        district: DistrictCode,
        /// Minutes to the first sign of life.
        minutes: u16,
    },
    /// All is well.
    CheckedIn {
        /// Minutes to the next sign of life.
        minutes: u16,
    },
    /// A sign of life was due: she is asked.
    Asked,
    /// She has not answered: it rings at the desk.
    FellOverdue,
    /// She was heard of after it had rung; the desk still has to close it.
    HeardFrom,
    /// It rings at the duty officer.
    EscalatedToDuty,
    /// It rings once more.
    RangAgain,
    /// A person at the desk has seen it.
    Seen,
    /// The desk is asked about it.
    AskedAbout,
    /// It is over.
    Ended {
        /// How.
        outcome: Outcome,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::CheckedIn { .. } => "checked_in",
            Self::Asked => "asked",
            Self::FellOverdue => "fell_overdue",
            Self::HeardFrom => "heard_from",
            Self::EscalatedToDuty => "escalated_to_duty",
            Self::RangAgain => "rang_again",
            Self::Seen => "seen",
            Self::AskedAbout => "asked_about",
            Self::Ended { .. } => "ended",
        }
    }
}
