//! One device's connection: HTTP/1.1, kept open as a browser keeps it, made anew when it breaks.

use anyhow::Result;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;

/// Longer than this no screen waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// No whole answer came: nothing is known then.
#[derive(Debug)]
pub(crate) struct Unreached;

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer")
    }
}
impl std::error::Error for Unreached {}

/// An answer that arrived whole.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The cookie it set, without its attributes.
    pub(crate) cookie: Option<String>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Whether the server says it is done: only then is anything acknowledged.
    pub(crate) fn acknowledged(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Why not: the status and the problem's code.
    pub(crate) fn problem(&self) -> String {
        let code = serde_json::from_slice::<wire::problem::Problem>(&self.body);
        format!("{} {}", self.status, code.map(|problem| problem.code).unwrap_or_default())
    }
}

/// What a device shows of itself with every request.
#[derive(Clone)]
pub(crate) struct Pass(HeaderName, HeaderValue);

impl Pass {
    /// The session of a seat.
    pub(crate) fn cookie(cookie: &str) -> Result<Self> {
        Ok(Self(header::COOKIE, HeaderValue::from_str(cookie)?))
    }

    /// The token of one walk.
    pub(crate) fn bearer(token: &str) -> Result<Self> {
        Ok(Self(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}"))?))
    }
}

/// A connection.
pub(crate) struct Line {
    server: SocketAddr,
    host: HeaderValue,
    origin: HeaderValue,
    pass: Option<Pass>,
    open: Option<SendRequest<Full<Bytes>>>,
}

impl Line {
    /// To a server, not connected yet.
    pub(crate) fn to(server: SocketAddr, pass: Option<Pass>) -> Result<Self> {
        Ok(Self {
            server,
            host: HeaderValue::from_str(&server.to_string())?,
            origin: HeaderValue::from_str(&format!("http://{server}"))?,
            pass,
            open: None,
        })
    }

    /// From now on with this.
    pub(crate) fn show(&mut self, pass: Pass) {
        self.pass = Some(pass);
    }

    /// `GET path`.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, Unreached> {
        self.whole(Method::GET, path, None, Bytes::new()).await
    }

    /// `POST path`, once under this key.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        key: &str,
        body: Bytes,
    ) -> Result<Answer, Unreached> {
        self.whole(Method::POST, path, Some(key), body).await
    }

    /// Opens a feed on this connection, which is the feed's from then on.
    pub(crate) async fn listen(&mut self, path: &str) -> Result<Response<Incoming>, Unreached> {
        self.send(Method::GET, path, None, Bytes::new()).await
    }

    async fn whole(
        &mut self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Bytes,
    ) -> Result<Answer, Unreached> {
        let asked = async {
            let response = self.send(method, path, key, body).await?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.map_err(|_cut_off| Unreached)?.to_bytes();
            let cookie = parts.headers.get(header::SET_COOKIE).and_then(|set| set.to_str().ok());
            let cookie = cookie.and_then(|set| set.split(';').next()).map(ToOwned::to_owned);
            Ok(Answer { status: parts.status.as_u16(), cookie, body })
        };
        let answer = tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(Unreached));
        if answer.is_err() {
            // What is half said on it must not be taken for the answer to the next question.
            self.open = None;
        }
        answer
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Bytes,
    ) -> Result<Response<Incoming>, Unreached> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host)
            .header(header::ORIGIN, &self.origin);
        if let Some(Pass(name, value)) = &self.pass {
            request = request.header(name, value);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(Full::new(body)).map_err(|_malformed| Unreached)?;
        let open = self.connected().await?;
        open.send_request(request).await.map_err(|_broken| Unreached)
    }

    async fn connected(&mut self) -> Result<&mut SendRequest<Full<Bytes>>, Unreached> {
        if let Some(open) = &mut self.open
            && open.ready().await.is_err()
        {
            self.open = None;
        }
        if self.open.is_none() {
            let stream = TcpStream::connect(self.server).await.map_err(|_refused| Unreached)?;
            stream.set_nodelay(true).map_err(|_closed| Unreached)?;
            let shaken = handshake(TokioIo::new(stream)).await;
            let (open, connection) = shaken.map_err(|_broken| Unreached)?;
            // Ends with its sender; how it broke is known from the request it broke under.
            tokio::spawn(async move { connection.await.ok() });
            self.open = Some(open);
        }
        self.open.as_mut().ok_or(Unreached)
    }
}
