//! The limits alarms keep; per district, from the city pack.

use kernel::Span;
use serde::Deserialize;

/// Limits with their defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Seconds until an unseen alarm rings at every desk: 95 % are to be answered by then
    /// (NENA-STA-020).
    pub unseen_all_desks_seconds: u16,
    /// Seconds until an unseen alarm rings at the duty officer.
    pub unseen_duty_seconds: u16,
    /// Seconds between further rings while nobody has seen it.
    pub ring_again_seconds: u16,
    /// Minutes until the desk is asked about an alarm that was seen but not closed, and again
    /// after each as many: an alarm forgotten open is as bad as one unseen.
    pub still_open_minutes: u16,
    /// Hours a note from one shift to the next is kept: longer than the shift it is for, shorter
    /// than the one after.
    pub note_kept_hours: u16,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            unseen_all_desks_seconds: 20,
            unseen_duty_seconds: 45,
            ring_again_seconds: 60,
            still_open_minutes: 10,
            note_kept_hours: 24,
        }
    }
}

impl Rules {
    /// Until every desk rings.
    pub fn all_desks(&self) -> Span {
        Span::seconds(self.unseen_all_desks_seconds.into())
    }
    /// Until the duty officer rings.
    pub fn duty(&self) -> Span {
        Span::seconds(self.unseen_duty_seconds.into())
    }
    /// Between further rings. Never less than a second, or a mistyped 0 would ring without end.
    pub fn ring_again(&self) -> Span {
        Span::seconds(self.ring_again_seconds.max(1).into())
    }
    /// Between questions about an open alarm. Never less than a minute.
    pub fn still_open(&self) -> Span {
        Span::minutes(self.still_open_minutes.max(1).into())
    }
    /// How long a note to the next shift is kept. Never less than an hour.
    pub fn note_kept(&self) -> Span {
        Span::hours(self.note_kept_hours.max(1).into())
    }
}
