//! Files of the evidence lie here in parts, and leave no byte behind; the custody log only grows.

use crate::{
    city::{NIGHT, count, in_every_database},
    onestop::{exact, found, noise, on_disk},
};
use kernel::{Instant, Span};
use store::{CustodyHead, Failure, FilesHeld, SealedFile, Store};

const HOUR: Instant = NIGHT.rounded_to_hour();

fn file(of: u64, case: u64, parts: u32) -> SealedFile {
    SealedFile {
        id: exact(of),
        case: exact(500 + case),
        leaf: exact(600 + of),
        padded: u64::from(parts) << 20,
        parts,
        begun_at: HOUR,
    }
}

async fn begin(store: &Store, file: &SealedFile) {
    store.transact("test::begin", async |tx| tx.file_put(file).await).await.unwrap();
}

async fn put(store: &Store, file: &SealedFile, part: u32, closed: &[u8], at: Instant) -> bool {
    store
        .transact("test::part", async |tx| tx.file_part_put(&file.id, part, closed, at).await)
        .await
        .unwrap()
}

async fn whole(store: &Store, file: &SealedFile) -> bool {
    let whole = async |tx: &mut store::Tx| tx.file_is_whole(&file.leaf).await;
    store.transact::<_, Failure, _>("test::whole", whole).await.unwrap()
}

#[test]
fn parts_come_in_any_order_and_again_and_never_as_others() {
    in_every_database(async |city| {
        let store = city.open().await;
        let film = file(1, 1, 3);
        begin(&store, &film).await;
        let closed = |part: u64| noise(10 + part, (1 << 20) + 16);
        for part in [2, 0] {
            assert!(put(&store, &film, part, &closed(part.into()), HOUR).await);
        }
        assert!(put(&store, &film, 2, &closed(2), HOUR).await, "the same again is the same");
        assert!(!put(&store, &film, 2, &closed(9), HOUR).await);
        assert!(store.files(&film.case).await.unwrap() == [(film, vec![0, 2])]);
        assert!(!whole(&store, &film).await);
        assert!(put(&store, &film, 1, &closed(1), HOUR).await);
        assert!(whole(&store, &film).await);
        assert_eq!(store.file_part(&film.id, 1).await.unwrap(), Some(closed(1)));
        assert_eq!(store.file_part(&film.id, 3).await.unwrap(), None);
        assert!(store.file(&film.id).await.unwrap() == Some(film));
        assert!(store.file(&exact(99)).await.unwrap().is_none());
        let other = file(2, 2, 5);
        begin(&store, &other).await;
        let held = store.transact("test::held", async |tx| {
            let now = tx.files_held(&film.case, HOUR).await?;
            Ok::<_, Failure>((now, tx.files_held(&film.case, HOUR + Span::hours(1)).await?))
        });
        let at = |this_hour| FilesHeld { files: 1, parts: 3, this_hour, all: 8 };
        assert_eq!(held.await.unwrap(), (at(8), at(0)));
    });
}

#[test]
fn a_deleted_file_leaves_no_byte_behind_and_no_other_loses_one() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (gone, kept) = (file(1, 1, 3), file(2, 2, 1));
        let parts: Vec<_> = (0..3).map(|part| noise(20 + part, 200_000)).collect();
        let stays = noise(30, 200_000);
        begin(&store, &gone).await;
        begin(&store, &kept).await;
        for (part, closed) in (0..).zip(&parts) {
            put(&store, &gone, part, closed, HOUR).await;
        }
        put(&store, &kept, 0, &stays, HOUR).await;
        let needles: Vec<&[u8]> = parts.iter().map(Vec::as_slice).chain([&gone.id[..]]).collect();
        if city.postgres.is_none() {
            assert!(!found(&on_disk(city), &needles).contains(&false), "the search finds what is");
        }
        let delete = async |tx: &mut store::Tx| tx.files_delete(&gone.case).await;
        store.transact::<_, Failure, _>("test::delete", delete).await.unwrap();
        assert!(store.files(&gone.case).await.unwrap().is_empty(), "gone at once for everybody");
        let going = async |tx: &mut store::Tx| tx.file_is_going(&gone.id).await;
        assert!(store.transact::<_, Failure, _>("test::going", going).await.unwrap());
        store.clear_files(HOUR, 1).await.unwrap();
        assert!(!store.transact::<_, Failure, _>("test::going", going).await.unwrap());
        for (table, rows) in
            [("onestop_file", 1), ("onestop_file_part", 1), ("onestop_file_gone", 0)]
        {
            assert_eq!(count(city, table).await, rows, "{table}");
        }
        assert_eq!(store.file_part(&kept.id, 0).await.unwrap(), Some(stays));
        if city.postgres.is_none() {
            assert_eq!(found(&on_disk(city), &needles), vec![false; needles.len()]);
        }
    });
}

