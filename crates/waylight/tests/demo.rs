//! The demo as a newcomer starts it: no data, no configuration, and people in it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

struct Demo {
    child: Child,
    server: String,
}

impl Demo {
    fn start(dir: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_waylight"))
            .args(["demo", "--listen", "127.0.0.1:0", "--dir"])
            .arg(dir)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let server = first.strip_prefix("listening http://").expect(&first).to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, server }
    }

    fn get(&self, path: &str) -> Value {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    fn ask(&self, request: &str) -> Value {
        let mut stream = TcpStream::connect(&self.server).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (start, end) = (answer.find('{').unwrap(), answer.rfind('}').unwrap());
        serde_json::from_str(answer.get(start..=end).unwrap()).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // SIGKILL: a demo must bear it at any moment.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_killed_demo_goes_on_where_it_was_with_everybody_in_their_seats() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path(), &["--quiet-city", "--speed", "60"]);
    let city = demo.get("/api/city");
    assert_eq!((&city["demo"], &city["name"]["en"]), (&true.into(), &"Mirinae-gu".into()));
    assert_eq!(city["service"]["open"], true, "the night begins while walks are asked for");
    let before = demo.get("/api/demo");
    let parts = before["parts"].as_array().unwrap().len();
    assert!(parts > 50, "{parts} seats");
    assert!(before["parts"].as_array().unwrap().iter().all(|part| part["played"] == true));
    let places = demo.get("/api/environment/places?meeting=true&limit=50");
    assert!(places["places"].as_array().unwrap().len() >= 40);
    drop(demo);
    let again = Demo::start(folder.path(), &["--quiet-city"]);
    let after = again.get("/api/demo");
    assert_eq!(after["parts"].as_array().unwrap().len(), parts);
    assert_eq!(after["clock"]["speed"], 60, "the night keeps its own speed");
    assert!(after["clock"]["now"].as_i64() >= before["clock"]["now"].as_i64());
}
