//! Knocks: sealed notes that tell a center of a case. Which case each came with is not kept.

use super::small;
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::{Instant, id};

/// Knocks a center is shown at most; who has more unanswered has another trouble.
const KNOCKS: i64 = 1_000;

/// A knock as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedKnock {
    /// Drawn when it was kept.
    pub id: u64,
    /// Of the center's key.
    pub epoch: u32,
    /// The note.
    pub note: Vec<u8>,
    /// The full hour.
    pub received_at: Instant,
    /// The full hour it was answered.
    pub answered_at: Option<Instant>,
}

impl Tx {
    /// Keeps a knock for a center, under a number drawn for it.
    ///
    /// # Errors
    /// [`Failure`] of the database, or no randomness.
    pub async fn knock_put(
        &mut self,
        center: &[u8; 16],
        epoch: u32,
        note: &[u8],
        received_at: Instant,
    ) -> Result<(), Failure> {
        // 63 bits: as many as both databases have for the number a row lies by.
        let drawn = crate::new_id::<id::Private>()?.bits() as i64 & i64::MAX;
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::knock_put\n insert into onestop_knock \
             (id, center, epoch, note, received_ms) values ($1, $2, $3, $4, $5)",
        )
        .bind(drawn)
        .bind(center.as_slice())
        .bind(i64::from(epoch))
        .bind(note)
        .bind(received_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Notes that a center has answered one of its knocks; the first time stays. Whether there is
    /// such a knock of this center.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn knock_answer(
        &mut self,
        center: &[u8; 16],
        id: u64,
        at: Instant,
    ) -> Result<bool, Failure> {
        let Ok(id) = i64::try_from(id) else { return Ok(false) };
        let found = on!(self.conn(), conn => sqlx::query(
            "-- onestop::knock_answer\n update onestop_knock \
             set answered_ms = coalesce(answered_ms, $3) where id = $1 and center = $2",
        )
        .bind(id)
        .bind(center.as_slice())
        .bind(at.millis())
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(found > 0)
    }
}

/// Id, epoch, note, received and answered.
type Row = (i64, i64, Vec<u8>, i64, Option<i64>);

impl Store {
    /// A center's knocks: unanswered ones first, then the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn knocks(&self, center: &[u8; 16]) -> Result<Vec<SealedKnock>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
                "-- onestop::knocks\n select id, epoch, note, received_ms, answered_ms \
                 from onestop_knock where center = $1 \
                 order by (case when answered_ms is null then 0 else 1 end), \
                 received_ms desc, id limit $2",
            )
            .bind(center.as_slice())
            .bind(KNOCKS)
            .fetch_all(conn)
            .await)?;
        let read = |(id, epoch, note, received, answered): Row| {
            Ok(SealedKnock {
                id: small(id)?,
                epoch: small(epoch)?,
                note,
                received_at: Instant::from_millis(received),
                answered_at: answered.map(Instant::from_millis),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// How many of a center's knocks nobody has answered.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn knocks_unanswered(&self, center: &[u8; 16]) -> Result<u32, Failure> {
        let count: i64 = on!(self.reading().await?.conn(), conn => sqlx::query_scalar(
            "-- onestop::knocks_unanswered\n select count(*) from onestop_knock \
             where center = $1 and answered_ms is null",
        )
        .bind(center.as_slice())
        .fetch_one(conn)
        .await)?;
        small(count)
    }

    /// Parts the knocks of past hours from the cases they came with, where the database keeps rows
    /// as they came: all of an hour's are written anew at once, in the order of their drawn numbers.
    /// On SQLite they lie by those numbers already.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn part_knocks(&self, now: Instant) -> Result<(), Failure> {
        let hour = now.rounded_to_hour();
        self.transact("onestop::part_knocks", async |tx| tx.part_knocks(hour).await).await
    }
}

impl Tx {
    async fn part_knocks(&mut self, before: Instant) -> Result<(), Failure> {
        if let Conn::Pg(conn) = self.conn() {
            sqlx::query(
                "-- onestop::part_knocks\n with gone as (delete from onestop_knock \
                 where parted = 0 and received_ms < $1 returning *) \
                 insert into onestop_knock \
                 (id, center, epoch, note, received_ms, answered_ms, parted) \
                 select id, center, epoch, note, received_ms, answered_ms, 1 from gone order by id",
            )
            .bind(before.millis())
            .execute(conn)
            .await?;
        }
        Ok(())
    }
}
