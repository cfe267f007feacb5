//! The load bench in small: a few seconds at tiny rates on the invented district. Counts only; how
//! long anything took is the machine's business.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

fn bench(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waylight"));
    command.args(["bench", "serve", "--minutes", "0.05", "--bookings-per-hour", "3600"]);
    command.args(["--positions-per-second", "10", "--teams", "4", "--json"]).args(words);
    command.output().unwrap()
}

fn journal(dir: &Path) -> String {
    let mut export = Command::new(env!("CARGO_BIN_EXE_waylight"));
    let export = export.args(["journal", "export", "--dir"]).arg(dir).output().unwrap();
    String::from_utf8(export.stdout).unwrap()
}

#[test]
fn what_a_small_load_was_answered_is_what_the_journal_holds() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("city");
    let done = bench(&["--busy-core", "--seed", "2", "--dir", dir.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let figures: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&figures["database"], &figures["teams"]), (&json!("sqlite"), &json!(4)));
    assert_eq!(figures["errors"], json!({}), "{figures}");
    let (bookings, positions) = (&figures["bookings"], &figures["positions"]);
    let sent = bookings["sent"].as_u64().unwrap();
    assert!(sent > 0, "three are to be expected of this seed: {figures}");
    assert_eq!((&bookings["acknowledged"], &bookings["lost"]), (&json!(sent), &json!(0)));
    assert!(bookings["latency_ms"]["max"].as_f64() >= bookings["latency_ms"]["p50"].as_f64());
    // Ten a second for three seconds; each of four phones begins somewhere in its first turn.
    let due = positions["due"].as_u64().unwrap();
    assert!((26..=34).contains(&due), "{figures}");
    assert_eq!([&positions["sent"], &positions["accepted"]], [&json!(due), &json!(due)]);
    assert!(figures["feeds"]["opened"].as_u64() >= Some(4), "every team's screen is open");
    assert_eq!(figures["journal"]["whole"], true);
    assert_eq!(figures["journal"]["bookings"], json!(sent));
    assert!(figures["server"]["rss_peak_mb"].as_f64() > Some(1.0));
    let journal = journal(&dir);
    let walks = journal.lines().filter(|line| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["stream"] == "escort.request" && event["version"] == 1
    });
    assert_eq!(walks.count() as u64, sent);
    // Positions are nowhere in it: they are known to memory alone.
    assert!(!journal.contains("accuracy_m"));
    let again = bench(&["--dir", dir.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1), "a city that has lived is not measured");
}
