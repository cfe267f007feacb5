//! Writes come from our own pages, or from no page at all. A cookie alone proves nothing: the
//! browser sends it for others too (SameSite=Strict already keeps most of them out).

use crate::{app::App, problem::Turned};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Turns away writes that another site's page sent. A call for help lands all the same, without
/// the cookie it may have come with: an address typed another way must not stand in its way.
pub(crate) async fn check(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || ours(request.headers(), app.public_origin()) {
        return next.run(request).await;
    }
    if request.uri().path() == ALARMS {
        request.headers_mut().remove(header::COOKIE);
        return next.run(request).await;
    }
    Turned::ForeignOrigin.into_response()
}

const ALARMS: &str = "/api/alarm/alarms";

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the headers a browser adds by itself say that the page is ours. A caller that is no
/// browser sends neither header and carries no cookie a victim's browser could lend it.
fn ours(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str());
    match (text(header::ORIGIN), text(SEC_FETCH_SITE)) {
        (Some(Ok(sent)), _) => sent == origin,
        (None, Some(Ok(site))) => matches!(site, "same-origin" | "none"),
        (Some(Err(_)), _) | (None, Some(Err(_))) => false,
        // Neither header: not a browser of this decade. Only allowed without a cookie.
        (None, None) => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests;
