//! Registers: taken in whole or not at all, never twice, and nothing forgotten.

use crate::city::{NIGHT, in_every_database};
use environment::{AssetKind, RegisterKind, Rules, register::Refused};
use kernel::{Actor, DistrictCode, Point, Span};
use store::{
    AssetRow, Boundary, Counts, Failure, Import, Imported, QuarantinedRow, Stopped, Store,
    StreetExtract,
};

fn lamp(key: u128, payload: &str) -> AssetRow {
    AssetRow {
        key,
        kind: AssetKind::SecurityLight,
        district: DistrictCode::try_from("gwanak".to_owned()).ok(),
        point: Point::new(37.48 + key as f64 * 1e-6, 126.93),
        count: 1,
        checked_on: Some("2026-05-01".to_owned()),
        payload: format!("{{\"pole\":\"{payload}\"}}"),
    }
}

fn file<'a>(name: &'a str, rows: &'a [AssetRow]) -> Import<'a> {
    let mut digest = [0; 32];
    digest[..name.len()].copy_from_slice(name.as_bytes());
    Import {
        kind: RegisterKind::Assets(AssetKind::SecurityLight),
        source: "security lights of Gwanak",
        district: None,
        digest,
        file_name: name,
        as_of: None,
        correction: false,
        rows_in_file: rows.len() as u64,
        duplicates: 0,
        rows,
        quarantined: &[],
        report: "{}",
    }
}

async fn take(store: &Store, import: &Import<'_>) -> Imported {
    let rules = Rules::default();
    store.import_register(import, &rules, Actor::Operator, NIGHT).await.unwrap()
}

fn counts(imported: Imported) -> (u64, u64, u64, u64) {
    match imported {
        Imported::Taken { counts: Counts { added, changed, retired, unchanged }, .. } => {
            (added, changed, retired, unchanged)
        }
        other => panic!("{other:?}"),
    }
}

async fn keys(store: &Store) -> Vec<u128> {
    let assets = store.assets(AssetKind::SecurityLight).await.unwrap();
    assets.iter().map(|asset| asset.row.key).collect()
}

#[test]
fn the_same_file_again_changes_nothing_and_makes_no_event() {
    in_every_database(async |city| {
        let store = city.open().await;
        let rows: Vec<_> = (0..2_500).map(|key| lamp(key, "a")).collect();
        assert_eq!(counts(take(&store, &file("may", &rows)).await), (2_500, 0, 0, 0));
        assert_eq!(take(&store, &file("may", &rows)).await, Imported::Unchanged);
        assert_eq!(*store.head().borrow(), 1);
        assert_eq!(store.imports().await.unwrap().len(), 1);
        let assets = store.assets(AssetKind::SecurityLight).await.unwrap();
        assert_eq!(assets.into_iter().map(|asset| asset.row).collect::<Vec<_>>(), rows);
        assert_eq!(store.registers().await.unwrap()[0].state.tally.added, 2_500);
        assert!(store.rebuild().await.unwrap().differing().is_empty());
    });
}

#[test]
fn a_newer_file_retires_what_vanished_and_keeps_what_is_as_it_was() {
    in_every_database(async |city| {
        let store = city.open().await;
        take(&store, &file("may", &[lamp(1, "a"), lamp(2, "a"), lamp(3, "a")])).await;
        let june = [lamp(2, "a"), lamp(3, "repainted"), lamp(4, "a")];
        assert_eq!(counts(take(&store, &file("june", &june)).await), (1, 1, 1, 1));
        assert_eq!(keys(&store).await, [2, 3, 4]);
        let three = store.asset(3).await.unwrap().unwrap();
        assert_eq!((three.row.payload.as_str(), three.import), ("{\"pole\":\"repainted\"}", 2));
        assert_eq!(store.asset(1).await.unwrap(), None);
        assert_eq!(store.asset(2).await.unwrap().unwrap().import, 1);
        // Back again: the first lamp returns as a new version of itself.
        let may = [lamp(1, "a"), lamp(2, "a"), lamp(3, "a")];
        assert_eq!(counts(take(&store, &file("may", &may)).await), (1, 1, 1, 1));
        assert_eq!(keys(&store).await, [1, 2, 3]);
    });
}

#[test]
fn an_older_issue_is_not_taken_over_a_newer_one() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (may, june) = ([lamp(1, "a")], [lamp(2, "a")]);
        take(&store, &Import { as_of: Some("2026-06-01"), ..file("june", &june) }).await;
        let older = Import { as_of: Some("2026-05-01"), ..file("may", &may) };
        assert_eq!(take(&store, &older).await, Imported::Older);
        assert_eq!(keys(&store).await, [2]);
    });
}

#[test]
fn a_correction_adds_its_rows_and_they_outlive_the_file_they_correct() {
    in_every_database(async |city| {
        let store = city.open().await;
        let waiting = [QuarantinedRow {
            line: 7,
            reason: "zero_position".to_owned(),
            original: b"lamp 9,0,0".to_vec(),
        }];
        let original = [lamp(1, "a")];
        let may = Import { quarantined: &waiting, rows_in_file: 2, ..file("may", &original) };
        take(&store, &may).await;
        assert_eq!(store.quarantine(1).await.unwrap(), waiting);
        let corrected = [lamp(9, "corrected")];
        let correction = Import { correction: true, ..file("corrected", &corrected) };
        assert_eq!(counts(take(&store, &correction).await), (1, 0, 0, 0));
        assert_eq!(keys(&store).await, [1, 9]);
        assert_eq!(take(&store, &may).await, Imported::Unchanged);
        let june = [lamp(2, "a")];
        assert_eq!(counts(take(&store, &file("june", &june)).await), (1, 0, 1, 0));
        assert_eq!(keys(&store).await, [2, 9]);
        assert_eq!(store.quarantine(1).await.unwrap(), []);
    });
}

