//! Levels of two, three and five people: for each a polynomial that grows from what the identifier
//! gives, and for each person one point on it.

use crate::{
    Refusal,
    asked::Known,
    form::{hash, labelled},
    group::{element, not_zero, scalar, weight},
};
use curve25519_dalek::{RistrettoPoint, Scalar, constants::RISTRETTO_BASEPOINT_POINT as BASE};
use hkdf::Hkdf;
use sha2::Sha512;
use zeroize::Zeroizing;

/// How many people a level needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// She and one other.
    Two,
    /// She and two others.
    Three,
    /// She and four others.
    Five,
}

impl Level {
    /// All of them, the fewest first.
    pub const ALL: [Self; 3] = [Self::Two, Self::Three, Self::Five];

    /// The level of so many people.
    ///
    /// # Errors
    /// [`Refusal::LevelUnknown`] for any number but 2, 3 and 5.
    pub fn of(people: u8) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|level| level.people() == people).ok_or(Refusal::LevelUnknown)
    }

    /// How many people.
    pub const fn people(self) -> u8 {
        match self {
            Self::Two => 2,
            Self::Three => 3,
            Self::Five => 5,
        }
    }

    /// The same, to count with.
    pub(crate) const fn size(self) -> usize {
        self.people() as usize
    }
}

/// What the issuer gives one person each time, so that she is one person however often she files.
/// It has no `Debug`, and is wiped when it is dropped.
#[derive(Clone)]
pub struct Person(pub(crate) Zeroizing<[u8; 32]>);

impl Person {
    /// The one with these bytes.
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] unless they are 32.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        Ok(Self(Zeroizing::new(bytes.try_into().map_err(|_length| Refusal::FormBroken)?)))
    }

    /// The bytes, to be given to her closed.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The polynomial of one level: only who knows the identifier can make it.
pub(crate) struct Polynomial {
    level: Level,
    coefficients: Zeroizing<Vec<Scalar>>,
}

impl Polynomial {
    /// What grows from the identifier at a level.
    pub(crate) fn of(known: &Known, level: Level) -> Result<Self, Refusal> {
        let mut coefficients = Zeroizing::new(Vec::with_capacity(level.size()));
        for at in 0..level.people() {
            let info = labelled("coefficient", &[&[level.people(), at]]);
            coefficients.push(wide(known.expose(), &info)?);
        }
        Ok(Self { level, coefficients })
    }

    /// The value at a place.
    fn at(&self, x: Scalar) -> Result<Scalar, Refusal> {
        let value = self.coefficients.iter().rev().fold(Scalar::ZERO, |sum, c| sum * x + c);
        not_zero(value)
    }

    /// One person's share of it.
    pub(crate) fn share(&self, known: &Known, person: &Person) -> Result<Share, Refusal> {
        let (key, _) = Hkdf::<Sha512>::extract(Some(known.expose()), &*person.0);
        // Another at each level: where two were alike, the levels of chance would show.
        let x = wide(&key, &labelled("person", &[&[self.level.people()]]))?;
        let commitments = self.coefficients.iter().map(|c| (BASE * c).compress().to_bytes());
        let (x, y) = (x.to_bytes(), self.at(x)?.to_bytes());
        Ok(Share { level: self.level, commitments: commitments.collect(), x, y })
    }

    /// The value at zero, which opens the level.
    pub(crate) fn secret(&self) -> Result<Zeroizing<[u8; 32]>, Refusal> {
        Ok(Zeroizing::new(self.at(Scalar::ZERO)?.to_bytes()))
    }
}

/// 64 bytes of a derivation, as a scalar.
fn wide(key: &[u8], info: &[u8]) -> Result<Scalar, Refusal> {
    let mut bytes = Zeroizing::new([0; 64]);
    let derivation = Hkdf::<Sha512>::from_prk(key).map_err(|_short| Refusal::FormBroken)?;
    derivation.expand(info, &mut *bytes).map_err(|_long| Refusal::FormBroken)?;
    not_zero(Scalar::from_bytes_mod_order_wide(&bytes))
}

/// One person's point on the polynomial of a level, with what it is checked against.
#[derive(Clone, PartialEq, Eq)]
pub struct Share {
    /// The level.
    pub level: Level,
    /// The commitments, as many as the level has people.
    pub commitments: Vec<[u8; 32]>,
    /// The place: one for each person.
    pub x: [u8; 32],
    /// The value there.
    pub y: [u8; 32],
}

/// Under what the shares of one level of one identifier are found together.
pub type Tag = [u8; 32];

impl Share {
    /// One person's share of what an identifier gave, at a level.
    ///
    /// # Errors
    /// [`Refusal::ScalarBroken`], once in 2^250.
    pub fn of(known: &Known, person: &Person, level: Level) -> Result<Self, Refusal> {
        Polynomial::of(known, level)?.share(known, person)
    }

    /// What two people's shares of the same identifier have in common.
    pub fn tag(&self) -> Tag {
        hash("tag", &[&[self.level.people()], self.commitments.as_flattened()])
    }

    /// Checks the share against its commitments (Feldman).
    ///
    /// # Errors
    /// [`Refusal::FormBroken`] for another number of commitments, [`Refusal::ScalarBroken`],
    /// [`Refusal::ElementBroken`], [`Refusal::IdentityElement`], [`Refusal::ShareWrong`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.commitments.len() != self.level.size() {
            return Err(Refusal::FormBroken);
        }
        let (x, y) = (scalar(&self.x)?, scalar(&self.y)?);
        let commitments: Result<Vec<RistrettoPoint>, Refusal> =
            self.commitments.iter().map(|one| element(one)).collect();
        let zero = RistrettoPoint::default();
        let committed = commitments?.iter().rev().fold(zero, |sum, c| sum * x + c);
        if committed == BASE * y { Ok(()) } else { Err(Refusal::ShareWrong) }
    }
}

/// Opens a level with the shares of as many people as it needs; more are checked and not used.
///
/// # Errors
/// In this order: as [`Share::check`] for each, [`Refusal::TooFewShares`],
/// [`Refusal::SharesDoNotFit`], [`Refusal::SameShareTwice`].
pub fn join(shares: &[&Share]) -> Result<Zeroizing<[u8; 32]>, Refusal> {
    for share in shares {
        share.check()?;
    }
    let first = shares.first().ok_or(Refusal::TooFewShares)?;
    if shares.len() < first.level.size() {
        return Err(Refusal::TooFewShares);
    }
    if shares.iter().any(|share| share.tag() != first.tag()) {
        return Err(Refusal::SharesDoNotFit);
    }
    let points: Result<Vec<(Scalar, Scalar)>, Refusal> =
        shares.iter().map(|share| Ok((scalar(&share.x)?, scalar(&share.y)?))).collect();
    let mut points = points?;
    let places: Vec<Scalar> = points.iter().map(|(x, _)| *x).collect();
    let repeated = |(at, x): (usize, &Scalar)| places.iter().skip(at + 1).any(|other| other == x);
    if places.iter().enumerate().any(repeated) {
        return Err(Refusal::SameShareTwice);
    }
    points.truncate(first.level.size());
    let places: Vec<Scalar> = points.iter().map(|(x, _)| *x).collect();
    let secret: Scalar = points.iter().map(|(x, y)| y * weight(*x, &places)).sum();
    let fits = first.commitments.first() == Some(&(BASE * secret).compress().to_bytes());
    if fits { Ok(Zeroizing::new(secret.to_bytes())) } else { Err(Refusal::SharesDoNotFit) }
}

#[cfg(test)]
mod tests;
