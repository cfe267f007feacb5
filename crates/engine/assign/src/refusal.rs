//! Why nobody can come, and what would help: a refusal with a next step.

use crate::night::{Districts, TeamNo};
use crate::plan::Plan;
use crate::travel::Leg;
use crate::trip::Trip;

/// Why nobody goes to her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No way leads from where she is to where she is going.
    NoWay,
    /// Her windows leave no time for the walk itself.
    WindowsTooNarrow,
    /// No team of the districts that may come is on duty.
    NoTeamOnDuty,
    /// No team could reach her in her window, even with nothing else to do.
    NoTeamInTime,
    /// Whoever could reach her would not be back before the shift ends.
    ShiftsEnd,
    /// Whoever could come is promised to others.
    TeamsTaken,
}

impl Reason {
    /// Every reason, in the order they are looked for.
    pub const ALL: [Self; 6] = [
        Self::NoWay,
        Self::WindowsTooNarrow,
        Self::NoTeamOnDuty,
        Self::NoTeamInTime,
        Self::ShiftsEnd,
        Self::TeamsTaken,
    ];

    /// The stable code, as catalogues and figures name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoWay => "assign.no-way",
            Self::WindowsTooNarrow => "assign.windows-too-narrow",
            Self::NoTeamOnDuty => "assign.no-team-on-duty",
            Self::NoTeamInTime => "assign.no-team-in-time",
            Self::ShiftsEnd => "assign.shifts-end",
            Self::TeamsTaken => "assign.teams-taken",
        }
    }
}

/// What she could agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relaxation {
    /// Being met so many seconds later.
    Later {
        /// How much later her window would end.
        seconds: i32,
    },
    /// A team from any other district.
    NextDistrict,
    /// Sharing the walk with somebody who also asked for it.
    Company,
}

impl Relaxation {
    /// The stable code, as catalogues name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Later { .. } => "assign.later",
            Self::NextDistrict => "assign.next-district",
            Self::Company => "assign.company",
        }
    }
}

/// Something she could agree to, and when she would be met then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// What.
    pub relaxation: Relaxation,
    /// Who would come.
    pub team: TeamNo,
    /// When.
    pub expected_s: i32,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: Reason,
    /// What would serve her, each by itself; empty if none would.
    pub relaxations: Vec<Relaxed>,
}

/// How much later is offered: another ten minutes, then twenty, then half an hour.
const LATER_S: [i32; 3] = [600, 1_200, 1_800];

impl Plan {
    /// Why nobody goes, and what would help, by the plan as it is.
    pub(crate) fn refuse(&self, trip: &Trip) -> Refused {
        let reason = self.reason(trip);
        let relaxations = match reason {
            Reason::NoWay | Reason::WindowsTooNarrow => Vec::new(),
            _ => self.relaxations(trip),
        };
        Refused { reason, relaxations }
    }

    fn reason(&self, trip: &Trip) -> Reason {
        if trip.direct_s >= Leg::NONE.seconds {
            return Reason::NoWay;
        }
        if trip.by_s < trip.from_s {
            return Reason::WindowsTooNarrow;
        }
        let (mut on_duty, mut in_time, mut in_shift) = (false, false, false);
        for chain in self.chains.iter().filter(|c| trip.districts.contains(c.district)) {
            on_duty |= chain.head.leave_s < chain.off_s;
            let before = chain.tail();
            let there_s = before.leave_s + self.table.seconds(before.place, trip.pickup);
            if there_s <= trip.by_s && before.leave_s < chain.off_s {
                in_time = true;
                let done_s = trip.leave_s(there_s.max(trip.from_s));
                in_shift |= done_s + self.table.seconds(trip.home, chain.post) <= chain.off_s;
            }
        }
        match (on_duty, in_time, in_shift) {
            (false, ..) => Reason::NoTeamOnDuty,
            (_, false, _) => Reason::NoTeamInTime,
            (.., false) => Reason::ShiftsEnd,
            _ => Reason::TeamsTaken,
        }
    }

    fn relaxations(&self, trip: &Trip) -> Vec<Relaxed> {
        let mut relaxations = Vec::new();
        let later = LATER_S.iter().find_map(|&seconds| {
            let later =
                Trip { by_s: trip.by_s + seconds, home_by_s: trip.home_by_s + seconds, ..*trip };
            self.relaxed(&later, Relaxation::Later { seconds })
        });
        relaxations.extend(later);
        if trip.districts != Districts::ALL {
            let anywhere = Trip { districts: Districts::ALL, ..*trip };
            relaxations.extend(self.relaxed(&anywhere, Relaxation::NextDistrict));
        }
        if !trip.shares {
            let company = Trip { shares: true, ..*trip };
            relaxations.extend(self.relaxed(&company, Relaxation::Company));
        }
        relaxations
    }

    fn relaxed(&self, trip: &Trip, relaxation: Relaxation) -> Option<Relaxed> {
        let (team, fit) = self.best_fit(trip)?;
        Some(Relaxed { relaxation, team, expected_s: self.begin_s(team, trip, fit) })
    }
}
