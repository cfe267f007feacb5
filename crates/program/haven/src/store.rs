//! One store: listed by a register, enlisted by its own agreement, staffed shift by shift.
//! Sheltering somebody is possible in whatever state the store is: readiness is a promise to the
//! public, not a lock on the door.

use crate::Rules;
use kernel::{
    Aggregate, Deadline, DistrictCode, Fact, Id, Instant, Refusal, RefusalKind, Week, id,
};
use serde::{Deserialize, Serialize};

/// Where a store stands in the programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Unknown.
    #[default]
    Nothing,
    /// In a public register: shown as a store, never as ready.
    Listed,
    /// Has agreed, has a till and a sign.
    Enlisted,
    /// Not shown as ready until resumed.
    Suspended,
    /// No longer part of the programme.
    Retired,
}

/// Somebody on shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub person: Id<id::Person>,
    /// When the shift ends by itself.
    pub until: Instant,
}

/// Somebody of the staff and how long the training holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trained {
    /// Who.
    pub person: Id<id::Person>,
    /// The training holds until then.
    pub until: Instant,
}

/// Somebody sheltering in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refuge {
    /// Since when.
    pub since: Instant,
    /// When the desk was last asked about it.
    pub asked_at: Instant,
}

/// The fold over one store's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store {
    /// Where it stands.
    pub stage: Stage,
    /// The row of the register it is known by.
    pub place: Option<Id<id::Place>>,
    /// Whose desk hears its alarms.
    pub district: Option<DistrictCode>,
    /// When it is open; `None` if nobody said.
    pub hours: Option<Week>,
    /// The trained staff.
    pub trained: Vec<Trained>,
    /// Who is on shift.
    pub on_shift: Vec<Shift>,
    /// The last drill.
    pub drilled_at: Option<Instant>,
    /// Whether the sign was up at the last check.
    pub sign_visible: Option<bool>,
    /// Somebody sheltering now.
    pub refuge: Option<Refuge>,
}

/// Why a store is not shown as ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionReason {
    /// At its own wish: refit, holidays.
    OwnWish,
    /// Somebody who needed help was turned away.
    TurnedSomebodyAway,
    /// The till, the bell or the sign failed and was not mended.
    Equipment,
    /// Too many alarms without cause.
    FalseAlarms,
}

impl SuspensionReason {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::OwnWish, Self::TurnedSomebodyAway, Self::Equipment, Self::FalseAlarms];
    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OwnWish => "haven.suspended-own-wish",
            Self::TurnedSomebodyAway => "haven.suspended-turned-somebody-away",
            Self::Equipment => "haven.suspended-equipment",
            Self::FalseAlarms => "haven.suspended-false-alarms",
        }
    }
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take over from a register.
    List {
        /// The register's row.
        place: Id<id::Place>,
        /// Whose desk hears its alarms.
        district: DistrictCode,
    },
    /// Note the store's agreement.
    Enlist,
    /// Note when it is open.
    SetHours {
        /// The week.
        hours: Week,
    },
    /// Note a completed training; it holds as long as the rules say.
    Train {
        /// Who.
        person: Id<id::Person>,
    },
    /// A trained person taps her or his name at the till.
    StartShift {
        /// Who.
        person: Id<id::Person>,
    },
    /// And taps it again.
    EndShift {
        /// Who.
        person: Id<id::Person>,
    },
    /// Note a drill held by somebody on shift.
    Drill {
        /// Who held it.
        person: Id<id::Person>,
    },
    /// Note a look at the sign.
    CheckSign {
        /// Whether it is up.
        visible: bool,
    },
    /// Do not show as ready.
    Suspend {
        /// Why.
        reason: SuspensionReason,
    },
    /// Show as ready again, if it is.
    Resume,
    /// End the membership.
    Retire,
    /// Somebody has come in for shelter.
    StartRefuge,
    /// She or he has left, or is being walked home.
    EndRefuge,
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a store has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// A shift has lasted as long as shifts do.
    Shift,
    /// Somebody has been sheltering for a while.
    Refuge,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the commands above say what each field is")]
