//! Two databases, one text: the same queries run on SQLite and on PostgreSQL.

use crate::Failure;
use sqlx::{
    PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
    pool::PoolConnection,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// Where a city's journal lives.
#[derive(Clone)]
pub enum Location {
    /// A state folder on this machine; the database is `city.sqlite` in it.
    Sqlite(PathBuf),
    /// A PostgreSQL 15+ database of its own, by URL. One database holds one city.
    Postgres(String),
}

/// How long a writer waits for the city before it gives up with [`Failure::Busy`].
const PATIENCE: Duration = Duration::from_secs(5);
/// Readers at a time. Reads are short; SQLite reads do not wait for the writer (WAL).
const READERS: u32 = 4;

#[derive(Clone)]
pub(crate) enum Db {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Pg(PgPool),
}

/// Runs one body on whichever database a [`Conn`] speaks to; type-checked for both.
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $body,
            $crate::db::Conn::Pg($c) => $body,
        }
    };
}
pub(crate) use on;

/// A borrowed connection, inside a transaction or not.
pub(crate) enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Pg(&'a mut PgConnection),
}

/// A connection to read with.
pub(crate) enum Reading {
    Sqlite(PoolConnection<Sqlite>),
    Pg(PoolConnection<Postgres>),
}

impl Reading {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Pg(conn) => Conn::Pg(conn),
        }
    }
}

/// A transaction that will be rolled back unless it is committed.
pub(crate) enum Open {
    Sqlite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

impl Open {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(tx) => Conn::Sqlite(tx),
            Self::Pg(tx) => Conn::Pg(tx),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), Failure> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub(crate) async fn rollback(self) -> Result<(), Failure> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Pg(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

impl Db {
    /// Opens the database, made and migrated if `writing`.
    pub(crate) async fn open(location: &Location, writing: bool) -> Result<Self, Failure> {
        match location {
            Location::Sqlite(dir) => Self::open_sqlite(dir, writing).await,
            Location::Postgres(url) => Self::open_postgres(url, writing).await,
        }
    }

    async fn open_sqlite(dir: &Path, writing: bool) -> Result<Self, Failure> {
        let file = dir.join("city.sqlite");
        if !writing && !file.exists() {
            return Err(Failure::NotFound { dir: dir.to_owned() });
        }
        if writing {
            fs::create_dir_all(dir).map_err(Failure::file(dir))?;
        }
        // FULL, not NORMAL: in our power-cut trials NORMAL lost 550 to 948 acknowledged rows a
        // cut, FULL none. secure_delete overwrites what is deleted: forgetting means forgetting.
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(writing)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .foreign_keys(true)
            .busy_timeout(PATIENCE);
        // A file does not hang up, so nobody asks it whether it is still there: that question went
        // to the connection's thread and back, as long as most of what is asked of it.
        let pool = |size| {
            SqlitePoolOptions::new()
                .max_connections(size)
                .acquire_timeout(PATIENCE)
                .test_before_acquire(false)
        };
        if !writing {
            // Opened read-write at the file level so that the shared memory of the WAL can be
            // used beside a running server; `query_only` is what keeps it reading.
            let options = options.pragma("query_only", "ON");
            let readers = pool(READERS).connect_with(options).await?;
            return Ok(Self::Sqlite { writer: readers.clone(), readers });
        }
        // The one writer is kept for ever: its cache is warm when an alarm comes.
        let writer = pool(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers =
            pool(READERS).connect_with(options.create_if_missing(false).pragma("query_only", "ON"));
        Ok(Self::Sqlite { writer, readers: readers.await? })
    }

    async fn open_postgres(url: &str, writing: bool) -> Result<Self, Failure> {
        let pool = PgPoolOptions::new()
            .max_connections(2 * READERS)
            .acquire_timeout(PATIENCE)
            .after_connect(|conn, _meta| {
                Box::pin(async move {
                    // `off` would lose acknowledged rows in a power cut; a stricter setting of
                    // the operator's (remote_apply) is left as it is.
                    sqlx::raw_sql(
                        "select set_config('lock_timeout', '5s', false), case \
                         when current_setting('synchronous_commit') in ('off', 'local') \
                         then set_config('synchronous_commit', 'on', false) end",
                    )
                    .execute(conn)
                    .await?;
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        if writing {
            sqlx::migrate!("migrations/postgres").run(&pool).await?;
        }
        Ok(Self::Pg(pool))
    }

    pub(crate) async fn reading(&self) -> Result<Reading, Failure> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Reading::Sqlite(readers.acquire().await?),
            Self::Pg(pool) => Reading::Pg(pool.acquire().await?),
        })
    }

    /// Begins a writing transaction. On SQLite it holds the city from here on; on PostgreSQL the
    /// caller locks the head row next.
    pub(crate) async fn begin(&self) -> Result<Open, Failure> {
        Ok(match self {
            Self::Sqlite { writer, .. } => {
                Open::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Pg(pool) => Open::Pg(pool.begin().await?),
        })
    }

    /// Begins a transaction that sees one moment of the city and writes nothing.
    pub(crate) async fn snapshot(&self) -> Result<Open, Failure> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Open::Sqlite(readers.begin().await?),
            Self::Pg(pool) => {
                Open::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}
