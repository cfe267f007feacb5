//! What was to be forgotten is gone.

use crate::city::{City, NIGHT, count, in_every_database};
use kernel::{Id, Secret, Span, id};
use sqlx::Connection;
use std::fs;
use store::{Failure, Keys, Store};

const CANARY: &[u8] = b"KIM CANARY 010-5555-0100 Sillim-ro 12, door 3";
const KIND: &str = "test.requester";

async fn put(store: &Store, bytes: &[u8], kept: Span) -> Id<id::Private> {
    store
        .transact("test::put", async |tx| {
            tx.private_put(KIND, &Secret::new(bytes.to_vec()), NIGHT + kept).await
        })
        .await
        .unwrap()
}

async fn get(store: &Store, id: Id<id::Private>) -> Option<Vec<u8>> {
    store.private_get(id, KIND, NIGHT).await.unwrap().map(Secret::into_inner)
}

/// The one column of the one row of a query.
async fn bytes_of(city: &City, sql: &'static str) -> Vec<u8> {
    match &city.postgres {
        None => {
            let url = format!("sqlite://{}", city.file().display());
            let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
        }
        Some(url) => {
            let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
        }
    }
}

/// Every byte below the city's folder, but for its keys.
fn on_disk(city: &City) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(city.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            all.extend(fs::read(path).unwrap());
        }
    }
    all
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn what_is_private_is_read_by_its_kind_until_it_expires_or_is_forgotten() {
    in_every_database(async |city| {
        let store = city.open().await;
        let id = put(&store, CANARY, Span::hours(2)).await;
        assert_eq!(get(&store, id).await.as_deref(), Some(CANARY));
        assert!(store.private_get(id, "test.other", NIGHT).await.unwrap().is_none());
        let later = NIGHT + Span::hours(2);
        assert!(store.private_get(id, KIND, later).await.unwrap().is_none());

        let longer = later + Span::hours(1);
        let extended =
            store.transact("test::extend", async |tx| tx.private_extend(id, longer).await).await;
        assert!(extended.unwrap());
        assert!(store.private_get(id, KIND, later).await.unwrap().is_some());
        assert_eq!(store.forget_expired(later).await.unwrap(), 0);
        assert_eq!(store.forget_expired(longer).await.unwrap(), 1);
        assert_eq!(get(&store, id).await, None);
    });
}

#[test]
fn no_byte_of_it_is_on_disk_in_the_clear_and_none_at_all_once_it_is_forgotten() {
    in_every_database(async |city| {
        let store = city.open().await;
        let id = put(&store, CANARY, Span::hours(2)).await;
        // Others around it, so that its page is kept.
        for _ in 0..20 {
            put(&store, b"somebody else", Span::hours(9)).await;
        }
        let sealed = bytes_of(city, "select sealed from private order by expires_ms limit 1").await;
        let wrapped = bytes_of(
            city,
            "select wrapped from private_key join private on private.id = private_key.id \
             order by expires_ms limit 1",
        )
        .await;
        assert!(sealed.len() > CANARY.len());
        assert!(!holds(&sealed, &CANARY[..8]), "it is sealed");
        if city.postgres.is_none() {
            let disk = on_disk(city);
            assert!(holds(&disk, &sealed) && holds(&disk, &wrapped), "the search finds what is");
            assert!(!holds(&disk, &CANARY[..8]));
        }

        let forgotten =
            store.transact("test::forget", async |tx| tx.private_forget(id).await).await;
        assert!(forgotten.unwrap());
        store.scrub().await.unwrap();
        assert_eq!(get(&store, id).await, None);
        if city.postgres.is_none() {
            let disk = on_disk(city);
            // Any sixteen bytes of either would do to show that something was left behind.
            for chunk in sealed.chunks_exact(16).chain(wrapped.chunks_exact(16)) {
                assert!(!holds(&disk, chunk));
            }
        }
        assert_eq!((count(city, "private").await, count(city, "private_key").await), (20, 20));
    });
}

#[test]
fn a_row_put_in_anothers_place_does_not_open() {
    in_every_database(async |city| {
        let store = city.open().await;
        let mine = put(&store, CANARY, Span::hours(1)).await;
        put(&store, b"somebody else", Span::hours(2)).await;
        for (table, column) in [("private", "sealed"), ("private_key", "wrapped")] {
            city.behind_its_back(&format!(
                "update {table} set {column} = (select {column} from private p join private_key k \
                 on p.id = k.id order by p.expires_ms desc limit 1)"
            ))
            .await;
        }
        let opened = store.private_get(mine, KIND, NIGHT).await;
        assert!(matches!(opened, Err(Failure::Sealed)));
    });
}

#[test]
fn other_keys_open_nothing() {
    in_every_database(async |city| {
        let id = {
            let store = city.open().await;
            put(&store, CANARY, Span::hours(1)).await
        };
        let elsewhere = tempfile::tempdir().unwrap();
        let others = Keys::open_or_create(elsewhere.path()).unwrap();
        let store = Store::open(city.location(), others, "lantern-town").await.unwrap();
        assert!(matches!(store.private_get(id, KIND, NIGHT).await, Err(Failure::Sealed)));
    });
}

#[test]
fn a_row_of_a_transaction_that_failed_was_never_kept() {
    in_every_database(async |city| {
        let store = city.open().await;
        let failed: Result<(), Failure> = store
            .transact("test::fail", async |tx| {
                let secret = Secret::new(CANARY.to_vec());
                tx.private_put(KIND, &secret, NIGHT + Span::hours(1)).await?;
                Err(Failure::ReadOnly)
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(count(city, "private").await, 0);
    });
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let first = Keys::open_or_create(dir.path()).unwrap();
    let again = Keys::open_or_create(dir.path()).unwrap();
    assert_eq!(first.checkpoint_public(), again.checkpoint_public());
    assert!(first.derive("a") == again.derive("a") && first.derive("a") != first.derive("b"));
    let key = dir.path().join("keys/master.key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Keys::open_or_create(dir.path()), Err(Failure::KeyFile { .. })));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, b"short").unwrap();
    assert!(matches!(Keys::open_or_create(dir.path()), Err(Failure::KeyFile { .. })));
}
