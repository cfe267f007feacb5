//! The limits of a walk home; per district, from the city pack.

use kernel::{Instant, Span, Week, Window, Zone, time::Weekday};
use serde::Deserialize;
use std::fmt;

/// Limits with Seoul's defaults.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// When teams are out, by the day the night begins.
    pub service: Week,
    /// When a walk can be asked for, on the same days. Begins before the service so that the
    /// first walks can start with it; ends earlier so that the last ones can end.
    pub booking: Window,
    /// Dates whose night has no service: holidays, storms.
    pub closed: Vec<ClosedDate>,
    /// The city's zone, in which hours and dates are read.
    pub zone: Zone,
    /// Minutes ahead a walk for a certain time must be asked for. A walk for now needs none.
    pub lead_time_minutes: u16,
    /// People walked home together at most: two can look after so many.
    pub people_max: u8,
    /// Seconds until an unseen request rings at every desk.
    pub unseen_all_desks_seconds: u16,
    /// Seconds until it rings at the duty officer.
    pub unseen_duty_seconds: u16,
    /// Seconds until it rings in the neighboring district.
    pub unseen_neighbor_seconds: u16,
    /// Seconds until a request that was seen but has no team rings at every desk: 90 % are to be
    /// assigned by then (NFPA 1221).
    pub unassigned_all_desks_seconds: u16,
    /// Seconds until it rings at the duty officer.
    pub unassigned_duty_seconds: u16,
    /// Seconds until it rings in the neighboring district.
    pub unassigned_neighbor_seconds: u16,
    /// Seconds between further rings, once everybody has been rung.
    pub ring_again_seconds: u16,
    /// Seconds a team has to accept.
    pub offer_lapse_seconds: u16,
    /// Seconds a walk is not offered again to a team that declined it or let it lapse.
    pub offer_again_seconds: u16,
    /// Seconds a team may need to the meeting point; beyond, the walk is out of reach.
    pub reach_walk_seconds_max: u32,
    /// Seconds a requester may be asked to wait; beyond, no team counts as free.
    pub wait_seconds_max: u32,
    /// Whose teams come by themselves. Beyond, a team comes if she is asked first.
    pub teams_from: TeamsFrom,
    /// Whether two who both asked for it may be walked home together.
    pub sharing: bool,
    /// Seconds a desk has, from seeing a walk, to choose a team itself; then the walk is offered
    /// by the plan.
    pub offer_by_plan_seconds: u16,
    /// Seconds from asking until the walk is offered, nine times of ten: seen by a person and
    /// offered by one.
    pub seen_seconds: u16,
    /// Seconds from the offer until the team has accepted and set off, nine times of ten.
    pub answer_seconds: u16,
    /// Seconds from standing there until both have proved who they are, nine times of ten. With
    /// the two above a hundred seconds, as measured on simulated nights.
    pub proof_seconds: u16,
    /// What a walk to the meeting point may take longer than planned, nine times of ten, of a
    /// hundred: crossings, crowds, a position that is some minutes old.
    pub walk_spread_percent: u16,
    /// Seconds each walk home that comes before hers may take longer than planned.
    pub walk_before_spread_seconds: u16,
    /// Seconds the meeting takes in the plan, from standing there to walking.
    pub meeting_seconds: u16,
    /// Seconds the good-bye at the door takes in the plan.
    pub parting_seconds: u16,
    /// Seconds a team is away in the plan with somebody who did not say where to, there and back.
    pub unknown_home_seconds: u16,
    /// Metres a second a team walks: 1.2, a brisk pace with crossings waited for.
    pub walk_m_per_second: f64,
    /// Seconds a team may take from accepting to setting off.
    pub set_off_seconds: u16,
    /// Seconds beyond the expected walk until a team on its way is overdue.
    pub way_margin_seconds: u16,
    /// Seconds a team waits at the meeting point until the desk has to look.
    pub meeting_overdue_seconds: u16,
    /// Seconds from meeting to walking until the desk has to look.
    pub start_overdue_seconds: u16,
    /// Minutes a walk home is expected to take if nobody said.
    pub walk_home_minutes: u16,
    /// Minutes a walk home is expected to take at most, whatever was said.
    pub walk_home_minutes_max: u16,
    /// Minutes beyond the expected walk home until it is overdue.
    pub walk_home_margin_minutes: u16,
    /// Seconds between further rings about something overdue.
    pub overdue_again_seconds: u16,
    /// Minutes of quiet after a person at the desk has taken something overdue in hand.
    pub looked_again_minutes: u16,
    /// Hours the home, name and phone are kept after the end.
    pub private_kept_hours: u16,
}

