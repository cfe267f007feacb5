//! The token a woman's phone keeps for one walk or one alarm. It is derived from the thing's id
//! and a key only this server has (HMAC-SHA-256, 256 bits), so nothing about it is at rest: the
//! database of a stolen disk holds no token, and a repeated request is answered with the same one.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{header, request::Parts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Id, Secret, id::Kind};
use std::convert::Infallible;
use subtle::ConstantTimeEq;

/// What a bearer sent, not yet checked against anything.
#[derive(Clone)]
pub struct Bearer(Secret<[u8; 32]>);

/// The key all bearer tokens are derived from.
#[derive(Clone)]
pub struct BearerKey(Secret<[u8; 32]>);

impl BearerKey {
    /// From the city's keys.
    pub const fn new(key: Secret<[u8; 32]>) -> Self {
        Self(key)
    }

    fn mac<K: Kind>(&self, id: Id<K>) -> [u8; 32] {
        super::keyed::tag(&self.0, &[K::PREFIX.as_bytes(), &id.bits().to_be_bytes()])
    }

    /// The token of `id`, as a phone keeps it: 43 letters of base64url.
    pub fn token<K: Kind>(&self, id: Id<K>) -> String {
        base64url(&self.mac(id))
    }

    /// Whether this is the token of `id`; takes as long for a wrong one as for the right one.
    pub fn fits<K: Kind>(&self, bearer: Option<&Bearer>, id: Id<K>) -> bool {
        bearer.is_some_and(|bearer| bearer.0.expose().ct_eq(&self.mac(id)).into())
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Bearer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        // A header that is no token of ours is no token: whoever needs one is told 404, like
        // everybody who has none.
        Ok(sent.and_then(|text| text.strip_prefix("Bearer ")).and_then(read).map(Self))
    }
}

impl<S: Sync> FromRequestParts<S> for Bearer {
    type Rejection = crate::problem::Turned;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let Ok(bearer) =
            <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await;
        bearer.ok_or(crate::problem::Turned::NoSuchThing)
    }
}

/// Base64url without padding (RFC 4648 §5).
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads 32 bytes of base64url; every other text is none, also one whose last letter has bits left
/// over: two texts would be one token.
pub(crate) fn read(text: &str) -> Option<Secret<[u8; 32]>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    <[u8; 32]>::try_from(bytes).ok().map(Secret::new)
}

#[cfg(test)]
mod tests;
