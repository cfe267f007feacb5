use super::Answer;
use crate::case::{Case, hex};
use seal::{
    mailbox::{Mailbox, Salt},
    words::Phrase,
};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    (operation == "open").then(|| open(case))
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
