use super::Answer;
use crate::case::{Case, hex};
use seal::{
    Refusal,
    directory::{Claim, Entry, Head, SignedHead, Trust, Witnessed, merkle},
};
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
        "use" => taken(case).map(|entry| shown(&entry)),
        "use_team_key" => taken(case).and_then(|entry| Ok(shown(&entry.team_key()?.into()))),
        "use_device" => taken(case).and_then(|entry| Ok(shown(&entry.device()?.into()))),
        "witnessed" => {
            let head = Head::read(&case.bytes("head"));
            let (key, signature) = (case.bytes("key"), case.bytes("signature"));
            head.and_then(|head| head.verify(&key, &signature)).map(|()| json!({}))
        }
        _ => return None,
    })
}

fn shown(entry: &Entry) -> Value {
    match entry {
        Entry::TeamKey(entry) => json!({
            "form": 1,
            "team": hex(entry.team.0),
            "epoch": entry.epoch,
            "service": entry.service.number(),
            "public_key": hex(entry.public_key),
            "valid_from": entry.valid_from,
            "valid_to": entry.valid_to,
        }),
        Entry::Device(entry) => json!({
            "form": 2,
            "team": hex(entry.team.0),
            "device": hex(entry.device.0),
            "signing_key": hex(entry.signing_key),
            "public_key": hex(entry.public_key),
            "valid_from": entry.valid_from,
            "valid_to": entry.valid_to,
        }),
    }
}

fn taken(case: &Case<'_>) -> Result<Entry, Refusal> {
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
        signed: SignedHead {
            head: &case.bytes("head"),
            signature: &case.bytes("signature"),
            witnesses: &witnesses,
            consistency: &case.hashes("consistency"),
        },
    };
    trust.take(&claim, used.as_ref(), case.number("now")).map(|(entry, _head)| entry)
}
