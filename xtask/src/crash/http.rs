//! The few words of HTTP the crash test speaks. One connection for each request: a server that is
//! killed in the middle must leave nothing half-known in a pool of ours.

use serde_json::Value;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than any answer takes, shorter than a person's patience with a test.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer that arrived whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) cookie: Option<String>,
    pub(super) body: Value,
}

impl Answer {
    /// Whether the server says it is done: only then is anything acknowledged.
    pub(super) fn acknowledged(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What is asked.
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// The bearer token of one request or alarm.
    pub(super) token: Option<&'a str>,
    /// The session of a seat.
    pub(super) cookie: Option<&'a str>,
    /// The idempotency key of a write.
    pub(super) key: Option<&'a str>,
    pub(super) body: Option<&'a Value>,
}

/// Asks once. `None` when no whole answer came: nothing is known then.
pub(super) fn ask(server: SocketAddr, request: &Request<'_>) -> Option<Answer> {
    let mut stream = TcpStream::connect_timeout(&server, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_nodelay(true).ok()?;
    let body = request.body.map(Value::to_string).unwrap_or_default();
    let mut lines = vec![
        format!("{} {} HTTP/1.1", request.method, request.path),
        format!("Host: {server}"),
        format!("Origin: http://{server}"),
        "Connection: close".to_owned(),
        format!("Content-Length: {}", body.len()),
    ];
    lines.extend(request.token.map(|token| format!("Authorization: Bearer {token}")));
    lines.extend(request.cookie.map(|cookie| format!("Cookie: {cookie}")));
    lines.extend(request.key.map(|key| format!("Idempotency-Key: {key}")));
    lines.extend(request.body.map(|_| "Content-Type: application/json".to_owned()));
    let head = lines.join("\r\n");
    stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).ok()?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw).ok()?;
    parse(&raw)
}

/// Reads a whole answer; `None` if it was cut off anywhere.
pub(super) fn parse(raw: &[u8]) -> Option<Answer> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(raw.get(..end)?).ok()?;
    let rest = raw.get(end + 4..)?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |name: &str| headers.iter().find(|(own, _)| own == name).map(|(_, value)| *value);
    let body = if header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        unchunked(rest)?
    } else {
        let length = header("content-length").and_then(|length| length.parse().ok());
        let length: usize = length.unwrap_or(rest.len());
        rest.get(..length)?.to_vec()
    };
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).ok()? };
    let cookie = header("set-cookie").and_then(|cookie| cookie.split(';').next());
    Some(Answer { status, cookie: cookie.map(ToOwned::to_owned), body })
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..line)?).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(rest.get(line + 2..line + 2 + size)?);
        rest = rest.get(line + 2 + size + 2..)?;
    }
}
