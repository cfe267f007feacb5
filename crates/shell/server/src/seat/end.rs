//! Ending: one session or device, everything of a seat.

use super::{end_session, list, note};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Keeper},
    problem::Turned,
};
use access::seat::Command;
use axum::{Json, extract::State};
use kernel::id;
use store::Context;
use wire::{
    problem::Problem,
    seat::{EndSeat, SeatList},
};

/// End a session: a browser somebody left, a phone that was lost. What it has open ends within a
/// second, and its next request is refused.
#[utoipa::path(post, path = "/api/seats/sessions/{id}/end", tag = "seat",
    params(("id" = String, Path)),
    responses((status = 200, body = SeatList), (status = "4XX", body = Problem)))]
pub async fn session(
    State(app): State<App>,
    keeper: Keeper,
    key: Keyed,
    Named(session): Named<id::Session>,
) -> Answer<SeatList> {
    let whose = app.store().session_person(session).await?.ok_or(Turned::NoSuchThing)?;
    let seat = app.seat_for(&keeper, Action::SeatEnd, whose)?;
    keeper.confirmed(&app)?;
    let key = key.within(&keeper.audience(), &());
    let context = Context::new(keeper.actor(), app.now()).keyed(key);
    app.once_for_seat("seat::end_session", &key, seat.id, async |tx| {
        Ok(end_session(tx, session, Some(seat.id), &context).await?)
    })
    .await?;
    list::of(&app, &keeper).await.map(Json)
}

/// End every session, device and unused code of a seat; its passkeys too if what she signs in with
/// is lost.
#[utoipa::path(post, path = "/api/seats/{id}/end", tag = "seat",
    params(("id" = String, Path)), request_body = EndSeat,
    responses((status = 200, body = SeatList), (status = "4XX", body = Problem)))]
pub async fn seat(
    State(app): State<App>,
    keeper: Keeper,
    key: Keyed,
    Named(seat): Named<id::Person>,
    Told(asked): Told<EndSeat>,
) -> Answer<SeatList> {
    let seat = app.seat_for(&keeper, Action::SeatEnd, seat)?;
    keeper.confirmed(&app)?;
    let key = key.within(&keeper.audience(), &asked);
    let now = app.now();
    let context = Context::new(keeper.actor(), now).keyed(key);
    app.once_for_seat("seat::end", &key, seat.id, async |tx| {
        tx.sessions_revoke_of(seat.id, now).await?;
        if asked.passkeys {
            tx.passkeys_remove_of(seat.id).await?;
        }
        note(tx, seat.id, Command::EndAll { passkeys: asked.passkeys }, &context).await?;
        Ok(())
    })
    .await?;
    list::of(&app, &keeper).await.map(Json)
}
