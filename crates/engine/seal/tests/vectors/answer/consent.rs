use super::Answer;
use crate::case::{Case, hex};
use seal::{
    Refusal,
    compartment::Kind,
    consent::{Channel, Consent, GivenBy, Purpose, Withdrawal},
    id::{CaseId, TeamId},
    secret::Seed,
    sign::Signer,
    words::Language,
};
use serde_json::{Value, json};

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "write" => write(case),
        "read" => Consent::read(&case.bytes("consent")).map(|consent| shown(&consent)),
        "sign" => sign(case),
        "given" => given(case),
        "withdraw" => Ok(signature(withdrawal(case).sign(&signer(case)))),
        "withdrawn" => {
            let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
            withdrawal(case).verify(&key, &signature).map(|()| json!({}))
        }
        _ => return None,
    })
}

pub fn signer(case: &Case<'_>) -> Signer {
    Signer::of(&Seed::from_bytes(&case.bytes("sign")).ok().unwrap())
}

pub fn signature(signature: [u8; 64]) -> Value {
    json!({ "signature": hex(signature) })
}

fn write(case: &Case<'_>) -> Answer {
    let kinds = case.numbers("compartments").into_iter().map(Kind::of_number);
    let purposes = case.numbers("purposes").into_iter().map(Purpose::of_number);
    let (given_by, channel) = (case.number("given_by"), case.number("channel"));
    let language = Language::of_code(&case.text("language"));
    let consent = Consent {
        salt: case.exactly("salt"),
        case: CaseId(case.exactly("case")),
        recipient: TeamId(case.exactly("recipient")),
        epoch: case.number("epoch"),
        compartments: kinds.collect::<Result<_, _>>()?,
        purposes: purposes.collect::<Result<_, _>>()?,
        given_at: case.number("given_at"),
        ends_at: case.number("ends_at"),
        text_hash: case.exactly("text_hash"),
        given_by: GivenBy::of_number(given_by)?,
        channel: Channel::of_number(channel)?,
        language: language.ok_or(Refusal::FormBroken)?,
    };
    Ok(json!({ "consent": hex(consent.bytes()?), "mark": hex(consent.mark()?) }))
}

fn shown(consent: &Consent) -> Value {
    let kinds = Kind::ALL.into_iter().filter(|kind| consent.compartments.has(*kind));
    let purposes = Purpose::ALL.iter().filter(|purpose| consent.purposes.has(**purpose));
    json!({
        "salt": hex(consent.salt),
        "case": hex(consent.case.0),
        "recipient": hex(consent.recipient.0),
        "epoch": consent.epoch,
        "compartments": kinds.map(Kind::number).collect::<Vec<u8>>(),
        "purposes": purposes.map(|purpose| purpose.number()).collect::<Vec<u8>>(),
        "given_at": consent.given_at,
        "ends_at": consent.ends_at,
        "given_by": consent.given_by.number(),
        "channel": consent.channel.number(),
        "language": consent.language.code(),
        "text_hash": hex(consent.text_hash),
    })
}

fn sign(case: &Case<'_>) -> Answer {
    let consent = Consent::read(&case.bytes("consent"))?;
    Ok(signature(consent.sign(&signer(case))?))
}

fn given(case: &Case<'_>) -> Answer {
    let (key, signature) = (case.bytes("signing_key"), case.bytes("signature"));
    let consent = Consent::verify(&case.bytes("consent"), &key, &signature)?;
    Ok(json!({ "mark": hex(consent.mark()?) }))
}

fn withdrawal(case: &Case<'_>) -> Withdrawal {
    Withdrawal { mark: case.exactly("mark"), at: case.number("at") }
}
