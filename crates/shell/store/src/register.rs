//! Registers of what stands in the street: reference tables, with every earlier version of each
//! row. The journal holds one event per import; the rows are here.

mod chunk;
mod import;
mod streets;

pub use import::{Import, Imported};
pub use streets::{Boundary, StreetExtract};

use crate::{Failure, Store, db::on, journal, projections::word};
use environment::AssetKind;
use kernel::{DistrictCode, Id, Instant, Point, id};

/// A row of a register as it is brought in.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetRow {
    /// Its lasting name: the same thing has the same key in the next file of the register.
    pub key: u128,
    /// What stands there.
    pub kind: AssetKind,
    /// The district it stands in, if known.
    pub district: Option<DistrictCode>,
    /// Where; `None` for a row without a position.
    pub point: Option<Point>,
    /// How many stand there.
    pub count: u32,
    /// The day its data was checked, `2026-11-23`.
    pub checked_on: Option<String>,
    /// What else is known, as JSON of the caller's making.
    pub payload: String,
}

/// A row an import could not use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantinedRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// Why, as the reader calls it (`outside_box`).
    pub reason: String,
    /// The row as it was.
    pub original: Vec<u8>,
}

/// A thing that stands in the street, as of the last published import.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// The row.
    pub row: AssetRow,
    /// Which publication it comes from.
    pub source: String,
    /// The number of the import that brought this version of it.
    pub import: u64,
}

/// One import of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// Its number, from 1.
    pub number: u64,
    /// Its id, which the journal's event carries.
    pub id: Id<id::Import>,
    /// The register it belongs to.
    pub register: Id<id::Register>,
    /// What the register lists, as a word.
    pub kind: String,
    /// Which publication the file is an issue of.
    pub source: String,
    /// The district of the register, `None` for the whole city.
    pub district: Option<DistrictCode>,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// The file's name.
    pub file_name: String,
    /// Whether it brought corrections of quarantined rows.
    pub correction: bool,
    /// The day of the data.
    pub as_of: Option<String>,
    /// When it was imported.
    pub at: Instant,
    /// What came of it.
    pub counts: Counts,
    /// The reader's report, as JSON of the caller's making.
    pub report: String,
}

/// What an import did to its register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Things that were not in the register before.
    pub added: u64,
    /// Things of which something else is known than before.
    pub changed: u64,
    /// Things that were in it and are in the file no more.
    pub retired: u64,
    /// Things that are as they were.
    pub unchanged: u64,
}

#[derive(sqlx::FromRow)]
struct AssetRecord {
    key: Vec<u8>,
    first_import: i64,
    kind: String,
    source: String,
    district: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    count: i64,
    payload: String,
    checked_on: Option<String>,
}

impl TryFrom<AssetRecord> for Asset {
    type Error = Failure;

    fn try_from(record: AssetRecord) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::row(0, format!("an asset's {what} cannot be read"));
        let kind = serde_json::from_value(serde_json::Value::String(record.kind));
        Ok(Self {
            row: AssetRow {
                key: journal::bits(&record.key).ok_or_else(|| wrong("key"))?,
                kind: kind.map_err(|_unknown| wrong("kind"))?,
                district: journal::district(record.district)
                    .map_err(|_unknown| wrong("district"))?,
                point: record.lat.zip(record.lon).and_then(|(lat, lon)| Point::new(lat, lon)),
                count: u32::try_from(record.count).map_err(|_range| wrong("count"))?,
                checked_on: record.checked_on,
                payload: record.payload,
            },
            source: record.source,
            import: record.first_import as u64,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ImportRow {
    number: i64,
    id: Vec<u8>,
    register: Vec<u8>,
    kind: String,
    source: String,
    district: Option<String>,
    digest: Vec<u8>,
    file_name: String,
    correction: i64,
    as_of: Option<String>,
    at_ms: i64,
    added: i64,
    changed: i64,
    retired: i64,
    unchanged: i64,
    report: String,
}

impl TryFrom<ImportRow> for ImportRecord {
    type Error = Failure;

    fn try_from(row: ImportRow) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::row(0, format!("import {}: {what}", row.number));
        Ok(Self {
            number: row.number as u64,
            id: Id::from_bits(journal::bits(&row.id).ok_or_else(|| wrong("id"))?),
            register: Id::from_bits(journal::bits(&row.register).ok_or_else(|| wrong("register"))?),
            digest: row.digest.as_slice().try_into().map_err(|_length| wrong("digest"))?,
            district: journal::district(row.district).map_err(|error| Failure::row(0, error))?,
            kind: row.kind,
            source: row.source,
            file_name: row.file_name,
            correction: row.correction == 1,
            as_of: row.as_of,
            at: Instant::from_millis(row.at_ms),
            counts: Counts {
                added: row.added as u64,
                changed: row.changed as u64,
                retired: row.retired as u64,
                unchanged: row.unchanged as u64,
            },
            report: row.report,
        })
    }
}

/// What can be seen of `asset`: an import in the making is not, whatever it has done so far.
macro_rules! visible {
    () => {
        "first_import in (select number from import where published = 1) and (retired_import is \
         null or retired_import in (select number from import where published = 0))"
    };
}

impl Store {
    /// Everything of one kind that stands in the street, in order of key.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn assets(&self, kind: AssetKind) -> Result<Vec<Asset>, Failure> {
        let rows: Vec<AssetRecord> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_as(concat!(
                "-- register::assets\n select key, first_import, kind, source, district, lat, \
                 lon, count, payload, checked_on from asset where kind = $1 and ",
                visible!(),
                " order by key, first_import",
            ))
            .bind(word(&kind))
            .fetch_all(conn)
            .await)?;
        rows.into_iter().map(Asset::try_from).collect()
    }

    /// One thing that stands in the street, by its lasting name.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn asset(&self, key: u128) -> Result<Option<Asset>, Failure> {
        let row: Option<AssetRecord> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_as(concat!(
                "-- register::asset\n select key, first_import, kind, source, district, lat, \
                 lon, count, payload, checked_on from asset where key = $1 and ",
                visible!(),
                " order by first_import desc limit 1",
            ))
            .bind(key.to_be_bytes().as_slice())
            .fetch_optional(conn)
            .await)?;
        row.map(Asset::try_from).transpose()
    }

    /// Every published import, oldest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn imports(&self) -> Result<Vec<ImportRecord>, Failure> {
        let rows: Vec<ImportRow> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- register::imports\n select number, id, register, kind, source, district, digest, \
             file_name, correction, as_of, at_ms, added, changed, retired, unchanged, report \
             from import where published = 1 order by number",
        )
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(ImportRecord::try_from).collect()
    }

    /// The rows an import could not use, in order of the file. Kept until the register's next
    /// file.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn quarantine(&self, import: u64) -> Result<Vec<QuarantinedRow>, Failure> {
        let rows: Vec<(i64, String, Vec<u8>)> = on!(self.reading().await?.conn(), conn =>
            sqlx::query_as(
                "-- register::quarantine\n select line, reason, original from quarantine \
                 where import_number = $1 order by line, reason",
            )
            .bind(import as i64)
            .fetch_all(conn)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(line, reason, original)| QuarantinedRow { line: line as u64, reason, original })
            .collect())
    }
}
