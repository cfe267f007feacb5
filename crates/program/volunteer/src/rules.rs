//! The limits volunteers and teams keep; per district, from the city pack.

use crate::calendar::Calendar;
use kernel::{DistrictCode, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An amount of money in the city's currency, in its smallest unit (won). Not for arithmetic with
/// other cities' amounts.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub u64);

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
    /// Days before a record check or a training runs out in which its renewal is asked for: a
    /// criminal record check takes the police one to two weeks.
    pub papers_warn_days: u16,
    /// When each district serves, unless it has a calendar of its own.
    pub calendar: Calendar,
    /// The calendars of districts that differ.
    pub calendars: BTreeMap<DistrictCode, Calendar>,
    /// Days an application may wait for its next step until the programme manager is reminded,
    /// and again after as many: people who are not answered leave.
    pub application_answer_days: u16,
    /// Days the private row of an application is kept after it was declined or withdrawn, in case
    /// it is contested.
    pub application_kept_days: u16,
    /// Months a paid escort may serve; the job programme's contracts end after 23. 0: no end.
    pub paid_service_months_max: Months,
    /// Months a volunteer may serve. 0: no end.
    pub volunteer_service_months_max: Months,
    /// Hours a week a paid escort may be sent out for: 14, the job programme's part-time contract,
    /// which is one Monday and four other nights. The turn that reaches it is finished. 0: no limit.
    pub paid_week_hours_max: u16,
    /// Days before the end of service in which it is told: time to find and train who follows.
    pub service_warn_days: u16,
    /// Days of service after which somebody counts as a veteran. Seoul pairs one veteran with one
    /// newcomer because contracts rotate; a month holds about 20 nights.
    pub veteran_days: u16,
    /// Hours before a shift in which a withdrawal is a late drop-out and replacements are called:
    /// a day, so that tonight's crew was known yesterday.
    pub drop_out_late_hours: u16,
    /// Minutes a replacement is called for until the desk is told that nobody has come.
    pub replacement_minutes: u16,
    /// Hours before a shift at which a crew below its minimum is told to the programme manager.
    pub crew_short_hours: u16,
    /// Minutes before a shift from which teams may check in.
    pub check_in_early_minutes: u16,
    /// Minutes within which both of a team must check in: together, or not at all.
    pub check_in_together_minutes: u16,
    /// Minutes after a shift's beginning at which whoever has not checked in is noted as absent.
    pub no_show_minutes: u16,
    /// What an hour of paid duty earns. The statutory minimum of 2026 (10,320 won).
    pub hourly_pay: Money,
    /// What is paid on top for the minutes between 22:00 and 06:00, in percent. Labor Standards
    /// Act, article 56(3): half as much again.
    pub night_extra_percent: u16,
    /// Reports that earn an hour of volunteer time: "4 reports = 1 hour" of the Village Guards. 0:
    /// reports earn none.
    pub hour_reports: Reports,
    /// Hours one turn of duty can be credited with at most; beyond, a clock-out was forgotten.
    pub credit_hours_max: u16,
    /// Minutes between check-ins of a team out alone, unless it chooses.
    pub check_in_minutes: u16,
    /// Minutes a watch may run at most without a sign of life.
    pub watch_minutes_max: u16,
    /// Seconds between asking her and telling the desk. Personal-safety apps wait 15 s to 5 min.
    pub watch_grace_seconds: u16,
    /// Seconds an unseen overdue watch rings at the desk until it rings at the duty officer.
    pub watch_duty_seconds: u16,
    /// Seconds between further rings.
    pub watch_again_seconds: u16,
    /// Minutes until the desk is asked about an overdue watch that was seen but not closed.
    pub watch_still_open_minutes: u16,
    /// Days a note to keep away from somewhere may hold at most: what nobody renews is forgotten.
    pub no_go_days_max: u16,
    /// Hours after an incident within which a talk is owed: critical-incident practice holds it
    /// within 24 to 72 hours.
    pub debrief_hours: u16,
    /// Hours between reminders of a talk still owed.
    pub debrief_again_hours: u16,
    /// People among whom a median is shown at least: among fewer it would tell of one of them.
    pub load_people_min: u16,
}

/// A number of months of the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Months(pub u16);

/// A number of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Reports(pub u16);

