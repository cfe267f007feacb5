//! What is broken in the street, as the register of a district lists it.

use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Programme},
    once::Done,
    problem::Turned,
};
use ::environment::{
    Defect,
    defect::{Command, Spot},
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Point, id};
use store::Context;
use wire::{
    environment::{CloseDefect, DefectItem},
    problem::Problem,
};

/// What is broken in the manager's district, the oldest first.
#[utoipa::path(get, path = "/api/environment/defects", tag = "environment",
    responses((status = 200, body = Vec<DefectItem>), (status = "4XX", body = Problem)))]
pub async fn list(State(app): State<App>, manager: Programme) -> Answer<Vec<DefectItem>> {
    app.may_in(&manager, Action::EnvironmentMend, &manager.district)?;
    Ok(Json(open(&app, &manager.district).await?))
}

/// Say what became of it.
#[utoipa::path(post, path = "/api/environment/defects/{id}/close", tag = "environment",
    params(("id" = String, Path)), request_body = CloseDefect,
    responses((status = 200, body = Vec<DefectItem>), (status = "4XX", body = Problem)))]
pub async fn close(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(defect): Named<id::Defect>,
    Told(asked): Told<CloseDefect>,
) -> Answer<Vec<DefectItem>> {
    let known = app.known::<Defect>(defect).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(&manager, Action::EnvironmentMend, &district)?;
    let key = key.within(&manager.audience(), &asked);
    let outcome = same_word(&asked.outcome)?;
    let context = Context::new(manager.actor(), app.now()).keyed(key);
    app.once("environment::close", &key, async |tx| {
        let rules = &app.pack().rules.environment;
        let acted = tx.act::<Defect>(defect, Command::Close { outcome }, rules, &context).await?;
        Ok(Done::to::<Defect>(defect, acted.number))
    })
    .await?;
    Ok(Json(open(&app, &manager.district).await?))
}

async fn open(app: &App, district: &DistrictCode) -> Result<Vec<DefectItem>, Turned> {
    let mut items = Vec::new();
    for listed in app.store().open_defects(district).await? {
        let state = &listed.state;
        let (place, at) = match state.spot {
            Some(Spot::Place(place)) => (Some(place), None),
            Some(Spot::Private(row)) => {
                let at = app.notice_in(row).await?.at;
                let point = at.and_then(|at| Point::new(at.lat, at.lon));
                let ground = app.ground();
                (point.and_then(|at| ground.nearest_meeting(at)).map(|spot| spot.id), at)
            }
            None => (None, None),
        };
        items.push(DefectItem {
            id: listed.id,
            part: same_word(&state.part)?,
            near: place.map(|place| app.place_view(Some(place), None).name),
            at,
            noticed_at: state.noticed_at.unwrap_or(listed.at),
        });
    }
    Ok(items)
}
