//! The streets one patrol looks after, drawn once and changed now and then.

use crate::Rules;
use kernel::{Aggregate, DistrictCode, Fact, Instant, Refusal, RefusalKind, id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Streets a beat may have: more than two people can see in a week of nights.
pub const SEGMENTS_MAX: usize = 600;

/// A stretch of street between two corners, by the number the city's map gives it. The map keeps
/// the number from one import to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Segment(pub u64);

/// Where a beat stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not drawn.
    #[default]
    Nothing,
    /// Rounds can be walked.
    Drawn,
    /// No longer walked.
    Retired,
}

/// The fold over one beat's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beat {
    /// Where it stands.
    pub stage: Stage,
    /// Whose patrols walk it.
    pub district: Option<DistrictCode>,
    /// Its streets.
    pub segments: BTreeSet<Segment>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Draw it, or draw it anew.
    Draw {
        /// Whose patrols walk it.
        district: DistrictCode,
        /// Its streets.
        segments: BTreeSet<Segment>,
    },
    /// Walk it no more.
    Retire,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Drawn { district: DistrictCode, segments: BTreeSet<Segment> },
    Retired,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Drawn { .. } => "drawn",
            Self::Retired => "retired",
        }
    }
}

/// How a beat says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such beat.
    NoSuchBeat,
    /// It is no longer walked; a new beat is a new one.
    BeatRetired,
    /// A beat without streets is none.
    BeatEmpty,
    /// More streets than a patrol can look after.
    BeatTooLarge,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::NoSuchBeat, Self::BeatRetired, Self::BeatEmpty, Self::BeatTooLarge];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchBeat => "patrol.no-such-beat",
            Self::BeatRetired => "patrol.beat-retired",
            Self::BeatEmpty => "patrol.beat-empty",
            Self::BeatTooLarge => "patrol.beat-too-large",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchBeat => RefusalKind::Unknown,
            Self::BeatRetired => RefusalKind::Conflict,
            Self::BeatEmpty | Self::BeatTooLarge => RefusalKind::Invalid,
        }
    }
}

impl Beat {
    /// What a round through it begins with.
    ///
    /// # Errors
    /// There is no beat to walk.
    pub fn to_walk(&self) -> Result<&BTreeSet<Segment>, Refused> {
        match self.stage {
            Stage::Nothing => Err(Refused::NoSuchBeat),
            Stage::Drawn => Ok(&self.segments),
            Stage::Retired => Err(Refused::BeatRetired),
        }
    }
}

impl Aggregate for Beat {
    type Kind = id::Beat;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "patrol.beat";

    fn decide(&self, command: Command, _: &Rules, _now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (Stage::Retired, Command::Retire) => Ok(vec![]),
            (Stage::Retired, Command::Draw { .. }) => Err(Refused::BeatRetired),
            (Stage::Nothing, Command::Retire) => Err(Refused::NoSuchBeat),
            (Stage::Drawn, Command::Retire) => Ok(vec![Event::Retired]),
            (_, Command::Draw { segments, .. }) if segments.is_empty() => Err(Refused::BeatEmpty),
            (_, Command::Draw { segments, .. }) if segments.len() > SEGMENTS_MAX => {
                Err(Refused::BeatTooLarge)
            }
            (_, Command::Draw { district, segments }) => {
                let same = self.segments == segments && self.district.as_ref() == Some(&district);
                Ok(if same { vec![] } else { vec![Event::Drawn { district, segments }] })
            }
        }
    }

    fn apply(&mut self, event: &Event, _at: Instant) {
        match event {
            Event::Drawn { district, segments } => {
                self.stage = Stage::Drawn;
                self.district = Some(district.clone());
                self.segments.clone_from(segments);
            }
            Event::Retired => self.stage = Stage::Retired,
        }
    }
}

#[cfg(test)]
mod tests;