impl Default for Rules {
    fn default() -> Self {
        Self {
            shift_hours: 3,
            rest_minutes: 2,
            woman_required: true,
            record_check_days_max: 365,
            training_days_max: 365,
            papers_warn_days: 30,
            calendar: Calendar::default(),
            calendars: BTreeMap::new(),
            application_answer_days: 7,
            application_kept_days: 30,
            paid_service_months_max: Months(23),
            volunteer_service_months_max: Months(0),
            paid_week_hours_max: 14,
            service_warn_days: 60,
            veteran_days: 90,
            drop_out_late_hours: 24,
            replacement_minutes: 60,
            crew_short_hours: 48,
            check_in_early_minutes: 30,
            check_in_together_minutes: 10,
            no_show_minutes: 15,
            hourly_pay: Money(10_320),
            night_extra_percent: 50,
            hour_reports: Reports(4),
            credit_hours_max: 8,
            check_in_minutes: 30,
            watch_minutes_max: 120,
            watch_grace_seconds: 120,
            watch_duty_seconds: 45,
            watch_again_seconds: 60,
            watch_still_open_minutes: 10,
            no_go_days_max: 90,
            debrief_hours: 72,
            debrief_again_hours: 24,
            load_people_min: 5,
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
    /// The calendar a district serves by.
    pub fn calendar_of(&self, district: &DistrictCode) -> &Calendar {
        self.calendars.get(district).unwrap_or(&self.calendar)
    }
    /// How long before it runs out a paper's renewal is asked for.
    pub fn papers_warn(&self) -> Span {
        Span::days(self.papers_warn_days.into())
    }
    /// Until somebody is reminded of an application. Never less than a day.
    pub fn application_answer(&self) -> Span {
        Span::days(self.application_answer_days.max(1).into())
    }
    /// How long an application's private row outlives it.
    pub fn application_kept(&self) -> Span {
        Span::days(self.application_kept_days.into())
    }
    /// How long before a shift a withdrawal is late.
    pub fn drop_out_late(&self) -> Span {
        Span::hours(self.drop_out_late_hours.into())
    }
    /// How long a replacement is called for. Never less than a minute.
    pub fn replacement(&self) -> Span {
        Span::minutes(self.replacement_minutes.max(1).into())
    }
    /// How long before a shift a short crew is told.
    pub fn crew_short(&self) -> Span {
        Span::hours(self.crew_short_hours.into())
    }
    /// How long before a shift teams may check in.
    pub fn check_in_early(&self) -> Span {
        Span::minutes(self.check_in_early_minutes.into())
    }
    /// Within which time both check in.
    pub fn check_in_together(&self) -> Span {
        Span::minutes(self.check_in_together_minutes.into())
    }
    /// How long after the beginning somebody missing is noted.
    pub fn no_show(&self) -> Span {
        Span::minutes(self.no_show_minutes.into())
    }
    /// The longest turn of duty that is credited.
    pub fn credit_max(&self) -> Span {
        Span::hours(self.credit_hours_max.into())
    }
    /// How long a watch may run without a sign of life. Never less than a minute.
    pub fn watch_max(&self) -> Span {
        Span::minutes(self.watch_minutes_max.max(1).into())
    }
    /// Between asking her and telling the desk.
    pub fn watch_grace(&self) -> Span {
        Span::seconds(self.watch_grace_seconds.into())
    }
    /// Until an unseen overdue watch rings at the duty officer.
    pub fn watch_duty(&self) -> Span {
        Span::seconds(self.watch_duty_seconds.into())
    }
    /// Between further rings. Never less than a second, or a mistyped 0 would ring without end.
    pub fn watch_again(&self) -> Span {
        Span::seconds(self.watch_again_seconds.max(1).into())
    }
    /// Between questions about a watch seen and not closed. Never less than a minute.
    pub fn watch_still_open(&self) -> Span {
        Span::minutes(self.watch_still_open_minutes.max(1).into())
    }
    /// How long a note to keep away may hold.
    pub fn no_go_max(&self) -> Span {
        Span::days(self.no_go_days_max.into())
    }
    /// Within which time a talk is owed.
    pub fn debrief(&self) -> Span {
        Span::hours(self.debrief_hours.into())
    }
    /// Between reminders of a talk owed. Never less than an hour.
    pub fn debrief_again(&self) -> Span {
        Span::hours(self.debrief_again_hours.max(1).into())
    }
}

#[cfg(test)]
mod tests;
