//! What happens to a shift, in the past participle, and what it makes of the shift.

use super::{Call, CallOffReason, Pair, Seat, Shift, Stage, SwapTo};
use kernel::{DistrictCode, Fact, Id, Instant, id};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A night can be signed up for.
    Opened {
        /// Whose night.
        district: DistrictCode,
        /// When teams go out.
        starts_at: Instant,
        /// When they come back.
        ends_at: Instant,
        /// People it needs at least.
        crew_min: u16,
        /// Where teams may wait.
        posts: Vec<Id<id::Place>>,
    },
    /// Somebody has signed up.
    SignedUp {
        /// Who.
        person: Id<id::Person>,
    },
    /// Somebody has stepped back in time.
    Withdrew {
        /// Who.
        person: Id<id::Person>,
    },
    /// Somebody has stepped back too late.
    DroppedOut {
        /// Who.
        person: Id<id::Person>,
    },
    /// Everybody who may is asked to take a place.
    ReplacementCalled {
        /// Whose place.
        missing: Id<id::Person>,
        /// Until when.
        until: Instant,
    },
    /// Somebody takes the place.
    ReplacementFound {
        /// Whose place.
        missing: Id<id::Person>,
        /// Who takes it.
        by: Id<id::Person>,
    },
    /// Nobody has taken the place; the desk must know.
    ReplacementLapsed {
        /// Whose place.
        missing: Id<id::Person>,
    },
    /// Somebody offers her or his place.
    SwapOffered {
        /// Whose place.
        person: Id<id::Person>,
        /// To whom.
        to: SwapTo,
    },
    /// Somebody keeps the place after all.
    SwapRetracted {
        /// Whose place.
        person: Id<id::Person>,
    },
    /// The place has changed hands.
    Swapped {
        /// Whose place it was.
        from: Id<id::Person>,
        /// Whose it is.
        by: Id<id::Person>,
    },
    /// Two are a team.
    Paired {
        /// Which.
        team: Id<id::Team>,
        /// The two.
        members: [Id<id::Person>; 2],
        /// Where they wait.
        post: Option<Id<id::Place>>,
    },
    /// A team was taken apart.
    Parted {
        /// Which.
        team: Id<id::Team>,
    },
    /// Somebody is here.
    CheckedIn {
        /// Who.
        person: Id<id::Person>,
    },
    /// Both of a team are here.
    TeamReady {
        /// Which.
        team: Id<id::Team>,
    },
    /// Somebody has not come.
    NoShow {
        /// Who.
        person: Id<id::Person>,
    },
    /// Too few have signed up, and it is soon.
    CrewShort {
        /// People still needed.
        missing: u16,
    },
    /// The night does not take place.
    CalledOff {
        /// Why.
        reason: CallOffReason,
    },
    /// The night is over.
    Closed,
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::SignedUp { .. } => "signed_up",
            Self::Withdrew { .. } => "withdrew",
            Self::DroppedOut { .. } => "dropped_out",
            Self::ReplacementCalled { .. } => "replacement_called",
            Self::ReplacementFound { .. } => "replacement_found",
            Self::ReplacementLapsed { .. } => "replacement_lapsed",
            Self::SwapOffered { .. } => "swap_offered",
            Self::SwapRetracted { .. } => "swap_retracted",
            Self::Swapped { .. } => "swapped",
            Self::Paired { .. } => "paired",
            Self::Parted { .. } => "parted",
            Self::CheckedIn { .. } => "checked_in",
            Self::TeamReady { .. } => "team_ready",
            Self::NoShow { .. } => "no_show",
            Self::CrewShort { .. } => "crew_short",
            Self::CalledOff { .. } => "called_off",
            Self::Closed => "closed",
        }
    }
}

impl Shift {
    fn seat_mut(&mut self, person: Id<id::Person>) -> Option<&mut Seat> {
        self.crew.iter_mut().find(|seat| seat.person == person)
    }

    fn seat_new(&mut self, person: Id<id::Person>) {
        self.crew.push(Seat { person, swap: None, here_at: None, absent: false });
    }

    fn leave(&mut self, person: Id<id::Person>) {
        self.crew.retain(|seat| seat.person != person);
    }

    fn answered(&mut self, missing: Id<id::Person>) {
        self.calls.retain(|call| call.missing != missing);
    }

    pub(super) fn take_in(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Opened { district, starts_at, ends_at, crew_min, posts } => {
                self.stage = Stage::Open;
                self.district = Some(district.clone());
                self.starts_at = Some(*starts_at);
                self.ends_at = Some(*ends_at);
                self.crew_min = *crew_min;
                self.posts.clone_from(posts);
            }
            Event::SignedUp { person } => {
                self.answered(*person);
                self.seat_new(*person);
            }
            Event::Withdrew { person } | Event::DroppedOut { person } => self.leave(*person),
            Event::ReplacementCalled { missing, until } => {
                self.answered(*missing);
                self.calls.push(Call { missing: *missing, until: *until });
            }
            Event::ReplacementFound { missing, by } => {
                self.answered(*missing);
                self.leave(*missing);
                self.seat_new(*by);
            }
            Event::ReplacementLapsed { missing } => self.answered(*missing),
            Event::SwapOffered { person, to } => {
                if let Some(seat) = self.seat_mut(*person) {
                    seat.swap = Some(*to);
                }
            }
            Event::SwapRetracted { person } => {
                if let Some(seat) = self.seat_mut(*person) {
                    seat.swap = None;
                }
            }
            Event::Swapped { from, by } => {
                self.leave(*from);
                self.seat_new(*by);
            }
            Event::Paired { team, members, post } => {
                let (team, members, post) = (*team, *members, *post);
                self.pairs.push(Pair { team, members, post, ready: false });
            }
            Event::Parted { team } => self.pairs.retain(|pair| pair.team != *team),
            Event::CheckedIn { person } => {
                self.answered(*person);
                if let Some(seat) = self.seat_mut(*person) {
                    seat.here_at = Some(at);
                    seat.absent = false;
                    seat.swap = None;
                }
            }
            Event::TeamReady { team } => {
                if let Some(pair) = self.pairs.iter_mut().find(|pair| pair.team == *team) {
                    pair.ready = true;
                }
            }
            Event::NoShow { person } => {
                if let Some(seat) = self.seat_mut(*person) {
                    seat.absent = true;
                    seat.swap = None;
                }
            }
            Event::CrewShort { .. } => self.short_told = true,
            Event::CalledOff { .. } => self.stage = Stage::CalledOff,
            Event::Closed => self.stage = Stage::Closed,
        }
    }
}
