//! The invented night of the demo: sign in by part, an adjustable clock. These paths exist in no
//! other server.

use crate::{
    app::App,
    asked::{Answer, Told},
    auth::{Keeper, Seat, SeatOf},
    problem::Turned,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Id, id};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::time::Instant;
use wire::{
    demo::{DemoClock, DemoNight, DemoPart, DemoSignIn, SetDemoClock},
    problem::Problem,
    session::Session,
};

/// The header with which a simulated person signs in.
const SIMULATED: &str = "x-simulated";

/// How long a seat stays taken after its person was last heard of; her feed asks more often.
const THERE: Duration = Duration::from_mins(1);

/// Which seats real people have taken, by their session's token.
#[derive(Default)]
pub(crate) struct Played {
    taken: Mutex<HashMap<String, (Id<id::Person>, Instant)>>,
}

impl Played {
    fn take(&self, token: String, seat: Id<id::Person>) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.insert(token, (seat, Instant::now()));
    }

    /// She is still there.
    pub(crate) fn heard(&self, token: &str) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, heard_at)) = taken.get_mut(token) {
            *heard_at = Instant::now();
        }
    }

    /// She signs out: the simulated person plays on.
    pub(crate) fn leave(&self, token: &str) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
    }

    fn by_simulation(&self, seat: Id<id::Person>) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody who closed her browser has left, too.
        taken.retain(|_, (_, heard_at)| heard_at.elapsed() < THERE);
        taken.values().all(|(other, _)| *other != seat)
    }
}

/// What a seat is called in the demo: `desk-gwanak-1`, `team-07`, `haven-3`,
/// `caseworker-gwanak-counseling-1` (by her center's key). Numbered in the order of what is shown, so
/// the same every time.
fn parts(app: &App) -> Vec<(String, Seat)> {
    let all = app.seats().all();
    let mut seats: Vec<Seat> = all.values().cloned().collect();
    let order = |of: SeatOf| match of {
        SeatOf::Dispatcher => 0,
        SeatOf::Team { .. } => 1,
        SeatOf::Haven { .. } => 2,
        SeatOf::Supervisor => 3,
        SeatOf::Patrol => 4,
        SeatOf::Programme => 5,
        SeatOf::Analyst => 6,
        SeatOf::Administrator => 7,
        SeatOf::Caseworker { .. } => 8,
        SeatOf::CaseSupervisor { .. } => 9,
        SeatOf::ServicePartner { .. } => 10,
    };
    seats.sort_by(|a, b| {
        (order(a.of), &a.district, &a.label.shown_as, a.id).cmp(&(
            order(b.of),
            &b.district,
            &b.label.shown_as,
            b.id,
        ))
    });
    let mut counts = HashMap::<String, usize>::new();
    let mut count = |kind: String| {
        let count = counts.entry(kind.clone()).or_default();
        *count += 1;
        format!("{kind}-{count}")
    };
    seats
        .into_iter()
        .map(|seat| {
            let part = match seat.of {
                SeatOf::Dispatcher => count(format!("desk-{}", seat.district)),
                SeatOf::Team { .. } => format!("team-{}", seat.label.call_sign),
                SeatOf::Haven { .. } => count("haven".to_owned()),
                SeatOf::Supervisor => count("supervisor".to_owned()),
                SeatOf::Patrol => count(format!("patrol-{}", seat.district)),
                SeatOf::Programme => count(format!("programme-{}", seat.district)),
                SeatOf::Analyst => count(format!("analyst-{}", seat.district)),
                SeatOf::Administrator => count(format!("administrator-{}", seat.district)),
                SeatOf::Caseworker { center } => count(at_center(app, "caseworker", center)),
                SeatOf::CaseSupervisor { center } => {
                    count(at_center(app, "case-supervisor", center))
                }
                SeatOf::ServicePartner { center } => {
                    count(at_center(app, "service-partner", center))
                }
            };
            (part, seat)
        })
        .collect()
}

