//! Who is found, by whom, and what anybody else sees of it.

use crate::{
    city::City,
    she::{Filed, She},
};
use matching::{Refusal, identifier::Typed, level::Level};
use serde_json::json;
use sqlx::Connection;
use std::sync::atomic::{AtomicU64, Ordering};
use wire::onestop::Exact;

const PHONE: Typed<'static> = Typed::Phone("010-1234-5678");

/// Somebody of her own files: identified, one code, everything, and other chance each time.
fn files(city: &City, who: u64, typed: Typed<'_>, people: Level) -> Filed {
    static TIMES: AtomicU64 = AtomicU64::new(1_000);
    let code = city.admit(&format!("M1234567{who:02}"), 1).remove(0);
    let she = She::opens(city, TIMES.fetch_add(1, Ordering::Relaxed));
    she.files(city, &code, typed, people, &contact(who))
}

fn contact(who: u64) -> String {
    format!("canary-{who}, 밤에는 안 돼요")
}

/// How many contacts counsel reads, of all.
fn read(text: &str) -> Vec<u64> {
    (1..100).filter(|who| text.contains(&contact(*who))).collect()
}

/// Check 18: thresholds 2, 3 and 3, one phone in three formats.
#[test]
fn three_testers_are_found_at_three_by_counsel_and_by_nobody_else() {
    let mut city = City::founded();
    files(&city, 1, Typed::Phone("010-1234-5678"), Level::Two);
    files(&city, 2, Typed::Phone("+82 10 1234 5678"), Level::Three);
    let at_two = city.counsel_reads();
    assert!(at_two.contains("nobody to contact") && read(&at_two).is_empty(), "{at_two}");
    files(&city, 3, Typed::Phone("０１０１２３４５６７８"), Level::Three);
    let at_three = city.counsel_reads();
    assert_eq!(read(&at_three), [1, 2, 3], "{at_three}");
    assert!(at_three.contains("[1]") && !at_three.contains("[2]"), "one opening");
    assert!(at_three.contains("한 분씩, 따로") && at_three.contains("Contact each person alone"));
    let later = city.counsel_reads();
    assert!(later.contains("nobody to contact"), "whoever was told of is not told of again");
    nobody_else_knows(&city);
}

/// No file of any house has a contact or the phone, and no log has anything of anybody.
fn nobody_else_knows(city: &City) {
    let files = city.files();
    let names: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    for needed in ["web/", "matcher/told.json", "openings-2.json", "inner-2.json", "people.json"] {
        assert!(names.iter().any(|name| name.contains(needed)), "{needed} was searched");
    }
    let has = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
    for (path, bytes) in &files {
        for secret in ["canary-", "1012345678", "1234-5678", "M1234567"] {
            assert!(!has(bytes, secret), "{} has {secret}", path.display());
        }
    }
    let log = city.logs();
    for word in ["canary", "12345678", "1234-5678", "M1234567", "127.0.0.1"] {
        assert!(!log.contains(word), "a log has {word}: {log}");
    }
}

/// Check 28: the same person twice is one; a second one opens; what is taken back is in no batch.
#[test]
fn the_same_person_twice_opens_nothing_and_what_is_taken_back_is_gone() {
    let mut city = City::founded();
    files(&city, 1, PHONE, Level::Two);
    let again = files(&city, 1, Typed::Phone("82 10 1234 5678"), Level::Two);
    let other = files(&city, 2, PHONE, Level::Two);
    // She takes it back; a token of nobody's is answered the same.
    let take_back = |token: [u8; 32]| {
        let sent = json!({ "withdrawal": Exact(token) });
        let answer = city.ask("POST", "/api/onestop/matching/withdraw", &sent);
        (answer.status, answer.sizes)
    };
    let sizes = take_back([7; 32]);
    assert_eq!(sizes.0, 204);
    assert_eq!(take_back(other.withdrawal), sizes);
    assert_eq!(take_back(other.withdrawal), sizes);
    let none = city.counsel_reads();
    assert!(none.contains("nobody to contact"), "{none}");
    let kept = city.files().into_iter().filter(|(path, _)| path.starts_with(city.path("web")));
    let taken: Vec<u8> =
        serde_json::from_value::<wire::matching::LeaveEntry>(other.left.clone()).unwrap().entry.0;
    for (path, bytes) in kept {
        assert!(!bytes.windows(64).any(|w| w == &taken[100..164]), "{}", path.display());
    }
    // Left again by a lost answer: the same is one.
    let repeated = city.ask("POST", "/api/onestop/matching/entry", &again.left);
    assert_eq!(repeated.status, 200);
    files(&city, 3, PHONE, Level::Two);
    let found = city.counsel_reads();
    assert_eq!(read(&found), [1, 3], "{found}");
    assert_eq!(found.matches("canary-1,").count(), 1, "the later one counts");
}

