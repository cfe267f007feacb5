//! The ledger of what was told of all women together. A table of a period is released once: of all
//! the lines there are at that time. Two tables that differ by one person would tell of that person,
//! so a second one is refused; the same one again is the same release and spends nothing more.
//!
//! Epsilon is the measure of differential privacy: how much any one person's line may change what is
//! told. It is counted in thousandths, so that sums are exact.

use kernel::{Instant, LocalTime, RefusalKind};
use seal::Hash;
use serde::Deserialize;
use std::{fmt, str::FromStr};

/// How often a table is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
}

/// What a line can say, and a table count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The month.
    Month,
    /// The district.
    District,
    /// The type by the intake.
    Type,
    /// The context, as computed.
    Context,
    /// The band of her age.
    AgeBand,
    /// The service that was given.
    Service,
}

/// A part of a year, or all of it. Written `2026-11`, `2026-Q4`, `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    year: i16,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Year,
    Quarter(i8),
    Month(i8),
}

/// The text is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPeriod;

impl fmt::Display for NotAPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a period is written like 2026-11, 2026-Q4 or 2026")
    }
}
impl std::error::Error for NotAPeriod {}

impl Period {
    /// The year it lies in; what it spends is counted there.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// How often there is one like it.
    pub const fn every(self) -> Every {
        match self.part {
            Part::Year => Every::Year,
            Part::Quarter(_) => Every::Quarter,
            Part::Month(_) => Every::Month,
        }
    }

    /// Whether all of it lies before this day: until then lines may still come.
    pub fn is_over(self, today: LocalTime) -> bool {
        let last = match self.part {
            Part::Year => 12,
            Part::Quarter(quarter) => quarter * 3,
            Part::Month(month) => month,
        };
        (self.year, last) < (today.year, today.month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{:04}", self.year),
            Part::Quarter(quarter) => write!(f, "{:04}-Q{quarter}", self.year),
            Part::Month(month) => write!(f, "{:04}-{month:02}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;
    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse::<i16>().ok()).flatten().ok_or(NotAPeriod)
        };
        let (year, part) = match text.split_once('-') {
            None => (number(text, 4)?, Part::Year),
            Some((year, rest)) => (number(year, 4)?, part_of(rest, &number)?),
        };
        if year < 1 {
            return Err(NotAPeriod);
        }
        Ok(Self { year, part })
    }
}

fn part_of(
    rest: &str,
    number: &impl Fn(&str, usize) -> Result<i16, NotAPeriod>,
) -> Result<Part, NotAPeriod> {
    match rest.strip_prefix('Q') {
        Some(quarter) => match number(quarter, 1)? {
            quarter @ 1..=4 => Ok(Part::Quarter(quarter as i8)),
            _ => Err(NotAPeriod),
        },
        None => match number(rest, 2)? {
            month @ 1..=12 => Ok(Part::Month(month as i8)),
            _ => Err(NotAPeriod),
        },
    }
}

/// What the pack says of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// How often it is told of.
    pub every: Every,
    /// What telling of it spends.
    pub epsilon_thousandths: u32,
}

/// A table of a period that is asked for.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Which period.
    pub period: Period,
    /// Over every line that is counted in it. Each line has random bytes in it that only those who
    /// count know, so this tells nobody else what is in them.
    pub digest: Hash,
}

/// A release that is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Release {
    /// The table's key.
    pub table: String,
    /// Which period.
    pub period: String,
    /// Over every line that was counted.
    pub digest: Hash,
    /// What it spent.
    pub epsilon_thousandths: u32,
    /// The full hour.
    pub reserved_at: Instant,
}

/// What becomes of what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// It is kept from now on, and has spent so much.
    Now {
        /// In thousandths.
        epsilon_thousandths: u32,
    },
    /// It was kept before; nothing more is spent.
    Before,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The table is not told of by periods like this one.
    AnotherPeriod,
    /// The period is not over.
    PeriodRuns,
    /// The table of this period was released, of other lines.
    Released,
    /// The year has nothing left for it.
    Spent,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AnotherPeriod, Self::PeriodRuns, Self::Released, Self::Spent];
}

impl kernel::Refusal for Refused {
    fn code(self) -> &'static str {
        match self {
            Self::AnotherPeriod => "onestop.another_period",
            Self::PeriodRuns => "onestop.period_runs",
            Self::Released => "onestop.released",
            Self::Spent => "onestop.spent",
        }
    }
    fn kind(self) -> RefusalKind {
        match self {
            Self::AnotherPeriod => RefusalKind::Invalid,
            Self::PeriodRuns | Self::Released | Self::Spent => RefusalKind::Conflict,
        }
    }
}

/// Decides about a table of a period. `kept` is what there is of it; `spent_thousandths` what all
/// tables have spent of that year, out of `yearly_thousandths`.
///
/// # Errors
/// [`Refused`]. What was released before stays so, whatever the pack says now.
pub fn reserve(
    asked: &Asked,
    table: Table,
    kept: Option<&Release>,
    (spent_thousandths, yearly_thousandths): (u32, u32),
    today: LocalTime,
) -> Result<Reserved, Refused> {
    if let Some(kept) = kept {
        return if kept.digest == asked.digest {
            Ok(Reserved::Before)
        } else {
            Err(Refused::Released)
        };
    }
    if asked.period.every() != table.every {
        return Err(Refused::AnotherPeriod);
    }
    if !asked.period.is_over(today) {
        return Err(Refused::PeriodRuns);
    }
    let epsilon_thousandths = table.epsilon_thousandths;
    match spent_thousandths.checked_add(epsilon_thousandths) {
        Some(sum) if sum <= yearly_thousandths => Ok(Reserved::Now { epsilon_thousandths }),
        _ => Err(Refused::Spent),
    }
}

#[cfg(test)]
mod tests;
