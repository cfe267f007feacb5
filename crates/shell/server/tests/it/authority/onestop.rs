//! The routes of one-stop, with bodies that read and hold nothing: the public ones are refused for
//! what they hold by whoever asks, those of a center for who asks.

use super::acts::{Act, GET, POST, plain};
use serde_json::{Value, json};

/// So many zero bytes, as they travel.
fn zeros(bytes: usize) -> Value {
    json!("A".repeat((bytes * 4).div_ceil(3)))
}

fn proof() -> Value {
    json!({
        "locator": zeros(32), "signing_key": zeros(32), "challenge": zeros(40),
        "signature": zeros(64),
    })
}

fn writing() -> Value {
    json!({ "kind": 13, "version": 1, "closed": zeros(16), "wraps": [], "signature": zeros(64) })
}

pub fn acts() -> Vec<Act> {
    let at = plain;
    vec![
        at(GET, "/api/onestop/keys"),
        at(GET, "/api/onestop/directory"),
        at(GET, "/api/onestop/challenge"),
        at(GET, "/api/onestop/head"),
        at(POST, "/api/onestop/head/witness")
            .with(|_, _| json!({ "key": zeros(32), "signature": zeros(64) })),
        at(POST, "/api/onestop/report").with(|_, _| {
            json!({
                "manifest": zeros(9), "signature": zeros(64), "compartments": [], "knocks": [],
            })
        }),
        at(POST, "/api/onestop/mailbox").with(|_, _| proof()),
        at(POST, "/api/onestop/mailbox/write")
            .with(|_, _| json!({ "proof": proof(), "case": zeros(16), "writing": writing() })),
        at(POST, "/api/onestop/mailbox/withdraw").with(|_, _| {
            json!({
                "proof": proof(), "case": zeros(16), "mark": zeros(32), "at": 0,
                "signature": zeros(64), "moved": [],
            })
        }),
        at(POST, "/api/onestop/mailbox/delete").with(
            |_, _| json!({ "proof": proof(), "case": zeros(16), "deleted_signature": zeros(64) }),
        ),
        at(GET, "/api/onestop/desk"),
        at(POST, "/api/onestop/device").with(|_, _| json!({ "entry": zeros(9) })),
        at(POST, "/api/onestop/team-key").with(|_, _| json!({ "entry": zeros(9), "wraps": [] })),
        at(POST, "/api/onestop/team-key/share")
            .with(|_, _| json!({ "epoch": 1, "device": zeros(16), "wrap": zeros(1_168) })),
        at(GET, "/api/onestop/knocks"),
        at(POST, "/api/onestop/knocks/answered").with(|_, _| json!({ "id": zeros(8) })),
        at(POST, "/api/onestop/case").with(|_, _| json!({ "case": zeros(16) })),
        at(POST, "/api/onestop/case/write")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "writing": writing() })),
        at(POST, "/api/onestop/case/move")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "moved": [] })),
    ]
}
