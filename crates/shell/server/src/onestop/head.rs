//! Heads of the log: signed whenever an entry came and every six hours, and by witnesses, who are
//! somebody else everywhere but in the demo.

use super::{
    directory::signatures,
    state::{Known, extended, signer},
};
use crate::{
    app::App,
    asked::{Answer, Find, Told},
    problem::Turned,
};
use ::onestop::{Log, Refusal, rules::HEAD_EVERY};
use axum::{Json, extract::State, http::StatusCode};
use seal::directory::Head;
use store::{Failure, LogHead, WitnessedBy};
use wire::{
    onestop::{Bytes, Exact, HeadToWitness, SinceHead, WitnessHead},
    problem::Problem,
};

/// The newest head, for witnesses, with what proves that it continues the one signed last.
#[utoipa::path(get, path = "/api/onestop/head", tag = "onestop", params(SinceHead),
    responses((status = 200, body = HeadToWitness), (status = "5XX", body = Problem)))]
pub async fn head(
    State(app): State<App>,
    Find(SinceHead { since }): Find<SinceHead>,
) -> Answer<HeadToWitness> {
    let Known { log, newest, .. } = app.keys_known().await?;
    let size = newest.as_ref().map_or(0, |kept| kept.size);
    Ok(Json(HeadToWitness {
        consistency: log.prove_continued(since, size).into_iter().map(Exact).collect(),
        head: newest.as_ref().map(|kept| Bytes(kept.head.clone())),
        signature: newest.as_ref().map(|kept| Bytes(kept.signature.clone())),
        witnesses: newest.map(|kept| signatures(&kept.witnesses)).unwrap_or_default(),
    }))
}

/// A witness has signed the newest head.
#[utoipa::path(post, path = "/api/onestop/head/witness", tag = "onestop",
    request_body = WitnessHead,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn witness(
    State(app): State<App>,
    Told(said): Told<WitnessHead>,
) -> Result<StatusCode, Turned> {
    if !app.pack().onestop.witnesses.contains(&said.key.0) {
        return Err(Refusal::NotAWitness.into());
    }
    app.store()
        .transact("onestop::witness", async |tx| {
            let newest = tx.log_heads().await?.into_iter().next();
            let newest = newest.ok_or(Refusal::Seal(seal::Refusal::SignatureWrong))?;
            let head = Head::read(&newest.head).map_err(Refusal::Seal)?;
            head.verify(&said.key.0, &said.signature.0).map_err(Refusal::Seal)?;
            let by = WitnessedBy { witness: said.key.0, signature: said.signature.0.clone() };
            tx.log_witness_put(&newest, &by).await?;
            Ok::<_, Turned>(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

impl App {
    /// Signs the log's head if an entry came since it was signed last, or that was six hours ago. In
    /// the demo its two witnesses sign at once.
    pub(crate) async fn keep_head(&self) -> Result<(), Failure> {
        let now = self.now();
        self.store()
            .transact("onestop::head", async |tx| {
                let newest = tx.log_heads().await?.into_iter().next();
                let log = extended(Log::default(), tx.log_from(0).await?)?;
                let stands = newest.is_some_and(|kept| {
                    kept.size == log.len() as u64 && now.since(kept.at) < HEAD_EVERY
                });
                if log.is_empty() || stands {
                    return Ok(());
                }
                let head = log.head(now);
                let kept = LogHead {
                    size: head.size,
                    at: now,
                    head: head.bytes(),
                    signature: head.sign(&self.onestop().log_key).to_vec(),
                    witnesses: self.witnessed_here(&head)?,
                };
                tx.log_head_put(&kept).await
            })
            .await
    }

    /// What the demo's witnesses sign.
    fn witnessed_here(&self, head: &Head) -> Result<Vec<WitnessedBy>, Failure> {
        let Some(demo) = self.demo() else { return Ok(Vec::new()) };
        let sign = |key| {
            let signer = signer(key)?;
            Ok(WitnessedBy { witness: signer.public(), signature: head.sign(&signer).to_vec() })
        };
        demo.witnesses.iter().map(sign).collect()
    }
}
