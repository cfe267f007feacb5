//! Asking the issuer whether a token is good for a question: for this server, and for a holder's. The
//! answer is signed, so that nobody between can say yes; what is sent says nothing of anybody.

use crate::pack::Origin;
use ::matching::receipt::{self, Kind};
use axum::{
    body::Bytes,
    http::{Request, StatusCode, Uri, header, uri::Scheme},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, pki_types::ServerName},
};
use wire::{
    matching::{RedeemToken, TokenKind, TokenRedeemed},
    onestop::Exact,
    problem::Problem,
};

/// Longer than this nobody waits for the issuer.
const PATIENCE: Duration = Duration::from_secs(8);
/// No answer of the issuer is longer.
const ANSWER_BYTES: usize = 4 * 1_024;

/// Why a token was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRedeemed {
    /// No token, or not for this question.
    TokenWrong,
    /// It was spent on another question.
    TokenUsed,
    /// The issuer cannot be reached, or what answers is not the issuer.
    IssuerAway,
}

/// Who asks the issuer.
pub struct Redeemer {
    at: Origin,
    receipt_key: [u8; 32],
    tls: Option<TlsConnector>,
}

impl Redeemer {
    /// For an issuer that answers at an origin, and signs with a key.
    pub fn new(at: Origin, receipt_key: [u8; 32]) -> Self {
        let tls = at.as_str().starts_with("https:").then(|| {
            let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
            let config = ClientConfig::builder().with_root_certificates(roots);
            TlsConnector::from(Arc::new(config.with_no_client_auth()))
        });
        Self { at, receipt_key, tls }
    }

    /// Has a token taken for one question. For the same question it is good again.
    ///
    /// # Errors
    /// [`NotRedeemed`].
    pub async fn redeem(
        &self,
        kind: Kind,
        spending: &[u8; 64],
        question: &[u8; 32],
    ) -> Result<(), NotRedeemed> {
        let away = |reason: &str| {
            tracing::warn!(reason, "the issuer of matching tokens is away");
            NotRedeemed::IssuerAway
        };
        let asked = RedeemToken {
            kind: match kind {
                Kind::Ask => TokenKind::Ask,
                Kind::Leave => TokenKind::Leave,
            },
            spending: Exact(*spending),
            question: Exact(*question),
        };
        let body = serde_json::to_vec(&asked).map_err(|_never| away("body"))?;
        let (status, answer) = match timeout(PATIENCE, self.post(body)).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(error)) => return Err(away(&error.to_string())),
            Err(_elapsed) => return Err(away("it takes too long")),
        };
        if status == StatusCode::OK {
            let read: Result<TokenRedeemed, _> = serde_json::from_slice(&answer);
            let receipt = read.map_err(|_text| away("no receipt"))?.receipt;
            let held = receipt::check(&self.receipt_key, kind, question, &receipt.0);
            return held.map_err(|_wrong| away("the receipt is not signed by the issuer"));
        }
        match serde_json::from_slice::<Problem>(&answer).map(|problem| problem.code).as_deref() {
            Ok("matching.token_wrong") => Err(NotRedeemed::TokenWrong),
            Ok("matching.token_used") => Err(NotRedeemed::TokenUsed),
            _ => Err(away(status.as_str())),
        }
    }

    async fn post(&self, body: Vec<u8>) -> Result<(StatusCode, Bytes), io::Error> {
        let uri: Uri = self.at.as_str().parse().map_err(io::Error::other)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let usual = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(usual))).await?;
        stream.set_nodelay(true)?;
        let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
        match &self.tls {
            None => send(stream, &authority, body).await,
            Some(tls) => {
                let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
                send(tls.connect(name, stream).await?, &authority, body).await
            }
        }
    }
}

/// One request on a connection of its own, as they are rare.
async fn send(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    authority: &str,
    body: Vec<u8>,
) -> Result<(StatusCode, Bytes), io::Error> {
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // It ends with the answer; what went wrong with it is told there.
    tokio::spawn(async move { drop(connection.await) });
    let request = Request::post("/v1/redeem")
        .header(header::HOST, authority)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close")
        .body(Full::new(Bytes::from(body)))
        .map_err(io::Error::other)?;
    let answer = sender.send_request(request).await.map_err(io::Error::other)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), ANSWER_BYTES);
    let bytes = body.collect().await.map_err(io::Error::other)?.to_bytes();
    Ok((status, bytes))
}

#[cfg(test)]
mod tests;