fn at_center(app: &App, kind: &str, center: Id<id::Center>) -> String {
    let key = app.pack().center(center).map_or("unknown", |one| one.key.as_str());
    format!("{kind}-{key}")
}

/// The night: its clock, and who one can take part as.
#[utoipa::path(get, path = "/api/demo", tag = "demo",
    responses((status = 200, body = DemoNight), (status = 404, body = Problem)))]
pub async fn night(State(app): State<App>) -> Answer<DemoNight> {
    let clock = time(&app)?;
    let key_words = |part: &str| app.demo().and_then(|demo| demo.key_words.get(part).cloned());
    let parts = parts(&app)
        .into_iter()
        .map(|(part, seat)| DemoPart {
            key_words: key_words(&part),
            part,
            role: seat.of.role(),
            played: app.inner().played.by_simulation(seat.id),
            shown_as: seat.label.shown_as,
        })
        .collect();
    Ok(Json(DemoNight { clock, parts }))
}

fn time(app: &App) -> Result<DemoClock, Turned> {
    let demo = app.demo().ok_or(Turned::NoSuchThing)?;
    Ok(DemoClock { now: app.now(), speed: demo.clock.speed() })
}

/// Take part.
#[utoipa::path(post, path = "/api/demo/sign-in", tag = "demo", request_body = DemoSignIn,
    responses((status = 200, body = Session), (status = 404, body = Problem)))]
pub async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Told(asked): Told<DemoSignIn>,
) -> Result<Response, Turned> {
    let demo = app.demo().ok_or(Turned::NoSuchThing)?;
    let found = parts(&app).into_iter().find(|(part, _)| *part == asked.part);
    let (_, seat) = found.ok_or(Turned::NoSuchThing)?;
    let simulated = headers
        .get(SIMULATED)
        .is_some_and(|pass| bool::from(pass.as_bytes().ct_eq(demo.pass.as_bytes())));
    // The demo has no passkeys: taking a seat is all the showing there is.
    let cookie = app.open_session(&seat, &headers, true).await?;
    if !simulated && let Some(token) = token_in(&cookie) {
        app.inner().played.take(token, seat.id);
    }
    Ok(([(header::SET_COOKIE, cookie)], Json(crate::session::shown(Some(&seat)))).into_response())
}

/// Show once more that it is her, as far as a demo can: what a passkey does everywhere else.
#[utoipa::path(post, path = "/api/demo/confirm", tag = "demo",
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn confirm(State(app): State<App>, keeper: Keeper) -> Result<StatusCode, Turned> {
    app.demo().ok_or(Turned::NoSuchThing)?;
    let now = app.now();
    app.store()
        .transact("demo::confirm", async |tx| tx.session_confirm(keeper.session, now).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The token in a cookie that is set.
fn token_in(cookie: &HeaderValue) -> Option<String> {
    let (_, token) = cookie.to_str().ok()?.split(';').next()?.split_once('=')?;
    Some(token.to_owned())
}

/// The clock.
#[utoipa::path(get, path = "/api/demo/clock", tag = "demo",
    responses((status = 200, body = DemoClock), (status = 404, body = Problem)))]
pub async fn clock(State(app): State<App>) -> Answer<DemoClock> {
    time(&app).map(Json)
}

/// Run faster or slower, or skip ahead.
#[utoipa::path(post, path = "/api/demo/clock", tag = "demo", request_body = SetDemoClock,
    responses((status = 200, body = DemoClock), (status = 404, body = Problem)))]
pub async fn set_clock(State(app): State<App>, Told(set): Told<SetDemoClock>) -> Answer<DemoClock> {
    let demo = app.demo().ok_or(Turned::NoSuchThing)?;
    if let Some(at) = set.skip_to {
        demo.clock.skip_to(at);
    }
    if let Some(speed) = set.speed {
        demo.clock.set_speed(speed);
    }
    time(&app).map(Json)
}
