//! The team's own screen: off duty or on, an offer, a walk.

pub mod answer;
pub mod apply;
pub mod check_in;
pub mod crew;
pub(crate) mod duty;
pub(crate) mod incident;
pub mod load;
pub mod mute;
pub mod night;
pub mod no_go;
pub mod own;
pub mod papers;
pub mod private;
pub(crate) mod relay;
pub mod screen;
pub mod take;
pub mod watch;

use crate::{
    app::App,
    asked::{Answer, Keyed, Told},
    auth::{Action, Moving, Team},
    live::{Seen, Told as Event, feed_of_team},
    problem::Turned,
};
use ::volunteer::team::Command;
use axum::{Json, extract::State, http::StatusCode, response::sse::Sse};
use bus::Heard;
use futures::Stream;
use kernel::Point;
use store::{Context, Outcome, Recall};
use wire::{
    problem::Problem,
    volunteer::{Position, SetDuty, TeamScreen},
};

/// The whole screen.
#[utoipa::path(get, path = "/api/team", tag = "volunteer",
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn team(State(app): State<App>, team: Team) -> Answer<TeamScreen> {
    app.may_own(&team, Action::VolunteerView)?;
    screen::of(&app, team.team).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/team/live", tag = "volunteer",
    responses((status = 200, content_type = "text/event-stream", body = TeamScreen),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    team: Team,
    headers: axum::http::HeaderMap,
) -> Result<Sse<impl Stream<Item = Event>>, Turned> {
    app.may_own(&team, Action::VolunteerView)?;
    let watched = app.clone();
    Ok(feed_of_team(&app, team.team, move || {
        let (app, headers) = (watched.clone(), headers.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let view = screen::of(&app, team.team).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

/// Go on or off duty. Off means that nothing arrives, and that nobody knows where the team is.
#[utoipa::path(post, path = "/api/volunteer/duty", tag = "volunteer", request_body = SetDuty,
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn duty(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Told(asked): Told<SetDuty>,
) -> Answer<TeamScreen> {
    app.may_own(&team, Action::VolunteerDuty)?;
    let key = key.within(&team.audience(), &asked);
    let now = app.now();
    app.store()
        .transact("volunteer::duty", async |tx| {
            match tx.recall(&key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let context = Context::new(team.actor(), now).keyed(key);
            let acted = if asked.on {
                duty::go_on(&app, tx, team.team, &context).await?
            } else {
                duty::act(&app, tx, team.team, Command::GoOffDuty, &context).await?
            };
            let outcome = Outcome {
                stream: "volunteer.team".to_owned(),
                id_bits: team.team.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(&key, &outcome, now).await?;
            Ok(())
        })
        .await?;
    if !asked.on {
        app.bus().forget(team.team);
    }
    screen::of(&app, team.team).await.map(Json)
}

/// Say where the team is. Kept in memory only, and only while it is on duty.
#[utoipa::path(post, path = "/api/volunteer/position", tag = "volunteer", request_body = Position,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn position(
    State(app): State<App>,
    Moving(team): Moving,
    Told(position): Told<Position>,
) -> Result<StatusCode, Turned> {
    app.may_own(&team, Action::VolunteerDuty)?;
    let Some(at) = Point::new(position.at.lat, position.at.lon) else {
        return Err(Turned::NotUnderstood(Some("at".to_owned())));
    };
    let out = {
        let night = app.night().await?;
        night.teams.get(&team.team).is_some_and(|story| story.state.shift_until.is_some())
    };
    if out {
        let heard = Heard { at, accuracy_m: position.accuracy_m, heard_at: app.now() };
        app.bus().heard(team.team, heard);
    }
    Ok(StatusCode::NO_CONTENT)
}
