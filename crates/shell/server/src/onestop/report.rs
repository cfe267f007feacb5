//! Taking a report in: everything in one transaction, once.

use crate::{app::App, asked::Told, auth::Action, problem::Turned};
use ::onestop::{
    Receipt, Report,
    report::{Knock, Known},
    rules::kept_time,
};
use access::Who;
use axum::{Json, extract::State, http::StatusCode};
use kernel::Instant;
use seal::id::TeamId;
use store::{SealedCase, SealedVersion, Tx};
use wire::{
    onestop::{self, Received},
    problem::Problem,
};

/// Send a report. The same again is one case; no cookie is looked at.
#[utoipa::path(post, path = "/api/onestop/report", tag = "onestop",
    request_body = onestop::Report,
    responses((status = 201, body = Received), (status = 200, body = Received),
        (status = "4XX", body = Problem)))]
pub async fn report(
    State(app): State<App>,
    Told(sent): Told<onestop::Report>,
) -> Result<(StatusCode, Json<Received>), Turned> {
    app.may_city(Who::Citizen, Action::OnestopReport)?;
    let now = app.now();
    let report = read(sent)?;
    app.onestop().takes_report(&report.manifest.locator, now)?;
    let keys = app.keys_known().await?;
    let current = |team, epoch| app.is_current(&keys, team, epoch, now);
    let (receipt, received_at) = app
        .store()
        .transact("onestop::report", async |tx| {
            let case = tx.case(&report.manifest.case.0).await?;
            let mailbox = tx.mailbox_key(&report.manifest.locator).await?;
            let known = Known {
                manifest: case.as_ref().map(|case| case.manifest.as_slice()),
                signing_key: mailbox.as_ref().map(<[u8; 32]>::as_slice),
            };
            let receipt = report.receive(&known, current)?;
            if let Some(case) = case {
                return Ok::<_, Turned>((receipt, case.received_at));
            }
            keep(tx, &report, kept_time(now)).await?;
            Ok((receipt, kept_time(now)))
        })
        .await?;
    let status = match receipt {
        Receipt::New => StatusCode::CREATED,
        Receipt::Same => StatusCode::OK,
    };
    Ok((status, Json(Received { received_at })))
}

/// Reads what arrived, whole or not at all.
fn read(sent: onestop::Report) -> Result<Report, Turned> {
    let parts = sent.compartments.into_iter().map(|one| (one.closed.0, one.wraps)).collect();
    let knocks = sent.knocks.into_iter().map(|one| Knock {
        center: TeamId(one.center.0),
        epoch: one.epoch,
        note: one.knock.0,
    });
    Ok(Report::read(sent.manifest.0, sent.signature.0, parts, knocks.collect())?)
}

/// Keeps a case, its twelve compartments and its knocks, which do not say whose they are.
async fn keep(tx: &mut Tx, report: &Report, hour: Instant) -> Result<(), Turned> {
    let manifest = &report.manifest;
    tx.case_put(&SealedCase {
        id: manifest.case.0,
        locator: manifest.locator,
        signing_key: manifest.signing_key,
        manifest: report.manifest_bytes.clone(),
        signature: report.signature.clone(),
        received_at: hour,
    })
    .await?;
    for part in &report.parts {
        let first = SealedVersion {
            kind: part.kind.number(),
            version: 1,
            closed: part.closed.clone(),
            closed_hash: part.sealed.closed_hash,
            wraps: part.wraps.joined().to_vec(),
            author: None,
            signature: None,
            written_at: hour,
        };
        tx.case_version_put(&manifest.case.0, &first, true).await?;
    }
    for knock in &report.knocks {
        tx.knock_put(&knock.center.0, knock.epoch, &knock.note, hour).await?;
    }
    Ok(())
}
