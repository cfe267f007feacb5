//! What every person of the night holds: a client of the same HTTP interface the screens use.

use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;
use wire::demo::DemoSignIn;
use wire::problem::Problem;

/// Why a request came to nothing.
#[derive(Debug, Error)]
pub enum Trouble {
    /// The service could not be reached or broke off; nothing is known of what happened.
    #[error("not reached")]
    Unreached,
    /// The service said no, with this status and code.
    #[error("{status} {code}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The problem's stable code, or nothing if the answer was no problem document.
        code: String,
    },
    /// The answer is not what the contract says.
    #[error("answer not understood: {0}")]
    Garbled(String),
}

impl Trouble {
    /// Whether trying the same request again with the same key can help.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Unreached | Self::Refused { status: 500.., .. })
    }
}

/// Who a phone speaks for.
#[derive(Clone, Debug, Default)]
enum Pass {
    /// Anybody.
    #[default]
    Nobody,
    /// A signed-in seat.
    Cookie(String),
    /// The token of one request or alarm.
    Bearer(String),
}

/// A phone, a till or a desk's browser.
#[derive(Clone, Debug)]
pub struct Phone {
    http: reqwest::Client,
    origin: String,
    page: String,
    pass: Pass,
}

impl Phone {
    /// A phone that knows the service at `origin` (`http://127.0.0.1:8080`), shows its pages as of
    /// `page`, and is signed in nowhere.
    pub fn new(http: reqwest::Client, origin: &str, page: &str) -> Self {
        let bare = |url: &str| url.trim_end_matches('/').to_owned();
        Self { http, origin: bare(origin), page: bare(page), pass: Pass::Nobody }
    }

    /// The same phone holding the token of one request or alarm.
    #[must_use]
    pub fn holding(&self, token: &str) -> Self {
        Self { pass: Pass::Bearer(token.to_owned()), ..self.clone() }
    }

    /// Signs in to a seat of the demo as its simulated player: the seat stays free for a person.
    ///
    /// # Errors
    /// [`Trouble`] when the service cannot be reached or knows no such part.
    pub async fn sit_down(&mut self, part: &str, pass: &str, key: &str) -> Result<(), Trouble> {
        let request = self
            .http
            .post(format!("{}/api/demo/sign-in", self.origin))
            .header("Origin", &self.page)
            .header("X-Simulated", pass)
            .header("Idempotency-Key", key)
            .json(&DemoSignIn { part: part.to_owned() });
        let answer = request.send().await.map_err(|_lost| Trouble::Unreached)?;
        let cookie = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect::<Vec<_>>()
            .join("; ");
        refused(answer).await?;
        self.pass = Pass::Cookie(cookie);
        Ok(())
    }

    /// `GET path`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Trouble> {
        let request = self.http.get(format!("{}{path}", self.origin));
        read(self.with_pass(request).send().await).await
    }

    /// `POST path`; `key` names the wish, so that saying it twice does it once.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn post<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<T, Trouble> {
        read(self.send(path, key, body).await).await
    }

    /// `POST path` where the answer has no body.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn tell<B: Serialize + Sync>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<(), Trouble> {
        let answer = self.send(path, key, body).await.map_err(|_lost| Trouble::Unreached)?;
        refused(answer).await.map(drop)
    }

    async fn send<B: Serialize + Sync>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<reqwest::Response, reqwest::Error> {
        let request = self
            .http
            .post(format!("{}{path}", self.origin))
            .header("Origin", &self.page)
            .header("Idempotency-Key", key)
            .json(body);
        self.with_pass(request).send().await
    }

    fn with_pass(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.pass {
            Pass::Nobody => request,
            Pass::Cookie(cookie) => request.header("Cookie", cookie),
            Pass::Bearer(token) => request.bearer_auth(token),
        }
    }
}

/// The answer's body if it is one, else the refusal.
async fn refused(answer: reqwest::Response) -> Result<Vec<u8>, Trouble> {
    let status = answer.status();
    let body = answer.bytes().await.map_err(|_lost| Trouble::Unreached)?;
    if status.is_success() {
        return Ok(body.to_vec());
    }
    let code = serde_json::from_slice::<Problem>(&body).map(|problem| problem.code);
    Err(Trouble::Refused { status: status.as_u16(), code: code.unwrap_or_default() })
}

async fn read<T: DeserializeOwned>(
    sent: Result<reqwest::Response, reqwest::Error>,
) -> Result<T, Trouble> {
    let answer = sent.map_err(|_lost| Trouble::Unreached)?;
    let body = refused(answer).await?;
    // The error of serde names the field and position, never the value.
    serde_json::from_slice(&body).map_err(|error| Trouble::Garbled(error.to_string()))
}
