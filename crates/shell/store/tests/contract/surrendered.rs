//! What a seized server surrenders of reports and cases: every column of one-stop's tables is either said
//! to stand in the open, with what it tells, or to hold nothing but closed bytes, drawn numbers, hashes,
//! signatures and public keys. SECURITY.md shows the first list; a column nobody wrote down fails.

use crate::city::in_every_database;
use sqlx::Connection;
use std::{collections::BTreeSet, fmt::Write};

/// What stands in the open. This list may only get shorter; whoever makes it longer says why to those
/// who rely on it.
const OPEN: &[(&str, &[(&str, &str)])] = &[
    ("onestop_case", &[("received_ms", "the hour a report came in")]),
    (
        "onestop_version",
        &[
            ("case_id", "which rows are of one case"),
            ("kind", "how many messages and entries a case has; which parts were written again"),
            ("version", "how often"),
            ("closed", "one of seven sizes"),
            ("author", "that a center's device wrote it: which center leads, once it has answered"),
            ("written_ms", "the hour"),
        ],
    ),
    (
        "onestop_move",
        &[
            ("case_id", "which case was moved to a new key"),
            ("kind", "which part"),
            ("version", "which version"),
            ("step", "how often"),
            ("author", "by which center's device"),
        ],
    ),
    ("onestop_withdrawal", &[("case_id", "that she took a consent back"), ("at_ms", "the hour")]),
    (
        "onestop_knock",
        &[
            ("center", "how many knock at each center"),
            ("epoch", "for which of its keys"),
            ("received_ms", "the hour"),
            ("answered_ms", "the hour it was answered"),
            ("parted", "nothing of anybody: whether the row was written anew"),
        ],
    ),
    ("onestop_entry", &[("place", "the log of keys, public"), ("entry", "public")]),
    (
        "onestop_device",
        &[("center", "which devices are a center's"), ("person", "of which seat, a pseudonym")],
    ),
    (
        "onestop_key_wrap",
        &[
            ("center", "which devices have a center's key"),
            ("epoch", "which of its keys"),
            ("device", "or, as zeros, that it can be given back by shares"),
        ],
    ),
    ("onestop_head", &[("size", "public"), ("at_ms", "public"), ("head", "public")]),
    ("onestop_witness", &[("size", "public"), ("at_ms", "public")]),
    (
        "onestop_referral",
        &[
            ("purpose", "a referral, a report by duty, or figures"),
            ("sender", "from which center"),
            ("receiver", "to which"),
            ("sent_ms", "the hour"),
            ("answered_ms", "the hour it was answered"),
            ("ended_ms", "the hour it ended"),
        ],
    ),
    (
        "onestop_letter",
        &[
            ("number", "how many letters a referral has"),
            ("closed", "one of seven sizes"),
            ("device", "which center's device wrote it"),
            ("written_ms", "the hour"),
        ],
    ),
    (
        "onestop_letter_move",
        &[
            ("number", "which letter was moved"),
            ("step", "how often"),
            ("device", "by which device"),
        ],
    ),
    (
        "onestop_service",
        &[
            ("center", "whose"),
            ("capabilities", "what it can do, public"),
            ("languages", "public"),
            ("access", "public"),
            ("beds_free", "public"),
            ("said_ms", "public"),
        ],
    ),
    (
        "onestop_file",
        &[
            ("case_id", "which case has files, and how many"),
            ("padded", "about how long each is"),
            ("parts", "the same"),
            ("begun_ms", "the hour it came"),
        ],
    ),
    (
        "onestop_file_part",
        &[
            ("file", "which parts are of one file"),
            ("part", "how much of it has come"),
            ("received_ms", "the hour"),
        ],
    ),
    ("onestop_file_gone", &[]),
    (
        "onestop_custody",
        &[
            ("place", "the order of what happened to pieces of evidence"),
            ("event", "what was done, by which center's device, in which hour; no name, no case"),
        ],
    ),
    ("onestop_custody_head", &[("size", "how many events"), ("head", "the hour of the last")]),
    (
        "onestop_release",
        &[
            ("table_key", "which table of figures was released"),
            ("period", "for which months"),
            ("year", "of which year's allowance"),
            ("epsilon_thousandths", "how much of it was spent"),
            ("reserved_ms", "the hour"),
        ],
    ),
    (
        "onestop_shares",
        &[
            ("center", "that a center's key was shared out"),
            ("epoch", "which key"),
            ("made_ms", "the hour"),
        ],
    ),
    (
        "onestop_key_back",
        &[
            ("center", "that a key was given back"),
            ("epoch", "which"),
            ("device", "to which device"),
            ("back_ms", "the hour"),
        ],
    ),
    (
        "onestop_parted",
        &[("before_ms", "nothing of anybody: up to which hour rows were written anew")],
    ),
    (
        "onestop_matching",
        &[
            ("kept_ms", "how many entries of the matching were left in which hour"),
            ("parted", "nothing of anybody: whether the row was written anew"),
        ],
    ),
];

