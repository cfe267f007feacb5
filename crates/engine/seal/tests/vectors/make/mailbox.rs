use super::{Fixed, Made, Section, cut, flip, hex, more, seed, signer, with};
use seal::{
    Refusal,
    mailbox::{Asked, Mailbox, Proof, Salt},
    words::{Language, Phrase},
};
use serde_json::json;

pub(super) fn made() -> Made {
    let mut section = Section::new("mailbox");
    let phrase = |entropy: [u8; 9]| Phrase::draw(&mut Fixed(&entropy));
    let (zeros, hers) = (phrase([0; 9]), phrase([9, 8, 7, 6, 5, 4, 3, 2, 1]));
    let (here, elsewhere) = (Salt([0; 16]), Salt(*b"another city 16b"));
    let cases = [
        ("zeros", "no bit set anywhere", &zeros, Language::English, here),
        ("korean", "a phrase in Korean", &hers, Language::Korean, elsewhere),
        (
            "english",
            "the same phrase in English opens the same",
            &hers,
            Language::English,
            elsewhere,
        ),
        ("another-salt", "in another city it opens another", &hers, Language::English, here),
    ];
    for (name, says, phrase, language, salt) in cases {
        let opened = Mailbox::open(phrase, salt)?;
        let inputs = json!({ "words": *phrase.text(language), "salt": hex(&salt.0) });
        let gives = json!({
            "locator": hex(&opened.locator()),
            "sign": hex(opened.sign().expose()),
            "open": hex(opened.key().seed().expose()),
            "signing_key": hex(&opened.signer().public()),
            "public_key": hex(&opened.key().public().bytes()),
        });
        section.gives([name, says, "open"], &inputs, gives);
    }
    let words = json!({ "words": "abandon abandon", "salt": hex(&here.0) });
    section.refuses(["two-words", "no phrase", "open"], &words, Refusal::NotSevenWords);
    asked(&mut section, Asked::Opened, Asked::Deleted, "opened");
    asked(&mut section, Asked::Deleted, Asked::Opened, "deleted");
    Ok(section)
}

/// What she signs to be let in, or to delete, and everything that is not that.
fn asked(section: &mut Section, asked: Asked, another: Asked, name: &str) {
    let (hers, proof) = (signer(1), Proof { locator: [0x33; 32], challenge: [0x41; 40] });
    let signature = hex(&proof.sign(asked, &hers));
    let (locator, challenge) = (hex(&proof.locator), hex(&proof.challenge));
    let sign = format!("sign_{name}");
    let inputs = json!({
        "sign": hex(seed(1).expose()), "locator": locator, "challenge": challenge,
    });
    let head = [&format!("sign-{name}"), "her signature", &sign];
    section.gives(head, &inputs, json!({ "signature": signature }));
    let good = json!({
        "locator": locator, "challenge": challenge,
        "signing_key": hex(&hers.public()), "signature": signature,
    });
    section.gives([name, "she asked for it", name], &good, json!({}));
    for (case, says, field, value) in [
        ("other-locator", "another mailbox", "locator", flip(&locator, &[0])),
        ("other-challenge", "another challenge", "challenge", flip(&challenge, &[319])),
        ("other-key", "somebody else's key", "signing_key", hex(&signer(2).public())),
        ("other-signer", "somebody else signed", "signature", hex(&proof.sign(asked, &signer(2)))),
        (
            "other-asked",
            "she asked for another thing",
            "signature",
            hex(&proof.sign(another, &hers)),
        ),
        ("flip", "a bit of the signature", "signature", flip(&signature, &[100])),
        ("none", "not signed", "signature", json!("")),
    ] {
        let head = [&format!("{name}-{case}"), says, name];
        section.refuses(head, &with(&good, [(field, value)]), Refusal::SignatureWrong);
    }
    for (case, says, field, value) in [
        ("challenge-short", "a byte missing", "challenge", cut(&challenge, 39)),
        ("challenge-long", "a byte too many", "challenge", more(&challenge, "00")),
        ("challenge-none", "none", "challenge", json!("")),
        ("locator-short", "a byte missing", "locator", cut(&locator, 31)),
        ("locator-long", "a byte too many", "locator", more(&locator, "41")),
    ] {
        let head = [&format!("{name}-{case}"), says, name];
        section.refuses(head, &with(&good, [(field, value.clone())]), Refusal::FormBroken);
        let head = [&format!("sign-{name}-{case}"), says, &sign];
        section.refuses(head, &with(&inputs, [(field, value)]), Refusal::FormBroken);
    }
    // The same bytes cut at another place: lengths are looked at first.
    let shifted =
        [("locator", hex(&[0x33; 31])), ("challenge", json!({ "join": ["33", challenge] }))];
    let head = [&format!("{name}-shifted"), "the same bytes, cut elsewhere", name];
    section.refuses(head, &with(&good, shifted), Refusal::FormBroken);
}
