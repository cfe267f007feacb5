//! The pages of a running city against the list that its own program prints and a house signs; then the
//! same with somebody between who changes one byte.

use crate::city::City;
use serde_json::Value;
use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Output},
};

/// The page that somebody changes.
const CHANGED: &str = "/report";

fn waylight(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waylight")).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Somebody between a city and whoever asks: every answer as it is, but of one page the last byte, which
/// is another.
fn between(city: SocketAddr) -> SocketAddr {
    let listening = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listening.local_addr().unwrap();
    std::thread::spawn(move || {
        for asked in listening.incoming().map_while(Result::ok) {
            pass_on(asked, city);
        }
    });
    at
}

fn pass_on(mut asked: TcpStream, city: SocketAddr) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if asked.read_exact(&mut byte).is_err() {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let changed = head.starts_with(&format!("GET {CHANGED} "));
    let mut stream = TcpStream::connect(city).unwrap();
    let closing = head.trim_end().to_owned() + "\r\nconnection: close\r\n\r\n";
    stream.write_all(closing.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    if let Some(last) = answer.last_mut().filter(|_| changed) {
        *last ^= 1;
    }
    // Who asked may have heard enough.
    let _heard = asked.write_all(&answer);
}

fn check(list: &Path, key: &str, at: SocketAddr, memory: &Path) -> Output {
    let (list, memory) = (list.to_str().unwrap(), memory.to_str().unwrap());
    let url = format!("http://{at}");
    let words = ["--list", list, "--key", key, "--url", &url, "--memory", memory];
    waylight(&[&["bundle", "check"], &words[..]].concat())
}

#[test]
fn one_byte_of_a_page_changed_on_its_way_rings_and_names_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let (key, list) = (folder.path().join("key"), folder.path().join("list.json"));
    let memory = folder.path().join("memory.json");
    let made = waylight(&["bundle", "new", "--key", key.to_str().unwrap()]);
    let public = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    let sign = |edition: &str| {
        waylight(&["bundle", "sign", "--key", key.to_str().unwrap(), "--edition", edition])
    };
    let signed = sign("7");
    if said(&signed).contains("WEB_DIST=stub") {
        assert!(!signed.status.success(), "a program without pages signs none");
        return;
    }
    fs::write(&list, &signed.stdout).unwrap();
    let city = City::start(folder.path(), "warn");
    let whole = check(&list, &public, city.at(), &memory);
    let report: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert!(whole.status.success() && report["whole"] == true, "{report}");
    assert!(report["files"].as_u64().unwrap() > 50, "{report}");

    let changed = check(&list, &public, between(city.at()), &memory);
    let report: Value = serde_json::from_slice(&changed.stdout).unwrap();
    assert!(!changed.status.success());
    assert_eq!(report["first_wrong"]["path"], CHANGED, "{report}");
    assert_eq!(report["wrong"].as_array().unwrap().len(), 1, "{report}");
    assert!(said(&changed).contains("/report is not what was signed"), "{}", said(&changed));

    let own = waylight(&["bundle", "check", "--list", list.to_str().unwrap(), "--key", &public]);
    assert!(own.status.success(), "{}", said(&own));
    fs::write(&list, sign("6").stdout).unwrap();
    let older = check(&list, &public, city.at(), &memory);
    assert!(!older.status.success() && said(&older).contains("list_older"), "{}", said(&older));
}
