//! Tokens, as she takes and spends them.

use super::{Section, dice, flipped, with};
use crate::answer::hex;
use curve25519_dalek::Scalar;
use matching::{
    asked::Asked,
    token::{Allowance, Issued, Issuer},
};
use serde_json::{Value, json};

/// An issuer of a number.
pub(super) fn issuer(number: u64) -> Issuer {
    Issuer::of(Scalar::from(number).as_bytes(), &[1; 32]).expect("an issuer")
}

/// A token that was asked for with a blind of five, from fixed parts.
pub(super) fn taken(nonce: [u8; 32], number: u64) -> Value {
    let issuer = issuer(number);
    let blind = Scalar::from(5_u64);
    let point = super::holders::hashed(&nonce);
    let point = curve25519_dalek::ristretto::CompressedRistretto(point);
    let blinded = (point.decompress().expect("an element") * blind).compress().to_bytes();
    let asked = Asked::again(&nonce, blind.as_bytes(), &blinded).expect("asked");
    let issued = issuer.issue(&mut Allowance::default(), &asked.blinded(), 0, &mut dice(4));
    let Issued { element, proof } = issued.expect("issued");
    json!({
        "nonce": hex(&nonce), "blind": hex(blind.as_bytes()), "blinded": hex(&blinded),
        "issuer": hex(&issuer.public()), "element": hex(&element), "proof": hex(&proof),
        "question": hex(&[8; 32]),
    })
}

pub(super) fn made() -> Section {
    let mut section = Section::new("tokens");
    let good = taken([3; 32], 77);
    section.gives("take", "take", good.clone());
    section.gives("for-another-question", "take", with(&good, "question", hex(&[9; 32])));
    let other = taken([3; 32], 78);
    let mut refuse = |name: &str, field: &str, value: Value, why: &str| {
        section.refuses(name, "take", with(&good, field, value), why);
    };
    refuse("of-another-issuer", "issuer", other["issuer"].clone(), "proof_wrong");
    refuse("element-of-another", "element", other["element"].clone(), "proof_wrong");
    refuse("proof-of-another", "proof", other["proof"].clone(), "proof_wrong");
    refuse("identity", "element", hex(&[0; 32]), "identity_element");
    refuse("element-broken", "element", hex(&[255; 32]), "element_broken");
    refuse("issuer-of-nothing", "issuer", hex(&[0; 32]), "identity_element");
    refuse("issuer-broken", "issuer", hex(&[255; 32]), "element_broken");
    refuse("proof-bit", "proof", hex(&flipped(&[1; 64], 3)), "proof_wrong");
    refuse("blind-of-zero", "blind", hex(&[0; 32]), "scalar_broken");
    section
}
