//! Entries of the matching: bytes of one length that look like chance, and the full hour. Which report
//! they came near is not kept.

use super::exact;
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::Instant;

/// An entry as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptEntry {
    /// What it is called, drawn by her.
    pub number: [u8; 16],
    /// Of the token that takes it back.
    pub withdrawal_hash: [u8; 32],
    /// 4,593 bytes.
    pub entry: Vec<u8>,
    /// The full hour.
    pub kept_at: Instant,
}

/// Number, hash, entry, hour.
type Row = (Vec<u8>, Vec<u8>, Vec<u8>, i64);

impl Tx {
    /// The entry of a number, if there is one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn matching_entry(
        &mut self,
        number: &[u8; 16],
    ) -> Result<Option<KeptEntry>, Failure> {
        let row: Option<Row> = on!(self.conn(), conn => sqlx::query_as(
            "-- onestop::matching_entry\n select number, withdrawal_hash, entry, kept_ms \
             from onestop_matching where number = $1",
        )
        .bind(number.as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(read).transpose()
    }

    /// Keeps an entry. None of this number, and none that the same token takes back, must be there.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn matching_entry_put(&mut self, kept: &KeptEntry) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::matching_entry_put\n insert into onestop_matching \
             (number, withdrawal_hash, entry, kept_ms) values ($1, $2, $3, $4)",
        )
        .bind(kept.number.as_slice())
        .bind(kept.withdrawal_hash.as_slice())
        .bind(kept.entry.as_slice())
        .bind(kept.kept_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Deletes the entry this hash takes back, if there is one. Nobody is told whether there was.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn matching_withdraw(&mut self, withdrawal_hash: &[u8; 32]) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::matching_withdraw\n delete from onestop_matching \
             where withdrawal_hash = $1",
        )
        .bind(withdrawal_hash.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    async fn part_entries(&mut self, before: Instant) -> Result<(), Failure> {
        if let Conn::Pg(conn) = self.conn() {
            sqlx::query(
                "-- onestop::part_entries\n with gone as (delete from onestop_matching \
                 where parted = 0 and kept_ms < $1 returning *) \
                 insert into onestop_matching (number, withdrawal_hash, entry, kept_ms, parted) \
                 select number, withdrawal_hash, entry, kept_ms, 1 from gone order by number",
            )
            .bind(before.millis())
            .execute(conn)
            .await?;
        }
        Ok(())
    }
}

impl Store {
    /// Entries in the order they are given to the matcher: by hour, and within one by their drawn
    /// numbers, which say nothing. At most `limit` of them, after the one that was read last.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn matching_entries(
        &self,
        after: Option<&KeptEntry>,
        limit: u32,
    ) -> Result<Vec<KeptEntry>, Failure> {
        let (hour, number) =
            after.map_or((i64::MIN, [0; 16]), |one| (one.kept_at.millis(), one.number));
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- onestop::matching_entries\n select number, withdrawal_hash, entry, kept_ms \
             from onestop_matching where kept_ms > $1 or (kept_ms = $1 and number > $2) \
             order by kept_ms, number limit $3",
        )
        .bind(hour)
        .bind(number.as_slice())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(read).collect()
    }

    /// Parts the entries of past hours from the reports they may have come with, where the database
    /// keeps rows as they came, as [`Store::part_knocks`] does.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn part_entries(&self, now: Instant) -> Result<(), Failure> {
        let hour = now.rounded_to_hour();
        self.transact("onestop::part_entries", async |tx| tx.part_entries(hour).await).await
    }
}

fn read((number, withdrawal_hash, entry, kept): Row) -> Result<KeptEntry, Failure> {
    Ok(KeptEntry {
        number: exact(number)?,
        withdrawal_hash: exact(withdrawal_hash)?,
        entry,
        kept_at: Instant::from_millis(kept),
    })
}
