//! What a programme manager answers an applicant: an invitation, the interview, yes or no.

use super::apply;
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Programme},
    once::Done,
    problem::Turned,
};
use ::volunteer::{
    Application, Ledger, Person,
    application::{Command, Refused},
    ledger, person,
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, id};
use store::{Context, Tx};
use wire::{
    problem::Problem,
    volunteer::{
        crew::Crew,
        joining::{Invite, Refuse, TakeOn},
    },
};

/// The district of an application, if it is this manager's to answer.
async fn theirs(
    app: &App,
    manager: &Programme,
    application: Id<id::Application>,
) -> Result<DistrictCode, Turned> {
    let known = app.known::<Application>(application).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(manager, Action::VolunteerVet, &district)?;
    Ok(district)
}

async fn answer(
    app: &App,
    manager: &Programme,
    key: &store::Key,
    application: Id<id::Application>,
    command: Command,
) -> Answer<Crew> {
    let district = theirs(app, manager, application).await?;
    let context = Context::new(manager.actor(), app.now()).in_district(district).keyed(*key);
    app.once("volunteer::answer", key, async |tx| {
        apply::act(app, tx, application, command, &context).await
    })
    .await?;
    super::crew::of(app, manager).await.map(Json)
}

/// Invite to an interview, or to another one.
#[utoipa::path(post, path = "/api/volunteer/applications/{id}/invite", tag = "volunteer",
    params(("id" = String, Path)), request_body = Invite,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn invite(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(application): Named<id::Application>,
    Told(asked): Told<Invite>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    answer(&app, &manager, &key, application, Command::Invite { at: asked.at }).await
}

/// Note that the interview was held.
#[utoipa::path(post, path = "/api/volunteer/applications/{id}/interviewed", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn interviewed(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(application): Named<id::Application>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &());
    answer(&app, &manager, &key, application, Command::NoteInterview).await
}

/// Do not take on.
#[utoipa::path(post, path = "/api/volunteer/applications/{id}/decline", tag = "volunteer",
    params(("id" = String, Path)), request_body = Refuse,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn decline(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(application): Named<id::Application>,
    Told(asked): Told<Refuse>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    let reason = same_word(&asked.reason)?;
    answer(&app, &manager, &key, application, Command::Decline { reason }).await
}

/// Take on: the applicant is on the roster and has hours from this moment.
#[utoipa::path(post, path = "/api/volunteer/applications/{id}/accept", tag = "volunteer",
    params(("id" = String, Path)), request_body = TakeOn,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn accept(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(application): Named<id::Application>,
    Told(asked): Told<TakeOn>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    let district = theirs(&app, &manager, application).await?;
    let context = Context::new(manager.actor(), app.now()).in_district(district).keyed(key);
    app.once("volunteer::accept", &key, async |tx| {
        take_on(&app, tx, application, &asked, &context).await
    })
    .await?;
    super::crew::of(&app, &manager).await.map(Json)
}

async fn take_on(
    app: &App,
    tx: &mut Tx,
    application: Id<id::Application>,
    asked: &TakeOn,
    context: &Context,
) -> Result<Done, Turned> {
    let known = tx.load::<Application>(application).await?.state;
    if known.person.is_some() {
        return Err(crate::problem::refused(Refused::ApplicationEnded));
    }
    let person = store::new_id::<id::Person>()?;
    let rules = &app.pack().rules.volunteer;
    let (gender, engagement) = (same_word(&asked.gender)?, same_word(&asked.engagement)?);
    let done =
        apply::act(app, tx, application, Command::Accept { person, gender, engagement }, context)
            .await?;
    let beside = Context { idempotency: None, ..context.clone() };
    tx.act::<Person>(person, person::Command::Enrol { gender }, rules, &beside).await?;
    let engage = ledger::Command::Engage { person, engagement };
    tx.act::<Ledger>(person, engage, rules, &beside).await?;
    Ok(done)
}
