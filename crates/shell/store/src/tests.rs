//! What must hold of every connection, whoever opens it.

use crate::{
    Keys, Location, Store,
    db::{Db, on},
};

/// In power-cut trials `synchronous=NORMAL` lost hundreds of acknowledged rows at every cut, FULL
/// none; `secure_delete` is what makes forgetting forget. Nobody turns these off by accident.
#[tokio::test]
async fn every_sqlite_connection_syncs_fully_and_overwrites_what_it_deletes() {
    let dir = tempfile::tempdir().unwrap();
    let keys = Keys::open_or_create(dir.path()).unwrap();
    let store = Store::open(Location::Sqlite(dir.path().to_owned()), keys, "x").await.unwrap();
    let Db::Sqlite { writer, readers } = &store.inner.db else { panic!("not SQLite") };
    for pool in [writer, readers] {
        let mut conn = pool.acquire().await.unwrap();
        for (pragma, expected) in
            [("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("busy_timeout", 5_000)]
        {
            let sql = sqlx::AssertSqlSafe(format!("pragma {pragma}"));
            let value: i64 = sqlx::query_scalar(sql).fetch_one(&mut *conn).await.unwrap();
            assert_eq!(value, expected, "{pragma}");
        }
        let mode: String =
            sqlx::query_scalar("pragma journal_mode").fetch_one(&mut *conn).await.unwrap();
        assert_eq!(mode, "wal");
    }
    assert_eq!(writer.options().get_max_connections(), 1);
    let read_only: i64 = sqlx::query_scalar("pragma query_only").fetch_one(readers).await.unwrap();
    assert_eq!(read_only, 1);
}

#[tokio::test]
async fn a_writer_holds_the_city_before_it_reads() {
    let dir = tempfile::tempdir().unwrap();
    let keys = Keys::open_or_create(dir.path()).unwrap();
    let store = Store::open(Location::Sqlite(dir.path().to_owned()), keys, "x").await.unwrap();
    let mut tx = store.inner.db.begin().await.unwrap();
    // A second connection cannot begin to write: the lock was taken at BEGIN, not at first use.
    let url = format!("sqlite://{}?mode=rw", dir.path().join("city.sqlite").display());
    let other = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::query("pragma busy_timeout = 0").execute(&other).await.unwrap();
    assert!(other.begin_with("BEGIN IMMEDIATE").await.is_err());
    on!(tx.conn(), conn => sqlx::query("select 1").execute(conn).await.map(drop)).unwrap();
    tx.rollback().await.unwrap();
    other.begin_with("BEGIN IMMEDIATE").await.unwrap();
}
