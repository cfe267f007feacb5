//! Being left alone: no offer, no call, no message, on duty or off, until it is taken back or its
//! time is over.

use super::screen;
use crate::{
    app::App,
    asked::{Answer, Keyed, Told},
    auth::{Action, Team},
    problem::Turned,
};
use ::volunteer::{Attendance, attendance::Command};
use axum::{Json, extract::State};
use store::{Context, Outcome, Recall};
use wire::{
    problem::Problem,
    volunteer::{SetMute, TeamScreen},
};

/// Be left alone, or be reached again: each of the two for herself.
#[utoipa::path(post, path = "/api/volunteer/mute", tag = "volunteer", request_body = SetMute,
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn mute(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Told(asked): Told<SetMute>,
) -> Answer<TeamScreen> {
    app.may_own(&team, Action::VolunteerDuty)?;
    let key = key.within(&team.audience(), &asked);
    let now = app.now();
    app.store()
        .transact("volunteer::mute", async |tx| {
            match tx.recall(&key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let members = tx.load::<::volunteer::Team>(team.team).await?.state.members;
            if !members.is_some_and(|members| members.contains(&asked.person)) {
                return Err(Turned::NoSuchThing);
            }
            let command =
                if asked.muted { Command::Mute { until: asked.until } } else { Command::Unmute };
            let context = Context::new(team.actor(), now).keyed(key);
            let rules = &app.pack().rules.volunteer;
            let acted = tx.act::<Attendance>(asked.person, command, rules, &context).await?;
            let outcome = Outcome {
                stream: "volunteer.attendance".to_owned(),
                id_bits: asked.person.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(&key, &outcome, now).await?;
            Ok(())
        })
        .await?;
    screen::of(&app, team.team).await.map(Json)
}
