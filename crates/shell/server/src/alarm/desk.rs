//! What a desk does with an alarm: see it, and end it with an outcome.

use super::view;
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Dispatcher},
    problem::Turned,
};
use ::alarm::{Alarm, Outcome, alarm::Command};
use axum::{Json, extract::State};
use kernel::{Id, id};
use store::{Context, Recall};
use wire::{
    alarm::{AlarmForDesk, Close},
    problem::Problem,
};

/// The alarm with all that is known. Looking is not acknowledging: that is a decision of its own.
#[utoipa::path(get, path = "/api/alarm/alarms/{id}/for-desk", tag = "alarm",
    params(("id" = String, Path)), responses((status = 200, body = AlarmForDesk),
        (status = "4XX", body = Problem)))]
pub async fn look(
    State(app): State<App>,
    desk: Dispatcher,
    Named(alarm): Named<id::Alarm>,
) -> Answer<AlarmForDesk> {
    let story = app.alarm_for(&desk, Action::AlarmViewLocation, alarm).await?;
    view::for_desk(&app, &story).await.map(Json)
}

async fn command(
    app: &App,
    desk: &Dispatcher,
    key: &store::Key,
    alarm: Id<id::Alarm>,
    action: Action,
    command: Command,
) -> Answer<AlarmForDesk> {
    app.alarm_for(desk, action, alarm).await?;
    let now = app.now();
    app.store()
        .transact("alarm::desk", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let context = Context::new(desk.actor(), now).keyed(*key);
            let rules = &app.pack().rules.alarm;
            let acted = tx.act::<Alarm>(alarm, command.clone(), rules, &context).await?;
            let outcome = store::Outcome {
                stream: "alarm.alarm".to_owned(),
                id_bits: alarm.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(key, &outcome, now).await?;
            Ok(())
        })
        .await?;
    let story = app.known::<Alarm>(alarm).await?;
    view::for_desk(app, &story).await.map(Json)
}

/// A person has seen it.
#[utoipa::path(post, path = "/api/alarm/alarms/{id}/acknowledge", tag = "alarm",
    params(("id" = String, Path)), responses((status = 200, body = AlarmForDesk),
        (status = "4XX", body = Problem)))]
pub async fn acknowledge(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(alarm): Named<id::Alarm>,
) -> Answer<AlarmForDesk> {
    let key = key.within(&desk.audience(), &());
    command(&app, &desk, &key, alarm, Action::AlarmAcknowledge, Command::Acknowledge).await
}

/// End it, with how it ended.
#[utoipa::path(post, path = "/api/alarm/alarms/{id}/close", tag = "alarm",
    params(("id" = String, Path)), request_body = Close,
    responses((status = 200, body = AlarmForDesk), (status = "4XX", body = Problem)))]
pub async fn close(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(alarm): Named<id::Alarm>,
    Told(close): Told<Close>,
) -> Answer<AlarmForDesk> {
    use wire::alarm::Outcome as W;
    let key = key.within(&desk.audience(), &close);
    let outcome = match close.outcome {
        W::Helped => Outcome::Helped,
        W::Police => Outcome::Police,
        W::Medical => Outcome::Medical,
        W::Fine => Outcome::Fine,
        W::Declined => Outcome::Declined,
        W::Mistake => Outcome::Mistake,
        W::DeviceFault => Outcome::DeviceFault,
        W::NotFound => Outcome::NotFound,
        W::Test => Outcome::Test,
    };
    command(&app, &desk, &key, alarm, Action::AlarmClose, Command::Close { outcome }).await
}
