//! The aggregate: raised → seen by a person → closed with an outcome. It is never closed by a
//! timer, by silence or by the sender.

mod event;
mod refusal;

pub use event::Event;
pub use refusal::Refused;

use crate::{Outcome, Rules, Truth};
use kernel::{Aggregate, Deadline, DistrictCode, Id, Instant, id};
use serde::{Deserialize, Serialize};

/// Who raised it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Somebody without account.
    Citizen,
    /// A team out on the street: it rings before the citizens' alarms of the same second.
    Team(Id<id::Team>),
    /// A store's till.
    Haven(Id<id::Haven>),
    /// The requester of a walk, from her request's page.
    Escort(Id<id::Escort>),
}

/// What is asked for, the weakest first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Somebody is sheltering here; no danger at the moment.
    Sheltering,
    /// Something is wrong; somebody should come and look.
    ComeAndLook,
    /// Help, now.
    #[default]
    HelpNow,
    /// The police, now.
    PoliceNow,
}

impl Grade {
    /// All of them, the weakest first.
    pub const ALL: [Self; 4] =
        [Self::Sheltering, Self::ComeAndLook, Self::HelpNow, Self::PoliceNow];
    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sheltering => "stage.grade-sheltering",
            Self::ComeAndLook => "stage.grade-come-and-look",
            Self::HelpNow => "stage.grade-help-now",
            Self::PoliceNow => "stage.grade-police-now",
        }
    }
}

/// Where an alarm stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not raised.
    #[default]
    Nothing,
    /// Raised; no person has seen it yet.
    Raised,
    /// A person has seen it.
    Seen,
    /// Closed with an outcome.
    Closed,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Raised, Self::Seen, Self::Closed];
    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "alarm.state-nothing",
            Self::Raised => "alarm.state-raised",
            Self::Seen => "alarm.state-seen",
            Self::Closed => "alarm.state-closed",
        }
    }
}

/// How far an unseen alarm has been carried.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It rings at its district's desk.
    #[default]
    OwnDesk,
    /// At every desk.
    AllDesks,
    /// At the duty officer too.
    Duty,
}

/// A press of the button as the phone tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// Who raised it.
    pub source: Source,
    /// What is asked for.
    pub grade: Grade,
    /// Whose desk it rings at first.
    pub district: DistrictCode,
    /// When the phone says it was pressed; a hint, since phones' clocks are wrong.
    pub first_at: Instant,
    /// No sound on the sender's side, and nobody calls back by voice.
    pub silent: bool,
    /// The private row with the candidates for where she is.
    pub location: Option<Id<id::Private>>,
}

/// The fold over one alarm's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alarm {
    /// Where it stands.
    pub stage: Stage,
    /// Who raised it.
    pub source: Option<Source>,
    /// What is asked for. A further press never weakens it; saying what it is may.
    pub grade: Grade,
    /// Whose desk it rings at first.
    pub district: Option<DistrictCode>,
    /// When the phone says it was first pressed.
    pub first_at: Option<Instant>,
    /// When it reached us.
    pub raised_at: Option<Instant>,
    /// Whether it must stay silent: once any press said so, it stays so.
    pub silent: bool,
    /// Private rows with candidates for where she is, the oldest first.
    pub locations: Vec<Id<id::Private>>,
    /// How often it was pressed.
    pub presses: u32,
    /// How far it was carried while unseen.
    pub reach: Reach,
    /// When it last rang, or a person was last asked about it.
    pub rang_at: Option<Instant>,
    /// When a person first saw it.
    pub seen_at: Option<Instant>,
    /// The sender has taken it back; it is open all the same.
    pub retracted: bool,
    /// She took it back with the code that says she was made to. Never told to the sender.
    pub duress: bool,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Call for help, or press once more while the call is open.
    Raise(Press),
    /// Say what it is, after the hold that sent it: a store's till learns only then whether
    /// somebody shelters or the police must come.
    Grade {
        /// What is asked for now; may be weaker than what the hold asked for.
        grade: Grade,
    },
    /// A person has seen it.
    Acknowledge,
    /// Add candidates for where she is.
    AddLocation {
        /// The private row.
        location: Id<id::Private>,
    },
    /// Take it back.
    Retract {
        /// With the code that says she is made to.
        duress: bool,
    },
    /// End it; only a person can, and only with an outcome.
    Close {
        /// How it ended.
        outcome: Outcome,
    },
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines an alarm has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Nobody has seen it.
    Unseen,
    /// Seen, and still open.
    StillOpen,
}

