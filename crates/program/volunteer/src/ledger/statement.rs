//! A month of somebody's hours and pay, computed from the ledger and nothing else.

use super::{Entry, Ledger};
use crate::{
    Engagement, Rules,
    date::{Date, Month},
    rules::Money,
};
use kernel::{Instant, Span, Zone, time::Weekday};

/// Night work is what lies between 22:00 and 06:00: minutes after midnight.
const NIGHT_UNTIL: u16 = 6 * 60;
const NIGHT_FROM: u16 = 22 * 60;

/// What somebody did in a month. A turn belongs to the month it began in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Turns of duty that count.
    pub turns: u32,
    /// Minutes worked for pay, seconds dropped turn by turn.
    pub paid_minutes: u32,
    /// Those of them worked between 22:00 and 06:00.
    pub night_minutes: u32,
    /// Minutes worked as a volunteer.
    pub volunteer_minutes: u32,
    /// Minutes of volunteer time earned with reports.
    pub report_minutes: u32,
    /// What the paid minutes earn, rounded up once for the month.
    pub pay: Money,
    /// Turns that were put right.
    pub corrected: u32,
}

/// Whole minutes from one moment to another, none if they stand the wrong way round.
fn minutes(from: Instant, until: Instant) -> u32 {
    u32::try_from(until.since(from).as_seconds() / 60).unwrap_or(0)
}

/// Minutes of a turn that lie in the night, as the city's clocks show them.
fn night_minutes(entry: &Entry, zone: &Zone) -> u32 {
    let first = Date::of(zone.local(entry.from)).yesterday();
    let nights = std::iter::successors(Some(first), |date| Some(date.tomorrow())).take(3);
    nights
        .filter_map(|date| {
            let begins = date.moment(zone, NIGHT_FROM)?;
            let ends = date.tomorrow().moment(zone, NIGHT_UNTIL)?;
            Some(minutes(entry.from.max(begins), entry.until.min(ends)))
        })
        .sum()
}

impl Ledger {
    /// What is left of the hours somebody paid may be sent out for in this week, Monday to Sunday
    /// by the city's clocks; none when they are worked. A turn belongs to the week it began in.
    /// `None` for whoever has no limit.
    pub fn week_left(&self, rules: &Rules, zone: &Zone, now: Instant) -> Option<Span> {
        let limit = Span::hours(rules.paid_week_hours_max.into());
        if self.engagement != Some(Engagement::Paid) || limit == Span::ZERO {
            return None;
        }
        let mut monday = Date::of(zone.local(now));
        while monday.weekday() != Weekday::Mon {
            monday = monday.yesterday();
        }
        let from = monday.moment(zone, 0)?;
        let paid = |entry: &&Entry| entry.from >= from && entry.engagement == Engagement::Paid;
        let worked = self.entries.iter().filter(paid).map(Entry::span);
        let worked = worked.fold(Span::ZERO, |sum, one| sum + one);
        Some(Span::millis((limit.as_millis() - worked.as_millis()).max(0)))
    }

    /// The statement of a month, by the rules as they are now.
    pub fn statement(&self, month: Month, rules: &Rules, zone: &Zone) -> Statement {
        let within = |at: Instant| Date::of(zone.local(at)).month() == month;
        let mut sum = Statement::default();
        for entry in self.entries.iter().filter(|entry| within(entry.from)) {
            let worked = minutes(entry.from, entry.until);
            sum.turns += u32::from(worked > 0);
            sum.corrected += u32::from(entry.corrections > 0);
            match entry.engagement {
                Engagement::Paid => {
                    sum.paid_minutes += worked;
                    sum.night_minutes += night_minutes(entry, zone).min(worked);
                }
                Engagement::Volunteer => sum.volunteer_minutes += worked,
            }
        }
        let hours = self.report_hours.iter().filter(|hour| within(hour.at)).count();
        sum.report_minutes = 60 * u32::try_from(hours).unwrap_or(u32::MAX / 60);
        let weighed = 100 * u64::from(sum.paid_minutes)
            + u64::from(rules.night_extra_percent) * u64::from(sum.night_minutes);
        sum.pay = Money(weighed.saturating_mul(rules.hourly_pay.0).div_ceil(6_000));
        sum
    }
}

#[cfg(test)]
mod tests;
