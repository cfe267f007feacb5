//! Dates as a city's calendar writes them. A service night belongs to the date it begins on.

use kernel::{Instant, LocalTime, Span, Zone, time::Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar date. Serialized as `2026-12-25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    month: i8,
    day: i8,
}

/// A day that comes every year. Serialized as `12-25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearDay {
    month: i8,
    day: i8,
}

/// A month of a year, as pay is counted. Serialized as `2026-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i16,
    month: i8,
}

/// The text is no date, day or month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADate {
    /// What was written instead.
    pub text: String,
    /// What was expected, as an example.
    pub like: &'static str,
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not of the form {}", self.text, self.like)
    }
}
impl std::error::Error for NotADate {}

/// The numbers of `2026-12-25` or a part of it, each with as many digits as `digits` says.
fn numbers<const N: usize>(text: &str, digits: [usize; N]) -> Option<[i16; N]> {
    let mut parts = text.split('-');
    let mut read = [0_i16; N];
    for (slot, digits) in read.iter_mut().zip(digits) {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        *slot = plain.then(|| part.parse().ok()).flatten()?;
    }
    parts.next().is_none().then_some(read)
}

/// Days in a month of a year of the Gregorian calendar.
const fn days_in(year: i16, month: i8) -> i8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// The date, if the calendar has it.
    pub const fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let exists = 1 <= month && month <= 12 && 1 <= day && day <= days_in(year, month);
        if exists && 0 <= year && year <= 9_999 { Some(Self { year, month, day }) } else { None }
    }

    /// The date the city's clocks show.
    pub const fn of(local: LocalTime) -> Self {
        Self { year: local.year, month: local.month, day: local.day }
    }

    /// The month it lies in.
    pub const fn month(self) -> Month {
        Month { year: self.year, month: self.month }
    }

    /// The same day in every year.
    pub const fn year_day(self) -> YearDay {
        YearDay { month: self.month, day: self.day }
    }

    /// The day before.
    pub const fn yesterday(self) -> Self {
        match (self.month, self.day) {
            (1, 1) => Self { year: self.year - 1, month: 12, day: 31 },
            (month, 1) => Self { month: month - 1, day: days_in(self.year, month - 1), ..self },
            (_, day) => Self { day: day - 1, ..self },
        }
    }

    /// The day after.
    pub const fn tomorrow(self) -> Self {
        if self.day < days_in(self.year, self.month) {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }

    /// The same day so many months later; the month's last day where it has no such day.
    pub fn plus_months(self, months: u16) -> Self {
        let ahead = i32::from(self.month) - 1 + i32::from(months);
        let year = self.year.saturating_add(i16::try_from(ahead / 12).unwrap_or(i16::MAX));
        let month = i8::try_from(ahead % 12).unwrap_or(0) + 1;
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }

    /// The day of the week (Sakamoto's method).
    pub fn weekday(self) -> Weekday {
        const SHIFTS: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = i32::from(self.year) - i32::from(self.month < 3);
        let shift = SHIFTS[usize::try_from(self.month - 1).unwrap_or(0) % 12];
        let from_sunday = year + year / 4 - year / 100 + year / 400 + shift + i32::from(self.day);
        Weekday::ALL[usize::try_from((from_sunday + 6).rem_euclid(7)).unwrap_or(0)]
    }

    /// The moment the city's clocks show so many minutes after this date's midnight, counted from
    /// the hour the window opens at: on a night on which the clocks change it is as long as ever.
    /// `None` beyond the years clocks know.
    pub fn moment(self, zone: &Zone, minute: u16) -> Option<Instant> {
        let (hour, rest) = (minute / 60, minute % 60);
        if hour < 24 {
            return zone.moment(&format!("{self}T{hour:02}:{rest:02}"));
        }
        let last = zone.moment(&format!("{self}T23:59"))?;
        Some(last + Span::minutes(i64::from(minute) - (24 * 60 - 1)))
    }
}

impl YearDay {
    /// The first of March.
    pub const MARCH_1: Self = Self { month: 3, day: 1 };
    /// The last day of the year.
    pub const DECEMBER_31: Self = Self { month: 12, day: 31 };

    /// Whether it lies in a stretch of the year, both ends included. A stretch whose end comes
    /// before its beginning runs over New Year.
    pub fn within(self, from: Self, until: Self) -> bool {
        if from <= until { from <= self && self <= until } else { from <= self || self <= until }
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        let read = numbers(&text, [4, 2, 2])
            .and_then(|[year, month, day]| Self::new(year, month as i8, day as i8));
        read.ok_or(NotADate { text, like: "2026-12-25" })
    }
}

impl TryFrom<String> for YearDay {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        // A leap year has every day there is.
        let read = numbers(&text, [2, 2])
            .and_then(|[month, day]| Date::new(2_028, month as i8, day as i8));
        read.map(Date::year_day).ok_or(NotADate { text, like: "12-25" })
    }
}

impl TryFrom<String> for Month {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        let read = numbers(&text, [4, 2]).and_then(|[year, month]| Date::new(year, month as i8, 1));
        read.map(Date::month).ok_or(NotADate { text, like: "2026-12" })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}
impl From<YearDay> for String {
    fn from(day: YearDay) -> Self {
        day.to_string()
    }
}
impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests;
