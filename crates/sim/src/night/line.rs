//! What lies between a phone and the service: a network, or, in the simulated city, a network that
//! loses, repeats and cuts off at a seed's will.

use super::phone::Trouble;
use futures::future::BoxFuture;
use std::sync::Arc;

/// Carries what a phone sends and brings back what was answered.
pub(crate) trait Line: Send + Sync {
    /// One request, there and back.
    fn carry(&self, parcel: Parcel) -> BoxFuture<'_, Result<Reply, Trouble>>;
}

/// Who a phone speaks for.
#[derive(Clone, Debug, Default)]
pub(crate) enum Pass {
    /// Anybody.
    #[default]
    Nobody,
    /// A signed-in seat.
    Cookie(String),
    /// The token of one request or alarm.
    Bearer(String),
    /// A seat about to be signed in to by its simulated player.
    Simulated(String),
}

/// One request as a phone sends it.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    /// Whose phone it is: a seat's part, or a person's outing.
    pub(crate) owner: Arc<str>,
    /// Path and query.
    pub(crate) path: String,
    /// Who is asking.
    pub(crate) pass: Pass,
    /// What is written, with the key that makes it one wish however often it is said; `None` only
    /// looks.
    pub(crate) write: Option<(String, Vec<u8>)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// HTTP status.
    pub(crate) status: u16,
    /// What the browser is told to keep, `name=value; …` for all of it.
    pub(crate) cookie: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// A real network.
#[derive(Clone, Debug)]
pub(super) struct Network {
    http: reqwest::Client,
    origin: String,
    page: String,
}

impl Network {
    /// To the service at `origin` (`http://127.0.0.1:8080`), whose pages say they are of `page`.
    pub(super) fn new(http: reqwest::Client, origin: &str, page: &str) -> Self {
        let bare = |url: &str| url.trim_end_matches('/').to_owned();
        Self { http, origin: bare(origin), page: bare(page) }
    }

    async fn send(&self, parcel: Parcel) -> Result<Reply, reqwest::Error> {
        let url = format!("{}{}", self.origin, parcel.path);
        let request = match parcel.write {
            None => self.http.get(url),
            Some((key, body)) => self
                .http
                .post(url)
                .header("Origin", &self.page)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .body(body),
        };
        let request = match parcel.pass {
            Pass::Nobody => request,
            Pass::Cookie(cookie) => request.header("Cookie", cookie),
            Pass::Bearer(token) => request.bearer_auth(token),
            Pass::Simulated(pass) => request.header("X-Simulated", pass),
        };
        let answer = request.send().await?;
        let cookies = answer.headers().get_all("set-cookie").iter();
        let cookie = cookies
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect::<Vec<_>>()
            .join("; ");
        let status = answer.status().as_u16();
        Ok(Reply { status, cookie, body: answer.bytes().await?.to_vec() })
    }
}

impl Line for Network {
    fn carry(&self, parcel: Parcel) -> BoxFuture<'_, Result<Reply, Trouble>> {
        Box::pin(async move { self.send(parcel).await.map_err(|_lost| Trouble::Unreached) })
    }
}
