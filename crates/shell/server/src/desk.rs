//! The district desk: one board, the list is the truth.

use crate::{
    alarm,
    app::App,
    asked::Answer,
    auth::{Action, Dispatcher},
    escort::view,
    live::{Seen, Told, feed},
    problem::Turned,
    story::Story,
    volunteer::screen,
};
use ::alarm::Alarm;
use ::escort::{Channel, Reach, Request, Stage};
use ::volunteer::Team;
use axum::{Json, extract::State, response::sse::Sse};
use futures::Stream;
use kernel::{DistrictCode, Instant};
use std::cmp::Reverse;
use wire::{
    desk::{Board, TeamItem, Tonight, WalkItem},
    problem::Problem,
};

/// The whole board.
#[utoipa::path(get, path = "/api/desk/board", tag = "desk",
    responses((status = 200, body = Board), (status = "4XX", body = Problem)))]
pub async fn board(State(app): State<App>, desk: Dispatcher) -> Answer<Board> {
    of(&app, &desk).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/desk/live", tag = "desk",
    responses((status = 200, content_type = "text/event-stream", body = Board),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    desk: Dispatcher,
    headers: axum::http::HeaderMap,
) -> Result<Sse<impl Stream<Item = Told>>, Turned> {
    let watched = app.clone();
    Ok(feed(&app, true, move || {
        let (app, headers, desk) = (watched.clone(), headers.clone(), desk.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let view = of(&app, &desk).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

async fn of(app: &App, desk: &Dispatcher) -> Result<Board, Turned> {
    let now = app.now();
    let code = desk.district.to_string();
    let (number, alarms, walks, teams, tonight) = {
        let night = app.night().await?;
        let ours = |walk: &&Story<Request>| app.may_walk(desk, Action::EscortView, walk);
        let alarms: Vec<Story<Alarm>> = night
            .alarms
            .values()
            .filter(|alarm| alarm.state.open() && !crate::health::is_test(alarm))
            .filter(|alarm| app.may_alarm(desk, Action::AlarmView, alarm))
            .cloned()
            .collect();
        let walks: Vec<Story<Request>> = night
            .walks
            .values()
            .filter(|walk| walk.state.stage.live())
            .filter(ours)
            .cloned()
            .collect();
        let teams: Vec<Story<Team>> = night
            .teams
            .values()
            .filter(|team| team.state.district.as_ref() == Some(&desk.district))
            .cloned()
            .collect();
        let tonight = tonight(night.walks.values(), &desk.district, app.evening(now));
        (night.number, alarms, walks, teams, tonight)
    };
    Ok(Board {
        number,
        now,
        district: code,
        name: app
            .pack()
            .district(&desk.district)
            .map_or_else(|| app.pack().name.clone(), |district| district.name.clone()),
        alarms: queue_of_alarms(app, alarms).await?,
        walks: queue_of_walks(app, desk, walks),
        teams: team_list(app, teams, now),
        self_test: app.inner().self_test.last(),
        tonight,
    })
}

async fn queue_of_alarms(
    app: &App,
    mut alarms: Vec<Story<Alarm>>,
) -> Result<Vec<wire::desk::AlarmItem>, Turned> {
    alarms.sort_by_key(|one| (Reverse(one.state.urgency()), one.state.raised_at, one.id));
    let mut items = Vec::with_capacity(alarms.len());
    for one in &alarms {
        items.push(alarm::view::item(app, one).await?);
    }
    Ok(items)
}

/// Unseen first, then what is overdue, then what waits for a team, then what is under way.
fn urgency(walk: &Request) -> u8 {
    match walk.stage {
        Stage::Sent | Stage::HandedOver => 0,
        _ if walk.overdue() || walk.reach > Reach::OwnDesk => 1,
        Stage::Seen => 2,
        Stage::Offered => 3,
        _ => 4,
    }
}

fn queue_of_walks(app: &App, desk: &Dispatcher, mut walks: Vec<Story<Request>>) -> Vec<WalkItem> {
    walks.sort_by_key(|one| (urgency(&one.state), one.state.asked_at, one.id));
    walks
        .into_iter()
        .map(|one| {
            let walk = &one.state;
            let from = walk.district.as_ref().filter(|district| **district != desk.district);
            WalkItem {
                id: one.id,
                stage: view::stage(walk.stage),
                channel: view::channel(walk.channel),
                meeting_place: app.place_view(walk.meeting_place, None).name,
                asked_at: walk.asked_at,
                wanted_at: walk.wanted_at,
                since: walk.since,
                escalated: view::escalation(walk.reach),
                team: walk.team().map(|team| app.seats().team(team).call_sign),
                overdue: walk.overdue(),
                from_district: from.map(ToString::to_string),
            }
        })
        .collect()
}

fn team_list(app: &App, mut teams: Vec<Story<Team>>, now: Instant) -> Vec<TeamItem> {
    teams.sort_by_cached_key(|one| app.seats().team(one.id).call_sign);
    teams
        .into_iter()
        .map(|one| {
            let seat = app.seats().team(one.id);
            let heard = app.position(one.id);
            TeamItem {
                id: one.id,
                call_sign: seat.call_sign,
                first_names: seat.first_names,
                duty: screen::duty(one.state.duty),
                walk: one.state.walk(),
                at: heard.map(|heard| heard.at.into()),
                position_age_seconds: heard.map(|heard| heard.age_seconds(now)),
                walks_tonight: one.state.walks,
            }
        })
        .collect()
}

fn tonight<'a>(
    walks: impl Iterator<Item = &'a Story<Request>>,
    district: &DistrictCode,
    since: Instant,
) -> Tonight {
    let mut counts = Tonight::default();
    for walk in walks.map(|story| &story.state) {
        if walk.district.as_ref() != Some(district) || walk.asked_at < since {
            continue;
        }
        match (walk.stage, walk.channel) {
            (Stage::Refused, _) => counts.refused += 1,
            (_, Some(Channel::Phone)) => counts.phone += 1,
            (_, Some(Channel::WalkUp)) => counts.walk_up += 1,
            (_, Some(Channel::Web) | None) => counts.web += 1,
        }
        counts.home += u32::from(walk.stage == Stage::Home);
    }
    counts
}
