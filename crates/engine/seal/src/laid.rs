//! What her device, or a member's, does when it closes something: the columns of a case with the
//! readers only these devices know, and whatever is sealed for them.

use crate::{
    Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{self, Kind, Place, Version},
    consent::{Compartments, Consent},
    id::{CaseId, TeamId},
    key::PublicKey,
    knock::Knock,
    mailbox::Mailbox,
    report::{Manifest, Sealed},
    team::Epoch,
    wrap::Wraps,
};
use rand_core::CryptoRng;

/// Somebody who may open something of a case. It has no `Debug`: whom she chose is hers.
pub struct Reader {
    /// The team, or [`TeamId::HERSELF`].
    pub recipient: TeamId,
    /// What is closed for her or it.
    pub key: PublicKey,
    /// What of it may be opened.
    pub compartments: Compartments,
}

/// Ciphertext and wraps of one version of one compartment.
pub struct Closed {
    /// The ciphertext.
    pub bytes: Vec<u8>,
    /// Its key, for the columns.
    pub wraps: Wraps,
}

/// A report as it leaves her device.
pub struct Parcel {
    /// What she signed.
    pub manifest: Manifest,
    /// Her signature of it.
    pub signature: [u8; 64],
    /// By kind, from 1.
    pub compartments: Vec<Closed>,
    /// One for each team she chose.
    pub knocks: Vec<(Epoch, Vec<u8>)>,
}

/// The eight columns of a case, and who reads which.
pub struct Laid {
    columns: Columns,
    readers: Vec<(ColumnNo, Reader)>,
}

impl Laid {
    /// Draws the columns of a new case for those whose consents these are; hers is one of them.
    ///
    /// # Errors
    /// [`Refusal::WrapsNotEight`] for more than eight, then as [`Consent::bytes`].
    pub fn draw(
        consents: Vec<(Consent, PublicKey)>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        let marks: Result<Vec<_>, _> = consents.iter().map(|(consent, _)| consent.mark()).collect();
        let (columns, places) = Columns::draw(&marks?, rng)?;
        let reader = |(consent, key): (Consent, PublicKey)| Reader {
            recipient: consent.recipient,
            key,
            compartments: consent.compartments,
        };
        let readers = places.into_iter().zip(consents.into_iter().map(reader)).collect();
        Ok(Self { columns, readers })
    }

    /// The columns of a case that stands in a manifest, for those readers who are known.
    pub const fn again(columns: Columns, readers: Vec<(ColumnNo, Reader)>) -> Self {
        Self { columns, readers }
    }

    /// The columns.
    pub const fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Which column is whose: what the notes of the leading team hold.
    pub fn readers(&self) -> impl Iterator<Item = (ColumnNo, &Reader)> {
        self.readers.iter().map(|(no, reader)| (*no, reader))
    }

    /// Closes one version of one compartment, or a message, for the readers who may open its kind.
    ///
    /// # Errors
    /// [`Refusal::TooLong`], and what keys that were read cannot be refused for.
    pub fn close(
        &self,
        place: &Place,
        content: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Closed, Refusal> {
        let closed = compartment::close(place, content, rng)?;
        let mut readers = [None; COLUMNS];
        for (no, reader) in self.readers() {
            if let Some(slot) = readers.get_mut(usize::from(no.number())) {
                *slot = reader.compartments.has(place.kind).then_some(&reader.key);
            }
        }
        let wraps = Wraps::close(place, &self.columns, readers, &closed.key, rng)?;
        Ok(Closed { bytes: closed.bytes, wraps })
    }

    /// Closes and signs a whole report; `content` says what each of the twelve kinds holds, and
    /// nothing is content, too. `consents` are those the columns were drawn for.
    ///
    /// # Errors
    /// [`Refusal::TooLong`], and as [`Knock::close`].
    pub fn seal<'a>(
        &self,
        she: &Mailbox,
        case: CaseId,
        consents: &[Consent],
        content: impl Fn(Kind) -> &'a [u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Parcel, Refusal> {
        let mut compartments = Vec::with_capacity(Kind::OF_REPORT.len());
        for kind in Kind::OF_REPORT {
            let place = Place { case, kind, version: Version::FIRST };
            compartments.push(self.close(&place, content(kind), rng)?);
        }
        let named: Result<Vec<_>, _> =
            compartments.iter().map(|one| Sealed::of(&one.bytes, &one.wraps)).collect();
        let manifest = Manifest {
            case,
            locator: she.locator(),
            signing_key: she.signer().public(),
            public_key: she.key().public().bytes(),
            columns: self.columns,
            compartments: named?.try_into().map_err(|_twelve| Refusal::FormBroken)?,
        };
        let mut knocks = Vec::new();
        for (column, reader) in self.readers() {
            let theirs = consents.iter().find(|consent| consent.recipient == reader.recipient);
            let Some(consent) = theirs.filter(|_| reader.recipient != TeamId::HERSELF) else {
                continue;
            };
            let signature = consent.sign(&she.signer())?;
            let knock = Knock { column, consent: consent.clone(), signature };
            let epoch = Epoch { team: consent.recipient, number: consent.epoch };
            knocks.push((epoch, knock.close(&reader.key, rng)?));
        }
        let signature = manifest.sign(&she.signer());
        Ok(Parcel { manifest, signature, compartments, knocks })
    }
}
