//! Calendar days, for "last checked on".

use serde::{Deserialize, Serialize};
use std::fmt;

/// A day: days since 1970-01-01. Shown as `2026-11-23`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct EpochDay(pub i32);

impl EpochDay {
    /// The day of the Gregorian calendar with this date; `None` if there is none such.
    pub fn of_date(year: i32, month: u32, day: u32) -> Option<Self> {
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = (i64::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
        let day_of_era = i64::from(year_of_era) * 365 + i64::from(year_of_era / 4)
            - i64::from(year_of_era / 100)
            + day_of_year;
        let found = Self((i64::from(era) * 146_097 + day_of_era - 719_468) as i32);
        (found.date() == (year, month, day)).then_some(found)
    }

    /// Year, month (1–12) and day of the month.
    pub fn date(self) -> (i32, u32, u32) {
        // days since 0000-03-01, so that the leap day is the last of its year
        let z = i64::from(self.0) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        (year as i32, month as u32, (doy - (153 * mp + 2) / 5 + 1) as u32)
    }

    /// Reads `2026-11-23`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        Self::of_date(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
    }
}

impl fmt::Display for EpochDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.date();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

#[cfg(test)]
mod tests;
