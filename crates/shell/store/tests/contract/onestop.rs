//! What is sealed is kept as it came, answered whole, and gone without a byte once it is deleted.

use crate::city::{City, NIGHT, count, in_every_database};
use kernel::{Id, Instant, Span};
use std::{collections::HashMap, fs};
use store::{
    CaseDevice, Failure, KeyWrap, LogHead, SealedCase, SealedVersion, Store, Withdrawn,
    WitnessedBy, WrapsMove,
};

const HOUR: Instant = NIGHT.rounded_to_hour();
const TABLES: [&str; 5] =
    ["onestop_case", "onestop_version", "onestop_move", "onestop_withdrawal", "onestop_knock"];

/// Bytes that look like nothing else: a thief's search finds any sixteen of them.
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()
    };
    std::iter::repeat_with(&mut next).flatten().take(length).collect()
}

pub fn exact<const N: usize>(seed: u64) -> [u8; N] {
    noise(seed, N).try_into().unwrap()
}

fn case(of: u64, mailbox: u64) -> SealedCase {
    SealedCase {
        id: exact(of),
        locator: exact(1_000 + mailbox),
        signing_key: exact(2_000 + mailbox),
        manifest: noise(3_000 + of, 2_321),
        signature: noise(4_000 + of, 64),
        received_at: HOUR,
    }
}

fn version(seed: u64, kind: u8, version: u32) -> SealedVersion {
    let seed = seed * 10_000 + u64::from(kind) * 500 + u64::from(version) * 10;
    SealedVersion {
        kind,
        version,
        closed: noise(seed + 1, 16_400),
        closed_hash: exact(seed + 2),
        wraps: noise(seed + 3, 9_344),
        author: (version > 1).then(|| exact(seed + 4)),
        signature: (version > 1 || kind > 12).then(|| noise(seed + 5, 64)),
        written_at: HOUR,
    }
}

async fn put(store: &Store, case: &SealedCase, versions: &[SealedVersion]) {
    store
        .transact("test::put", async |tx| {
            tx.case_put(case).await?;
            for one in versions {
                tx.case_version_put(&case.id, one, true).await?;
            }
            Ok::<_, Failure>(())
        })
        .await
        .unwrap();
}

/// A report of twelve compartments and a knock.
async fn report(store: &Store, of: u64, mailbox: u64) -> (SealedCase, Vec<SealedVersion>) {
    let case = case(of, mailbox);
    let versions: Vec<_> = (1..=12).map(|kind| version(of, kind, 1)).collect();
    put(store, &case, &versions).await;
    let note = noise(9_000 + of, 1_330);
    store
        .transact("test::knock", async |tx| tx.knock_put(&[1; 16], 1, &note, HOUR).await)
        .await
        .unwrap();
    (case, versions)
}

/// Every byte below the city's folder, but for its keys.
pub fn on_disk(city: &City) -> Vec<u8> {
    let files = fs::read_dir(city.dir.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).unwrap()).collect()
}

/// Of each of these whether any sixteen of its bytes, taken every sixteen, are in the haystack.
pub fn found(haystack: &[u8], needles: &[&[u8]]) -> Vec<bool> {
    let chunks = needles.iter().enumerate();
    let chunks: HashMap<&[u8], usize> =
        chunks.flat_map(|(of, one)| one.chunks_exact(16).map(move |chunk| (chunk, of))).collect();
    let mut found = vec![false; needles.len()];
    for window in haystack.windows(16) {
        if let Some(of) = chunks.get(window) {
            found[*of] = true;
        }
    }
    found
}

