//! Bytes as they travel: base64url without padding (RFC 4648 §5), read strictly, so that every
//! byte string has one spelling. Neither type has a `Debug`: they hold locators and case numbers.

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

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// No letter of the alphabet.
const NONE: u8 = 0xff;
/// What each letter stands for.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut at = 0;
    while at < LETTERS.len() {
        values[LETTERS[at] as usize] = at as u8;
        at += 1;
    }
    values
};

/// Writes bytes.
fn write(bytes: &[u8]) -> String {
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

/// Reads them; `None` for another letter, padding, a length that is none, or bits left over that
/// are not zero.
fn read(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.chunks(4) {
        let mut word = 0_u32;
        for letter in chunk {
            let value = VALUES[usize::from(*letter)];
            if value == NONE {
                return None;
            }
            word = (word << 6) | u32::from(value);
        }
        let [_, first, second, third] = (word << (6 * (4 - chunk.len()))).to_be_bytes();
        let (whole, left_over): (&[u8], u8) = match chunk.len() {
            4 => (&[first, second, third], 0),
            3 => (&[first, second], third),
            2 => (&[first], second | third),
            _ => return None,
        };
        if left_over != 0 {
            return None;
        }
        bytes.extend_from_slice(whole);
    }
    Some(bytes)
}

/// Reads a text where it lies: bodies are long.
struct Read;

impl de::Visitor<'_> for Read {
    type Value = Vec<u8>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("base64url without padding")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<u8>, E> {
        read(text.as_bytes()).ok_or_else(|| E::custom("not base64url without padding"))
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Read).map(Self)
    }
}

impl<const N: usize> Serialize for Exact<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(&self.0))
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
