//! A team's steps: accept, decline, set off, arrive, meet, walk, home.

use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Team},
    problem::Turned,
    volunteer::screen,
};
use ::escort::{Command, Confirmer, DeclineReason, Request, Stage, StandDownReason};
use axum::{Json, extract::State};
use kernel::{Id, id};
use store::{Context, Recall};
use wire::{
    escort::{Decline, StandDown},
    problem::Problem,
    volunteer::TeamScreen,
};

/// Gives a walk a command of its team's and shows the team's screen afterwards.
async fn command(
    app: &App,
    team: Team,
    key: &store::Key,
    walk: Id<id::Escort>,
    action: Action,
    command: Command,
) -> Answer<TeamScreen> {
    app.walk_for(&team, action, walk).await?;
    let now = app.now();
    app.store()
        .transact("escort::step", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let context = Context::new(team.actor(), now).keyed(*key);
            // Between the look above and now the walk may have gone to somebody else.
            let acted = super::act(app, tx, walk, command.clone(), &context).await?;
            tx.remember(key, &super::desk::outcome(walk, acted.number), now).await?;
            Ok(())
        })
        .await?;
    screen::of(app, team.team).await.map(Json)
}

macro_rules! step {
    ($(#[$doc:meta])* $name:ident, $path:literal, $action:ident, |$app:ident, $walk:ident, $team:ident| $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "escort", params(("id" = String, Path)),
            responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
        pub async fn $name(
            State($app): State<App>,
            signed_in: Team,
            key: Keyed,
            Named($walk): Named<id::Escort>,
        ) -> Answer<TeamScreen> {
            let key = key.within(&signed_in.audience(), &());
            let $team = signed_in.team;
            let asked = $command;
            command(&$app, signed_in, &key, $walk, Action::$action, asked).await
        }
    };
}

step!(
    /// Take the walk that is offered.
    accept, "/api/escort/requests/{id}/accept", EscortAccept, |app, walk, team| Command::Accept { team }
);
step!(
    /// Set off to the meeting point.
    set_off, "/api/escort/requests/{id}/set-off", EscortSetOff, |app, walk, team| Command::SetOff { team }
);
step!(
    /// Stand at the meeting point.
    arrive, "/api/escort/requests/{id}/arrive", EscortArrive, |app, walk, team| Command::Arrive { team }
);
step!(
    /// Both screens showed the same word.
    meet, "/api/escort/requests/{id}/meet", EscortMeet,
    |app, walk, team| Command::Meet { confirmed_by: Confirmer::Team(team) }
);
step!(
    /// Set off for home.
    walk, "/api/escort/requests/{id}/walk", EscortStartWalking,
    |app, walk, team| Command::StartWalking { team, walk_minutes: minutes_home(&app, walk).await? }
);
step!(
    /// She is at her door.
    home, "/api/escort/requests/{id}/home", EscortArriveHome,
    |app, walk, team| Command::ArriveHome { confirmed_by: Confirmer::Team(team) }
);

/// How long the walk home takes by the covered way, if she told where to. The rules round it, so
/// that the journal does not learn how far from a station somebody lives.
async fn minutes_home(app: &App, walk: Id<id::Escort>) -> Result<Option<u16>, Turned> {
    let story = app.known::<Request>(walk).await?;
    if story.state.stage != Stage::Met {
        return Ok(None);
    }
    let Some(home) = app.requester(&story.state).await?.home else { return Ok(None) };
    let Some(to) = kernel::Point::new(home.at.lat, home.at.lon) else { return Ok(None) };
    let way = app.ground().walking.shortest(app.meeting_point(&story.state), to);
    Ok(u16::try_from(way.seconds.div_ceil(60)).ok())
}

/// Say no to the walk that is offered. No penalty, whatever the reason.
#[utoipa::path(post, path = "/api/escort/requests/{id}/decline", tag = "escort",
    params(("id" = String, Path)), request_body = Decline,
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn decline(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Named(walk): Named<id::Escort>,
    Told(decline): Told<Decline>,
) -> Answer<TeamScreen> {
    let key = key.within(&team.audience(), &decline);
    let reason = match decline.reason {
        wire::escort::DeclineReason::TooFar => DeclineReason::TooFar,
        wire::escort::DeclineReason::Resting => DeclineReason::Resting,
        wire::escort::DeclineReason::StillBusy => DeclineReason::StillBusy,
        wire::escort::DeclineReason::NotSafeForUs => DeclineReason::NotSafeForUs,
        wire::escort::DeclineReason::Other => DeclineReason::Other,
    };
    command(
        &app,
        team,
        &key,
        walk,
        Action::EscortDecline,
        Command::Decline { team: team.team, reason },
    )
    .await
}

/// Cannot go on: the walk goes back to the desk, and the team is free.
#[utoipa::path(post, path = "/api/escort/requests/{id}/stand-down", tag = "escort",
    params(("id" = String, Path)), request_body = StandDown,
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn stand_down(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Named(walk): Named<id::Escort>,
    Told(asked): Told<StandDown>,
) -> Answer<TeamScreen> {
    let key = key.within(&team.audience(), &asked);
    let reason = match asked.reason {
        wire::escort::StandDownReason::Unwell => StandDownReason::Unwell,
        wire::escort::StandDownReason::HeldUp => StandDownReason::HeldUp,
        wire::escort::StandDownReason::Unsaid => StandDownReason::Unsaid,
    };
    command(
        &app,
        team,
        &key,
        walk,
        Action::EscortStandDown,
        Command::StandDown { team: team.team, reason },
    )
    .await
}
