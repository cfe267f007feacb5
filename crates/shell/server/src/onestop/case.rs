//! A case in a caseworker's hands: found by its number, written to, moved to her center's next key.
//! Whether it is her center's cannot be told here; that she knows its number says so.

use super::{keep, mailbox::manifest, state::team_of, view};
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::{Action, Caseworker},
    problem::Turned,
};
use ::onestop::{Author, Refusal, case::move_column, rules::kept_time};
use access::What;
use axum::{Json, extract::State};
use seal::id::DeviceId;
use wire::{
    onestop::{Case, FindCase, MoveCase, Received, WriteCase},
    problem::Problem,
};

/// The case of a knock.
#[utoipa::path(post, path = "/api/onestop/case", tag = "onestop", request_body = FindCase,
    responses((status = 200, body = Case), (status = "4XX", body = Problem)))]
pub async fn find(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<FindCase>,
) -> Answer<Case> {
    app.may_work(&worker)?;
    let found = app.store().case(&asked.case.0).await?;
    found.map(view::case).map(Json).ok_or(Turned::NoSuchThing)
}

/// Write a message, or a new version of a compartment.
#[utoipa::path(post, path = "/api/onestop/case/write", tag = "onestop", request_body = WriteCase,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn write(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<WriteCase>,
) -> Answer<Received> {
    app.may_work(&worker)?;
    let WriteCase { case, device, writing } = asked;
    let (author, key) = app.own_device(&worker, DeviceId(device.0)).await?;
    let writing = keep::writing(case.0, writing)?;
    writing.is_signed_by(&key)?;
    let hour = kept_time(app.now());
    let (received, replaced) = app
        .store()
        .transact("onestop::case_write", async |tx| {
            tx.case(&case.0).await?.ok_or(Turned::NoSuchThing)?;
            keep::write(tx, &writing, author, hour).await
        })
        .await?;
    if replaced {
        app.scrubbed().await;
    }
    Ok(Json(received))
}

/// Move the center's column to its next key.
#[utoipa::path(post, path = "/api/onestop/case/move", tag = "onestop", request_body = MoveCase,
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
pub async fn move_on(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<MoveCase>,
) -> Answer<Received> {
    app.may_work(&worker)?;
    let MoveCase { case, device, moved } = asked;
    let (author, key) = app.own_device(&worker, DeviceId(device.0)).await?;
    let moving = keep::moving(case.0, moved)?;
    app.store()
        .transact("onestop::case_move", async |tx| {
            let found = tx.case(&case.0).await?.ok_or(Turned::NoSuchThing)?;
            let columns = manifest(&found)?.columns;
            let kept = keep::kept(tx, case.0).await?;
            let withdrawn: Vec<_> =
                tx.case_withdrawn(&case.0).await?.into_iter().map(|one| one.mark).collect();
            let receipts = move_column(&kept, &moving, &columns, &withdrawn, &key)?;
            keep::rewrap(tx, &kept, &moving, &receipts, author).await
        })
        .await?;
    app.scrubbed().await;
    Ok(Json(Received { received_at: kept_time(app.now()) }))
}

impl App {
    /// Whether a caseworker may work for her center.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(super) fn may_work(&self, worker: &Caseworker) -> Result<(), Turned> {
        self.may(&worker.into(), Action::OnestopWork, &What::Center(worker.center))
    }

    /// Her own device of her center, valid now, as an author; and the key it signs with.
    pub(super) async fn own_device(
        &self,
        worker: &Caseworker,
        device: DeviceId,
    ) -> Result<(Author, [u8; 32]), Turned> {
        let team = team_of(worker.center);
        let known = self.keys_known().await?;
        let key = known.log.device(team, device, self.now())?.signing_key;
        let devices = self.store().case_devices(&team.0).await?;
        let own = devices.iter().any(|one| one.id == device.0 && one.person == worker.person);
        if own { Ok((Author::Device(device), key)) } else { Err(Refusal::DeviceNotValid.into()) }
    }
}
