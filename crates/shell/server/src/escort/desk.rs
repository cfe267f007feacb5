//! What a dispatcher does with a walk: offer it, give it to another desk.

use super::{
    dispatch::{self, Fence},
    view,
};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Dispatcher},
    problem::Turned,
};
use ::escort::{Command, Request};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, id};
use store::{Context, Outcome, Recall};
use wire::{
    escort::{Candidates, ForDesk, HandOver, Offer, TakeOver},
    problem::Problem,
};

/// Gives a walk a command of a desk's and shows it afterwards.
pub(crate) async fn command(
    app: &App,
    desk: &Dispatcher,
    key: &Keyed,
    walk: Id<id::Escort>,
    (action, epoch): (Action, Option<u32>),
    command: Command,
) -> Answer<ForDesk> {
    app.walk_for(desk, action, walk).await?;
    let key = key.within(&desk.audience(), &());
    let fence = Fence { desk: desk.district.clone(), epoch };
    let now = app.now();
    app.store()
        .transact("escort::desk", async |tx| {
            match tx.recall(&key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            fence.check(app, tx, walk).await?;
            let context = Context::new(desk.actor(), now).keyed(key);
            let context = match &command {
                Command::HandOver { to } => context.in_district(to.clone()),
                _ => context,
            };
            let acted = super::act(app, tx, walk, command.clone(), &context).await?;
            tx.remember(&key, &outcome(walk, acted.number), now).await?;
            Ok(())
        })
        .await?;
    let story = app.known::<Request>(walk).await?;
    view::for_desk(app, desk, &story).await.map(Json)
}

/// What a retry is told.
pub(crate) fn outcome(walk: Id<id::Escort>, number: u64) -> Outcome {
    Outcome {
        stream: "escort.request".to_owned(),
        id_bits: walk.bits(),
        number,
        reply: "{}".to_owned(),
    }
}

/// The free teams: the one the plan has for it, then the nearest first; and who else of the district
/// can be asked.
#[utoipa::path(get, path = "/api/escort/requests/{id}/teams", tag = "escort",
    params(("id" = String, Path)), responses((status = 200, body = Candidates),
        (status = "4XX", body = Problem)))]
pub async fn teams(
    State(app): State<App>,
    desk: Dispatcher,
    Named(walk): Named<id::Escort>,
) -> Answer<Candidates> {
    let story = app.walk_for(&desk, Action::EscortOffer, walk).await?;
    let teams = dispatch::candidates(&app, &story).await?;
    let others = dispatch::others(&app, &desk.district, &teams).await?;
    let teams = teams.into_iter().map(|team| team.shown(&app)).collect();
    Ok(Json(Candidates { teams, others }))
}

/// Offer it to a team, or to the one the plan has for it.
#[utoipa::path(post, path = "/api/escort/requests/{id}/offer", tag = "escort",
    params(("id" = String, Path)), request_body = Offer,
    responses((status = 200, body = ForDesk), (status = "4XX", body = Problem)))]
pub async fn offer(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(walk): Named<id::Escort>,
    Told(offer): Told<Offer>,
) -> Answer<ForDesk> {
    app.walk_for(&desk, Action::EscortOffer, walk).await?;
    let key = key.within(&desk.audience(), &offer);
    let fence = Fence { desk: desk.district.clone(), epoch: offer.epoch };
    let offered =
        dispatch::offer(&app, walk, offer.team, desk.actor(), Some(key), Some(&fence)).await;
    if let Err(turned) = offered {
        return Err(super::taken_by(&app, walk, offer.team, turned).await?);
    }
    let story = app.known::<Request>(walk).await?;
    view::for_desk(&app, &desk, &story).await.map(Json)
}

/// Give it to another district's desk.
#[utoipa::path(post, path = "/api/escort/requests/{id}/hand-over", tag = "escort",
    params(("id" = String, Path)), request_body = HandOver,
    responses((status = 200, body = ForDesk), (status = "4XX", body = Problem)))]
pub async fn hand_over(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(walk): Named<id::Escort>,
    Told(given): Told<HandOver>,
) -> Answer<ForDesk> {
    let wrong = || Turned::NotUnderstood(Some("district".to_owned()));
    let to = DistrictCode::try_from(given.district).map_err(|_text| wrong())?;
    if app.pack().district(&to).is_none() {
        return Err(wrong());
    }
    let action = (Action::EscortHandOver, given.epoch);
    command(&app, &desk, &key, walk, action, Command::HandOver { to }).await
}

/// Take what another desk has given, as it stood when it was given. The desk that gave it is
/// answered `escort.moved` from then on.
#[utoipa::path(post, path = "/api/escort/requests/{id}/take-over", tag = "escort",
    params(("id" = String, Path)), request_body = TakeOver,
    responses((status = 200, body = ForDesk), (status = "4XX", body = Problem)))]
pub async fn take_over(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(walk): Named<id::Escort>,
    Told(taken): Told<TakeOver>,
) -> Answer<ForDesk> {
    let take = Command::TakeOver { by: desk.district.clone(), epoch: taken.epoch };
    let action = (Action::EscortSee, Some(taken.epoch));
    command(&app, &desk, &key, walk, action, take).await
}
