//! The built binary on small inputs, as an operator would run it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn waylight(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waylight")).args(words).output().unwrap()
}

fn json(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}\n{said}\n{}", String::from_utf8_lossy(&output.stderr))
    })
}

/// Two streets that meet, in a corner of Seoul.
const MAP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" timestamp="2026-10-01T00:00:00Z">
<node id="1" version="1" lat="37.4800" lon="126.9300"/>
<node id="2" version="1" lat="37.4800" lon="126.9350"/>
<node id="3" version="1" lat="37.4830" lon="126.9350"/>
<way id="10" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
<way id="11" version="1"><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>
</osm>
"#;

/// Three lamps, one of them twice, one without a position, one in Busan.
const LAMPS: &str = "\
보안등위치명,설치개수,소재지도로명주소,소재지지번주소,위도,경도,설치년도,설치형태,관리기관전화번호,관리기관명,데이터기준일자
A1,1,,신림동 1,37.4801,126.9302,2015,한전주,02-0000-0000,관악구청,2026-09-30
A2,1,,신림동 2,37.4801,126.9306,2015,한전주,02-0000-0000,관악구청,2026-09-30
A3,2,,신림동 3,37.4801,126.9310,2015,건축물,02-0000-0000,관악구청,2026-09-30
A2,1,,신림동 2,37.4801,126.9306,2015,한전주,02-0000-0000,관악구청,2026-09-30
A4,1,,신림동 4,,,2015,건축물,02-0000-0000,관악구청,2026-09-30
A5,1,,신림동 5,35.1796,129.0756,2015,건축물,02-0000-0000,관악구청,2026-09-30
";

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn imported(folder: &Path) -> (String, Value) {
    let map = write(folder, "corner.osm", MAP);
    let lamps = write(folder, "보안등_20260930.csv", LAMPS);
    let dir = folder.join("state").display().to_string();
    let report = json(&waylight(&["import", "--dir", &dir, &map, &lamps, "--json"]));
    (dir, report)
}

#[test]
fn an_import_accounts_for_every_row_and_a_second_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, report) = imported(folder.path());
    let lamps = &report["files"][1];
    assert_eq!(lamps["kind"], "security_lights");
    assert_eq!(
        (lamps["rows"].as_u64(), lamps["accepted"].as_u64(), lamps["duplicates"].as_u64()),
        (Some(6), Some(3), Some(1))
    );
    assert_eq!(lamps["quarantined"], serde_json::json!({"no_position": 1, "outside_box": 1}));
    assert_eq!(report["changes"]["added"], 8, "3 nodes, 2 ways, 3 lamps");
    assert!(report["coverage"][0]["share"].as_f64().unwrap() > 0.0);
    let (_, again) = imported(folder.path());
    assert_eq!(
        (again["changes"]["added"].as_u64(), again["changes"]["retired"].as_u64()),
        (Some(0), Some(0))
    );
    let verified = json(&waylight(&["journal", "verify", "--dir", &dir]));
    assert_eq!(verified["broken"], Value::Null);
    assert_eq!(verified["rows"], 2, "one event for each import that changed something");
}

#[test]
fn quarantined_rows_are_exported_corrected_and_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, _) = imported(folder.path());
    let out = folder.path().join("aside");
    let out_text = out.display().to_string();
    let done = waylight(&["quarantine", "export", "--dir", &dir, "--out", &out_text]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let file = String::from_utf8(done.stdout).unwrap().trim().to_owned();
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("no_position") && text.contains("outside_box"), "{text}");
    fs::write(&file, text.replace("신림동 4,,,", "신림동 4,37.4802,126.9314,")).unwrap();
    let report = json(&waylight(&["import", "--dir", &dir, &file, "--json"]));
    assert_eq!(report["changes"]["added"], 1, "{report}");
    assert_eq!(report["changes"]["retired"], 0, "a correction retires nothing: {report}");
}

