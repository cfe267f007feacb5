//! What an import did, as `--json` prints it.

use crate::{
    Coverage, Crs, Date, Encoding, Extract, FileKind, Reading, Reason, Refused, RefusedCode, Sheet,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The report of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// One for each file, in the order given.
    pub files: Vec<FileReport>,
    /// One for each district the streets reach.
    pub coverage: Vec<Coverage>,
}

/// What became of one file: `rows = accepted + duplicates + Σ quarantined`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file, as it was named.
    pub file: String,
    /// What it was read as; `null` when it was refused.
    pub kind: Option<FileKind>,
    /// Rows or map elements it holds; 0 when it was refused.
    pub rows: u64,
    /// How many were taken.
    pub accepted: u64,
    /// How many repeat an earlier one of the file exactly.
    pub duplicates: u64,
    /// How many wait in quarantine, by reason.
    pub quarantined: BTreeMap<Reason, u64>,
    /// What its text is written in; absent for maps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// What its positions are written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crs: Option<Crs>,
    /// Grids that fit as well; a person should look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crs_rivals: Vec<Crs>,
    /// The columns of latitude and longitude hold each other's numbers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub axes_swapped: bool,
    /// Rows whose own position was turned round.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rows_turned: u64,
    /// Rows that end in empty fields the heading does not name.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub surplus_fields: u64,
    /// The newest day the data was checked on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<Date>,
    /// Why the file was refused as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
}

/// A refusal as the report carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// For translation.
    pub code: RefusedCode,
    /// The English sentence: what was found.
    pub sentence: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl FileReport {
    fn blank(file: &str, kind: Option<FileKind>) -> Self {
        Self {
            file: file.to_owned(),
            kind,
            rows: 0,
            accepted: 0,
            duplicates: 0,
            quarantined: BTreeMap::new(),
            encoding: None,
            crs: None,
            crs_rivals: Vec::new(),
            axes_swapped: false,
            rows_turned: 0,
            surplus_fields: 0,
            checked_on: None,
            refused: None,
        }
    }

    /// Whether every row is accounted for.
    pub fn adds_up(&self) -> bool {
        self.rows == self.accepted + self.duplicates + self.quarantined.values().sum::<u64>()
    }
}

impl From<&Sheet> for FileReport {
    fn from(sheet: &Sheet) -> Self {
        Self {
            rows: sheet.rows,
            accepted: sheet.accepted.len() as u64,
            duplicates: sheet.duplicates,
            quarantined: sheet.by_reason(),
            encoding: Some(sheet.encoding),
            crs: sheet.crs,
            crs_rivals: sheet.crs_rivals.clone(),
            axes_swapped: sheet.axes_swapped,
            rows_turned: sheet.rows_turned,
            surplus_fields: sheet.surplus_fields,
            checked_on: sheet.checked_on,
            ..Self::blank(&sheet.file, Some(sheet.kind))
        }
    }
}

impl From<&Extract> for FileReport {
    fn from(extract: &Extract) -> Self {
        let mut quarantined = BTreeMap::new();
        for row in &extract.quarantined {
            *quarantined.entry(row.reason).or_insert(0) += 1;
        }
        Self {
            rows: extract.rows,
            accepted: extract.accepted(),
            duplicates: extract.duplicates,
            quarantined,
            checked_on: extract.drawn_on,
            ..Self::blank(&extract.file, Some(FileKind::Streets))
        }
    }
}

impl From<&Refused> for FileReport {
    fn from(refused: &Refused) -> Self {
        let refusal = Refusal { code: refused.code, sentence: refused.found.clone() };
        Self { refused: Some(refusal), ..Self::blank(&refused.file, None) }
    }
}

impl From<&Result<Reading, Refused>> for FileReport {
    fn from(read: &Result<Reading, Refused>) -> Self {
        match read {
            Ok(Reading::Sheet(sheet)) => sheet.into(),
            Ok(Reading::Extract(extract)) => extract.into(),
            Err(refused) => refused.into(),
        }
    }
}

#[cfg(test)]
mod tests;