/// Whose teams come by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TeamsFrom {
    /// Those of the district she asks from.
    OwnDistrict,
    /// And those of the districts next door.
    #[default]
    NextDoor,
    /// All of the city's.
    City,
}

impl Default for Rules {
    fn default() -> Self {
        let window = |text: &str| text.parse().unwrap_or(Window::ALL_DAY);
        let late = [Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]
            .map(|day| (day, window("22:00-01:00")));
        Self {
            service: Week::new([(Weekday::Mon, window("22:00-24:00"))].into_iter().chain(late)),
            booking: window("21:30-00:30"),
            closed: Vec::new(),
            zone: Zone::named("Asia/Seoul").unwrap_or(Zone::UTC),
            lead_time_minutes: 30,
            people_max: 4,
            unseen_all_desks_seconds: 20,
            unseen_duty_seconds: 45,
            unseen_neighbor_seconds: 90,
            unassigned_all_desks_seconds: 60,
            unassigned_duty_seconds: 120,
            unassigned_neighbor_seconds: 180,
            ring_again_seconds: 60,
            offer_lapse_seconds: 60,
            offer_again_seconds: 180,
            reach_walk_seconds_max: 1_200,
            wait_seconds_max: 1_800,
            teams_from: TeamsFrom::NextDoor,
            sharing: false,
            offer_by_plan_seconds: 20,
            seen_seconds: 30,
            answer_seconds: 40,
            proof_seconds: 30,
            walk_spread_percent: 15,
            walk_before_spread_seconds: 180,
            meeting_seconds: 120,
            parting_seconds: 60,
            unknown_home_seconds: 1_200,
            walk_m_per_second: 1.2,
            set_off_seconds: 180,
            way_margin_seconds: 300,
            meeting_overdue_seconds: 600,
            start_overdue_seconds: 300,
            walk_home_minutes: 30,
            walk_home_minutes_max: 90,
            walk_home_margin_minutes: 10,
            overdue_again_seconds: 300,
            looked_again_minutes: 10,
            private_kept_hours: 24,
        }
    }
}

/// Seconds as a span of at least one: a mistyped 0 would ring without end.
pub(crate) fn seconds(seconds: u16) -> Span {
    Span::seconds(i64::from(seconds.max(1)))
}

impl Rules {
    /// How far ahead a walk for a certain time must be asked for.
    pub fn lead_time(&self) -> Span {
        Span::minutes(self.lead_time_minutes.into())
    }
    /// How long an offer holds.
    pub fn offer_lapse(&self) -> Span {
        seconds(self.offer_lapse_seconds)
    }
    /// Seconds a team needs for so many metres.
    pub fn walk_seconds(&self, length_m: f64) -> u32 {
        // A pack may not make teams faster than runners or slower than anything that moves.
        (length_m.max(0.0) / self.walk_m_per_second.clamp(0.3, 3.0)).ceil() as u32
    }
    /// When the private row of a request that ended at `ended_at` is to be erased.
    pub fn erase_at(&self, ended_at: Instant) -> Instant {
        ended_at + Span::hours(self.private_kept_hours.into())
    }
}

/// A calendar date. Deserialized from `2026-12-25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct ClosedDate {
    /// Calendar year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

/// The text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADate {
    /// What was written instead.
    pub text: String,
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a date of the form 2026-12-25", self.text)
    }
}
impl std::error::Error for NotADate {}

impl TryFrom<String> for ClosedDate {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        let read = || {
            let mut parts = text.split('-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            let date = Self {
                year: year.parse().ok()?,
                month: month.parse().ok()?,
                day: day.parse().ok()?,
            };
            let exact = parts.next().is_none()
                && [year.len(), month.len(), day.len()] == [4, 2, 2]
                // Midnight exists on every date that does.
                && Zone::UTC.moment(&format!("{text}T00:00")).is_some();
            exact.then_some(date)
        };
        read().ok_or_else(|| NotADate { text: text.clone() })
    }
}

#[cfg(test)]
mod tests;
