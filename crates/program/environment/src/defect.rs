//! Something broken in the street: noted by whoever saw it, open until somebody says what
//! became of it. Where exactly, if at no registered thing, is in a private row.

use crate::Rules;
use kernel::{Aggregate, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, id};
use serde::{Deserialize, Serialize};

/// What is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A lamp.
    Lamp,
    /// A camera.
    Camera,
    /// A bell.
    Bell,
    /// A sign.
    Sign,
    /// The ground.
    Ground,
    /// The view: something hides what is behind it.
    View,
    /// A building that stands open.
    Building,
}

/// Where it is, without a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// At a thing or place of a register.
    Place(Id<id::Place>),
    /// Where a private row says.
    Private(Id<id::Private>),
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is repaired.
    Repaired,
    /// Nothing was broken there any more.
    NothingThere,
    /// It had been noted before.
    KnownAlready,
}

/// Where a defect stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// None yet.
    #[default]
    Nothing,
    /// Noted, and not repaired.
    Open,
    /// Closed.
    Closed,
}

/// The fold over one defect's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defect {
    /// Where it stands.
    pub stage: Stage,
    /// What is broken.
    pub part: Option<Part>,
    /// Whose street it is.
    pub district: Option<DistrictCode>,
    /// Where.
    pub spot: Option<Spot>,
    /// When it was noticed.
    pub noticed_at: Option<Instant>,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Note it. Told again it changes nothing.
    Note {
        /// What is broken.
        part: Part,
        /// Whose street it is.
        district: DistrictCode,
        /// Where.
        spot: Spot,
        /// When it was noticed.
        noticed_at: Instant,
    },
    /// Say what became of it.
    Close {
        /// What.
        outcome: Outcome,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Noted { part: Part, district: DistrictCode, spot: Spot, noticed_at: Instant },
    Closed { outcome: Outcome },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Noted { .. } => "noted",
            Self::Closed { .. } => "closed",
        }
    }
}

/// How a defect says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such defect.
    NoSuchDefect,
    /// It is closed with another outcome.
    DefectClosed,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::NoSuchDefect, Self::DefectClosed];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchDefect => "environment.no-such-defect",
            Self::DefectClosed => "environment.defect-closed",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchDefect => RefusalKind::Unknown,
            Self::DefectClosed => RefusalKind::Conflict,
        }
    }
}

impl Aggregate for Defect {
    type Kind = id::Defect;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "environment.defect";

    fn decide(&self, command: Command, _: &Rules, _now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (Stage::Nothing, Command::Note { part, district, spot, noticed_at }) => {
                Ok(vec![Event::Noted { part, district, spot, noticed_at }])
            }
            (Stage::Nothing, Command::Close { .. }) => Err(Refused::NoSuchDefect),
            (_, Command::Note { .. }) => Ok(vec![]),
            (Stage::Open, Command::Close { outcome }) => Ok(vec![Event::Closed { outcome }]),
            (Stage::Closed, Command::Close { outcome }) if self.outcome == Some(outcome) => {
                Ok(vec![])
            }
            (Stage::Closed, Command::Close { .. }) => Err(Refused::DefectClosed),
        }
    }

    fn apply(&mut self, event: &Event, _at: Instant) {
        match event {
            Event::Noted { part, district, spot, noticed_at } => {
                self.stage = Stage::Open;
                self.part = Some(*part);
                self.district = Some(district.clone());
                self.spot = Some(*spot);
                self.noticed_at = Some(*noticed_at);
            }
            Event::Closed { outcome } => {
                self.stage = Stage::Closed;
                self.outcome = Some(*outcome);
            }
        }
    }
}

#[cfg(test)]
mod tests;
