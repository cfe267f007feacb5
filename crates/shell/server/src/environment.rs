//! Public places of the imported registers, and what is broken in the street.

pub mod defects;

use crate::{
    app::App,
    asked::{Answer, Find},
    ground::{Search, Spot},
    problem::Turned,
};
use axum::{Json, extract::State};
use kernel::Point;
use wire::{
    environment::{FindPlaces, Place, Places},
    problem::Problem,
};

/// Letters of a search that are looked at.
const LETTERS: usize = 60;

/// Find places by name, or near a point.
#[utoipa::path(get, path = "/api/environment/places", tag = "environment", params(FindPlaces),
    responses((status = 200, body = Places), (status = "4XX", body = Problem)))]
pub async fn places(State(app): State<App>, Find(find): Find<FindPlaces>) -> Answer<Places> {
    let near = match find.near.as_deref() {
        Some(text) => {
            let wrong = || Turned::NotUnderstood(Some("near".to_owned()));
            Some(Point::parse(text).ok_or_else(wrong)?)
        }
        None => None,
    };
    let typed: String = find.q.trim().chars().take(LETTERS).collect();
    let search = Search {
        typed: &typed,
        near,
        meeting: find.meeting,
        limit: usize::from(find.limit.unwrap_or(12).clamp(1, 50)),
    };
    let ground = app.ground();
    let found = ground.places.find(&search);
    let places = found.into_iter().map(|found| shown(found.spot, found.distance_m)).collect();
    Ok(Json(Places { places }))
}

/// A place as screens show it.
pub(crate) fn shown(spot: &Spot, distance_m: Option<f64>) -> Place {
    Place {
        id: spot.id,
        kind: spot.kind,
        name: spot.name.clone(),
        at: spot.at.into(),
        distance_m: distance_m.map(|m| m.round() as u32),
        meeting: spot.meeting,
    }
}
