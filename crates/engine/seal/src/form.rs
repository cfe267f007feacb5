//! Forms with fixed bytes, written and read exactly: no byte more, none fewer, none skipped.

use crate::{Hash, Refusal};
use sha2::{Digest, Sha256};

/// Before every label, so that nothing closed or signed here can be taken for another protocol's.
const PREFIX: &str = "waylight/seal/v1/";

/// More than any form that holds a secret has: one that moved while it grew would stay where it was.
const SHORT_BYTES: usize = 256;

/// The label as bytes.
pub(crate) fn label(name: &str) -> Vec<u8> {
    Form::labelled(name).done()
}

/// SHA-256.
pub(crate) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// A form being written, field by field.
pub(crate) struct Form(Vec<u8>);

impl Form {
    /// Begins with a form's own bytes.
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(SHORT_BYTES))
    }

    /// Begins with a label.
    pub(crate) fn labelled(name: &str) -> Self {
        Self::new().bytes(PREFIX.as_bytes()).bytes(name.as_bytes())
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn u8(self, number: u8) -> Self {
        self.bytes(&[number])
    }

    pub(crate) fn u16(self, number: u16) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    pub(crate) fn u32(self, number: u32) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    pub(crate) fn u64(self, number: u64) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn hash(&self) -> Hash {
        hash(&self.0)
    }
}

/// A form being read, field by field. Whoever reads ends with [`Reader::end`].
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next `N` bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (field, rest) = self.0.split_first_chunk().ok_or(Refusal::FormBroken)?;
        self.0 = rest;
        Ok(*field)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Refusal> {
        self.bytes().map(u8::from_be_bytes)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Refusal> {
        self.bytes().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Refusal> {
        self.bytes().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Refusal> {
        self.bytes().map(u64::from_be_bytes)
    }

    /// The number every form begins with says its version: 1 is the only one there is.
    pub(crate) fn version(&mut self) -> Result<(), Refusal> {
        if self.u8()? == 1 { Ok(()) } else { Err(Refusal::FormBroken) }
    }

    /// Nothing may stand after the last field.
    pub(crate) fn end(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::FormBroken) }
    }
}