/// Closed bytes, drawn numbers, hashes, signatures, public keys.
const SHUT: &[(&str, &[&str])] = &[
    ("onestop_case", &["id", "locator", "signing_key", "manifest", "signature"]),
    ("onestop_version", &["closed_hash", "wraps", "signature"]),
    ("onestop_move", &["wraps_before", "signature"]),
    ("onestop_withdrawal", &["mark", "signature"]),
    ("onestop_knock", &["id", "note"]),
    ("onestop_device", &["id"]),
    ("onestop_key_wrap", &["wrap"]),
    ("onestop_head", &["signature"]),
    ("onestop_witness", &["witness", "signature"]),
    ("onestop_referral", &["id", "end_hash"]),
    ("onestop_letter", &["referral_id", "closed_hash", "wraps", "signature"]),
    ("onestop_letter_move", &["referral_id", "wraps_before", "signature"]),
    ("onestop_file", &["id", "leaf"]),
    ("onestop_file_part", &["id", "closed"]),
    ("onestop_file_gone", &["id"]),
    ("onestop_custody", &["signature"]),
    ("onestop_custody_head", &["signature"]),
    ("onestop_release", &["digest"]),
    ("onestop_matching", &["number", "withdrawal_hash", "entry"]),
];

const BEGIN: &str = "<!-- surrendered: a test compares what follows with the tables -->";
const END: &str = "<!-- surrendered: end -->";

fn written_down() -> BTreeSet<(String, String)> {
    let pair = |table: &str, column: &str| (table.to_owned(), column.to_owned());
    let open = OPEN.iter().flat_map(|(table, all)| all.iter().map(|(one, _)| pair(table, one)));
    let shut = SHUT.iter().flat_map(|(table, all)| all.iter().map(|one| pair(table, one)));
    open.chain(shut).collect()
}

/// The table of SECURITY.md.
fn shown() -> String {
    let mut text = "| table | what of it stands in the open |\n|---|---|\n".to_owned();
    for (table, columns) in OPEN {
        let told: Vec<String> =
            columns.iter().map(|(one, what)| format!("`{one}`: {what}")).collect();
        let told = if told.is_empty() { "nothing".to_owned() } else { told.join(" · ") };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| `{table}` | {told} |");
    }
    text
}

#[test]
fn every_column_of_one_stop_is_written_down_in_the_open_or_shut() {
    in_every_database(async |city| {
        let store = city.open().await;
        let of_sqlite = "select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p \
                         where m.type = 'table' and m.name like 'onestop@_%' escape '@'";
        let of_postgres = "select table_name::text, column_name::text from \
                           information_schema.columns where table_schema = current_schema() \
                           and table_name like 'onestop@_%' escape '@'";
        let columns: Vec<(String, String)> = match &city.postgres {
            None => {
                let url = format!("sqlite://{}", city.file().display());
                let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
                sqlx::query_as(of_sqlite).fetch_all(&mut conn).await.unwrap()
            }
            Some(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                sqlx::query_as(of_postgres).fetch_all(&mut conn).await.unwrap()
            }
        };
        let there: BTreeSet<(String, String)> = columns.into_iter().collect();
        let known = written_down();
        let new: Vec<_> = there.difference(&known).collect();
        let gone: Vec<_> = known.difference(&there).collect();
        assert!(new.is_empty(), "say what these surrender, or that they are shut: {new:?}");
        assert!(gone.is_empty(), "no such column any more: {gone:?}");
        store.close().await;
    });
}

#[test]
fn what_is_surrendered_is_what_security_says() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../SECURITY.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, rest) = page.split_once(BEGIN).unwrap();
    let (said, _) = rest.split_once(END).unwrap();
    assert_eq!(said.trim(), shown().trim(), "SECURITY.md says something else");
}