#[test]
fn another_publication_of_the_same_kind_is_left_alone() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (gwanak, mapo) = ([lamp(1, "a")], [lamp(2, "a")]);
        take(&store, &file("gwanak", &gwanak)).await;
        take(&store, &Import { source: "security lights of Mapo", ..file("mapo", &mapo) }).await;
        take(&store, &file("gwanak-2", &[])).await;
        assert_eq!(keys(&store).await, [2]);
    });
}

#[test]
fn rows_that_do_not_add_up_are_refused_and_nothing_is_taken() {
    in_every_database(async |city| {
        let store = city.open().await;
        let rows = [lamp(1, "a")];
        let lost = Import { rows_in_file: 2, ..file("may", &rows) };
        let refused = store.import_register(&lost, &Rules::default(), Actor::Operator, NIGHT).await;
        assert!(matches!(refused, Err(Stopped::Refused(Refused::Unbalanced))));
        let twice = [lamp(1, "a"), lamp(1, "b")];
        let refused = store
            .import_register(&file("may", &twice), &Rules::default(), Actor::Operator, NIGHT)
            .await;
        assert!(matches!(refused, Err(Stopped::Failed(Failure::Unreadable { .. }))));
        assert!(keys(&store).await.is_empty() && store.imports().await.unwrap().is_empty());
    });
}

/// The power goes in the middle of an import: nobody ever sees a part of it.
#[test]
fn an_import_cut_short_is_never_seen_and_is_cleared_by_the_next() {
    in_every_database(async |city| {
        let store = city.open().await;
        let may: Vec<_> = (0..30).map(|key| lamp(key, "a")).collect();
        take(&store, &file("may", &may)).await;
        // What a cut leaves: rows brought, rows retired, the import not published.
        city.behind_its_back(
            "insert into import select 2, key, register, 'x', 'x', null, fingerprint, 'x', 0, \
             null, 0, 0, 0, 0, 0, '', 0 from asset limit 1; \
             insert into asset select key, 2, null, register, kind, source, district, lat, lon, \
             count, 'half', fingerprint, correction, checked_on from asset; \
             update asset set retired_import = 2 where first_import = 1;",
        )
        .await;
        let seen = store.assets(AssetKind::SecurityLight).await.unwrap();
        assert_eq!(seen.into_iter().map(|asset| asset.row).collect::<Vec<_>>(), may);
        assert_eq!(take(&store, &file("may", &may)).await, Imported::Unchanged);
        let june: Vec<_> = (10..40).map(|key| lamp(key, "a")).collect();
        assert_eq!(counts(take(&store, &file("june", &june)).await), (10, 0, 10, 20));
        let seen = store.assets(AssetKind::SecurityLight).await.unwrap();
        assert_eq!(seen.into_iter().map(|asset| asset.row).collect::<Vec<_>>(), june);
    });
}

#[test]
fn two_who_import_the_same_file_at_once_take_it_once() {
    in_every_database(async |city| {
        let store = city.open().await;
        let tasks = [store.clone(), store.clone()].map(|store| {
            tokio::spawn(async move {
                let rows: Vec<_> = (0..1_500).map(|key| lamp(key, "a")).collect();
                take(&store, &file("may", &rows)).await
            })
        });
        let mut taken = 0;
        for task in tasks {
            taken += u32::from(matches!(task.await.unwrap(), Imported::Taken { .. }));
        }
        assert_eq!((taken, keys(&store).await.len()), (1, 1_500));
    });
}

#[test]
fn streets_and_borders_are_kept_as_they_were_read() {
    in_every_database(async |city| {
        let store = city.open().await;
        let extract = |name: &str, as_of: Option<&str>| StreetExtract {
            digest: [name.len() as u8; 32],
            file_name: name.to_owned(),
            as_of: as_of.map(str::to_owned),
            at: NIGHT + Span::ZERO,
            elements: vec![0, 255, 1, name.len() as u8],
        };
        let old = extract("old", Some("2025-01-01"));
        let newer = extract("newer", Some("2026-01-01"));
        let border = Boundary {
            code: "11620".to_owned(),
            level: "district".to_owned(),
            name: "관악구".to_owned(),
            geometry: "{}".to_owned(),
            digest: [7; 32],
        };
        store
            .transact("test::streets", async |tx| {
                assert!(tx.street_extract_put(&newer).await?);
                assert!(tx.street_extract_put(&old).await?);
                assert!(!tx.street_extract_put(&old).await?);
                assert_eq!(tx.boundaries_put(std::slice::from_ref(&border)).await?, 1);
                assert_eq!(tx.boundaries_put(std::slice::from_ref(&border)).await?, 0);
                Ok::<_, Failure>(())
            })
            .await
            .unwrap();
        assert_eq!(store.street_extracts().await.unwrap(), [old, newer]);
        assert_eq!(store.boundaries("district").await.unwrap(), [border]);
    });
}
