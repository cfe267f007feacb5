//! A retry is answered as its first was, and never happens twice.

use crate::{
    Failure, Tx,
    db::on,
    journal::{self, chain},
};
use kernel::{Id, Instant, Span, id};

/// How long an outcome is remembered at least: a phone that comes back within the day is answered.
pub const KEPT_AT_LEAST: Span = Span::hours(24);

/// A request's idempotency key, as kept: a hash scoped to its audience, never the caller's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    hash: [u8; 32],
    request: [u8; 32],
}

impl Key {
    /// The key a caller chose, within its audience (`citizen`, `team/tem_…`), for a request with
    /// this body. Two audiences can never meet in one key.
    pub fn new(audience: &str, chosen: &str, request: &[u8]) -> Self {
        Self {
            hash: chain::labeled(
                "waylight idempotency key 1",
                &[audience.as_bytes(), chosen.as_bytes()],
            ),
            request: chain::labeled("waylight idempotent request 1", &[request]),
        }
    }

    /// The hash the journal keeps.
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }
}

/// What a request came to, as its retry is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The stream it created or changed, `word.noun`.
    pub stream: String,
    /// The bits of the stream's id.
    pub id_bits: u128,
    /// The journal number the reply carried.
    pub number: u64,
    /// The reply, as JSON: nothing personal, it is kept in the clear. `null` when only the journal
    /// still knows the key: rebuild the reply from the stream.
    pub reply: String,
}

impl Outcome {
    /// The stream's id as a `K`; the caller knows which stream it asks of.
    pub const fn id<K: id::Kind>(&self) -> Id<K> {
        Id::from_bits(self.id_bits)
    }
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recall {
    /// Never seen: go on.
    Fresh,
    /// This very request was answered before: answer so again.
    Answered(Outcome),
    /// The key came with another request before: a fault of the caller's (422).
    Misused,
}

#[derive(sqlx::FromRow)]
struct Row {
    request: Vec<u8>,
    stream: String,
    stream_id: Vec<u8>,
    number: i64,
    reply: String,
}

impl Tx {
    /// What is known of `key`. Asked first in every transaction that a request can repeat: as the
    /// city is held, two copies of one request cannot both find it fresh. Once the remembered
    /// outcome has been forgotten the journal itself still knows the key.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn recall(&mut self, key: &Key) -> Result<Recall, Failure> {
        let row: Option<Row> = on!(self.conn(), conn => sqlx::query_as(
            "-- idempotency::recall\n select request, stream, stream_id, number, reply \
             from idempotency where key = $1",
        )
        .bind(key.hash.as_slice())
        .fetch_optional(conn)
        .await)?;
        let row = match row {
            Some(row) => row,
            None => match self.recall_from_journal(key).await? {
                Some(row) => row,
                None => return Ok(Recall::Fresh),
            },
        };
        if !row.request.is_empty() && row.request != key.request {
            return Ok(Recall::Misused);
        }
        Ok(Recall::Answered(Outcome {
            id_bits: journal::bits(&row.stream_id)
                .ok_or_else(|| Failure::row(row.number as u64, "stream_id is not 16 bytes"))?,
            stream: row.stream,
            number: row.number as u64,
            reply: row.reply,
        }))
    }

    async fn recall_from_journal(&mut self, key: &Key) -> Result<Option<Row>, Failure> {
        let row: Option<(String, Vec<u8>, i64)> = on!(self.conn(), conn => sqlx::query_as(
            "-- idempotency::recall_from_journal\n select stream, stream_id, number from journal \
             where idempotency = $1 order by number limit 1",
        )
        .bind(key.hash.as_slice())
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(|(stream, stream_id, number)| Row {
            request: Vec::new(),
            stream,
            stream_id,
            number,
            reply: "null".to_owned(),
        }))
    }

    /// Remembers what the request under `key` came to, for at least [`KEPT_AT_LEAST`] from `now`,
    /// in the same transaction as what it did.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn remember(
        &mut self,
        key: &Key,
        outcome: &Outcome,
        now: Instant,
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- idempotency::remember\n insert into idempotency \
             (key, request, stream, stream_id, number, reply, kept_until_ms) \
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(key.hash.as_slice())
        .bind(key.request.as_slice())
        .bind(&outcome.stream)
        .bind(outcome.id_bits.to_be_bytes().as_slice())
        .bind(outcome.number as i64)
        .bind(&outcome.reply)
        .bind((now + KEPT_AT_LEAST).millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}
