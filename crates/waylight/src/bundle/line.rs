//! A connection to a city's server, as a browser's: one after the other, kept open, and made anew when it
//! breaks.

use anyhow::{Context, Result, bail, ensure};
use axum::http::{Uri, uri::Scheme};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{
    Request,
    body::{Bytes, Incoming},
    client::conn::http1::{SendRequest, handshake},
    header::{self, HeaderName},
};
use hyper_util::rt::TokioIo;
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// Longer than this no file takes.
const PATIENCE: Duration = Duration::from_mins(1);
/// No file of the pages is longer, in bytes.
const MOST_BYTES: usize = 64 << 20;
/// What browsers say they are. Whoever serves one page to people and another to who watches must not be
/// told which this is.
const BROWSER: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

/// No whole answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreached;

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) mime: Vec<u8>,
    pub(super) encoding: Vec<u8>,
    pub(super) body: Bytes,
    refresh: bool,
}

impl Answer {
    /// Whether a browser would go somewhere else.
    pub(super) const fn leads_elsewhere(&self) -> bool {
        matches!(self.status, 300..=399) || self.refresh
    }
}

/// A connection.
pub(super) struct Line {
    host: String,
    port: u16,
    /// As a request names it.
    authority: String,
    tls: Option<TlsConnector>,
    open: Option<SendRequest<Empty<Bytes>>>,
}

impl Line {
    /// To a server, not connected yet.
    ///
    /// # Errors
    /// If that is no address of a server.
    pub(super) fn to(url: &str) -> Result<Self> {
        let url: Uri = url.parse().with_context(|| format!("{url} is no address"))?;
        ensure!(matches!(url.path(), "" | "/"), "write the server alone: https://city.example.org");
        let secure = match url.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => bail!("write https:// before it"),
        };
        let authority = url.authority().context("there is no server in it")?;
        Ok(Self {
            host: authority.host().trim_matches(['[', ']']).to_owned(),
            port: authority.port_u16().unwrap_or(if secure { 443 } else { 80 }),
            authority: authority.as_str().to_owned(),
            tls: secure.then(secured).transpose()?,
            open: None,
        })
    }

    /// Asks for a path.
    pub(super) async fn get(&mut self, path: &str, compressed: bool) -> Result<Answer, Unreached> {
        let asked = async {
            let request = Request::get(path)
                .header(header::HOST, &self.authority)
                .header(header::USER_AGENT, BROWSER)
                .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
                .header(header::ACCEPT_LANGUAGE, "ko-KR,ko;q=0.9,en;q=0.8")
                .header(header::ACCEPT_ENCODING, if compressed { "gzip" } else { "identity" })
                .body(Empty::new())
                .map_err(|_malformed| Unreached)?;
            let open = self.connected().await?;
            let answered = open.send_request(request).await.map_err(|_broken| Unreached)?;
            let (parts, body) = answered.into_parts();
            let value = |name: HeaderName| {
                parts.headers.get(name).map(|value| value.as_bytes().to_vec()).unwrap_or_default()
            };
            Ok(Answer {
                status: parts.status.as_u16(),
                mime: value(header::CONTENT_TYPE),
                encoding: value(header::CONTENT_ENCODING),
                refresh: parts.headers.contains_key(header::REFRESH),
                body: whole(body).await?,
            })
        };
        let answer = tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(Unreached));
        if answer.is_err() {
            self.open = None;
        }
        answer
    }

    async fn connected(&mut self) -> Result<&mut SendRequest<Empty<Bytes>>, Unreached> {
        if let Some(open) = &mut self.open
            && open.ready().await.is_err()
        {
            self.open = None;
        }
        if self.open.is_none() {
            let stream = TcpStream::connect((self.host.as_str(), self.port)).await;
            let stream = stream.map_err(|_refused| Unreached)?;
            stream.set_nodelay(true).map_err(|_closed| Unreached)?;
            self.open = Some(match &self.tls {
                None => shaken(stream).await?,
                Some(tls) => {
                    let name =
                        ServerName::try_from(self.host.clone()).map_err(|_name| Unreached)?;
                    let stream = tls.connect(name, stream).await.map_err(|_not_it| Unreached)?;
                    shaken(stream).await?
                }
            });
        }
        self.open.as_mut().ok_or(Unreached)
    }
}

async fn whole(body: Incoming) -> Result<Bytes, Unreached> {
    let collected = Limited::new(body, MOST_BYTES).collect().await;
    collected.map(http_body_util::Collected::to_bytes).map_err(|_cut_off| Unreached)
}

async fn shaken(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<SendRequest<Empty<Bytes>>, Unreached> {
    let (open, connection) = handshake(TokioIo::new(stream)).await.map_err(|_broken| Unreached)?;
    // Ends with its sender; how it broke is known from the request it broke under.
    tokio::spawn(async move { connection.await.ok() });
    Ok(open)
}

/// TLS as browsers have it, by the roots they all know.
fn secured() -> Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
