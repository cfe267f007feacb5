//! Havens near her: ready first, then by what the walk there costs at that hour.

use super::{member, readiness};
use crate::{
    app::App,
    asked::{Answer, Find},
    ground::HavenListed,
    problem::Turned,
};
use ::haven::Store;
use axum::{Json, extract::State};
use kernel::{Instant, Point, time::LocalTime};
use wire::{
    haven::{FindHavens, HavenForCitizen, Havens, Readiness},
    problem::Problem,
};

/// At most so many with their walks.
const MOST: u16 = 50;

/// Havens near a point, or all of them.
#[utoipa::path(get, path = "/api/haven/near", tag = "haven", params(FindHavens),
    responses((status = 200, body = Havens), (status = "4XX", body = Problem)))]
pub async fn near(State(app): State<App>, Find(find): Find<FindHavens>) -> Answer<Havens> {
    let at = find.at.unwrap_or_else(|| app.now());
    let near = match find.near.as_deref() {
        Some(text) => {
            let wrong = || Turned::NotUnderstood(Some("near".to_owned()));
            Some(Point::parse(text).ok_or_else(wrong)?)
        }
        None => None,
    };
    let ground = app.ground();
    let night = app.night().await?;
    let shown = |listed: &HavenListed| show(&app, member(&night, listed), listed, at);
    let havens = match near {
        None => {
            let mut all: Vec<HavenForCitizen> = ground.havens.iter().map(shown).collect();
            all.sort_by(|a, b| a.name.cmp(&b.name));
            all.truncate(find.limit.map_or(usize::MAX, usize::from));
            all
        }
        Some(from) => {
            let limit = usize::from(find.limit.unwrap_or(20).min(MOST));
            let ready = app.ready_havens(&night, &ground, at);
            let others: Vec<bool> = ready.iter().map(|ready| !ready).collect();
            let mut found = ground.walking.havens(from, at, limit, &ready);
            let left = limit.saturating_sub(found.len());
            if left > 0 {
                found.extend(ground.walking.havens(from, at, left, &others));
            }
            found
                .into_iter()
                .map(|near| HavenForCitizen {
                    walk_minutes: u16::try_from(near.walk.seconds.div_ceil(60)).ok(),
                    walk_m: Some(near.walk.length_m),
                    ..shown(&ground.havens[near.haven])
                })
                .collect()
        }
    };
    Ok(Json(Havens { havens, at }))
}

fn show(app: &App, store: Option<&Store>, listed: &HavenListed, at: Instant) -> HavenForCitizen {
    let (readiness, _gaps) = readiness(app, store, at);
    HavenForCitizen {
        id: listed.id,
        name: listed.name.clone(),
        address: listed.address.clone(),
        phone: listed.phone.clone(),
        at: listed.at.into(),
        readiness,
        hours: store.and_then(|store| hours(store, app.pack().zone.local(at))),
        walk_minutes: None,
        walk_m: None,
    }
}

/// The hours of the night that `local` lies in: before six in the morning it is still yesterday's.
fn hours(store: &Store, local: LocalTime) -> Option<String> {
    let day = if local.minute < 6 * 60 { local.weekday.yesterday() } else { local.weekday };
    store.hours.as_ref()?.on(day).map(|window| window.to_string())
}

impl App {
    /// The nearest ready havens, for whom something else cannot help now.
    pub(crate) async fn ready_near(
        &self,
        from: Point,
        at: Instant,
        limit: usize,
    ) -> Result<Vec<HavenForCitizen>, store::Failure> {
        let ground = self.ground();
        let night = self.night().await?;
        let ready = self.ready_havens(&night, &ground, at);
        let found = ground.walking.havens(from, at, limit, &ready);
        Ok(found
            .into_iter()
            .map(|near| {
                let listed = &ground.havens[near.haven];
                HavenForCitizen {
                    walk_minutes: u16::try_from(near.walk.seconds.div_ceil(60)).ok(),
                    walk_m: Some(near.walk.length_m),
                    ..show(self, member(&night, listed), listed, at)
                }
            })
            .filter(|haven| haven.readiness == Readiness::Ready)
            .collect())
    }
}
