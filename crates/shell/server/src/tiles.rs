//! The base map's tiles, cut from what was imported. No request for a map leaves the origin.

use crate::{app::App, problem::Turned};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A tile of the base map.
#[utoipa::path(get, path = "/tiles/{z}/{x}/{y}", tag = "tiles",
    params(("z" = u8, Path), ("x" = u32, Path), ("y" = String, Path, description = "`{y}.mvt`")),
    responses((status = 200, content_type = "application/vnd.mapbox-vector-tile"), (status = 204),
        (status = 404)))]
pub async fn tile(
    State(app): State<App>,
    Path((z, x, y)): Path<(u8, u32, String)>,
) -> Result<Response, Turned> {
    let y: u32 =
        y.strip_suffix(".mvt").and_then(|text| text.parse().ok()).ok_or(Turned::NoSuchThing)?;
    let ground = app.ground();
    let tiles = ground.tiles.as_ref().ok_or(Turned::NoSuchThing)?;
    let keep = [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))];
    Ok(match tiles.tile(z, x, y) {
        Some(bytes) => {
            let mime = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
            (keep, [(header::CONTENT_TYPE, mime)], bytes).into_response()
        }
        // Empty ground: an answer, and no error in the browser.
        None => (StatusCode::NO_CONTENT, keep).into_response(),
    })
}
