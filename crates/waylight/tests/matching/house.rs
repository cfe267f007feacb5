//! A process of a house, what it says, and one connection for each request.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_mins(1);
/// The city's origin, which is not where it listens: a proxy stands between.
pub const ORIGIN: &str = "https://walk.example.org";

fn waylight(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waylight"));
    command.args(words).env("RUST_LOG", "info").env("NO_COLOR", "1");
    command
}

/// Runs a command of a house to its end.
pub fn run(words: &[&str], typed: &str) -> Output {
    let mut child = waylight(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// What it printed, if all went well.
#[track_caller]
pub fn done(words: &[&str], typed: &str) -> String {
    let output = run(words, typed);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{words:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What it said, if it did not.
#[track_caller]
pub fn refused(words: &[&str], typed: &str) -> String {
    let output = run(words, typed);
    assert!(!output.status.success(), "{words:?} went well");
    String::from_utf8(output.stderr).unwrap()
}

/// A service that runs.
pub struct House {
    child: Child,
    pub at: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Drop for House {
    fn drop(&mut self) {
        // SIGKILL. It fails only for one that has ended.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

impl House {
    /// Starts one, and waits until it listens.
    pub fn start(words: &[&str]) -> Self {
        let mut command = waylight(words);
        command.args(["--listen", "127.0.0.1:0"]).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let logged = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in logged.map_while(Result::ok) {
                let mut log = kept.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let Some(Ok(first)) = said.next() else {
            panic!("{words:?} does not listen: {}", log.lock().unwrap());
        };
        let at = first.strip_prefix("listening http://").unwrap().parse().unwrap();
        Self { child, at, log }
    }

    /// What it wrote to its log so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.at)
    }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: String,
    /// Bytes that were sent, and bytes of the whole answer.
    pub sizes: (usize, usize),
}

impl Answer {
    #[track_caller]
    pub fn is(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.body["code"].as_str().unwrap_or_default()), (status, code));
    }
}

/// Asks once, as a page of the city does. `None` when nobody answers.
pub fn ask(at: SocketAddr, method: &str, path: &str, body: &Value) -> Option<Answer> {
    let mut stream = TcpStream::connect_timeout(&at, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    // As long whatever port it is.
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: {ORIGIN}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw).ok()?;
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n")?;
    let headers = String::from_utf8(raw[..end].to_vec()).ok()?;
    let status = headers.split(' ').nth(1)?.parse().ok()?;
    let rest = &raw[end + 4..];
    let body_read = serde_json::from_slice(rest).unwrap_or(Value::Null);
    let sizes = (head.len() + body.len(), raw.len());
    Some(Answer { status, body: body_read, headers, sizes })
}
