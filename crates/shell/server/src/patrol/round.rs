//! Rounds: two people set out along a beat, and tell its streets when they are back.

use super::{beat, screen};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Patrol},
    escort::dispatch,
    once::Done,
    problem::{Turned, refused},
    volunteer::duty,
};
use ::patrol::{Beat, Round, Segment, propose, round};
use ::volunteer::{Team, team};
use axum::{Json, extract::State};
use kernel::{Id, Point, Span, id};
use std::collections::BTreeSet;
use store::{Context, Stopped};
use wire::{
    patrol::{EndRound, PatrolScreen, RoundView, StartRound, StreetItem},
    problem::Problem,
};

/// Minutes of a proposal at most: a round's longest.
const MINUTES_MAX: u16 = 240;

/// Set out: the same rules as for teams that walk women home, and both are on duty from now on.
#[utoipa::path(post, path = "/api/patrol/rounds", tag = "patrol", request_body = StartRound,
    responses((status = 200, body = PatrolScreen), (status = "4XX", body = Problem)))]
pub async fn start(
    State(app): State<App>,
    patrol: Patrol,
    key: Keyed,
    Told(asked): Told<StartRound>,
) -> Answer<PatrolScreen> {
    app.may_in(&patrol, Action::PatrolWalk, &patrol.district)?;
    let key = key.within(&patrol.audience(), &asked);
    let district = patrol.district.clone();
    let team = patrol.team();
    if screen::open_round(&app, team).await?.is_some() {
        return Err(refused(round::Refused::RoundStarted));
    }
    let context = Context::new(patrol.actor(), app.now()).in_district(district.clone()).keyed(key);
    let rules = &app.pack().rules.patrol;
    app.once("patrol::start", &key, async |tx| {
        let known = tx.load::<Beat>(asked.beat).await?.state;
        if known.district.as_ref() != Some(&district) {
            return Err(Turned::NoSuchThing);
        }
        let segments = known.to_walk().map_err(refused)?.clone();
        let no_such = || refused(team::Refused::NoSuchTeam);
        let members = tx.load::<Team>(team).await?.state.members.ok_or_else(no_such)?;
        let standings = dispatch::standings(tx, members).await?.ok_or_else(no_such)?;
        let round = store::new_id::<id::Round>()?;
        let start = round::Start { beat: asked.beat, district, segments, team, standings };
        let acted = tx.act::<Round>(round, round::Command::Start(start), rules, &context).await?;
        let beside = Context { idempotency: None, ..context.clone() };
        duty::go_on(&app, tx, team, &beside).await?;
        Ok(Done::to::<Round>(round, acted.number))
    })
    .await?;
    screen::of(&app, &patrol, Some(&asked)).await.map(Json)
}

/// Come back. Sent again after a time without network it adds what was not told yet.
#[utoipa::path(post, path = "/api/patrol/rounds/{id}/end", tag = "patrol",
    params(("id" = String, Path)), request_body = EndRound,
    responses((status = 200, body = PatrolScreen), (status = "4XX", body = Problem)))]
pub async fn end(
    State(app): State<App>,
    patrol: Patrol,
    key: Keyed,
    Named(round): Named<id::Round>,
    Told(asked): Told<EndRound>,
) -> Answer<PatrolScreen> {
    app.may_in(&patrol, Action::PatrolWalk, &patrol.district)?;
    let known = app.known::<Round>(round).await?.state;
    let team = patrol.team();
    if known.team != Some(team) {
        return Err(Turned::NoSuchThing);
    }
    let key = key.within(&patrol.audience(), &asked);
    let context = Context::new(patrol.actor(), app.now()).keyed(key);
    let segments: BTreeSet<Segment> = asked.segments.iter().copied().map(Segment).collect();
    let walking = known.stage == round::Stage::Walking;
    app.once("patrol::end", &key, async |tx| {
        let command = round::Command::End { finished: asked.finished, segments };
        let acted = tx.act::<Round>(round, command, &app.pack().rules.patrol, &context).await?;
        if walking {
            let beside = Context { district: None, idempotency: None, ..context.clone() };
            match duty::act(&app, tx, team, team::Command::GoOffDuty, &beside).await {
                Ok(_) | Err(Stopped::Refused(_)) => {}
                Err(Stopped::Failed(failure)) => return Err(failure.into()),
            }
        }
        Ok(Done::to::<Round>(round, acted.number))
    })
    .await?;
    screen::of(&app, &patrol, None).await.map(Json)
}

/// A round as its patrol sees it, with a way proposed from where it stands.
pub(super) async fn view(
    app: &App,
    patrol: &Patrol,
    id: Id<id::Round>,
    round: &Round,
    from: Option<&StartRound>,
) -> Result<RoundView, Turned> {
    let now = app.now();
    let rules = &app.pack().rules.patrol;
    let visits = beat::visits(app, &patrol.district, now).await?;
    let ground = app.ground();
    let at = from.and_then(|from| from.at).and_then(|at| Point::new(at.lat, at.lon));
    let minutes = from.map_or(60, |from| from.minutes).clamp(5, MINUTES_MAX);
    let streets = ground.walking.to_patrol(round.segments.iter().copied(), &visits, now);
    let proposal = ground
        .walking
        .corner_near(&streets, at)
        .map(|start| {
            let budget_m = rules.walked_m(Span::minutes(minutes.into()));
            propose(&streets, start, budget_m, rules, now)
        })
        .unwrap_or_default();
    let drawn = ground.walking.drawn(round.segments.iter().copied());
    Ok(RoundView {
        id,
        beat: round.beat.ok_or(Turned::Fault)?,
        started_at: round.started_at.unwrap_or_default(),
        streets: drawn
            .into_iter()
            .map(|one| StreetItem {
                segment: one.segment.0,
                length_m: one.length_m.round() as u32,
                geometry: one.geometry.iter().map(|point| [point.lon, point.lat]).collect(),
            })
            .collect(),
        proposal: proposal.walk.iter().map(|segment| segment.0).collect(),
        proposal_m: proposal.length_m.round() as u32,
    })
}
