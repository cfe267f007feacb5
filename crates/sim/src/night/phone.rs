//! What every person of the night holds: a client of the same HTTP interface the screens use.

use super::line::{Line, Parcel, Pass, Reply};
use kernel::{Instant, Span};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
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

/// A phone, a till or a desk's browser.
#[derive(Clone)]
pub(crate) struct Phone {
    line: Arc<dyn Line>,
    owner: Arc<str>,
    pass: Pass,
    /// How far its clock is ahead.
    skew: Span,
}

impl Phone {
    /// A phone of this owner, signed in nowhere, whose clock is right.
    pub(crate) fn new(line: Arc<dyn Line>, owner: &str) -> Self {
        Self { line, owner: owner.into(), pass: Pass::Nobody, skew: Span::ZERO }
    }

    /// The same phone with its clock so far ahead.
    pub(crate) fn skewed(self, skew: Span) -> Self {
        Self { skew, ..self }
    }

    /// What its clock shows when it is `now`.
    pub(crate) fn shows(&self, now: Instant) -> Instant {
        now + self.skew
    }

    /// The same phone holding the token of one request or alarm.
    pub(crate) fn holding(&self, token: &str) -> Self {
        Self { pass: Pass::Bearer(token.to_owned()), ..self.clone() }
    }

    /// Signs in to a seat of the demo as its simulated player: the seat stays free for a person.
    ///
    /// # Errors
    /// [`Trouble`] when the service cannot be reached or knows no such part.
    pub(crate) async fn sit_down(
        &mut self,
        part: &str,
        pass: &str,
        key: &str,
    ) -> Result<(), Trouble> {
        self.pass = Pass::Simulated(pass.to_owned());
        let asked = DemoSignIn { part: part.to_owned() };
        let answer = self.send("/api/demo/sign-in", key, &asked).await?;
        let cookie = answer.cookie.clone();
        refused(answer)?;
        self.pass = Pass::Cookie(cookie);
        Ok(())
    }

    /// `GET path`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Trouble> {
        read(self.line.carry(self.parcel(path, None)).await?)
    }

    /// `POST path`; `key` names the wish, so that saying it twice does it once.
    ///
    /// # Errors
    /// [`Trouble`].
    pub(crate) async fn post<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<T, Trouble> {
        read(self.send(path, key, body).await?)
    }

    /// `POST path` where the answer has no body.
    ///
    /// # Errors
    /// [`Trouble`].
    pub(crate) async fn tell<B: Serialize + Sync>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<(), Trouble> {
        refused(self.send(path, key, body).await?).map(drop)
    }

    async fn send<B: Serialize + Sync>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<Reply, Trouble> {
        let body = serde_json::to_vec(body).map_err(|error| Trouble::Garbled(error.to_string()))?;
        self.line.carry(self.parcel(path, Some((key.to_owned(), body)))).await
    }

    fn parcel(&self, path: &str, write: Option<(String, Vec<u8>)>) -> Parcel {
        let (owner, pass) = (Arc::clone(&self.owner), self.pass.clone());
        Parcel { owner, path: path.to_owned(), pass, write }
    }
}

/// The answer's body if it is one, else the refusal.
fn refused(answer: Reply) -> Result<Vec<u8>, Trouble> {
    let Reply { status, body, .. } = answer;
    if (200..300).contains(&status) {
        return Ok(body);
    }
    let code = serde_json::from_slice::<Problem>(&body).map(|problem| problem.code);
    Err(Trouble::Refused { status, code: code.unwrap_or_default() })
}

fn read<T: DeserializeOwned>(answer: Reply) -> Result<T, Trouble> {
    let body = refused(answer)?;
    // The error of serde names the field and position, never the value.
    serde_json::from_slice(&body).map_err(|error| Trouble::Garbled(error.to_string()))
}
