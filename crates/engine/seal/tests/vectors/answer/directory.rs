use super::Answer;
use crate::case::{Case, hex};
use seal::directory::{Claim, Entry, Head, Trust, Witnessed, merkle};
use serde_json::{Value, json};

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "read_entry" => Entry::read(&case.bytes("entry")).map(|entry| shown(&entry)),
        "read_head" => Head::read(&case.bytes("head"))
            .map(|head| json!({ "size": head.size, "root": hex(head.root), "at": head.at })),
        "root" => {
            let leaves: Vec<_> =
                case.list("leaves").iter().map(|leaf| merkle::leaf(leaf)).collect();
            Ok(json!({ "root": hex(merkle::root(&leaves)) }))
        }
        "included" => {
            let (leaf, proof) = (merkle::leaf(&case.bytes("leaf")), case.hashes("proof"));
            let (index, size) = (case.number("index"), case.number("size"));
            merkle::included(&leaf, index, size, &case.exactly("root"), &proof).map(|()| json!({}))
        }
        "consistent" => {
            let (old_size, size) = (case.number("old_size"), case.number("size"));
            let (old_root, root) = (case.exactly("old_root"), case.exactly("root"));
            let proof = case.hashes("proof");
            merkle::consistent(old_size, &old_root, size, &root, &proof).map(|()| json!({}))
        }
        "use" => take(case),
        _ => return None,
    })
}

fn shown(entry: &Entry) -> Value {
    json!({
        "team": hex(entry.team.0),
        "epoch": entry.epoch,
        "service": entry.service.number(),
        "public_key": hex(entry.public_key),
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
    })
}

fn take(case: &Case<'_>) -> Answer {
    let trust =
        Trust { log_key: case.exactly("log_key"), witness_keys: case.hashes("witness_keys") };
    let signed = case.each("witnesses", |one| (one.bytes("key"), one.bytes("signature")));
    let witnesses: Vec<Witnessed<'_>> =
        signed.iter().map(|(key, signature)| Witnessed { key, signature }).collect();
    let used = case.maybe("used").map(|head| Head::read(&head).unwrap());
    let claim = Claim {
        entry: &case.bytes("entry"),
        index: case.number("index"),
        inclusion: &case.hashes("proof"),
        head: &case.bytes("head"),
        signature: &case.bytes("signature"),
        witnesses: &witnesses,
        consistency: &case.hashes("consistency"),
    };
    let (entry, _head) = trust.take(&claim, used.as_ref(), case.number("now"))?;
    Ok(shown(&entry))
}
