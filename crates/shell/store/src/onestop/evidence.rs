//! Files of the evidence: so many closed parts under a number, and nothing that says what they are.

use super::{exact, small};
use crate::{
    Failure, Store, Tx,
    db::{Conn, Db, on},
};
use kernel::{Instant, id};

/// Files of one case that are answered; the rules allow fewer.
const FILES: i64 = 1_000;
/// Parts of one file; the rules allow fewer.
const PARTS: i64 = 10_000;
/// Files that are looked at in one forgetting.
const UNFINISHED: i64 = 1_000;

/// A file that was begun.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SealedFile {
    /// Its number.
    pub id: [u8; 16],
    /// Of which case.
    pub case: [u8; 16],
    /// What the custody log calls it.
    pub leaf: [u8; 32],
    /// Bytes of all parts before they are closed.
    pub padded: u64,
    /// How many parts.
    pub parts: u32,
    /// The full hour.
    pub begun_at: Instant,
}

/// How much lies here: of a case, begun in an hour, and at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilesHeld {
    /// Files of the case.
    pub files: u32,
    /// Their parts.
    pub parts: u64,
    /// Parts of what was begun in this hour.
    pub this_hour: u64,
    /// Parts of everything.
    pub all: u64,
}

type Row = (Vec<u8>, Vec<u8>, Vec<u8>, i64, i64, i64);

fn read(row: Row) -> Result<SealedFile, Failure> {
    let (id, case, leaf, padded, parts, begun) = row;
    Ok(SealedFile {
        id: exact(id)?,
        case: exact(case)?,
        leaf: exact(leaf)?,
        padded: small(padded)?,
        parts: small(parts)?,
        begun_at: Instant::from_millis(begun),
    })
}

