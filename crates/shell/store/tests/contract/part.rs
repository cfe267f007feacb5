//! When something came is kept by the hour, and where it lies says no more once the hour is over.

use crate::{
    city::{City, NIGHT, in_every_database},
    onestop::{exact, noise},
};
use kernel::{Instant, Span};
use sqlx::Connection;
use std::fs;
use store::{SealedCase, SealedVersion, Store};

const HOUR: Instant = NIGHT.rounded_to_hour();
const PAGE_BYTES: usize = 4_096;

fn case(of: u64, hour: Instant) -> (SealedCase, SealedVersion) {
    let case = SealedCase {
        id: exact(of),
        locator: exact(100 + of),
        signing_key: exact(200 + of),
        manifest: noise(300 + of, 2_321),
        signature: noise(400 + of, 64),
        received_at: hour,
    };
    let version = SealedVersion {
        kind: 3,
        version: 1,
        closed: noise(500 + of, 16_400),
        closed_hash: exact(600 + of),
        wraps: noise(700 + of, 9_344),
        author: None,
        signature: None,
        written_at: hour,
    };
    (case, version)
}

async fn put(store: &Store, of: u64, hour: Instant) {
    let (case, version) = case(of, hour);
    store
        .transact("test::put", async |tx| {
            tx.case_put(&case).await?;
            tx.case_version_put(&case.id, &version, true).await
        })
        .await
        .unwrap();
}

async fn is_there(store: &Store, of: u64, hour: Instant) -> bool {
    let (case, version) = case(of, hour);
    let found = store.cases_in(&case.locator, &case.signing_key).await.unwrap();
    found.iter().any(|one| one.case == case && one.versions.contains(&version))
}

/// In which pages of the file some bytes of the manifest and of the ciphertext lie.
fn pages(city: &City, of: u64) -> Vec<usize> {
    let (case, version) = case(of, HOUR);
    let file = fs::read(city.dir.path().join("city.sqlite")).unwrap();
    let mut found = Vec::new();
    for needle in [&case.manifest[1_500..1_516], &version.closed[8_000..8_016]] {
        let at = file.windows(16).enumerate().filter(|(_, bytes)| *bytes == needle);
        found.extend(at.map(|(at, _)| at / PAGE_BYTES));
    }
    found
}

/// The transactions that wrote the rows of a table, in no order.
async fn transactions(url: &str) -> Vec<String> {
    let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
    let text = "select xmin::text from onestop_case union select xmin::text from onestop_version";
    sqlx::query_scalar(text).fetch_all(&mut conn).await.unwrap()
}

#[test]
fn what_came_in_one_hour_cannot_be_put_in_its_order_by_where_it_lies() {
    in_every_database(async |city| {
        let store = city.open().await;
        for of in 1..=3 {
            put(&store, of, HOUR).await;
        }
        store.part_cases(HOUR + Span::minutes(64)).await.unwrap();
        store.scrub().await.unwrap();
        let before = if let Some(url) = &city.postgres {
            assert_eq!(transactions(url).await.len(), 3, "each came by itself");
            0
        } else {
            let first = pages(city, 1).into_iter().max().unwrap();
            assert!(pages(city, 3).into_iter().min().unwrap() > first, "they lie as they came");
            let length = fs::metadata(city.dir.path().join("city.sqlite")).unwrap().len();
            length as usize / PAGE_BYTES
        };
        let next = HOUR + Span::hours(1);
        put(&store, 4, next).await;
        store.part_cases(HOUR + Span::minutes(66)).await.unwrap();
        store.scrub().await.unwrap();
        match &city.postgres {
            Some(url) => assert_eq!(transactions(url).await.len(), 2, "and the one of this hour"),
            None => {
                for of in 1..=3 {
                    let pages = pages(city, of);
                    assert_eq!(pages.len(), 2, "each byte lies in one place");
                    assert!(pages.iter().all(|page| *page >= before), "and in another one");
                }
            }
        }
        for (of, hour) in [(1, HOUR), (2, HOUR), (3, HOUR), (4, next)] {
            assert!(is_there(&store, of, hour).await, "case {of} is as it was");
        }
        store.part_cases(HOUR + Span::minutes(67)).await.unwrap();
        store.part_cases(HOUR + Span::hours(9)).await.unwrap();
        assert!(is_there(&store, 4, next).await && is_there(&store, 1, HOUR).await);
        store.close().await;
    });
}