/// Check 28: one holder may be away, two may not; and the token is not lost by it.
#[test]
fn one_holder_away_changes_nothing_and_two_away_are_said() {
    let mut city = City::founded();
    let code = city.admit("M123456701", 1).remove(0);
    let mut she = She::opens(&city, 1);
    let tokens = she.takes_tokens(&city, &code).map_err(|no| no.body).unwrap();
    let whole = files(&city, 2, PHONE, Level::Two);
    assert_eq!(whole.sizes.len(), 5);
    city.stop_holder(2);
    files(&city, 3, PHONE, Level::Two);
    let asked = she.blinds(PHONE);
    city.stop_holder(1);
    let too_few = she.asks(&city, &tokens.ask, &asked);
    assert_eq!(too_few.err(), Some(Refusal::TooFewAnswers));
    // Nothing is lost: the same question goes on, also at a holder that was started anew.
    city.start_holder(1);
    assert!(she.asks(&city, &tokens.ask, &asked).is_ok());
    let found = city.counsel_reads();
    assert_eq!(read(&found), [2, 3], "what two and two others gave is the same: {found}");
}

/// Check 30: whoever files against himself sees what everybody sees, byte for byte in count.
#[test]
fn every_byte_count_is_that_of_no_match() {
    let mut city = City::founded();
    let phone = |at: u64| format!("010-5555-000{at}");
    let codes = city.admit("A999999999", 4);
    let mut seen = Vec::new();
    for (others, code) in codes.iter().enumerate().take(3) {
        let named = phone(others as u64);
        for other in 0..others as u64 {
            files(&city, 10 + 10 * others as u64 + other, Typed::Phone(&named), Level::Two);
        }
        if others == 2 {
            let opened = city.counsel_reads();
            assert!(read(&opened).ends_with(&[30, 31]), "it is open when he comes: {opened}");
        }
        let accused = She::opens(&city, 90 + others as u64);
        seen.push(accused.files(&city, code, Typed::Phone(&named), Level::Two, "him").sizes);
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    // Nor does what he names, for how many he waits or how he may be asked show in a size.
    let person =
        Typed::Person { name: "김민수", born: 1980, workplace: "한빛전자 서울지점" };
    let accused = She::opens(&city, 99);
    let filed = accused.files(&city, &codes[3], person, Level::Five, &"길게 ".repeat(70));
    assert_eq!(filed.sizes, seen[0]);
}

/// Number, hash of what takes it back, entry, hour.
type Row = (Vec<u8>, Vec<u8>, Vec<u8>, i64);

/// Check 31, where the web server keeps them.
#[tokio::test]
async fn no_two_entries_for_one_phone_are_equal_where_they_are_kept() {
    let city = City::founded();
    for who in 0..6 {
        files(&city, who / 2, PHONE, Level::Two);
    }
    let file = std::fs::read_dir(city.path("web")).unwrap().map(|one| one.unwrap().path());
    let mut databases = Vec::new();
    for path in file {
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        if bytes.starts_with(b"SQLite format 3\0") {
            databases.push(path);
        }
    }
    assert_eq!(databases.len(), 1, "{databases:?}");
    let url = format!("sqlite://{}?mode=ro", databases[0].display());
    let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let rows: Vec<Row> =
        sqlx::query_as("select number, withdrawal_hash, entry, kept_ms from onestop_matching")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    assert_eq!(rows.len(), 6);
    for (at, one) in rows.iter().enumerate() {
        assert_eq!(one.3 % 3_600_000, 0, "a full hour");
        for other in &rows[at + 1..] {
            assert_ne!(one.0, other.0);
            assert_ne!(one.1, other.1);
            // Not even a run of sixteen bytes at the same place.
            let mut alike = one.2.windows(16).zip(other.2.windows(16));
            assert!(alike.len() > 4_000 && alike.all(|(a, b)| a != b));
        }
    }
}
