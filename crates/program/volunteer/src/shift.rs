//! One night of one district, and who goes out in it: opened from the calendar, signed up for,
//! swapped, dropped out of, paired into teams, checked in together, closed.
//!
//! Signing up asks for no papers: a check may be renewed before the night comes. Whatever makes
//! somebody go out (being paired, taking over, taking a swap) asks for all of them.

mod crew;
mod event;
mod refusal;
mod teams;

pub use event::Event;
pub use refusal::Refused;

use crate::{Rules, Standing};
use kernel::{Aggregate, Deadline, DistrictCode, Id, Instant, id};
use serde::{Deserialize, Serialize};

/// Where a shift stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not opened.
    #[default]
    Nothing,
    /// People sign up, are paired and go out.
    Open,
    /// Over.
    Closed,
    /// It does not take place.
    CalledOff,
}

/// Why a shift does not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOffReason {
    /// Storm, snow, heat.
    Weather,
    /// Too few people.
    CrewTooSmall,
    /// An order of the city: an emergency, an epidemic.
    Order,
}

impl CallOffReason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Weather, Self::CrewTooSmall, Self::Order];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weather => "volunteer.called-off-weather",
            Self::CrewTooSmall => "volunteer.called-off-crew-too-small",
            Self::Order => "volunteer.called-off-order",
        }
    }
}

/// To whom somebody offers her or his place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SwapTo {
    /// Whoever may go out.
    Anybody,
    /// One colleague.
    One(Id<id::Person>),
}

/// Somebody who has signed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub person: Id<id::Person>,
    /// To whom the place is offered; it is kept until somebody takes it.
    pub swap: Option<SwapTo>,
    /// When she or he checked in.
    pub here_at: Option<Instant>,
    /// Noted as not having come.
    pub absent: bool,
}

/// Two people of the shift made a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The team they are.
    pub team: Id<id::Team>,
    /// The two.
    pub members: [Id<id::Person>; 2],
    /// Where they wait, if they were given a post.
    pub post: Option<Id<id::Place>>,
    /// Both have checked in.
    pub ready: bool,
}

/// A replacement is called for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Whose place is to be taken.
    pub missing: Id<id::Person>,
    /// Until when.
    pub until: Instant,
}

/// The fold over one shift's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    /// Where it stands.
    pub stage: Stage,
    /// Whose night it is.
    pub district: Option<DistrictCode>,
    /// When teams go out.
    pub starts_at: Option<Instant>,
    /// When they come back.
    pub ends_at: Option<Instant>,
    /// People it needs at least.
    pub crew_min: u16,
    /// Where teams may wait; none means wherever they choose.
    pub posts: Vec<Id<id::Place>>,
    /// Who has signed up, the first first.
    pub crew: Vec<Seat>,
    /// The teams made of them.
    pub pairs: Vec<Pair>,
    /// The replacements called for.
    pub calls: Vec<Call>,
    /// That too few have signed up was told.
    pub short_told: bool,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a night, as the district's calendar has it.
    Open(Night),
    /// Sign up.
    SignUp {
        /// Who.
        person: Id<id::Person>,
    },
    /// Step back. Late, it is a drop-out and a replacement is called.
    Withdraw {
        /// Who.
        person: Id<id::Person>,
    },
    /// Take the place of somebody who is missing.
    AnswerCall {
        /// Whose place.
        missing: Id<id::Person>,
        /// Who takes it, as the volunteer register knows her or him now.
        standing: Standing,
    },
    /// Offer one's place.
    OfferSwap {
        /// Whose place.
        person: Id<id::Person>,
        /// To whom.
        to: SwapTo,
    },
    /// Keep one's place after all.
    RetractSwap {
        /// Whose place.
        person: Id<id::Person>,
    },
    /// Take a place that is offered. For two nights exchanged, given to both shifts in one
    /// transaction.
    AcceptSwap {
        /// Whose place.
        from: Id<id::Person>,
        /// Who takes it, as the volunteer register knows her or him now.
        standing: Standing,
    },
    /// Make two of the crew a team. In the same transaction the team itself is formed.
    Pair {
        /// The team they become.
        team: Id<id::Team>,
        /// The two, as the volunteer register knows them now.
        standings: [Standing; 2],
        /// Where they wait.
        post: Option<Id<id::Place>>,
    },
    /// Take a team apart that is not out yet.
    Part {
        /// Which.
        team: Id<id::Team>,
    },
    /// Be here. When both of a team are, it is ready to go on duty.
    CheckIn {
        /// Who.
        person: Id<id::Person>,
    },
    /// Note that somebody has not come, before the clock does.
    NoteAbsent {
        /// Who.
        person: Id<id::Person>,
    },
    /// The night does not take place.
    CallOff {
        /// Why.
        reason: CallOffReason,
    },
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// A night as it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Night {
    /// Whose night.
    pub district: DistrictCode,
    /// When teams go out.
    pub starts_at: Instant,
    /// When they come back.
    pub ends_at: Instant,
    /// People it needs at least.
    pub crew_min: u16,
    /// Where teams may wait; none means wherever they choose.
    pub posts: Vec<Id<id::Place>>,
}

/// The deadlines a shift has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Too few have signed up, and it is soon.
    CrewShort,
    /// Nobody has answered a call.
    Replacement,
    /// Somebody should be here by now.
    NoShow,
    /// The night is over.
    End,
}

impl Shift {
    /// The seat of somebody in the crew.
    pub fn seat(&self, person: Id<id::Person>) -> Option<&Seat> {
        self.crew.iter().find(|seat| seat.person == person)
    }

