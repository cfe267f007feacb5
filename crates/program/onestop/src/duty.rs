//! The dated rules a center works by: who counts as a child or youth, and what the law asks to be
//! told. A city's pack writes them, with their source and whoever confirmed them; they are read in
//! the caseworker's browser, because no server knows a case. What a server does is to keep in the
//! journal since when which rules hold.

use kernel::{Aggregate, Fact, Instant, RefusalKind};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write},
};

/// How a rule of age counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgeKind {
    /// Under 19, except from 1 January of the year they turn 19: the year of birth is enough.
    #[serde(rename = "under_19_until_its_year")]
    Under19UntilItsYear,
    /// Under 19 on the day.
    #[serde(rename = "under_19")]
    Under19,
}

/// On which day an age is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeOn {
    /// The day it happened.
    Incident,
    /// The day somebody asks.
    Today,
}

/// What must be true for a duty to be one. All that a duty names must.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The duty's rule of age says yes.
    Age,
    /// Rape or sexual assault by the intake, or filming, spreading or faking pictures.
    SexualOffense,
    /// A caregiver is among those who did it.
    ByCaregiver,
    /// She lives with a disability.
    Disability,
}

/// What a duty's packet can hold, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PacketField {
    /// What to call her.
    Called,
    /// Her year of birth.
    BirthYear,
    /// Her sex as the intake has it.
    Sex,
    /// The type by the intake's first yes.
    IncidentType,
    /// The day, or as much of it as is known.
    IncidentDate,
    /// What kind of place.
    IncidentPlace,
    /// What those who did it are to her.
    Relationship,
    /// How she may be reached without harm.
    SafeContact,
    /// Whether she knows that this is told.
    Told,
    /// Which center reports, and its number to call.
    Reporter,
}

/// By when a duty is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// At once.
    Immediately,
    /// Within so many hours of knowing; 1 to 720.
    Hours(u16),
}

impl Deadline {
    /// The hours there are; none: at once.
    pub const fn hours(self) -> Option<u16> {
        match self {
            Self::Immediately => None,
            Self::Hours(hours) => Some(hours),
        }
    }
}

/// SHA-256 of what a rule says. Serialized as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RuleHash(pub [u8; 32]);

impl fmt::Debug for RuleHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl From<RuleHash> for String {
    fn from(hash: RuleHash) -> Self {
        hash.0.iter().fold(Self::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl TryFrom<String> for RuleHash {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "a rule's hash is 64 lowercase hexadecimal digits";
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(WRONG),
        };
        if text.len() != 64 {
            return Err(WRONG);
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

/// The rules a network works by, as far as the journal keeps them: which, and the hash of what each
/// says. Whoever has the pack of that day can prove that it was this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulebook {
    /// By name: its list in the pack, its key, the day it begins.
    pub rules: BTreeMap<String, RuleHash>,
    /// Since when.
    pub since: Option<Instant>,
}

/// What can be asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The city has started with these.
    Open {
        /// All of them.
        rules: BTreeMap<String, RuleHash>,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Others hold from now on.
    Changed {
        /// Those that are new or say something else, with what they say now.
        put: BTreeMap<String, RuleHash>,
        /// Those that are no longer there.
        removed: BTreeSet<String>,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
        }
    }
}

/// A rulebook refuses nothing: what cannot be is refused with the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {}

impl kernel::Refusal for Never {
    fn code(self) -> &'static str {
        match self {}
    }
    fn kind(self) -> RefusalKind {
        match self {}
    }
}

impl Aggregate for Rulebook {
    type Kind = kernel::id::Rulebook;
    type Command = Command;
    type Event = Event;
    type Refusal = Never;
    type Rules = ();
    const STREAM: &'static str = "onestop.rulebook";

    fn decide(&self, command: Command, (): &(), _now: Instant) -> Result<Vec<Event>, Never> {
        let Command::Open { rules } = command;
        let removed: BTreeSet<String> =
            self.rules.keys().filter(|name| !rules.contains_key(*name)).cloned().collect();
        let put: BTreeMap<_, _> =
            rules.into_iter().filter(|(name, says)| self.rules.get(name) != Some(says)).collect();
        let same = put.is_empty() && removed.is_empty();
        Ok(if same { Vec::new() } else { vec![Event::Changed { put, removed }] })
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        let Event::Changed { put, removed } = event;
        self.rules.retain(|name, _| !removed.contains(name));
        self.rules.extend(put.iter().map(|(name, says)| (name.clone(), *says)));
        self.since = Some(at);
    }
}

#[cfg(test)]
mod tests;