/// What the sender's own phone may know. Nothing here depends on duress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct ForSender {
    /// Where it stands.
    pub stage: Stage,
    /// Whether it was taken back.
    pub retracted: bool,
}

/// The order in which a desk answers, the most urgent greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    /// Taken back by somebody who was made to: before all others.
    pub duress: bool,
    /// Not taken back.
    pub standing: bool,
    /// What is asked for.
    pub grade: Grade,
    /// From a team on the street.
    pub from_team: bool,
}

impl Urgency {
    /// The same order as one number, 0 answered first: what a screen sorts by.
    pub fn rank(self) -> u8 {
        let weight = |yes: bool, weight: u8| if yes { weight } else { 0 };
        let urgent = weight(self.duress, 16)
            + weight(self.standing, 8)
            + 2 * self.grade as u8
            + weight(self.from_team, 1);
        31 - urgent
    }
}

impl Alarm {
    /// Whether somebody still has to do something about it.
    pub fn open(&self) -> bool {
        matches!(self.stage, Stage::Raised | Stage::Seen)
    }

    /// What the sender's phone may be shown.
    pub fn for_sender(&self) -> ForSender {
        ForSender { stage: self.stage, retracted: self.retracted }
    }

    /// The order in which a desk answers.
    pub fn urgency(&self) -> Urgency {
        Urgency {
            duress: self.duress,
            standing: !self.retracted || self.duress,
            grade: self.grade,
            from_team: matches!(self.source, Some(Source::Team(_))),
        }
    }

    /// Every ring that is due by now and has not been given: after an outage all of them at once.
    fn rings_due(&self, rules: &Rules, now: Instant) -> Vec<Event> {
        let Some(raised_at) = self.raised_at else { return vec![] };
        let mut due = Vec::new();
        if self.reach < Reach::AllDesks && raised_at + rules.all_desks() <= now {
            due.push(Event::EscalatedToAllDesks);
        }
        if self.reach < Reach::Duty && raised_at + rules.duty() <= now {
            due.push(Event::EscalatedToDuty);
        }
        let again = self.rang_at.is_some_and(|rang| rang + rules.ring_again() <= now);
        if self.reach == Reach::Duty && again {
            due.push(Event::RangAgain);
        }
        due
    }

    fn decide_elapsed(&self, lapse: Lapse, rules: &Rules, now: Instant) -> Vec<Event> {
        let asked = || self.rang_at.is_some_and(|at| at + rules.still_open() <= now);
        match (lapse, self.stage) {
            (Lapse::Unseen, Stage::Raised) => self.rings_due(rules, now),
            (Lapse::StillOpen, Stage::Seen) if asked() => vec![Event::AskedAbout],
            _ => vec![],
        }
    }

    fn decide_close(&self, outcome: Outcome) -> Result<Vec<Event>, Refused> {
        match self.stage {
            Stage::Raised => Err(Refused::NotSeenYet),
            Stage::Closed if self.outcome == Some(outcome) => Ok(vec![]),
            Stage::Closed => Err(Refused::AlreadyClosed),
            _ if self.duress && matches!(outcome.truth(), Truth::False | Truth::Test) => {
                Err(Refused::TakenBackUnderDuress)
            }
            _ => Ok(vec![Event::Closed { outcome }]),
        }
    }
}

