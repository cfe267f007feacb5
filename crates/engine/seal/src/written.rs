//! What happens to a case after it was sent: wraps that are replaced, and how a reader follows from
//! what was signed to what is there now.

use crate::{
    Hash, Refusal,
    compartment::Place,
    report::{Amended, Manifest, Sealed},
    sign::{self, Signer},
    wrap::Wraps,
};

/// That the wraps of one version were replaced: a consent taken back, or a team's key moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Case, kind and version.
    pub place: Place,
    /// Of the ciphertext, which stays as it is.
    pub closed_hash: Hash,
    /// Of the eight wraps joined, before.
    pub before: Hash,
    /// And after.
    pub after: Hash,
}

impl Moved {
    /// The signature of who moved it: her mailbox or a member's device.
    pub fn sign(&self, signer: &Signer) -> [u8; 64] {
        signer.sign(&self.signed())
    }

    /// Checks that this author moved it. Whether she may is not for this crate to say.
    ///
    /// # Errors
    /// [`Refusal::SignatureWrong`].
    pub fn verify(&self, signing_key: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        sign::verify(signing_key, &self.signed(), signature)
    }

    fn signed(&self) -> Vec<u8> {
        let form = self.place.form("moved").bytes(&self.closed_hash);
        form.bytes(&self.before).bytes(&self.after).done()
    }
}

/// An author's key and signature, as they come along.
#[derive(Clone, Copy)]
pub struct Authored<'a> {
    /// Her mailbox's key, or the one the directory has for the device.
    pub key: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

/// One record of wraps replaced, as it is kept: what it led to is where the next one begins.
#[derive(Clone, Copy)]
pub struct Move<'a> {
    /// The hash of the wraps it began with.
    pub before: Hash,
    /// Who moved them.
    pub by: Authored<'a>,
}

/// One version of one compartment as it is stored. Bytes: nothing of it is believed.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// Case, kind and version.
    pub place: Place,
    /// The ciphertext.
    pub closed: &'a [u8],
    /// The wraps that are there now.
    pub wraps: &'a Wraps,
    /// Who wrote it; nobody for version 1 of the report's twelve, which the manifest names.
    pub by: Option<Authored<'a>>,
    /// Every record of wraps replaced, in their order.
    pub moves: &'a [Move<'a>],
}

impl Written<'_> {
    /// Follows from what was signed to what is there. The manifest was verified before; whether an
    /// author may write or move here is for who reads to say, from the directory.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a ciphertext of none of the seven sizes, a place of another case,
    /// or an author for what the manifest names. [`Refusal::SignatureWrong`]: nobody signed this.
    pub fn verify(&self, manifest: &Manifest) -> Result<(), Refusal> {
        let now = Sealed::of(self.closed, self.wraps)?;
        if self.place.case != manifest.case {
            return Err(Refusal::FormBroken);
        }
        let begins = self.moves.first().map_or(now.wraps_hash, |first| first.before);
        let signed = Sealed { wraps_hash: begins, ..now };
        match (manifest.names(&self.place), self.by) {
            (Some(named), None) if *named == signed => {}
            (None, Some(by)) => {
                Amended { place: self.place, sealed: signed }.verify(by.key, by.signature)?;
            }
            (_, None) => return Err(Refusal::SignatureWrong),
            (Some(_), Some(_)) => return Err(Refusal::FormBroken),
        }
        let ends = self.moves.iter().skip(1).map(|next| next.before).chain([now.wraps_hash]);
        for (one, after) in self.moves.iter().zip(ends) {
            let closed_hash = now.closed_hash;
            let moved = Moved { place: self.place, closed_hash, before: one.before, after };
            moved.verify(one.by.key, one.by.signature)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
