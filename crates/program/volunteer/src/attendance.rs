//! Whether one person is out tonight, with which team, and whether she or he wants to be left
//! alone. One stream per person, so that nobody is on duty in two teams at once: going on duty
//! acts on the team's stream and on both members' in one transaction.

use crate::{Lack, Rules, Standing, Term};
use kernel::{Aggregate, Deadline, Fact, Id, Instant, Refusal, RefusalKind, Span, id};
use serde::{Deserialize, Serialize};

/// Whether offers and calls may reach somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mute {
    /// They may.
    #[default]
    Off,
    /// Not until then.
    Until(Instant),
    /// Not until she or he says so.
    UntilUnmuted,
}

impl Mute {
    /// Whether nothing may be sent at `now`.
    pub fn holds(self, now: Instant) -> bool {
        match self {
            Self::Off => false,
            Self::Until(until) => now < until,
            Self::UntilUnmuted => true,
        }
    }
}

/// A turn of duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// With which team.
    pub team: Id<id::Team>,
    /// Since when.
    pub since: Instant,
}

/// The fold over one person's duty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attendance {
    /// The turn under way; `None` off duty.
    pub turn: Option<Turn>,
    /// Whether she or he is left alone.
    pub mute: Mute,
}

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Go on duty. Given in the same transaction as the team's own.
    ClockIn {
        /// With which team.
        team: Id<id::Team>,
        /// As the volunteer register knows her or him now.
        standing: Standing,
        /// Where her or his time of service stands.
        term: Term,
        /// What is left of the week's hours, from [`crate::Ledger::week_left`]; `None` without
        /// limit.
        week_left: Option<Span>,
    },
    /// Go off duty, or be carried off it by the end of the team's shift.
    ClockOut {
        /// With which team.
        team: Id<id::Team>,
        /// When the team went off duty.
        ended_at: Instant,
    },
    /// Be left alone, on duty or off: no offer, no call, no message.
    Mute {
        /// Until then; `None` until it is taken back.
        until: Option<Instant>,
    },
    /// Be reached again.
    Unmute,
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a person's duty has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// The time of being left alone is over.
    Mute,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    ClockedIn { team: Id<id::Team> },
    ClockedOut { team: Id<id::Team>, from: Instant, until: Instant },
    Muted { until: Option<Instant> },
    Unmuted,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::ClockedIn { .. } => "clocked_in",
            Self::ClockedOut { .. } => "clocked_out",
            Self::Muted { .. } => "muted",
            Self::Unmuted => "unmuted",
        }
    }
}

/// How a person's duty says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Already on duty with another team.
    InAnotherTeam {
        /// Which.
        team: Id<id::Team>,
    },
    /// She or he may not go out.
    Member(Lack),
    /// The time of service has ended.
    TermOver,
    /// The week's hours are worked.
    WeekFull,
    /// Not on duty with this team.
    NotClockedIn,
    /// Wants to be left alone.
    Muted,
    /// That moment has passed.
    MutePassed,
}

impl Refused {
    /// One of each code, for catalogues and tables.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::InAnotherTeam { team: Id::from_bits(0) },
            Self::TermOver,
            Self::WeekFull,
            Self::NotClockedIn,
            Self::Muted,
            Self::MutePassed,
        ];
        all.extend(Lack::ALL.map(Self::Member));
        all
    }
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::InAnotherTeam { .. } => "volunteer.in-another-team",
            Self::Member(lack) => lack.code(),
            Self::TermOver => "volunteer.term-over",
            Self::WeekFull => "volunteer.week-full",
            Self::NotClockedIn => "volunteer.not-clocked-in",
            Self::Muted => "volunteer.muted",
            Self::MutePassed => "volunteer.mute-passed",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::InAnotherTeam { .. } | Self::NotClockedIn | Self::Muted => RefusalKind::Conflict,
            Self::Member(_) | Self::TermOver | Self::WeekFull | Self::MutePassed => {
                RefusalKind::Invalid
            }
        }
    }
}

