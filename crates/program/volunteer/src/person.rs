//! One volunteer's standing: enrolled, checked, trained, suspended or gone. Names and phones live
//! in private rows; here are only the dates the rules ask for.

use crate::{Rules, Standing};
use kernel::{Aggregate, Fact, Id, Instant, Refusal, RefusalKind, Span, id, person::Gender};
use serde::{Deserialize, Serialize};

/// Where a volunteer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody yet.
    #[default]
    Nothing,
    /// Part of the programme.
    Active,
    /// Not to be sent out until reinstated.
    Suspended,
    /// Has left.
    Gone,
}

/// The fold over one volunteer's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Where she or he stands.
    pub stage: Stage,
    /// As stated at enrolment; `None` only before it.
    pub gender: Option<Gender>,
    /// The record check holds until then.
    pub record_check_until: Option<Instant>,
    /// The training holds until then.
    pub training_until: Option<Instant>,
}

/// Why somebody is not sent out for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionReason {
    /// A complaint is being looked into.
    Complaint,
    /// The record check showed something.
    RecordCheck,
    /// At her or his own wish: illness, leave.
    OwnWish,
}

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take somebody on.
    Enrol {
        /// As stated.
        gender: Gender,
    },
    /// Note a passed criminal record check.
    PassRecordCheck {
        /// It holds until then.
        until: Instant,
    },
    /// Note a completed training.
    CompleteTraining {
        /// It holds until then.
        until: Instant,
    },
    /// Do not send out for now.
    Suspend {
        /// Why.
        reason: SuspensionReason,
    },
    /// Send out again.
    Reinstate,
    /// Leave the programme.
    Leave,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Enrolled { gender: Gender },
    RecordCheckPassed { until: Instant },
    TrainingCompleted { until: Instant },
    Suspended { reason: SuspensionReason },
    Reinstated,
    Left,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Enrolled { .. } => "enrolled",
            Self::RecordCheckPassed { .. } => "record_check_passed",
            Self::TrainingCompleted { .. } => "training_completed",
            Self::Suspended { .. } => "suspended",
            Self::Reinstated => "reinstated",
            Self::Left => "left",
        }
    }
}

/// How a volunteer's record says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such volunteer.
    NoSuchPerson,
    /// The id is already taken.
    AlreadyEnrolled,
    /// She or he has left; a new enrolment starts a new record.
    Left,
    /// Not suspended, so there is nothing to reinstate.
    NotSuspended,
    /// The paper has already run out.
    AlreadyExpired,
    /// The paper is said to hold longer than the rules allow.
    TooLong,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NoSuchPerson,
        Self::AlreadyEnrolled,
        Self::Left,
        Self::NotSuspended,
        Self::AlreadyExpired,
        Self::TooLong,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchPerson => "volunteer.no-such-person",
            Self::AlreadyEnrolled => "volunteer.already-enrolled",
            Self::Left => "volunteer.left",
            Self::NotSuspended => "volunteer.not-suspended",
            Self::AlreadyExpired => "volunteer.already-expired",
            Self::TooLong => "volunteer.too-long",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchPerson => RefusalKind::Unknown,
            Self::AlreadyEnrolled | Self::Left | Self::NotSuspended => RefusalKind::Conflict,
            Self::AlreadyExpired | Self::TooLong => RefusalKind::Invalid,
        }
    }
}

impl Person {
    /// The standing a team's rules ask for; `None` if nobody is enrolled here.
    pub fn standing(&self, person: Id<id::Person>) -> Option<Standing> {
        Some(Standing {
            person,
            gender: self.gender?,
            record_check_until: self.record_check_until,
            training_until: self.training_until,
            suspended: self.stage != Stage::Active,
        })
    }
}

/// Whether a paper that holds until `until` can be true now and under the rules.
fn check_paper(until: Instant, days_max: u16, now: Instant) -> Result<(), Refused> {
    if until <= now {
        Err(Refused::AlreadyExpired)
    } else if until > now + Span::days(days_max.into()) {
        Err(Refused::TooLong)
    } else {
        Ok(())
    }
}

impl Aggregate for Person {
    type Kind = id::Person;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.person";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (Stage::Nothing, Command::Enrol { gender }) => Ok(vec![Event::Enrolled { gender }]),
            (Stage::Nothing, _) => Err(Refused::NoSuchPerson),
            (Stage::Gone, Command::Leave) | (Stage::Suspended, Command::Suspend { .. }) => {
                Ok(vec![])
            }
            (Stage::Gone, _) => Err(Refused::Left),
            (_, Command::Enrol { .. }) => Err(Refused::AlreadyEnrolled),
            (_, Command::PassRecordCheck { until }) => {
                check_paper(until, rules.record_check_days_max, now)?;
                Ok(vec![Event::RecordCheckPassed { until }])
            }
            (_, Command::CompleteTraining { until }) => {
                check_paper(until, rules.training_days_max, now)?;
                Ok(vec![Event::TrainingCompleted { until }])
            }
            (Stage::Active, Command::Suspend { reason }) => Ok(vec![Event::Suspended { reason }]),
            (Stage::Suspended, Command::Reinstate) => Ok(vec![Event::Reinstated]),
            (Stage::Active, Command::Reinstate) => Err(Refused::NotSuspended),
            (_, Command::Leave) => Ok(vec![Event::Left]),
        }
    }

    fn apply(&mut self, event: &Event, _at: Instant) {
        match event {
            Event::Enrolled { gender } => {
                self.stage = Stage::Active;
                self.gender = Some(*gender);
            }
            Event::RecordCheckPassed { until } => self.record_check_until = Some(*until),
            Event::TrainingCompleted { until } => self.training_until = Some(*until),
            Event::Suspended { .. } => self.stage = Stage::Suspended,
            Event::Reinstated => self.stage = Stage::Active,
            Event::Left => self.stage = Stage::Gone,
        }
    }
}

#[cfg(test)]
mod tests;
