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

fn begun() -> Value {
    json!({ "file": zeros(16), "leaf": zeros(32), "padded": 65_536 })
}

fn file_part() -> Value {
    json!({ "file": zeros(16), "part": 0, "closed": zeros(32) })
}

fn noted() -> Value {
    json!({ "event": zeros(114), "signature": zeros(64) })
}

fn letter() -> Value {
    json!({ "number": 1, "closed": zeros(16), "wraps": [], "signature": zeros(64) })
}

/// Letters between centers, and what centers can do.
fn letters() -> Vec<Act> {
    let at = plain;
    vec![
        at(GET, "/api/onestop/services"),
        at(POST, "/api/onestop/service").with(
            |_, _| json!({ "capabilities": [], "languages": [], "access": [], "beds_free": null }),
        ),
        at(GET, "/api/onestop/referrals"),
        at(POST, "/api/onestop/referral").with(|_, _| {
            json!({
                "device": zeros(16), "referral": zeros(16), "purpose": 1, "to": zeros(16),
                "end_hash": zeros(32), "letter": letter(),
            })
        }),
        at(POST, "/api/onestop/referral/write")
            .with(|_, _| json!({ "device": zeros(16), "referral": zeros(16), "letter": letter() })),
        at(POST, "/api/onestop/referral/move")
            .with(|_, _| json!({ "device": zeros(16), "referral": zeros(16), "moved": [] })),
        at(POST, "/api/onestop/referral/end")
            .with(|_, _| json!({ "referral": zeros(16), "token": zeros(32) })),
    ]
}

fn files() -> Vec<Act> {
    let at = plain;
    vec![
        at(POST, "/api/onestop/mailbox/file/begin")
            .with(|_, _| json!({ "proof": proof(), "case": zeros(16), "begun": begun() })),
        at(POST, "/api/onestop/mailbox/file/part")
            .with(|_, _| json!({ "proof": proof(), "case": zeros(16), "sent": file_part() })),
        at(POST, "/api/onestop/mailbox/file/state")
            .with(|_, _| json!({ "proof": proof(), "case": zeros(16) })),
        at(POST, "/api/onestop/mailbox/file/get").with(|_, _| {
            json!({
                "proof": proof(), "case": zeros(16), "wanted": { "file": zeros(16), "part": 0 },
            })
        }),
        at(POST, "/api/onestop/mailbox/file/delete").with(
            |_, _| json!({ "proof": proof(), "case": zeros(16), "leaf": zeros(32), "noted": null }),
        ),
        at(POST, "/api/onestop/mailbox/custody")
            .with(|_, _| json!({ "proof": proof(), "case": zeros(16), "noted": noted() })),
        at(POST, "/api/onestop/mailbox/custody/find")
            .with(|_, _| json!({ "proof": proof(), "leaves": [] })),
        at(POST, "/api/onestop/case/file/begin")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "begun": begun() })),
        at(POST, "/api/onestop/case/file/part")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "sent": file_part() })),
        at(POST, "/api/onestop/case/file/state").with(|_, _| json!({ "case": zeros(16) })),
        at(POST, "/api/onestop/case/file/get").with(|_, _| {
            json!({
                "case": zeros(16), "device": zeros(16),
                "wanted": { "file": zeros(16), "part": 0 },
            })
        }),
        at(POST, "/api/onestop/case/custody")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "noted": noted() })),
        at(POST, "/api/onestop/case/custody/find").with(|_, _| json!({ "leaves": [] })),
    ]
}

/// Of the matching, which is off in a city like this one: there is no such thing, whoever asks.
fn matching() -> Vec<Act> {
    let at = plain;
    vec![
        at(GET, "/api/onestop/matching"),
        at(POST, "/api/onestop/matching/entry").with(|_, _| {
            json!({
                "number": zeros(16), "withdrawal_hash": zeros(32), "entry": zeros(4_593),
                "spending": zeros(64),
            })
        }),
        at(POST, "/api/onestop/matching/withdraw").with(|_, _| json!({ "withdrawal": zeros(32) })),
    ]
}

pub fn acts() -> Vec<Act> {
    let at = plain;
    let mut all = vec![
        at(GET, "/api/onestop/keys"),
        at(GET, "/api/onestop/directory"),
        at(GET, "/api/onestop/challenge"),
        at(GET, "/api/onestop/rules"),
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
        at(POST, "/api/onestop/mailbox/give").with(|_, _| {
            json!({
                "proof": proof(), "case": zeros(16), "moved": [], "notes": writing(),
                "knock": { "center": zeros(16), "epoch": 1, "knock": zeros(1_330) },
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
        at(GET, "/api/onestop/shares"),
        at(POST, "/api/onestop/shares").with(|_, _| json!({ "epoch": 1, "older": [] })),
        at(POST, "/api/onestop/team-key/back")
            .with(|_, _| json!({ "device": zeros(16), "epoch": 1, "wraps": [] })),
        at(GET, "/api/onestop/knocks"),
        at(POST, "/api/onestop/knocks/answered").with(|_, _| json!({ "id": zeros(8) })),
        at(GET, "/api/onestop/ledger"),
        at(POST, "/api/onestop/ledger/reserve")
            .with(|_, _| json!({ "table": "none", "period": "2026", "digest": zeros(32) })),
        at(POST, "/api/onestop/case").with(|_, _| json!({ "case": zeros(16) })),
        at(POST, "/api/onestop/case/write")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "writing": writing() })),
        at(POST, "/api/onestop/case/move")
            .with(|_, _| json!({ "case": zeros(16), "device": zeros(16), "moved": [] })),
    ];
    all.extend(files());
    all.extend(letters());
    all.extend(matching());
    all
}
