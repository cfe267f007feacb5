//! Elements and scalars of ristretto255, read strictly, and Lagrange at zero.

use crate::Refusal;
use curve25519_dalek::{
    RistrettoPoint, Scalar, ristretto::CompressedRistretto, traits::IsIdentity,
};

/// An element: canonical, and not the identity.
pub(crate) fn element(bytes: &[u8]) -> Result<RistrettoPoint, Refusal> {
    let point = CompressedRistretto::from_slice(bytes).map_err(|_length| Refusal::ElementBroken)?;
    let point = point.decompress().ok_or(Refusal::ElementBroken)?;
    if point.is_identity() { Err(Refusal::IdentityElement) } else { Ok(point) }
}

/// A scalar: canonical, and not zero.
pub(crate) fn scalar(bytes: &[u8]) -> Result<Scalar, Refusal> {
    let bytes: [u8; 32] = bytes.try_into().map_err(|_length| Refusal::ScalarBroken)?;
    let scalar: Option<Scalar> = Scalar::from_canonical_bytes(bytes).into();
    not_zero(scalar.ok_or(Refusal::ScalarBroken)?)
}

/// The scalar itself, unless it is zero.
pub(crate) fn not_zero(scalar: Scalar) -> Result<Scalar, Refusal> {
    if scalar == Scalar::ZERO { Err(Refusal::ScalarBroken) } else { Ok(scalar) }
}

/// How much the value at `x` counts for the value at 0 of the polynomial through all of `places`,
/// which are different from each other and from zero.
pub(crate) fn weight(x: Scalar, places: &[Scalar]) -> Scalar {
    let others = places.iter().filter(|place| **place != x);
    others.fold(Scalar::ONE, |weight, other| weight * other * (other - x).invert())
}
