//! The only place where a no becomes HTTP: refusals of the domain, failures of the world, and
//! requests that were not understood, all as RFC 9457 problems with a stable code.

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Refusal, RefusalKind};
use store::{Failure, Stopped};
use wire::{alarm::ServesNow, problem::Problem};

use crate::{app::App, auth::denial};

/// Why a request is not answered as it asked.
#[derive(Debug)]
pub enum Turned {
    /// The domain says no.
    Refused {
        /// Its stable code.
        code: &'static str,
        /// Its kind.
        kind: RefusalKind,
        /// Who was first, for a conflict a desk meets.
        by: Option<String>,
        /// What serves now.
        serves_now: Vec<ServesNow>,
    },
    /// The request could not be read; the field, if one is to blame.
    NotUnderstood(Option<String>),
    /// A write came without an `Idempotency-Key`, or with one that is too short to be unique.
    NoKey,
    /// The key came with another request before.
    KeyReused,
    /// There is no such thing, or the asker may not know of it.
    NoSuchThing,
    /// Nobody is signed in.
    NotSignedIn,
    /// It is sensitive, and no passkey was shown for some minutes: show it, then send again.
    Confirm,
    /// The role signed in has no business here.
    NotYours,
    /// The page that sent this is not ours.
    ForeignOrigin,
    /// The sign-in did not succeed. Says no more than that.
    SignInFailed,
    /// Too many at once from one place; what serves now.
    TooMany(Vec<ServesNow>),
    /// The body is larger than anything here needs.
    TooLarge,
    /// There is such a path, but not with this method.
    NoSuchMethod,
    /// It took too long.
    TimedOut,
    /// The house that gives tokens for the matching cannot be asked.
    IssuerAway,
    /// No way can be shown: streets are not imported or not joined.
    NoStreets,
    /// The world failed.
    Failed(Failure),
    /// We are wrong.
    Fault,
}

