//! What stands in the street, what state it is in, and how old that knowledge is.

use crate::Rules;
use kernel::{Instant, Span};
use serde::{Deserialize, Serialize};

/// A kind of thing that stands in the street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetKind {
    /// A security light (보안등): small, on alleys.
    SecurityLight,
    /// A street light (가로등): tall, on roads.
    StreetLight,
    /// A public camera (CCTV).
    Camera,
    /// An emergency bell (비상벨).
    Bell,
    /// A Patrol House store (여성안심지킴이집).
    PatrolHouse,
    /// A police station or box.
    PoliceBox,
    /// A bus stop.
    BusStop,
    /// A subway station or one of its exits.
    SubwayStation,
    /// A women's safe parcel locker.
    ParcelLocker,
    /// A crossing for walkers.
    Crossing,
}

impl AssetKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::SecurityLight,
        Self::StreetLight,
        Self::Camera,
        Self::Bell,
        Self::PatrolHouse,
        Self::PoliceBox,
        Self::BusStop,
        Self::SubwayStation,
        Self::ParcelLocker,
        Self::Crossing,
    ];

    /// Whether a walk home may begin here: stations, stops, police boxes.
    pub const fn meeting_place(self) -> bool {
        matches!(self, Self::PoliceBox | Self::BusStop | Self::SubwayStation)
    }

    /// Whether it gives light.
    pub const fn lamp(self) -> bool {
        matches!(self, Self::SecurityLight | Self::StreetLight)
    }
}

/// Whether a lamp gives light, as far as anybody knows. Unknown is not dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LampState {
    /// It stands in a register; nobody has said that it works or does not.
    #[default]
    Unknown,
    /// Tested, and it worked.
    Working,
    /// Reported or tested as out.
    Out,
}

/// How far a test can still be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// Never tested, as far as the registers tell.
    Untested,
    /// Tested, but longer ago than the rules trust.
    Stale,
    /// Tested within the time the rules trust.
    Fresh,
}

impl Freshness {
    /// How far a test of such a thing at `tested_at` can be trusted at `now`. A test dated in the
    /// future is a mistake in the register, so it counts as none.
    pub fn of(kind: AssetKind, tested_at: Option<Instant>, rules: &Rules, now: Instant) -> Self {
        match tested_at {
            Some(tested_at) if tested_at > now => Self::Untested,
            Some(tested_at) if now.since(tested_at) <= Span::days(rules.fresh_days(kind)) => {
                Self::Fresh
            }
            Some(_) => Self::Stale,
            None => Self::Untested,
        }
    }
}

#[cfg(test)]
mod tests;
