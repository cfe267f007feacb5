//! What a patrol sees: its beats, its round, what it has noted.

use super::{beat, round, sighting};
use crate::{
    app::App,
    asked::Answer,
    auth::{Action, Patrol},
    problem::Turned,
    story::Story,
};
use ::patrol::{Round, Sighting, round::Stage, sighting::Spotter};
use ::volunteer::{Person, Team};
use axum::{Json, extract::State};
use kernel::{Id, id};
use std::cmp::Reverse;
use wire::{
    patrol::{PatrolScreen, StartRound},
    problem::Problem,
};

/// The whole screen.
#[utoipa::path(get, path = "/api/patrol", tag = "patrol",
    responses((status = 200, body = PatrolScreen), (status = "4XX", body = Problem)))]
pub async fn patrol(State(app): State<App>, patrol: Patrol) -> Answer<PatrolScreen> {
    app.may_in(&patrol, Action::PatrolWalk, &patrol.district)?;
    of(&app, &patrol, None).await.map(Json)
}

/// The round a team is on.
pub(super) async fn open_round(
    app: &App,
    team: Id<id::Team>,
) -> Result<Option<Story<Round>>, Turned> {
    let night = app.night().await?;
    let walking = |one: &&Story<Round>| one.state.stage == Stage::Walking;
    Ok(night.rounds.values().filter(walking).find(|one| one.state.team == Some(team)).cloned())
}

/// The screen of a patrol; the way is proposed from where it says it stands.
pub(super) async fn of(
    app: &App,
    patrol: &Patrol,
    from: Option<&StartRound>,
) -> Result<PatrolScreen, Turned> {
    let now = app.now();
    let number = *app.store().head().borrow();
    let team = patrol.team();
    let mut lacks = Vec::new();
    for person in app.store().load::<Team>(team).await?.state.members.into_iter().flatten() {
        let known = app.store().load::<Person>(person).await?.state.standing(person);
        let lacking = known.into_iter().flat_map(|standing| standing.lacks(now));
        lacks.extend(lacking.map(|lack| lack.code().to_owned()));
    }
    let round = match open_round(app, team).await? {
        Some(story) => Some(round::view(app, patrol, story.id, &story.state, from).await?),
        None => None,
    };
    let mut noted: Vec<Story<Sighting>> = {
        let night = app.night().await?;
        let ours = |one: &&Story<Sighting>| one.state.by == Some(Spotter::Team(team));
        let open = night.sightings.values().filter(|one| one.state.open());
        open.filter(ours).cloned().collect()
    };
    noted.sort_by_key(|one| Reverse(one.number));
    let mut sightings = Vec::with_capacity(noted.len());
    for story in &noted {
        sightings.push(sighting::item(app, story, false).await?);
    }
    let seat = app.seats().get(patrol.seat).ok_or(Turned::NoSuchThing)?;
    Ok(PatrolScreen {
        number,
        shown_as: seat.label.shown_as,
        first_names: seat.label.first_names,
        lacks,
        beats: beat::beats(app, &patrol.district).await?,
        round,
        sightings,
        now,
    })
}
