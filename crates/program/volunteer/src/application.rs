//! Somebody asks to join: applied → invited → interviewed → accepted, declined or withdrawn. Name,
//! phone and what was said live in a private row; whoever asked is answered, or the programme
//! manager is reminded.

use crate::{Engagement, Rules};
use kernel::{
    Aggregate, Deadline, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, id, person::Gender,
};
use serde::{Deserialize, Serialize};

/// Where an application stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// None yet.
    #[default]
    Nothing,
    /// Waiting for an answer.
    Applied,
    /// Invited to an interview.
    Invited,
    /// The interview was held; waiting for the decision.
    Interviewed,
    /// Taken on.
    Accepted,
    /// Not taken on.
    Declined,
    /// Taken back by the applicant.
    Withdrawn,
}

/// Why somebody is not taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// All places are taken; may ask again.
    NoPlace,
    /// Cannot be out in the hours of service.
    Hours,
    /// Did not come to the interview.
    DidNotCome,
    /// The interview spoke against it.
    Interview,
    /// The district asks for its own residents, or for people without other work.
    Conditions,
}

impl DeclineReason {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NoPlace, Self::Hours, Self::DidNotCome, Self::Interview, Self::Conditions];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoPlace => "volunteer.declined-no-place",
            Self::Hours => "volunteer.declined-hours",
            Self::DidNotCome => "volunteer.declined-did-not-come",
            Self::Interview => "volunteer.declined-interview",
            Self::Conditions => "volunteer.declined-conditions",
        }
    }
}

/// The fold over one application's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Application {
    /// Where it stands.
    pub stage: Stage,
    /// The district asked for.
    pub district: Option<DistrictCode>,
    /// How she or he wants to serve.
    pub engagement: Option<Engagement>,
    /// The private row with name, phone and what was said.
    pub private: Option<Id<id::Private>>,
    /// When the interview is.
    pub interview_at: Option<Instant>,
    /// Whom the roster knows her or him as, once accepted.
    pub person: Option<Id<id::Person>>,
    /// When its last step was, or somebody was last reminded of it.
    pub waiting_since: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask to join.
    Apply {
        /// For which district.
        district: DistrictCode,
        /// Paid or as a volunteer.
        engagement: Engagement,
        /// The private row with name, phone and what was said.
        private: Id<id::Private>,
    },
    /// Invite to an interview, or to another one.
    Invite {
        /// When it is.
        at: Instant,
    },
    /// Note that the interview was held.
    NoteInterview,
    /// Take on. In the same transaction the person is enrolled and the ledger opened.
    Accept {
        /// Whom the roster will know her or him as.
        person: Id<id::Person>,
        /// As stated in the interview.
        gender: Gender,
        /// What was agreed, whatever was asked for.
        engagement: Engagement,
    },
    /// Do not take on.
    Decline {
        /// Why.
        reason: DeclineReason,
    },
    /// Take the application back.
    Withdraw,
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines an application has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It waits for its next step.
    Unanswered,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Applied { district: DistrictCode, engagement: Engagement, private: Id<id::Private> },
    Invited { at: Instant },
    Interviewed,
    Accepted { person: Id<id::Person>, gender: Gender, engagement: Engagement },
    Declined { reason: DeclineReason },
    Withdrawn,
    Reminded,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Applied { .. } => "applied",
            Self::Invited { .. } => "invited",
            Self::Interviewed => "interviewed",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Reminded => "reminded",
        }
    }
}

/// How an application says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such application.
    NoSuchApplication,
    /// The id is already taken.
    AlreadyApplied,
    /// It has ended.
    ApplicationEnded,
    /// The interview comes first.
    NotInterviewed,
    /// Nobody was invited.
    NotInvited,
    /// An interview cannot be in the past.
    InterviewPassed,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NoSuchApplication,
        Self::AlreadyApplied,
        Self::ApplicationEnded,
        Self::NotInterviewed,
        Self::NotInvited,
        Self::InterviewPassed,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchApplication => "volunteer.no-such-application",
            Self::AlreadyApplied => "volunteer.already-applied",
            Self::ApplicationEnded => "volunteer.application-ended",
            Self::NotInterviewed => "volunteer.not-interviewed",
            Self::NotInvited => "volunteer.not-invited",
            Self::InterviewPassed => "volunteer.interview-passed",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchApplication => RefusalKind::Unknown,
            Self::AlreadyApplied | Self::ApplicationEnded => RefusalKind::Conflict,
            Self::NotInterviewed | Self::NotInvited | Self::InterviewPassed => RefusalKind::Invalid,
        }
    }
}

