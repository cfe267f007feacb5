//! Asking to join, without an account: the token of the application is all the phone keeps.

use super::private::Applicant;
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Bearer, permit},
    once::Done,
    problem::Turned,
    story::Story,
};
use ::volunteer::{
    Application,
    application::{Command, Event},
};
use access::What;
use axum::{Json, extract::State, http::StatusCode};
use kernel::{Actor, DistrictCode, Id, id};
use store::{Context, Failure};
use wire::{
    problem::Problem,
    volunteer::joining::{Applied, Apply, Door, ForApplicant},
};

/// Ask to join. No account; name and number go into a row that is erased.
#[utoipa::path(post, path = "/api/volunteer/applications", tag = "volunteer", request_body = Apply,
    responses((status = 201, body = Applied), (status = "4XX", body = Problem)))]
pub async fn apply(
    State(app): State<App>,
    key: Keyed,
    Told(asked): Told<Apply>,
) -> Result<(StatusCode, Json<Applied>), Turned> {
    app.may_city(access::Who::Citizen, Action::VolunteerApply)?;
    let key = key.within("citizen", &asked);
    let now = app.now();
    let wrong = |field: &str| Turned::NotUnderstood(Some(field.to_owned()));
    let Apply { district, engagement, first_name, phone, words } = asked;
    let district = DistrictCode::try_from(district).map_err(|_text| wrong("district"))?;
    app.pack().district(&district).ok_or_else(|| wrong("district"))?;
    let applicant = Applicant::of(&first_name, &phone, words)?;
    let engagement = same_word(&engagement)?;
    let bits = app
        .once("volunteer::apply", &key, async |tx| {
            if !app.asks().take(App::join_place(&district), now) {
                return Err(Turned::TooMany(Vec::new()));
            }
            let application = store::new_id::<id::Application>()?;
            let private = applicant.keep(tx, now).await?;
            let context =
                Context::new(Actor::Citizen, now).in_district(district.clone()).keyed(key);
            let command = Command::Apply { district: district.clone(), engagement, private };
            let rules = &app.pack().rules.volunteer;
            let acted = tx.act::<Application>(application, command, rules, &context).await?;
            Ok(Done::to::<Application>(application, acted.number))
        })
        .await?;
    let application = Id::from_bits(bits);
    let token = app.bearer().token(application);
    Ok((StatusCode::CREATED, Json(Applied { token, application: of(&app, application).await? })))
}

/// Whether the bearer's token is this application's.
fn own(app: &App, bearer: Option<&Bearer>, application: Id<id::Application>) -> Result<(), Turned> {
    let who = permit::applicant(app, bearer, application);
    app.may(&who, Action::VolunteerFollow, &What::Application(application))
}

/// Where an application stands, for whoever holds its token.
#[utoipa::path(get, path = "/api/volunteer/applications/{id}", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = ForApplicant), (status = "4XX", body = Problem)))]
pub async fn look(
    State(app): State<App>,
    bearer: Option<Bearer>,
    Named(application): Named<id::Application>,
) -> Answer<ForApplicant> {
    own(&app, bearer.as_ref(), application)?;
    of(&app, application).await.map(Json)
}

/// Take the application back.
#[utoipa::path(post, path = "/api/volunteer/applications/{id}/withdraw", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = ForApplicant), (status = "4XX", body = Problem)))]
pub async fn withdraw(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(application): Named<id::Application>,
) -> Answer<ForApplicant> {
    own(&app, bearer.as_ref(), application)?;
    let key = key.within(&format!("applicant/{application}"), &());
    let context = Context::new(Actor::Citizen, app.now()).keyed(key);
    app.once("volunteer::withdraw", &key, async |tx| {
        act(&app, tx, application, Command::Withdraw, &context).await
    })
    .await?;
    of(&app, application).await.map(Json)
}

/// Gives an application a command; what must be forgotten gets its date.
pub(super) async fn act(
    app: &App,
    tx: &mut store::Tx,
    application: Id<id::Application>,
    command: Command,
    context: &Context,
) -> Result<Done, Turned> {
    let rules = &app.pack().rules.volunteer;
    let acted = tx.act::<Application>(application, command, rules, context).await?;
    if let (Some(erase_at), Some(row)) = (acted.state.erase_at(rules), acted.state.private) {
        tx.private_extend(row, erase_at).await?;
    }
    Ok(Done::to::<Application>(application, acted.number))
}

fn declined(story: &Story<Application>) -> Result<Option<String>, Failure> {
    let Some(recorded) = story.last("declined") else { return Ok(None) };
    Ok(match recorded.decode::<Application>()? {
        Event::Declined { reason } => Some(reason.code().to_owned()),
        _ => None,
    })
}

async fn of(app: &App, application: Id<id::Application>) -> Result<ForApplicant, Turned> {
    let story = app.known::<Application>(application).await?;
    let state = &story.state;
    let district = state.district.as_ref().and_then(|code| app.pack().district(code));
    let door =
        state.person.map(|person| Door { person, token: app.bearer().token::<id::Person>(person) });
    Ok(ForApplicant {
        id: application,
        number: story.number,
        stage: same_word(&state.stage)?,
        district: district.map_or_else(|| app.pack().name.clone(), |one| one.name.clone()),
        applied_at: story.first("applied").map_or(story.at, |recorded| recorded.at),
        interview_at: state.interview_at,
        declined: declined(&story)?,
        door,
        now: app.now(),
    })
}
