//! Bytes as they travel: base64url without padding (RFC 4648 §5), read strictly, so that every
//! byte string has one spelling. Neither type has a `Debug`: they hold locators and case numbers.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// Bytes of any length.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

/// Exactly so many bytes; others are not understood.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Exact<const N: usize>(pub [u8; N]);

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Reads a text where it lies: bodies are long.
struct Read;

impl de::Visitor<'_> for Read {
    type Value = Vec<u8>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("base64url without padding")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<u8>, E> {
        URL_SAFE_NO_PAD.decode(text).map_err(|_which| E::custom("not base64url without padding"))
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Read).map(Self)
    }
}

impl<const N: usize> Serialize for Exact<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Exact<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = deserializer.deserialize_str(Read)?;
        let bytes = bytes.try_into().map_err(|_length| de::Error::custom("another length"))?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests;
