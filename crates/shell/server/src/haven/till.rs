//! The till: one hold, today's shift, the three-minute drill.

use super::readiness;
use crate::{
    app::App,
    asked::{Answer, Keyed, Told},
    auth::{Action, Till},
    live::{Seen, Told as Event, feed},
    problem::Turned,
};
use ::alarm::alarm::Source;
use ::haven::{Store, store::Command};
use axum::{Json, extract::State, response::sse::Sse};
use futures::Stream;
use kernel::{Id, id};
use store::{Context, Outcome, Recall};
use wire::{
    haven::{Drill, SetShift, StaffForTill, TillScreen},
    problem::Problem,
};

async fn screen(app: &App, haven: Id<id::Haven>) -> Result<TillScreen, Turned> {
    let now = app.now();
    let rules = &app.pack().rules.haven;
    let (state, alarm, mut number) = {
        let night = app.night().await?;
        let story = night.havens.get(&haven).ok_or(Turned::NoSuchThing)?;
        let alarm = night.open_alarm(Source::Haven(haven)).cloned();
        (story.state.clone(), alarm, story.number)
    };
    let alarm = match alarm {
        Some(story) => {
            number = number.max(story.number);
            let pin_set = app.told_of(&story).await?.pin_set();
            Some(crate::alarm::view::for_sender(&story, pin_set))
        }
        None => None,
    };
    let label = app.seats().till(haven);
    let trained = |person| state.trained_until(person).is_some_and(|until| until > now);
    let (readiness, gaps) = readiness(app, Some(&state), now);
    Ok(TillScreen {
        haven,
        name: label.shown_as,
        number,
        readiness,
        missing: gaps.into_iter().map(|gap| gap.code().to_owned()).collect(),
        staff: label
            .clerks
            .into_iter()
            .map(|clerk| StaffForTill {
                person: clerk.person,
                name: clerk.name,
                on_shift: state.is_on_shift(clerk.person, now),
                trained: trained(clerk.person),
            })
            .collect(),
        drilled_at: state.drilled_at,
        drill_due_at: state.drilled_at.map(|at| at + rules.drill_fresh()),
        alarm,
        now,
    })
}

/// The whole screen.
#[utoipa::path(get, path = "/api/haven/till", tag = "haven",
    responses((status = 200, body = TillScreen), (status = "4XX", body = Problem)))]
pub async fn till(State(app): State<App>, till: Till) -> Answer<TillScreen> {
    app.may_own(&till, Action::HavenView)?;
    screen(&app, till.haven).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/haven/till/live", tag = "haven",
    responses((status = 200, content_type = "text/event-stream", body = TillScreen),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    till: Till,
    headers: axum::http::HeaderMap,
) -> Result<Sse<impl Stream<Item = Event>>, Turned> {
    app.may_own(&till, Action::HavenView)?;
    let watched = app.clone();
    Ok(feed(&app, false, move || {
        let (app, headers) = (watched.clone(), headers.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let view = screen(&app, till.haven).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

async fn command(app: &App, till: Till, key: &store::Key, asked: Command) -> Answer<TillScreen> {
    let now = app.now();
    app.store()
        .transact("haven::till", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let context = Context::new(till.actor(), now).keyed(*key);
            let rules = &app.pack().rules.haven;
            let acted = tx.act::<Store>(till.haven, asked.clone(), rules, &context).await?;
            let outcome = Outcome {
                stream: "haven.store".to_owned(),
                id_bits: till.haven.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(key, &outcome, now).await?;
            Ok(())
        })
        .await?;
    screen(app, till.haven).await.map(Json)
}

/// Somebody taps her name: the shift begins or ends.
#[utoipa::path(post, path = "/api/haven/till/shift", tag = "haven", request_body = SetShift,
    responses((status = 200, body = TillScreen), (status = "4XX", body = Problem)))]
pub async fn shift(
    State(app): State<App>,
    till: Till,
    key: Keyed,
    Told(shift): Told<SetShift>,
) -> Answer<TillScreen> {
    app.may_own(&till, Action::HavenShift)?;
    let key = key.within(&till.audience(), &shift);
    let SetShift { person, on } = shift;
    let asked = if on { Command::StartShift { person } } else { Command::EndShift { person } };
    command(&app, till, &key, asked).await
}

/// The three-minute drill was done.
#[utoipa::path(post, path = "/api/haven/till/drill", tag = "haven", request_body = Drill,
    responses((status = 200, body = TillScreen), (status = "4XX", body = Problem)))]
pub async fn drill(
    State(app): State<App>,
    till: Till,
    key: Keyed,
    Told(drill): Told<Drill>,
) -> Answer<TillScreen> {
    app.may_own(&till, Action::HavenDrill)?;
    let key = key.within(&till.audience(), &drill);
    command(&app, till, &key, Command::Drill { person: drill.person }).await
}
