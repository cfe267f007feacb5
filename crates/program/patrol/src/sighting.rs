//! Something a patrol or a rider noticed: noted in the street, also without network, handed to the
//! desk or as a defect to the register of lamps, and closed with what became of it. Where exactly,
//! in which words and with which photo is in private rows.

mod event;
mod kind;
mod refusal;

pub use event::Event;
pub use kind::{Defect, Kind, Outcome};
pub use refusal::Refused;

use crate::Rules;
use kernel::{Aggregate, Deadline, DistrictCode, Id, Instant, id};
use serde::{Deserialize, Serialize};

/// Where a sighting stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// None yet.
    #[default]
    Nothing,
    /// Noted; nobody has it in hand.
    Noted,
    /// Handed over; the other side has not said that it has it.
    HandedOver,
    /// The other side has it.
    InHand,
    /// Closed.
    Closed,
}

/// Who noticed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spotter {
    /// A patrol, or a team that walks others home.
    Team(Id<id::Team>),
    /// One person: a rider, a volunteer on her own way.
    Person(Id<id::Person>),
}

/// Where it was, without a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// At a thing or place of a register, as its pole's code says.
    Place(Id<id::Place>),
    /// Where a private row says.
    Private(Id<id::Private>),
}

/// To whom it is handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// The district's desk, which makes an alarm of it, or sends somebody.
    Desk,
    /// The register of what stands in the street, as a defect.
    Environment(Defect),
}

/// The fold over one sighting's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sighting {
    /// Where it stands.
    pub stage: Stage,
    /// What was noticed.
    pub kind: Option<Kind>,
    /// By whom.
    pub by: Option<Spotter>,
    /// On which round, if on one.
    pub round: Option<Id<id::Round>>,
    /// Whose desk it concerns.
    pub district: Option<DistrictCode>,
    /// Where.
    pub spot: Option<Spot>,
    /// The private rows with words or photos, the oldest first.
    pub attached: Vec<Id<id::Private>>,
    /// When the phone says it was noted.
    pub first_at: Option<Instant>,
    /// When it reached us.
    pub noted_at: Option<Instant>,
    /// Who has it, or should.
    pub receiver: Option<Receiver>,
    /// When it last moved or was last asked about.
    pub asked_at: Option<Instant>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

/// What was noticed, as the phone tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub kind: Kind,
    /// By whom.
    pub by: Spotter,
    /// On which round, if on one.
    pub round: Option<Id<id::Round>>,
    /// Whose desk it concerns.
    pub district: DistrictCode,
    /// Where.
    pub spot: Spot,
    /// The private row with words or a photo, if there is one.
    pub attached: Option<Id<id::Private>>,
    /// When the phone says; a hint, since phones' clocks are wrong.
    pub first_at: Instant,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Note it. Sent again after a time without network it changes nothing.
    Note(Notice),
    /// Add words or a photo.
    Attach {
        /// The private row.
        private: Id<id::Private>,
    },
    /// Hand it over, or to somebody else.
    HandOver {
        /// To whom.
        to: Receiver,
    },
    /// The other side has it in hand.
    Acknowledge,
    /// Say what became of it.
    Close {
        /// What.
        outcome: Outcome,
    },
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a sighting has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Nobody has it in hand.
    Waiting,
    /// It was handed over, and the other side has not said that it has it.
    Unacknowledged,
}

impl Sighting {
    /// Whether somebody still has to do something about it.
    pub const fn open(&self) -> bool {
        matches!(self.stage, Stage::Noted | Stage::HandedOver | Stage::InHand)
    }

    /// When its private rows are to be erased.
    pub fn erase_at(&self, rules: &Rules) -> Option<Instant> {
        self.closed_at.map(|closed_at| closed_at + rules.sighting_kept())
    }

    /// The deadline it has, if it waits for somebody.
    fn due(&self, rules: &Rules) -> Option<Deadline> {
        let asked_at = self.asked_at?;
        match (self.stage, self.receiver) {
            (Stage::Noted, _) => {
                Some(Deadline { name: "waiting", due_at: asked_at + rules.sighting_wait() })
            }
            (Stage::HandedOver, Some(Receiver::Desk)) => {
                Some(Deadline { name: "unacknowledged", due_at: asked_at + rules.desk_again() })
            }
            (Stage::HandedOver, Some(Receiver::Environment(_))) => {
                Some(Deadline { name: "unacknowledged", due_at: asked_at + rules.defect_again() })
            }
            _ => None,
        }
    }

