//! A center's desk: whose devices have its key, and what knocks.

use super::{directory::service, state::team_of};
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::{Action, Caseworker, SeatOf},
    problem::Turned,
};
use ::onestop::rules::kept_time;
use access::What;
use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, id};
use wire::{
    onestop::{AnswerKnock, Bytes, CaseDesk, CaseDevice, Exact, KnockItem, Knocks, OwnWrap},
    problem::Problem,
};

/// The center of whoever is signed in.
#[utoipa::path(get, path = "/api/onestop/desk", tag = "onestop",
    responses((status = 200, body = CaseDesk), (status = "4XX", body = Problem)))]
pub async fn desk(State(app): State<App>, worker: Caseworker) -> Answer<CaseDesk> {
    app.may_hold_keys(&worker)?;
    let center = app.own_center(worker.center)?;
    let team = team_of(worker.center);
    let known = app.keys_known().await?;
    let epoch = known.log.last_epoch(team);
    let kept = app.store().case_devices(&team.0).await?;
    let wraps = app.store().key_wraps(&team.0).await?;
    let valid = known.log.valid_devices(known.log.len(), app.now());
    let mut devices = Vec::new();
    for one in valid.into_iter().filter(|one| one.device.team == team) {
        let device = one.device.device.0;
        let Some(whose) = kept.iter().find(|kept| kept.id == device) else { continue };
        // Who has left the center is given no key of it any more.
        let Some((shown_as, of)) = app.seat_at(worker.center, whose.person) else { continue };
        devices.push(CaseDevice {
            device: Exact(device),
            entry: Bytes(one.bytes.to_vec()),
            shown_as,
            own: whose.person == worker.person,
            supervises: matches!(of, SeatOf::CaseSupervisor { .. }),
            has_key: wraps.iter().any(|wrap| wrap.epoch == epoch && wrap.device == device),
        });
    }
    let own = |device: &[u8; 16]| {
        kept.iter().any(|kept| kept.id == *device && kept.person == worker.person)
    };
    let own_wraps = wraps.iter().filter(|wrap| own(&wrap.device)).map(|wrap| OwnWrap {
        epoch: wrap.epoch,
        device: Exact(wrap.device),
        wrap: Bytes(wrap.wrap.clone()),
    });
    Ok(Json(CaseDesk {
        center: Exact(team.0),
        service: service(center.service),
        name: center.name.clone(),
        epoch,
        own_wraps: own_wraps.collect(),
        devices,
        unanswered: app.store().knocks_unanswered(&team.0).await?,
    }))
}

/// What has knocked at the center.
#[utoipa::path(get, path = "/api/onestop/knocks", tag = "onestop",
    responses((status = 200, body = Knocks), (status = "4XX", body = Problem)))]
pub async fn knocks(State(app): State<App>, worker: Caseworker) -> Answer<Knocks> {
    app.may_work(&worker)?;
    let kept = app.store().knocks(&team_of(worker.center).0).await?;
    let item = |one: store::SealedKnock| KnockItem {
        id: Exact(one.id.to_be_bytes()),
        epoch: one.epoch,
        knock: Bytes(one.note),
        received_at: one.received_at,
        answered_at: one.answered_at,
    };
    Ok(Json(Knocks { knocks: kept.into_iter().map(item).collect() }))
}

/// Say that a knock is answered.
#[utoipa::path(post, path = "/api/onestop/knocks/answered", tag = "onestop",
    request_body = AnswerKnock,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn answered(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<AnswerKnock>,
) -> Result<StatusCode, Turned> {
    app.may_work(&worker)?;
    let (team, hour) = (team_of(worker.center), kept_time(app.now()));
    let id = u64::from_be_bytes(asked.id.0);
    let found = app
        .store()
        .transact("onestop::answered", async |tx| tx.knock_answer(&team.0, id, hour).await)
        .await?;
    if found { Ok(StatusCode::NO_CONTENT) } else { Err(Turned::NoSuchThing) }
}

impl App {
    /// What is shown of somebody's seat at a center, and what it is, if she has one there now.
    pub(super) fn seat_at(
        &self,
        center: Id<id::Center>,
        person: Id<id::Person>,
    ) -> Option<(String, SeatOf)> {
        let seat = self.seats().get(person)?;
        let here = seat.held.into_iter().find(|of| of.center() == Some(center))?;
        Some((seat.label.shown_as, here))
    }

    /// Whether somebody may hold her center's keys.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(super) fn may_hold_keys(&self, worker: &Caseworker) -> Result<(), Turned> {
        self.may(&worker.into(), Action::OnestopHoldKeys, &What::Center(worker.center))
    }
}