pub enum Event {
    Listed { place: Id<id::Place>, district: DistrictCode },
    Enlisted,
    HoursSet { hours: Week },
    Trained { person: Id<id::Person>, until: Instant },
    ShiftStarted { person: Id<id::Person>, until: Instant },
    ShiftEnded { person: Id<id::Person> },
    Drilled { person: Id<id::Person> },
    SignChecked { visible: bool },
    Suspended { reason: SuspensionReason },
    Resumed,
    Retired,
    RefugeStarted,
    RefugeAskedAbout,
    RefugeEnded,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Listed { .. } => "listed",
            Self::Enlisted => "enlisted",
            Self::HoursSet { .. } => "hours_set",
            Self::Trained { .. } => "trained",
            Self::ShiftStarted { .. } => "shift_started",
            Self::ShiftEnded { .. } => "shift_ended",
            Self::Drilled { .. } => "drilled",
            Self::SignChecked { .. } => "sign_checked",
            Self::Suspended { .. } => "suspended",
            Self::Resumed => "resumed",
            Self::Retired => "retired",
            Self::RefugeStarted => "refuge_started",
            Self::RefugeAskedAbout => "refuge_asked_about",
            Self::RefugeEnded => "refuge_ended",
        }
    }
}

/// How a store's record says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such store.
    NoSuchStore,
    /// It belongs to another row of the register.
    AlreadyListed,
    /// It has not agreed to take part.
    NotEnlisted,
    /// It has left the programme.
    Retired,
    /// It is not suspended.
    NotSuspended,
    /// This person is not trained here.
    NotTrained,
    /// This person's training has run out.
    TrainingExpired,
    /// This person is not on shift.
    NotOnShift,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NoSuchStore,
        Self::AlreadyListed,
        Self::NotEnlisted,
        Self::Retired,
        Self::NotSuspended,
        Self::NotTrained,
        Self::TrainingExpired,
        Self::NotOnShift,
    ];
}

impl Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::NoSuchStore => "haven.no-such-store",
            Self::AlreadyListed => "haven.already-listed",
            Self::NotEnlisted => "haven.not-enlisted",
            Self::Retired => "haven.retired",
            Self::NotSuspended => "haven.not-suspended",
            Self::NotTrained => "haven.not-trained",
            Self::TrainingExpired => "haven.training-expired",
            Self::NotOnShift => "haven.not-on-shift",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::NoSuchStore => RefusalKind::Unknown,
            Self::AlreadyListed | Self::NotEnlisted | Self::Retired | Self::NotSuspended => {
                RefusalKind::Conflict
            }
            Self::NotTrained | Self::TrainingExpired | Self::NotOnShift => RefusalKind::Invalid,
        }
    }
}

impl Store {
    /// Until when this person's training holds; `None` if she or he was never trained here.
    pub fn trained_until(&self, person: Id<id::Person>) -> Option<Instant> {
        self.trained.iter().find(|one| one.person == person).map(|one| one.until)
    }

    /// Whether this person is on shift at `now`.
    pub fn is_on_shift(&self, person: Id<id::Person>, now: Instant) -> bool {
        self.on_shift.iter().any(|shift| shift.person == person && shift.until > now)
    }

    fn decide_start_shift(
        &self,
        person: Id<id::Person>,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let training = self.trained_until(person).ok_or(Refused::NotTrained)?;
        if training <= now {
            return Err(Refused::TrainingExpired);
        }
        if self.is_on_shift(person, now) {
            return Ok(vec![]);
        }
        Ok(vec![Event::ShiftStarted { person, until: now + rules.shift_max() }])
    }

    fn decide_elapsed(&self, lapse: Lapse, rules: &Rules, now: Instant) -> Vec<Event> {
        match lapse {
            Lapse::Shift => self
                .on_shift
                .iter()
                .filter(|shift| shift.until <= now)
                .map(|shift| Event::ShiftEnded { person: shift.person })
                .collect(),
            Lapse::Refuge => self
                .refuge
                .filter(|refuge| refuge.asked_at + rules.refuge_ask() <= now)
                .map(|_| Event::RefugeAskedAbout)
                .into_iter()
                .collect(),
        }
    }

    /// What only a store that takes part can be asked.
    fn decide_member(
        &self,
        command: &Command,
        rules: &Rules,
        now: Instant,
    ) -> Result<Vec<Event>, Refused> {
        let suspended = self.stage == Stage::Suspended;
        match *command {
            Command::Train { person } => {
                Ok(vec![Event::Trained { person, until: now + rules.training_valid() }])
            }
            Command::StartShift { person } => self.decide_start_shift(person, rules, now),
            Command::EndShift { person } => {
                let listed = self.on_shift.iter().any(|shift| shift.person == person);
                Ok(if listed { vec![Event::ShiftEnded { person }] } else { vec![] })
            }
            Command::Drill { person } if self.is_on_shift(person, now) => {
                Ok(vec![Event::Drilled { person }])
            }
            Command::Drill { .. } => Err(Refused::NotOnShift),
            Command::CheckSign { visible } => Ok(vec![Event::SignChecked { visible }]),
            Command::Suspend { reason } if !suspended => Ok(vec![Event::Suspended { reason }]),
            Command::Resume if suspended => Ok(vec![Event::Resumed]),
            Command::Resume => Err(Refused::NotSuspended),
            _ => Ok(vec![]),
        }
    }
}