    /// The team somebody was paired into.
    pub fn pair_of(&self, person: Id<id::Person>) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.members.contains(&person))
    }

    /// People still needed for the smallest crew.
    pub fn missing(&self) -> u16 {
        let here = self.crew.iter().filter(|seat| !seat.absent).count();
        self.crew_min.saturating_sub(u16::try_from(here).unwrap_or(u16::MAX))
    }

    /// Everybody in the crew who is in no team yet and not noted as absent.
    pub fn unpaired(&self) -> impl Iterator<Item = Id<id::Person>> {
        let free = self.crew.iter().filter(|seat| !seat.absent);
        free.map(|seat| seat.person).filter(|person| self.pair_of(*person).is_none())
    }

    fn over(&self, now: Instant) -> bool {
        self.ends_at.is_none_or(|ends_at| ends_at <= now)
    }

    fn begun(&self, now: Instant) -> bool {
        self.starts_at.is_some_and(|starts_at| starts_at <= now)
    }

    fn decide_open(night: Night, now: Instant) -> Result<Vec<Event>, Refused> {
        let Night { district, starts_at, ends_at, crew_min, posts } = night;
        if ends_at <= starts_at || ends_at <= now {
            return Err(Refused::NightPassed);
        }
        if crew_min < 2 {
            return Err(Refused::CrewBelowTwo);
        }
        Ok(vec![Event::Opened { district, starts_at, ends_at, crew_min, posts }])
    }

    fn decide_elapsed(&self, lapse: Lapse, rules: &Rules, now: Instant) -> Vec<Event> {
        match lapse {
            Lapse::CrewShort if self.crew_short_at(rules).is_some_and(|at| at <= now) => {
                vec![Event::CrewShort { missing: self.missing() }]
            }
            Lapse::Replacement => {
                let lapsed = self.calls.iter().filter(|call| call.until <= now);
                lapsed.map(|call| Event::ReplacementLapsed { missing: call.missing }).collect()
            }
            Lapse::NoShow if self.no_show_at(rules).is_some_and(|at| at <= now) => {
                let late = self.expected().collect::<Vec<_>>();
                late.into_iter().flat_map(|person| self.absence(person, rules, now)).collect()
            }
            Lapse::End if self.over(now) => vec![Event::Closed],
            _ => vec![],
        }
    }

    /// When too small a crew is told; `None` while it is large enough or was told already.
    fn crew_short_at(&self, rules: &Rules) -> Option<Instant> {
        let short = self.missing() > 0 && !self.short_told;
        self.starts_at.filter(|_| short).map(|starts_at| starts_at - rules.crew_short())
    }

    /// Everybody in a team who has neither checked in nor been noted as absent.
    fn expected(&self) -> impl Iterator<Item = Id<id::Person>> {
        let missing = self.crew.iter().filter(|seat| seat.here_at.is_none() && !seat.absent);
        missing.map(|seat| seat.person).filter(|person| self.pair_of(*person).is_some())
    }

    /// When whoever is missing is noted; `None` when nobody is.
    fn no_show_at(&self, rules: &Rules) -> Option<Instant> {
        let starts_at = self.starts_at?;
        self.expected().next().map(|_| starts_at + rules.no_show())
    }
}

impl Aggregate for Shift {
    type Kind = id::Shift;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "volunteer.shift";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (Stage::Nothing, Command::Open(night)) => Self::decide_open(night, now),
            (Stage::Open, Command::Elapsed(lapse)) => Ok(self.decide_elapsed(lapse, rules, now)),
            (_, Command::Elapsed(_)) | (Stage::CalledOff, Command::CallOff { .. }) => Ok(vec![]),
            (Stage::Nothing, _) => Err(Refused::NoSuchShift),
            (_, Command::Open(_)) => Err(Refused::AlreadyOpened),
            (Stage::Closed | Stage::CalledOff, _) => Err(Refused::ShiftOver),
            (Stage::Open, _) if self.over(now) => Err(Refused::ShiftOver),
            (_, Command::SignUp { person }) => self.decide_sign_up(person),
            (_, Command::Withdraw { person }) => self.decide_withdraw(person, rules, now),
            (_, Command::AnswerCall { missing, standing }) => {
                self.decide_answer(missing, &standing, now)
            }
            (_, Command::OfferSwap { person, to }) => self.decide_offer_swap(person, to, now),
            (_, Command::RetractSwap { person }) => self.decide_retract_swap(person),
            (_, Command::AcceptSwap { from, standing }) => {
                self.decide_accept_swap(from, &standing, now)
            }
            (_, Command::Pair { team, standings, post }) => {
                self.decide_pair(team, &standings, post, rules, now)
            }
            (_, Command::Part { team }) => self.decide_part(team),
            (_, Command::CheckIn { person }) => self.decide_check_in(person, rules, now),
            (_, Command::NoteAbsent { person }) => self.decide_absent(person, rules, now),
            (_, Command::CallOff { reason }) => Ok(vec![Event::CalledOff { reason }]),
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        self.take_in(event, at);
        // A crew that is whole again is told again should it fall short once more.
        self.short_told &= self.missing() > 0;
    }

    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        let (Stage::Open, Some(ends_at)) = (self.stage, self.ends_at) else { return Vec::new() };
        let call = self.calls.iter().map(|call| call.until).min();
        [
            ("crew-short", self.crew_short_at(rules)),
            ("replacement", call),
            ("no-show", self.no_show_at(rules)),
            ("end", Some(ends_at)),
        ]
        .into_iter()
        .filter_map(|(name, due_at)| due_at.map(|due_at| Deadline { name, due_at }))
        .collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        let lapse = match name {
            "crew-short" => Lapse::CrewShort,
            "replacement" => Lapse::Replacement,
            "no-show" => Lapse::NoShow,
            "end" => Lapse::End,
            _ => return None,
        };
        Some(Command::Elapsed(lapse))
    }
}

#[cfg(test)]
mod tests;
