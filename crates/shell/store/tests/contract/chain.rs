//! The record cannot be rewritten unseen.

use crate::{
    city::{City, NIGHT, in_every_database},
    lantern::{Event, Lantern, Rules},
};
use kernel::{Actor, DistrictCode, Id, Span, id};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use sqlx::Connection;
use std::fmt::Write;
use store::{Break, CHECKPOINT_EVERY, Checkpoint, Context, Failure, Key, Store};

const RULES: Rules = Rules { burns_seconds: 60 };

/// Takes and puts back lanterns `events` times, with every kind of column filled and empty.
async fn live(store: &Store, events: u64) {
    let gwanak = DistrictCode::try_from("gwanak".to_owned()).unwrap();
    let actors = [
        Actor::Citizen,
        Actor::Desk(Id::<id::Person>::from_bits(77)),
        Actor::Team(Id::from_bits(8)),
    ];
    let begun = *store.head().borrow();
    store
        .transact("test::live", async |tx| {
            for n in begun..begun + events {
                let lantern = Id::from_bits(u128::from(n % 5) + 1);
                let version = (n / 5) as u32;
                let event = if version.is_multiple_of(2) {
                    Event::Taken { by: n as u32 }
                } else {
                    Event::PutBack
                };
                let at = NIGHT + Span::seconds(n as i64);
                let mut context = Context::new(actors[n as usize % 3], at);
                if n % 3 == 1 {
                    context = context.in_district(gwanak.clone());
                }
                if n % 4 == 2 {
                    context = context.keyed(Key::new("citizen", &n.to_string(), b""));
                }
                tx.append::<Lantern>(lantern, version, &[event], &context, &RULES).await?;
            }
            Ok::<_, Failure>(())
        })
        .await
        .unwrap();
}