impl Attendance {
    /// Whether an offer to `team` may reach this person now. Asked of both members in the
    /// transaction that offers a walk.
    ///
    /// # Errors
    /// The rule that says no: not on duty with that team, or muted.
    pub fn reachable(&self, team: Id<id::Team>, now: Instant) -> Result<(), Refused> {
        match self.turn {
            Some(turn) if turn.team == team && self.mute.holds(now) => Err(Refused::Muted),
            Some(turn) if turn.team == team => Ok(()),
            _ => Err(Refused::NotClockedIn),
        }
    }

    /// Whether a message that is no offer of a walk (a call for a replacement, a swap) may reach
    /// this person: it does so off duty too, but never muted.
    pub fn callable(&self, now: Instant) -> bool {
        !self.mute.holds(now)
    }

    fn decide_clock_in(
        &self,
        team: Id<id::Team>,
        standing: &Standing,
        term: Term,
        week_left: Option<Span>,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        match self.turn {
            Some(turn) if turn.team == team => return Ok(vec![]),
            Some(turn) => return Err(Refused::InAnotherTeam { team: turn.team }),
            None => {}
        }
        if let Some(lack) = standing.lacks(now).first() {
            Err(Refused::Member(*lack))
        } else if !term.holds() {
            Err(Refused::TermOver)
        } else if week_left.is_some_and(|left| left <= Span::ZERO) {
            Err(Refused::WeekFull)
        } else {
            // A mute outlives the change of duty: a mute that ends by itself is none.
            Ok(vec![Event::ClockedIn { team }])
        }
    }

    fn decide_clock_out(&self, team: Id<id::Team>, ended_at: Instant, now: Instant) -> Vec<Event> {
        match self.turn {
            // News of an earlier turn's end may come late or twice; it does not end this one.
            Some(Turn { team: same, since: from }) if same == team && from <= ended_at => {
                vec![Event::ClockedOut { team, from, until: ended_at.min(now).max(from) }]
            }
            _ => vec![],
        }
    }
}

impl Aggregate for Attendance {
    type Kind = id::Person;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.attendance";

    fn decide(&self, command: Command, _: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match command {
            Command::ClockIn { team, standing, term, week_left } => {
                self.decide_clock_in(team, &standing, term, week_left, now)
            }
            Command::ClockOut { team, ended_at } => Ok(self.decide_clock_out(team, ended_at, now)),
            Command::Mute { until: Some(until) } if until <= now => Err(Refused::MutePassed),
            Command::Mute { until } => {
                let wanted = until.map_or(Mute::UntilUnmuted, Mute::Until);
                Ok(if self.mute == wanted { vec![] } else { vec![Event::Muted { until }] })
            }
            Command::Unmute if self.mute == Mute::Off => Ok(vec![]),
            Command::Unmute => Ok(vec![Event::Unmuted]),
            Command::Elapsed(Lapse::Mute) => match self.mute {
                Mute::Until(until) if until <= now => Ok(vec![Event::Unmuted]),
                _ => Ok(vec![]),
            },
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::ClockedIn { team } => self.turn = Some(Turn { team: *team, since: at }),
            Event::ClockedOut { .. } => self.turn = None,
            Event::Muted { until } => self.mute = until.map_or(Mute::UntilUnmuted, Mute::Until),
            Event::Unmuted => self.mute = Mute::Off,
        }
    }

    fn deadlines(&self, _rules: &Rules) -> Vec<Deadline> {
        match self.mute {
            Mute::Until(due_at) => vec![Deadline { name: "mute", due_at }],
            Mute::Off | Mute::UntilUnmuted => Vec::new(),
        }
    }

    fn elapsed(name: &str) -> Option<Command> {
        (name == "mute").then_some(Command::Elapsed(Lapse::Mute))
    }
}

#[cfg(test)]
mod tests;
