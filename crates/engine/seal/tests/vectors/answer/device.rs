use super::Answer;
use crate::case::{Case, hex};
use seal::{Refusal, device::Device, mailbox::Salt, secret::Seed, words::Phrase};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    let seed = |name| Seed::from_bytes(&case.bytes(name));
    let device = match operation {
        "open" => open(case),
        "of_root" => seed("root").and_then(|root| Device::of_root(&root)),
        "of_passkey" => seed("prf").and_then(|prf| Device::of_passkey(&prf)),
        _ => return None,
    };
    Some(device.map(|device| {
        json!({
            "sign": hex(device.sign().expose()),
            "open": hex(device.key().seed().expose()),
            "signing_key": hex(device.signer().public()),
            "public_key": hex(device.key().public().bytes()),
        })
    }))
}

fn open(case: &Case<'_>) -> Result<Device, Refusal> {
    let salt = Salt(case.exactly("salt"));
    let (phrase, _) = Phrase::read(&case.text("words"))?;
    Device::open(&phrase, salt)
}
