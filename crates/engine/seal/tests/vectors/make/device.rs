use super::{Fixed, Made, Section, cut, hex, more, seed};
use seal::{
    Refusal,
    device::Device,
    mailbox::Salt,
    words::{Language, Phrase},
};
use serde_json::{Value, json};

pub(super) fn made() -> Made {
    let mut section = Section::new("device");
    let phrase = Phrase::draw(&mut Fixed(&[9, 8, 7, 6, 5, 4, 3, 2, 1]));
    let salt = Salt(*b"another city 16b");
    for (name, says, language) in [
        ("korean", "words that would open a mailbox give another root's keys", Language::Korean),
        ("english", "the same phrase in English gives the same", Language::English),
    ] {
        let inputs = json!({ "words": *phrase.text(language), "salt": hex(&salt.0) });
        section.gives([name, says, "open"], &inputs, keys(&Device::open(&phrase, salt)?));
    }
    let words = json!({ "words": "abandon abandon", "salt": hex(&salt.0) });
    section.refuses(["two-words", "no phrase", "open"], &words, Refusal::NotSevenWords);
    let root = hex(seed(1).expose());
    let of_root = Device::of_root(&seed(1))?;
    section.gives(["root", "of a root", "of_root"], &json!({ "root": root }), keys(&of_root));
    let of_passkey = Device::of_passkey(&seed(1))?;
    let head = ["passkey", "what a passkey gives is not the root itself", "of_passkey"];
    section.gives(head, &json!({ "prf": root }), keys(&of_passkey));
    for (name, says, bytes) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&root, 31)),
        ("long", "a byte too many", more(&root, "00")),
    ] {
        let head = [&format!("root-{name}"), says, "of_root"];
        section.refuses(head, &json!({ "root": bytes }), Refusal::KeyNotWhole);
        let head = [&format!("passkey-{name}"), says, "of_passkey"];
        section.refuses(head, &json!({ "prf": bytes }), Refusal::KeyNotWhole);
    }
    Ok(section)
}

fn keys(device: &Device) -> Value {
    json!({
        "sign": hex(device.sign().expose()),
        "open": hex(device.key().seed().expose()),
        "signing_key": hex(&device.signer().public()),
        "public_key": hex(&device.key().public().bytes()),
    })
}
