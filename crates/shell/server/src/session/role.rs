//! Somebody of several roles takes another one. One session is for one role, so this is a new one.

use crate::{app::App, asked::Told, problem::Turned};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::Span;
use wire::{
    problem::Problem,
    session::{Session, TakeRole},
};

/// Take another role of the seat that is signed in. The session so far ends.
#[utoipa::path(post, path = "/api/session/role", tag = "session", request_body = TakeRole,
    responses((status = 200, body = Session), (status = "4XX", body = Problem)))]
pub async fn take(
    State(app): State<App>,
    headers: HeaderMap,
    Told(asked): Told<TakeRole>,
) -> Result<Response, Turned> {
    let signed = app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
    let mut seat = signed.seat;
    let other = seat.held.iter().find(|of| of.role() == asked.role);
    seat.of = *other.ok_or(Turned::NotYours)?;
    // She is who she was a moment ago: a passkey shown then counts as long as it would have.
    let fresh = Span::minutes(app.pack().rules.server.reauth_minutes.into());
    let confirmed = signed.session.confirmed_at.is_some_and(|at| app.now().since(at) < fresh);
    let cookie = app.open_session(&seat, &headers, confirmed).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(crate::session::shown(Some(&seat)))).into_response())
}
