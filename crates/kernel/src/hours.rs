//! Weekly hours as signs and city packs write them: `mon = "22:00-24:00"`, `tue = "22:00-01:00"`.
//! A window belongs to the day it opens on, also for the part after midnight.

use crate::time::{LocalTime, Weekday};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str};

/// Minutes in a day of 24 hours.
const DAY_MINUTES: u16 = 24 * 60;

/// From when until when, on the day it opens. Serialized as `22:00-01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Window {
    from_minute: u16,
    until_minute: u16,
}

/// The text is no window of hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAWindow {
    /// What was written instead.
    pub text: String,
}

impl fmt::Display for NotAWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not of the form 22:00-01:00", self.text)
    }
}
impl std::error::Error for NotAWindow {}

impl Window {
    /// Round the clock.
    pub const ALL_DAY: Self = Self { from_minute: 0, until_minute: DAY_MINUTES };

    /// Minutes after the midnight the day began with, 0 to 1439.
    pub const fn from_minute(self) -> u16 {
        self.from_minute
    }
    /// Minutes after that same midnight; beyond 1440 when it closes after the next one.
    pub const fn until_minute(self) -> u16 {
        self.until_minute
    }
}

/// Minutes of `HH:MM`, up to and including 24:00.
fn minute_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && total <= DAY_MINUTES).then_some(total)
}

impl str::FromStr for Window {
    type Err = NotAWindow;
    /// Reads `22:00-01:00`. A closing time not after the opening is the next day's; equal times
    /// are refused, since nobody could tell "always" from "never".
    fn from_str(text: &str) -> Result<Self, NotAWindow> {
        let read = || {
            let (from, until) = text.split_once('-')?;
            let (from, until) = (minute_of(from)?, minute_of(until)?);
            let until = if until < from { until + DAY_MINUTES } else { until };
            (from < DAY_MINUTES && until != from)
                .then_some(Self { from_minute: from, until_minute: until })
        };
        read().ok_or_else(|| NotAWindow { text: text.to_owned() })
    }
}

impl TryFrom<String> for Window {
    type Error = NotAWindow;
    fn try_from(text: String) -> Result<Self, NotAWindow> {
        text.parse()
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 24:00 stays 24:00; only what lies beyond is the next day's clock.
        let until = match self.until_minute {
            late if late > DAY_MINUTES => late - DAY_MINUTES,
            early => early,
        };
        let (from, hour) = (self.from_minute, until / 60);
        write!(f, "{:02}:{:02}-{hour:02}:{:02}", from / 60, from % 60, until % 60)
    }
}

/// The hours of a week; a day without a window is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week(BTreeMap<Weekday, Window>);

impl Week {
    /// The week with these windows.
    pub fn new(windows: impl IntoIterator<Item = (Weekday, Window)>) -> Self {
        Self(windows.into_iter().collect())
    }

    /// Open round the clock every day.
    pub fn always() -> Self {
        Self::new(Weekday::ALL.map(|day| (day, Window::ALL_DAY)))
    }

    /// The window that opens on this day.
    pub fn on(&self, day: Weekday) -> Option<Window> {
        self.0.get(&day).copied()
    }

    /// Whether it is open at this local time: the opening minute is, the closing minute is not.
    pub fn open_at(&self, local: LocalTime) -> bool {
        let within = |day, minute| {
            self.on(day).is_some_and(|w| (w.from_minute..w.until_minute).contains(&minute))
        };
        within(local.weekday, local.minute)
            || within(local.weekday.yesterday(), local.minute + DAY_MINUTES)
    }
}

#[cfg(test)]
mod tests;
