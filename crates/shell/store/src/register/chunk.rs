//! The small transactions an import is made of.

use super::{
    AssetRow, QuarantinedRow,
    import::{CHUNK, Change, Import},
};
use crate::{
    Failure, Tx,
    db::{Conn, on},
    projections::word,
};
use kernel::{DistrictCode, Id, Instant, id};
use sqlx::AssertSqlSafe;

/// The places of a statement that binds thousands of values. PostgreSQL numbers them. On SQLite a
/// numbered place has a name that is looked up one by one (a chunk took half a second), so there
/// they stand bare, in the order they are bound.
struct Places {
    numbered: bool,
    next: usize,
}

impl Places {
    fn of(conn: &Conn<'_>) -> Self {
        Self { numbered: matches!(conn, Conn::Pg(_)), next: 1 }
    }

    fn one(&mut self) -> String {
        let place = if self.numbered { format!("${}", self.next) } else { "?".to_owned() };
        self.next += 1;
        place
    }

    fn list(&mut self, length: usize) -> String {
        (0..length).map(|_| self.one()).collect::<Vec<_>>().join(", ")
    }

    fn rows(&mut self, rows: usize, columns: usize) -> String {
        (0..rows).map(|_| format!("({})", self.list(columns))).collect::<Vec<_>>().join(", ")
    }
}

impl Tx {
    pub(super) async fn open_import(
        &mut self,
        import: &Import<'_>,
        id: Id<id::Import>,
        change: &Change<'_>,
        now: Instant,
    ) -> Result<u64, Failure> {
        let number: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- register::open\n insert into import (number, id, register, kind, source, \
             district, digest, file_name, correction, as_of, at_ms, added, changed, retired, \
             unchanged, report, published) \
             select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
             $12, $13, $14, $15, 0 from import returning number",
        )
        .bind(id.bits().to_be_bytes().as_slice())
        .bind(import.register().bits().to_be_bytes().as_slice())
        .bind(word(&import.kind))
        .bind(import.source)
        .bind(import.district.map(DistrictCode::as_str))
        .bind(import.digest.as_slice())
        .bind(import.file_name)
        .bind(i64::from(import.correction))
        .bind(import.as_of)
        .bind(now.millis())
        .bind(change.counts.added as i64)
        .bind(change.counts.changed as i64)
        .bind(change.counts.retired as i64)
        .bind(change.counts.unchanged as i64)
        .bind(import.report)
        .fetch_one(conn)
        .await)?;
        Ok(number as u64)
    }

    pub(super) async fn bring(
        &mut self,
        import: &Import<'_>,
        number: u64,
        rows: &[(&AssetRow, [u8; 32])],
    ) -> Result<(), Failure> {
        let sql = AssertSqlSafe(format!(
            "-- register::bring\n insert into asset (key, first_import, register, kind, source, \
             district, lat, lon, count, payload, fingerprint, correction, checked_on) values {}",
            Places::of(&self.conn()).rows(rows.len(), 13),
        ));
        let register = import.register().bits().to_be_bytes();
        on!(self.conn(), conn => {
            let mut query = sqlx::query(sql);
            for (row, fingerprint) in rows {
                query = query
                    .bind(row.key.to_be_bytes().to_vec())
                    .bind(number as i64)
                    .bind(register.as_slice())
                    .bind(word(&row.kind))
                    .bind(import.source)
                    .bind(row.district.as_ref().map(DistrictCode::as_str))
                    .bind(row.point.map(|point| point.lat))
                    .bind(row.point.map(|point| point.lon))
                    .bind(i64::from(row.count))
                    .bind(&row.payload)
                    .bind(fingerprint.as_slice())
                    .bind(i64::from(import.correction))
                    .bind(&row.checked_on);
            }
            query.execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    pub(super) async fn retire(
        &mut self,
        register: Id<id::Register>,
        number: u64,
        keys: &[u128],
    ) -> Result<(), Failure> {
        let mut places = Places::of(&self.conn());
        let sql = AssertSqlSafe(format!(
            "-- register::retire\n update asset set retired_import = {} where first_import <> {} \
             and register = {} and retired_import is null and key in ({})",
            places.one(),
            places.one(),
            places.one(),
            places.list(keys.len()),
        ));
        on!(self.conn(), conn => {
            let mut query = sqlx::query(sql)
                .bind(number as i64)
                .bind(number as i64)
                .bind(register.bits().to_be_bytes().to_vec());
            for key in keys {
                query = query.bind(key.to_be_bytes().to_vec());
            }
            query.execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    pub(super) async fn set_aside(
        &mut self,
        number: u64,
        rows: &[QuarantinedRow],
    ) -> Result<(), Failure> {
        let sql = AssertSqlSafe(format!(
            "-- register::set_aside\n insert into quarantine \
             (import_number, line, reason, original) values {} \
             on conflict (import_number, line, reason) do nothing",
            Places::of(&self.conn()).rows(rows.len(), 4),
        ));
        on!(self.conn(), conn => {
            let mut query = sqlx::query(sql);
            for row in rows {
                query = query
                    .bind(number as i64)
                    .bind(row.line as i64)
                    .bind(&row.reason)
                    .bind(row.original.as_slice());
            }
            query.execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    pub(super) async fn publish_import(
        &mut self,
        import: &Import<'_>,
        number: u64,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- register::publish\n update import set published = 1 where number = $1",
        )
        .bind(number as i64)
        .execute(conn)
        .await
        .map(drop))?;
        if !import.correction {
            // What waited for a correction of the last issue waits in this one, if it still does.
            on!(self.conn(), conn => sqlx::query(
                "-- register::forget_quarantine\n delete from quarantine where import_number in \
                 (select number from import where register = $1 and number < $2)",
            )
            .bind(import.register().bits().to_be_bytes().as_slice())
            .bind(number as i64)
            .execute(conn)
            .await
            .map(drop))?;
        }
        Ok(())
    }

    pub(super) async fn clear_some(
        &mut self,
        sql: &'static str,
        number: i64,
    ) -> Result<bool, Failure> {
        let rows = on!(self.conn(), conn => sqlx::query(sql)
            .bind(number)
            .bind(CHUNK as i64)
            .execute(conn)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    pub(super) async fn forget_import(&mut self, number: i64) -> Result<(), Failure> {
        for sql in [
            "-- register::forget_set_aside\n delete from quarantine where import_number = $1",
            "-- register::forget\n delete from import where number = $1",
        ] {
            on!(self.conn(), conn => sqlx::query(sql)
                .bind(number)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}
