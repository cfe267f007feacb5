//! 32 secret bytes, closed for one public key: what wraps and team keys are.

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
/// Bytes of an envelope: the encapsulation, 32 bytes closed, a tag of 16.
pub(crate) const ENVELOPE_BYTES: usize = ENC_BYTES + 48;

/// Closes `secret` for `to`, bound to a purpose (the name of a label) and a place.
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
    let refused = Refusal::KeyNotWhole;
    let (enc, closed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        to.kem(),
        &label(purpose),
        secret,
        place,
        rng,
    )
    .map_err(|_kem| refused)?;
    let whole = [enc.to_bytes().as_slice(), &closed].concat();
    whole.try_into().map_err(|_length| refused)
}

/// Opens what was closed for the same purpose and place.
///
/// # Errors
/// [`Refusal::NotForYou`]: another reader, purpose or place, or changed bytes.
pub(crate) fn open(
    reader: &PrivateKey,
    purpose: &str,
    place: &[u8],
    envelope: &[u8; ENVELOPE_BYTES],
) -> Result<Seed, Refusal> {
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
    let opened = Zeroizing::new(opened.map_err(|_tag| refused)?);
    Seed::from_bytes(&opened).map_err(|_length| refused)
}