    fn decide_note(notice: Notice, now: Instant) -> Vec<Event> {
        let Notice { kind, by, round, district, spot, attached, first_at } = notice;
        // Nothing was noticed after it reached us.
        let first_at = first_at.min(now);
        let noted = Event::Noted { kind, by, round, district, spot, attached, first_at };
        // What cannot wait is at the desk before anybody has pressed twice.
        let urgent = kind.urgent().then_some(Event::HandedOver { to: Receiver::Desk });
        [noted].into_iter().chain(urgent).collect()
    }

    fn decide_hand_over(&self, to: Receiver) -> Result<Vec<Event>, Refused> {
        // The desk may find that what was called something else is a defect.
        let broken = self.kind.is_some_and(|kind| kind == Kind::Other || kind.defect().is_some());
        match to {
            _ if self.receiver == Some(to) => Ok(vec![]),
            Receiver::Environment(_) if !broken => Err(Refused::NotADefect),
            _ => Ok(vec![Event::HandedOver { to }]),
        }
    }
}

impl Aggregate for Sighting {
    type Kind = id::Sighting;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "patrol.sighting";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Elapsed(_)) => {
                let due = self.due(rules).is_some_and(|due| due.due_at <= now);
                Ok(if due { vec![Event::AskedAbout] } else { vec![] })
            }
            (Stage::Nothing, Command::Note(notice)) => Ok(Self::decide_note(notice, now)),
            (Stage::Nothing, _) => Err(Refused::NoSuchSighting),
            (_, Command::Note(notice)) => {
                let same = self.kind == Some(notice.kind) && self.by == Some(notice.by);
                if same { Ok(vec![]) } else { Err(Refused::AlreadyNoted) }
            }
            (_, Command::Attach { private }) if self.attached.contains(&private) => Ok(vec![]),
            (Stage::Closed, Command::Close { outcome }) if self.outcome == Some(outcome) => {
                Ok(vec![])
            }
            (Stage::InHand | Stage::Closed, Command::Acknowledge) => Ok(vec![]),
            (Stage::Closed, _) => Err(Refused::SightingClosed),
            (_, Command::Attach { private }) => Ok(vec![Event::Attached { private }]),
            (_, Command::HandOver { to }) => self.decide_hand_over(to),
            (Stage::Noted, Command::Acknowledge) => Err(Refused::NotHandedOver),
            (_, Command::Acknowledge) => Ok(vec![Event::Acknowledged]),
            (Stage::HandedOver, Command::Close { .. }) => Err(Refused::NotInHand),
            (_, Command::Close { outcome }) => Ok(vec![Event::Closed { outcome }]),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Noted { kind, by, round, district, spot, attached, first_at } => {
                self.stage = Stage::Noted;
                self.kind = Some(*kind);
                self.by = Some(*by);
                self.round = *round;
                self.district = Some(district.clone());
                self.spot = Some(*spot);
                self.attached.extend(*attached);
                self.first_at = Some(*first_at);
                self.noted_at = Some(at);
                self.asked_at = Some(at);
            }
            Event::Attached { private } => self.attached.push(*private),
            Event::HandedOver { to } => {
                self.stage = Stage::HandedOver;
                self.receiver = Some(*to);
                self.asked_at = Some(at);
            }
            Event::AskedAbout => self.asked_at = Some(at),
            Event::Acknowledged => self.stage = Stage::InHand,
            Event::Closed { outcome } => {
                self.stage = Stage::Closed;
                self.outcome = Some(*outcome);
                self.closed_at = Some(at);
            }
        }
    }

    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        self.due(rules).into_iter().collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        match name {
            "waiting" => Some(Command::Elapsed(Lapse::Waiting)),
            "unacknowledged" => Some(Command::Elapsed(Lapse::Unacknowledged)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
