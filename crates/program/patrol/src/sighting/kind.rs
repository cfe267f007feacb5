//! What can be noticed in a street at night, what it is to others, and what can become of it.

use serde::{Deserialize, Serialize};

/// What was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A lamp gives no light.
    LampOut,
    /// A camera hangs down, is covered or gone.
    CameraBroken,
    /// An emergency bell does not ring, or is gone.
    BellBroken,
    /// A sign of a route or of a Patrol House is gone.
    SignMissing,
    /// The ground is broken, dug up or icy.
    Ground,
    /// Leaves or things stacked up hide what is behind them.
    Hidden,
    /// An empty building stands open.
    EmptyBuilding,
    /// People gather and drink.
    Crowd,
    /// Somebody is followed or bothered.
    Harassment,
    /// Somebody needs help: lost, drunk, unwell.
    PersonInNeed,
    /// Cries, blows: violence, in the street or behind a wall.
    Violence,
    /// Something else; its words are in a private row.
    Other,
}

/// What a defect is to the register of what stands in the street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// A lamp.
    Lamp,
    /// A camera.
    Camera,
    /// A bell.
    Bell,
    /// A sign.
    Sign,
    /// The ground.
    Ground,
    /// The view.
    View,
    /// A building.
    Building,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::LampOut,
        Self::CameraBroken,
        Self::BellBroken,
        Self::SignMissing,
        Self::Ground,
        Self::Hidden,
        Self::EmptyBuilding,
        Self::Crowd,
        Self::Harassment,
        Self::PersonInNeed,
        Self::Violence,
        Self::Other,
    ];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LampOut => "patrol.kind-lamp-out",
            Self::CameraBroken => "patrol.kind-camera-broken",
            Self::BellBroken => "patrol.kind-bell-broken",
            Self::SignMissing => "patrol.kind-sign-missing",
            Self::Ground => "patrol.kind-ground",
            Self::Hidden => "patrol.kind-hidden",
            Self::EmptyBuilding => "patrol.kind-empty-building",
            Self::Crowd => "patrol.kind-crowd",
            Self::Harassment => "patrol.kind-harassment",
            Self::PersonInNeed => "patrol.kind-person-in-need",
            Self::Violence => "patrol.kind-violence",
            Self::Other => "patrol.kind-other",
        }
    }

    /// What it is to the register; `None` if nothing there is broken.
    pub const fn defect(self) -> Option<Defect> {
        match self {
            Self::LampOut => Some(Defect::Lamp),
            Self::CameraBroken => Some(Defect::Camera),
            Self::BellBroken => Some(Defect::Bell),
            Self::SignMissing => Some(Defect::Sign),
            Self::Ground => Some(Defect::Ground),
            Self::Hidden => Some(Defect::View),
            Self::EmptyBuilding => Some(Defect::Building),
            Self::Crowd | Self::Harassment | Self::PersonInNeed | Self::Violence | Self::Other => {
                None
            }
        }
    }

    /// Whether the desk must have it at once.
    pub const fn urgent(self) -> bool {
        matches!(self, Self::Harassment | Self::PersonInNeed | Self::Violence)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was broken is repaired.
    Repaired,
    /// The patrol or the desk saw to it.
    SeenTo,
    /// An alarm took its place.
    Alarm,
    /// Police or ambulance took over.
    TakenOver,
    /// Nothing was there any more.
    NothingThere,
    /// Somebody had reported it before.
    KnownAlready,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Repaired,
        Self::SeenTo,
        Self::Alarm,
        Self::TakenOver,
        Self::NothingThere,
        Self::KnownAlready,
    ];

    /// Message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Repaired => "patrol.outcome-repaired",
            Self::SeenTo => "patrol.outcome-seen-to",
            Self::Alarm => "patrol.outcome-alarm",
            Self::TakenOver => "patrol.outcome-taken-over",
            Self::NothingThere => "patrol.outcome-nothing-there",
            Self::KnownAlready => "patrol.outcome-known-already",
        }
    }

    /// Whether it was of use: such reports earn volunteer time. Nothing there any more is of use
    /// too; nobody is to be made afraid of looking.
    pub const fn of_use(self) -> bool {
        !matches!(self, Self::KnownAlready)
    }
}
