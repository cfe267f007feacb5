//! Calling a walk off, by whoever has it: the requester, a desk, the team at the meeting point.

use super::view;
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Bearer, Who, permit},
    problem::Turned,
};
use ::escort::{Canceller, Command, Request};
use axum::{Json, extract::State};
use kernel::{Actor, id};
use store::{Context, Recall};
use wire::{
    escort::{Cancel, CancelReason, ForRequester},
    problem::Problem,
};

/// Call it off.
#[utoipa::path(post, path = "/api/escort/requests/{id}/cancel", tag = "escort",
    params(("id" = String, Path)), request_body = Cancel,
    responses((status = 200, body = ForRequester), (status = "4XX", body = Problem)))]
pub async fn cancel(
    State(app): State<App>,
    who: Who,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(walk): Named<id::Escort>,
    Told(cancel): Told<Cancel>,
) -> Answer<ForRequester> {
    let (by, actor, audience) = match &who {
        // Her own token speaks before any cookie: a desk's browser may hold both in a trial.
        _ if app.bearer().fits(bearer.as_ref(), walk) => {
            let own = permit::requester(&app, bearer.as_ref(), walk);
            app.walk_for(own, Action::EscortCancel, walk).await?;
            (Canceller::Requester, Actor::Citizen, format!("walk/{walk}"))
        }
        Who::Dispatcher(desk) => {
            app.walk_for(desk, Action::EscortCancel, walk).await?;
            (Canceller::Desk, desk.actor(), desk.audience())
        }
        Who::Team(team) => {
            app.walk_for(team, Action::EscortCancel, walk).await?;
            (Canceller::Team(team.team), team.actor(), team.audience())
        }
        Who::Nobody | Who::Till(_) | Who::Supervisor(_) | Who::Patrol | Who::Office => {
            return Err(Turned::NoSuchThing);
        }
    };
    let command = Command::Cancel { by, reason: reason(cancel.reason) };
    let key = key.within(&audience, &cancel);
    let now = app.now();
    app.store()
        .transact("escort::cancel", async |tx| {
            match tx.recall(&key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let context = Context::new(actor, now).keyed(key);
            let acted = super::act(&app, tx, walk, command.clone(), &context).await?;
            tx.remember(&key, &super::desk::outcome(walk, acted.number), now).await?;
            Ok(())
        })
        .await?;
    let view = view::for_requester(&app, &app.known::<Request>(walk).await?).await?;
    // Only she needs the secret of the proof, and she has it.
    Ok(Json(ForRequester { proof_secret: None, ..view }))
}

const fn reason(reason: CancelReason) -> ::escort::CancelReason {
    use ::escort::CancelReason as To;
    match reason {
        CancelReason::OtherWay => To::OtherWay,
        CancelReason::TooLate => To::TooLate,
        CancelReason::NotFound => To::NotFound,
        CancelReason::Twice => To::Twice,
        CancelReason::Police => To::Police,
        CancelReason::Unsaid => To::Unsaid,
    }
}
