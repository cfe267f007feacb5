//! A center's keys: devices and team keys enter the log, and a key is closed for colleagues' devices.

use super::state::{extended, number_of, team_of};
use crate::{app::App, asked::Told, auth::Caseworker, problem::Turned};
use ::onestop::{Log, Refusal};
use axum::{extract::State, http::StatusCode};
use seal::{
    id::{DeviceId, TeamId},
    wrap::WRAP_BYTES,
};
use store::{CaseDevice, Failure, KeyWrap, Tx};
use wire::{
    onestop::{self, NewDevice, NewTeamKey, ShareTeamKey},
    problem::Problem,
};

/// The log as it stands within a transaction.
async fn log(tx: &mut Tx) -> Result<Log, Failure> {
    extended(Log::default(), tx.log_from(0).await?)
}

/// Put one's own device into the log.
#[utoipa::path(post, path = "/api/onestop/device", tag = "onestop", request_body = NewDevice,
    responses((status = 201), (status = "4XX", body = Problem)))]
pub async fn device(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<NewDevice>,
) -> Result<StatusCode, Turned> {
    app.may_hold_keys(&worker)?;
    let (team, now, entry) = (team_of(worker.center), app.now(), asked.entry.0);
    app.store()
        .transact("onestop::device", async |tx| {
            let log = log(tx).await?;
            if log.has(&entry) {
                return Ok(());
            }
            let read = log.take_device(team, &entry, now)?;
            tx.log_append(&entry).await?;
            let device = CaseDevice { id: read.device.0, person: worker.person };
            tx.case_device_put(&team.0, &device).await?;
            Ok::<_, Turned>(())
        })
        .await?;
    app.keep_head().await?;
    Ok(StatusCode::CREATED)
}

/// Put the center's next key into the log.
#[utoipa::path(post, path = "/api/onestop/team-key", tag = "onestop", request_body = NewTeamKey,
    responses((status = 201), (status = "4XX", body = Problem)))]
pub async fn team_key(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<NewTeamKey>,
) -> Result<StatusCode, Turned> {
    app.may_hold_keys(&worker)?;
    let (team, now, entry) = (team_of(worker.center), app.now(), asked.entry.0);
    let service = number_of(app.own_center(worker.center)?.service);
    let devices = app.store().case_devices(&team.0).await?;
    let own = |one: &onestop::KeyWrap| {
        devices.iter().any(|kept| kept.id == one.device.0 && kept.person == worker.person)
    };
    if !asked.wraps.iter().any(own) {
        return Err(Refusal::DeviceNotValid.into());
    }
    app.store()
        .transact("onestop::team_key", async |tx| {
            let log = log(tx).await?;
            if log.has(&entry) {
                return Ok(());
            }
            let read = log.take_team_key(team, service, &entry, now)?;
            for one in &asked.wraps {
                log.device(team, DeviceId(one.device.0), now)?;
                share(tx, team, read.epoch, one.device.0, &one.wrap.0).await?;
            }
            tx.log_append(&entry).await?;
            Ok::<_, Turned>(())
        })
        .await?;
    app.keep_head().await?;
    Ok(StatusCode::CREATED)
}

/// Close a key of the center for one more of its devices.
#[utoipa::path(post, path = "/api/onestop/team-key/share", tag = "onestop",
    request_body = ShareTeamKey,
    responses((status = 201), (status = "4XX", body = Problem)))]
pub async fn share_key(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<ShareTeamKey>,
) -> Result<StatusCode, Turned> {
    app.may_hold_keys(&worker)?;
    let (team, now) = (team_of(worker.center), app.now());
    app.store()
        .transact("onestop::share", async |tx| {
            let log = log(tx).await?;
            if asked.epoch == 0 || asked.epoch > log.last_epoch(team) {
                return Err(Refusal::KeyNotCurrent.into());
            }
            log.device(team, DeviceId(asked.device.0), now)?;
            share(tx, team, asked.epoch, asked.device.0, &asked.wrap.0).await
        })
        .await?;
    Ok(StatusCode::CREATED)
}

async fn share(
    tx: &mut Tx,
    team: TeamId,
    epoch: u32,
    device: [u8; 16],
    wrap: &[u8],
) -> Result<(), Turned> {
    if wrap.len() != WRAP_BYTES {
        return Err(Refusal::Seal(seal::Refusal::WrapNotWhole).into());
    }
    Ok(tx.key_wrap_put(&team.0, &KeyWrap { epoch, device, wrap: wrap.to_vec() }).await?)
}
