//! The service nights: when teams are out and when a walk can be asked for.

use crate::{Rules, rules::ClosedDate};
use kernel::{Instant, LocalTime, Span};
use serde::Serialize;

/// How many days ahead the next night is looked for; beyond, the programme is not running.
const DAYS_AHEAD: i64 = 60;

/// One night of service. It begins on one date and may end on the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Night {
    /// Teams are out from then.
    pub opens_at: Instant,
    /// Until then; not including it.
    pub closes_at: Instant,
    /// Walks can be asked for from then.
    pub booking_from: Instant,
    /// Until then; not including it, and never after the service has closed.
    pub booking_until: Instant,
}

impl Rules {
    /// The night that begins on the date of `local`, if there is one.
    fn night_of(&self, local: LocalTime) -> Option<Night> {
        let LocalTime { year, month, day, weekday, .. } = local;
        if self.closed.contains(&ClosedDate { year, month, day }) {
            return None;
        }
        let service = self.service.on(weekday)?;
        let (hour, minute) = (service.from_minute() / 60, service.from_minute() % 60);
        let opens_at =
            self.zone.moment(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"))?;
        let after_opening = |minute: u16| {
            opens_at + Span::minutes(i64::from(minute) - i64::from(service.from_minute()))
        };
        let closes_at = after_opening(service.until_minute());
        Some(Night {
            opens_at,
            closes_at,
            booking_from: after_opening(self.booking.from_minute()),
            booking_until: after_opening(self.booking.until_minute()).min(closes_at),
        })
    }

    /// The nights from the one that began yesterday on, in order.
    fn nights(&self, at: Instant) -> impl Iterator<Item = Night> {
        let local = self.zone.local(at);
        // Whole days are counted from noon, which no change of the clocks moves to another date.
        let noon = at + Span::minutes(720 - i64::from(local.minute));
        (-1..=DAYS_AHEAD)
            .filter_map(move |days| self.night_of(self.zone.local(noon + Span::days(days))))
    }

    /// The night whose service is running at `at`.
    pub fn service_at(&self, at: Instant) -> Option<Night> {
        self.nights(at).take(3).find(|night| (night.opens_at..night.closes_at).contains(&at))
    }

    /// The night for which a walk can be asked at `at`.
    pub fn booking_at(&self, at: Instant) -> Option<Night> {
        self.nights(at)
            .take(3)
            .find(|night| (night.booking_from..night.booking_until).contains(&at))
    }

    /// The next night whose booking begins after `at`, for the screens that say who serves now
    /// and when we do again. `None` if there is none within 60 days.
    pub fn next_night(&self, at: Instant) -> Option<Night> {
        self.nights(at).find(|night| night.booking_from > at)
    }
}

#[cfg(test)]
mod tests;