impl Aggregate for Store {
    type Kind = id::Haven;
    type Command = Command;
    type Event = Event;
    type Refusal = Refused;
    type Rules = Rules;
    const STREAM: &'static str = "haven.store";

    fn decide(&self, command: Command, rules: &Rules, now: Instant) -> Result<Vec<Event>, Refused> {
        match (self.stage, command) {
            (_, Command::Elapsed(lapse)) => Ok(self.decide_elapsed(lapse, rules, now)),
            (Stage::Nothing, Command::List { place, district }) => {
                Ok(vec![Event::Listed { place, district }])
            }
            (Stage::Nothing, _) => Err(Refused::NoSuchStore),
            (_, Command::List { place, .. }) if self.place == Some(place) => Ok(vec![]),
            (_, Command::List { .. }) => Err(Refused::AlreadyListed),
            (_, Command::EndRefuge) => {
                Ok(self.refuge.map(|_| Event::RefugeEnded).into_iter().collect())
            }
            (Stage::Retired, Command::Retire) => Ok(vec![]),
            (Stage::Retired, _) => Err(Refused::Retired),
            (_, Command::StartRefuge) => {
                let already = self.refuge.is_some();
                Ok(if already { vec![] } else { vec![Event::RefugeStarted] })
            }
            (_, Command::SetHours { hours }) if self.hours.as_ref() == Some(&hours) => Ok(vec![]),
            (_, Command::SetHours { hours }) => Ok(vec![Event::HoursSet { hours }]),
            (_, Command::Retire) => Ok(vec![Event::Retired]),
            (Stage::Listed, Command::Enlist) => Ok(vec![Event::Enlisted]),
            (Stage::Listed, _) => Err(Refused::NotEnlisted),
            (Stage::Enlisted | Stage::Suspended, command) => {
                self.decide_member(&command, rules, now)
            }
        }
    }

    fn apply(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Listed { place, district } => {
                self.stage = Stage::Listed;
                self.place = Some(*place);
                self.district = Some(district.clone());
            }
            Event::Enlisted | Event::Resumed => self.stage = Stage::Enlisted,
            Event::HoursSet { hours } => self.hours = Some(hours.clone()),
            Event::Trained { person, until } => {
                self.trained.retain(|one| one.person != *person);
                self.trained.push(Trained { person: *person, until: *until });
            }
            Event::ShiftStarted { person, until } => {
                self.on_shift.retain(|shift| shift.person != *person);
                self.on_shift.push(Shift { person: *person, until: *until });
            }
            Event::ShiftEnded { person } => self.on_shift.retain(|shift| shift.person != *person),
            Event::Drilled { .. } => self.drilled_at = Some(at),
            Event::SignChecked { visible } => self.sign_visible = Some(*visible),
            Event::Suspended { .. } => self.stage = Stage::Suspended,
            Event::Retired => {
                self.stage = Stage::Retired;
                self.on_shift.clear();
            }
            Event::RefugeStarted => self.refuge = Some(Refuge { since: at, asked_at: at }),
            Event::RefugeAskedAbout => {
                if let Some(refuge) = &mut self.refuge {
                    refuge.asked_at = at;
                }
            }
            Event::RefugeEnded => self.refuge = None,
        }
    }

    fn deadlines(&self, rules: &Rules) -> Vec<Deadline> {
        let shift = self.on_shift.iter().map(|shift| shift.until).min();
        let refuge = self.refuge.map(|refuge| refuge.asked_at + rules.refuge_ask());
        let kept = |name, due: Option<Instant>| due.map(|due_at| Deadline { name, due_at });
        kept("shift", shift).into_iter().chain(kept("refuge", refuge)).collect()
    }

    fn elapsed(name: &str) -> Option<Command> {
        match name {
            "shift" => Some(Command::Elapsed(Lapse::Shift)),
            "refuge" => Some(Command::Elapsed(Lapse::Refuge)),
            _ => None,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
