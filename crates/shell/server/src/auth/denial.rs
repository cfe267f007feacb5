//! How often somebody was turned away, and where: counts of routes and reasons, never of who or from
//! where. A rise is somebody trying doors, or a screen that was not told that it is signed out.

use crate::app::App;
use axum::http::HeaderMap;
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use wire::problem::Problem;

/// Counts since they were last told.
#[derive(Default)]
pub(crate) struct Denials {
    counts: Mutex<BTreeMap<(String, String), u64>>,
}

/// What is counted: not signed in, not confirmed, another role's, not there, another site's.
const COUNTED: [&str; 6] = [
    "session.not-signed-in",
    "session.confirm",
    "session.not-yours",
    "session.sign-in-failed",
    "request.no-such-thing",
    "request.foreign-origin",
];

impl Denials {
    /// Counts an answer of this route (its template, not what was asked for), if it is a denial.
    pub(crate) fn note(&self, route: &str, problem: &Problem) {
        if COUNTED.contains(&problem.code.as_str()) {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry((route.to_owned(), problem.code.clone())).or_default() += 1;
        }
    }

    /// The counts so far, which begin again at nothing.
    pub(crate) fn take(&self) -> BTreeMap<(String, String), u64> {
        std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes them to the log.
    pub(crate) fn tell(&self) {
        for ((route, code), count) in self.take() {
            tracing::info!(route, code, count, "turned away");
        }
    }
}

/// Whether a route is one-stop's.
pub(crate) fn is_casework(route: &str) -> bool {
    route.starts_with("/api/onestop/")
}

/// Whether somebody was signed in, in a role that has nothing to do there.
pub(crate) fn is_of_another_role(problem: &Problem) -> bool {
    problem.code == "session.not-yours"
}

/// Writes to the log at once that a seat of the street side, or of the office, asked for casework. Not
/// a count: no screen ever does that, so whoever looks after the city should know which seat it was.
/// The seat's id is the journal's pseudonym; what was asked for is not said.
pub(crate) async fn tell_of_casework(app: &App, route: &str, headers: &HeaderMap) {
    // Signed out in between: the count says it.
    if let Ok(Some(signed)) = app.signed_in(headers).await {
        tracing::warn!(route, seat = %signed.seat.id, "a seat of another role asked for casework");
    }
}

#[cfg(test)]
mod tests;
