//! What reading a table yields: every row accounted for, none lost.

use crate::{Crs, Date, Encoding, Entry, FileKind};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// A row's lasting name: the same content read again, or read from a newer file in another
/// encoding or order of columns, has the same key. The day of the data and serial numbers are not
/// part of it; of rows that say the same apart from those, the second has another key.
/// Serialized as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(pub u128);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.to_string()
    }
}
impl TryFrom<String> for Key {
    type Error = std::num::ParseIntError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        u128::from_str_radix(&text, 16).map(Self)
    }
}

/// Why a row waits in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More or fewer fields than the heading has, or a quotation left open.
    FieldCount,
    /// Characters were lost before or during reading.
    DestroyedText,
    /// No position is given, or half of one: an address alone, a table without such columns.
    NoPosition,
    /// Latitude or longitude is 0.
    ZeroPosition,
    /// The position is no number.
    UnreadablePosition,
    /// Metres of no grid known here.
    UnknownGrid,
    /// The position lies outside the city's box.
    OutsideBox,
    /// What the row must say, such as a name, is missing.
    Incomplete,
    /// A street names points the file does not hold.
    MissingPoints,
}

impl Reason {
    /// The name used in reports, exports and the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FieldCount => "field_count",
            Self::DestroyedText => "destroyed_text",
            Self::NoPosition => "no_position",
            Self::ZeroPosition => "zero_position",
            Self::UnreadablePosition => "unreadable_position",
            Self::UnknownGrid => "unknown_grid",
            Self::OutsideBox => "outside_box",
            Self::Incomplete => "incomplete",
            Self::MissingPoints => "missing_points",
        }
    }
}

/// What may have gone wrong with a quarantined row, for whoever corrects it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// Read as degrees, minutes and seconds (`37.3433` for 37°34′33″) it would lie in the city.
    DegreesMinutes,
    /// With latitude and longitude changed over it would lie in the city.
    SwappedAxes,
}

/// A row that was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its lasting name.
    pub key: Key,
    /// The line it began on, from 1; in a JSON list the number of the element.
    pub line: u32,
    /// The day its data was checked, from the row or else the file's name.
    pub checked_on: Option<Date>,
    /// Who keeps it, as written.
    pub agency: Option<Box<str>>,
    /// What it says.
    pub entry: Entry,
}

/// A row that waits for a correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quarantined {
    /// Why.
    pub reason: Reason,
    /// What may be behind it.
    pub suspicion: Option<Suspicion>,
    /// The line it began on, from 1; in a JSON list the number of the element.
    pub line: u32,
    /// Its text as it stood in the file, without the line end.
    pub original: String,
}

/// A table, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The file, as it was named.
    pub file: String,
    /// What it is.
    pub kind: FileKind,
    /// Which publication it is one issue of: kind, schema and, where one agency keeps nearly all
    /// rows, that agency. A newer sheet of the same series retires the rows it no longer has.
    pub series: String,
    /// It is an export of quarantined rows, corrected: it adds rows and retires none.
    pub correction: bool,
    /// What its bytes are written in.
    pub encoding: Encoding,
    /// What its positions are written in; `None` when it has none.
    pub crs: Option<Crs>,
    /// Grids that fit as well as the one taken; empty unless in doubt.
    pub crs_rivals: Vec<Crs>,
    /// Its two position columns hold each other's numbers, in all rows.
    pub axes_swapped: bool,
    /// Rows whose own position was turned round because it lies in the city only that way.
    pub rows_turned: u64,
    /// Rows that end in empty fields the heading does not name, all alike; they were cut off.
    pub surplus_fields: u64,
    /// The newest day any row was checked on.
    pub checked_on: Option<Date>,
    /// The first line as it stood: the heading. Empty for JSON.
    pub heading: String,
    /// How many rows the file holds, headings and blank lines not counted.
    pub rows: u64,
    /// Rows that repeat an earlier one exactly. The first is kept.
    pub duplicates: u64,
    /// Rows that were taken, in the order of the file.
    pub accepted: Vec<Row>,
    /// Rows that wait for a correction, in the order of the file.
    pub quarantined: Vec<Quarantined>,
}

impl Sheet {
    /// Whether every row is accounted for.
    pub fn adds_up(&self) -> bool {
        self.rows == self.accepted.len() as u64 + self.duplicates + self.quarantined.len() as u64
    }

    /// The sheet, if its rows add up; a reader that loses a row is a fault and must not go on.
    pub(crate) fn closed(self) -> Self {
        assert!(self.adds_up(), "every row is accepted, a duplicate or quarantined");
        self
    }

    /// Quarantined rows by reason.
    pub fn by_reason(&self) -> BTreeMap<Reason, u64> {
        let mut counts = BTreeMap::new();
        for row in &self.quarantined {
            *counts.entry(row.reason).or_insert(0) += 1;
        }
        counts
    }
}
