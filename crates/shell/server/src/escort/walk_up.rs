//! Somebody spoke to a team on the street: asked, accepted and met in two taps.

use crate::{
    app::App,
    asked::{Keyed, Told},
    auth::{Action, Team},
    problem::Turned,
    volunteer::screen,
};
use ::escort::Command;
use axum::{Json, extract::State, http::StatusCode};
use kernel::{Language, id};
use store::{Context, Recall};
use wire::{escort::WalkUp, problem::Problem, volunteer::TeamScreen};

/// Walk with somebody who asks on the street.
#[utoipa::path(post, path = "/api/escort/walk-ups", tag = "escort", request_body = WalkUp,
    responses((status = 201, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn walk_up(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Told(asked): Told<WalkUp>,
) -> Result<(StatusCode, Json<TeamScreen>), Turned> {
    app.may_city(&team, Action::EscortWalkUp)?;
    let key = key.within(&team.audience(), &asked);
    let meeting_place = {
        let ground = app.ground();
        let here = || {
            let heard = app.position(team.team)?;
            ground.nearest_meeting(heard.at).map(|spot| spot.id)
        };
        let named = asked.meeting_place.filter(|place| ground.places.get(*place).is_some());
        named
            .or_else(here)
            .ok_or_else(|| Turned::NotUnderstood(Some("meeting_place".to_owned())))?
    };
    let now = app.now();
    let district = app.district_of_place(meeting_place);
    app.store()
        .transact("escort::walk_up", async |tx| {
            match tx.recall(&key).await? {
                Recall::Answered(_) => return Ok(()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            let walk = store::new_id::<id::Escort>()?;
            let context = Context::new(team.actor(), now).in_district(district.clone()).keyed(key);
            super::dispatch::engage(&app, tx, walk, team.team, &context).await?;
            let command = Command::WalkUp {
                team: team.team,
                district: district.clone(),
                meeting_place,
                people: asked.people,
                private: None,
                language: Language::default(),
            };
            let acted = super::act(&app, tx, walk, command, &context).await?;
            tx.remember(&key, &super::desk::outcome(walk, acted.number), now).await?;
            Ok(())
        })
        .await?;
    Ok((StatusCode::CREATED, Json(screen::of(&app, team.team).await?)))
}
