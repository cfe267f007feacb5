//! Positions come by the thousand each second, and the session of each is asked of the database
//! like everybody's. Where many come at once they ask together: one question for all of them, and
//! one transaction that notes which sessions are still in use. Who comes alone is asked for alone,
//! and waits for nobody.

use super::{SeatOf, Team, admission::Signed};
use crate::{app::App, problem::Turned};
use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::Secret;
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use store::Failure;
use tokio::sync::oneshot;

/// How long a question waits for others when the one before was for several: nobody looks at a
/// position sooner than this.
const GATHER: Duration = Duration::from_millis(10);
/// Most tokens asked for at once: what waits longer asks next.
const MOST: usize = 250;

/// Those who wait at the door.
#[derive(Default)]
pub(crate) struct Door {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// Somebody is asking for those who wait.
    asked_for: bool,
    /// For how many the last question was.
    last: usize,
}

struct Waiting {
    token: Secret<String>,
    answer: oneshot::Sender<Option<Signed>>,
}

impl Door {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place; whether nobody asks for those who wait, so that somebody has to.
    fn wait(&self, one: Waiting) -> bool {
        let mut queue = self.queue();
        queue.waiting.push_back(one);
        !std::mem::replace(&mut queue.asked_for, true)
    }

    /// Whether the last question was for several.
    fn crowded(&self) -> bool {
        self.queue().last > 1
    }

    /// The next to be asked for; nobody is asking any more when there are none.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        let several = queue.waiting.len().min(MOST);
        let next: Vec<Waiting> = queue.waiting.drain(..several).collect();
        queue.asked_for = !next.is_empty();
        if queue.asked_for {
            queue.last = next.len();
        }
        next
    }
}

/// Somebody who asks for everybody. Should it come to grief, those who wait hear so and ask for
/// themselves, and the next to come asks for others again.
struct Asking {
    app: App,
    done: bool,
}

impl Drop for Asking {
    fn drop(&mut self) {
        if !self.done {
            let mut queue = self.app.inner().door.queue();
            queue.asked_for = false;
            queue.waiting.clear();
        }
    }
}

/// Asks for everybody who waits, until nobody does.
async fn ask(app: App) {
    let mut asking = Asking { app: app.clone(), done: false };
    loop {
        if app.inner().door.crowded() {
            tokio::time::sleep(GATHER).await;
        }
        let next = app.inner().door.next();
        if next.is_empty() {
            asking.done = true;
            return;
        }
        let (tokens, answers): (Vec<_>, Vec<_>) =
            next.into_iter().map(|one| (one.token, one.answer)).unzip();
        match app.signed_in_together(&tokens).await {
            Ok(signed) => {
                for (answer, signed) in answers.into_iter().zip(signed) {
                    // Whoever hung up meanwhile does not hear it.
                    let _hung_up = answer.send(signed);
                }
            }
            // Dropped without an answer, each asks once more for itself and hears why.
            Err(failure) => tracing::warn!(%failure, "sessions could not be asked together"),
        }
    }
}

impl App {
    async fn signed_in_together(
        &self,
        tokens: &[Secret<String>],
    ) -> Result<Vec<Option<Signed>>, Failure> {
        let now = self.now();
        let sessions = self.store().sessions_together(tokens, now).await?;
        let sessions = tokens.iter().zip(sessions);
        let signed: Vec<Option<Signed>> =
            sessions.map(|(token, session)| self.admitted(session?, token, now)).collect();
        self.note_in_use(signed.iter().flatten(), now).await?;
        Ok(signed)
    }

    /// As [`App::signed_in`], asked with others who come at the same moment.
    async fn signed_in_among_many(&self, parts: &Parts) -> Result<Option<Signed>, Failure> {
        let Some(token) = self.session_token(&parts.headers) else { return Ok(None) };
        let (answer, heard) = oneshot::channel();
        if self.inner().door.wait(Waiting { token, answer }) {
            // Its own task: a phone that hangs up must not keep the others waiting.
            tokio::spawn(ask(self.clone()));
        }
        match heard.await {
            Ok(signed) => Ok(signed),
            Err(_unanswered) => self.signed_in(&parts.headers).await,
        }
    }
}

/// A team that says where it is: a [`Team`], asked for with others who come at the same moment.
pub struct Moving(pub Team);

impl FromRequestParts<App> for Moving {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let signed = app.signed_in_among_many(parts).await?.ok_or(Turned::NotSignedIn)?;
        match signed.seat.of {
            SeatOf::Team { team } => Ok(Self(Team { team })),
            _ => Err(Turned::NotYours),
        }
    }
}