impl Aggregate for Alarm {
    type Kind = id::Alarm;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "alarm.alarm";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Elapsed(lapse)) => Ok(self.decide_elapsed(lapse, rules, now)),
            (Stage::Nothing, Command::Raise(press)) => {
                let Press { source, grade, district, first_at, silent, location } = press;
                Ok(vec![Event::Raised { source, grade, district, first_at, silent, location }])
            }
            (Stage::Nothing, _) => Err(Refused::NoSuchAlarm),
            (Stage::Closed, Command::Raise(_)) => Err(Refused::AlreadyClosed),
            (_, Command::Raise(Press { grade, silent, location, .. })) => {
                Ok(vec![Event::RaisedAgain { grade, silent, location }])
            }
            (_, Command::Grade { grade }) if self.grade == grade => Ok(vec![]),
            (Stage::Closed, Command::Grade { .. }) => Err(Refused::AlreadyClosed),
            (_, Command::Grade { grade }) => Ok(vec![Event::Graded { grade }]),
            (Stage::Raised, Command::Acknowledge) => Ok(vec![Event::Seen]),
            // To a closed alarm, with duress or without, the sender gets the same answer.
            (_, Command::Acknowledge) | (Stage::Closed, Command::Retract { .. }) => Ok(vec![]),
            (_, Command::AddLocation { location }) if self.locations.contains(&location) => {
                Ok(vec![])
            }
            (Stage::Closed, Command::AddLocation { .. }) => Err(Refused::AlreadyClosed),
            (_, Command::AddLocation { location }) => Ok(vec![Event::LocationAdded { location }]),
            // Each retraction is one event, whatever its code and however many came before, so
            // that the reply and the number it carries tell nothing.
            (_, Command::Retract { duress }) => Ok(vec![Event::Retracted { duress }]),
            (_, Command::Close { outcome }) => self.decide_close(outcome),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Raised { source, grade, district, first_at, silent, location } => {
                self.stage = Stage::Raised;
                self.source = Some(*source);
                self.grade = *grade;
                self.district = Some(district.clone());
                self.first_at = Some(*first_at);
                self.raised_at = Some(at);
                self.rang_at = Some(at);
                self.silent = *silent;
                self.locations.extend(*location);
                self.presses = 1;
            }
            Event::RaisedAgain { grade, silent, location } => {
                self.grade = self.grade.max(*grade);
                self.silent |= *silent;
                // Whoever presses again stands by the call; that she was made to take it back
                // is not forgotten.
                self.retracted = false;
                self.locations.extend(location.filter(|one| !self.locations.contains(one)));
                self.presses = self.presses.saturating_add(1);
            }
            Event::Seen => {
                self.stage = Stage::Seen;
                self.seen_at = Some(at);
                self.rang_at = Some(at);
            }
            Event::EscalatedToAllDesks => {
                self.reach = Reach::AllDesks;
                self.rang_at = Some(at);
            }
            Event::EscalatedToDuty => {
                self.reach = Reach::Duty;
                self.rang_at = Some(at);
            }
            Event::RangAgain | Event::AskedAbout => self.rang_at = Some(at),
            Event::Graded { grade } => self.grade = *grade,
            Event::LocationAdded { location } => self.locations.push(*location),
            Event::Retracted { duress } => {
                self.retracted = true;
                self.duress |= *duress;
            }
            Event::Closed { outcome } => {
                self.stage = Stage::Closed;
                self.outcome = Some(*outcome);
            }
        }
    }

    /// While it is open there is always exactly one.
    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        let (Some(raised_at), Some(rang_at)) = (self.raised_at, self.rang_at) else {
            return Vec::new();
        };
        let due = match (self.stage, self.reach) {
            (Stage::Raised, Reach::OwnDesk) => {
                // Whichever comes first, should a pack put the duty officer before the desks.
                ("unseen", raised_at + rules.all_desks().min(rules.duty()))
            }
            (Stage::Raised, Reach::AllDesks) => ("unseen", raised_at + rules.duty()),
            (Stage::Raised, Reach::Duty) => ("unseen", rang_at + rules.ring_again()),
            (Stage::Seen, _) => ("still-open", rang_at + rules.still_open()),
            (Stage::Nothing | Stage::Closed, _) => return Vec::new(),
        };
        vec![Deadline { name: due.0, due_at: due.1 }]
    }

    fn elapsed(name: &str) -> Option<Command> {
        match name {
            "unseen" => Some(Command::Elapsed(Lapse::Unseen)),
            "still-open" => Some(Command::Elapsed(Lapse::StillOpen)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
