//! A server process on a folder, and one connection for each request: one that is killed in the middle
//! leaves nothing half-known on this side.

use axum::http::StatusCode;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    /// Bytes of the whole answer as it came over the line.
    pub length: usize,
    cookie: Option<String>,
}

impl Answer {
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self
    }
}

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct Phone {
    pub cookie: Option<String>,
    pub bearer: Option<String>,
}

/// A running server.
struct Process {
    child: Child,
    at: SocketAddr,
}

impl Drop for Process {
    fn drop(&mut self) {
        // SIGKILL. It fails only for one that has ended.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// The invented district on a folder of its own, without its invented people.
pub struct City {
    pub dir: PathBuf,
    pub temporary: PathBuf,
    log_filter: &'static str,
    process: Mutex<Process>,
    /// What the process writes to its log, a line each.
    log: Mutex<Receiver<String>>,
}

fn start(dir: &Path, temporary: &Path, log_filter: &str) -> (Process, Receiver<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waylight"))
        .args(["demo", "--quiet-city", "--listen", "127.0.0.1:0", "--dir"])
        .arg(dir)
        .env("RUST_LOG", log_filter)
        .env("TMPDIR", temporary)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The log first: a pipe that nobody empties would stop the server before it listens.
    let logged = BufReader::new(child.stderr.take().unwrap()).lines();
    let (tell, log) = channel();
    std::thread::spawn(move || {
        for line in logged.map_while(Result::ok) {
            // Nobody may be listening any more; the pipe must not fill up all the same.
            let _unheard = tell.send(line);
        }
    });
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = said.next().unwrap().unwrap();
    let at = first.strip_prefix("listening http://").unwrap().parse().unwrap();
    std::thread::spawn(move || said.for_each(drop));
    (Process { child, at }, log)
}

impl City {
    pub fn start(folder: &Path, log_filter: &'static str) -> Self {
        let (dir, temporary) = (folder.join("city"), folder.join("temporary"));
        std::fs::create_dir_all(&temporary).unwrap();
        let (process, log) = start(&dir, &temporary, log_filter);
        Self { dir, temporary, log_filter, process: Mutex::new(process), log: Mutex::new(log) }
    }

    pub fn at(&self) -> SocketAddr {
        self.process.lock().unwrap().at
    }

    pub fn pid(&self) -> u32 {
        self.process.lock().unwrap().child.id()
    }

    /// `kill -9`, from whichever thread.
    pub fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.child.kill().unwrap();
        process.child.wait().unwrap();
    }

    /// A new life on the same folder.
    pub fn restart(&self) {
        let (process, log) = start(&self.dir, &self.temporary, self.log_filter);
        *self.process.lock().unwrap() = process;
        *self.log.lock().unwrap() = log;
    }

    /// The log's next line.
    pub fn next_line(&self) -> String {
        self.log.lock().unwrap().recv_timeout(PATIENCE).unwrap()
    }

    /// What is in the log and was not read yet.
    pub fn lines(&self) -> Vec<String> {
        self.log.lock().unwrap().try_iter().collect()
    }

    /// Asks once. `None` when no whole answer came: nothing is known then.
    pub fn ask(&self, phone: &Phone, method: &str, path: &str, body: &Value) -> Option<Answer> {
        let mut stream = self.say(phone, method, path, body)?;
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).ok()?;
        parse(&raw)
    }

    /// Posts, and kills the server while it is at it: nobody waits for an answer. `turns`: so often this
    /// thread lets others go first, which moves the moment.
    pub fn post_and_kill(&self, phone: &Phone, path: &str, body: &Value, turns: u32) {
        let stream = self.say(phone, "POST", path, body).unwrap();
        for _ in 0..turns {
            std::thread::yield_now();
        }
        self.kill();
        drop(stream);
    }

    /// Sends a request whole.
    fn say(&self, phone: &Phone, method: &str, path: &str, body: &Value) -> Option<TcpStream> {
        let at = self.process.lock().unwrap().at;
        let mut stream = TcpStream::connect_timeout(&at, PATIENCE).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_nodelay(true).ok()?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut lines = vec![
            format!("{method} {path} HTTP/1.1"),
            format!("Host: {at}"),
            format!("Origin: http://{at}"),
            "Connection: close".to_owned(),
            format!("Content-Length: {}", body.len()),
        ];
        lines.extend(phone.bearer.as_ref().map(|one| format!("Authorization: Bearer {one}")));
        lines.extend(phone.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}")));
        lines.extend((!body.is_empty()).then(|| "Content-Type: application/json".to_owned()));
        lines.extend((method == "POST").then(|| format!("Idempotency-Key: {}", drawn_key())));
        stream.write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        Some(stream)
    }

    #[expect(
        clippy::unused_async,
        reason = "the browser it shares with the server's journeys waits"
    )]
    pub async fn get(&self, phone: &Phone, path: &str) -> Answer {
        self.ask(phone, "GET", path, &Value::Null).unwrap()
    }

    #[expect(
        clippy::unused_async,
        reason = "the browser it shares with the server's journeys waits"
    )]
    pub async fn post(&self, phone: &Phone, path: &str, body: Value) -> Answer {
        self.ask(phone, "POST", path, &body).unwrap()
    }

    /// Signs in to a seat, as the demo's screens do.
    pub async fn seat(&self, part: &str) -> Phone {
        let body = json!({ "part": part });
        let answer = self.post(&Phone::default(), "/api/demo/sign-in", body).await.ok();
        Phone { cookie: answer.cookie, bearer: None }
    }

    /// What the city's clock shows.
    pub fn clock_millis(&self) -> i64 {
        let path = "/api/onestop/directory";
        let told = self.ask(&Phone::default(), "GET", path, &Value::Null).unwrap();
        told.body["now"].as_i64().unwrap()
    }

    /// The part of the first who works with cases at a center.
    pub async fn part(&self, center: &str) -> String {
        let night = self.get(&Phone::default(), "/api/demo").await.ok().body;
        let parts = night["parts"].as_array().unwrap().iter();
        let mut parts = parts.filter_map(|part| part["part"].as_str());
        let ends = format!("-{center}-1");
        let of = |part: &&str| part.starts_with("case") && part.ends_with(&ends);
        parts.find(of).unwrap().to_owned()
    }
}

fn drawn_key() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("process-{}-{:08}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst))
}

/// Reads a whole answer; `None` if it was cut off anywhere.
fn parse(raw: &[u8]) -> Option<Answer> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&raw[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |name: &str| {
        let mut headers = head.split("\r\n").skip(1).filter_map(|line| line.split_once(": "));
        headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let rest = &raw[end + 4..];
    let body = match header("content-length") {
        Some(length) => rest.get(..length.parse().ok()?)?.to_vec(),
        None if header("transfer-encoding").is_some() => unchunked(rest)?,
        None => rest.to_vec(),
    };
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).ok()? };
    let cookie = header("set-cookie").and_then(|one| Some(one.split(';').next()?.to_owned()));
    let status = StatusCode::from_u16(status).ok()?;
    Some(Answer { status, body, length: raw.len(), cookie })
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(rest.get(line + 2..line + 2 + size)?);
        rest = rest.get(line + 4 + size..)?;
    }
}