#[derive(sqlx::FromRow, Clone)]
struct Row {
    number: i64,
    stream: String,
    stream_id: Vec<u8>,
    stream_version: i64,
    district: Option<String>,
    name: String,
    event_version: i64,
    at_ms: i64,
    actor: String,
    body: String,
    idempotency: Option<Vec<u8>>,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

async fn rows(city: &City) -> Vec<Row> {
    const ALL: &str = "select * from journal order by number";
    match &city.postgres {
        None => {
            let url = format!("sqlite://{}", city.file().display());
            let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
            sqlx::query_as(ALL).fetch_all(&mut conn).await.unwrap()
        }
        Some(url) => {
            let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
            sqlx::query_as(ALL).fetch_all(&mut conn).await.unwrap()
        }
    }
}

/// The hash of a row, written a second time from the documentation of the encoding alone.
fn documented_hash(row: &Row) -> Vec<u8> {
    let mut bytes = b"waylight journal 1\n".to_vec();
    let number = |number: i64| Some(number.to_be_bytes().to_vec());
    let text = |text: &str| Some(text.as_bytes().to_vec());
    let fields: [Option<Vec<u8>>; 12] = [
        number(row.number),
        text(&row.stream),
        Some(row.stream_id.clone()),
        number(row.stream_version),
        row.district.as_ref().map(|code| code.as_bytes().to_vec()),
        text(&row.name),
        number(row.event_version),
        number(row.at_ms),
        text(&row.actor),
        text(&row.body),
        row.idempotency.clone(),
        Some(row.prev_hash.clone()),
    ];
    for field in fields {
        match field {
            None => bytes.push(0),
            Some(field) => {
                bytes.push(1);
                bytes.extend((field.len() as u64).to_be_bytes());
                bytes.extend(field);
            }
        }
    }
    Sha256::digest(bytes).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn every_row_has_the_hash_the_documentation_says_and_both_databases_the_same_chain() {
    in_every_database(async |city| {
        let store = city.open().await;
        live(&store, 40).await;
        let rows = rows(city).await;
        let mut genesis = b"waylight journal 1 genesis\n\x01".to_vec();
        genesis.extend(12_u64.to_be_bytes());
        genesis.extend(b"lantern-town");
        let mut before = Sha256::digest(genesis).to_vec();
        for row in &rows {
            assert_eq!(row.prev_hash, before, "row {}", row.number);
            assert_eq!(row.hash, documented_hash(row), "row {}", row.number);
            before.clone_from(&row.hash);
        }
        // The golden vector: these forty events end in this hash, on every database, for ever.
        assert_eq!(hex(&before), GOLDEN);
        assert_eq!(store.verify(&[]).await.unwrap().hash, GOLDEN);
    });
}

const GOLDEN: &str = "85f77fd0d8c8ee9b022a90f482785769f23e315fe59f7e1516f2df8d71bd89e0";

/// Remakes hashes from row `from` on, as a forger without the signing key would.
fn forge(rows: &mut [Row], from: usize) -> String {
    let mut sql = String::new();
    for at in from..rows.len() {
        if at > 0 {
            let before = rows[at - 1].hash.clone();
            rows[at].prev_hash = before;
        }
        rows[at].hash = documented_hash(&rows[at]);
    }
    for row in &rows[from..] {
        write!(
            sql,
            "update journal set body = '{}', prev_hash = @{}@, hash = @{}@ where number = {};",
            row.body,
            hex(&row.prev_hash),
            hex(&row.hash),
            row.number
        )
        .unwrap();
    }
    sql + &format!("update journal_head set hash = @{}@;", hex(&rows[rows.len() - 1].hash))
}

/// Writes `@00ff@` as the database writes bytes.
fn in_dialect(city: &City, sql: &str) -> String {
    let mut parts = sql.split('@');
    let mut text = parts.next().unwrap().to_owned();
    while let (Some(bytes), Some(rest)) = (parts.next(), parts.next()) {
        match &city.postgres {
            Some(_) => write!(text, "'\\x{bytes}'::bytea"),
            None => write!(text, "x'{bytes}'"),
        }
        .unwrap();
        text += rest;
    }
    text
}

/// One way of tampering, and the number at which it must be found at the latest.
fn tampering(random: &mut StdRng, pristine: &[Row]) -> (String, u64) {
    let last = pristine.len() as i64;
    let n = random.random_range(1..=last);
    let (id, bytes): ([u8; 16], [u8; 32]) = (random.random(), random.random());
    let (id, bytes) = (hex(&id), hex(&bytes));
    match random.random_range(0..17) {
        0 => (format!("update journal set stream = 'test.lamp' where number = {n};"), n as u64),
        1 => (format!("update journal set stream_id = @{id}@ where number = {n};"), n as u64),
        2 => (format!("update journal set stream_version = 999 where number = {n};"), n as u64),
        3 => (
            format!(
                "update journal set district = case when district is null then '' else null end \
                 where number = {n};"
            ),
            n as u64,
        ),
        4 => (format!("update journal set name = name || 's' where number = {n};"), n as u64),
        5 => (format!("update journal set event_version = 2 where number = {n};"), n as u64),
        6 => (format!("update journal set at_ms = at_ms + 1 where number = {n};"), n as u64),
        7 => (format!("update journal set actor = actor || ' ' where number = {n};"), n as u64),
        8 => (format!("update journal set body = ' ' || body where number = {n};"), n as u64),
        9 => (format!("update journal set idempotency = @{bytes}@ where number = {n};"), n as u64),
        10 => (format!("update journal set prev_hash = @{bytes}@ where number = {n};"), n as u64),
        11 => (format!("update journal set hash = @{bytes}@ where number = {n};"), n as u64),
        12 => (format!("delete from journal where number = {n};"), n as u64),
        13 => {
            let other = (n % last) + 1;
            let sql = format!(
                "update journal set number = -1 where number = {n}; \
                 update journal set number = {n} where number = {other}; \
                 update journal set number = {other} where number = -1;"
            );
            (sql, n.min(other) as u64)
        }
        14 => {
            // Cut off, with the head and the checkpoints in the database made to fit.
            let end = pristine.get((n as usize).wrapping_sub(2)).map(|row| hex(&row.hash));
            let end = end.unwrap_or_else(|| hex(&pristine[0].prev_hash));
            let sql = format!(
                "delete from journal where number >= {n}; \
                 delete from checkpoint where number >= {n}; \
                 update journal_head set number = {}, hash = @{end}@;",
                n - 1
            );
            (sql, n as u64)
        }
        15 => {
            // The whole chain made anew from there on, with the head to fit.
            let mut rows = pristine.to_vec();
            let at = n as usize - 1;
            rows[at].body = String::from("{\"taken\":{\"by\":666}}");
            (forge(&mut rows, at), n as u64)
        }
        _ => {
            let sql = format!(
                "insert into journal select {}, stream, @{id}@, 1, district, name, event_version, \
                 at_ms, actor, body, idempotency, prev_hash, hash from journal where number = {n};",
                last + 1,
            );
            (sql, last as u64 + 1)
        }
    }
}

#[test]
fn each_of_a_thousand_tamperings_is_found_and_its_place_named() {
    in_every_database(async |city| {
        let store = city.open().await;
        live(&store, 30).await;
        store.checkpoint(NIGHT).await.unwrap();
        live(&store, 30).await;
        store.checkpoint(NIGHT).await.unwrap();
        let pristine = rows(city).await;
        for table in ["journal", "journal_head", "checkpoint"] {
            let copy = format!("create table pristine_{table} as select * from {table};");
            city.tamper(&copy).await;
        }
        let restore: String = ["journal", "journal_head", "checkpoint"]
            .map(|table| {
                format!("delete from {table}; insert into {table} select * from pristine_{table};")
            })
            .concat();
        let mut random = StdRng::seed_from_u64(20_261_123);
        for round in 0..1_000 {
            let (sql, latest) = tampering(&mut random, &pristine);
            city.behind_its_back(&format!("{restore} {}", in_dialect(city, &sql))).await;
            let report = store.verify(&[]).await.unwrap();
            let broken = report.broken.unwrap_or_else(|| panic!("round {round}: {sql}"));
            assert!(broken.number <= latest, "round {round}: {broken:?} for {sql}");
            assert!(report.last < latest, "round {round}: vouches for {} after {sql}", report.last);
        }
        city.behind_its_back(&restore).await;
        let whole = store.verify(&[]).await.unwrap();
        assert_eq!((whole.broken, whole.rows, whole.signed_up_to), (None, 60, 60));
    });
}

/// Somebody with the whole machine cuts the journal, its checkpoints and the file; a copy of the
/// checkpoint that was kept elsewhere tells.
#[test]
fn a_checkpoint_kept_outside_tells_of_a_cut_that_took_everything_else_along() {
    in_every_database(async |city| {
        let store = city.open().await;
        live(&store, 10).await;
        let outside = store.checkpoint(NIGHT).await.unwrap();
        let fifth = rows(city).await[4].clone();
        city.tamper(&in_dialect(
            city,
            &format!(
                "delete from journal where number > 5; delete from checkpoint; \
                 update journal_head set number = 5, hash = @{}@;",
                hex(&fifth.hash)
            ),
        ))
        .await;
        std::fs::remove_file(city.dir.path().join("checkpoint.json")).unwrap();
        assert!(store.verify(&[]).await.unwrap().is_whole(), "nothing inside can tell");
        let broken = store.verify(std::slice::from_ref(&outside)).await.unwrap().broken.unwrap();
        assert_eq!((broken.number, broken.what), (6, Break::Truncated));

        let forged = Checkpoint { number: 5, ..outside };
        let broken = store.verify(&[forged]).await.unwrap().broken.unwrap();
        assert_eq!(broken.what, Break::Unsigned);
    });
}

#[test]
fn a_checkpoint_file_that_contradicts_the_journal_is_set_aside_and_not_overwritten() {
    in_every_database(async |city| {
        let store = city.open().await;
        live(&store, 10).await;
        store.checkpoint(NIGHT).await.unwrap();
        let file = city.dir.path().join("checkpoint.json");
        let witness = std::fs::read(&file).unwrap();
        let fifth = rows(city).await[4].clone();
        city.tamper(&in_dialect(
            city,
            &format!(
                "delete from journal where number > 5; delete from checkpoint; \
                 update journal_head set number = 5, hash = @{}@;",
                hex(&fifth.hash)
            ),
        ))
        .await;
        store.checkpoint(NIGHT).await.unwrap();
        let aside = city.dir.path().join("checkpoint.against-5.json");
        assert_eq!(std::fs::read(&aside).unwrap(), witness);
        let kept = Checkpoint::from_file(&aside).unwrap();
        assert!(!store.verify(&[kept]).await.unwrap().is_whole());
    });
}

#[test]
fn a_thousand_events_are_signed_by_themselves_and_the_file_can_be_read_from_outside() {
    in_every_database(async |city| {
        let store = city.open().await;
        live(&store, CHECKPOINT_EVERY - 1).await;
        let file = city.dir.path().join("checkpoint.json");
        assert!(!file.exists());
        live(&store, 2).await;
        let signed = Checkpoint::from_file(&file).unwrap();
        assert_eq!(signed.number, CHECKPOINT_EVERY + 1);
        assert!(signed.is_signed_by(&city.keys().checkpoint_public(), "lantern-town"));
        assert!(!signed.is_signed_by(&city.keys().checkpoint_public(), "elsewhere"));
        let report = store.verify(&[]).await.unwrap();
        assert_eq!((report.signed_up_to, report.broken), (CHECKPOINT_EVERY + 1, None));
    });
}

#[test]
fn the_journals_own_guards_refuse_to_rewrite_or_shorten_it() {
    in_every_database(async |city| {
        let store = city.open().await;
        live(&store, 3).await;
        for sql in ["update journal set name = 'x'", "delete from journal"] {
            let refused = match &city.postgres {
                None => {
                    let url = format!("sqlite://{}", city.file().display());
                    let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
                    sqlx::raw_sql(sql).execute(&mut conn).await.map(drop)
                }
                Some(url) => {
                    let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                    sqlx::raw_sql(sql).execute(&mut conn).await.map(drop)
                }
            };
            assert!(refused.unwrap_err().to_string().contains("append-only"));
        }
    });
}
