//! The limits stores keep; per district, from the city pack.

use kernel::{Span, Zone};
use serde::Deserialize;

/// Limits with their defaults.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Days a drill counts as fresh: paced to how fast store staff change.
    pub drill_fresh_days: u16,
    /// Hours after which a shift ends by itself: nobody stands at a till longer, so a name still
    /// on the screen then was forgotten there.
    pub shift_max_hours: u16,
    /// Days a training is valid.
    pub training_valid_days: u16,
    /// Minutes after which the desk is asked about somebody still sheltering.
    pub refuge_ask_minutes: u16,
    /// The city's zone, in which opening hours are read.
    pub zone: Zone,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            drill_fresh_days: 30,
            shift_max_hours: 12,
            training_valid_days: 365,
            refuge_ask_minutes: 15,
            zone: Zone::named("Asia/Seoul").unwrap_or(Zone::UTC),
        }
    }
}

impl Rules {
    /// How long a drill counts as fresh.
    pub fn drill_fresh(&self) -> Span {
        Span::days(self.drill_fresh_days.into())
    }
    /// How long a shift lasts at most.
    pub fn shift_max(&self) -> Span {
        Span::hours(self.shift_max_hours.into())
    }
    /// How long a training is valid.
    pub fn training_valid(&self) -> Span {
        Span::days(self.training_valid_days.into())
    }
    /// How long somebody shelters before the desk is asked (again).
    pub fn refuge_ask(&self) -> Span {
        Span::minutes(self.refuge_ask_minutes.into())
    }
}