#[test]
fn a_mailbox_is_answered_with_its_own_cases_and_only_to_its_own_key() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (first, versions) = report(&store, 1, 1).await;
        report(&store, 2, 1).await;
        report(&store, 3, 2).await;
        let (locator, key) = (first.locator, first.signing_key);
        let cases = store.cases_in(&locator, &key).await.unwrap();
        assert_eq!(cases.len(), 2);
        let found = store.case(&first.id).await.unwrap().unwrap();
        assert!(found.case == first && found.versions == versions && found.moves.is_empty());
        assert!(cases.contains(&found));
        assert!(store.cases_in(&locator, &[0; 32]).await.unwrap().is_empty());
        assert!(store.cases_in(&[0; 32], &key).await.unwrap().is_empty());
        assert!(store.case(&[0; 16]).await.unwrap().is_none());
        let known = store.transact("test::key", async |tx| {
            let hers = tx.mailbox_key(&locator).await?;
            Ok::<_, Failure>((hers, tx.mailbox_key(&[0; 32]).await?))
        });
        assert!(known.await.unwrap() == (Some(key), None));
        let again = store.transact("test::again", async |tx| tx.case_put(&first).await).await;
        assert!(again.is_err(), "a number is one case's");
    });
}

#[test]
fn of_a_compartment_the_newest_is_kept_and_of_threads_all() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (case, _) = report(&store, 1, 1).await;
        let moved = WrapsMove {
            kind: 3,
            version: 1,
            wraps_before: exact(70),
            author: None,
            signature: noise(71, 64),
        };
        store
            .transact("test::write", async |tx| {
                assert!(tx.case_newest(&case.id, 13).await?.is_none());
                tx.case_rewrap(&case.id, &moved, &noise(72, 9_344)).await?;
                tx.case_version_put(&case.id, &version(1, 3, 2), false).await?;
                for one in 1..=3 {
                    tx.case_version_put(&case.id, &version(1, 13, one), true).await?;
                }
                assert!(tx.case_newest(&case.id, 14).await?.is_none(), "another thread");
                for one in 1..=2 {
                    tx.case_version_put(&case.id, &version(1, 14, one), true).await?;
                }
                for (kind, last) in [(13, 3), (14, 2)] {
                    let newest = tx.case_newest(&case.id, kind).await?.unwrap();
                    let closed_hash = version(1, kind, last).closed_hash;
                    assert!(newest.version == last && newest.closed_hash == closed_hash);
                }
                Ok::<_, Failure>(())
            })
            .await
            .unwrap();
        let found = store.case(&case.id).await.unwrap().unwrap();
        let kept: Vec<_> = found.versions.iter().map(|one| (one.kind, one.version)).collect();
        let mut expected: Vec<(u8, u32)> =
            (1..=12).map(|kind| (kind, 1 + u32::from(kind == 3))).collect();
        expected.extend([(13, 1), (13, 2), (13, 3), (14, 1), (14, 2)]);
        assert_eq!(kept, expected);
        assert!(found.versions[2] == version(1, 3, 2));
        assert!(found.moves.is_empty(), "what was moved of the older version went with it");
        let none = store.transact("test::none", async |tx| {
            tx.case_version_put(&case.id, &version(1, 15, 1), true).await
        });
        assert!(none.await.is_err(), "there is no fifteenth kind");
    });
}

#[test]
fn moves_are_kept_in_their_order_and_a_consent_is_taken_back_once() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (case, versions) = report(&store, 1, 1).await;
        let moves = [80, 81, 82].map(|seed| WrapsMove {
            kind: 4,
            version: 1,
            wraps_before: exact(seed),
            author: (seed > 80).then(|| exact(seed + 10)),
            signature: noise(seed + 20, 64),
        });
        let withdrawn = [HOUR, HOUR + Span::hours(1)].map(|at| Withdrawn {
            mark: exact(90),
            at,
            signature: noise(at.millis() as u64, 64),
        });
        let rows = store.transact("test::move", async |tx| {
            for (one, seed) in moves.iter().zip(100..) {
                tx.case_rewrap(&case.id, one, &noise(seed, 9_344)).await?;
            }
            for one in &withdrawn {
                tx.case_withdraw(&case.id, one).await?;
            }
            Ok::<_, Failure>((tx.case_wraps(&case.id).await?, tx.case_withdrawn(&case.id).await?))
        });
        let (wraps, taken_back) = rows.await.unwrap();
        assert!(wraps.len() == 12 && wraps[3].wraps == noise(102, 9_344));
        assert!(wraps[4].wraps == versions[4].wraps, "others stay as they are");
        assert!(taken_back == withdrawn[..1], "the first time stays");
        let found = store.case(&case.id).await.unwrap().unwrap();
        assert!(found.moves == moves && found.withdrawn == withdrawn[..1]);
        assert!(found.versions[3].closed == versions[3].closed);
    });
}

