//! Parting what is kept of cases from the moment it came. Columns say the hour and no more; but where a row
//! lies says when it was written: on SQLite between pages of the journal, which has milliseconds, on PostgreSQL
//! by the number of its transaction. Once an hour is over all of it is written anew at once, in the order of
//! drawn numbers. Parts of files are too long for that and stay.

use crate::{
    Failure, Store, Tx,
    db::{Conn, on},
};
use kernel::{Instant, Span};
use sqlx::{PgConnection, SqliteConnection};

/// What came in an hour may be committed that much later.
const LATE: Span = Span::minutes(5);
/// Hours that are parted at most in one go: one after the other, so that nobody waits long for any.
const HOURS_AT_ONCE: usize = 48;
/// Bytes of a page that overflowing content fills.
const PAGE_BYTES: i64 = 4_092;
/// Pages that are filled beyond those that were freed.
const MORE_PAGES: i64 = 64;

/// On SQLite: what is taken out and kept beside the database meanwhile. A manifest is emptied, not deleted:
/// everything of its case would go with it.
const TAKEN_OUT: [&str; 6] = [
    "-- onestop::part_versions_out\n create temp table apart_version as \
     select * from onestop_version where written_ms = $1",
    "-- onestop::part_letters_out\n create temp table apart_letter as \
     select * from onestop_letter where written_ms = $1",
    "-- onestop::part_manifests_out\n create temp table apart_case as \
     select id, manifest from onestop_case where received_ms = $1",
    "-- onestop::part_versions_gone\n delete from onestop_version where written_ms = $1",
    "-- onestop::part_letters_gone\n delete from onestop_letter where written_ms = $1",
    "-- onestop::part_manifests_gone\n update onestop_case set manifest = x'' where received_ms = $1",
];
/// And put back.
const PUT_BACK: [&str; 7] = [
    "-- onestop::part_versions_in\n insert into onestop_version \
     select * from apart_version order by case_id, kind, version",
    "-- onestop::part_letters_in\n insert into onestop_letter \
     select * from apart_letter order by referral_id, number",
    "-- onestop::part_manifests_in\n update onestop_case set manifest = apart_case.manifest \
     from apart_case where apart_case.id = onestop_case.id",
    "-- onestop::part_end\n drop table apart_filler",
    "-- onestop::part_versions_end\n drop table apart_version",
    "-- onestop::part_letters_end\n drop table apart_letter",
    "-- onestop::part_manifests_end\n drop table apart_case",
];
/// On PostgreSQL, where a row that is written anew is another row.
const WRITTEN_ANEW: [&str; 3] = [
    "-- onestop::part_versions\n with gone as (delete from onestop_version \
     where written_ms = $1 returning *) \
     insert into onestop_version select * from gone order by case_id, kind, version",
    "-- onestop::part_letters\n with gone as (delete from onestop_letter \
     where written_ms = $1 returning *) \
     insert into onestop_letter select * from gone order by referral_id, number",
    "-- onestop::part_manifests\n update onestop_case set manifest = manifest || ''::bytea \
     where received_ms = $1",
];

impl Store {
    /// Parts what came in hours that are over.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn part_cases(&self, now: Instant) -> Result<(), Failure> {
        let before = (now - LATE).rounded_to_hour();
        for _ in 0..HOURS_AT_ONCE {
            let hour = next_hour(&mut self.reading().await?.conn(), before).await?;
            let done = hour.map_or(before, |hour| hour + Span::hours(1));
            if hour.is_none() && parted_before(&mut self.reading().await?.conn()).await? >= done {
                return Ok(());
            }
            self.transact("onestop::part_cases", async |tx| tx.part_hour(hour, done).await).await?;
            if hour.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }
}

async fn parted_before(conn: &mut Conn<'_>) -> Result<Instant, Failure> {
    let before: i64 = on!(conn, conn => sqlx::query_scalar(
        "-- onestop::parted_before\n select coalesce(max(before_ms), 0) from onestop_parted",
    )
    .fetch_one(&mut **conn)
    .await)?;
    Ok(Instant::from_millis(before))
}

/// The first hour in which something came that is not parted yet.
async fn next_hour(conn: &mut Conn<'_>, before: Instant) -> Result<Option<Instant>, Failure> {
    let since = parted_before(conn).await?;
    let hour: Option<i64> = on!(conn, conn => sqlx::query_scalar(
        "-- onestop::part_next\n select min(hour_ms) from ( \
         select min(received_ms) as hour_ms from onestop_case where received_ms >= $1 \
         union all select min(written_ms) from onestop_version where written_ms >= $1 \
         union all select min(written_ms) from onestop_letter where written_ms >= $1) as hours \
         where hour_ms < $2",
    )
    .bind(since.millis())
    .bind(before.millis())
    .fetch_one(&mut **conn)
    .await)?;
    Ok(hour.map(Instant::from_millis))
}

impl Tx {
    async fn part_hour(&mut self, hour: Option<Instant>, done: Instant) -> Result<(), Failure> {
        if let Some(hour) = hour {
            match self.conn() {
                Conn::Sqlite(conn) => part_sqlite(conn, hour.millis()).await?,
                Conn::Pg(conn) => part_postgres(conn, hour.millis()).await?,
            }
        }
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::part_note\n delete from onestop_parted",
        )
        .execute(conn)
        .await
        .map(drop))?;
        on!(self.conn(), conn => sqlx::query(
            "-- onestop::part_noted\n insert into onestop_parted (before_ms) values ($1)",
        )
        .bind(done.millis())
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

async fn part_sqlite(conn: &mut SqliteConnection, hour_ms: i64) -> Result<(), Failure> {
    let before = free_pages(conn).await?;
    for text in TAKEN_OUT {
        sqlx::query(text).bind(hour_ms).execute(&mut *conn).await?;
    }
    let freed = free_pages(conn).await?.saturating_sub(before);
    // What is put back would lie where it lay before: the pages freed last are used first.
    sqlx::query("-- onestop::part_begin\n create table apart_filler (zeros blob)")
        .execute(&mut *conn)
        .await?;
    sqlx::query("-- onestop::part_fill\n insert into apart_filler values (zeroblob($1))")
        .bind((freed + MORE_PAGES) * PAGE_BYTES)
        .execute(&mut *conn)
        .await?;
    for text in PUT_BACK {
        sqlx::query(text).execute(&mut *conn).await?;
    }
    Ok(())
}

async fn free_pages(conn: &mut SqliteConnection) -> Result<i64, Failure> {
    let text = "-- onestop::part_free\n select freelist_count from pragma_freelist_count";
    Ok(sqlx::query_scalar(text).fetch_one(conn).await?)
}

async fn part_postgres(conn: &mut PgConnection, hour_ms: i64) -> Result<(), Failure> {
    for text in WRITTEN_ANEW {
        sqlx::query(text).bind(hour_ms).execute(&mut *conn).await?;
    }
    Ok(())
}
