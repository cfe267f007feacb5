//! Shares of two, three and five.

use super::{Section, flipped, known, order, with};
use crate::answer::{answer, hex};
use serde_json::{Value, json};

pub(super) fn made() -> Section {
    let mut section = Section::new("levels");
    let phone = hex(known("010-1234-5678").expose());
    let of = |people: u8| json!({ "known": phone, "person": hex(&[1; 32]), "people": people });
    for people in [2, 3, 5] {
        section.gives(&format!("share-{people}"), "share", of(people));
    }
    section.gives("another-person", "share", with(&of(2), "person", hex(&[2; 32])));
    section.gives(
        "another-number",
        "share",
        with(&of(2), "known", hex(known("010-1234-5679").expose())),
    );
    for people in [0, 1, 4, 6] {
        section.refuses(&format!("people-{people}"), "share", of(people), "level_unknown");
    }
    section.refuses("short-known", "share", with(&of(2), "known", hex(&[1; 63])), "form_broken");
    section.refuses("short-person", "share", with(&of(2), "person", hex(&[1; 31])), "form_broken");
    check(&mut section, &share(&of(2), 2), &share(&with(&of(2), "person", hex(&[2; 32])), 2));
    section
}

/// A share as a case of `check` has it.
pub(super) fn share(inputs: &Value, people: u8) -> Value {
    let given = answer("levels", "share", inputs).expect("a share");
    json!({ "people": people, "commitments": given["commitments"], "x": given["x"], "y": given["y"] })
}

fn unhexed(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("hex").as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).expect("hex") as u8;
    text.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn check(section: &mut Section, good: &Value, other: &Value) {
    section.gives("checked", "check", good.clone());
    let mut refuse = |name: &str, field: &str, value: Value, why: &str| {
        section.refuses(name, "check", with(good, field, value), why);
    };
    refuse("value-of-another", "y", other["y"].clone(), "share_wrong");
    refuse("place-of-another", "x", other["x"].clone(), "share_wrong");
    refuse("place-of-zero", "x", hex(&[0; 32]), "scalar_broken");
    refuse("value-of-zero", "y", hex(&[0; 32]), "scalar_broken");
    refuse("place-of-the-order", "x", hex(&order()), "scalar_broken");
    refuse("value-not-canonical", "y", hex(&[255; 32]), "scalar_broken");
    for bit in [0, 100, 247] {
        let value = hex(&flipped(&unhexed(&good["y"]), bit));
        refuse(&format!("value-bit-{bit}"), "y", value, "share_wrong");
    }
    let (one, two) = (&good["commitments"][0], &good["commitments"][1]);
    refuse("commitments-swapped", "commitments", json!([two, one]), "share_wrong");
    refuse("commitment-twice", "commitments", json!([one, one]), "share_wrong");
    refuse("commitment-of-nothing", "commitments", json!([one, hex(&[0; 32])]), "identity_element");
    refuse("commitment-broken", "commitments", json!([hex(&[255; 32]), two]), "element_broken");
    refuse("one-commitment", "commitments", json!([one]), "form_broken");
    refuse("three-commitments", "commitments", json!([one, two, two]), "form_broken");
    refuse("of-four", "people", json!(4), "level_unknown");
}
