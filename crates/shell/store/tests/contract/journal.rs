//! Appending, loading, following.

use crate::{
    city::{NIGHT, in_every_database},
    lantern::{Command, Event, Lantern, Refused, Rules},
};
use kernel::{Actor, DistrictCode, Id, Span};
use store::{Context, Failure, KEPT_AT_LEAST, Key, Outcome, Recall, Stopped, Store};

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

#[test]
fn of_two_who_reach_for_one_lantern_a_hundred_times_one_gets_it_each_time() {
    in_every_database(async |city| {
        let store = city.open().await;
        for lantern in 0..100 {
            let (one, other) = (store.clone(), store.clone());
            let one = tokio::spawn(async move { take(&one, lantern, 1).await });
            let other = tokio::spawn(async move { take(&other, lantern, 2).await });
            let outcomes = [one.await.unwrap(), other.await.unwrap()];
            let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
            let lost = outcomes
                .iter()
                .filter(|outcome| matches!(outcome, Err(Stopped::Refused(Refused::Taken))))
                .count();
            assert_eq!((won, lost), (1, 1));
            let loaded = store.load::<Lantern>(Id::from_bits(lantern)).await.unwrap();
            assert_eq!(loaded.state.carried, 1);
        }
        assert_eq!(store.read_after(0, 1_000).await.unwrap().len(), 100);
        assert!(store.verify(&[]).await.unwrap().is_whole());
    });
}

/// Both have read the stream at the same version, as two dispatchers' screens have.
#[test]
fn of_two_who_append_at_the_same_version_a_hundred_times_one_is_told_that_it_moved() {
    in_every_database(async |city| {
        let store = city.open().await;
        for lantern in 0..100 {
            let append = |by: u32| {
                let store = store.clone();
                tokio::spawn(async move {
                    store
                        .transact("test::append", async |tx| {
                            let taken = [Event::Taken { by }];
                            let id = Id::from_bits(lantern);
                            tx.append::<Lantern>(id, 0, &taken, &by_citizen(), &RULES).await
                        })
                        .await
                })
            };
            let (one, other) = (append(1), append(2));
            let outcomes = [one.await.unwrap(), other.await.unwrap()];
            let moved = |outcome: &Result<_, Failure>| {
                matches!(outcome, Err(Failure::Moved { expected: 0, actual: 1, .. }))
            };
            assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
            assert_eq!(outcomes.iter().filter(|outcome| moved(outcome)).count(), 1);
        }
    });
}

#[test]
fn a_change_of_two_streams_happens_to_both_or_to_neither() {
    in_every_database(async |city| {
        let store = city.open().await;
        take(&store, 2, 9).await.unwrap();
        let both = async |first: u128, second: u128| {
            store
                .transact("test::both", async |tx| {
                    for lantern in [first, second] {
                        let id = Id::from_bits(lantern);
                        tx.act::<Lantern>(id, Command::Take(5), &RULES, &by_citizen()).await?;
                    }
                    Ok::<_, Stopped<Refused>>(())
                })
                .await
        };
        assert!(matches!(both(1, 2).await, Err(Stopped::Refused(Refused::Taken))));
        assert_eq!(store.load::<Lantern>(Id::from_bits(1)).await.unwrap().version, 0);
        both(1, 3).await.unwrap();
        assert_eq!(store.read_after(0, 10).await.unwrap().len(), 3);
    });
}

/// As the server does it: recall, act, remember.
async fn ask(store: &Store, lantern: u128, key: Key) -> Result<Recall, Stopped<Refused>> {
    store
        .transact("test::ask", async |tx| {
            match tx.recall(&key).await? {
                Recall::Fresh => {}
                known => return Ok(known),
            }
            let id = Id::from_bits(lantern);
            let context = by_citizen().keyed(key);
            let acted = tx.act::<Lantern>(id, Command::Take(1), &RULES, &context).await?;
            let outcome = Outcome {
                stream: "test.lantern".to_owned(),
                id_bits: lantern,
                number: acted.number,
                reply: format!("{{\"lantern\":{lantern}}}"),
            };
            tx.remember(&key, &outcome, NIGHT).await?;
            Ok(Recall::Answered(outcome))
        })
        .await
}

#[test]
fn a_retry_is_answered_as_the_first_was_and_makes_no_second_event() {
    in_every_database(async |city| {
        let store = city.open().await;
        let key = Key::new("citizen", "k-1", b"lantern 4");
        let first = ask(&store, 4, key).await.unwrap();
        let retries = (0..20).map(|_| {
            let store = store.clone();
            // A phone that lost the reply asks with the same key; the new id it made is not used.
            tokio::spawn(async move { ask(&store, 5, key).await.unwrap() })
        });
        for retry in retries.collect::<Vec<_>>() {
            assert_eq!(retry.await.unwrap(), first);
        }
        assert_eq!(store.read_after(0, 10).await.unwrap().len(), 1);

        let other_body = Key::new("citizen", "k-1", b"lantern 6");
        assert_eq!(ask(&store, 6, other_body).await.unwrap(), Recall::Misused);
        let other_audience = Key::new("team", "k-1", b"lantern 4");
        assert!(matches!(ask(&store, 6, other_audience).await.unwrap(), Recall::Answered(_)));
    });
}

