//! Her mailbox: opened, written in, a consent taken back, a case deleted. A mailbox that nobody uses is
//! answered as an empty one, after the same checks and the same queries.

use super::{keep, state::proven, view};
use crate::{
    app::App,
    asked::{Answer, Told},
    problem::Turned,
};
use ::onestop::{
    Author, Refusal,
    case::{Gift, give as decide_gift, is_hers, withdraw as decide},
    rules::kept_time,
};
use axum::{Json, extract::State, http::StatusCode};
use kernel::Instant;
use seal::{consent::Withdrawal, id::TeamId, knock::KNOCK_BYTES, mailbox::Asked, report::Manifest};
use store::{Failure, SealedCase, Tx, Withdrawn};
use wire::{
    onestop::{DeleteCase, GiveConsent, Mailbox, Proof, Received, WithdrawConsent, WriteMailbox},
    problem::Problem,
};

/// Milliseconds of an hour.
const HOUR_MS: u64 = 3_600_000;

/// What lies in a mailbox.
#[utoipa::path(post, path = "/api/onestop/mailbox", tag = "onestop", request_body = Proof,
    responses((status = 200, body = Mailbox), (status = "4XX", body = Problem)))]
pub async fn open(State(app): State<App>, Told(proof): Told<Proof>) -> Answer<Mailbox> {
    let now = app.now();
    proven(&app, &proof, now)?;
    app.onestop().takes_opening(&proof.locator.0, now)?;
    let cases = app.store().cases_in(&proof.locator.0, &proof.signing_key.0).await?;
    Ok(Json(Mailbox { cases: cases.into_iter().map(view::case).collect() }))
}

/// Her case; anybody else's is not there.
async fn own(tx: &mut Tx, proof: &Proof, case: &[u8; 16]) -> Result<SealedCase, Turned> {
    let hers = |case: &SealedCase| {
        case.locator == proof.locator.0 && case.signing_key == proof.signing_key.0
    };
    tx.case(case).await?.filter(hers).ok_or(Turned::NoSuchThing)
}

/// The manifest of a case that was taken in.
pub(super) fn manifest(case: &SealedCase) -> Result<Manifest, Failure> {
    Manifest::read(&case.manifest).map_err(|_changed| Failure::Sealed)
}

/// Write a message, or a new version of a compartment.
#[utoipa::path(post, path = "/api/onestop/mailbox/write", tag = "onestop",
    request_body = WriteMailbox,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn write(State(app): State<App>, Told(asked): Told<WriteMailbox>) -> Answer<Received> {
    let now = app.now();
    let WriteMailbox { proof, case, writing } = asked;
    proven(&app, &proof, now)?;
    let writing = keep::writing(case.0, writing)?;
    writing.is_signed_by(&proof.signing_key.0)?;
    let (received, replaced) = app
        .store()
        .transact("onestop::write", async |tx| {
            own(tx, &proof, &case.0).await?;
            keep::write(tx, &writing, Author::Herself, kept_time(now)).await
        })
        .await?;
    if replaced {
        app.scrubbed().await;
    }
    Ok(Json(received))
}

/// Take a consent back.
#[utoipa::path(post, path = "/api/onestop/mailbox/withdraw", tag = "onestop",
    request_body = WithdrawConsent,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn withdraw(
    State(app): State<App>,
    Told(asked): Told<WithdrawConsent>,
) -> Answer<Received> {
    let now = app.now();
    let WithdrawConsent { proof, case, mark, at, signature, moved } = asked;
    proven(&app, &proof, now)?;
    let kept_at = i64::try_from(at).ok().filter(|_| at % HOUR_MS == 0);
    let kept_at = kept_at.ok_or_else(|| Turned::NotUnderstood(Some("at".to_owned())))?;
    let moving = keep::moving(case.0, moved)?;
    let withdrawal = Withdrawal { mark: mark.0, at };
    app.store()
        .transact("onestop::withdraw", async |tx| {
            let columns = manifest(&own(tx, &proof, &case.0).await?)?.columns;
            let kept = keep::kept(tx, case.0).await?;
            let before: Vec<_> =
                tx.case_withdrawn(&case.0).await?.into_iter().map(|one| one.mark).collect();
            let (key, signed) = (&proof.signing_key.0, (&withdrawal, signature.0.as_slice()));
            let receipts = decide(&kept, &moving, &columns, &before, signed, key)?;
            keep::rewrap(tx, &kept, &moving, &receipts, Author::Herself).await?;
            let at = Instant::from_millis(kept_at);
            let withdrawn = Withdrawn { mark: mark.0, at, signature: signature.0.clone() };
            tx.case_withdraw(&case.0, &withdrawn).await?;
            Ok::<_, Turned>(())
        })
        .await?;
    app.scrubbed().await;
    Ok(Json(Received { received_at: kept_time(now) }))
}

