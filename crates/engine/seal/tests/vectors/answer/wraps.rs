use super::{Answer, compartments::place};
use crate::case::{Case, hex};
use seal::{
    Refusal,
    columns::{ColumnNo, Columns},
    compartment::Place,
    key::{PrivateKey, PublicKey},
    secret::Seed,
    wrap::Wraps,
};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "public" => private(case).map(|key| json!({ "public_key": hex(key.public().bytes()) })),
        "check" => PublicKey::from_bytes(&case.bytes("public_key")).map(|_key| json!({})),
        "find" => given(case).and_then(|(reader, place, columns, wraps)| {
            let (no, key) = wraps.find(&reader, &place, &columns)?;
            Ok(json!({ "column": no.number(), "key": hex(key.expose()) }))
        }),
        "find_among" => find_among(case),
        "open" => given(case).and_then(|(reader, place, columns, wraps)| {
            let no = ColumnNo::of_number(case.number("column"))?;
            let key = wraps.open(&reader, &place, &columns, no)?;
            Ok(json!({ "key": hex(key.expose()) }))
        }),
        _ => return None,
    })
}

pub fn private(case: &Case<'_>) -> Result<PrivateKey, Refusal> {
    PrivateKey::of(Seed::from_bytes(&case.bytes("private_key"))?)
}

fn find_among(case: &Case<'_>) -> Answer {
    let seeds = case.list("private_keys");
    let keys = seeds.iter().map(|seed| PrivateKey::of(Seed::from_bytes(seed)?));
    let keys: Vec<PrivateKey> = keys.collect::<Result<_, _>>()?;
    let readers: Vec<&PrivateKey> = keys.iter().collect();
    let (columns, wraps) = (columns(case), case.list("wraps"));
    let place = place(case)?;
    let (at, no, key) = Wraps::of(&wraps)?.find_among(&readers, &place, &columns)?;
    Ok(json!({ "at": at, "column": no.number(), "key": hex(key.expose()) }))
}

pub fn columns(case: &Case<'_>) -> Columns {
    Columns::new(case.hashes("columns").try_into().unwrap())
}

fn given(case: &Case<'_>) -> Result<(PrivateKey, Place, Columns, Wraps), Refusal> {
    let (reader, columns, wraps) = (private(case)?, columns(case), case.list("wraps"));
    Ok((reader, place(case)?, columns, Wraps::of(&wraps)?))
}
