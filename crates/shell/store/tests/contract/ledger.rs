//! A release is kept once and for ever, and what a year has spent is what its releases say.

use crate::city::{NIGHT, in_every_database};
use kernel::Instant;
use store::{Failure, KeptRelease};

const HOUR: Instant = NIGHT.rounded_to_hour();

fn release(table: &str, period: &str, year: i16, epsilon_thousandths: u32) -> KeptRelease {
    KeptRelease {
        table: table.to_owned(),
        period: period.to_owned(),
        year,
        digest: [7; 32],
        epsilon_thousandths,
        reserved_at: HOUR,
    }
}

#[test]
fn releases_are_kept_as_they_were_made_and_counted_by_their_year() {
    in_every_database(async |city| {
        let store = city.open().await;
        let all = [
            release("city", "2026-Q3", 2026, 500),
            release("city", "2026-Q4", 2026, 500),
            release("districts", "2025", 2025, 1_000),
        ];
        let spent = store
            .transact("test::releases", async |tx| {
                for one in &all {
                    assert!(tx.release(&one.table, &one.period).await?.is_none());
                    tx.release_put(one).await?;
                }
                assert!(tx.release("city", "2026-Q3").await? == Some(all[0].clone()));
                Ok::<_, Failure>([
                    tx.epsilon_spent(2026).await?,
                    tx.epsilon_spent(2025).await?,
                    tx.epsilon_spent(2024).await?,
                ])
            })
            .await
            .unwrap();
        assert_eq!(spent, [1_000, 1_000, 0]);
        let kept = store.releases().await.unwrap();
        assert!(kept == [all[1].clone(), all[0].clone(), all[2].clone()]);
    });
}

#[test]
fn a_second_release_of_a_table_and_period_cannot_be_kept() {
    in_every_database(async |city| {
        let store = city.open().await;
        let twice = store.transact("test::twice", async |tx| {
            tx.release_put(&release("city", "2026-Q3", 2026, 500)).await?;
            tx.release_put(&release("city", "2026-Q3", 2026, 1)).await
        });
        assert!(twice.await.is_err());
        assert!(store.releases().await.unwrap().is_empty());
    });
}
