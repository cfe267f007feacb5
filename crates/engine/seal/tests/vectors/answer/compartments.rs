use super::Answer;
use crate::{
    case::{Case, hex},
    make::Fixed,
};
use seal::{
    Refusal,
    compartment::{self, Kind, Place, Version},
    id::CaseId,
    secret::ContentKey,
};
use serde_json::json;
use sha2::{Digest, Sha256};

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "pad" => compartment::pad(&case.bytes("content"))
            .map(|padded| json!({ "padded": hex(padded.expose()) })),
        "unpad" => compartment::unpad(&case.bytes("padded"))
            .map(|content| json!({ "content": hex(content.expose()) })),
        "close" => close(case)
            .map(|closed| json!({ "length": closed.len(), "hash": hex(Sha256::digest(&closed)) })),
        "open" => open(case),
        _ => return None,
    })
}

/// The place of a compartment, as several sections name it.
pub fn place(case: &Case<'_>) -> Result<Place, Refusal> {
    let id = CaseId(case.exactly("case"));
    let (kind, version) = (case.number("kind"), case.number("version"));
    let (kind, version) = (Kind::of_number(kind)?, Version::of_number(version)?);
    Ok(Place { case: id, kind, version })
}

pub fn close(case: &Case<'_>) -> Result<Vec<u8>, Refusal> {
    let (key, content) = (case.bytes("key"), case.bytes("content"));
    Ok(compartment::close(&place(case)?, &content, &mut Fixed(&key))?.bytes)
}

fn open(case: &Case<'_>) -> Answer {
    let key = ContentKey::from_bytes(&case.bytes("key"))?;
    let seen = Version::of_number(case.number("seen")).ok();
    let closed = case.bytes("closed");
    let content = compartment::open(&key, &place(case)?, seen, &closed)?;
    Ok(json!({ "content": hex(content.expose()) }))
}
