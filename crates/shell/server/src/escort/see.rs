//! Looking: the requester at her own walk, the desk at everybody's. Opening is what makes it seen.

use super::view;
use crate::{
    app::App,
    asked::{Answer, Keyed, Named},
    auth::{Action, Bearer, Dispatcher, permit},
    live::{Seen, Told, feed},
    problem::Turned,
    story::Story,
};
use ::escort::{Command, Request};
use axum::{Json, extract::State, response::sse::Sse};
use futures::Stream;
use kernel::{Id, id};
use store::Context;
use wire::{
    escort::{ForDesk, ForRequester},
    problem::Problem,
};

/// Her own walk, by the token she was given.
async fn own(
    app: &App,
    bearer: Option<&Bearer>,
    walk: Id<id::Escort>,
) -> Result<Story<Request>, Turned> {
    app.walk_for(permit::requester(app, bearer, walk), Action::EscortView, walk).await
}

/// Where her walk stands.
#[utoipa::path(get, path = "/api/escort/requests/{id}", tag = "escort",
    params(("id" = String, Path)), responses((status = 200, body = ForRequester),
        (status = "4XX", body = Problem)))]
pub async fn request(
    State(app): State<App>,
    bearer: Option<Bearer>,
    Named(walk): Named<id::Escort>,
) -> Answer<ForRequester> {
    let story = own(&app, bearer.as_ref(), walk).await?;
    view::for_requester(&app, &story).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/escort/requests/{id}/live", tag = "escort",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/event-stream", body = ForRequester),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    bearer: Option<Bearer>,
    Named(walk): Named<id::Escort>,
) -> Result<Sse<impl Stream<Item = Told>>, Turned> {
    own(&app, bearer.as_ref(), walk).await?;
    let watched = app.clone();
    Ok(feed(&app, true, move || {
        let app = watched.clone();
        async move {
            let story = app.known::<Request>(walk).await?;
            let view = view::for_requester(&app, &story).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

/// The desk opens it; from now on a person has seen it.
#[utoipa::path(get, path = "/api/escort/requests/{id}/for-desk", tag = "escort",
    params(("id" = String, Path)), responses((status = 200, body = ForDesk),
        (status = "4XX", body = Problem)))]
pub async fn for_desk(
    State(app): State<App>,
    desk: Dispatcher,
    Named(walk): Named<id::Escort>,
) -> Answer<ForDesk> {
    let story = app.walk_for(&desk, Action::EscortSee, walk).await?;
    let walk_now = &story.state;
    let unseen = matches!(walk_now.stage, ::escort::Stage::Sent | ::escort::Stage::HandedOver);
    // What was given to another desk is seen when a person there opens it, not when the desk that
    // gave it looks after it.
    let ours = walk_now.district.as_ref() == Some(&desk.district)
        || walk_now.reach > ::escort::Reach::OwnDesk;
    if unseen && ours {
        let context = Context::new(desk.actor(), app.now());
        app.store()
            .transact("escort::see", async |tx| {
                super::act(&app, tx, walk, Command::See, &context).await
            })
            .await?;
        let story = app.known::<Request>(walk).await?;
        return view::for_desk(&app, &desk, &story).await.map(Json);
    }
    view::for_desk(&app, &desk, &story).await.map(Json)
}

/// A person at the desk takes in hand what rings.
#[utoipa::path(post, path = "/api/escort/requests/{id}/see", tag = "escort",
    params(("id" = String, Path)), responses((status = 200, body = ForDesk),
        (status = "4XX", body = Problem)))]
pub async fn see(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(walk): Named<id::Escort>,
) -> Answer<ForDesk> {
    super::desk::command(&app, &desk, &key, walk, Action::EscortLookInto, Command::LookInto).await
}
