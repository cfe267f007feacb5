//! Calendar dates as the tables write them: the day a row was checked.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar day. Serialized as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    /// Year, 1900 to 2100: anything else in a table is a slip of the pen.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31, within the month.
    pub day: u8,
}

/// The text is no date of the years 1900 to 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date is written YYYY-MM-DD and lies in the years 1900 to 2100")
    }
}
impl std::error::Error for NotADate {}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        ((1900..=2100).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Reads `2019-06-05`, `2019.7.31`, `2019/07/31`, `20190731` and a time of day behind any.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let head = text.split([' ', 'T']).next().unwrap_or_default();
        if head.len() == 8 && head.bytes().all(|b| b.is_ascii_digit()) {
            let all: u32 = head.parse().ok()?;
            return Self::new((all / 10_000) as u16, (all / 100 % 100) as u8, (all % 100) as u8);
        }
        let mut parts = head.split(['-', '.', '/']).map(str::trim).filter(|part| !part.is_empty());
        let day = Self::new(
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        )?;
        parts.next().is_none().then_some(day)
    }

    /// The last date of eight digits in a file's name (`…_20190605.csv`): publishers put the day
    /// of the data there when the table has no column for it.
    pub fn in_file_name(name: &str) -> Option<Self> {
        name.split(|c: char| !c.is_ascii_digit())
            .filter(|run| run.len() == 8)
            .filter_map(Self::parse)
            .next_back()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
impl TryFrom<String> for Date {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        Self::parse(&text).ok_or(NotADate)
    }
}
impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

/// The year in `2016`, `2016-05`, `201605` or a full date.
pub(crate) fn year_of(text: &str) -> Option<u16> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).take(4).collect();
    let year: u16 = digits.parse().ok()?;
    (1900..=2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests;
