use super::Answer;
use crate::case::{Case, hex};
use seal::{
    Refusal,
    file::{self, Layout, Place},
    id::{CaseId, FileId},
    secret::FileKey,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "layout" => Layout::of(case.number("length"))
            .map(|layout| json!({ "padded": layout.padded(), "parts": layout.parts() })),
        "close" => close(case).map(|parts| {
            let parts = parts
                .iter()
                .map(|part| json!({ "length": part.len(), "hash": hex(Sha256::digest(part)) }));
            json!({ "parts": parts.collect::<Value>() })
        }),
        "open" => open(case),
        "unpad" => file::unpad(&case.bytes("padded"))
            .map(|content| json!({ "content": hex(content.expose()) })),
        _ => return None,
    })
}

fn given(case: &Case<'_>) -> Result<(FileKey, Place), Refusal> {
    let (id, file) = (CaseId(case.exactly("case")), FileId(case.exactly("file")));
    Ok((FileKey::from_bytes(&case.bytes("key"))?, Place { case: id, file }))
}

pub fn close(case: &Case<'_>) -> Result<Vec<Vec<u8>>, Refusal> {
    let (key, place) = given(case)?;
    file::close(&key, &place, &case.bytes("content"))
}

fn open(case: &Case<'_>) -> Answer {
    let (key, place) = given(case)?;
    let content = file::open(&key, &place, &case.list("parts"))?;
    Ok(json!({ "content": hex(content.expose()) }))
}
