//! A timer kept for a helper: a team out alone says now and then that it is well, and nobody is
//! forgotten on her own way home. Silence is the signal: first she is asked, then the desk rings,
//! then the duty officer. Once the desk has rung, only a person ends it.

mod event;
mod refusal;

pub use event::Event;
pub use refusal::Refused;

use crate::Rules;
use kernel::{Aggregate, Deadline, DistrictCode, Id, Instant, Span, id};
use serde::{Deserialize, Serialize};

/// Where a watch stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not started.
    #[default]
    Nothing,
    /// Running; a sign of life is not due yet.
    Running,
    /// It was due, and she was asked.
    Asked,
    /// She did not answer: it rings at the desk.
    Overdue,
    /// A person at the desk has seen it.
    Seen,
    /// Ended.
    Ended,
}

/// Who is watched over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watched {
    /// A team out alone.
    Team(Id<id::Team>),
    /// One helper, on her or his own way home.
    Person(Id<id::Person>),
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A sign of life, again and again until it is ended.
    CheckIn,
    /// The word that she or he is home.
    WayHome,
}

/// How far an overdue watch was carried while unseen.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It rings at its district's desk.
    #[default]
    Desk,
    /// At the duty officer too.
    Duty,
}

/// How a watch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// She said so herself, in time.
    SaidSo,
    /// The desk reached her, and she is well.
    Reached,
    /// Somebody went and found her well.
    FoundWell,
    /// She needed help and had it.
    Helped,
    /// An alarm took its place.
    Alarm,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::SaidSo, Self::Reached, Self::FoundWell, Self::Helped, Self::Alarm];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SaidSo => "volunteer.watch-said-so",
            Self::Reached => "volunteer.watch-reached",
            Self::FoundWell => "volunteer.watch-found-well",
            Self::Helped => "volunteer.watch-helped",
            Self::Alarm => "volunteer.watch-alarm",
        }
    }
}

/// The fold over one watch's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watch {
    /// Where it stands.
    pub stage: Stage,
    /// Who is watched over.
    pub who: Option<Watched>,
    /// What is waited for.
    pub purpose: Option<Purpose>,
    /// Whose desk rings.
    pub district: Option<DistrictCode>,
    /// Minutes between signs of life, or to the way's end.
    pub minutes: u16,
    /// When the next sign of life is due.
    pub due_at: Option<Instant>,
    /// How far it was carried.
    pub reach: Reach,
    /// When it last rang, or the desk was last asked about it.
    pub rang_at: Option<Instant>,
    /// When she was last heard of.
    pub heard_at: Option<Instant>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start the timer.
    Start {
        /// Who is watched over.
        who: Watched,
        /// What is waited for.
        purpose: Purpose,
        /// Whose desk rings.
        district: DistrictCode,
        /// Minutes between signs of life, or to the way's end; `None` for what the pack says.
        minutes: Option<u16>,
    },
    /// All is well; on the way home, still under way.
    CheckIn,
    /// It takes so much longer.
    Extend {
        /// From now on.
        minutes: u16,
    },
    /// Home, or off duty: no more signs of life will come.
    End,
    /// A person at the desk has seen it.
    Acknowledge,
    /// End it from the desk.
    Close {
        /// How it ended.
        outcome: Outcome,
    },
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a watch has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// A sign of life is due.
    Due,
    /// She was asked and has not answered.
    Grace,
    /// Nobody has seen that it rings.
    Unseen,
    /// Seen, and still open.
    StillOpen,
}

impl Watch {
    /// Whether somebody still has to do something about it.
    pub const fn open(&self) -> bool {
        !matches!(self.stage, Stage::Nothing | Stage::Ended)
    }

    /// Whether it has rung at the desk.
    const fn rung(&self) -> bool {
        matches!(self.stage, Stage::Overdue | Stage::Seen)
    }

    fn overdue_at(&self, rules: &Rules) -> Option<Instant> {
        self.due_at.map(|due_at| due_at + rules.watch_grace())
    }

    /// The next ring while nobody has seen it: the duty officer, then again and again. Whoever was
    /// heard of meanwhile is asked about, not rung for.
    fn ring_at(&self, rules: &Rules) -> Option<Instant> {
        let again = match (self.heard_at, self.reach) {
            (Some(_), _) => rules.watch_still_open(),
            (None, Reach::Desk) => rules.watch_duty(),
            (None, Reach::Duty) => rules.watch_again(),
        };
        self.rang_at.map(|rang_at| rang_at + again)
    }

    fn decide_start(
        who: Watched,
        purpose: Purpose,
        district: DistrictCode,
        minutes: Option<u16>,
        rules: &Rules,
    ) -> Result<Vec<Event>, Refused> {
        let minutes = minutes.unwrap_or(rules.check_in_minutes);
        check_minutes(minutes, rules)?;
        Ok(vec![Event::Started { who, purpose, district, minutes }])
    }

    /// Everything that is due by now and has not happened: after an outage all of it at once.
    fn decide_silence(&self, rules: &Rules, now: Instant) -> Vec<Event> {
        let lapsed = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let asked = (self.stage == Stage::Running && lapsed(self.due_at)).then_some(Event::Asked);
        let waiting = matches!(self.stage, Stage::Running | Stage::Asked);
        let overdue = (waiting && lapsed(self.overdue_at(rules))).then_some(Event::FellOverdue);
        asked.into_iter().chain(overdue).collect()
    }

