//! A city of its own for every test, on every database there is.

use kernel::Instant;
use sqlx::{Connection, PgConnection, SqliteConnection};
use std::{path::PathBuf, sync::atomic};
use store::{Keys, Location, Store};
use tempfile::TempDir;

pub const NIGHT: Instant = Instant::from_millis(1_795_000_000_000);

/// A fresh city; its folder lives as long as this does.
pub struct City {
    pub dir: TempDir,
    pub postgres: Option<String>,
}

impl City {
    pub fn location(&self) -> Location {
        match &self.postgres {
            None => Location::Sqlite(self.dir.path().to_owned()),
            Some(url) => Location::Postgres(url.clone()),
        }
    }

    pub fn keys(&self) -> Keys {
        Keys::open_or_create(self.dir.path()).unwrap()
    }

    pub async fn open(&self) -> Store {
        Store::open(self.location(), self.keys(), "lantern-town").await.unwrap()
    }

    pub fn file(&self) -> PathBuf {
        self.dir.path().join("city.sqlite")
    }

    /// Runs SQL behind the store's back, as somebody with the database's password could.
    pub async fn behind_its_back(&self, sql: &str) {
        match &self.postgres {
            None => {
                let url = format!("sqlite://{}", self.file().display());
                let mut conn = SqliteConnection::connect(&url).await.unwrap();
                // As one transaction that need not outlive the test: a thousand of them are cheap.
                let sql = format!("pragma synchronous = off; begin; {sql}; commit;");
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
                conn.close().await.unwrap();
            }
            Some(url) => {
                let mut conn = PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
                conn.close().await.unwrap();
            }
        }
    }

    /// The same, on a database whose guards against rewriting have been taken away.
    pub async fn tamper(&self, sql: &str) {
        let unguard = match &self.postgres {
            None => {
                "drop trigger if exists journal_is_not_rewritten; \
                 drop trigger if exists journal_is_not_shortened;"
            }
            Some(_) => "alter table journal disable trigger all;",
        };
        self.behind_its_back(&format!("{unguard} {sql}")).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "the suite is told here where PostgreSQL is")]
fn postgres_server() -> Option<String> {
    std::env::var("TEST_PG").ok().filter(|url| !url.is_empty())
}

/// Runs `body` in a fresh city on each database.
#[expect(clippy::needless_pass_by_value, reason = "a closure written in place reads better owned")]
pub fn in_every_database(body: impl AsyncFn(&City)) {
    static COUNT: atomic::AtomicU32 = atomic::AtomicU32::new(0);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        body(&City { dir: tempfile::tempdir().unwrap(), postgres: None }).await;
        let Some(server) = postgres_server() else { return };
        let name = format!(
            "city_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, atomic::Ordering::Relaxed)
        );
        let mut admin = PgConnection::connect(&server).await.unwrap();
        let admin_sql = |verb: &str| sqlx::AssertSqlSafe(format!("{verb} database {name}"));
        sqlx::raw_sql(admin_sql("create")).execute(&mut admin).await.unwrap();
        // …/app?host=… becomes …/city_…?host=…
        let (front, query) = server.split_once('?').unwrap_or((&server, ""));
        let base = front.rsplit_once('/').unwrap().0;
        let url = format!("{base}/{name}?{query}");
        body(&City { dir: tempfile::tempdir().unwrap(), postgres: Some(url) }).await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("drop database {name} with (force)")))
            .execute(&mut admin)
            .await
            .unwrap();
    });
}

/// How many rows a table has.
pub async fn count(city: &City, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
    match &city.postgres {
        None => {
            let url = format!("sqlite://{}", city.file().display());
            let mut conn = SqliteConnection::connect(&url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
        }
        Some(url) => {
            let mut conn = PgConnection::connect(url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
        }
    }
}
