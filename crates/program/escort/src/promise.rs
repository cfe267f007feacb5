//! What she is told before she asks: when she will be met, at the latest, or what is lacking and
//! what would serve her. A time that is shown is written down and kept, so it has to hold nine
//! times of ten: it is the plan's expectation and all that may come on top.

use crate::{Rules, TurnedAwayReason, reason::labels};
use kernel::{Instant, Span};
use serde::{Deserialize, Serialize};

labels! {
    /// What was lacking, as the planner says it.
    Shortage, "assign." {
        /// No way on foot leads from there to where she is going.
        NoWay = "no-way",
        /// There is not enough time for the walk itself.
        TimeTooShort = "windows-too-narrow",
        /// No team that may come is on duty.
        NobodyOnDuty = "no-team-on-duty",
        /// No team can reach that place in time, even with nothing else to do.
        NobodyInTime = "no-team-in-time",
        /// The shift ends before they could walk her home.
        ShiftEnds = "shifts-end",
        /// All that could come are promised to others.
        AllTaken = "teams-taken",
    }
}

impl Shortage {
    /// Why she is turned away, in the fewer words of the desk's figures.
    pub const fn reason(self) -> TurnedAwayReason {
        match self {
            Self::NoWay | Self::NobodyInTime => TurnedAwayReason::OutOfReach,
            Self::TimeTooShort | Self::NobodyOnDuty | Self::ShiftEnds | Self::AllTaken => {
                TurnedAwayReason::NoTeamFree
            }
        }
    }
}

/// What she could agree to, and would be served by the plan as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// Being met later.
    Later {
        /// So many minutes later than she wanted at most.
        minutes: u16,
    },
    /// A team from beyond the districts that come by themselves.
    NextDistrict,
    /// Sharing the walk with somebody who also asked for it.
    Company,
}

impl Help {
    /// One of each code, for catalogues.
    pub const ALL: [Self; 3] = [Self::Later { minutes: 10 }, Self::NextDistrict, Self::Company];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Later { .. } => "assign.later",
            Self::NextDistrict => "assign.next-district",
            Self::Company => "assign.company",
        }
    }
}

/// A wish no team could meet. Counted by neighborhood and hour: it says where teams are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// What was lacking.
    pub shortage: Shortage,
    /// What would have served her, each by itself; empty if nothing would.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helps: Vec<Help>,
}

/// What the plan has for her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// A team can come.
    Team {
        /// Its walk to the meeting point, from wherever it is before.
        walk_seconds: u32,
        /// Seconds from now until it stands there, by the plan.
        in_seconds: u32,
        /// How many others it walks home before: each may take longer than planned.
        walks_before: u16,
    },
    /// Nobody can.
    Nobody(Unmet),
    /// The planner cannot tell. The request is taken all the same, without a promise.
    Unknown,
}

impl Outlook {
    /// Nobody can, and nothing would help.
    pub const fn nobody(shortage: Shortage) -> Self {
        Self::Nobody(Unmet { shortage, helps: Vec::new() })
    }
}

/// What she was told when she asked. Kept or not is counted from the journal: this moment against
/// that of the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// They will have met by then.
    pub meet_by: Instant,
    /// When the plan expects the team; `None` in what was promised before plans were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<Instant>,
    /// That team's walk to the meeting point.
    pub team_walk_seconds: u32,
}

impl Promise {
    /// Of a team that stands there at `expected_at`.
    pub fn of(expected_at: Instant, walk_seconds: u32, walks_before: u16, rules: &Rules) -> Self {
        // A promise in seconds would be a lie; the next full minute can be kept.
        let meet_by = whole_minute(expected_at + rules.spread(walk_seconds, walks_before));
        Self { meet_by, expected_at: Some(expected_at), team_walk_seconds: walk_seconds }
    }
}

impl Rules {
    /// What may come on top of the plan's expectation until both have proved themselves, nine
    /// times of ten.
    pub fn spread(&self, walk_seconds: u32, walks_before: u16) -> Span {
        let walk = i64::from(walk_seconds) * i64::from(self.walk_spread_percent) / 100;
        let before = i64::from(walks_before) * i64::from(self.walk_before_spread_seconds);
        Span::seconds(i64::from(self.proof_seconds) + walk + before)
    }

    /// Seconds until a team can have set off for somebody who asks now: she is seen, the walk is
    /// offered, they accept and leave.
    pub fn handling_seconds(&self) -> u32 {
        u32::from(self.seen_seconds) + u32::from(self.answer_seconds)
    }
}

/// The first full minute not before `at`.
fn whole_minute(at: Instant) -> Instant {
    let over = at.millis().rem_euclid(60_000);
    if over == 0 { at } else { at + Span::millis(60_000 - over) }
}
