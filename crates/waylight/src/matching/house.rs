//! What the services of the issuer and of a holder have in common: small bodies, one origin whose pages
//! may ask, answers that nobody keeps, and no word of who asked.

use super::files;
use crate::{say, serve};
use anyhow::{Context, Result, ensure};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use std::{net::SocketAddr, time::Duration};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};
use wire::problem::Problem;

/// The largest body there is has under 300 bytes.
const BODY_BYTES: usize = 2 * 1_024;
/// The issuer is given eight seconds.
const PATIENCE: Duration = Duration::from_secs(12);
/// Answers to what browsers ask before they ask.
const ASKED_BEFORE: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
    (header::ACCESS_CONTROL_MAX_AGE, "600"),
];

/// A no: its status and its stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct No(pub(super) StatusCode, pub(super) &'static str);

impl No {
    /// The disk did not take it, or gave something that does not read.
    pub(super) const NOT_KEPT: Self = Self(StatusCode::SERVICE_UNAVAILABLE, "matching.not_kept");
    /// Another site's page.
    pub(super) const FOREIGN: Self = Self(StatusCode::FORBIDDEN, "request.foreign-origin");

    /// What the engine refused.
    pub(super) const fn of(refusal: matching::Refusal) -> Self {
        use matching::Refusal as R;
        match refusal {
            R::ElementBroken => Self(StatusCode::UNPROCESSABLE_ENTITY, "matching.element_broken"),
            R::IdentityElement => {
                Self(StatusCode::UNPROCESSABLE_ENTITY, "matching.identity_element")
            }
            R::TokenWrong => Self(StatusCode::CONFLICT, "matching.token_wrong"),
            R::TokenUsed => Self(StatusCode::CONFLICT, "matching.token_used"),
            R::NoTokensLeft => Self(StatusCode::CONFLICT, "matching.no_tokens_left"),
            R::TooManyThisHour => {
                Self(StatusCode::TOO_MANY_REQUESTS, "matching.too_many_this_hour")
            }
            _ => Self(StatusCode::UNPROCESSABLE_ENTITY, "matching.form_broken"),
        }
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let Self(status, code) = self;
        let problem = Problem {
            code: code.to_owned(),
            status: status.as_u16(),
            title: "Refused.".to_owned(),
            field: None,
            by: None,
            serves_now: Vec::new(),
        };
        let mut answer = (status, Json(problem)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
        answer
    }
}

/// A JSON body; what does not read is not repeated.
pub(super) struct Told<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Told<T> {
    type Rejection = No;

    async fn from_request(request: Request, state: &S) -> Result<Self, No> {
        let too_large = No(StatusCode::PAYLOAD_TOO_LARGE, "request.too-large");
        let bytes = Bytes::from_request(request, state).await.map_err(|_length| too_large)?;
        let not_understood = No(StatusCode::BAD_REQUEST, "request.not-understood");
        serde_json::from_slice(&bytes).map(Self).map_err(|_text| not_understood)
    }
}

/// Does what waits for a disk where it holds nobody up.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, No> + Send + 'static,
) -> Result<T, No> {
    tokio::task::spawn_blocking(work).await.map_err(|_panic| No::NOT_KEPT)?
}

/// What the disk said goes to the log; who asked does not know it.
#[expect(clippy::needless_pass_by_value, reason = "it is what a failed step hands over")]
pub(super) fn not_kept(error: anyhow::Error) -> No {
    tracing::error!(error = format!("{error:#}"), "a state of the matching cannot be kept");
    No::NOT_KEPT
}

/// Lets the pages of one origin ask, and no other's.
pub(super) fn for_pages_of(city: HeaderValue, routes: Router) -> Router {
    routes.layer(middleware::from_fn_with_state(city, asked_by_a_page))
}

async fn asked_by_a_page(
    State(city): State<HeaderValue>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    if origin.as_ref().is_some_and(|origin| *origin != city) {
        return No::FOREIGN.into_response();
    }
    let before = request.method() == Method::OPTIONS;
    let mut answer =
        if before { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = answer.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    if origin.is_some() {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, city);
        for (name, value) in ASKED_BEFORE.into_iter().filter(|_| before) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    answer
}

/// Turns every page away: these routes are for other services.
pub(super) async fn asked_by_no_page(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::ORIGIN) {
        return No::FOREIGN.into_response();
    }
    next.run(request).await
}

async fn close(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    // axum's own answers, which have no body.
    let said = match answer.status() {
        StatusCode::GATEWAY_TIMEOUT => Some("request.timed-out"),
        StatusCode::METHOD_NOT_ALLOWED => Some("request.no-such-method"),
        _ => None,
    };
    if let Some(code) = said {
        answer = No(answer.status(), code).into_response();
    }
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Everything that holds for all routes of a house.
fn around(routes: Router, patience: Duration) -> Router {
    routes
        .fallback(async || No(StatusCode::NOT_FOUND, "request.no-such-thing"))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, patience))
        .layer(CatchPanicLayer::custom(fault))
        .layer(middleware::from_fn(close))
}

/// We were wrong. What was said is not repeated: it may be about a person.
fn fault(_said: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    No(StatusCode::INTERNAL_SERVER_ERROR, "request.fault").into_response()
}

/// The origin of the city whose pages may ask.
pub(super) fn city(text: &str) -> Result<HeaderValue> {
    let uri: axum::http::Uri = text.parse().context("--city is no origin")?;
    let whole = uri.scheme().is_some() && uri.host().is_some() && !text.ends_with('/');
    ensure!(whole, "--city is the city's origin as browsers write it: https://walk.example.org");
    HeaderValue::from_str(text).context("--city is no origin")
}

/// Serves a folder, alone, until it is told to stop.
pub(super) async fn serve(_alone: files::Alone, at: SocketAddr, routes: Router) -> Result<()> {
    let (listener, address) = serve::listen(at).await?;
    say::line(format_args!("listening http://{address}"))?;
    let routes = around(routes, PATIENCE);
    axum::serve(listener, routes).with_graceful_shutdown(serve::stopped()).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
