//! A talk owed to a helper after an incident: arranged, held, or not wanted. One for each of the
//! two, since one may want it and the other not. What is said there is nobody's record.

use crate::Rules;
use kernel::{Aggregate, Deadline, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, id};
use serde::{Deserialize, Serialize};

/// Where a talk stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// None owed.
    #[default]
    Nothing,
    /// Owed, and nothing arranged.
    Owed,
    /// Arranged.
    Arranged,
    /// Held.
    Held,
    /// Not wanted.
    Waived,
}

/// After what a talk is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incident {
    /// An alarm of the team, or on its walk.
    Alarm(Id<id::Alarm>),
    /// A walk on which something happened.
    Walk(Id<id::Escort>),
    /// A watch that fell overdue.
    Watch(Id<id::Watch>),
    /// Something a patrol came upon.
    Sighting(Id<id::Sighting>),
}

/// The fold over one talk's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Debrief {
    /// Where it stands.
    pub stage: Stage,
    /// To whom it is owed.
    pub person: Option<Id<id::Person>>,
    /// Whose programme manager sees to it.
    pub district: Option<DistrictCode>,
    /// After what.
    pub after: Option<Incident>,
    /// Until when it is owed, or the programme manager is next reminded.
    pub due_at: Option<Instant>,
    /// When it is arranged for.
    pub arranged_at: Option<Instant>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A talk is owed. Given by the relay that sees the incident end.
    Owe {
        /// To whom.
        person: Id<id::Person>,
        /// Whose programme manager sees to it.
        district: DistrictCode,
        /// After what.
        after: Incident,
    },
    /// Arrange it, or for another time.
    Arrange {
        /// When.
        at: Instant,
    },
    /// It was held.
    Hold,
    /// The helper does not want it. She or he may still ask for it later.
    Waive,
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a talk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It is still owed.
    Overdue,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Owed { person: Id<id::Person>, district: DistrictCode, after: Incident, due_at: Instant },
    Arranged { at: Instant },
    Held,
    Waived,
    FellOverdue { again_at: Instant },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Owed { .. } => "owed",
            Self::Arranged { .. } => "arranged",
            Self::Held => "held",
            Self::Waived => "waived",
            Self::FellOverdue { .. } => "fell_overdue",
        }
    }
}

/// How a talk says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// None is owed here.
    NoSuchDebrief,
    /// It was held.
    AlreadyHeld,
    /// It cannot be arranged for a moment that has passed.
    DebriefPassed,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NoSuchDebrief, Self::AlreadyHeld, Self::DebriefPassed];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchDebrief => "volunteer.no-such-debrief",
            Self::AlreadyHeld => "volunteer.already-held",
            Self::DebriefPassed => "volunteer.debrief-passed",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchDebrief => RefusalKind::Unknown,
            Self::AlreadyHeld => RefusalKind::Conflict,
            Self::DebriefPassed => RefusalKind::Invalid,
        }
    }
}

impl Debrief {
    /// Whether somebody still has to see to it.
    pub const fn open(&self) -> bool {
        matches!(self.stage, Stage::Owed | Stage::Arranged)
    }
}

impl Aggregate for Debrief {
    type Kind = id::Debrief;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.debrief";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (Stage::Nothing, Command::Owe { person, district, after }) => {
                Ok(vec![Event::Owed { person, district, after, due_at: now + rules.debrief() }])
            }
            (_, Command::Elapsed(Lapse::Overdue)) => {
                let due = self.open() && self.due_at.is_some_and(|due_at| due_at <= now);
                let again_at = now + rules.debrief_again();
                Ok(if due { vec![Event::FellOverdue { again_at }] } else { vec![] })
            }
            (Stage::Nothing, _) => Err(Refused::NoSuchDebrief),
            (_, Command::Owe { .. })
            | (Stage::Held, Command::Hold)
            | (Stage::Waived, Command::Waive) => Ok(vec![]),
            (Stage::Held, _) => Err(Refused::AlreadyHeld),
            (_, Command::Arrange { at }) if at <= now => Err(Refused::DebriefPassed),
            (_, Command::Arrange { at }) if self.arranged_at == Some(at) && self.open() => {
                Ok(vec![])
            }
            (_, Command::Arrange { at }) => Ok(vec![Event::Arranged { at }]),
            (_, Command::Hold) => Ok(vec![Event::Held]),
            (_, Command::Waive) => Ok(vec![Event::Waived]),
        }
    }

    fn apply(&mut self, event: &Event, _at: Instant) {
        match event {
            Event::Owed { person, district, after, due_at } => {
                self.stage = Stage::Owed;
                self.person = Some(*person);
                self.district = Some(district.clone());
                self.after = Some(*after);
                self.due_at = Some(*due_at);
            }
            Event::Arranged { at } => {
                self.stage = Stage::Arranged;
                self.arranged_at = Some(*at);
                // It is asked about once its own time has passed, and not before.
                self.due_at = Some(self.due_at.map_or(*at, |due_at| due_at.max(*at)));
            }
            Event::Held => self.stage = Stage::Held,
            Event::Waived => self.stage = Stage::Waived,
            Event::FellOverdue { again_at } => self.due_at = Some(*again_at),
        }
    }

    /// While it is open there is always exactly one.
    fn deadlines(&self, _rules: &Rules) -> Vec<Deadline> {
        let due = self.due_at.filter(|_| self.open());
        due.map(|due_at| Deadline { name: "overdue", due_at }).into_iter().collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        (name == "overdue").then_some(Command::Elapsed(Lapse::Overdue))
    }
}

#[cfg(test)]
mod tests;
