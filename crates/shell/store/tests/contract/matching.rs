//! Entries of the matching: kept whole or not at all, given in an order that says nothing within an
//! hour, and gone when they are taken back.

use crate::city::{NIGHT, in_every_database};
use kernel::{Instant, Span};
use store::{Failure, KeptEntry, Store};

const HOUR: Instant = NIGHT.rounded_to_hour();

fn entry(seed: u8, hours: i64) -> KeptEntry {
    KeptEntry {
        number: [seed; 16],
        withdrawal_hash: [seed; 32],
        entry: vec![seed; 4_593],
        kept_at: HOUR + Span::hours(hours),
    }
}

async fn put(store: &Store, one: &KeptEntry) -> Result<(), Failure> {
    store.transact("test::put", async |tx| tx.matching_entry_put(one).await).await
}

async fn all(store: &Store, limit: u32) -> Vec<KeptEntry> {
    let mut found: Vec<KeptEntry> = Vec::new();
    loop {
        let page = store.matching_entries(found.last(), limit).await.unwrap();
        if page.is_empty() {
            return found;
        }
        found.extend(page);
    }
}

#[test]
fn entries_come_by_their_hour_and_then_by_a_number_that_says_nothing() {
    in_every_database(async |city| {
        let store = city.open().await;
        let left = [entry(9, 0), entry(3, 1), entry(5, 0), entry(1, 1), entry(200, 0)];
        for one in &left {
            put(&store, one).await.unwrap();
        }
        let order = [5, 9, 200, 1, 3];
        for limit in [1, 2, 100] {
            let given: Vec<u8> = all(&store, limit).await.iter().map(|one| one.number[0]).collect();
            assert_eq!(given, order);
        }
        store.part_entries(HOUR + Span::hours(1)).await.unwrap();
        store.part_entries(HOUR + Span::hours(9)).await.unwrap();
        let kept = all(&store, 2).await;
        assert!(kept.contains(&left[0]) && kept.len() == left.len());
        let found = store.transact("test::one", async |tx| {
            let one = tx.matching_entry(&[3; 16]).await?;
            Ok::<_, Failure>((one, tx.matching_entry(&[4; 16]).await?))
        });
        let (one, none) = found.await.unwrap();
        assert!(one == Some(left[1].clone()) && none.is_none());
    });
}

#[test]
fn an_entry_goes_with_its_token_and_no_other_does() {
    in_every_database(async |city| {
        let store = city.open().await;
        for seed in [1, 2] {
            put(&store, &entry(seed, 0)).await.unwrap();
        }
        for hash in [[7; 32], [1; 32], [1; 32]] {
            let gone = store.transact("test::gone", async |tx| tx.matching_withdraw(&hash).await);
            gone.await.unwrap();
        }
        assert!(all(&store, 9).await == [entry(2, 0)]);
    });
}

#[test]
fn the_table_holds_no_minute_no_other_length_and_nothing_twice() {
    in_every_database(async |city| {
        let store = city.open().await;
        put(&store, &entry(1, 0)).await.unwrap();
        let minute = KeptEntry { kept_at: HOUR + Span::minutes(7), ..entry(2, 0) };
        let longer = KeptEntry { entry: vec![2; 4_594], ..entry(2, 0) };
        let number = KeptEntry { number: [1; 16], ..entry(2, 0) };
        let token = KeptEntry { withdrawal_hash: [1; 32], ..entry(2, 0) };
        for wrong in [minute, longer, number, token] {
            assert!(put(&store, &wrong).await.is_err());
        }
        assert!(all(&store, 9).await == [entry(1, 0)]);
    });
}
