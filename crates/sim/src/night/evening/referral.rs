//! The evening's referral: counseling asks the legal aid office for the first of the three, she
//! agrees in her mailbox to exactly what is sent, and the office takes it on. And what each center
//! says it can do.

use super::center::{Center, Opened};
use super::she::She;
use super::{hour, sealed, told};
use crate::night::phone::Trouble;
use kernel::Instant;
use rand::{Rng, rngs::ChaCha20Rng};
use seal::{
    compartment::Kind,
    consent::{Channel, Consent, GivenBy, Purpose},
    id::{CaseId, ReferralId},
    letter::LetterPlace,
    secret::Seed,
    sign::Signer,
    words::Language,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wire::onestop::{
    Bytes, Capability, Exact, SayService, SendReferral, ServiceAccess, WriteLetter,
};

/// The purpose of help at another center.
const REFERRAL: u8 = 1;

fn drawn<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn text(bytes: impl AsRef<[u8]>) -> Value {
    json!(Bytes(bytes.as_ref().to_vec()))
}

/// Counseling asks for her, she agrees, it is sent, and taken on.
pub(super) async fn happen(
    (counseling, legal): (&Center, &Center),
    (she, opened): (&She, &Opened),
    now: Instant,
    rng: &mut ChaCha20Rng,
) -> Result<(), Trouble> {
    let (referral, token) = (ReferralId(drawn(rng)), drawn::<32>(rng));
    let what = told::referred().to_string();
    let number = text(referral.0);
    let step = |entry: Value| {
        let mut entry = entry;
        entry["v"] = json!(1);
        entry["referral"] = number.clone();
        entry
    };
    let offered = step(json!({
        "entry": "referral_offered", "base": 0, "to": Exact(legal.key.epoch.team.0),
        "purposes": ["services", "referral"], "fields": told::REFERRED_FIELDS, "content": what,
        "end_token": text(token),
    }));
    counseling.lay(opened, (Kind::Casework, 1), &offered, rng).await?;
    let (consent, key, signature) = agreed(referral, legal, &what, hour(now), rng)?;
    let agreement = step(json!({
        "entry": "referral_agreed", "base": 1, "consent": consent, "key": key,
        "signature": signature,
    }));
    she.lay((Kind::Casework, 2), &agreement, rng).await?;
    let letter = json!({
        "v": 1, "letter": "referral", "told": what, "consent": consent, "key": key,
        "signature": signature,
    });
    let between = (&counseling.key, &legal.key);
    let at = |number| sealed(LetterPlace::of(referral, number));
    let sends = SendReferral {
        device: counseling.device(),
        referral: Exact(referral.0),
        purpose: REFERRAL,
        to: Exact(legal.key.epoch.team.0),
        end_hash: Exact(Sha256::digest(token).into()),
        letter: counseling.letter(at(1)?, between, &letter, rng)?,
    };
    counseling.tell("/api/onestop/referral", "evening-referral", &sends).await?;
    let sent = step(json!({"entry": "referral_sent", "base": 2}));
    counseling.lay(opened, (Kind::Casework, 3), &sent, rng).await?;
    let answer = json!({"v": 1, "letter": "answer", "state": "accepted"});
    let takes = WriteLetter {
        device: legal.device(),
        referral: Exact(referral.0),
        letter: legal.letter(at(2)?, between, &answer, rng)?,
    };
    legal.tell("/api/onestop/referral/write", "evening-takes", &takes).await?;
    let taken = step(json!({"entry": "referral_state", "base": 3, "state": "accepted"}));
    counseling.lay(opened, (Kind::Casework, 4), &taken, rng).await
}

/// Her consent to exactly these bytes, signed with a key made for this one referral.
fn agreed(
    referral: ReferralId,
    to: &Center,
    what: &str,
    at: u64,
    rng: &mut ChaCha20Rng,
) -> Result<(Value, Value, Value), Trouble> {
    let consent = Consent {
        salt: drawn(rng),
        // A receiver never learns whose case it is.
        case: CaseId(referral.0),
        recipient: to.key.epoch.team,
        epoch: to.key.epoch.number,
        compartments: [Kind::Contact, Kind::Incident, Kind::Notes].into_iter().collect(),
        purposes: [Purpose::Services, Purpose::Referral].into_iter().collect(),
        given_at: at,
        ends_at: 0,
        given_by: GivenBy::Herself,
        channel: Channel::InWriting,
        language: Language::Korean,
        text_hash: Sha256::digest(what).into(),
    };
    let signer = Signer::of(&Seed::draw(rng));
    let signature = sealed(consent.sign(&signer))?;
    Ok((text(sealed(consent.bytes())?), text(signer.public()), text(signature)))
}

/// What each of the centers says it can do tonight.
pub(super) async fn say(centers: [Option<&Center>; 3]) -> Result<(), Trouble> {
    let said = [
        (vec![Capability::Counseling, Capability::GoingAlong], vec![ServiceAccess::StepFree]),
        (
            vec![
                Capability::EmergencyMedicine,
                Capability::ForensicKit,
                Capability::FemaleDoctor,
                Capability::EmergencyContraception,
            ],
            vec![ServiceAccess::StepFree, ServiceAccess::AnyHour, ServiceAccess::PhoneInterpreter],
        ),
        (vec![Capability::LegalAdvice, Capability::Lawyer], vec![ServiceAccess::SignLanguage]),
    ];
    for (center, (capabilities, access)) in centers.into_iter().zip(said) {
        let Some(center) = center else { continue };
        let languages = vec!["ko".to_owned(), "en".to_owned()];
        let says = SayService { capabilities, languages, access, beds_free: None };
        center.tell("/api/onestop/service", "evening-says", &says).await?;
    }
    Ok(())
}
