//! Labels, and forms read exactly: no byte more, none fewer.

use crate::Refusal;
use sha2::{Digest, Sha256};

/// Before every label, so that nothing derived here can be taken for another protocol's.
const PREFIX: &[u8] = b"waylight/matching/v1/";

/// A label, and what follows it.
pub(crate) fn labelled(name: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = [PREFIX, name.as_bytes()].concat();
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// SHA-256 of a label and what follows it.
pub(crate) fn hash(name: &str, parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(labelled(name, parts)).into()
}

/// Exactly so many bytes.
pub(crate) fn exactly<const N: usize>(bytes: &[u8], refused: Refusal) -> Result<[u8; N], Refusal> {
    bytes.try_into().map_err(|_length| refused)
}

/// A form being read, field by field. Whoever reads ends with [`Reader::end`].
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next `N` bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (field, rest) = self.0.split_first_chunk().ok_or(Refusal::FormBroken)?;
        self.0 = rest;
        Ok(*field)
    }

    /// The next so many bytes.
    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (field, rest) = self.0.split_at_checked(length).ok_or(Refusal::FormBroken)?;
        self.0 = rest;
        Ok(field)
    }

    /// A byte that can only be this one.
    pub(crate) fn only(&mut self, byte: u8) -> Result<(), Refusal> {
        if self.bytes()? == [byte] { Ok(()) } else { Err(Refusal::FormBroken) }
    }

    /// Nothing may stand after the last field.
    pub(crate) fn end(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::FormBroken) }
    }
}
