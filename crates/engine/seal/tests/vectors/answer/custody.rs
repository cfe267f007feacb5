use super::{
    Answer,
    consent::{signature, signer},
};
use crate::case::{Case, hex};
use seal::{
    Refusal,
    custody::{self, Action, Event},
    directory::Head,
    id::{DeviceId, TeamId},
};
use serde_json::{Value, json};

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "leaf" => {
            let leaf = custody::leaf(&case.exactly("salt"), &case.exactly("sha256"));
            Ok(json!({ "leaf": hex(leaf) }))
        }
        "reason" => Ok(json!({ "reason_hash": hex(custody::reason_hash(&case.text("words"))) })),
        "write" => write(case),
        "read" => Event::read(&case.bytes("event")).map(|event| shown(&event)),
        "sign" => {
            let signer = signer(case);
            let event = Event::read(&case.bytes("event"));
            event.and_then(|event| event.sign(&signer)).map(signature)
        }
        "signed" => {
            let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
            Event::verify(&case.bytes("event"), &key, &signature).map(|event| shown(&event))
        }
        "head" => {
            let (key, signature) = (case.bytes("log_key"), case.bytes("signature"));
            custody::verify_head(&case.bytes("head"), &key, &signature)
                .map(|head| json!({ "size": head.size, "root": hex(head.root), "at": head.at }))
        }
        "follows" => follows(case),
        "included" => {
            let (event, proof) = (case.bytes("event"), case.hashes("proof"));
            let index = case.number("index");
            let head = Head::read(&case.bytes("head"));
            head.and_then(|head| custody::included(&head, &event, index, &proof))
                .map(|event| shown(&event))
        }
        _ => return None,
    })
}

fn write(case: &Case<'_>) -> Answer {
    let action = case.number("action");
    let event = Event {
        seq: case.number("seq"),
        leaf: case.exactly("leaf"),
        team: TeamId(case.exactly("team")),
        device: DeviceId(case.exactly("device")),
        at: case.number("at"),
        reason_hash: case.exactly("reason_hash"),
        action: Action::of_number(action)?,
    };
    Ok(json!({ "event": hex(event.bytes()?) }))
}

fn shown(event: &Event) -> Value {
    json!({
        "seq": event.seq,
        "leaf": hex(event.leaf),
        "action": event.action.number(),
        "team": hex(event.team.0),
        "device": hex(event.device.0),
        "at": event.at,
        "reason_hash": hex(event.reason_hash),
    })
}

fn follows(case: &Case<'_>) -> Result<Value, Refusal> {
    let (seen, head) = (case.bytes("seen"), case.bytes("head"));
    let consistency = case.hashes("consistency");
    let (seen, head) = (Head::read(&seen)?, Head::read(&head)?);
    custody::follows(&seen, &head, &consistency).map(|()| json!({}))
}
