//! Ways home, each explaining itself.

use crate::{
    app::App,
    asked::{Answer, Find},
    problem::{Turned, refused},
};
use axum::{Json, extract::State};
use kernel::Point;
use wire::{
    problem::Problem,
    route::{FindOptions, RouteOptions},
};

/// Up to three ways between two points at an hour.
#[utoipa::path(get, path = "/api/route/options", tag = "route", params(FindOptions),
    responses((status = 200, body = RouteOptions), (status = "4XX", body = Problem),
        (status = "5XX", body = Problem)))]
pub async fn options(
    State(app): State<App>,
    Find(find): Find<FindOptions>,
) -> Answer<RouteOptions> {
    let point = |text: &str, field: &str| {
        Point::parse(text).ok_or_else(|| Turned::NotUnderstood(Some(field.to_owned())))
    };
    let (from, to) = (point(&find.from, "from")?, point(&find.to, "to")?);
    let at = find.at.unwrap_or_else(|| app.now());
    let ground = app.ground();
    if !ground.walking.has_streets() {
        return Err(Turned::NoStreets);
    }
    let open = {
        let night = app.night().await?;
        app.ready_havens(&night, &ground, at)
    };
    let (band, options) = ground.walking.ways(from, to, at, &open).map_err(refused)?;
    Ok(Json(RouteOptions { options, hour_band: band.name().replace('-', "_") }))
}
