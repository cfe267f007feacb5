//! The limits volunteers and teams keep; per district, from the city pack.

use kernel::Span;
use serde::Deserialize;

/// Limits with Seoul's defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Hours after which a team's shift ends by itself, so that nobody is on duty for ever
    /// because a phone ran empty. Seoul's shift is 3 h.
    pub shift_hours: u16,
    /// Minutes a team is left alone after a walk: it has to walk back. 0 switches the rest off.
    pub rest_minutes: u16,
    /// Whether a team needs at least one woman; the programme promises it to the requester.
    pub woman_required: bool,
    /// Days a record check may be valid for at most; the law asks for a yearly one.
    pub record_check_days_max: u16,
    /// Days a training may be valid for at most.
    pub training_days_max: u16,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            shift_hours: 3,
            rest_minutes: 2,
            woman_required: true,
            record_check_days_max: 365,
            training_days_max: 365,
        }
    }
}

impl Rules {
    /// How long a shift lasts.
    pub fn shift(&self) -> Span {
        Span::hours(self.shift_hours.into())
    }
    /// How long a team rests after a walk.
    pub fn rest(&self) -> Span {
        Span::minutes(self.rest_minutes.into())
    }
}