#[test]
fn a_deleted_case_leaves_no_byte_behind_and_no_other_case_loses_one() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (before, _) = report(&store, 1, 1).await;
        let (case, versions) = report(&store, 2, 1).await;
        let (after, _) = report(&store, 3, 2).await;
        let message = version(2, 13, 1);
        let moved = WrapsMove {
            kind: 13,
            version: 1,
            wraps_before: exact(60),
            author: Some(exact(61)),
            signature: noise(62, 64),
        };
        let withdrawn = Withdrawn { mark: exact(63), at: HOUR, signature: noise(64, 64) };
        let wraps = noise(65, 9_344);
        store
            .transact("test::more", async |tx| {
                tx.case_version_put(&case.id, &message, true).await?;
                tx.case_rewrap(&case.id, &moved, &wraps).await?;
                tx.case_withdraw(&case.id, &withdrawn).await
            })
            .await
            .unwrap();
        let mut bytes = vec![
            case.manifest.clone(),
            case.signature.clone(),
            case.id.to_vec(),
            message.closed.clone(),
            wraps,
            moved.signature.clone(),
            withdrawn.mark.to_vec(),
            withdrawn.signature.clone(),
        ];
        bytes.extend(
            versions
                .iter()
                .flat_map(|one| [one.closed.clone(), one.wraps.clone(), one.closed_hash.to_vec()]),
        );
        let needles: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        let sqlite = city.postgres.is_none();
        if sqlite {
            let disk = on_disk(city);
            assert!(!found(&disk, &needles).contains(&false), "the search finds what is");
        }
        let deleted = store.transact("test::delete", async |tx| {
            let first = tx.case_delete(&case.id).await?;
            Ok::<_, Failure>((first, tx.case_delete(&case.id).await?))
        });
        assert_eq!(deleted.await.unwrap(), (true, false));
        store.scrub().await.unwrap();
        if sqlite {
            let disk = on_disk(city);
            assert_eq!(found(&disk, &needles), vec![false; needles.len()]);
        }
        assert!(store.case(&case.id).await.unwrap().is_none());
        for other in [before, after] {
            assert_eq!(store.case(&other.id).await.unwrap().unwrap().versions.len(), 12);
        }
        let mut left = Vec::new();
        for table in TABLES {
            left.push(count(city, table).await);
        }
        assert_eq!(left, [2, 24, 0, 0, 3], "a knock says nothing of its case, and stays");
    });
}

#[test]
fn a_replaced_version_leaves_no_byte_behind() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (case, versions) = report(&store, 1, 1).await;
        store
            .transact("test::write", async |tx| {
                tx.case_version_put(&case.id, &version(1, 3, 2), false).await
            })
            .await
            .unwrap();
        store.scrub().await.unwrap();
        if city.postgres.is_none() {
            let disk = on_disk(city);
            let needles = [&versions[2].closed, &versions[2].wraps, &versions[3].closed];
            let needles = needles.map(Vec::as_slice);
            assert_eq!(found(&disk, &needles), [false, false, true]);
        }
    });
}

