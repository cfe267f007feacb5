//! `waylight route` and `waylight nearest`: the very answers the citizen's page gets, asked of the
//! same handlers in this process, beside a running server if there is one.

use crate::cli::{Nearest, Route};
use crate::{cli, say, state::StateDir};
use anyhow::{Context, Result, bail};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use kernel::Instant;
use serde::de::DeserializeOwned;
use server::{App, Config, DutyPhones, Pack, SteppedClock};
use std::sync::Arc;
use tower::ServiceExt;
use wire::haven::{Havens, Readiness};
use wire::problem::Problem;
use wire::route::{OptionName, RouteOption, RouteOptions};

/// The largest answer read; three ways across a city are some hundred kilobytes.
const ANSWER_BYTES: usize = 16 << 20;

pub(crate) async fn route(route: &Route) -> Result<()> {
    let city = City::open(&route.state, &route.at).await?;
    let path = format!(
        "/api/route/options?from={},{}&to={},{}&at={}",
        route.from.lat,
        route.from.lon,
        route.to.lat,
        route.to.lon,
        city.at.millis()
    );
    let found: RouteOptions = city.ask(&path).await?;
    if route.json {
        return say::json(&found);
    }
    for option in &found.options {
        say::line(explained(option))?;
    }
    Ok(())
}

pub(crate) async fn nearest(nearest: &Nearest) -> Result<()> {
    let city = City::open(&nearest.state, &nearest.at).await?;
    let path = format!(
        "/api/haven/near?near={},{}&at={}&limit={}",
        nearest.from.lat,
        nearest.from.lon,
        city.at.millis(),
        nearest.limit
    );
    let found: Havens = city.ask(&path).await?;
    if nearest.json {
        return say::json(&found);
    }
    for haven in &found.havens {
        let state = match haven.readiness {
            Readiness::Ready => "ready",
            Readiness::OpenOnly => "open; nobody trained is known to be there",
            Readiness::Closed => "closed at that hour",
            Readiness::Unknown => "in the register; hours and people are not known",
        };
        let way = haven.walk_m.map_or_else(String::new, |metres| format!(", {metres} m"));
        say::line(format_args!("{}{way}: {state}\n    {}", haven.name, haven.address))?;
    }
    Ok(())
}

/// One option in words. No way is called safe.
fn explained(option: &RouteOption) -> String {
    let name = match option.name {
        OptionName::Fast => "fast",
        OptionName::Balanced => "balanced",
        OptionName::Covered => "covered",
    };
    let data = option.oldest_data.as_deref().unwrap_or("no dated register");
    format!(
        "{name}: {} m, {} min\n    {} m lit, {} m unlit, {} m unknown; {} cameras, {} bells, {} \
         open havens passed; {} flights of steps; oldest data: {data}",
        option.length_m,
        option.duration_seconds.div_ceil(60),
        option.lit_m,
        option.unlit_m,
        option.unknown_m,
        option.cameras,
        option.bells,
        option.havens,
        option.steps
    )
}

/// A city opened for reading, standing at the moment asked about.
struct City {
    app: App,
    at: Instant,
}

impl City {
    async fn open(state: &cli::State, local: &str) -> Result<Self> {
        let state = StateDir::from(state);
        let pack = state.pack()?;
        let at = moment(&pack, local)?;
        let store = state.read(&pack).await?;
        let config = Config {
            pack,
            public_origin: "http://localhost".to_owned(),
            outbox: state.file("outbox.jsonl"),
            duty_phones: DutyPhones::new(),
            demo: None,
        };
        let app = App::build(config, store, Arc::new(SteppedClock::at(at))).await?;
        Ok(Self { app, at })
    }

    async fn ask<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let request = Request::get(path).body(Body::empty())?;
        let answer = self.app.router().oneshot(request).await?;
        let sound = answer.status().is_success();
        let body = to_bytes(answer.into_body(), ANSWER_BYTES).await?;
        if sound {
            return serde_json::from_slice(&body).context("an answer of our own");
        }
        match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => bail!("{}", sentence(&problem)),
            Err(_) => bail!("no answer: {}", String::from_utf8_lossy(&body)),
        }
    }
}

/// What went wrong, for somebody at a terminal.
fn sentence(problem: &Problem) -> String {
    match problem.code.as_str() {
        "route.from-off-streets" => "--from lies near no street of the imported maps".to_owned(),
        "route.to-off-streets" => "--to lies near no street of the imported maps".to_owned(),
        "route.not-connected" => "no walkable way of the imported maps joins the two".to_owned(),
        code => format!("{} ({code})", problem.title),
    }
}

/// The moment a local time names in this city.
pub(crate) fn moment(pack: &Pack, local: &str) -> Result<Instant> {
    pack.zone
        .moment(local)
        .with_context(|| format!("{local:?} is no local time: write it like 2026-11-23T22:40"))
}
