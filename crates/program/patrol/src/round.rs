//! One walk of a patrol along its beat: begun by two people who may go out, ended by them or by the
//! clock. The streets they walked are told all together when they are back: the phone knows the
//! order and the moments, the journal must not.

use crate::{Rules, Segment};
use kernel::{
    Aggregate, Deadline, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, Span, id,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use volunteer::{Standing, team};

/// Where a round stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not begun.
    #[default]
    Nothing,
    /// Under way.
    Walking,
    /// Ended.
    Ended,
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The patrol said so.
    Finished,
    /// The patrol broke it off: weather, an incident, somebody unwell.
    BrokenOff,
    /// Nobody said so, and it was late.
    Forgotten,
}

/// The fold over one round's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// Where it stands.
    pub stage: Stage,
    /// Which beat.
    pub beat: Option<Id<id::Beat>>,
    /// Which team.
    pub team: Option<Id<id::Team>>,
    /// Whose patrols they are.
    pub district: Option<DistrictCode>,
    /// The beat's streets as they were when it began.
    pub segments: BTreeSet<Segment>,
    /// Those of them that were walked.
    pub visited: BTreeSet<Segment>,
    /// When it began.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// How it ended.
    pub ending: Option<Ending>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Set out.
    Start(Start),
    /// Come back. Sent again, or after a time without network, it adds what was walked and not
    /// noted yet, and changes nothing else.
    End {
        /// Whether it was walked to its end.
        finished: bool,
        /// The streets that were walked; those outside the beat are left out.
        segments: BTreeSet<Segment>,
    },
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// A round as it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Which beat.
    pub beat: Id<id::Beat>,
    /// Whose patrols they are.
    pub district: DistrictCode,
    /// The beat's streets, from [`crate::Beat::to_walk`].
    pub segments: BTreeSet<Segment>,
    /// Which team.
    pub team: Id<id::Team>,
    /// The two, as the volunteer register knows them now.
    pub standings: [Standing; 2],
}

/// The deadlines a round has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It should have ended by now.
    Forgotten,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A patrol has set out.
    Started {
        /// Which beat.
        beat: Id<id::Beat>,
        /// Whose patrols they are.
        district: DistrictCode,
        /// The beat's streets.
        segments: BTreeSet<Segment>,
        /// Which team.
        team: Id<id::Team>,
    },
    /// Streets were walked.
    Visited {
        /// Which of the beat's, for the first time in this round.
        segments: BTreeSet<Segment>,
        /// When the round was over: they were walked by then.
        by: Instant,
    },
    /// The patrol is back, or nobody said so.
    Ended {
        /// How.
        ending: Ending,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::Visited { .. } => "visited",
            Self::Ended { .. } => "ended",
        }
    }
}

/// How a round says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such round.
    NoSuchRound,
    /// The id is already taken.
    RoundStarted,
    /// It has ended.
    RoundEnded,
    /// There is nothing to walk.
    NothingToWalk,
    /// The rule for those who go out in twos that says no.
    Team(team::Refused),
}

impl Refused {
    /// One of each code, for catalogues and tables.
    pub const ALL: [Self; 4] =
        [Self::NoSuchRound, Self::RoundStarted, Self::RoundEnded, Self::NothingToWalk];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchRound => "patrol.no-such-round",
            Self::RoundStarted => "patrol.round-started",
            Self::RoundEnded => "patrol.round-ended",
            Self::NothingToWalk => "patrol.nothing-to-walk",
            Self::Team(refused) => refused.code(),
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchRound => RefusalKind::Unknown,
            Self::RoundStarted | Self::RoundEnded => RefusalKind::Conflict,
            Self::NothingToWalk => RefusalKind::Invalid,
            Self::Team(refused) => refused.kind(),
        }
    }
}

impl Round {
    /// The streets of the beat that were walked and are not noted yet.
    fn decide_walked(
        &self,
        segments: &BTreeSet<Segment>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Option<Event>, Refused> {
        let new = |one: &&Segment| self.segments.contains(one) && !self.visited.contains(one);
        let segments: BTreeSet<Segment> = segments.iter().filter(new).copied().collect();
        let by = self.ended_at.unwrap_or(now);
        if segments.is_empty() {
            Ok(None)
        } else if now <= by + rules.round_late() {
            Ok(Some(Event::Visited { segments, by }))
        } else {
            Err(Refused::RoundEnded)
        }
    }

    fn decide_end(
        &self,
        finished: bool,
        segments: &BTreeSet<Segment>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let walked = self.decide_walked(segments, rules, now)?;
        let ending = if finished { Ending::Finished } else { Ending::BrokenOff };
        let ended = (self.stage == Stage::Walking).then_some(Event::Ended { ending });
        Ok(walked.into_iter().chain(ended).collect())
    }

    fn decide_start(start: Start, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        let Start { beat, district, segments, team, standings } = start;
        if segments.is_empty() {
            return Err(Refused::NothingToWalk);
        }
        team::check_pair(&standings, rules.woman_required, now).map_err(Refused::Team)?;
        Ok(vec![Event::Started { beat, district, segments, team }])
    }

    /// When it ends by itself.
    fn forgotten_at(&self, rules: &Rules) -> Option<Instant> {
        let walking = self.stage == Stage::Walking;
        self.started_at.filter(|_| walking).map(|started_at| started_at + rules.round_max())
    }

    /// How long it took, or has taken by `now`.
    pub fn lasted(&self, now: Instant) -> Span {
        self.started_at.map_or(Span::ZERO, |from| self.ended_at.unwrap_or(now).since(from))
    }
}

impl Aggregate for Round {
    type Kind = id::Round;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "patrol.round";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Elapsed(Lapse::Forgotten)) => {
                let due = self.forgotten_at(rules).is_some_and(|at| at <= now);
                let ending = Ending::Forgotten;
                Ok(if due { vec![Event::Ended { ending }] } else { vec![] })
            }
            (Stage::Nothing, Command::Start(start)) => Self::decide_start(start, rules, now),
            (Stage::Nothing, _) => Err(Refused::NoSuchRound),
            (_, Command::Start(start)) => {
                // The phone that did not hear our answer asks once more.
                let same = self.team == Some(start.team) && self.beat == Some(start.beat);
                if same { Ok(vec![]) } else { Err(Refused::RoundStarted) }
            }
            (_, Command::End { finished, segments }) => {
                self.decide_end(finished, &segments, rules, now)
            }
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Started { beat, district, segments, team } => {
                self.stage = Stage::Walking;
                self.beat = Some(*beat);
                self.district = Some(district.clone());
                self.segments.clone_from(segments);
                self.team = Some(*team);
                self.started_at = Some(at);
            }
            Event::Visited { segments, .. } => self.visited.extend(segments),
            Event::Ended { ending } => {
                self.stage = Stage::Ended;
                self.ending = Some(*ending);
                self.ended_at = Some(at);
            }
        }
    }

    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        let due = self.forgotten_at(rules);
        due.map(|due_at| Deadline { name: "forgotten", due_at }).into_iter().collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        (name == "forgotten").then_some(Command::Elapsed(Lapse::Forgotten))
    }
}

#[cfg(test)]
mod tests;
