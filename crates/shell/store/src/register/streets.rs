//! Streets and borders: whole things, kept as the bytes their readers made of them.

use crate::{Failure, Store, Tx, db::on};
use kernel::Instant;

/// What was read from one file of streets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreetExtract {
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// The file's name.
    pub file_name: String,
    /// The day of the data, `2026-11-23`: of two extracts the newer one's elements win.
    pub as_of: Option<String>,
    /// When it was imported.
    pub at: Instant,
    /// The elements, as the reader packs them.
    pub elements: Vec<u8>,
}

/// A border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Its administrative code.
    pub code: String,
    /// `district` or `neighborhood`.
    pub level: String,
    /// Its name.
    pub name: String,
    /// Its shape, as GeoJSON.
    pub geometry: String,
    /// SHA-256 of the file it came from.
    pub digest: [u8; 32],
}

fn read_digest(bytes: &[u8]) -> Result<[u8; 32], Failure> {
    bytes.try_into().map_err(|_length| Failure::row(0, "a digest is not 32 bytes"))
}

impl Tx {
    /// Keeps what was read from a file of streets; whether it was not known yet. The register's
    /// event is the caller's, in the same transaction.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn street_extract_put(&mut self, extract: &StreetExtract) -> Result<bool, Failure> {
        let rows = on!(self.conn(), conn => sqlx::query(
            "-- register::street_extract_put\n insert into street_extract \
             (digest, file_name, as_of, at_ms, elements) values ($1, $2, $3, $4, $5) \
             on conflict (digest) do update set elements = excluded.elements \
             where street_extract.elements <> excluded.elements",
        )
        .bind(extract.digest.as_slice())
        .bind(&extract.file_name)
        .bind(&extract.as_of)
        .bind(extract.at.millis())
        .bind(extract.elements.as_slice())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Keeps borders; how many of them were not known yet, or otherwise.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn boundaries_put(&mut self, boundaries: &[Boundary]) -> Result<u64, Failure> {
        let mut changed = 0;
        for one in boundaries {
            changed += on!(self.conn(), conn => sqlx::query(
                "-- register::boundaries_put\n insert into boundary \
                 (code, level, name, geometry, digest) values ($1, $2, $3, $4, $5) \
                 on conflict (code) do update set level = excluded.level, name = excluded.name, \
                 geometry = excluded.geometry, digest = excluded.digest \
                 where boundary.level <> excluded.level or boundary.name <> excluded.name \
                 or boundary.geometry <> excluded.geometry",
            )
            .bind(&one.code)
            .bind(&one.level)
            .bind(&one.name)
            .bind(&one.geometry)
            .bind(one.digest.as_slice())
            .execute(conn)
            .await
            .map(|done| done.rows_affected()))?;
        }
        Ok(changed)
    }
}

impl Store {
    /// Every extract, the oldest data first; extracts without a day before all others.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn street_extracts(&self) -> Result<Vec<StreetExtract>, Failure> {
        type Row = (Vec<u8>, String, Option<String>, i64, Vec<u8>);
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- register::street_extracts\n select digest, file_name, as_of, at_ms, elements \
             from street_extract order by coalesce(as_of, ''), at_ms, digest",
        )
        .fetch_all(conn)
        .await)?;
        rows.into_iter()
            .map(|(digest, file_name, as_of, at_ms, elements)| {
                Ok(StreetExtract {
                    digest: read_digest(&digest)?,
                    file_name,
                    as_of,
                    at: Instant::from_millis(at_ms),
                    elements,
                })
            })
            .collect()
    }

    /// Every border of a level, in order of code.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn boundaries(&self, level: &str) -> Result<Vec<Boundary>, Failure> {
        type Row = (String, String, String, String, Vec<u8>);
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- register::boundaries\n select code, level, name, geometry, digest from boundary \
             where level = $1 order by code",
        )
        .bind(level)
        .fetch_all(conn)
        .await)?;
        rows.into_iter()
            .map(|(code, level, name, geometry, digest)| {
                Ok(Boundary { code, level, name, geometry, digest: read_digest(&digest)? })
            })
            .collect()
    }
}
