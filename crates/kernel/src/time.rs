//! Time as an argument. Inside everything is UTC milliseconds; a city's local time exists only
//! where its rules ("Tuesday to Friday, 22:00 to 01:00") or its screens need it.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, ops};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z. Serialized as that integer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Instant(i64);

/// A length of time in milliseconds; may be negative. Serialized as that integer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Span(i64);

impl Instant {
    /// The moment this many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// Milliseconds after the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// The start of the hour (UTC) this moment lies in; what may be told of sealed reports.
    pub const fn rounded_to_hour(self) -> Self {
        Self(self.0 - self.0.rem_euclid(3_600_000))
    }
    /// How long after `earlier` this is; negative if before it.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// A span of milliseconds.
    pub const fn millis(millis: i64) -> Self {
        Self(millis)
    }
    /// A span of seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1_000)
    }
    /// A span of minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes * 60_000)
    }
    /// A span of hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 3_600_000)
    }
    /// A span of days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self(days * 86_400_000)
    }
    /// The length in milliseconds.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
    /// The length in whole seconds, towards zero.
    pub const fn as_seconds(self) -> i64 {
        self.0 / 1_000
    }
}

impl ops::Add<Span> for Instant {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}
impl ops::Sub<Span> for Instant {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}
impl ops::Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// A city's time zone, by its IANA name. The database is compiled in: no file is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

/// The name is in no edition of the IANA database that was compiled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    /// The name as given.
    pub name: String,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no time zone is called {:?}; use an IANA name such as Asia/Seoul", self.name)
    }
}
impl std::error::Error for UnknownZone {}

/// A moment as the city's clocks show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// Calendar year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month, 1 to 31.
    pub day: i8,
    /// Day of the week.
    pub weekday: Weekday,
    /// Minutes since local midnight, 0 to 1439.
    pub minute: u16,
}

/// Day of the week. Serialized in lowercase English (`mon` … `sun`), as city packs write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// The week from Monday on.
    pub const ALL: [Self; 7] =
        [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// The day before this one: a service night that began yesterday still runs after midnight.
    pub const fn yesterday(self) -> Self {
        match self {
            Self::Mon => Self::Sun,
            Self::Tue => Self::Mon,
            Self::Wed => Self::Tue,
            Self::Thu => Self::Wed,
            Self::Fri => Self::Thu,
            Self::Sat => Self::Fri,
            Self::Sun => Self::Sat,
        }
    }
}

impl<'de> Deserialize<'de> for Zone {
    /// From the IANA name, as city packs write it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::named(&name).map_err(de::Error::custom)
    }
}

impl Zone {
    /// Coordinated universal time, the one zone that needs no database.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The zone with this IANA name.
    ///
    /// # Errors
    /// [`UnknownZone`] when the compiled database has no such name.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZone::get(name).map(Self).map_err(|_unknown| UnknownZone { name: name.to_owned() })
    }

    /// What the city's clocks show at `at`. Moments beyond year 9999 are shown as the epoch.
    pub fn local(&self, at: Instant) -> LocalTime {
        let stamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
        let zoned = self.0.to_datetime(stamp);
        let weekday =
            Weekday::ALL[usize::try_from(zoned.weekday().to_monday_zero_offset()).unwrap_or(0)];
        LocalTime {
            year: zoned.year(),
            month: zoned.month(),
            day: zoned.day(),
            weekday,
            minute: zoned.hour() as u16 * 60 + zoned.minute() as u16,
        }
    }

    /// The moment a local wall-clock text such as `2026-11-23T22:40` names. In a gap or fold of
    /// the clocks the earlier reading is taken. `None` when the text is not a local date and time.
    pub fn moment(&self, local: &str) -> Option<Instant> {
        let civil: jiff::civil::DateTime = local.parse().ok()?;
        let stamp = self.0.to_ambiguous_timestamp(civil).earlier().ok()?;
        Some(Instant(stamp.as_millisecond()))
    }

    /// The local wall-clock text of a moment, to the second: `2026-11-23T22:40:00`.
    pub fn wall(&self, at: Instant) -> String {
        let stamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
        self.0.to_datetime(stamp).strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

#[cfg(test)]
mod tests;