#[test]
fn what_never_became_whole_goes_and_what_goes_on_stays() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (left, goes_on, whole) = (file(1, 1, 2), file(2, 1, 2), file(3, 1, 1));
        for one in [&left, &goes_on, &whole] {
            begin(&store, one).await;
            put(&store, one, 0, &noise(1, 100), HOUR).await;
        }
        put(&store, &goes_on, 1, &noise(2, 100), HOUR + Span::hours(1)).await;
        let late = file(4, 1, 3);
        begin(&store, &late).await;
        put(&store, &late, 0, &noise(3, 100), HOUR + Span::hours(1)).await;
        store.clear_files(HOUR, 4).await.unwrap();
        assert_eq!(store.files(&left.case).await.unwrap().len(), 4, "its time is not over");
        store.clear_files(HOUR + Span::hours(1), 4).await.unwrap();
        let ids: Vec<_> =
            store.files(&left.case).await.unwrap().into_iter().map(|(one, _)| one.id).collect();
        assert!(!ids.contains(&left.id) && ids.contains(&whole.id) && ids.contains(&late.id));
        assert_eq!(count(city, "onestop_file_part").await, 4);
        store.clear_files(HOUR + Span::hours(2), 4).await.unwrap();
        assert_eq!(store.files(&left.case).await.unwrap().len(), 2, "whole ones stay");
    });
}

/// An event of a piece: the store looks at the piece's name in it, and at nothing else.
fn event(leaf: &[u8; 32], seed: u64) -> Vec<u8> {
    let mut event = noise(seed, 114);
    event[9..41].copy_from_slice(leaf);
    event
}

#[test]
fn the_custody_log_grows_in_its_order_and_finds_a_piece_by_its_name() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (one, other) = (exact(1), exact(2));
        let events: Vec<_> = [&one, &other, &one]
            .into_iter()
            .zip(10..)
            .map(|(leaf, seed)| event(leaf, seed))
            .collect();
        let signature = noise(50, 64);
        store
            .transact("test::custody", async |tx| {
                assert!(tx.custody_last(&one).await?.is_none());
                for (place, event) in (0..).zip(&events) {
                    assert_eq!(tx.custody_append(event, &signature).await?, place);
                }
                let last = tx.custody_last(&one).await?.unwrap();
                assert!(last.place == 2 && last.event == events[2]);
                Ok::<_, Failure>(())
            })
            .await
            .unwrap();
        let places = |kept: Vec<store::KeptEvent>| -> Vec<u64> {
            kept.into_iter().map(|one| one.place).collect()
        };
        assert_eq!(places(store.custody_of(&one).await.unwrap()), [0, 2]);
        assert_eq!(places(store.custody().await.unwrap()), [0, 1, 2]);
        assert!(store.custody_of(&exact(3)).await.unwrap().is_empty());
        // A place that was signed over is never given again, even when its row is gone.
        let head = |size: u64| CustodyHead {
            size,
            head: noise(60 + size, 49),
            signature: noise(70 + size, 64),
        };
        let next = store.transact("test::heads", async |tx| {
            for size in [1, 5, 5] {
                tx.custody_head_put(&head(size)).await?;
            }
            assert!(tx.custody_head().await? == Some(head(5)));
            tx.custody_append(&event(&one, 80), &signature).await
        });
        assert_eq!(next.await.unwrap(), 5);
        let heads = store.custody_heads().await.unwrap();
        assert!(heads == [head(5), head(1)], "the newest first");
    });
}
