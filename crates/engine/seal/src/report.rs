//! What she signs when she sends: the manifest of a report, and later versions of a compartment.

use crate::{
    Hash, Refusal,
    columns::{COLUMNS, Columns},
    compartment::{Kind, PADDED_BYTES, Place, TAG_BYTES, Version},
    form::{self, Form, Reader},
    id::CaseId,
    key::PUBLIC_BYTES,
    sign::{self, Signer},
    wrap::Wraps,
};

/// The name of the manifest's label.
const REPORT: &str = "report";

/// One compartment as a manifest names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Of the ciphertext.
    pub closed_hash: Hash,
    /// Of its eight wraps joined.
    pub wraps_hash: Hash,
}

impl Sealed {
    /// The hashes of these bytes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] if the ciphertext has none of the seven sizes.
    pub fn of(closed: &[u8], wraps: &Wraps) -> Result<Self, Refusal> {
        let padded = closed.len().checked_sub(TAG_BYTES).ok_or(Refusal::FormBroken)?;
        if !PADDED_BYTES.contains(&padded) {
            return Err(Refusal::FormBroken);
        }
        Ok(Self { closed_hash: form::hash(closed), wraps_hash: wraps.hash() })
    }
}

/// Everything the server may know of a report. The same report sent twice has the same case and is
/// one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Made on her device.
    pub case: CaseId,
    /// What the server calls her mailbox.
    pub locator: [u8; 32],
    /// Her Ed25519 key, which signs this.
    pub signing_key: [u8; 32],
    /// Her X-Wing key, for answers. Bytes here: who closes for it reads it as a key.
    pub public_key: [u8; PUBLIC_BYTES],
    /// The eight columns.
    pub columns: Columns,
    /// The twelve compartments, in the order of their kinds.
    pub compartments: [Sealed; Kind::OF_REPORT.len()],
}

impl Manifest {
    /// The 2,321 bytes of the form.
    pub fn bytes(&self) -> Vec<u8> {
        let mut form = Form::new()
            .u8(1)
            .bytes(&self.case.0)
            .bytes(&self.locator)
            .bytes(&self.signing_key)
            .bytes(&self.public_key);
        for (_, mark) in self.columns.iter() {
            form = form.bytes(&mark);
        }
        for sealed in &self.compartments {
            form = form.bytes(&sealed.closed_hash).bytes(&sealed.wraps_hash);
        }
        form.done()
    }

    /// Reads the form.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut form = Reader::new(bytes);
        form.version()?;
        let case = CaseId(form.bytes()?);
        let (locator, signing_key, public_key) = (form.bytes()?, form.bytes()?, form.bytes()?);
        let mut marks = [[0; 32]; COLUMNS];
        for mark in &mut marks {
            *mark = form.bytes()?;
        }
        let nothing = Sealed { closed_hash: [0; 32], wraps_hash: [0; 32] };
        let mut compartments = [nothing; Kind::OF_REPORT.len()];
        for sealed in &mut compartments {
            *sealed = Sealed { closed_hash: form.bytes()?, wraps_hash: form.bytes()? };
        }
        form.end()?;
        let columns = Columns::new(marks);
        Ok(Self { case, locator, signing_key, public_key, columns, compartments })
    }

    /// Her signature.
    pub fn sign(&self, signer: &Signer) -> [u8; 64] {
        signer.sign(&Form::labelled(REPORT).bytes(&self.bytes()).done())
    }

    /// Reads a manifest and checks that the key in it signed it. Whether that key is the mailbox's is
    /// what the server remembers from the first report.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`], then [`Refusal::SignatureWrong`].
    pub fn verify(bytes: &[u8], signature: &[u8]) -> Result<Self, Refusal> {
        let manifest = Self::read(bytes)?;
        let signed = Form::labelled(REPORT).bytes(bytes).done();
        sign::verify(&manifest.signing_key, &signed, signature)?;
        Ok(manifest)
    }

    /// Checks that these are the bytes the manifest names for a kind.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a ciphertext of none of the seven sizes or a kind that is no part
    /// of a report, then [`Refusal::SignatureWrong`]: these are not the bytes she signed.
    pub fn holds(&self, kind: Kind, closed: &[u8], wraps: &Wraps) -> Result<(), Refusal> {
        let sealed = Sealed::of(closed, wraps)?;
        let place = Place { case: self.case, kind, version: Version::FIRST };
        let named = self.names(&place).ok_or(Refusal::FormBroken)?;
        if *named == sealed { Ok(()) } else { Err(Refusal::SignatureWrong) }
    }

    /// What the manifest names of a place: version 1 of the twelve compartments, and nothing else.
    pub(crate) fn names(&self, place: &Place) -> Option<&Sealed> {
        let named = self.compartments.get(usize::from(place.kind.number() - 1));
        named.filter(|_sealed| place.version == Version::FIRST)
    }
}

/// A later version of one of the twelve compartments, or one of a thread: of those, version 1 too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amended {
    /// Case, kind and version.
    pub place: Place,
    /// What it is now.
    pub sealed: Sealed,
}

impl Amended {
    /// The author's signature: her mailbox or a member's device.
    pub fn sign(&self, signer: &Signer) -> [u8; 64] {
        signer.sign(&self.signed())
    }

    /// Checks that this author wrote it. Whether she may is not for this crate to say.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(&self, signing_key: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        sign::verify(signing_key, &self.signed(), signature)
    }

    fn signed(&self) -> Vec<u8> {
        let form = self.place.form("amended").bytes(&self.sealed.closed_hash);
        form.bytes(&self.sealed.wraps_hash).done()
    }
}

#[cfg(test)]
mod tests;
