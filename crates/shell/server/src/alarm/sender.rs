//! What the sender can do: look, add where she is, say what it is, take it back.

use super::{
    private::{Meaning, Told},
    view,
};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told as Body},
    auth::{Action, Bearer, Who, permit},
    live::{Seen, Told as Event, feed},
    problem::Turned,
    story::Story,
};
use ::alarm::{
    Alarm,
    alarm::{Command, Press},
};
use axum::{Json, extract::State, http::HeaderMap, response::sse::Sse};
use futures::Stream;
use kernel::{Id, Instant, id};
use store::{Context, Outcome, Recall};
use wire::{
    alarm::{AddLocations, ForSender, Regrade, Retract},
    problem::Problem,
};

async fn own(
    app: &App,
    who: &Who,
    bearer: Option<&Bearer>,
    action: Action,
    alarm: Id<id::Alarm>,
) -> Result<Story<Alarm>, Turned> {
    app.alarm_for(permit::sender(app, bearer, who, alarm), action, alarm).await
}

async fn shown(app: &App, alarm: Id<id::Alarm>) -> Result<ForSender, Turned> {
    let story = app.known::<Alarm>(alarm).await?;
    let told = app.told_of(&story).await?;
    Ok(view::for_sender(&story, told.pin_set()))
}

/// Where the alarm stands.
#[utoipa::path(get, path = "/api/alarm/alarms/{id}", tag = "alarm",
    params(("id" = String, Path)), responses((status = 200, body = ForSender),
        (status = "4XX", body = Problem)))]
pub async fn look(
    State(app): State<App>,
    who: Who,
    bearer: Option<Bearer>,
    Named(alarm): Named<id::Alarm>,
) -> Answer<ForSender> {
    own(&app, &who, bearer.as_ref(), Action::AlarmView, alarm).await?;
    shown(&app, alarm).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/alarm/alarms/{id}/live", tag = "alarm",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/event-stream", body = ForSender),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    who: Who,
    bearer: Option<Bearer>,
    Named(alarm): Named<id::Alarm>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Event>>, Turned> {
    own(&app, &who, bearer.as_ref(), Action::AlarmView, alarm).await?;
    let watched = app.clone();
    Ok(feed(&app, false, move || {
        let (app, bearer, headers) = (watched.clone(), bearer.clone(), headers.clone());
        async move {
            // A token opens it for good; a team's or till's session may have been ended.
            let who = app.who(&headers).await?;
            own(&app, &who, bearer.as_ref(), Action::AlarmView, alarm).await?;
            let view = shown(&app, alarm).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

/// Gives the alarm a command of its sender's, once for each key.
async fn command(
    app: &App,
    who: &Who,
    key: &store::Key,
    alarm: Id<id::Alarm>,
    told: Option<Told>,
    command: impl Fn(Option<Id<id::Private>>, Instant) -> Command,
) -> Answer<ForSender> {
    let now = app.now();
    let actor = match who {
        Who::Team(team) => team.actor(),
        Who::Till(till) => till.actor(),
        Who::Nobody | Who::Dispatcher(_) | Who::Supervisor(_) | Who::Patrol | Who::Office => {
            kernel::Actor::Citizen
        }
    };
    app.store()
        .transact("alarm::sender", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let row = match &told {
                Some(told) => told.keep(tx, app, now).await?,
                None => None,
            };
            let context = Context::new(actor, now).keyed(*key);
            let rules = &app.pack().rules.alarm;
            let acted = tx.act::<Alarm>(alarm, command(row, now), rules, &context).await?;
            let outcome = Outcome {
                stream: "alarm.alarm".to_owned(),
                id_bits: alarm.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(key, &outcome, now).await?;
            Ok(())
        })
        .await?;
    shown(app, alarm).await.map(Json)
}

/// Take it back. It stays visible at the desk, and open.
#[utoipa::path(post, path = "/api/alarm/alarms/{id}/retract", tag = "alarm",
    params(("id" = String, Path)), request_body = Retract,
    responses((status = 200, body = ForSender), (status = "4XX", body = Problem)))]
pub async fn retract(
    State(app): State<App>,
    who: Who,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(alarm): Named<id::Alarm>,
    Body(retract): Body<Retract>,
) -> Answer<ForSender> {
    let story = own(&app, &who, bearer.as_ref(), Action::AlarmRetract, alarm).await?;
    let told = app.told_of(&story).await?;
    // Before anything is compared: what was typed makes no difference to when one may type again.
    if told.pin_set() && !app.inner().pins.take(alarm, app.now()) {
        return Err(Turned::TooMany(Vec::new()));
    }
    let meaning = told.meaning(app.pin_key(), alarm, retract.pin.as_deref());
    let duress = match meaning {
        Meaning::Mistake => false,
        Meaning::Duress => true,
        Meaning::Wrong => {
            return Err(Turned::Refused {
                code: "alarm.wrong-pin",
                kind: kernel::RefusalKind::Invalid,
                by: None,
                serves_now: Vec::new(),
            });
        }
    };
    // What was typed is no part of the key: nothing made from a PIN is kept.
    let key = key.within(&format!("alarm/{alarm}"), &());
    command(&app, &who, &key, alarm, None, |_row, _now| Command::Retract { duress }).await
}

/// Add where she is.
#[utoipa::path(post, path = "/api/alarm/alarms/{id}/locations", tag = "alarm",
    params(("id" = String, Path)), request_body = AddLocations,
    responses((status = 200, body = ForSender), (status = "4XX", body = Problem)))]
pub async fn add_locations(
    State(app): State<App>,
    who: Who,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(alarm): Named<id::Alarm>,
    Body(add): Body<AddLocations>,
) -> Answer<ForSender> {
    own(&app, &who, bearer.as_ref(), Action::AlarmAddLocation, alarm).await?;
    let key = key.within(&format!("alarm/{alarm}"), &add);
    let told = Told::of(add.locations);
    if told.locations.is_empty() {
        return Err(Turned::NotUnderstood(Some("locations".to_owned())));
    }
    command(&app, &who, &key, alarm, Some(told), |row, _now| Command::AddLocation {
        // There is a row, because there is a location.
        location: row.unwrap_or(Id::from_bits(0)),
    })
    .await
}

/// Say what it is, after the hold. The strongest that was asked for stands.
#[utoipa::path(post, path = "/api/alarm/alarms/{id}/grade", tag = "alarm",
    params(("id" = String, Path)), request_body = Regrade,
    responses((status = 200, body = ForSender), (status = "4XX", body = Problem)))]
pub async fn regrade(
    State(app): State<App>,
    who: Who,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(alarm): Named<id::Alarm>,
    Body(regrade): Body<Regrade>,
) -> Answer<ForSender> {
    let story = own(&app, &who, bearer.as_ref(), Action::AlarmRetract, alarm).await?;
    let key = key.within(&format!("alarm/{alarm}"), &regrade);
    let (Some(source), Some(district)) = (story.state.source, story.state.district.clone()) else {
        return Err(Turned::NoSuchThing);
    };
    let silent = story.state.silent;
    command(&app, &who, &key, alarm, None, |_row, now| {
        Command::Raise(Press {
            source,
            grade: super::raise::grade(regrade.grade),
            district: district.clone(),
            first_at: now,
            silent,
            location: None,
        })
    })
    .await
}