impl Application {
    /// Whether somebody still has to answer.
    pub const fn open(&self) -> bool {
        matches!(self.stage, Stage::Applied | Stage::Invited | Stage::Interviewed)
    }

    /// When the private row is to be erased: some time after a no. An accepted applicant's row
    /// becomes the roster's.
    pub fn erase_at(&self, rules: &Rules) -> Option<Instant> {
        match self.stage {
            Stage::Declined | Stage::Withdrawn => {
                self.ended_at.map(|at| at + rules.application_kept())
            }
            _ => None,
        }
    }

    /// When somebody is to be reminded that it waits. An invitation waits from the interview on.
    fn reminder_at(&self, rules: &Rules) -> Option<Instant> {
        let waiting = self.waiting_since.filter(|_| self.open())?;
        let interview = self.interview_at.filter(|_| self.stage == Stage::Invited);
        Some(interview.map_or(waiting, |at| at.max(waiting)) + rules.application_answer())
    }

    fn decide_open(&self, command: Command, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Apply { .. }) => Err(Refused::AlreadyApplied),
            (_, Command::Invite { at }) if at <= now => Err(Refused::InterviewPassed),
            (Stage::Invited, Command::Invite { at }) if self.interview_at == Some(at) => Ok(vec![]),
            (_, Command::Invite { at }) => Ok(vec![Event::Invited { at }]),
            (Stage::Applied, Command::NoteInterview) => Err(Refused::NotInvited),
            (Stage::Invited, Command::NoteInterview) => Ok(vec![Event::Interviewed]),
            (Stage::Interviewed, Command::Accept { person, gender, engagement }) => {
                Ok(vec![Event::Accepted { person, gender, engagement }])
            }
            (_, Command::Accept { .. }) => Err(Refused::NotInterviewed),
            (_, Command::Decline { reason }) => Ok(vec![Event::Declined { reason }]),
            (_, Command::Withdraw) => Ok(vec![Event::Withdrawn]),
            (_, Command::NoteInterview | Command::Elapsed(_)) => Ok(vec![]),
        }
    }
}

impl Aggregate for Application {
    type Kind = id::Application;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.application";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Elapsed(Lapse::Unanswered)) => {
                let due = self.reminder_at(rules).is_some_and(|at| at <= now);
                Ok(if due { vec![Event::Reminded] } else { vec![] })
            }
            (Stage::Nothing, Command::Apply { district, engagement, private }) => {
                Ok(vec![Event::Applied { district, engagement, private }])
            }
            (Stage::Nothing, _) => Err(Refused::NoSuchApplication),
            (Stage::Accepted, Command::Accept { person, .. }) if self.person == Some(person) => {
                Ok(vec![])
            }
            (Stage::Declined, Command::Decline { .. }) | (Stage::Withdrawn, Command::Withdraw) => {
                Ok(vec![])
            }
            (Stage::Accepted | Stage::Declined | Stage::Withdrawn, _) => {
                Err(Refused::ApplicationEnded)
            }
            (_, command) => self.decide_open(command, now),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        self.waiting_since = Some(at);
        match event {
            Event::Applied { district, engagement, private } => {
                self.stage = Stage::Applied;
                self.district = Some(district.clone());
                self.engagement = Some(*engagement);
                self.private = Some(*private);
            }
            Event::Invited { at } => {
                self.stage = Stage::Invited;
                self.interview_at = Some(*at);
            }
            Event::Interviewed => self.stage = Stage::Interviewed,
            Event::Accepted { person, engagement, .. } => {
                self.stage = Stage::Accepted;
                self.person = Some(*person);
                self.engagement = Some(*engagement);
                self.ended_at = Some(at);
            }
            Event::Declined { .. } => {
                self.stage = Stage::Declined;
                self.ended_at = Some(at);
            }
            Event::Withdrawn => {
                self.stage = Stage::Withdrawn;
                self.ended_at = Some(at);
            }
            Event::Reminded => {}
        }
    }

    /// While it is open there is always exactly one.
    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        let due = self.reminder_at(rules);
        due.map(|due_at| Deadline { name: "unanswered", due_at }).into_iter().collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        (name == "unanswered").then_some(Command::Elapsed(Lapse::Unanswered))
    }
}

#[cfg(test)]
mod tests;
