//! Deadlines that survive.

use crate::{
    city::{NIGHT, in_every_database},
    lantern::{Command, Lantern, Refused, Rules},
};
use kernel::{Actor, Id, Instant, Span};
use store::{Context, Elapsed, Failure, Stopped, Store};

const RULES: Rules = Rules { burns_seconds: 60 };

async fn give(store: &Store, lantern: u128, command: Command, at: Instant) {
    store
        .transact("test::give", async |tx| {
            let context = Context::new(Actor::Citizen, at);
            tx.act::<Lantern>(Id::from_bits(lantern), command, &RULES, &context).await?;
            Ok::<_, Stopped<Refused>>(())
        })
        .await
        .unwrap();
}

async fn elapse(store: &Store, now: Instant, rules: Rules) -> Vec<Elapsed<Lantern>> {
    let mut outcomes = Vec::new();
    for due in store.due(now, 100).await.unwrap() {
        let outcome = store
            .transact("test::elapse", async |tx| tx.elapse::<Lantern>(&due, &rules, now).await);
        outcomes.push(outcome.await.unwrap());
    }
    outcomes
}

#[test]
fn a_deadline_comes_when_it_is_due_and_not_before() {
    in_every_database(async |city| {
        let store = city.open().await;
        give(&store, 1, Command::Take(1), NIGHT).await;
        give(&store, 2, Command::Take(1), NIGHT + Span::seconds(5)).await;
        assert_eq!(store.next_deadline().await.unwrap(), Some(NIGHT + Span::seconds(60)));
        assert_eq!(store.due(NIGHT + Span::millis(59_999), 10).await.unwrap(), []);
        let outcomes = elapse(&store, NIGHT + Span::seconds(60), RULES).await;
        assert!(matches!(&outcomes[..], [Elapsed::Acted(acted)] if acted.state.lit_at.is_none()));
        assert_eq!(store.deadlines::<Lantern>(Id::from_bits(1)).await.unwrap(), []);
        assert_eq!(store.deadlines::<Lantern>(Id::from_bits(2)).await.unwrap().len(), 1);
    });
}

#[test]
fn a_deadline_is_gone_when_its_stream_has_moved_on() {
    in_every_database(async |city| {
        let store = city.open().await;
        give(&store, 1, Command::Take(1), NIGHT).await;
        let late = NIGHT + Span::minutes(5);
        let due = store.due(late, 10).await.unwrap();
        give(&store, 1, Command::PutBack, NIGHT + Span::seconds(59)).await;
        // The clock had read it before she put the lantern back.
        let outcome = store
            .transact("test::elapse", async |tx| tx.elapse::<Lantern>(&due[0], &RULES, late).await);
        assert!(matches!(outcome.await.unwrap(), Elapsed::Gone));
        assert_eq!(store.due(late, 10).await.unwrap(), []);
    });
}

#[test]
fn a_deadline_is_found_after_a_restart_and_by_only_one_of_two_clocks() {
    in_every_database(async |city| {
        let store = city.open().await;
        give(&store, 1, Command::Take(1), NIGHT).await;
        drop(store);
        let store = city.open().await;
        let late = NIGHT + Span::hours(3);
        let due = store.due(late, 10).await.unwrap();
        assert_eq!(due.len(), 1);
        let clocks = [store.clone(), store.clone()].map(|store| {
            let due = due[0].clone();
            tokio::spawn(async move {
                store
                    .transact("test::elapse", async |tx| {
                        tx.elapse::<Lantern>(&due, &RULES, late).await
                    })
                    .await
                    .unwrap()
            })
        });
        let mut acted = 0;
        for clock in clocks {
            acted += u32::from(matches!(clock.await.unwrap(), Elapsed::Acted(_)));
        }
        assert_eq!(acted, 1);
        assert_eq!(store.read_after(0, 10).await.unwrap().len(), 2);
    });
}

/// A lantern that burns longer since the pack was changed: the old deadline comes to nothing, and
/// the new one must not be lost.
#[test]
fn a_deadline_that_comes_too_early_under_new_rules_is_kept_anew() {
    in_every_database(async |city| {
        let store = city.open().await;
        give(&store, 1, Command::Take(1), NIGHT).await;
        let longer = Rules { burns_seconds: 600 };
        let outcomes = elapse(&store, NIGHT + Span::seconds(60), longer).await;
        assert!(matches!(&outcomes[..], [Elapsed::Nothing]));
        assert_eq!(store.next_deadline().await.unwrap(), Some(NIGHT + Span::seconds(600)));
        let outcomes = elapse(&store, NIGHT + Span::seconds(600), longer).await;
        assert!(matches!(&outcomes[..], [Elapsed::Acted(_)]));
    });
}

#[test]
fn a_deadline_of_a_command_that_failed_is_not_kept() {
    in_every_database(async |city| {
        let store = city.open().await;
        let failed: Result<(), Failure> = store
            .transact("test::fail", async |tx| {
                let context = Context::new(Actor::Citizen, NIGHT);
                tx.append::<Lantern>(Id::from_bits(1), 3, &[], &context, &RULES).await.map(drop)
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(store.next_deadline().await.unwrap(), None);
        give(&store, 1, Command::Sleep, NIGHT).await;
        assert_eq!(store.next_deadline().await.unwrap(), None);
    });
}
