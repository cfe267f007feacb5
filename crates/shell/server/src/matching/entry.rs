//! An entry is left, and taken back. Neither answer says anything of what others left.

use super::{On, Refused, redeem::NotRedeemed};
use crate::{app::App, asked::Told, auth::Action, problem::Turned};
use ::matching::{
    entry::{ENTRY_BYTES, EntryNo, Withdrawal, left},
    receipt::Kind,
};
use ::onestop::rules::kept_time;
use access::Who;
use axum::{Json, extract::State, http::StatusCode};
use store::KeptEntry;
use wire::{
    matching::{EntryLeft, LeaveEntry, TakeEntryBack},
    problem::Problem,
};

/// Leave an entry. The same again is one; no cookie is looked at.
#[utoipa::path(post, path = "/api/onestop/matching/entry", tag = "matching",
    request_body = LeaveEntry,
    responses((status = 201, body = EntryLeft), (status = 200, body = EntryLeft),
        (status = "4XX", body = Problem), (status = "5XX", body = Problem)))]
pub async fn leave(
    State(app): State<App>,
    _on: On,
    Told(sent): Told<LeaveEntry>,
) -> Result<(StatusCode, Json<EntryLeft>), Turned> {
    let (_, matching) = app.matching()?;
    app.may_city(Who::Citizen, Action::OnestopReport)?;
    if sent.entry.0.len() != ENTRY_BYTES {
        return Err(Refused::FormBroken.into());
    }
    let (number, withdrawal_hash) = (sent.number.0, sent.withdrawal_hash.0);
    let question = left(EntryNo(number), &withdrawal_hash, &sent.entry.0);
    matching.redeemer.redeem(Kind::Leave, &sent.spending.0, &question).await?;
    let entry =
        KeptEntry { number, withdrawal_hash, entry: sent.entry.0, kept_at: kept_time(app.now()) };
    let new = app
        .store()
        .transact("onestop::matching_leave", async |tx| {
            match tx.matching_entry(&entry.number).await? {
                None => {
                    tx.matching_entry_put(&entry).await?;
                    Ok(true)
                }
                Some(kept) if is_same(&kept, &entry) => Ok(false),
                Some(_) => Err(Turned::from(Refused::EntryTaken)),
            }
        })
        .await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(EntryLeft {})))
}

/// Whether it is the same entry, whenever it came.
fn is_same(kept: &KeptEntry, sent: &KeptEntry) -> bool {
    kept.withdrawal_hash == sent.withdrawal_hash && kept.entry == sent.entry
}

/// Take an entry back, whether there is one or not: the answer is the same.
#[utoipa::path(post, path = "/api/onestop/matching/withdraw", tag = "matching",
    request_body = TakeEntryBack,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn withdraw(
    State(app): State<App>,
    _on: On,
    Told(asked): Told<TakeEntryBack>,
) -> Result<StatusCode, Turned> {
    // Every 32 bytes are one.
    let token = Withdrawal::read(&asked.withdrawal.0).map_err(|_never| Turned::Fault)?;
    app.store()
        .transact("onestop::matching_withdraw", async |tx| {
            Ok::<_, Turned>(tx.matching_withdraw(&token.hash()).await?)
        })
        .await?;
    app.scrubbed().await;
    Ok(StatusCode::NO_CONTENT)
}

impl From<NotRedeemed> for Turned {
    fn from(not: NotRedeemed) -> Self {
        match not {
            NotRedeemed::TokenWrong => Refused::TokenWrong.into(),
            NotRedeemed::TokenUsed => Refused::TokenUsed.into(),
            NotRedeemed::IssuerAway => Self::IssuerAway,
        }
    }
}
