//! What centers can do now: said by each for itself, read by everybody.

use super::state::team_of;
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::Caseworker,
    problem::Turned,
};
use ::onestop::{
    rules::kept_time,
    service::{beds_shown, is_stale, stale_at},
};
use axum::{Json, extract::State, http::StatusCode};
use kernel::Instant;
use seal::id::TeamId;
use store::CenterSaid;
use wire::{
    onestop::{Capability, Exact, SayService, ServiceAccess, ServiceNow, Services},
    problem::Problem,
};

/// Languages a center names at most.
const LANGUAGES: usize = 20;
/// Beds a center names at most.
const BEDS: u16 = 500;

/// Say what the own center can do now.
#[utoipa::path(post, path = "/api/onestop/service", tag = "onestop", request_body = SayService,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn say(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<SayService>,
) -> Result<StatusCode, Turned> {
    app.may_refer(&worker)?;
    let letters = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
    if asked.languages.len() > LANGUAGES || !asked.languages.iter().all(letters) {
        return Err(Turned::NotUnderstood(Some("languages".to_owned())));
    }
    if asked.beds_free.is_some_and(|beds| beds > BEDS) {
        return Err(Turned::NotUnderstood(Some("beds_free".to_owned())));
    }
    let said = CenterSaid {
        center: team_of(worker.center).0,
        capabilities: once(asked.capabilities.into_iter().map(Capability::name)),
        languages: once(asked.languages.iter().map(String::as_str)),
        access: once(asked.access.into_iter().map(ServiceAccess::name)),
        beds_free: asked.beds_free,
        said_at: kept_time(app.now()),
    };
    app.store().transact("onestop::service", async |tx| tx.service_put(&said).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What every center can do now, as it said itself.
#[utoipa::path(get, path = "/api/onestop/services", tag = "onestop",
    responses((status = 200, body = Services), (status = "5XX", body = Problem)))]
pub async fn list(State(app): State<App>) -> Answer<Services> {
    let (now, hours) = (app.now(), app.pack().onestop.service_stale_hours);
    let said = app.store().services().await?.into_iter();
    // A center that has left the network can do nothing for anybody any more.
    let said = said.filter(|one| app.is_center(TeamId(one.center)));
    Ok(Json(Services { services: said.map(|one| shown(one, now, hours)).collect() }))
}

fn shown(said: CenterSaid, now: Instant, hours: u16) -> ServiceNow {
    ServiceNow {
        center: Exact(said.center),
        // Words of another edition are left out.
        capabilities: said.capabilities.iter().filter_map(|one| Capability::of_name(one)).collect(),
        languages: said.languages,
        access: said.access.iter().filter_map(|one| ServiceAccess::of_name(one)).collect(),
        beds_free: beds_shown(said.beds_free, said.said_at, now, hours),
        said_at: said.said_at,
        stale_at: stale_at(said.said_at, hours),
        stale: is_stale(said.said_at, now, hours),
    }
}

/// Each word once, in their order.
fn once<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = words.map(str::to_owned).collect();
    all.sort_unstable();
    all.dedup();
    all
}
