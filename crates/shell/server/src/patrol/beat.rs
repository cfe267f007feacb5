//! Beats: the streets around a place, drawn by the programme manager, and how much of them was seen
//! in the last week.

use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Programme},
    once::Done,
    problem::{Turned, refused},
};
use ::patrol::{Beat, Coverage, LastVisits, Segment, beat, round};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Instant, Span, id};
use std::collections::BTreeSet;
use store::{Context, Failure, Listed};
use wire::{
    patrol::{BeatItem, DrawBeat},
    problem::Problem,
};

/// How long ago a street counts as seen.
const WEEK: Span = Span::days(7);

/// The beats of the manager's district.
#[utoipa::path(get, path = "/api/patrol/beats", tag = "patrol",
    responses((status = 200, body = Vec<BeatItem>), (status = "4XX", body = Problem)))]
pub async fn list(State(app): State<App>, manager: Programme) -> Answer<Vec<BeatItem>> {
    app.may_in(&manager, Action::PatrolDraw, &manager.district)?;
    Ok(Json(beats(&app, &manager.district).await?))
}

/// Draw a beat: every street both of whose ends lie near a place.
#[utoipa::path(post, path = "/api/patrol/beats", tag = "patrol", request_body = DrawBeat,
    responses((status = 200, body = Vec<BeatItem>), (status = "4XX", body = Problem)))]
pub async fn draw(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Told(asked): Told<DrawBeat>,
) -> Answer<Vec<BeatItem>> {
    let district = manager.district.clone();
    app.may_in(&manager, Action::PatrolDraw, &district)?;
    let key = key.within(&manager.audience(), &asked);
    let segments: BTreeSet<Segment> = {
        let ground = app.ground();
        if !ground.walking.has_streets() {
            return Err(Turned::NoStreets);
        }
        let spot = ground.places.get(asked.around);
        let at = spot.ok_or_else(|| Turned::NotUnderstood(Some("around".to_owned())))?.at;
        ground.walking.around(at, asked.radius_m.into()).into_iter().collect()
    };
    if segments.is_empty() {
        return Err(refused(beat::Refused::BeatEmpty));
    }
    let context = Context::new(manager.actor(), app.now()).in_district(district.clone()).keyed(key);
    app.once("patrol::draw", &key, async |tx| {
        let beat = store::new_id::<id::Beat>()?;
        let command = beat::Command::Draw { district: district.clone(), segments };
        let acted = tx.act::<Beat>(beat, command, &app.pack().rules.patrol, &context).await?;
        Ok(Done::to::<Beat>(beat, acted.number))
    })
    .await?;
    Ok(Json(beats(&app, &manager.district).await?))
}

/// Walk a beat no more.
#[utoipa::path(post, path = "/api/patrol/beats/{id}/retire", tag = "patrol",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<BeatItem>), (status = "4XX", body = Problem)))]
pub async fn retire(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(beat): Named<id::Beat>,
) -> Answer<Vec<BeatItem>> {
    let known = app.known::<Beat>(beat).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(&manager, Action::PatrolDraw, &district)?;
    let key = key.within(&manager.audience(), &());
    let context = Context::new(manager.actor(), app.now()).keyed(key);
    app.once("patrol::retire", &key, async |tx| {
        let rules = &app.pack().rules.patrol;
        let acted = tx.act::<Beat>(beat, beat::Command::Retire, rules, &context).await?;
        Ok(Done::to::<Beat>(beat, acted.number))
    })
    .await?;
    Ok(Json(beats(&app, &manager.district).await?))
}

/// When each street of a district was last walked, as far as the last rounds tell. What is older
/// than the longest a street is waited for needs no remembering.
pub(crate) async fn visits(
    app: &App,
    district: &DistrictCode,
    now: Instant,
) -> Result<LastVisits, Failure> {
    let rules = &app.pack().rules.patrol;
    let back = Span::hours(rules.unvisited_hours_max.into()) + rules.round_max();
    let mut visits = LastVisits::default();
    for listed in app.store().rounds_since(district, now - back).await? {
        let by = listed.state.ended_at.unwrap_or(now);
        visits.take_in(&round::Event::Visited { segments: listed.state.visited, by });
    }
    Ok(visits)
}

/// The beats of a district, with what was seen of them in the last week.
pub(crate) async fn beats(app: &App, district: &DistrictCode) -> Result<Vec<BeatItem>, Turned> {
    let now = app.now();
    let visits = visits(app, district, now).await?;
    let listed = app.store().beats(district).await?;
    Ok(listed.iter().map(|one| shown(app, one, &visits, now)).collect())
}

fn shown(app: &App, listed: &Listed<Beat>, visits: &LastVisits, now: Instant) -> BeatItem {
    let ground = app.ground();
    let segments = &listed.state.segments;
    let recent = |one: &&Segment| visits.of(**one).is_some_and(|at| now.since(at) <= WEEK);
    let seen: BTreeSet<Segment> = segments.iter().filter(recent).copied().collect();
    let coverage = Coverage::of(segments, &seen, |one| ground.walking.length_m(one));
    let middle = ground.walking.middle(segments.iter().copied());
    let place = middle.and_then(|at| ground.nearest_meeting(at)).map(|spot| spot.id);
    BeatItem {
        id: listed.id,
        near: app.place_view(place, None).name,
        streets: u32::try_from(segments.len()).unwrap_or(u32::MAX),
        length_m: coverage.beat_m.round() as u32,
        unknown: u32::try_from(coverage.unknown_segments).unwrap_or(u32::MAX),
        week_percent: coverage.share().map(|share| (share * 100.0).round() as u8),
    }
}