impl Tx {
    /// Keeps that a file is begun.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file_put(&mut self, file: &SealedFile) -> Result<(), Failure> {
        let padded = i64::try_from(file.padded).unwrap_or(i64::MAX);
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::file_put\n insert into onestop_file \
             (id, case_id, leaf, padded, parts, begun_ms) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(file.id.as_slice())
        .bind(file.case.as_slice())
        .bind(file.leaf.as_slice())
        .bind(padded)
        .bind(i64::from(file.parts))
        .bind(file.begun_at.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The file of this number.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file(&mut self, id: &[u8; 16]) -> Result<Option<SealedFile>, Failure> {
        file(&mut self.conn(), id).await
    }

    /// Whether a file's number is of one that is going: it is nobody's any more.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file_is_going(&mut self, id: &[u8; 16]) -> Result<bool, Failure> {
        let found: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::file_is_going\n select count(*) from onestop_file_gone where id = $1",
        )
        .bind(id.as_slice())
        .fetch_one(conn)
        .await)?;
        Ok(found > 0)
    }

    /// How much lies here.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn files_held(
        &mut self,
        case: &[u8; 16],
        hour: Instant,
    ) -> Result<FilesHeld, Failure> {
        let (files, parts, this_hour, all): (i64, i64, i64, i64) = on!(self.conn(), conn => sqlx::query_as(
                "-- onestop::files_held\n select \
                 cast(coalesce(sum(case when case_id = $1 then 1 else 0 end), 0) as bigint), \
                 cast(coalesce(sum(case when case_id = $1 then parts else 0 end), 0) as bigint), \
                 cast(coalesce(sum(case when begun_ms >= $2 then parts else 0 end), 0) as bigint), \
                 cast(coalesce(sum(parts), 0) as bigint) from onestop_file",
            )
            .bind(case.as_slice())
            .bind(hour.millis())
            .fetch_one(conn)
            .await)?;
        Ok(FilesHeld {
            files: small(files)?,
            parts: small(parts)?,
            this_hour: small(this_hour)?,
            all: small(all)?,
        })
    }

    /// Keeps a part; `false` if another of this number with other bytes is kept. The same again is
    /// the same.
    ///
    /// # Errors
    /// [`Failure`] of the database, or no randomness.
    pub async fn file_part_put(
        &mut self,
        file: &[u8; 16],
        part: u32,
        closed: &[u8],
        hour: Instant,
    ) -> Result<bool, Failure> {
        // 63 bits: as many as both databases have for the number a row lies by.
        let drawn = crate::new_id::<id::Private>()?.bits() as i64 & i64::MAX;
        let put = on!(self.conn(), conn => sqlx::query(
            "-- onestop::file_part_put\n insert into onestop_file_part \
             (id, file, part, received_ms, closed) values ($1, $2, $3, $4, $5) \
             on conflict (file, part) do nothing",
        )
        .bind(drawn)
        .bind(file.as_slice())
        .bind(i64::from(part))
        .bind(hour.millis())
        .bind(closed)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if put > 0 {
            return Ok(true);
        }
        let same: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::file_part_same\n select count(*) from onestop_file_part \
             where file = $1 and part = $2 and closed = $3",
        )
        .bind(file.as_slice())
        .bind(i64::from(part))
        .bind(closed)
        .fetch_one(conn)
        .await)?;
        Ok(same > 0)
    }

    /// Whether a file that the custody log calls so is here with every part.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file_is_whole(&mut self, leaf: &[u8; 32]) -> Result<bool, Failure> {
        let found: i64 = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::file_is_whole\n select count(*) from onestop_file \
             where leaf = $1 and parts = (select count(*) from onestop_file_part \
             where file = onestop_file.id)",
        )
        .bind(leaf.as_slice())
        .fetch_one(conn)
        .await)?;
        Ok(found > 0)
    }

    /// The files that the custody log calls so.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn files_called(&mut self, leaf: &[u8; 32]) -> Result<Vec<SealedFile>, Failure> {
        let rows: Vec<Row> = on!(self.conn(), conn => sqlx::query_as(
            "-- onestop::files_called\n select id, case_id, leaf, padded, parts, begun_ms \
             from onestop_file where leaf = $1 order by id limit $2",
        )
        .bind(leaf.as_slice())
        .bind(FILES)
        .fetch_all(conn)
        .await)?;
        rows.into_iter().map(read).collect()
    }

    /// Lets a file go; its parts go with [`Store::clear_files`].
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file_delete(&mut self, id: &[u8; 16]) -> Result<(), Failure> {
        self.let_go(
            [
                "-- onestop::file_gone\n insert into onestop_file_gone (id) \
                 select id from onestop_file where id = $1 on conflict (id) do nothing",
                "-- onestop::file_delete\n delete from onestop_file where id = $1",
            ],
            id,
        )
        .await
    }

    /// Lets all files of a case go; their parts go with [`Store::clear_files`].
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn files_delete(&mut self, case: &[u8; 16]) -> Result<(), Failure> {
        self.let_go(
            [
                "-- onestop::files_gone\n insert into onestop_file_gone (id) \
                 select id from onestop_file where case_id = $1 on conflict (id) do nothing",
                "-- onestop::files_delete\n delete from onestop_file where case_id = $1",
            ],
            case,
        )
        .await
    }

    async fn let_go(&mut self, sql: [&'static str; 2], which: &[u8; 16]) -> Result<(), Failure> {
        for sql in sql {
            on!(self.conn(), conn => sqlx::query(sql)
                .bind(which.as_slice())
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }

    /// Lets every file go that is not whole and of which nothing has come since.
    async fn unfinished_delete(&mut self, since: Instant) -> Result<(), Failure> {
        let late: Vec<Vec<u8>> = on!(self.conn(), conn => sqlx::query_scalar(
            "-- onestop::unfinished\n select id from onestop_file where begun_ms < $1 \
             and parts > (select count(*) from onestop_file_part where file = onestop_file.id) \
             and not exists (select 1 from onestop_file_part \
             where file = onestop_file.id and received_ms >= $1) limit $2",
        )
        .bind(since.millis())
        .bind(UNFINISHED)
        .fetch_all(conn)
        .await)?;
        for id in late {
            self.file_delete(&exact(id)?).await?;
        }
        Ok(())
    }

    /// Deletes some parts of a file that is going; whether any were left.
    async fn parts_delete(&mut self, file: &[u8], at_once: u32) -> Result<bool, Failure> {
        let deleted = on!(self.conn(), conn => sqlx::query(
            "-- onestop::parts_delete\n delete from onestop_file_part where id in \
             (select id from onestop_file_part where file = $1 order by part limit $2)",
        )
        .bind(file)
        .bind(i64::from(at_once))
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        if deleted > 0 {
            return Ok(true);
        }
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::gone_delete\n delete from onestop_file_gone where id = $1",
        )
        .bind(file)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(false)
    }
}

impl Store {
    /// A case's files, each with the parts that are here.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn files(&self, case: &[u8; 16]) -> Result<Vec<(SealedFile, Vec<u32>)>, Failure> {
        let mut snapshot = self.inner.db.snapshot().await?;
        let rows: Vec<Row> = on!(snapshot.conn(), conn => sqlx::query_as(
            "-- onestop::files\n select id, case_id, leaf, padded, parts, begun_ms \
             from onestop_file where case_id = $1 order by id limit $2",
        )
        .bind(case.as_slice())
        .bind(FILES)
        .fetch_all(conn)
        .await)?;
        let mut files = Vec::with_capacity(rows.len());
        for row in rows {
            let file = read(row)?;
            let parts: Vec<i64> = on!(snapshot.conn(), conn => sqlx::query_scalar(
                "-- onestop::file_parts\n select part from onestop_file_part where file = $1 \
                 order by part limit $2",
            )
            .bind(file.id.as_slice())
            .bind(PARTS)
            .fetch_all(conn)
            .await)?;
            files.push((file, parts.into_iter().map(small).collect::<Result<_, _>>()?));
        }
        snapshot.rollback().await?;
        Ok(files)
    }

    /// Whose a case is: the mailbox it lies in and that mailbox's signing key.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn case_owner(
        &self,
        case: &[u8; 16],
    ) -> Result<Option<([u8; 32], [u8; 32])>, Failure> {
        let row: Option<(Vec<u8>, Vec<u8>)> = on!(self.reading().await?.conn(), conn => sqlx::query_as(
            "-- onestop::case_owner\n select locator, signing_key from onestop_case where id = $1",
        )
        .bind(case.as_slice())
        .fetch_optional(conn)
        .await)?;
        row.map(|(locator, key)| Ok((exact(locator)?, exact(key)?))).transpose()
    }

    /// The file of this number.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file(&self, id: &[u8; 16]) -> Result<Option<SealedFile>, Failure> {
        file(&mut self.reading().await?.conn(), id).await
    }

    /// A part of a file.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn file_part(&self, file: &[u8; 16], part: u32) -> Result<Option<Vec<u8>>, Failure> {
        Ok(on!(self.reading().await?.conn(), conn => sqlx::query_scalar(
            "-- onestop::file_part\n select closed from onestop_file_part \
             where file = $1 and part = $2",
        )
        .bind(file.as_slice())
        .bind(i64::from(part))
        .fetch_optional(conn)
        .await)?)
    }

    /// Lets files go that were not whole in time, and deletes the parts of all that are going, so many
    /// at a time: each is a transaction of its own, and others may write in between.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn clear_files(&self, since: Instant, at_once: u32) -> Result<(), Failure> {
        self.transact("onestop::unfinished", async |tx| tx.unfinished_delete(since).await).await?;
        let going: Vec<Vec<u8>> = on!(self.reading().await?.conn(), conn => sqlx::query_scalar(
            "-- onestop::going\n select id from onestop_file_gone order by id limit $1",
        )
        .bind(UNFINISHED)
        .fetch_all(conn)
        .await)?;
        if going.is_empty() {
            return Ok(());
        }
        for file in going {
            while self
                .transact("onestop::parts_delete", async |tx| tx.parts_delete(&file, at_once).await)
                .await?
            {}
        }
        self.scrub_files().await
    }

    /// Clears what the database still keeps of deleted parts beside its tables.
    async fn scrub_files(&self) -> Result<(), Failure> {
        match &self.inner.db {
            Db::Sqlite { .. } => self.scrub().await,
            Db::Pg(pool) => {
                sqlx::query(
                    "-- onestop::scrub_files\n vacuum onestop_file, onestop_file_part, \
                     onestop_file_gone",
                )
                .execute(pool)
                .await?;
                Ok(())
            }
        }
    }
}

async fn file(conn: &mut Conn<'_>, id: &[u8; 16]) -> Result<Option<SealedFile>, Failure> {
    let row: Option<Row> = on!(conn, conn => sqlx::query_as(
        "-- onestop::file\n select id, case_id, leaf, padded, parts, begun_ms \
         from onestop_file where id = $1",
    )
    .bind(id.as_slice())
    .fetch_optional(&mut **conn)
    .await)?;
    row.map(read).transpose()
}
