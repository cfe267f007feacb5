//! A center's key that is shared out among three supervisors, and given back by two. What comes here
//! is which key and that it happened; the shares stay with the supervisors.

use super::state::{extended, team_of};
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::Caseworker,
    problem::Turned,
};
use ::onestop::{
    Log, Refusal,
    recovery::{self, FOR_THE_SHARED_KEY, takes_back, takes_shares},
    rules::kept_time,
};
use axum::{Json, extract::State, http::StatusCode};
use seal::id::{DeviceId, TeamId};
use store::{Failure, KeyWrap, SharedKey, Tx};
use wire::{
    onestop::{BringBack, Bytes, ClosedKey, KeyBack, MakeShares, Shares, SharesMade},
    problem::Problem,
};

/// Whether the center's key can be given back, and whether it was.
#[utoipa::path(get, path = "/api/onestop/shares", tag = "onestop",
    responses((status = 200, body = Shares), (status = "4XX", body = Problem)))]
pub async fn shares(State(app): State<App>, worker: Caseworker) -> Answer<Shares> {
    app.may_hold_keys(&worker)?;
    let team = team_of(worker.center).0;
    let made = app.store().shares(&team).await?;
    let back = app.store().key_back(&team).await?;
    let wraps = app.store().key_wraps(&team).await?;
    let older = wraps.into_iter().filter(|one| one.device == FOR_THE_SHARED_KEY.0);
    Ok(Json(Shares {
        made: made.map(|made| SharesMade { epoch: made.epoch, made_at: made.at }),
        older: older.map(|one| ClosedKey { epoch: one.epoch, wrap: Bytes(one.wrap) }).collect(),
        back: back.map(|back| KeyBack { epoch: back.epoch, back_at: back.at }),
    }))
}

/// Say that three shares of the center's newest key were made and two of them tried.
#[utoipa::path(post, path = "/api/onestop/shares", tag = "onestop", request_body = MakeShares,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn make(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<MakeShares>,
) -> Result<StatusCode, Turned> {
    app.may_hold_keys(&worker)?;
    let (team, hour) = (team_of(worker.center), kept_time(app.now()));
    if !holds(&app, &worker, team, asked.epoch).await? {
        return Err(Refusal::DeviceNotValid.into());
    }
    app.store()
        .transact("onestop::shares", async |tx| {
            let newest = log(tx).await?.last_epoch(team);
            takes_shares(newest, asked.epoch, &closed(&asked.older))?;
            for one in &asked.older {
                put(tx, team, FOR_THE_SHARED_KEY, one).await?;
            }
            let made = SharedKey { epoch: asked.epoch, at: hour };
            Ok::<_, Turned>(tx.shares_put(&team.0, made).await?)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Close the key that two shares gave back for one's own device, and say that it came back.
#[utoipa::path(post, path = "/api/onestop/team-key/back", tag = "onestop",
    request_body = BringBack,
    responses((status = 201), (status = "4XX", body = Problem)))]
pub async fn bring_back(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<BringBack>,
) -> Result<StatusCode, Turned> {
    app.may_hold_keys(&worker)?;
    let (team, now) = (team_of(worker.center), app.now());
    let device = DeviceId(asked.device.0);
    let devices = app.store().case_devices(&team.0).await?;
    if !devices.iter().any(|one| one.id == device.0 && one.person == worker.person) {
        return Err(Refusal::DeviceNotValid.into());
    }
    app.store()
        .transact("onestop::key_back", async |tx| {
            let log = log(tx).await?;
            log.device(team, device, now)?;
            takes_back(log.last_epoch(team), asked.epoch, &closed(&asked.wraps))?;
            for one in &asked.wraps {
                put(tx, team, device, one).await?;
            }
            let back = SharedKey { epoch: asked.epoch, at: kept_time(now) };
            Ok::<_, Turned>(tx.key_back_put(&team.0, &device.0, back).await?)
        })
        .await?;
    Ok(StatusCode::CREATED)
}

/// Whether this key was ever closed for a device of hers.
async fn holds(app: &App, worker: &Caseworker, team: TeamId, epoch: u32) -> Result<bool, Turned> {
    let devices = app.store().case_devices(&team.0).await?;
    let wraps = app.store().key_wraps(&team.0).await?;
    let own = |device: &[u8; 16]| {
        devices.iter().any(|one| one.id == *device && one.person == worker.person)
    };
    Ok(wraps.iter().any(|wrap| wrap.epoch == epoch && own(&wrap.device)))
}

fn closed(sent: &[ClosedKey]) -> Vec<recovery::ClosedKey<'_>> {
    sent.iter().map(|one| recovery::ClosedKey { epoch: one.epoch, wrap: &one.wrap.0 }).collect()
}

async fn put(tx: &mut Tx, team: TeamId, to: DeviceId, one: &ClosedKey) -> Result<(), Turned> {
    let wrap = KeyWrap { epoch: one.epoch, device: to.0, wrap: one.wrap.0.clone() };
    Ok(tx.key_wrap_put(&team.0, &wrap).await?)
}

/// The log as it stands within a transaction.
async fn log(tx: &mut Tx) -> Result<Log, Failure> {
    extended(Log::default(), tx.log_from(0).await?)
}
