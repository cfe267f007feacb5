//! What may be said of people without saying who they are.

use serde::{Deserialize, Serialize};

/// A language every screen and message is complete in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Korean, the first language of the first city.
    #[default]
    Ko,
    /// English.
    En,
}

impl Language {
    /// All of them, in the order screens offer them.
    pub const ALL: [Self; 2] = [Self::Ko, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }
}

/// Gender as the rule for teams needs it ("at least one woman").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Woman,
    Man,
    Other,
}
