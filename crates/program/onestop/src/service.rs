//! What a center can do now, as it said itself, and for how long that is believed.

use crate::rules::HOUR;
use kernel::{Instant, Span};

/// When what a center said is stale: so many hours after the end of the hour it was said in.
pub fn stale_at(said_at: Instant, stale_hours: u16) -> Instant {
    said_at.rounded_to_hour() + Span::hours(i64::from(stale_hours)) + HOUR
}

/// Whether what a center said is too old to go by.
pub fn is_stale(said_at: Instant, now: Instant, stale_hours: u16) -> bool {
    now >= stale_at(said_at, stale_hours)
}

/// Free beds as they may be shown: a number that is stale is none.
pub fn beds_shown(
    beds: Option<u16>,
    said_at: Instant,
    now: Instant,
    stale_hours: u16,
) -> Option<u16> {
    beds.filter(|_| !is_stale(said_at, now, stale_hours))
}

#[cfg(test)]
mod tests;