impl From<Failure> for Turned {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl<R: Refusal> From<Stopped<R>> for Turned {
    fn from(stopped: Stopped<R>) -> Self {
        match stopped {
            Stopped::Refused(refusal) => refused(refusal),
            Stopped::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<::onestop::Refusal> for Turned {
    fn from(refusal: ::onestop::Refusal) -> Self {
        refused(refusal)
    }
}

impl From<::onestop::ledger::Refused> for Turned {
    fn from(refusal: ::onestop::ledger::Refused) -> Self {
        refused(refusal)
    }
}

/// The domain says no.
pub fn refused(refusal: impl Refusal) -> Turned {
    let (code, kind) = (refusal.code(), refusal.kind());
    Turned::Refused { code, kind, by: None, serves_now: Vec::new() }
}

impl Turned {
    /// The same no, with who was first.
    pub fn by(self, who: String) -> Self {
        match self {
            Self::Refused { code, kind, serves_now, .. } => {
                Self::Refused { code, kind, by: Some(who), serves_now }
            }
            other => other,
        }
    }

    /// Status, stable code and one English sentence for developers.
    fn told(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::Refused { code, kind, .. } => {
                let status = match kind {
                    RefusalKind::Conflict => S::CONFLICT,
                    RefusalKind::Invalid => S::UNPROCESSABLE_ENTITY,
                    RefusalKind::Unknown => S::NOT_FOUND,
                };
                (status, code, "The rules of the programme say no.")
            }
            Self::NotUnderstood(_) => {
                (S::BAD_REQUEST, "request.not-understood", "The request could not be read.")
            }
            Self::NoKey => (
                S::BAD_REQUEST,
                "request.no-key",
                "A write needs an Idempotency-Key of 8 to 128 printable characters.",
            ),
            Self::KeyReused => (
                S::UNPROCESSABLE_ENTITY,
                "request.key-reused",
                "This Idempotency-Key came with another request before.",
            ),
            Self::NoSuchThing => {
                (S::NOT_FOUND, "request.no-such-thing", "There is no such thing here.")
            }
            Self::NotSignedIn => (S::UNAUTHORIZED, "session.not-signed-in", "Sign in first."),
            Self::Confirm => (
                S::UNAUTHORIZED,
                "session.confirm",
                "Show the passkey (/api/session/confirm/start), then send the same again.",
            ),
            Self::NotYours => {
                (S::FORBIDDEN, "session.not-yours", "This is not for the role signed in.")
            }
            Self::ForeignOrigin => {
                (S::FORBIDDEN, "request.foreign-origin", "Another site may not write here.")
            }
            Self::SignInFailed => {
                (S::UNPROCESSABLE_ENTITY, "session.sign-in-failed", "The sign-in did not succeed.")
            }
            Self::TooMany(_) => {
                (S::TOO_MANY_REQUESTS, "request.too-many", "Too many at once; try again shortly.")
            }
            Self::TooLarge => {
                (S::PAYLOAD_TOO_LARGE, "request.too-large", "The request is too large.")
            }
            Self::NoSuchMethod => {
                (S::METHOD_NOT_ALLOWED, "request.no-such-method", "Not with this method.")
            }
            Self::TimedOut => (S::GATEWAY_TIMEOUT, "request.timed-out", "It took too long."),
            Self::IssuerAway => (
                S::SERVICE_UNAVAILABLE,
                "matching.issuer_away",
                "The issuer of tokens cannot be reached; the same can be sent again.",
            ),
            Self::NoStreets => (
                S::SERVICE_UNAVAILABLE,
                "route.no-streets",
                "No streets are imported, so no way can be shown.",
            ),
            Self::Failed(_) => {
                (S::SERVICE_UNAVAILABLE, "store.unavailable", "The journal cannot be reached.")
            }
            Self::Fault => (S::INTERNAL_SERVER_ERROR, "request.fault", "Something here is broken."),
        }
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        let (status, code, title) = self.told();
        if let Self::Failed(failure) = &self {
            tracing::error!(%failure, "the world failed");
        }
        let mut problem = Problem {
            code: code.to_owned(),
            status: status.as_u16(),
            title: title.to_owned(),
            field: None,
            by: None,
            serves_now: Vec::new(),
        };
        match self {
            Self::Refused { by, serves_now, .. } => {
                problem.by = by;
                problem.serves_now = serves_now;
            }
            Self::NotUnderstood(field) => problem.field = field,
            Self::TooMany(serves_now) => problem.serves_now = serves_now,
            _ => {}
        }
        (status, axum::Extension(problem)).into_response()
    }
}

/// Codes that are given elsewhere than in [`Turned::told`] and belong to no aggregate.
#[cfg(test)]
const OTHER_CODES: [&str; 2] = ["escort.no-team-free", "alarm.wrong-pin"];

/// Writes problems out. What failed on our side is told together with the numbers that can be
/// called meanwhile: they are in the pack and need neither database nor network.
pub(crate) async fn write(State(app): State<App>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("elsewhere", MatchedPath::as_str);
    let casework = denial::is_casework(route).then(|| request.headers().clone());
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        // axum's own answers, which have no body of ours yet.
        None if api => match response.status() {
            StatusCode::METHOD_NOT_ALLOWED => {
                return rewrite(Turned::NoSuchMethod, Vec::new(), &response);
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                return rewrite(Turned::TooLarge, Vec::new(), &response);
            }
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
                return rewrite(Turned::TimedOut, app.numbers(), &response);
            }
            _ => return response,
        },
        None => return response,
    };
    app.inner().denials.note(route, &problem);
    if let Some(headers) = casework.filter(|_| denial::is_of_another_role(&problem)) {
        denial::tell_of_casework(&app, route, &headers).await;
    }
    let problem = if problem.status >= 500 && problem.serves_now.is_empty() {
        Problem { serves_now: app.numbers(), ..problem }
    } else {
        problem
    };
    fill(&mut response, &problem);
    response
}

fn rewrite(turned: Turned, serves_now: Vec<ServesNow>, old: &Response) -> Response {
    let mut fresh = turned.into_response();
    if let Some(allow) = old.headers().get(header::ALLOW) {
        fresh.headers_mut().insert(header::ALLOW, allow.clone());
    }
    if let Some(problem) = fresh.extensions_mut().remove::<Problem>() {
        fill(&mut fresh, &Problem { serves_now, ..problem });
    }
    fresh
}

fn fill(response: &mut Response, problem: &Problem) {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    *response.body_mut() = Body::from(body);
}

#[cfg(test)]
mod tests;
