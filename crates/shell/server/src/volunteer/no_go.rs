//! Notes among helpers to keep away from somewhere: shown to a team with the walk it is offered.

use super::screen;
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Team},
    once::Done,
    problem::Turned,
};
use ::volunteer::{
    NoGo,
    no_go::{Command, Spot},
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Point, Span, id};
use store::Context;
use wire::{
    problem::Problem,
    volunteer::{
        TeamScreen,
        no_go::{NoGoItem, NoteNoGo},
    },
};

/// Notes further than this from where a walk begins are another walk's.
const NEAR_M: u32 = 800;

async fn district_of(app: &App, team: Team) -> Result<DistrictCode, Turned> {
    let known = app.store().load::<::volunteer::Team>(team.team).await?.state;
    known.district.ok_or(Turned::NoSuchThing)
}

/// Note a place to keep away from, for all teams of the district.
#[utoipa::path(post, path = "/api/volunteer/no-go", tag = "volunteer", request_body = NoteNoGo,
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn note(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Told(asked): Told<NoteNoGo>,
) -> Answer<TeamScreen> {
    app.may_own(&team, Action::VolunteerDuty)?;
    let district = district_of(&app, team).await?;
    if app.ground().places.get(asked.place).is_none() {
        return Err(Turned::NotUnderstood(Some("place".to_owned())));
    }
    let key = key.within(&team.audience(), &asked);
    let now = app.now();
    let context = Context::new(team.actor(), now).in_district(district.clone()).keyed(key);
    let command = Command::Note {
        district,
        spot: Spot::Place(asked.place),
        reason: same_word(&asked.reason)?,
        until: now + Span::days(asked.days.into()),
    };
    app.once("volunteer::no_go", &key, async |tx| {
        let note = store::new_id::<id::NoGo>()?;
        let acted = tx.act::<NoGo>(note, command, &app.pack().rules.volunteer, &context).await?;
        Ok(Done::to::<NoGo>(note, acted.number))
    })
    .await?;
    screen::of(&app, team.team).await.map(Json)
}

/// A note that no longer holds.
#[utoipa::path(post, path = "/api/volunteer/no-go/{id}/lift", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn lift(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Named(note): Named<id::NoGo>,
) -> Answer<TeamScreen> {
    app.may_own(&team, Action::VolunteerDuty)?;
    let district = district_of(&app, team).await?;
    let known = app.known::<NoGo>(note).await?.state;
    if known.district.as_ref() != Some(&district) {
        return Err(Turned::NoSuchThing);
    }
    let key = key.within(&team.audience(), &());
    let context = Context::new(team.actor(), app.now()).keyed(key);
    app.once("volunteer::lift", &key, async |tx| {
        let rules = &app.pack().rules.volunteer;
        let acted = tx.act::<NoGo>(note, Command::Lift, rules, &context).await?;
        Ok(Done::to::<NoGo>(note, acted.number))
    })
    .await?;
    screen::of(&app, team.team).await.map(Json)
}

/// The notes of a district that hold now; near a point, if one is given.
pub(super) async fn holding(
    app: &App,
    district: &DistrictCode,
    near: Option<Point>,
) -> Result<Vec<NoGoItem>, Turned> {
    let now = app.now();
    let mut notes: Vec<_> = {
        let night = app.night().await?;
        let ours = night.no_gos.values().filter(|one| one.state.holds(now));
        ours.filter(|one| one.state.district.as_ref() == Some(district)).cloned().collect()
    };
    notes.sort_by_key(|one| std::cmp::Reverse(one.number));
    let mut items = Vec::with_capacity(notes.len());
    for story in notes {
        let (Some(Spot::Place(place)), Some(until)) = (story.state.spot, story.state.until) else {
            continue;
        };
        let place = app.place_view(Some(place), near);
        if near.is_some() && place.distance_m.is_none_or(|distance_m| distance_m > NEAR_M) {
            continue;
        }
        items.push(NoGoItem {
            id: story.id,
            place: place.name,
            reason: same_word(&story.state.reason)?,
            until,
        });
    }
    Ok(items)
}
