//! How an alarm ended: one code on every one of them, so that the share of false alarms is a
//! figure and not an impression.

use kernel::{Id, id};
use serde::{Deserialize, Serialize};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A team, a store or the desk helped.
    Helped,
    /// The police took over.
    Police,
    /// The ambulance took over.
    Medical,
    /// Found or reached unharmed, and no help was needed any more.
    Fine,
    /// Found or reached, and help was declined.
    Declined,
    /// Looked for and not found, and not reached.
    NotFound,
    /// Pressed by mistake, as the person said when called back.
    Mistake,
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
        Self::Helped,
        Self::Police,
        Self::Medical,
        Self::Fine,
        Self::Declined,
        Self::NotFound,
        Self::Mistake,
        Self::DeviceFault,
        Self::Test,
        Self::SameAs(Id::from_bits(0)),
    ];

    /// What it says of the alarm, for the figures.
    pub const fn truth(self) -> Truth {
        match self {
            Self::Helped | Self::Police | Self::Medical | Self::Declined => Truth::True,
            Self::Mistake | Self::DeviceFault => Truth::False,
            Self::Test => Truth::Test,
            Self::Fine | Self::NotFound | Self::SameAs(_) => Truth::Unknown,
        }
    }

    /// Stable code; also the message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Helped => "stage.outcome-helped",
            Self::Police => "stage.outcome-police",
            Self::Medical => "stage.outcome-medical",
            Self::Fine => "stage.outcome-fine",
            Self::Declined => "stage.outcome-declined",
            Self::NotFound => "stage.outcome-not-found",
            Self::Mistake => "stage.outcome-mistake",
            Self::DeviceFault => "stage.outcome-device-fault",
            Self::Test => "stage.outcome-test",
            Self::SameAs(_) => "stage.outcome-same-as",
        }
    }
}
