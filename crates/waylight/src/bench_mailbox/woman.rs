//! Somebody with seven words, as her browser would ask for her.

use crate::bench_serve::line::Line;
use anyhow::{Context, Result, anyhow, ensure};
use kernel::{Instant, Span};
use rand::{Rng, rngs::ChaCha20Rng};
use seal::{
    compartment::Kind,
    consent::{Channel, Consent, GivenBy, Purpose},
    id::{CaseId, TeamId},
    laid::Laid,
    mailbox::{Asked, Mailbox, Proof as Asks, Salt},
    words::{Language, Phrase},
};
use serde::{Serialize, de::DeserializeOwned};
use wire::onestop::{Challenge, Compartment, DeleteCase, Exact, Proof, Report};

/// What of the seal's no is here: our own mistake.
fn sealed<T>(result: Result<T, seal::Refusal>) -> Result<T> {
    result.map_err(|refusal| anyhow!("the seal refused: {}", refusal.code()))
}

/// `GET path`, read.
pub(super) async fn get<T: DeserializeOwned>(line: &mut Line, path: &str) -> Result<T> {
    let answer = line.get(path).await?;
    ensure!(answer.acknowledged(), "{path}: {}", answer.problem());
    serde_json::from_slice(&answer.body).context("an answer of another form")
}

async fn post(line: &mut Line, path: &str, body: &impl Serialize) -> Result<()> {
    let answer = line.post(path, "bench-mailbox-says", serde_json::to_vec(body)?.into()).await?;
    ensure!(answer.acknowledged(), "{path}: {}", answer.problem());
    Ok(())
}

/// She. No `Debug`: her keys are in it.
pub(super) struct Woman(Mailbox);

impl Woman {
    /// The mailbox of these words.
    pub(super) fn of(phrase: &Phrase, salt: Salt) -> Result<Self> {
        sealed(Mailbox::open(phrase, salt)).map(Self)
    }

    fn signed(&self, asked: Asked, challenge: [u8; 40]) -> [u8; 64] {
        let asks = Asks { locator: self.0.locator(), challenge };
        asks.sign(asked, &self.0.signer())
    }

    /// That the mailbox is hers.
    pub(super) fn proof(&self, challenge: [u8; 40]) -> Proof {
        Proof {
            locator: Exact(self.0.locator()),
            signing_key: Exact(self.0.signer().public()),
            challenge: Exact(challenge),
            signature: self.signed(Asked::Opened, challenge).to_vec().into(),
        }
    }

    /// Sends a report for nobody but herself, and deletes it: what is left is an empty mailbox.
    pub(super) async fn sends_and_deletes(
        &mut self,
        line: &mut Line,
        now: Instant,
        rng: &mut ChaCha20Rng,
    ) -> Result<()> {
        let mut drawn = [0; 32];
        rng.fill_bytes(&mut drawn);
        let (mut case, mut salt) = ([0; 16], [0; 16]);
        case.copy_from_slice(&drawn[..16]);
        salt.copy_from_slice(&drawn[16..]);
        let case = CaseId(case);
        post(line, "/api/onestop/report", &self.report(case, salt, now, rng)?).await?;
        let challenge: Challenge = get(line, "/api/onestop/challenge").await?;
        let challenge = challenge.challenge.0;
        let deleted = DeleteCase {
            proof: self.proof(challenge),
            case: Exact(case.0),
            deleted_signature: self.signed(Asked::Deleted, challenge).to_vec().into(),
        };
        post(line, "/api/onestop/mailbox/delete", &deleted).await
    }

    fn report(
        &self,
        case: CaseId,
        salt: [u8; 16],
        now: Instant,
        rng: &mut ChaCha20Rng,
    ) -> Result<Report> {
        let hour = Span::hours(1).as_millis();
        let given_at = u64::try_from(now.millis() - now.millis().rem_euclid(hour))?;
        let consent = Consent {
            salt,
            case,
            recipient: TeamId::HERSELF,
            epoch: 0,
            compartments: Kind::ALL.into_iter().collect(),
            purposes: [Purpose::Services, Purpose::Figures].into_iter().collect(),
            given_at,
            ends_at: 0,
            given_by: GivenBy::Herself,
            channel: Channel::InWriting,
            language: Language::Korean,
            text_hash: [0; 32],
        };
        let laid = sealed(Laid::draw(vec![(consent, self.0.key().public())], rng))?;
        let parcel = sealed(laid.seal(&self.0, case, &[], |_kind| &[][..], rng))?;
        let compartment = |one: seal::laid::Closed| Compartment {
            wraps: one.wraps.each().iter().map(|wrap| wrap.to_vec().into()).collect(),
            closed: one.bytes.into(),
        };
        Ok(Report {
            manifest: parcel.manifest.bytes().into(),
            signature: parcel.signature.to_vec().into(),
            compartments: parcel.compartments.into_iter().map(compartment).collect(),
            knocks: Vec::new(),
        })
    }
}