    fn decide_elapsed(&self, lapse: Lapse, rules: &Rules, now: Instant) -> Vec<Event> {
        let rings = self.ring_at(rules).is_some_and(|at| at <= now);
        let asked = self.rang_at.is_some_and(|at| at + rules.watch_still_open() <= now);
        match (lapse, self.stage) {
            (Lapse::Due, Stage::Running) | (Lapse::Grace, Stage::Running | Stage::Asked) => {
                self.decide_silence(rules, now)
            }
            (Lapse::Unseen, Stage::Overdue) if rings && self.heard_at.is_some() => {
                vec![Event::AskedAbout]
            }
            (Lapse::Unseen, Stage::Overdue) if rings && self.reach == Reach::Desk => {
                vec![Event::EscalatedToDuty]
            }
            (Lapse::Unseen, Stage::Overdue) if rings => vec![Event::RangAgain],
            (Lapse::StillOpen, Stage::Seen) if asked => vec![Event::AskedAbout],
            _ => vec![],
        }
    }

    /// What she says herself.
    fn decide_sign(&self, command: &Command, rules: &Rules) -> Result<Vec<Event>, Refused> {
        // What has rung at the desk only a person ends: she may be made to say that all is well.
        if self.rung() {
            return Ok(vec![Event::HeardFrom]);
        }
        match command {
            Command::Extend { minutes } => {
                check_minutes(*minutes, rules)?;
                Ok(vec![Event::CheckedIn { minutes: *minutes }])
            }
            Command::End => Ok(vec![Event::Ended { outcome: Outcome::SaidSo }]),
            _ => Ok(vec![Event::CheckedIn { minutes: self.minutes }]),
        }
    }

    fn decide_close(&self, outcome: Outcome) -> Result<Vec<Event>, Refused> {
        match self.stage {
            // An alarm has clocks of its own and rings louder.
            _ if outcome == Outcome::Alarm => Ok(vec![Event::Ended { outcome }]),
            Stage::Overdue => Err(Refused::WatchNotSeen),
            Stage::Seen if outcome == Outcome::SaidSo => Err(Refused::WatchOutcome),
            Stage::Seen => Ok(vec![Event::Ended { outcome }]),
            _ => Err(Refused::WatchRunning),
        }
    }
}

fn check_minutes(minutes: u16, rules: &Rules) -> Result<(), Refused> {
    let within = minutes > 0 && Span::minutes(minutes.into()) <= rules.watch_max();
    if within { Ok(()) } else { Err(Refused::WatchTooLong) }
}

impl Aggregate for Watch {
    type Kind = id::Watch;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.watch";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Elapsed(lapse)) => Ok(self.decide_elapsed(lapse, rules, now)),
            (Stage::Nothing, Command::Start { who, purpose, district, minutes }) => {
                Self::decide_start(who, purpose, district, minutes, rules)
            }
            (Stage::Nothing, _) => Err(Refused::NoSuchWatch),
            (_, Command::Start { .. }) => Err(Refused::WatchStarted),
            (Stage::Ended, Command::End | Command::Acknowledge) => Ok(vec![]),
            (Stage::Ended, Command::Close { outcome }) if self.outcome == Some(outcome) => {
                Ok(vec![])
            }
            (Stage::Ended, _) => Err(Refused::WatchEnded),
            (Stage::Overdue, Command::Acknowledge) => Ok(vec![Event::Seen]),
            (_, Command::Acknowledge) => Ok(vec![]),
            (_, Command::Close { outcome }) => self.decide_close(outcome),
            (_, command) => self.decide_sign(&command, rules),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Started { who, purpose, district, minutes } => {
                self.stage = Stage::Running;
                self.who = Some(*who);
                self.purpose = Some(*purpose);
                self.district = Some(district.clone());
                self.minutes = *minutes;
                self.due_at = Some(at + Span::minutes((*minutes).into()));
            }
            Event::CheckedIn { minutes } => {
                self.stage = Stage::Running;
                self.due_at = Some(at + Span::minutes((*minutes).into()));
            }
            Event::Asked => self.stage = Stage::Asked,
            Event::FellOverdue => {
                self.stage = Stage::Overdue;
                self.rang_at = Some(at);
            }
            Event::HeardFrom => self.heard_at = Some(at),
            Event::EscalatedToDuty => {
                self.reach = Reach::Duty;
                self.rang_at = Some(at);
            }
            Event::RangAgain | Event::AskedAbout => self.rang_at = Some(at),
            Event::Seen => {
                self.stage = Stage::Seen;
                self.rang_at = Some(at);
            }
            Event::Ended { outcome } => {
                self.stage = Stage::Ended;
                self.outcome = Some(*outcome);
            }
        }
    }

    /// While it is open there is always exactly one.
    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        let due = match self.stage {
            Stage::Running => ("due", self.due_at),
            Stage::Asked => ("grace", self.overdue_at(rules)),
            Stage::Overdue => ("unseen", self.ring_at(rules)),
            Stage::Seen => ("still-open", self.rang_at.map(|at| at + rules.watch_still_open())),
            Stage::Nothing | Stage::Ended => return Vec::new(),
        };
        due.1.map(|due_at| Deadline { name: due.0, due_at }).into_iter().collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        let lapse = match name {
            "due" => Lapse::Due,
            "grace" => Lapse::Grace,
            "unseen" => Lapse::Unseen,
            "still-open" => Lapse::StillOpen,
            _ => return None,
        };
        Some(Command::Elapsed(lapse))
    }
}

#[cfg(test)]
mod tests;
