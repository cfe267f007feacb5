//! The limits patrols keep; per district, from the city pack.

use kernel::Span;
use serde::Deserialize;

/// Limits with their defaults.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Whether a patrol needs at least one woman, as the teams that walk women home do.
    pub woman_required: bool,
    /// Hours after which a round ends by itself, so that none runs on because a phone ran empty.
    pub round_hours_max: u16,
    /// Hours after its end in which a round still takes in what was walked, from a phone that had
    /// no network.
    pub round_late_hours: u16,
    /// Hours since the last visit beyond which a street needs one no more urgently; also what a
    /// street counts that was never visited. A week.
    pub unvisited_hours_max: u16,
    /// Metres a minute on patrol: 50, a walk that looks around (3 km/h).
    pub patrol_m_per_minute: f64,
    /// Hours a sighting may wait to be handed over or closed until the programme manager is asked.
    pub sighting_wait_hours: u16,
    /// Seconds a sighting handed to the desk may stay unseen until it rings again there.
    pub desk_again_seconds: u16,
    /// Hours a defect handed over may stay unacknowledged until it is brought up again.
    pub defect_again_hours: u16,
    /// Days the private rows of a sighting (place, words, photo) are kept after it was closed.
    pub sighting_kept_days: u16,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            woman_required: true,
            round_hours_max: 4,
            round_late_hours: 24,
            unvisited_hours_max: 168,
            patrol_m_per_minute: 50.0,
            sighting_wait_hours: 12,
            desk_again_seconds: 120,
            defect_again_hours: 24,
            sighting_kept_days: 30,
        }
    }
}

impl Rules {
    /// How long a round lasts at most. Never less than an hour.
    pub fn round_max(&self) -> Span {
        Span::hours(self.round_hours_max.max(1).into())
    }
    /// How long after its end a round takes in what was walked before.
    pub fn round_late(&self) -> Span {
        Span::hours(self.round_late_hours.into())
    }
    /// Until somebody is asked about a sighting that waits. Never less than an hour.
    pub fn sighting_wait(&self) -> Span {
        Span::hours(self.sighting_wait_hours.max(1).into())
    }
    /// Between rings of a sighting at the desk. Never less than a second, or a mistyped 0 would
    /// ring without end.
    pub fn desk_again(&self) -> Span {
        Span::seconds(self.desk_again_seconds.max(1).into())
    }
    /// Between reminders of a defect handed over. Never less than an hour.
    pub fn defect_again(&self) -> Span {
        Span::hours(self.defect_again_hours.max(1).into())
    }
    /// How long a closed sighting's private rows are kept.
    pub fn sighting_kept(&self) -> Span {
        Span::days(self.sighting_kept_days.into())
    }
    /// Metres walked in so much time on patrol.
    pub fn walked_m(&self, time: Span) -> f64 {
        // A pack may not make patrols faster than walkers or slower than anything that moves.
        let m_per_minute = self.patrol_m_per_minute.clamp(10.0, 120.0);
        m_per_minute * time.as_millis().max(0) as f64 / 60_000.0
    }
}

#[cfg(test)]
mod tests;
