//! How an alarm ended: one code on every one of them, so that the share of false alarms is a
//! figure and not an impression.

use kernel::{Id, id};
use serde::{Deserialize, Serialize};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A team, a store or the desk helped.
    HelpGiven,
    /// The police took over.
    PoliceTook,
    /// The ambulance took over.
    AmbulanceTook,
    /// Found or reached unharmed, and no help was needed any more.
    FoundUnharmed,
    /// Found or reached, and help was declined.
    HelpDeclined,
    /// Looked for and not found, and not reached.
    NotFound,
    /// Pressed by mistake, as the person said when called back.
    MistakenPress,
    /// A device raised it by itself.
    DeviceFault,
    /// A drill or a self-test.
    Test,
    /// The same call for help as another alarm, where it is being answered.
    SameAs(
        /// The alarm that stays open.
        Id<id::Alarm>,
    ),
}

/// What an outcome says of the alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Somebody needed help.
    True,
    /// Nobody did.
    False,
    /// It was a test.
    Test,
    /// Nobody knows, or another alarm tells.
    Unknown,
}

impl Outcome {
    /// One of each.
    pub const ALL: [Self; 10] = [
        Self::HelpGiven,
        Self::PoliceTook,
        Self::AmbulanceTook,
        Self::FoundUnharmed,
        Self::HelpDeclined,
        Self::NotFound,
        Self::MistakenPress,
        Self::DeviceFault,
        Self::Test,
        Self::SameAs(Id::from_bits(0)),
    ];

    /// What it says of the alarm, for the figures.
    pub const fn truth(self) -> Truth {
        match self {
            Self::HelpGiven | Self::PoliceTook | Self::AmbulanceTook | Self::HelpDeclined => {
                Truth::True
            }
            Self::MistakenPress | Self::DeviceFault => Truth::False,
            Self::Test => Truth::Test,
            Self::FoundUnharmed | Self::NotFound | Self::SameAs(_) => Truth::Unknown,
        }
    }

    /// Stable code; also the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HelpGiven => "alarm.outcome-help-given",
            Self::PoliceTook => "alarm.outcome-police-took",
            Self::AmbulanceTook => "alarm.outcome-ambulance-took",
            Self::FoundUnharmed => "alarm.outcome-found-unharmed",
            Self::HelpDeclined => "alarm.outcome-help-declined",
            Self::NotFound => "alarm.outcome-not-found",
            Self::MistakenPress => "alarm.outcome-mistaken-press",
            Self::DeviceFault => "alarm.outcome-device-fault",
            Self::Test => "alarm.outcome-test",
            Self::SameAs(_) => "alarm.outcome-same-as",
        }
    }
}
