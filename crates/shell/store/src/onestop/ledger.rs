//! What was released of all women together: rows that are added and never changed.

use super::{exact, small};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::Instant;

/// Releases that are answered: a hundred years of every table.
const RELEASES: i64 = 100_000;

/// A table of a period that was released.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptRelease {
    /// The table's key.
    pub table: String,
    /// As it is written.
    pub period: String,
    /// The year its spending counts in.
    pub year: i16,
    /// Over every line that was counted.
    pub digest: [u8; 32],
    /// What it spent.
    pub epsilon_thousandths: u32,
    /// The full hour.
    pub reserved_at: Instant,
}

type ReleaseRow = (String, String, i64, Vec<u8>, i64, i64);

impl Tx {
    /// The release of a table and period, if there is one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn release(
        &mut self,
        table: &str,
        period: &str,
    ) -> Result<Option<KeptRelease>, Failure> {
        let row: Option<ReleaseRow> = on!(self.conn(), conn => sqlx::query_as(
            "-- onestop::release\n select table_key, period, year, digest, epsilon_thousandths, \
             reserved_ms from onestop_release where table_key = $1 and period = $2",
        )
        .bind(table)
        .bind(period)
        .fetch_optional(conn)
        .await)?;
        row.map(read).transpose()
    }

    /// What all releases of a year have spent, in thousandths of epsilon.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn epsilon_spent(&mut self, year: i16) -> Result<u32, Failure> {
        let sum: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::epsilon_spent\n select cast(coalesce(sum(epsilon_thousandths), 0) as bigint) \
             from onestop_release where year = $1",
        )
        .bind(i64::from(year))
        .fetch_one(conn)
        .await)?;
        small(sum)
    }

    /// Keeps a release. One of this table and period must not be there.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn release_put(&mut self, release: &KeptRelease) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::release_put\n insert into onestop_release \
             (table_key, period, year, digest, epsilon_thousandths, reserved_ms) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(release.table.as_str())
        .bind(release.period.as_str())
        .bind(i64::from(release.year))
        .bind(release.digest.as_slice())
        .bind(i64::from(release.epsilon_thousandths))
        .bind(release.reserved_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// Everything that was released, the newest period first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn releases(&self) -> Result<Vec<KeptRelease>, Failure> {
        all(&mut self.reading().await?.conn()).await
    }
}

async fn all(conn: &mut Conn<'_>) -> Result<Vec<KeptRelease>, Failure> {
    let rows: Vec<ReleaseRow> = on!(conn, conn => sqlx::query_as(
        "-- onestop::releases\n select table_key, period, year, digest, epsilon_thousandths, \
         reserved_ms from onestop_release order by year desc, period desc, table_key limit $1",
    )
    .bind(RELEASES)
    .fetch_all(&mut **conn)
    .await)?;
    rows.into_iter().map(read).collect()
}

fn read(row: ReleaseRow) -> Result<KeptRelease, Failure> {
    let (table, period, year, digest, epsilon, reserved) = row;
    let (year, epsilon_thousandths) = (small(year)?, small(epsilon)?);
    let reserved_at = Instant::from_millis(reserved);
    Ok(KeptRelease {
        table,
        period,
        year,
        digest: exact(digest)?,
        epsilon_thousandths,
        reserved_at,
    })
}