#[test]
fn a_knock_is_its_centers_and_says_neither_its_case_nor_its_minute() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (center, other) = ([1; 16], [2; 16]);
        store
            .transact("test::knock", async |tx| {
                for seed in 0..5 {
                    let hour = HOUR + Span::hours(seed as i64 / 2);
                    tx.knock_put(&center, 1, &noise(seed, 1_330), hour).await?;
                }
                tx.knock_put(&other, 7, &noise(9, 1_330), HOUR).await
            })
            .await
            .unwrap();
        let knocks = store.knocks(&center).await.unwrap();
        assert_eq!(knocks.len(), 5);
        assert_eq!(store.knocks_unanswered(&center).await.unwrap(), 5);
        assert!(knocks.is_sorted_by_key(|one| std::cmp::Reverse(one.received_at)));
        let id = knocks[0].id;
        let answered = store.transact("test::answer", async |tx| {
            let foreign = tx.knock_answer(&other, id, HOUR).await?;
            let own = tx.knock_answer(&center, id, HOUR).await?;
            let again = tx.knock_answer(&center, id, HOUR + Span::hours(9)).await?;
            Ok::<_, Failure>((foreign, own, again, tx.knock_answer(&center, u64::MAX, HOUR).await?))
        });
        assert_eq!(answered.await.unwrap(), (false, true, true, false));
        let last = store.knocks(&center).await.unwrap().pop().unwrap();
        assert_eq!((last.id, last.answered_at), (id, Some(HOUR)), "answered ones come last");
        assert_eq!(store.knocks_unanswered(&center).await.unwrap(), 4);
        store.part_knocks(HOUR + Span::hours(1)).await.unwrap();
        store.part_knocks(HOUR + Span::hours(5)).await.unwrap();
        assert_eq!(store.knocks(&center).await.unwrap().len(), 5);
        assert_eq!(store.knocks(&other).await.unwrap()[0].epoch, 7);
        let minute = store.transact("test::minute", async |tx| {
            tx.knock_put(&center, 1, &noise(1, 1_330), HOUR + Span::minutes(7)).await
        });
        assert!(minute.await.is_err(), "the table holds no minute");
    });
}

fn head(size: u64, at: Instant) -> LogHead {
    let seed = size * 10 + at.since(NIGHT).as_seconds() as u64;
    let (head, signature) = (noise(seed, 49), noise(seed + 1, 64));
    LogHead { size, at, head, signature, witnesses: Vec::new() }
}

#[test]
fn the_log_keeps_its_order_and_heads_come_the_newest_first() {
    in_every_database(async |city| {
        let store = city.open().await;
        let later = NIGHT + Span::seconds(3);
        let by = |seed| WitnessedBy { witness: exact(seed), signature: noise(seed + 1, 64) };
        let witnessed = LogHead { witnesses: vec![by(1)], ..head(1, NIGHT) };
        store
            .transact("test::log", async |tx| {
                for place in 0..3 {
                    assert_eq!(tx.log_append(&noise(place, 1_254)).await?, place);
                }
                assert_eq!(tx.log_from(1).await?, [noise(1, 1_254), noise(2, 1_254)]);
                tx.log_head_put(&witnessed).await?;
                tx.log_head_put(&head(3, NIGHT)).await?;
                tx.log_head_put(&head(3, later)).await?;
                tx.log_head_put(&head(3, later)).await?;
                for _ in 0..2 {
                    tx.log_witness_put(&head(3, later), &by(5)).await?;
                }
                Ok::<_, Failure>(())
            })
            .await
            .unwrap();
        assert_eq!(store.log_from(2).await.unwrap(), [noise(2, 1_254)]);
        assert!(store.log_from(3).await.unwrap().is_empty());
        let newest = LogHead { witnesses: vec![by(5)], ..head(3, later) };
        assert!(store.log_heads().await.unwrap() == [newest, head(3, NIGHT), witnessed]);
    });
}

#[test]
fn a_centers_keys_are_closed_for_its_devices_and_may_be_closed_again() {
    in_every_database(async |city| {
        let store = city.open().await;
        let center = [1; 16];
        let device = CaseDevice { id: exact(1), person: Id::from_bits(7) };
        let wrap = |epoch, seed| KeyWrap { epoch, device: device.id, wrap: noise(seed, 1_168) };
        store
            .transact("test::keys", async |tx| {
                tx.case_device_put(&center, &device).await?;
                for one in [wrap(1, 1), wrap(2, 2), wrap(1, 3)] {
                    tx.key_wrap_put(&center, &one).await?;
                }
                Ok::<_, Failure>(())
            })
            .await
            .unwrap();
        assert!(store.case_devices(&center).await.unwrap() == [device]);
        assert!(store.case_devices(&[2; 16]).await.unwrap().is_empty());
        assert!(store.key_wraps(&center).await.unwrap() == [wrap(2, 2), wrap(1, 3)]);
        let twice =
            store.transact("test::twice", async |tx| tx.case_device_put(&[2; 16], &device).await);
        assert!(twice.await.is_err(), "a device is one center's");
    });
}