#[test]
fn a_file_that_is_not_what_it_claims_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let page = write(folder.path(), "lamps.csv", "<!doctype html><title>404</title>");
    let dir = folder.path().join("state").display().to_string();
    let done = waylight(&["import", "--dir", &dir, &page, "--json"]);
    assert_eq!(done.status.code(), Some(1));
    let report = json(&done);
    assert_eq!(report["files"][0]["rows"], 0);
    assert!(report["files"][0]["refused"]["sentence"].as_str().unwrap().len() > 10, "{report}");
}

#[test]
fn a_way_home_explains_itself_and_its_metres_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, _) = imported(folder.path());
    let found = json(&waylight(&[
        "route",
        "--dir",
        &dir,
        "--from",
        "37.4800,126.9301",
        "--to",
        "37.4829,126.9350",
        "--at",
        "2026-11-23T22:40",
        "--json",
    ]));
    let options = found["options"].as_array().unwrap();
    assert!((1..=3).contains(&options.len()));
    for option in options {
        let metres = |name: &str| option[name].as_u64().unwrap();
        assert_eq!(
            metres("length_m"),
            metres("lit_m") + metres("unlit_m") + metres("unknown_m"),
            "{option}"
        );
        assert!((700..800).contains(&metres("length_m")), "{option}");
        assert!(option["geometry"].as_array().unwrap().len() >= 3);
    }
    let nowhere = waylight(&[
        "route",
        "--dir",
        &dir,
        "--from",
        "37.6,127.1",
        "--to",
        "37.48,126.93",
        "--at",
        "2026-11-23T22:40",
    ]);
    assert!(!nowhere.status.success());
    assert!(!String::from_utf8_lossy(&nowhere.stderr).is_empty());
}

#[test]
fn a_changed_journal_and_an_open_key_are_found() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (dir, _) = imported(folder.path());
    let doctor = waylight(&["doctor", "--dir", &dir, "--json"]);
    assert_eq!(json(&doctor)["sound"], true);
    assert!(doctor.status.success());
    let rebuilt = waylight(&["journal", "rebuild", "--dir", &dir]);
    assert!(rebuilt.status.success());
    assert_eq!(json(&rebuilt)["differing"], serde_json::json!([]));
    let key = folder.path().join("state/keys/master.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(!waylight(&["doctor", "--dir", &dir]).status.success(), "the master key lies open");
}

#[test]
fn a_seat_gets_a_code_and_a_lost_code_another() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, _) = imported(folder.path());
    let enroll = || {
        let done = waylight(&["enroll", "dispatcher", "--dir", &dir, "--shown-as", "Seoul desk 1"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let (first, second) = (enroll(), enroll());
    assert!(first.contains("Seoul desk 1"));
    assert_ne!(first, second, "a fresh code each time");
    let team =
        waylight(&["enroll", "team", "--dir", &dir, "--call-sign", "07", "--member", "가람"]);
    assert!(!team.status.success(), "a team is two");
    let staff =
        ["enroll", "staff", "--dir", &dir, "--shown-as", "Counsel 1", "--role", "caseworker"];
    for (center, told) in [
        (&[][..], "a caseworker has that one and her center"),
        (&["--center", "seoul-counseling"], "[[onestop.centers]] has none"),
    ] {
        let refused = waylight(&[&staff[..], center].concat());
        assert!(!refused.status.success());
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn the_openapi_document_names_what_the_screens_call() {
    let document = json(&waylight(&["openapi"]));
    for path in ["/api/escort/requests", "/api/alarm/alarms", "/api/desk/board", "/api/city"] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
}

#[test]
fn a_duty_contact_that_cannot_be_rung_is_told_at_the_start_without_repeating_the_number() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().display().to_string();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cities/gwanak.toml");
    let serve = ["serve", "--dir", &dir, "--pack", pack, "--listen", "127.0.0.1:0"];
    for (line, told) in [
        ("gwanak = \"02-000-00x5\"", "what gwanak has is no phone number"),
        ("gwanak = 020000045", "write a line for each district"),
        ("jongno = \"02-000-0045\"", "the pack has no district jongno"),
    ] {
        write(folder.path(), "duty.toml", line);
        let output = waylight(&serve);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(told), "{said}");
        assert!(!said.contains("000"), "{said}");
    }
}
