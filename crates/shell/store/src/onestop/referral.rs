//! Referrals between two centers and their letters. Of one that has ended nothing is left but that
//! there was one, between whom, and when.

use super::{exact, small};
use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::Instant;

/// Referrals a center is answered with at most, the newest of those it sent and of those it got.
const REFERRALS: i64 = 500;
/// Letters and moves of one referral; the rules allow fewer letters.
const LETTERS: i64 = 1_000;

/// A referral.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedReferral {
    /// Its number.
    pub id: [u8; 16],
    /// 1 to 3.
    pub purpose: u8,
    /// The center that sent it.
    pub sender: [u8; 16],
    /// The center it was sent to.
    pub receiver: [u8; 16],
    /// SHA-256 of the token that ends it.
    pub end_hash: [u8; 32],
    /// The full hour it came in.
    pub sent_at: Instant,
    /// The full hour of the receiver's first letter.
    pub answered_at: Option<Instant>,
    /// The full hour it was ended.
    pub ended_at: Option<Instant>,
}

/// A letter.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedLetter {
    /// From 1.
    pub number: u32,
    /// The ciphertext.
    pub closed: Vec<u8>,
    /// Its hash.
    pub closed_hash: [u8; 32],
    /// Two wraps, joined, as they are now.
    pub wraps: Vec<u8>,
    /// The device that wrote it.
    pub device: [u8; 16],
    /// Its signature.
    pub signature: Vec<u8>,
    /// The full hour.
    pub written_at: Instant,
}

/// A wrap of a letter replaced by another.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterMove {
    /// Of which letter.
    pub number: u32,
    /// The hash of the two wraps before.
    pub wraps_before: [u8; 32],
    /// The device that did it.
    pub device: [u8; 16],
    /// Its signature.
    pub signature: Vec<u8>,
}

/// All of a referral.
#[derive(Clone, PartialEq, Eq)]
pub struct WholeReferral {
    /// What is kept of it in any case.
    pub referral: SealedReferral,
    /// In their order; none once it has ended.
    pub letters: Vec<SealedLetter>,
    /// By letter, in the order they were made in.
    pub moves: Vec<LetterMove>,
}

type Row = (Vec<u8>, i64, Vec<u8>, Vec<u8>, Vec<u8>, i64, Option<i64>, Option<i64>);
type LetterRow = (i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, i64);
type MoveRow = (i64, Vec<u8>, Vec<u8>, Vec<u8>);

/// What a referral is read by.
const COLUMNS: &str =
    "id, purpose, sender, receiver, end_hash, sent_ms, answered_ms, ended_ms from onestop_referral";

impl Tx {
    /// Keeps a new referral.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn referral_put(&mut self, one: &SealedReferral) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::referral_put\n insert into onestop_referral \
             (id, purpose, sender, receiver, end_hash, sent_ms) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(one.id.as_slice())
        .bind(i64::from(one.purpose))
        .bind(one.sender.as_slice())
        .bind(one.receiver.as_slice())
        .bind(one.end_hash.as_slice())
        .bind(one.sent_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The referral of this number.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn referral(&mut self, id: &[u8; 16]) -> Result<Option<SealedReferral>, Failure> {
        find(&mut self.conn(), id).await
    }

    /// Keeps a letter.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn letter_put(&mut self, id: &[u8; 16], one: &SealedLetter) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::letter_put\n insert into onestop_letter (referral_id, number, closed, \
             closed_hash, wraps, device, signature, written_ms) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id.as_slice())
        .bind(i64::from(one.number))
        .bind(one.closed.as_slice())
        .bind(one.closed_hash.as_slice())
        .bind(one.wraps.as_slice())
        .bind(one.device.as_slice())
        .bind(one.signature.as_slice())
        .bind(one.written_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The letters of a referral, in their order.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn letters(&mut self, id: &[u8; 16]) -> Result<Vec<SealedLetter>, Failure> {
        letters(&mut self.conn(), id).await
    }

    /// Keeps the hour of the receiver's first letter; the first time stays.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn referral_answered(&mut self, id: &[u8; 16], at: Instant) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::referral_answered\n update onestop_referral \
             set answered_ms = coalesce(answered_ms, $2) where id = $1",
        )
        .bind(id.as_slice())
        .bind(at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Ends a referral: its letters go. Call [`Store::scrub`] afterwards.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn referral_end(&mut self, id: &[u8; 16], at: Instant) -> Result<(), Failure> {
        for sql in [
            "-- onestop::end_moves\n delete from onestop_letter_move where referral_id = $1",
            "-- onestop::end_letters\n delete from onestop_letter where referral_id = $1",
        ] {
            on!(self.conn(), conn => sqlx::query(sql)
                .bind(id.as_slice())
                .execute(conn)
                .await
                .map(drop))?;
        }
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::referral_end\n update onestop_referral \
             set ended_ms = coalesce(ended_ms, $2) where id = $1",
        )
        .bind(id.as_slice())
        .bind(at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// Puts other wraps in the place of a letter's, and keeps who did it.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn letter_rewrap(
        &mut self,
        id: &[u8; 16],
        moved: &LetterMove,
        wraps: &[u8],
    ) -> Result<(), Failure> {
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::letter_move\n insert into onestop_letter_move \
             (referral_id, number, step, wraps_before, device, signature) \
             select $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5 from onestop_letter_move \
             where referral_id = $1 and number = $2",
        )
        .bind(id.as_slice())
        .bind(i64::from(moved.number))
        .bind(moved.wraps_before.as_slice())
        .bind(moved.device.as_slice())
        .bind(moved.signature.as_slice())
        .execute(conn)
        .await
        .map(drop))?;
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::letter_rewrap\n update onestop_letter set wraps = $3 \
             where referral_id = $1 and number = $2",
        )
        .bind(id.as_slice())
        .bind(i64::from(moved.number))
        .bind(wraps)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

