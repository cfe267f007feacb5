use super::{
    Answer,
    compartments::place,
    consent::{signature, signer},
};
use crate::case::Case;
use seal::{
    Refusal,
    compartment::{Kind, Place, Version},
    report::Manifest,
    wrap::Wraps,
    written::{Authored, Move, Moved, Written},
};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "move" => {
            let signer = signer(case);
            moved(case).map(|moved| signature(moved.sign(&signer)))
        }
        "moved" => {
            let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
            moved(case).and_then(|moved| moved.verify(&key, &signature)).map(|()| json!({}))
        }
        "verify" => verify(case),
        _ => return None,
    })
}

fn moved(case: &Case<'_>) -> Result<Moved, Refusal> {
    let (before, after) = (case.exactly("wraps_before"), case.exactly("wraps_after"));
    let closed_hash = case.exactly("closed_hash");
    Ok(Moved { place: place(case)?, closed_hash, before, after })
}

fn verify(case: &Case<'_>) -> Answer {
    let manifest = case.bytes("manifest");
    let (author, signature) = (case.maybe("signing_key"), case.maybe("signature"));
    let by = author.as_ref().zip(signature.as_ref());
    let by = by.map(|(key, signature)| Authored { key, signature });
    let records = case.each("moves", |one| {
        (one.exactly("wraps_before"), one.bytes("signing_key"), one.bytes("signature"))
    });
    let moves: Vec<Move<'_>> = records
        .iter()
        .map(|(before, key, signature)| Move { before: *before, by: Authored { key, signature } })
        .collect();
    let (closed, wraps) = (case.bytes("closed"), case.list("wraps"));
    let (kind, version) = (case.number("kind"), case.number("version"));
    let (kind, version) = (Kind::of_number(kind)?, Version::of_number(version)?);
    let manifest = Manifest::read(&manifest)?;
    let place = Place { case: manifest.case, kind, version };
    let wraps = Wraps::of(&wraps)?;
    Written { place, closed: &closed, wraps: &wraps, by, moves: &moves }
        .verify(&manifest)
        .map(|()| json!({}))
}