#[test]
fn a_key_is_remembered_for_a_day_and_then_the_journal_still_knows_it() {
    in_every_database(async |city| {
        let store = city.open().await;
        let key = Key::new("citizen", "k-1", b"lantern 4");
        let first = ask(&store, 4, key).await.unwrap();
        let before = NIGHT + KEPT_AT_LEAST + Span::millis(-1);
        store.forget_expired(before).await.unwrap();
        assert_eq!(ask(&store, 4, key).await.unwrap(), first);
        store.forget_expired(NIGHT + KEPT_AT_LEAST).await.unwrap();
        let Recall::Answered(later) = ask(&store, 5, key).await.unwrap() else {
            panic!("a second event would have been made");
        };
        assert_eq!((later.id_bits, later.number, later.reply.as_str()), (4, 1, "null"));
    });
}

#[test]
fn a_follower_resumes_where_it_left_off_and_never_goes_back() {
    in_every_database(async |city| {
        let store = city.open().await;
        for lantern in 0..7 {
            take(&store, lantern, 1).await.unwrap();
        }
        assert_eq!(store.follower_cursor("ring").await.unwrap(), 0);
        let first = store.read_after(0, 3).await.unwrap();
        store.advance_cursor("ring", first.last().unwrap().number).await.unwrap();
        store.close().await;
        drop(store);

        let store = city.open().await;
        let cursor = store.follower_cursor("ring").await.unwrap();
        let rest = store.read_after(cursor, 100).await.unwrap();
        assert_eq!(rest.iter().map(|event| event.number).collect::<Vec<_>>(), [4, 5, 6, 7]);
        store.advance_cursor("ring", 2).await.unwrap();
        assert_eq!(store.follower_cursor("ring").await.unwrap(), 3);
        // A relay's append and its cursor are one: neither without the other.
        let failed = store
            .transact("test::relay", async |tx| {
                tx.advance_cursor("ring", 4).await?;
                let id = Id::from_bits(0);
                tx.act::<Lantern>(id, Command::Take(2), &RULES, &by_citizen()).await.map(drop)
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(store.follower_cursor("ring").await.unwrap(), 3);
    });
}

#[test]
fn whoever_waits_for_news_is_woken_by_a_commit_and_by_nothing_else() {
    in_every_database(async |city| {
        let store = city.open().await;
        let mut head = store.head();
        head.mark_unchanged();
        take(&store, 1, 1).await.unwrap();
        head.changed().await.unwrap();
        assert_eq!(*head.borrow_and_update(), 1);
        take(&store, 1, 2).await.unwrap_err();
        assert!(!head.has_changed().unwrap());
    });
}

#[test]
fn two_processes_on_one_postgresql_city_see_each_others_events() {
    in_every_database(async |city| {
        if city.postgres.is_none() {
            return;
        }
        let (one, other) = (city.open().await, city.open().await);
        let mut head = other.head();
        head.mark_unchanged();
        assert_eq!(take(&one, 1, 1).await.unwrap(), 1);
        head.changed().await.unwrap();
        assert_eq!(*head.borrow_and_update(), 1);
        assert_eq!(take(&other, 2, 1).await.unwrap(), 2);
        assert!(one.verify(&[]).await.unwrap().is_whole());
    });
}

#[test]
fn a_folder_is_served_by_one_process_and_read_by_any() {
    in_every_database(async |city| {
        let store = city.open().await;
        take(&store, 1, 1).await.unwrap();
        if city.postgres.is_none() {
            let second = Store::open(city.location(), city.keys(), "lantern-town").await;
            assert!(matches!(second, Err(Failure::InUse { .. })));
        }
        let reader = Store::open_read_only(city.location(), city.keys(), "lantern-town");
        let reader = reader.await.unwrap();
        assert_eq!(reader.read_after(0, 10).await.unwrap().len(), 1);
        let write = take(&reader, 2, 1).await;
        assert!(matches!(write, Err(Stopped::Failed(Failure::ReadOnly))));
        // What is written while it reads is read next.
        take(&store, 2, 1).await.unwrap();
        assert_eq!(reader.read_after(0, 10).await.unwrap().len(), 2);
        drop((reader, store));
        city.open().await;
    });
}

#[test]
fn a_citys_journal_is_not_opened_as_another_citys() {
    in_every_database(async |city| {
        drop(city.open().await);
        let other = Store::open(city.location(), city.keys(), "elsewhere").await;
        assert!(matches!(other, Err(Failure::OtherCity { .. })));
    });
}

#[test]
fn a_transaction_given_up_in_the_middle_leaves_nothing_and_holds_nobody() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (held, in_the_middle) = tokio::sync::oneshot::channel();
        let hanging = store.clone();
        let task = tokio::spawn(async move {
            hanging
                .transact("test::hang", async |tx| {
                    let id = Id::from_bits(1);
                    tx.act::<Lantern>(id, Command::Take(1), &RULES, &by_citizen()).await?;
                    held.send(()).unwrap();
                    std::future::pending::<Result<(), Stopped<Refused>>>().await
                })
                .await
        });
        in_the_middle.await.unwrap();
        task.abort();
        assert_eq!(take(&store, 1, 2).await.unwrap(), 1);
    });
}
