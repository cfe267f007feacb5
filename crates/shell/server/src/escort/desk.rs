//! What a dispatcher does with a walk: offer it, give it to another desk.

use super::{dispatch, view};
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
    escort::{Candidates, ForDesk, HandOver, Offer},
    problem::Problem,
};

/// Gives a walk a command of a desk's and shows it afterwards.
pub(crate) async fn command(
    app: &App,
    desk: &Dispatcher,
    key: &Keyed,
    walk: Id<id::Escort>,
    action: Action,
    command: Command,
) -> Answer<ForDesk> {
    app.walk_for(desk, action, walk).await?;
    let key = key.within(&desk.audience(), &());
    let now = app.now();
    app.store()
        .transact("escort::desk", async |tx| {
            match tx.recall(&key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
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

/// The free teams, nearest first.
#[utoipa::path(get, path = "/api/escort/requests/{id}/teams", tag = "escort",
    params(("id" = String, Path)), responses((status = 200, body = Candidates),
        (status = "4XX", body = Problem)))]
pub async fn teams(
    State(app): State<App>,
    desk: Dispatcher,
    Named(walk): Named<id::Escort>,
) -> Answer<Candidates> {
    let story = app.walk_for(&desk, Action::EscortOffer, walk).await?;
    let teams = dispatch::candidates(&app, &story.state).await?;
    Ok(Json(Candidates { teams: teams.into_iter().map(|team| team.shown(&app)).collect() }))
}

/// Offer it to a team, or to the free team with the shortest walk.
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
    let offered = dispatch::offer(&app, walk, offer.team, desk.actor(), Some(key)).await;
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
    Told(to): Told<HandOver>,
) -> Answer<ForDesk> {
    let wrong = || Turned::NotUnderstood(Some("district".to_owned()));
    let to = DistrictCode::try_from(to.district).map_err(|_text| wrong())?;
    if app.pack().district(&to).is_none() {
        return Err(wrong());
    }
    command(&app, &desk, &key, walk, Action::EscortHandOver, Command::HandOver { to }).await
}