/// Give a reader more of a case than before, or less: a later consent stands in its column.
#[utoipa::path(post, path = "/api/onestop/mailbox/give", tag = "onestop",
    request_body = GiveConsent,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn give(State(app): State<App>, Told(asked): Told<GiveConsent>) -> Answer<Received> {
    let now = app.now();
    let GiveConsent { proof, case, moved, notes, knock } = asked;
    proven(&app, &proof, now)?;
    app.onestop().takes_report(&proof.locator.0, now)?;
    let moving = keep::moving(case.0, moved)?;
    let notes = keep::writing(case.0, notes)?;
    if knock.knock.0.len() != KNOCK_BYTES {
        return Err(Refusal::Seal(seal::Refusal::WrapNotWhole).into());
    }
    let keys = app.keys_known().await?;
    let current = app.is_current(&keys, TeamId(knock.center.0), knock.epoch, now);
    let (hour, key) = (kept_time(now), proof.signing_key.0);
    let received = app
        .store()
        .transact("onestop::give", async |tx| {
            let columns = manifest(&own(tx, &proof, &case.0).await?)?.columns;
            let kept = keep::kept(tx, case.0).await?;
            let before: Vec<_> =
                tx.case_withdrawn(&case.0).await?.into_iter().map(|one| one.mark).collect();
            let newest = keep::newest(tx, &notes).await?;
            let gift = Gift { moving: &moving, notes: &notes, newest: newest.as_ref() };
            let Some(receipts) = decide_gift(&gift, &kept, &columns, &before, &key)? else {
                return Ok(Received { received_at: hour });
            };
            if !current {
                return Err(Refusal::KeyNotCurrent.into());
            }
            keep::rewrap(tx, &kept, &moving, &receipts, Author::Herself).await?;
            let (received, _) = keep::write(tx, &notes, Author::Herself, hour).await?;
            tx.knock_put(&knock.center.0, knock.epoch, &knock.knock.0, hour).await?;
            Ok::<_, Turned>(received)
        })
        .await?;
    app.scrubbed().await;
    Ok(Json(received))
}

/// Delete a case, all of it. Its knocks lead nowhere from then on.
#[utoipa::path(post, path = "/api/onestop/mailbox/delete", tag = "onestop",
    request_body = DeleteCase,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn delete(
    State(app): State<App>,
    Told(asked): Told<DeleteCase>,
) -> Result<StatusCode, Turned> {
    let DeleteCase { proof, case, deleted_signature } = asked;
    proven(&app, &proof, app.now())?;
    let about = (proof.locator.0, proof.challenge.0);
    is_hers(Asked::Deleted, about, &proof.signing_key.0, &deleted_signature.0)?;
    app.store()
        .transact("onestop::delete", async |tx| {
            own(tx, &proof, &case.0).await?;
            tx.files_delete(&case.0).await?;
            tx.case_delete(&case.0).await?;
            Ok::<_, Turned>(())
        })
        .await?;
    app.scrubbed().await;
    app.files_cleared().await;
    Ok(StatusCode::NO_CONTENT)
}

impl App {
    /// Empties what the database still keeps of what was deleted or replaced. If a reader is in the
    /// middle of something, it is done with the next forgetting, within minutes.
    pub(crate) async fn scrubbed(&self) {
        if let Err(failure) = self.store().scrub().await {
            tracing::warn!(%failure, "what was deleted is cleared later");
        }
    }
}
