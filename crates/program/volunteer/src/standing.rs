//! Whether somebody may go out tonight, and if not, what is lacking.

use crate::Rules;
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

/// What somebody needs to go out, and what runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// The criminal record check.
    RecordCheck,
    /// The training.
    Training,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::RecordCheck, Self::Training];

    /// Message key: it runs out soon, and what to do.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RecordCheck => "volunteer.soon-record-check",
            Self::Training => "volunteer.soon-training",
        }
    }
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

    /// The papers that still hold and run out soon, with when, the soonest first: their renewal
    /// is asked for now, since it takes time.
    pub fn runs_out_soon(&self, rules: &Rules, now: Instant) -> Vec<(Paper, Instant)> {
        let papers =
            [(Paper::RecordCheck, self.record_check_until), (Paper::Training, self.training_until)];
        let mut soon: Vec<(Paper, Instant)> = papers
            .into_iter()
            .filter_map(|(paper, until)| until.map(|until| (paper, until)))
            .filter(|(_, until)| now < *until && *until <= now + rules.papers_warn())
            .collect();
        soon.sort_by_key(|(_, until)| *until);
        soon
    }

    /// Whether this person may go out at `now`.
    pub fn fit(&self, now: Instant) -> bool {
        self.lacks(now).is_empty()
    }
}

#[cfg(test)]
mod tests;
