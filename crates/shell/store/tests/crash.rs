//! `kill -9` in the middle of a night: what was acknowledged is there, and the record is whole.
//!
//! The child is this same test binary: run by the suite it is told no folder and ends at once; run
//! by the parent it appends for ever and says each number it was given.
#![expect(clippy::unwrap_used, reason = "the helpers of a test are part of the test")]

#[path = "contract/lantern.rs"]
mod lantern;

use kernel::{Actor, Id, Instant};
use lantern::{Command, Lantern, Refused, Rules};
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command as Process, Stdio},
};
use store::{Context, Keys, Location, Stopped, Store};

const RULES: Rules = Rules { burns_seconds: 60 };

async fn open(dir: &Path) -> Store {
    let keys = Keys::open_or_create(dir).unwrap();
    Store::open(Location::Sqlite(dir.to_owned()), keys, "lantern-town").await.unwrap()
}

const SERVE: &str = "WAYLIGHT_TEST_SERVE";

#[expect(clippy::disallowed_methods, reason = "how the parent tells the child what to serve")]
fn told_to_serve() -> Option<String> {
    std::env::var(SERVE).ok()
}

#[tokio::test]
async fn a_server_appends_until_it_is_killed() {
    let Some(dir) = told_to_serve() else { return };
    let store = open(Path::new(&dir)).await;
    for n in u128::from(store.number()).. {
        let number = store
            .transact("test::append", async |tx| {
                let id = Id::from_bits(n);
                let context = Context::new(Actor::Citizen, Instant::from_millis(n as i64));
                let acted = tx.act::<Lantern>(id, Command::Take(1), &RULES, &context).await?;
                // Every third one is put back again in the same transaction.
                let number = if n.is_multiple_of(3) {
                    tx.act::<Lantern>(id, Command::Sleep, &RULES, &context).await?;
                    tx.act::<Lantern>(id, Command::PutBack, &RULES, &context).await?.number
                } else {
                    acted.number
                };
                Ok::<_, Stopped<Refused>>(number)
            })
            .await
            .unwrap();
        println!("acknowledged {number}");
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_killing_the_server_forty_times() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut acknowledged = 0;
    for round in 0..40_u64 {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_server_appends_until_it_is_killed", "--nocapture"])
            .env(SERVE, dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed after another number of acknowledgements each time, in the midst of the next.
        let enough = acknowledged + 1 + round % 7;
        while acknowledged < enough {
            let line = lines.next().unwrap().unwrap();
            if let Some((_, number)) = line.split_once("acknowledged ") {
                acknowledged = number.parse().unwrap();
            }
        }
        child.kill().unwrap();
        // What it still said before it died was acknowledged too.
        for line in lines.map_while(Result::ok) {
            if let Some((_, number)) = line.split_once("acknowledged ") {
                acknowledged = number.parse().unwrap_or(acknowledged);
            }
        }
        child.wait().unwrap();

        runtime.block_on(async {
            let store = open(dir.path()).await;
            let report = store.verify(&[]).await.unwrap();
            assert!(report.is_whole(), "round {round}: {report:?}");
            assert!(report.rows >= acknowledged, "round {round}: {report:?}, {acknowledged}");
            let due = store.due(Instant::from_millis(i64::MAX), 10_000).await.unwrap();
            let events = store.read_after(0, 10_000).await.unwrap();
            let back = events.iter().filter(|event| event.name == "put_back").count();
            assert_eq!(due.len(), events.len() - 2 * back, "each burning lantern has its deadline");
            store.close().await;
        });
    }
    assert!(acknowledged >= 100);
}
