//! Public keys of one key, and answers that prove themselves.

use super::{Section, dice, flipped, holder, order, with};
use crate::answer::hex;
use curve25519_dalek::{Scalar, constants::RISTRETTO_BASEPOINT_POINT as BASE};
use matching::{
    asked::Asked,
    holder::{Answer, HolderNo},
};
use serde_json::{Value, json};

const INPUT: &str = "tel:+821012345678";

pub(super) fn made() -> Section {
    let mut section = Section::new("holders");
    let keys = HolderNo::ALL.map(|no| hex(&holder(no).public()));
    section.gives("keys", "keys", json!({ "keys": keys }));
    let [first, second, third] = keys.clone();
    let mut refuse = |name: &str, keys: [&Value; 3], why: &str| {
        section.refuses(name, "keys", json!({ "keys": keys }), why);
    };
    refuse("one-twice", [&first, &second, &second], "holders_do_not_fit");
    refuse("another-order", [&second, &first, &third], "holders_do_not_fit");
    refuse("identity", [&hex(&[0; 32]), &second, &third], "identity_element");
    refuse("not-canonical", [&hex(&[255; 32]), &second, &third], "element_broken");
    let points = [1_u64, 2, 3].map(|at| (BASE * Scalar::from(5 * at)).compress().to_bytes());
    let [one, two, three] = points.map(|point| hex(&point));
    refuse("whole-key-is-none", [&one, &two, &three], "holders_do_not_fit");
    finish(&mut section, &json!(keys));
    section
}

/// A question from fixed parts.
fn finish(section: &mut Section, keys: &Value) {
    let blind = Scalar::from(987_654_321_u64);
    let unit = Asked::again(INPUT.as_bytes(), Scalar::ONE.as_bytes(), &hashed(INPUT.as_bytes()))
        .expect("asked");
    let point = curve25519_dalek::ristretto::CompressedRistretto(unit.blinded());
    let blinded = (point.decompress().expect("an element") * blind).compress().to_bytes();
    let answers =
        HolderNo::ALL.map(|no| holder(no).answer(&blinded, &mut dice(5)).expect("answer"));
    let [one, two, three] = answers.map(|answer| hex(&answer.bytes()));
    let good = json!({
        "input": INPUT, "blind": hex(blind.as_bytes()), "blinded": hex(&blinded),
        "keys": keys, "answers": [one, two],
    });
    section.gives("first-and-second", "finish", good.clone());
    for (name, pair) in [
        ("second-and-first", json!([two, one])),
        ("first-and-third", json!([one, three])),
        ("second-and-third", json!([two, three])),
        ("all-three", json!([three, one, two])),
    ] {
        section.gives(name, "finish", with(&good, "answers", pair));
    }
    refused(section, &good, &answers);
    parts(section, &good, &unit);
}

/// Answers of too few, of one twice, under another name, and changed.
fn refused(section: &mut Section, good: &Value, answers: &[Answer; 3]) {
    let mut refuse = |name: &str, answers: Value, why: &str| {
        section.refuses(name, "finish", with(good, "answers", answers), why);
    };
    let [one, two, _] = answers.map(|answer| hex(&answer.bytes()));
    refuse("nobody", json!([]), "too_few_answers");
    refuse("one-alone", json!([one]), "too_few_answers");
    refuse("one-says-it-twice", json!([one, one]), "same_holder_twice");
    let [first, second, _] = *answers;
    let changed = |answer: Answer| hex(&answer.bytes());
    let third = HolderNo::ALL[2];
    refuse(
        "under-another-name",
        json!([one, changed(Answer { no: third, ..second })]),
        "proof_wrong",
    );
    refuse(
        "identity-element",
        json!([changed(Answer { element: [0; 32], ..first }), two]),
        "identity_element",
    );
    refuse(
        "element-broken",
        json!([changed(Answer { element: [255; 32], ..first }), two]),
        "element_broken",
    );
    refuse(
        "element-of-the-other",
        json!([changed(Answer { element: second.element, ..first }), two]),
        "proof_wrong",
    );
    refuse(
        "proof-of-the-other",
        json!([changed(Answer { proof: second.proof, ..first }), two]),
        "proof_wrong",
    );
    refuse(
        "proof-of-zeros",
        json!([changed(Answer { proof: [0; 64], ..first }), two]),
        "proof_wrong",
    );
    for bit in [0, 7, 255, 256, 511] {
        let proof = flipped(&first.proof, bit).try_into().expect("64");
        let name = format!("proof-bit-{bit}");
        refuse(&name, json!([changed(Answer { proof, ..first }), two]), "proof_wrong");
    }
    let bytes = first.bytes();
    refuse(
        "a-third-that-is-wrong",
        json!([one, two, changed(Answer { no: third, ..first })]),
        "proof_wrong",
    );
    refuse("short", json!([hex(&bytes[..96]), two]), "form_broken");
    refuse("long", json!([hex(&[bytes.as_slice(), &[0]].concat()), two]), "form_broken");
    for number in [0, 4, 255] {
        let mut bytes = bytes.clone();
        bytes[0] = number;
        refuse(&format!("holder-{number}"), json!([hex(&bytes), two]), "holder_unknown");
    }
}

/// The question itself: another one, or none.
fn parts(section: &mut Section, good: &Value, unit: &Asked) {
    for (name, field, value, why) in [
        ("another-input-is-another-result", "input", json!("tel:+821012345679"), None),
        ("another-blind", "blind", hex(Scalar::from(3_u64).as_bytes()), None),
        ("another-question", "blinded", hex(&unit.blinded()), Some("proof_wrong")),
        ("no-question", "blinded", hex(&[0; 32]), Some("identity_element")),
        ("blind-of-zero", "blind", hex(&[0; 32]), Some("scalar_broken")),
        ("blind-of-the-order", "blind", hex(&order()), Some("scalar_broken")),
    ] {
        match why {
            Some(why) => section.refuses(name, "finish", with(good, field, value), why),
            None => section.gives(name, "finish", with(good, field, value)),
        }
    }
}

/// The input as an element: what a blind of one asks.
pub(super) fn hashed(input: &[u8]) -> [u8; 32] {
    use voprf::{Ristretto255, VoprfClient};
    let asked = VoprfClient::<Ristretto255>::blind(input, &mut Old).expect("an input");
    let state: [u8; 64] = asked.state.serialize().into();
    let (blind, blinded) = state.split_at(32);
    let blind = Scalar::from_canonical_bytes(blind.try_into().expect("32")).expect("a scalar");
    let point = curve25519_dalek::ristretto::CompressedRistretto::from_slice(blinded).expect("32");
    (point.decompress().expect("an element") * blind.invert()).compress().to_bytes()
}

/// Chance of the older kind: always the same, which is taken out again.
struct Old;

impl rand_core_06::RngCore for Old {
    fn next_u32(&mut self) -> u32 {
        7
    }

    fn next_u64(&mut self) -> u64 {
        7
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill(7);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core_06::Error> {
        bytes.fill(7);
        Ok(())
    }
}

impl rand_core_06::CryptoRng for Old {}
