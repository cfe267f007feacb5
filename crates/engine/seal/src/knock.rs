//! How a team learns that a case is for it: a note sealed for the team's key, stored without the
//! case's number.

use crate::{
    Refusal,
    columns::ColumnNo,
    consent::{CONSENT_BYTES, Consent},
    envelope::{self, EXTRA_BYTES},
    form::{Form, Reader},
    id::{CaseId, TeamId},
    key::{PrivateKey, PublicKey},
    report::Manifest,
    team::Epoch,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Bytes inside: case, column, consent and signature.
const INSIDE_BYTES: usize = 16 + 1 + CONSENT_BYTES + 64;
/// Bytes of a knock: all of them have the same, as all consents have.
pub const KNOCK_BYTES: usize = INSIDE_BYTES + EXTRA_BYTES;
/// The name of the label: a knock is nothing else.
const PURPOSE: &str = "knock";

/// What a knock says. It has no `Debug`: whom she asks for help is hers.
#[derive(Clone, PartialEq, Eq)]
pub struct Knock {
    /// The team's column of the case.
    pub column: ColumnNo,
    /// Her consent, which names the case, the team and its key.
    pub consent: Consent,
    /// Her signature of the consent.
    pub signature: [u8; 64],
}

impl Knock {
    /// The case it is about.
    pub const fn case(&self) -> CaseId {
        self.consent.case
    }

    /// Closes it for the key its consent names: 1,330 bytes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for a consent to herself, then as [`Consent::bytes`].
    /// [`Refusal::KeyNotWhole`], which a key that was read cannot be.
    pub fn close(&self, to: &PublicKey, rng: &mut impl CryptoRng) -> Result<Vec<u8>, Refusal> {
        if self.consent.recipient == TeamId::HERSELF {
            return Err(Refusal::FormBroken);
        }
        let inside = Form::new()
            .bytes(&self.consent.case.0)
            .u8(self.column.number())
            .bytes(&self.consent.bytes()?)
            .bytes(&self.signature);
        let inside = Zeroizing::new(inside.done());
        let epoch = Epoch { team: self.consent.recipient, number: self.consent.epoch };
        envelope::close_all(to, PURPOSE, &bound(epoch), &inside, rng)
    }

    /// Opens a knock with the key of one epoch of a team.
    ///
    /// # Errors
    /// In this order: [`Refusal::WrapNotWhole`], [`Refusal::NotForYou`], [`Refusal::FormBroken`] for
    /// no such column, as [`Consent::read`], [`Refusal::FormBroken`] for a consent to another case,
    /// team or epoch.
    pub fn open(epoch: Epoch, reader: &PrivateKey, closed: &[u8]) -> Result<Self, Refusal> {
        if closed.len() != KNOCK_BYTES {
            return Err(Refusal::WrapNotWhole);
        }
        let inside = envelope::open_all(reader, PURPOSE, &bound(epoch), closed)?;
        let mut form = Reader::new(&inside);
        let case = CaseId(form.bytes()?);
        let column = ColumnNo::of_number(form.u8()?)?;
        let consent = Consent::read(&form.bytes::<CONSENT_BYTES>()?)?;
        let knock = Self { column, consent, signature: form.bytes()? };
        form.end()?;
        let is_ours = knock.consent.case == case
            && knock.consent.recipient == epoch.team
            && knock.consent.epoch == epoch.number
            && epoch.team != TeamId::HERSELF;
        if is_ours { Ok(knock) } else { Err(Refusal::FormBroken) }
    }

    /// Checks it against the manifest of its case, which was verified before.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`]: of another case, or another consent stands in that column; then
    /// [`Refusal::SignatureWrong`]: who sent the case did not give this consent.
    pub fn verify(&self, manifest: &Manifest) -> Result<(), Refusal> {
        let stands = manifest.case == self.consent.case
            && manifest.columns.at(self.column) == self.consent.mark()?;
        if !stands {
            return Err(Refusal::FormBroken);
        }
        self.verify_later(manifest)
    }

    /// Checks a later consent against the manifest of its case, which was verified before: the mark
    /// there is that of the consent the case came with.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`]: of another case; then [`Refusal::SignatureWrong`].
    pub fn verify_later(&self, manifest: &Manifest) -> Result<(), Refusal> {
        if manifest.case != self.consent.case {
            return Err(Refusal::FormBroken);
        }
        let bytes = self.consent.bytes()?;
        Consent::verify(&bytes, &manifest.signing_key, &self.signature).map(|_consent| ())
    }
}

fn bound(epoch: Epoch) -> Vec<u8> {
    Form::new().bytes(&epoch.team.0).u32(epoch.number).done()
}

#[cfg(test)]
mod tests;
