use super::{
    Answer,
    compartments::place,
    consent::{signature, signer},
    wraps::columns,
};
use crate::case::{Case, hex};
use seal::{
    Refusal,
    compartment::Kind,
    id::CaseId,
    report::{Amended, Manifest, Sealed},
    wrap::Wraps,
};
use serde_json::{Value, json};

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    let manifest = || Manifest::read(&case.bytes("manifest"));
    Some(match operation {
        "write" => Ok(json!({ "manifest": hex(given(case).bytes()) })),
        "read" => manifest().map(|manifest| shown(&manifest)),
        "sign" => manifest().map(|manifest| signature(manifest.sign(&signer(case)))),
        "verify" => Manifest::verify(&case.bytes("manifest"), &case.bytes("signature"))
            .map(|_manifest| json!({})),
        "holds" => holds(case),
        "amend" => amended(case).map(|amended| signature(amended.sign(&signer(case)))),
        "amended" => {
            let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
            amended(case).and_then(|amended| amended.verify(&key, &signature)).map(|()| json!({}))
        }
        _ => return None,
    })
}

fn sealed(case: &Case<'_>) -> Sealed {
    Sealed { closed_hash: case.exactly("closed_hash"), wraps_hash: case.exactly("wraps_hash") }
}

fn given(case: &Case<'_>) -> Manifest {
    Manifest {
        case: CaseId(case.exactly("case")),
        locator: case.exactly("locator"),
        signing_key: case.exactly("signing_key"),
        public_key: case.exactly("public_key"),
        columns: columns(case),
        compartments: case.each("compartments", sealed).try_into().unwrap(),
    }
}

fn shown(manifest: &Manifest) -> Value {
    let columns = manifest.columns.iter().map(|(_, mark)| hex(mark));
    let compartments = manifest.compartments.iter().map(|sealed| {
        json!({ "closed_hash": hex(sealed.closed_hash), "wraps_hash": hex(sealed.wraps_hash) })
    });
    json!({
        "case": hex(manifest.case.0),
        "locator": hex(manifest.locator),
        "signing_key": hex(manifest.signing_key),
        "public_key": hex(manifest.public_key),
        "columns": columns.collect::<Value>(),
        "compartments": compartments.collect::<Value>(),
    })
}

fn holds(case: &Case<'_>) -> Answer {
    let (closed, wraps) = (case.bytes("closed"), case.list("wraps"));
    let manifest = Manifest::read(&case.bytes("manifest"))?;
    let kind = Kind::of_number(case.number("kind"))?;
    manifest.holds(kind, &closed, &Wraps::of(&wraps)?).map(|()| json!({}))
}

fn amended(case: &Case<'_>) -> Result<Amended, Refusal> {
    let sealed = sealed(case);
    Ok(Amended { place: place(case)?, sealed })
}
