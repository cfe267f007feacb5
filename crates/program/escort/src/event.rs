//! What happened to a walk, in the past participle. No event carries anything about a person:
//! home, name, phone and the proof's secret are private rows that events point to.

use crate::{
    CancelReason, Canceller, Channel, Confirmer, DeclineReason, Lapse, Promise, StandDownReason,
    TurnedAwayReason, Unmet,
};
use kernel::{DistrictCode, Fact, Id, Instant, Language, id};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Asked for, and taken.
    Asked {
        /// How it reached us.
        channel: Channel,
        /// Whose desk it goes to.
        district: DistrictCode,
        /// Where to meet.
        meeting_place: Id<id::Place>,
        /// When she wants to be met; for a walk now, the earliest moment teams are out.
        wanted_at: Instant,
        /// How many walk home.
        people: u8,
        /// The private row with home, name and phone, if she gave any.
        private: Option<Id<id::Private>>,
        /// What she wants to be spoken to in.
        language: Language,
        /// What she was told; `None` if nobody could tell.
        promise: Option<Promise>,
        /// Whether she would share the walk with somebody who would too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        shares: bool,
        /// Whether a team from any district may come.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        from_anywhere: bool,
    },
    /// Asked for, and refused at once with what else there is.
    TurnedAway {
        /// Why.
        reason: TurnedAwayReason,
        /// How it reached us.
        channel: Channel,
        /// Whose desk it would have gone to.
        district: DistrictCode,
        /// Where she would have been met.
        meeting_place: Id<id::Place>,
        /// What was lacking and what would have served her; `None` if it was not for want of a
        /// team.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unmet: Option<Unmet>,
    },
    /// A person at a desk has opened it.
    Seen,
    /// It rings at every desk.
    EscalatedToAllDesks,
    /// It rings at the duty officer.
    EscalatedToDuty,
    /// It rings in the neighboring district.
    EscalatedToNeighbor,
    /// It rings once more at everybody.
    RangAgain,
    /// Offered to a team.
    Offered {
        /// Which team.
        team: Id<id::Team>,
        /// Its walk to the meeting point.
        walk_seconds: u32,
        /// The private row with the proof's secret.
        proof: Option<Id<id::Private>>,
    },
    /// The team did not answer in time.
    Lapsed {
        /// Which team.
        team: Id<id::Team>,
    },
    /// The team does not take it.
    Declined {
        /// Which team.
        team: Id<id::Team>,
        /// Why.
        reason: DeclineReason,
    },
    /// The team takes it.
    Accepted {
        /// Which team.
        team: Id<id::Team>,
    },
    /// The team had taken it and does not go on.
    StoodDown {
        /// Which team.
        team: Id<id::Team>,
        /// Why.
        reason: StandDownReason,
    },
    /// The team is on its way.
    SetOff,
    /// The team stands at the meeting point.
    Arrived,
    /// Both sides have proved themselves.
    Met {
        /// Who said so.
        confirmed_by: Confirmer,
    },
    /// They are walking home.
    WalkingStarted {
        /// How long it will take, in steps of five minutes: anything finer would tell how far
        /// from the meeting point somebody lives.
        expected_minutes: u16,
    },
    /// She is home.
    ArrivedHome {
        /// Who said so.
        confirmed_by: Confirmer,
    },
    /// Called off.
    Cancelled {
        /// By whom.
        by: Canceller,
        /// Why.
        reason: CancelReason,
    },
    /// Given to another district's desk, where nobody has seen it yet.
    HandedOver {
        /// Which district.
        to: DistrictCode,
    },
    /// Something took longer than it should; the desk must look.
    Overdue {
        /// What.
        what: Lapse,
    },
    /// A person at the desk has taken in hand what rang.
    LookedInto,
    /// An alarm was raised on this walk.
    TroubleRaised {
        /// Which alarm.
        alarm: Id<id::Alarm>,
    },
}

impl Fact for Event {
    fn name(&self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::TurnedAway { .. } => "turned_away",
            Self::Seen => "seen",
            Self::EscalatedToAllDesks => "escalated_to_all_desks",
            Self::EscalatedToDuty => "escalated_to_duty",
            Self::EscalatedToNeighbor => "escalated_to_neighbor",
            Self::RangAgain => "rang_again",
            Self::Offered { .. } => "offered",
            Self::Lapsed { .. } => "lapsed",
            Self::Declined { .. } => "declined",
            Self::Accepted { .. } => "accepted",
            Self::StoodDown { .. } => "stood_down",
            Self::SetOff => "set_off",
            Self::Arrived => "arrived",
            Self::Met { .. } => "met",
            Self::WalkingStarted { .. } => "walking_started",
            Self::ArrivedHome { .. } => "arrived_home",
            Self::Cancelled { .. } => "cancelled",
            Self::HandedOver { .. } => "handed_over",
            Self::Overdue { .. } => "overdue",
            Self::LookedInto => "looked_into",
            Self::TroubleRaised { .. } => "trouble_raised",
        }
    }
}
