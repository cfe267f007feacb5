use super::{
    Answer,
    consent::{signature, signer},
    wraps::private,
};
use crate::case::{Case, hex};
use seal::{
    Refusal,
    id::{ReferralId, TeamId},
    key::{PrivateKey, PublicKey},
    letter::{self, Kept, LetterPlace, LetterWraps, Moved, Side, Written},
    secret::Seed,
    team::Epoch,
    written::{Authored, Move},
};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "seal" => seal(case),
        "open" => open(case),
        "sign" => {
            let signer = signer(case);
            written(case).map(|written| signature(written.sign(&signer)))
        }
        "verify" => verify(case),
        "rewrap" => rewrap(case),
        "move" => {
            let signer = signer(case);
            moved(case).map(|moved| signature(moved.sign(&signer)))
        }
        "moved" => {
            let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
            moved(case).and_then(|moved| moved.verify(&key, &signature)).map(|()| json!({}))
        }
        _ => return None,
    })
}

fn place(case: &Case<'_>) -> Result<LetterPlace, Refusal> {
    LetterPlace::of(ReferralId(case.exactly("referral")), case.number("number"))
}

fn epoch(case: &Case<'_>, team: &str, number: &str) -> Epoch {
    Epoch { team: TeamId(case.exactly(team)), number: case.number(number) }
}

/// What closing is random in is not compared.
fn seal(case: &Case<'_>) -> Answer {
    // Every field is read before the first refusal: one that nobody reads fails the test.
    let (place, content) = (place(case), case.bytes("content"));
    let sender = epoch(case, "sender", "sender_epoch");
    let receiver = epoch(case, "receiver", "receiver_epoch");
    let key = PublicKey::from_bytes(&case.bytes("public_key"))?;
    let mut rng = crate::make::dice(1);
    let letter = letter::close(&place?, &content, (sender, &key), (receiver, &key), &mut rng)?;
    Ok(json!({ "length": letter.closed.len() }))
}

fn open(case: &Case<'_>) -> Answer {
    let side = Side::of_number(case.number("side"))?;
    let reader = (epoch(case, "team", "epoch"), &private(case)?);
    let (wraps, closed) = (case.list("wraps"), case.bytes("closed"));
    let place = place(case)?;
    let wraps = LetterWraps::of(&wraps)?;
    let content = letter::open(&place, side, reader, &wraps, &closed)?;
    Ok(json!({ "content": hex(content.expose()) }))
}

fn written(case: &Case<'_>) -> Result<Written, Refusal> {
    let (sender, receiver) = (TeamId(case.exactly("sender")), TeamId(case.exactly("receiver")));
    let (wraps, closed) = (case.list("wraps"), case.bytes("closed"));
    Written::of(place(case)?, sender, receiver, &closed, &LetterWraps::of(&wraps)?)
}

fn verify(case: &Case<'_>) -> Answer {
    let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
    let records = case.each("moves", |one| {
        (one.exactly("wraps_before"), one.bytes("signing_key"), one.bytes("signature"))
    });
    let moves: Vec<Move<'_>> = records
        .iter()
        .map(|(before, key, signature)| Move { before: *before, by: Authored { key, signature } })
        .collect();
    let (sender, receiver) = (TeamId(case.exactly("sender")), TeamId(case.exactly("receiver")));
    let (wraps, closed) = (case.list("wraps"), case.bytes("closed"));
    let (place, wraps) = (place(case)?, LetterWraps::of(&wraps)?);
    let by = Authored { key: &key, signature: &signature };
    Kept { place, sender, receiver, closed: &closed, wraps: &wraps, by, moves: &moves }
        .verify()
        .map(|()| json!({}))
}

/// The wrap of one side moves: the other stays, and the later key opens what the older one did.
fn rewrap(case: &Case<'_>) -> Answer {
    let side = Side::of_number(case.number("side"))?;
    let from = (epoch(case, "team", "epoch"), &private(case)?);
    let later = PrivateKey::of(Seed::from_bytes(&case.bytes("to_private_key"))?)?;
    let to = epoch(case, "to_team", "to_epoch");
    let (place, wraps) = (place(case)?, LetterWraps::of(&case.list("wraps"))?);
    let mut rng = crate::make::dice(2);
    let after = wraps.moved(&place, side, from, (to, &later.public()), &mut rng)?;
    let key = after.open(&place, side, (to, &later))?;
    // What still opened with the older key would be no move: the case fails by another answer.
    if after.open(&place, side, from).err() != Some(Refusal::NotForYou) {
        return Err(Refusal::FormBroken);
    }
    let [sender, receiver] = after.each();
    let stays = if side == Side::Sender { receiver } else { sender };
    Ok(json!({ "key": hex(key.expose()), "stays": hex(stays) }))
}

fn moved(case: &Case<'_>) -> Result<Moved, Refusal> {
    let (before, after) = (case.exactly("wraps_before"), case.exactly("wraps_after"));
    let closed_hash = case.exactly("closed_hash");
    Ok(Moved { place: place(case)?, closed_hash, before, after })
}
