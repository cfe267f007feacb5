//! Followers: readers that carry news onward, each at its own pace, from where it left off.

use super::{Recorded, Row, columns};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::{Aggregate, Id};

impl Store {
    /// The events after `number`, oldest first, at most `limit`: all there are up to the head this
    /// process knows of, and perhaps later ones.
    ///
    /// # Errors
    /// [`Failure`] of the database, or a row that no longer reads.
    pub async fn read_after(&self, number: u64, limit: u32) -> Result<Vec<Recorded>, Failure> {
        let recent = &self.inner.recent;
        // Beside a running server nobody tells us how far the head has moved.
        if self.inner.writing
            && let Some(page) = recent.after(number, limit, self.number())
        {
            return Ok(page);
        }
        let rows = page(&mut self.reading().await?.conn(), number, limit).await?;
        let page: Result<Vec<Recorded>, Failure> =
            rows.into_iter().map(Recorded::try_from).collect();
        page.inspect(|page| recent.keep(page))
    }

    /// The whole stream of one aggregate, oldest first: who did what when.
    ///
    /// # Errors
    /// As [`Store::read_after`].
    pub async fn stream<A: Aggregate>(&self, id: Id<A::Kind>) -> Result<Vec<Recorded>, Failure> {
        let id = id.bits().to_be_bytes();
        let rows: Vec<Row> = on!(self.reading().await?.conn(), conn => sqlx::query_as(concat!(
            "-- journal::stream\n select ", columns!(),
            " from journal where stream = $1 and stream_id = $2 order by stream_version",
        ))
        .bind(A::STREAM)
        .bind(id.as_slice())
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    /// The number up to which the follower `name` has carried the news; 0 for a new one.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn follower_cursor(&self, name: &str) -> Result<u64, Failure> {
        let number: Option<i64> = on!(self.reading().await?.conn(), conn => sqlx::query_scalar(
            "-- journal::follower_cursor\n select number from follower where name = $1",
        )
        .bind(name)
        .fetch_optional(conn)
        .await)?;
        Ok(number.unwrap_or(0) as u64)
    }

    /// Remembers that the follower `name` has carried the news up to `number`. A cursor never goes
    /// back. A follower delivers first and advances after: at least once, never not at all.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn advance_cursor(&self, name: &str, number: u64) -> Result<(), Failure> {
        self.transact("journal::advance_cursor", async |tx| tx.advance_cursor(name, number).await)
            .await
    }
}

impl Tx {
    /// Advances a follower in the same transaction as what it did: for a relay whose delivery is
    /// itself an append, which then happens exactly once.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn advance_cursor(&mut self, name: &str, number: u64) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- journal::advance_cursor\n insert into follower (name, number) values ($1, $2) \
             on conflict (name) do update set number = excluded.number \
             where excluded.number > follower.number",
        )
        .bind(name)
        .bind(number as i64)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

/// One page of raw rows after `number`.
pub(crate) async fn page(
    conn: &mut Conn<'_>,
    number: u64,
    limit: u32,
) -> Result<Vec<Row>, Failure> {
    Ok(on!(conn, conn => sqlx::query_as(concat!(
        "-- journal::read_after\n select ", columns!(),
        " from journal where number > $1 order by number limit $2",
    ))
    .bind(number as i64)
    .bind(i64::from(limit))
    .fetch_all(&mut **conn)
    .await)?)
}