impl Store {
    /// The referral of this number, without holding anybody up.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn referral(&self, id: &[u8; 16]) -> Result<Option<SealedReferral>, Failure> {
        find(&mut self.reading().await?.conn(), id).await
    }

    /// The referrals a center sent and those it got, each with the newest first.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn referrals(
        &self,
        center: &[u8; 16],
    ) -> Result<(Vec<WholeReferral>, Vec<WholeReferral>), Failure> {
        // One moment of each: a wrap between would not fit the moves.
        let mut snapshot = self.inner.db.snapshot().await?;
        let sent = listed(&mut snapshot.conn(), "sender", center).await?;
        let received = listed(&mut snapshot.conn(), "receiver", center).await?;
        snapshot.rollback().await?;
        Ok((sent, received))
    }
}

async fn find(conn: &mut Conn<'_>, id: &[u8; 16]) -> Result<Option<SealedReferral>, Failure> {
    let sql = format!("-- onestop::referral\n select {COLUMNS} where id = $1");
    let row: Option<Row> = on!(conn, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.as_slice())
        .fetch_optional(&mut **conn)
        .await)?;
    row.map(read).transpose()
}

async fn listed(
    conn: &mut Conn<'_>,
    side: &str,
    center: &[u8; 16],
) -> Result<Vec<WholeReferral>, Failure> {
    let sql = format!(
        "-- onestop::referrals\n select {COLUMNS} where {side} = $1 \
         order by sent_ms desc, id limit $2"
    );
    let rows: Vec<Row> = on!(conn, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(center.as_slice())
        .bind(REFERRALS)
        .fetch_all(&mut **conn)
        .await)?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let referral = read(row)?;
        let letters = letters(conn, &referral.id).await?;
        let moves = moves(conn, &referral.id).await?;
        all.push(WholeReferral { referral, letters, moves });
    }
    Ok(all)
}

fn read(row: Row) -> Result<SealedReferral, Failure> {
    let (id, purpose, sender, receiver, end_hash, sent, answered, ended) = row;
    Ok(SealedReferral {
        id: exact(id)?,
        purpose: small(purpose)?,
        sender: exact(sender)?,
        receiver: exact(receiver)?,
        end_hash: exact(end_hash)?,
        sent_at: Instant::from_millis(sent),
        answered_at: answered.map(Instant::from_millis),
        ended_at: ended.map(Instant::from_millis),
    })
}

async fn letters(conn: &mut Conn<'_>, id: &[u8; 16]) -> Result<Vec<SealedLetter>, Failure> {
    let rows: Vec<LetterRow> = on!(conn, conn => sqlx::query_as(
        "-- onestop::letters\n select number, closed, closed_hash, wraps, device, signature, \
         written_ms from onestop_letter where referral_id = $1 order by number limit $2",
    )
    .bind(id.as_slice())
    .bind(LETTERS)
    .fetch_all(&mut **conn)
    .await)?;
    let read = |(number, closed, closed_hash, wraps, device, signature, written): LetterRow| {
        Ok(SealedLetter {
            number: small(number)?,
            closed,
            closed_hash: exact(closed_hash)?,
            wraps,
            device: exact(device)?,
            signature,
            written_at: Instant::from_millis(written),
        })
    };
    rows.into_iter().map(read).collect()
}

async fn moves(conn: &mut Conn<'_>, id: &[u8; 16]) -> Result<Vec<LetterMove>, Failure> {
    let rows: Vec<MoveRow> = on!(conn, conn => sqlx::query_as(
        "-- onestop::letter_moves\n select number, wraps_before, device, signature \
         from onestop_letter_move where referral_id = $1 order by number, step limit $2",
    )
    .bind(id.as_slice())
    .bind(LETTERS)
    .fetch_all(&mut **conn)
    .await)?;
    let read = |(number, before, device, signature): MoveRow| {
        let (number, wraps_before) = (small(number)?, exact(before)?);
        Ok(LetterMove { number, wraps_before, device: exact(device)?, signature })
    };
    rows.into_iter().map(read).collect()
}
