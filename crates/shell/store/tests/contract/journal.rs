//! Appending, loading, following.

use crate::{
    city::{NIGHT, in_every_database},
    lamp::{Command, Event, Lantern, Refused, Rules},
};
use kernel::{Actor, DistrictCode, Id};
use store::{Context, Failure, Stopped, Store};

const RULES: Rules = Rules { burns_seconds: 60 };

fn by_citizen() -> Context {
    Context::new(Actor::Citizen, NIGHT)
}

async fn take(store: &Store, lantern: u128, by: u32) -> Result<u64, Stopped<Refused>> {
    let label = format!("borrowed by {by}");
    store
        .transact("test::take", async |tx| {
            assert!(label.ends_with(&by.to_string()));
            let id = Id::from_bits(lantern);
            let acted = tx.act::<Lantern>(id, Command::Take(by), &RULES, &by_citizen()).await?;
            Ok(acted.number)
        })
        .await
}

#[test]
fn what_was_appended_is_loaded_and_numbered_without_gaps() {
    in_every_database(async |city| {
        let store = city.open().await;
        assert_eq!(take(&store, 1, 7).await.unwrap(), 1);
        assert!(matches!(take(&store, 1, 8).await, Err(Stopped::Refused(Refused::Taken))));
        assert_eq!(take(&store, 2, 8).await.unwrap(), 2);
        let loaded = store.load::<Lantern>(Id::from_bits(1)).await.unwrap();
        assert_eq!((loaded.version, loaded.state.carried_by), (1, Some(7)));
        let all = store.read_after(0, 10).await.unwrap();
        assert_eq!(all.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(all[1].decode::<Lantern>().unwrap(), Event::Taken { by: 8 });
        assert_eq!(all[1].id::<Lantern>(), Some(Id::from_bits(2)));
        assert_eq!(*store.head().borrow(), 2);
    });
}

/// The server's tasks move between threads, with what they borrow.
#[test]
fn a_transaction_can_be_run_from_a_task() {
    in_every_database(async |city| {
        let store = city.open().await;
        let number = tokio::spawn(async move { take(&store, 3, 4).await });
        assert_eq!(number.await.unwrap().unwrap(), 1);
    });
}

#[test]
fn a_stream_keeps_its_district_until_it_is_given_another() {
    in_every_database(async |city| {
        let store = city.open().await;
        let gwanak = DistrictCode::try_from("gwanak".to_owned()).unwrap();
        let id = Id::from_bits(5);
        store
            .transact("test::district", async |tx| {
                let there = by_citizen().in_district(gwanak.clone());
                tx.append::<Lantern>(id, 0, &[Event::Taken { by: 1 }], &there, &RULES).await?;
                tx.append::<Lantern>(id, 1, &[Event::PutBack], &by_citizen(), &RULES).await
            })
            .await
            .unwrap();
        let all = store.stream::<Lantern>(id).await.unwrap();
        assert_eq!(all.iter().filter(|one| one.district == Some(gwanak.clone())).count(), 2);
    });
}

#[test]
fn an_append_to_a_stream_that_moved_on_is_refused_and_leaves_no_trace() {
    in_every_database(async |city| {
        let store = city.open().await;
        take(&store, 1, 7).await.unwrap();
        let late = store
            .transact("test::late", async |tx| {
                tx.append::<Lantern>(
                    Id::from_bits(9),
                    0,
                    &[Event::Taken { by: 1 }],
                    &by_citizen(),
                    &RULES,
                )
                .await?;
                tx.append::<Lantern>(Id::from_bits(1), 0, &[Event::PutBack], &by_citizen(), &RULES)
                    .await
            })
            .await;
        assert!(matches!(late, Err(Failure::Moved { expected: 0, actual: 1, .. })));
        assert_eq!(store.read_after(0, 10).await.unwrap().len(), 1);
        assert_eq!(store.load::<Lantern>(Id::from_bits(9)).await.unwrap().version, 0);
    });
}
