//! A note among helpers to keep away from somewhere. It ends by itself: what nobody renews is
//! forgotten, so that a street is not shunned for ever because of one night. It never names anybody.

use crate::Rules;
use kernel::{Aggregate, Deadline, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, id};
use serde::{Deserialize, Serialize};

/// Where a note stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// None yet.
    #[default]
    Nothing,
    /// It holds.
    Holds,
    /// Taken back by a person.
    Lifted,
    /// Nobody renewed it.
    Expired,
}

/// Why to keep away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A helper was hurt or attacked here.
    HelperHurt,
    /// A helper was threatened or followed here.
    Threat,
    /// People gather and drink here.
    Crowd,
    /// A loose dog.
    Dog,
    /// The way is dug up, flooded or icy.
    Ground,
    /// It is too dark to see who is there.
    Dark,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::HelperHurt, Self::Threat, Self::Crowd, Self::Dog, Self::Ground, Self::Dark];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HelperHurt => "volunteer.no-go-helper-hurt",
            Self::Threat => "volunteer.no-go-threat",
            Self::Crowd => "volunteer.no-go-crowd",
            Self::Dog => "volunteer.no-go-dog",
            Self::Ground => "volunteer.no-go-ground",
            Self::Dark => "volunteer.no-go-dark",
        }
    }
}

/// Where it is, without a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// At a public place of a register.
    Place(Id<id::Place>),
    /// Where a private row says.
    Private(Id<id::Private>),
}

/// The fold over one note's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoGo {
    /// Where it stands.
    pub stage: Stage,
    /// Whose teams it is for.
    pub district: Option<DistrictCode>,
    /// Where.
    pub spot: Option<Spot>,
    /// Why.
    pub reason: Option<Reason>,
    /// Until when.
    pub until: Option<Instant>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Note it.
    Note {
        /// Whose teams it is for.
        district: DistrictCode,
        /// Where.
        spot: Spot,
        /// Why.
        reason: Reason,
        /// Until when.
        until: Instant,
    },
    /// It still holds.
    Renew {
        /// Until when.
        until: Instant,
    },
    /// It no longer holds.
    Lift,
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a note has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Nobody has renewed it.
    Expiry,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Noted { district: DistrictCode, spot: Spot, reason: Reason, until: Instant },
    Renewed { until: Instant },
    Lifted,
    Expired,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Noted { .. } => "noted",
            Self::Renewed { .. } => "renewed",
            Self::Lifted => "lifted",
            Self::Expired => "expired",
        }
    }
}

/// How a note says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such note.
    NoSuchNote,
    /// The id is already taken.
    AlreadyNoted,
    /// It no longer holds; a new note is a new one.
    NoteEnded,
    /// That moment has passed, or lies too far ahead.
    NoteUntil,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::NoSuchNote, Self::AlreadyNoted, Self::NoteEnded, Self::NoteUntil];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchNote => "volunteer.no-such-note",
            Self::AlreadyNoted => "volunteer.already-noted",
            Self::NoteEnded => "volunteer.note-ended",
            Self::NoteUntil => "volunteer.note-until",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchNote => RefusalKind::Unknown,
            Self::AlreadyNoted | Self::NoteEnded => RefusalKind::Conflict,
            Self::NoteUntil => RefusalKind::Invalid,
        }
    }
}

impl NoGo {
    /// Whether teams are told of it at `now`; a note past its end is over even if its timer has
    /// not fired yet.
    pub fn holds(&self, now: Instant) -> bool {
        self.stage == Stage::Holds && self.until.is_some_and(|until| now < until)
    }
}

fn check_until(until: Instant, rules: &Rules, now: Instant) -> Result<(), Refused> {
    let within = now < until && until <= now + rules.no_go_max();
    if within { Ok(()) } else { Err(Refused::NoteUntil) }
}

impl Aggregate for NoGo {
    type Kind = id::NoGo;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.no_go";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        let over = self.until.is_some_and(|until| until <= now);
        match (self.stage, command) {
            (Stage::Holds, Command::Elapsed(Lapse::Expiry)) if over => Ok(vec![Event::Expired]),
            (_, Command::Elapsed(Lapse::Expiry))
            | (Stage::Lifted | Stage::Expired, Command::Lift) => Ok(vec![]),
            (Stage::Nothing, Command::Note { district, spot, reason, until }) => {
                check_until(until, rules, now)?;
                Ok(vec![Event::Noted { district, spot, reason, until }])
            }
            (Stage::Nothing, _) => Err(Refused::NoSuchNote),
            (_, Command::Note { .. }) => Err(Refused::AlreadyNoted),
            (Stage::Holds, Command::Lift) => Ok(vec![Event::Lifted]),
            (Stage::Holds, Command::Renew { until }) if !over => {
                check_until(until, rules, now)?;
                let same = self.until == Some(until);
                Ok(if same { vec![] } else { vec![Event::Renewed { until }] })
            }
            (_, Command::Renew { .. }) => Err(Refused::NoteEnded),
        }
    }

    fn apply(&mut self, event: &Event, _at: Instant) {
        match event {
            Event::Noted { district, spot, reason, until } => {
                self.stage = Stage::Holds;
                self.district = Some(district.clone());
                self.spot = Some(*spot);
                self.reason = Some(*reason);
                self.until = Some(*until);
            }
            Event::Renewed { until } => self.until = Some(*until),
            Event::Lifted => self.stage = Stage::Lifted,
            Event::Expired => self.stage = Stage::Expired,
        }
    }

    fn deadlines(&self, _rules: &Rules) -> Vec<Deadline> {
        let until = self.until.filter(|_| self.stage == Stage::Holds);
        until.map(|due_at| Deadline { name: "expiry", due_at }).into_iter().collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        (name == "expiry").then_some(Command::Elapsed(Lapse::Expiry))
    }
}

#[cfg(test)]
mod tests;
