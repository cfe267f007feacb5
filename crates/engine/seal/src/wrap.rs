//! A compartment's key, closed for each of eight columns: real for those who may open it, dummies
//! for all others, and nobody without the keys can tell them apart.

use crate::{
    Hash, Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::Place,
    envelope::{self, ENVELOPE_BYTES},
    form,
    key::{PrivateKey, PublicKey},
    secret::ContentKey,
};
use rand_core::CryptoRng;

/// Bytes of a wrap.
pub const WRAP_BYTES: usize = ENVELOPE_BYTES;
/// The name of the label: a wrap is nothing else.
const PURPOSE: &str = "wrap";

/// One wrap.
pub type Wrap = [u8; WRAP_BYTES];

/// The eight wraps of one version of one compartment, in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wraps([Wrap; COLUMNS]);

impl Wraps {
    /// Reads wraps that came one by one.
    ///
    /// # Errors
    /// [`Refusal::WrapsNotEight`], then [`Refusal::WrapNotWhole`].
    pub fn of(wraps: &[impl AsRef<[u8]>]) -> Result<Self, Refusal> {
        if wraps.len() != COLUMNS {
            return Err(Refusal::WrapsNotEight);
        }
        let mut whole = [[0; WRAP_BYTES]; COLUMNS];
        for (to, wrap) in whole.iter_mut().zip(wraps) {
            *to = wrap.as_ref().try_into().map_err(|_length| Refusal::WrapNotWhole)?;
        }
        Ok(Self(whole))
    }

    /// Reads wraps that came joined: 9,344 bytes.
    ///
    /// # Errors
    /// [`Refusal::WrapsNotEight`] for another number of whole wraps, [`Refusal::WrapNotWhole`].
    pub fn of_joined(joined: &[u8]) -> Result<Self, Refusal> {
        let (whole, rest) = joined.as_chunks::<WRAP_BYTES>();
        if !rest.is_empty() {
            return Err(Refusal::WrapNotWhole);
        }
        Self::of(whole)
    }

    /// Closes a key for everybody: `readers` are the keys of those columns whose reader may open this
    /// compartment. Every other column gets a dummy.
    ///
    /// # Errors
    /// [`Refusal::KeyNotWhole`], which keys that were read cannot be.
    pub fn close(
        place: &Place,
        columns: &Columns,
        readers: [Option<&PublicKey>; COLUMNS],
        key: &ContentKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        let mut wraps = [[0; WRAP_BYTES]; COLUMNS];
        for ((wrap, (no, mark)), reader) in wraps.iter_mut().zip(columns.iter()).zip(readers) {
            *wrap = match reader {
                Some(reader) => close(place, no, &mark, reader, key, rng)?,
                None => dummy(place, no, &mark, rng)?,
            };
        }
        Ok(Self(wraps))
    }

    /// Finds the reader's column by trying, and opens it. Once known, [`Wraps::open`] needs no trying.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`].
    pub fn find(
        &self,
        reader: &PrivateKey,
        place: &Place,
        columns: &Columns,
    ) -> Result<(ColumnNo, ContentKey), Refusal> {
        let open = |no| Some((no, self.open(reader, place, columns, no).ok()?));
        ColumnNo::ALL.into_iter().find_map(open).ok_or(Refusal::NotForYou)
    }

    /// The same with the keys of several epochs, the newest first. Returned before the column: which
    /// of the keys it was.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`].
    pub fn find_among(
        &self,
        readers: &[&PrivateKey],
        place: &Place,
        columns: &Columns,
    ) -> Result<(usize, ColumnNo, ContentKey), Refusal> {
        let find = |(at, reader): (usize, &&PrivateKey)| {
            let (no, key) = self.find(reader, place, columns).ok()?;
            Some((at, no, key))
        };
        readers.iter().enumerate().find_map(find).ok_or(Refusal::NotForYou)
    }

