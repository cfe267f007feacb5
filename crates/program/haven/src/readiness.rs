//! Whether somebody who comes in now finds help, and if not, what is missing.

use crate::{Rules, Store, store::Stage};
use kernel::{Instant, Week};
use serde::{Deserialize, Serialize};

/// What a store lacks to be ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// Known from a register only; nobody there has agreed to anything.
    NotEnlisted,
    /// Suspended by the programme or at its own wish.
    Suspended,
    /// No longer part of the programme.
    Retired,
    /// Nobody has said when it is open.
    HoursUnknown,
    /// Closed at this hour.
    Closed,
    /// Nobody trained is on shift.
    NobodyTrainedOnShift,
    /// No drill was ever held.
    NeverDrilled,
    /// The last drill is too long ago.
    DrillStale,
    /// At the last check the sign on the door was missing.
    SignMissing,
}

impl Gap {
    /// All of them, in the order they are told.
    pub const ALL: [Self; 9] = [
        Self::NotEnlisted,
        Self::Suspended,
        Self::Retired,
        Self::HoursUnknown,
        Self::Closed,
        Self::NobodyTrainedOnShift,
        Self::NeverDrilled,
        Self::DrillStale,
        Self::SignMissing,
    ];

    /// Stable code; also the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotEnlisted => "haven.gap-not-enlisted",
            Self::Suspended => "haven.gap-suspended",
            Self::Retired => "haven.gap-retired",
            Self::HoursUnknown => "haven.gap-hours-unknown",
            Self::Closed => "haven.gap-closed",
            Self::NobodyTrainedOnShift => "haven.gap-nobody-trained-on-shift",
            Self::NeverDrilled => "haven.gap-never-drilled",
            Self::DrillStale => "haven.gap-drill-stale",
            Self::SignMissing => "haven.gap-sign-missing",
        }
    }
}

/// Whether a store is ready at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Somebody trained is there now.
    Ready,
    /// Not ready, and all the reasons; never empty.
    NotReady(Vec<Gap>),
}

impl Readiness {
    /// Whether it is ready.
    pub fn ready(&self) -> bool {
        *self == Self::Ready
    }
}

impl Store {
    /// Whether somebody who comes in at `now` finds help here. Asked for a later moment it tells
    /// what would hold if nothing changed until then; shifts end by themselves in that view too.
    pub fn readiness(&self, now: Instant, rules: &Rules) -> Readiness {
        let membership = match self.stage {
            Stage::Nothing | Stage::Listed => Some(Gap::NotEnlisted),
            Stage::Suspended => Some(Gap::Suspended),
            Stage::Retired => Some(Gap::Retired),
            Stage::Enlisted => None,
        };
        let hours = match &self.hours {
            None => Some(Gap::HoursUnknown),
            Some(week) if open(week, now, rules) => None,
            Some(_) => Some(Gap::Closed),
        };
        let staffed = self.on_shift.iter().any(|shift| {
            shift.until > now && self.trained_until(shift.person).is_some_and(|until| until > now)
        });
        let drill = match self.drilled_at {
            None => Some(Gap::NeverDrilled),
            Some(at) if now.since(at) > rules.drill_fresh() => Some(Gap::DrillStale),
            Some(_) => None,
        };
        let gaps: Vec<Gap> = [
            membership,
            hours,
            (!staffed).then_some(Gap::NobodyTrainedOnShift),
            drill,
            (self.sign_visible == Some(false)).then_some(Gap::SignMissing),
        ]
        .into_iter()
        .flatten()
        .collect();
        if gaps.is_empty() { Readiness::Ready } else { Readiness::NotReady(gaps) }
    }
}

fn open(week: &Week, now: Instant, rules: &Rules) -> bool {
    week.open_at(rules.zone.local(now))
}

#[cfg(test)]
mod tests;
