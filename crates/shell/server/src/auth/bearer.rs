//! The token a woman's phone keeps for one walk or one alarm. It is derived from the thing's id
//! and a key only this server has (HMAC-SHA-256, 256 bits), so nothing about it is at rest: the
//! database of a stolen disk holds no token, and a repeated request is answered with the same one.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{header, request::Parts},
};
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

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64url without padding (RFC 4648 §5).
pub fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(LETTERS[(word >> (18 - 6 * place)) as usize & 63]));
        }
    }
    text
}

/// Reads 32 bytes of base64url; every other text is none.
pub(crate) fn read(text: &str) -> Option<Secret<[u8; 32]>> {
    let mut bytes = Vec::with_capacity(33);
    let (mut word, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        word = (word << 6) | value as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    // What is left over must be zero, or two texts would be one token.
    (word == 0).then_some(())?;
    <[u8; 32]>::try_from(bytes).ok().map(Secret::new)
}

#[cfg(test)]
mod tests;
