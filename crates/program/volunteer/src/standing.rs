//! Whether somebody may go out tonight, and if not, what is lacking.

use kernel::{Id, Instant, id, person::Gender};
use serde::{Deserialize, Serialize};

/// A volunteer's standing as a team needs it: no name, only what the rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub person: Id<id::Person>,
    /// As she or he stated it at enrolment.
    pub gender: Gender,
    /// The criminal record check holds until this moment; `None` if there was none.
    pub record_check_until: Option<Instant>,
    /// The training holds until this moment; `None` if there was none.
    pub training_until: Option<Instant>,
    /// Suspended or gone: not to be sent out.
    pub suspended: bool,
}

/// What keeps somebody from going out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Suspended, or no longer a volunteer.
    Suspended,
    /// No record check was ever passed.
    NoRecordCheck,
    /// The record check has run out.
    RecordCheckExpired,
    /// No training was ever completed.
    NoTraining,
    /// The training has run out.
    TrainingExpired,
}

impl Lack {
    /// All of them, the gravest first.
    pub const ALL: [Self; 5] = [
        Self::Suspended,
        Self::NoRecordCheck,
        Self::RecordCheckExpired,
        Self::NoTraining,
        Self::TrainingExpired,
    ];

    /// Stable code; also the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspended => "volunteer.lack-suspended",
            Self::NoRecordCheck => "volunteer.lack-no-record-check",
            Self::RecordCheckExpired => "volunteer.lack-record-check-expired",
            Self::NoTraining => "volunteer.lack-no-training",
            Self::TrainingExpired => "volunteer.lack-training-expired",
        }
    }
}

impl Standing {
    /// Everything that keeps this person from going out at `now`, the gravest first; empty when
    /// she or he may. A paper that runs out at this very moment has run out.
    pub fn lacks(&self, now: Instant) -> Vec<Lack> {
        let paper = |until: Option<Instant>, none, expired| match until {
            None => Some(none),
            Some(until) if until <= now => Some(expired),
            Some(_) => None,
        };
        [
            self.suspended.then_some(Lack::Suspended),
            paper(self.record_check_until, Lack::NoRecordCheck, Lack::RecordCheckExpired),
            paper(self.training_until, Lack::NoTraining, Lack::TrainingExpired),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether this person may go out at `now`.
    pub fn fit(&self, now: Instant) -> bool {
        self.lacks(now).is_empty()
    }
}

#[cfg(test)]
mod tests;
