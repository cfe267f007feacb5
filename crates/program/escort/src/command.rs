//! What can be asked of a walk, in the imperative.

use crate::{CancelReason, Canceller, Channel, Confirmer, DeclineReason, Outlook, StandDownReason};
use kernel::{DistrictCode, Id, Instant, Language, id};

/// When she wants to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// As soon as a team can be there.
    Now,
    /// At a certain time, at least the lead time ahead.
    At(Instant),
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask for a walk home.
    Ask {
        /// How it reached us.
        channel: Channel,
        /// Whose desk it goes to.
        district: DistrictCode,
        /// A public place: station, stop, police box.
        meeting_place: Id<id::Place>,
        /// When she wants to be met.
        when: When,
        /// How many walk home, from 1.
        people: u8,
        /// The private row with home, name and phone, if she gave any.
        private: Option<Id<id::Private>>,
        /// What she wants to be spoken to in.
        language: Language,
        /// Whether she would share the walk with somebody who would too.
        shares: bool,
        /// Whether a team from any district may come.
        from_anywhere: bool,
        /// What the plan has for her.
        outlook: Outlook,
    },
    /// A team is spoken to on the street: asked, accepted and met in one tap.
    WalkUp {
        /// Which team.
        team: Id<id::Team>,
        /// Whose desk hears of it.
        district: DistrictCode,
        /// The public place nearest by.
        meeting_place: Id<id::Place>,
        /// How many walk home, from 1.
        people: u8,
        /// The private row, if she gave anything.
        private: Option<Id<id::Private>>,
        /// What she wants to be spoken to in.
        language: Language,
    },
    /// A person at a desk has opened it.
    See,
    /// Offer it to a team. Given in the same transaction as the team's engagement.
    Offer {
        /// Which team.
        team: Id<id::Team>,
        /// Its walk to the meeting point.
        walk_seconds: u32,
        /// The private row with the secret both sides prove themselves with.
        proof: Option<Id<id::Private>>,
    },
    /// The team does not take it.
    Decline {
        /// Which team.
        team: Id<id::Team>,
        /// Why.
        reason: DeclineReason,
    },
    /// The team takes it.
    Accept {
        /// Which team.
        team: Id<id::Team>,
    },
    /// The team cannot go on, or the desk replaces it; only before the meeting.
    StandDown {
        /// Which team.
        team: Id<id::Team>,
        /// Why.
        reason: StandDownReason,
    },
    /// The team sets off.
    SetOff {
        /// Which team.
        team: Id<id::Team>,
    },
    /// The team stands at the meeting point.
    Arrive {
        /// Which team.
        team: Id<id::Team>,
    },
    /// Both sides have compared word and number.
    Meet {
        /// Who says so.
        confirmed_by: Confirmer,
    },
    /// They set off for home.
    StartWalking {
        /// Which team.
        team: Id<id::Team>,
        /// How long it will take, if anybody knows.
        walk_minutes: Option<u16>,
    },
    /// She is at her door.
    ArriveHome {
        /// Who says so.
        confirmed_by: Confirmer,
    },
    /// Call it off.
    Cancel {
        /// Who.
        by: Canceller,
        /// Why.
        reason: CancelReason,
    },
    /// Give it to another district's desk; only while no team is on it.
    HandOver {
        /// Which district.
        to: DistrictCode,
    },
    /// The desk it was given to takes it, as it stood when it was given.
    TakeOver {
        /// Which district.
        by: DistrictCode,
        /// The epoch it was given in; another one has passed since if it does not match.
        epoch: u32,
    },
    /// A person at the desk takes in hand what rings.
    LookInto,
    /// An alarm was raised on this walk.
    RaiseTrouble {
        /// Which alarm.
        alarm: Id<id::Alarm>,
    },
    /// A deadline lapsed.
    Elapsed(Lapse),
}

/// The deadlines a walk has; in every live state exactly one runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lapse {
    /// No person has seen it.
    Unseen,
    /// Seen, and no team has it.
    Unassigned,
    /// The offer was not answered.
    Offer,
    /// Accepted, and the team has not set off.
    SetOff,
    /// The team should have arrived.
    Way,
    /// The team waits and nobody has met it.
    Meeting,
    /// Met, and they have not set off for home.
    Start,
    /// They should be home.
    Walk,
}

impl Lapse {
    /// All of them, in the order of a walk.
    pub const ALL: [Self; 8] = [
        Self::Unseen,
        Self::Unassigned,
        Self::Offer,
        Self::SetOff,
        Self::Way,
        Self::Meeting,
        Self::Start,
        Self::Walk,
    ];

    /// The name it is kept under.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unseen => "unseen",
            Self::Unassigned => "unassigned",
            Self::Offer => "offer",
            Self::SetOff => "set-off",
            Self::Way => "way",
            Self::Meeting => "meeting",
            Self::Start => "start",
            Self::Walk => "walk",
        }
    }

    /// Message key of what the desk is told when it lapses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unseen => "escort.late-unseen",
            Self::Unassigned => "escort.late-unassigned",
            Self::Offer => "escort.late-offer",
            Self::SetOff => "escort.late-set-off",
            Self::Way => "escort.late-way",
            Self::Meeting => "escort.late-meeting",
            Self::Start => "escort.late-start",
            Self::Walk => "escort.late-walk",
        }
    }
}
