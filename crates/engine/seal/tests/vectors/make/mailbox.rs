use super::{Fixed, Made, Section, hex};
use seal::{
    Refusal,
    mailbox::{Mailbox, Salt},
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
    Ok(section)
}
