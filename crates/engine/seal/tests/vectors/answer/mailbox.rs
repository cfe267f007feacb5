use super::Answer;
use super::consent::{signature, signer};
use crate::case::{Case, hex};
use seal::{
    Refusal,
    mailbox::{Asked, Mailbox, Proof, Salt},
    words::Phrase,
};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    let sign = |asked| {
        let signer = signer(case);
        proof(case).map(|proof| signature(proof.sign(asked, &signer)))
    };
    let verify = |asked| {
        let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
        proof(case)?.verify(asked, &key, &signature).map(|()| json!({}))
    };
    Some(match operation {
        "open" => open(case),
        "sign_opened" => sign(Asked::Opened),
        "opened" => verify(Asked::Opened),
        "sign_deleted" => sign(Asked::Deleted),
        "deleted" => verify(Asked::Deleted),
        _ => return None,
    })
}

/// The lengths are in the types: what does not fit them is no proof.
fn proof(case: &Case<'_>) -> Result<Proof, Refusal> {
    let (locator, challenge) = (case.bytes("locator"), case.bytes("challenge"));
    let broken = Refusal::FormBroken;
    Ok(Proof {
        locator: locator.try_into().map_err(|_length| broken)?,
        challenge: challenge.try_into().map_err(|_length| broken)?,
    })
}

fn open(case: &Case<'_>) -> Answer {
    let salt = Salt(case.exactly("salt"));
    let (phrase, _) = Phrase::read(&case.text("words"))?;
    let opened = Mailbox::open(&phrase, salt)?;
    Ok(json!({
        "locator": hex(opened.locator()),
        "sign": hex(opened.sign().expose()),
        "open": hex(opened.key().seed().expose()),
        "signing_key": hex(opened.signer().public()),
        "public_key": hex(opened.key().public().bytes()),
    }))
}
