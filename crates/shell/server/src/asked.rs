//! What every handler takes in: a body that reads or says which field does not, an id in the path
//! that is one, a key that makes a retry safe.

use crate::{app::App, problem::Turned};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::request::Parts,
};
use kernel::{Id, Secret, id::Kind};
use serde::{Serialize, de::DeserializeOwned};

/// The name of the header every write carries.
pub const KEY_HEADER: &str = "idempotency-key";

/// A JSON body.
pub struct Told<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Told<T> {
    type Rejection = Turned;

    async fn from_request(request: Request, state: &S) -> Result<Self, Turned> {
        let bytes =
            Bytes::from_request(request, state).await.map_err(|_too_large| Turned::TooLarge)?;
        // An empty body is an empty object: verbs without details need none.
        let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        read(bytes).map(Self)
    }
}

/// Reads JSON; what cannot be read is named by its field, never by its content.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Turned> {
    // `serde_json` says what it found, which may be what the person typed: only the field's name,
    // which is ours, is passed on.
    serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        let field = text.split('`').nth(1).filter(|_| text.starts_with("missing field"));
        Turned::NotUnderstood(field.map(str::to_owned))
    })
}

/// A query string.
pub struct Find<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Find<T> {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Turned> {
        let Query(query) = Query::from_request_parts(parts, state)
            .await
            .map_err(|_text| Turned::NotUnderstood(None))?;
        Ok(Self(query))
    }
}

/// The id in the path. One that cannot be an id names nothing, like one that names nothing.
pub struct Named<K>(pub Id<K>);

impl<K: Kind, S: Send + Sync> FromRequestParts<S> for Named<K> {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Turned> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_text| Turned::NoSuchThing)?;
        text.parse().map(Self).map_err(|_text| Turned::NoSuchThing)
    }
}

/// The key of a write as the caller chose it, with the method and path it came on.
pub struct Keyed {
    chosen: String,
    on: String,
    secret: Secret<[u8; 32]>,
}

impl Keyed {
    /// The key as the store keeps it: within its audience, for this very path and body. The body
    /// goes in under a secret of the server's: what is kept of a phone number must not be found by
    /// trying all of them.
    pub fn within(&self, audience: &str, body: &impl Serialize) -> store::Key {
        let body = serde_json::to_vec(body).unwrap_or_default();
        let request = crate::auth::keyed::tag(&self.secret, &[self.on.as_bytes(), &body]);
        store::Key::new(audience, &self.chosen, &request)
    }
}

impl FromRequestParts<App> for Keyed {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let chosen = parts.headers.get(KEY_HEADER).and_then(|value| value.to_str().ok());
        // Within one audience, 8 characters are enough that two phones never choose the same by
        // chance; the screens send 36.
        let chosen = chosen.filter(|text| (8..=128).contains(&text.len())).ok_or(Turned::NoKey)?;
        Ok(Self {
            chosen: chosen.to_owned(),
            on: format!("{} {}", parts.method, parts.uri.path()),
            secret: app.request_key().clone(),
        })
    }
}

/// A word of the domain as the interface says it, or the other way round: both are written alike,
/// which a test holds for every one of them.
///
/// # Errors
/// [`Turned::Fault`] if they are not.
pub fn same_word<A: Serialize, B: DeserializeOwned>(word: &A) -> Result<B, Turned> {
    let written = serde_json::to_value(word).map_err(|_never| Turned::Fault)?;
    serde_json::from_value(written).map_err(|_unlike| Turned::Fault)
}

/// A JSON answer.
pub type Answer<T> = Result<Json<T>, Turned>;

#[cfg(test)]
mod tests;