    /// Opens the wrap of one column.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`]: a dummy, another's, changed, of another place or another consent.
    pub fn open(
        &self,
        reader: &PrivateKey,
        place: &Place,
        columns: &Columns,
        no: ColumnNo,
    ) -> Result<ContentKey, Refusal> {
        let bound = bound(place, no, &columns.at(no));
        let key = envelope::open(reader, PURPOSE, &bound, self.at(no)?)?;
        ContentKey::from_bytes(key.expose())
    }

    /// Moves one column from an epoch of a team's key to a later one: opened with the old key, closed
    /// for the new, and every other wrap stays as it is.
    ///
    /// # Errors
    /// [`Refusal::NotForYou`] if the old key does not open it: a dummy, which stays one; close
    /// another with [`Wraps::withdrawn`], or what stays tells them apart.
    pub fn moved(
        &self,
        place: &Place,
        columns: &Columns,
        no: ColumnNo,
        from: &PrivateKey,
        to: &PublicKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        let key = self.open(from, place, columns, no)?;
        self.with(no, &close(place, no, &columns.at(no), to, &key, rng)?)
    }

    /// Lays one column for a later consent: the key for its reader, or a dummy where it may not open
    /// this.
    ///
    /// # Errors
    /// [`Refusal::KeyNotWhole`], which a key that was read cannot be.
    pub fn laid(
        &self,
        place: &Place,
        (no, mark): (ColumnNo, &Hash),
        reader: Option<&PublicKey>,
        key: &ContentKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        let wrap = match reader {
            Some(reader) => close(place, no, mark, reader, key, rng)?,
            None => dummy(place, no, mark, rng)?,
        };
        self.with(no, &wrap)
    }

    /// Puts a dummy where a consent was withdrawn, or where a dummy moves with its column.
    ///
    /// # Errors
    /// None in fact.
    pub fn withdrawn(
        &self,
        place: &Place,
        columns: &Columns,
        no: ColumnNo,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Refusal> {
        self.with(no, &dummy(place, no, &columns.at(no), rng)?)
    }

    /// The eight wraps, in the order of the columns.
    pub const fn each(&self) -> &[Wrap; COLUMNS] {
        &self.0
    }

    /// All eight, one after the other: 9,344 bytes.
    pub fn joined(&self) -> &[u8] {
        self.0.as_flattened()
    }

    /// The hash of the eight joined, as a manifest names them.
    pub fn hash(&self) -> Hash {
        form::hash(self.joined())
    }

    fn at(&self, no: ColumnNo) -> Result<&Wrap, Refusal> {
        self.0.get(usize::from(no.number())).ok_or(Refusal::WrapsNotEight)
    }

    fn with(&self, no: ColumnNo, wrap: &Wrap) -> Result<Self, Refusal> {
        let mut wraps = self.0;
        *wraps.get_mut(usize::from(no.number())).ok_or(Refusal::WrapsNotEight)? = *wrap;
        Ok(Self(wraps))
    }
}

/// What a wrap is bound to: its place, its column and the consent it stands on.
fn bound(place: &Place, no: ColumnNo, mark: &Hash) -> Vec<u8> {
    place.form(PURPOSE).u8(no.number()).bytes(mark).done()
}

fn close(
    place: &Place,
    no: ColumnNo,
    mark: &Hash,
    reader: &PublicKey,
    key: &ContentKey,
    rng: &mut impl CryptoRng,
) -> Result<Wrap, Refusal> {
    envelope::close(reader, PURPOSE, &bound(place, no, mark), key.expose(), rng)
}

/// A wrap of a random key for a reader that is made here and forgotten: the same bytes to look at,
/// and the same work to make.
fn dummy(
    place: &Place,
    no: ColumnNo,
    mark: &Hash,
    rng: &mut impl CryptoRng,
) -> Result<Wrap, Refusal> {
    let nobody = PrivateKey::draw(rng)?.public();
    close(place, no, mark, &nobody, &ContentKey::draw(rng), rng)
}

#[cfg(test)]
mod tests;
