//! The custody log: events in their order, and the heads the log has signed over them.

use super::small;
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};

/// Events read at a time.
const EVENTS: i64 = 10_000;
/// Heads that are answered: one an hour of two years, the newest.
const HEADS: i64 = 20_000;
/// Events of one piece of evidence that are answered.
const OF_ONE: i64 = 10_000;

/// An event as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptEvent {
    /// Its place in the log, from 0.
    pub place: u64,
    /// Its form.
    pub event: Vec<u8>,
    /// Of who did it.
    pub signature: Vec<u8>,
}

/// A head of the log.
#[derive(Clone, PartialEq, Eq)]
pub struct CustodyHead {
    /// Over how many events.
    pub size: u64,
    /// Its form.
    pub head: Vec<u8>,
    /// The log's signature.
    pub signature: Vec<u8>,
}

type Row = (i64, Vec<u8>, Vec<u8>);

fn kept((place, event, signature): Row) -> Result<KeptEvent, Failure> {
    Ok(KeptEvent { place: small(place)?, event, signature })
}

impl Tx {
    /// The last event of a piece of evidence.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_last(&mut self, leaf: &[u8; 32]) -> Result<Option<KeptEvent>, Failure> {
        let row: Option<Row> = on!(self.conn(), conn => sqlx::query_as(
            "-- onestop::custody_last\n select place, event, signature from onestop_custody \
             where substr(event, 10, 32) = $1 order by place desc limit 1",
        )
        .bind(leaf.as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(kept).transpose()
    }

    /// Every event of a piece of evidence, the first first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_of(&mut self, leaf: &[u8; 32]) -> Result<Vec<KeptEvent>, Failure> {
        custody_of(&mut self.conn(), leaf).await
    }

    /// Adds an event: its place. A place that a head was signed over is never given again, not even
    /// when its row is gone.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_append(&mut self, event: &[u8], signature: &[u8]) -> Result<u64, Failure> {
        let place: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::custody_append\n insert into onestop_custody (place, event, signature) \
             select case when log > signed then log else signed end, $1, $2 from \
             (select (select coalesce(max(place) + 1, 0) from onestop_custody) as log, \
             (select coalesce(max(size), 0) from onestop_custody_head) as signed) as ends \
             returning place",
        )
        .bind(event)
        .bind(signature)
        .fetch_one(conn)
        .await)?;
        small(place)
    }

    /// The log's newest head.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_head(&mut self) -> Result<Option<CustodyHead>, Failure> {
        let row: Option<Row> = on!(self.conn(), conn => sqlx::query_as(
            "-- onestop::custody_head\n select size, head, signature from onestop_custody_head \
             order by size desc limit 1",
        )
        .fetch_optional(conn)
        .await)?;
        row.map(head).transpose()
    }

    /// Keeps a head the log has signed.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_head_put(&mut self, head: &CustodyHead) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::custody_head_put\n insert into onestop_custody_head \
             (size, head, signature) values ($1, $2, $3) on conflict (size) do nothing",
        )
        .bind(i64::try_from(head.size).unwrap_or(i64::MAX))
        .bind(head.head.as_slice())
        .bind(head.signature.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Every event, in order, as the database has it now.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody(&mut self) -> Result<Vec<KeptEvent>, Failure> {
        custody(&mut self.conn()).await
    }
}

impl Store {
    /// Every event, in order, as the database has it now.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody(&self) -> Result<Vec<KeptEvent>, Failure> {
        custody(&mut self.reading().await?.conn()).await
    }

    /// Every event of a piece of evidence, the first first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_of(&self, leaf: &[u8; 32]) -> Result<Vec<KeptEvent>, Failure> {
        custody_of(&mut self.reading().await?.conn(), leaf).await
    }

    /// The log's heads, the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn custody_heads(&self) -> Result<Vec<CustodyHead>, Failure> {
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- onestop::custody_heads\n select size, head, signature \
             from onestop_custody_head order by size desc limit $1",
        )
        .bind(HEADS)
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(head).collect()
    }
}

fn head((size, head, signature): Row) -> Result<CustodyHead, Failure> {
    Ok(CustodyHead { size: small(size)?, head, signature })
}

async fn custody_of(conn: &mut Conn<'_>, leaf: &[u8; 32]) -> Result<Vec<KeptEvent>, Failure> {
    let rows: Vec<Row> = on!(conn, conn => sqlx::query_as(
        "-- onestop::custody_of\n select place, event, signature from onestop_custody \
         where substr(event, 10, 32) = $1 order by place limit $2",
    )
    .bind(leaf.as_slice())
    .bind(OF_ONE)
    .fetch_all(&mut **conn)
    .await)?;
    rows.into_iter().map(kept).collect()
}

/// Read in pages: the log only grows.
async fn custody(conn: &mut Conn<'_>) -> Result<Vec<KeptEvent>, Failure> {
    let mut all: Vec<KeptEvent> = Vec::new();
    loop {
        let after = all.last().map_or(-1, |last| i64::try_from(last.place).unwrap_or(i64::MAX));
        let rows: Vec<Row> = on!(&mut *conn, conn => sqlx::query_as(
            "-- onestop::custody\n select place, event, signature from onestop_custody \
             where place > $1 order by place limit $2",
        )
        .bind(after)
        .bind(EVENTS)
        .fetch_all(&mut **conn)
        .await)?;
        let more = rows.len();
        all.extend(rows.into_iter().map(kept).collect::<Result<Vec<_>, _>>()?);
        if more < EVENTS as usize {
            return Ok(all);
        }
    }
}
