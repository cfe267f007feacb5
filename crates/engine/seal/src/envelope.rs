//! Secret bytes, closed for one public key: what wraps and team keys are, 32 of them, and knocks.
//! [`close_all`] and [`open_all`] are open to other parts of the house that close something for such a
//! key, each under purposes of its own: there is one envelope.

use crate::{
    Refusal,
    form::label,
    key::{PrivateKey, PublicKey, agrees_with_anybody},
    secret::Seed,
};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::XWing, single_shot_open, single_shot_seal_with_rng,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Bytes of the encapsulation.
const ENC_BYTES: usize = 1_120;
/// What closing adds: the encapsulation, and a tag of 16.
pub const EXTRA_BYTES: usize = ENC_BYTES + 16;
/// Bytes of an envelope around 32.
pub(crate) const ENVELOPE_BYTES: usize = EXTRA_BYTES + 32;

/// Closes 32 bytes for `to`, bound to a purpose (the name of a label) and a place.
///
/// # Errors
/// [`Refusal::KeyNotWhole`], which a key that was read cannot be.
pub(crate) fn close(
    to: &PublicKey,
    purpose: &str,
    place: &[u8],
    secret: &[u8; 32],
    rng: &mut impl CryptoRng,
) -> Result<[u8; ENVELOPE_BYTES], Refusal> {
    let whole = close_all(to, purpose, place, secret, rng)?;
    whole.try_into().map_err(|_length| Refusal::KeyNotWhole)
}

/// The same of any number of bytes: what comes out is so many and [`EXTRA_BYTES`] long.
///
/// # Errors
/// As [`close`].
pub fn close_all(
    to: &PublicKey,
    purpose: &str,
    place: &[u8],
    secret: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Refusal> {
    let (enc, closed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        to.kem(),
        &label(purpose),
        secret,
        place,
        rng,
    )
    .map_err(|_kem| Refusal::KeyNotWhole)?;
    Ok([enc.to_bytes().as_slice(), &closed].concat())
}

/// Opens the 32 bytes of what was closed for the same purpose and place.
///
/// # Errors
/// [`Refusal::NotForYou`]: another reader, purpose or place, or changed bytes.
pub(crate) fn open(
    reader: &PrivateKey,
    purpose: &str,
    place: &[u8],
    envelope: &[u8; ENVELOPE_BYTES],
) -> Result<Seed, Refusal> {
    let opened = open_all(reader, purpose, place, envelope)?;
    Seed::from_bytes(&opened).map_err(|_length| Refusal::NotForYou)
}

/// The same of any number of bytes.
///
/// # Errors
/// [`Refusal::NotForYou`], also for fewer bytes than closing adds.
pub fn open_all(
    reader: &PrivateKey,
    purpose: &str,
    place: &[u8],
    envelope: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let refused = Refusal::NotForYou;
    let (enc, closed) = envelope.split_at_checked(ENC_BYTES).ok_or(refused)?;
    if agrees_with_anybody(enc) {
        return Err(refused);
    }
    let enc = <XWing as Kem>::EncappedKey::from_bytes(enc).map_err(|_length| refused)?;
    let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        reader.kem(),
        &enc,
        &label(purpose),
        closed,
        place,
    );
    opened.map(Zeroizing::new).map_err(|_tag| refused)
}
