//! The district desk: one board, the list is the truth.

pub mod change;
pub mod city;
pub mod handover;

use crate::{
    alarm,
    app::App,
    asked::Answer,
    auth::{Action, Dispatcher},
    escort::view,
    live::{Seen, Told, feed_of_changes},
    patrol::sighting,
    problem::Turned,
    story::Story,
    volunteer::{screen, watch},
};
use ::alarm::Alarm;
use ::escort::{Channel, Reach, Request, Stage};
use ::volunteer::Team;
use axum::{Json, extract::State, response::sse::Sse};
use futures::Stream;
use kernel::{DistrictCode, Instant};
use wire::{
    city::Bilingual,
    desk::{AlarmItem, Board, Neighbor, TeamItem, Tonight, WalkItem},
    problem::Problem,
};

/// The whole board.
#[utoipa::path(get, path = "/api/desk/board", tag = "desk",
    responses((status = 200, body = Board), (status = "4XX", body = Problem)))]
pub async fn board(State(app): State<App>, desk: Dispatcher) -> Answer<Board> {
    of(&app, &desk).await.map(Json)
}

/// The same, told whole and then by what has changed: events `change`.
#[utoipa::path(get, path = "/api/desk/live", tag = "desk",
    responses((status = 200, content_type = "text/event-stream", body = Board),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    desk: Dispatcher,
    headers: axum::http::HeaderMap,
) -> Result<Sse<impl Stream<Item = Told>>, Turned> {
    let watched = app.clone();
    let look = move || {
        let (app, headers, desk) = (watched.clone(), headers.clone(), desk.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let view = of(&app, &desk).await?;
            Ok(Seen { number: view.number, view })
        }
    };
    Ok(feed_of_changes(&app, look, change::between))
}

async fn of(app: &App, desk: &Dispatcher) -> Result<Board, Turned> {
    let now = app.now();
    let (number, alarms, walks, teams, tonight, kept) = {
        let night = app.night().await?;
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
            .filter(|walk| app.may_walk(desk, Action::EscortView, walk))
            .cloned()
            .collect();
        let teams: Vec<Story<Team>> = night
            .teams
            .values()
            .filter(|team| team.state.district.as_ref() == Some(&desk.district))
            // A pair of another night, or a patrol that is not out, is no team of tonight.
            .filter(|team| app.seats().has_phone(team.id) || team.state.shift_until.is_some())
            .cloned()
            .collect();
        let tonight = tonight(night.walks.values(), &desk.district, app.evening(now));
        let kept = handover::kept_by(app, &night, &desk.district);
        (night.number, alarms, walks, teams, tonight, kept)
    };
    Ok(Board {
        number,
        now,
        district: desk.district.to_string(),
        name: name_of(app, &desk.district),
        watch: kept,
        districts: neighbors(app, &desk.district),
        alarms: queue_of_alarms(app, alarms).await?,
        walks: queue_of_walks(app, desk, &walks),
        teams: team_list(app, teams),
        watches: watch::ringing(app, &desk.district).await?,
        sightings: sighting::at_the_desk(app, &desk.district).await?,
        self_test: app.inner().self_test.last(),
        tonight,
    })
}

fn name_of(app: &App, district: &DistrictCode) -> Bilingual {
    let known = app.pack().district(district);
    known.map_or_else(|| app.pack().name.clone(), |district| district.name.clone())
}

/// Who can take a walk over, the nearest first.
fn neighbors(app: &App, from: &DistrictCode) -> Vec<Neighbor> {
    let outward = app.pack().outward(from).into_iter();
    outward
        .map(|(district, borders)| Neighbor {
            code: district.code.to_string(),
            name: district.name.clone(),
            next_door: borders == 1,
        })
        .collect()
}

async fn queue_of_alarms(app: &App, alarms: Vec<Story<Alarm>>) -> Result<Vec<AlarmItem>, Turned> {
    let mut items = Vec::with_capacity(alarms.len());
    for one in &alarms {
        items.push(alarm::view::item(app, one).await?);
    }
    items.sort_by_key(|one| (one.urgency, one.sent_at, one.id));
    Ok(items)
}

/// Unseen first, then what is overdue, then what waits for a team, then what is under way. What
/// another desk has, and has not let ring at every desk, is that desk's to look at.
fn urgency(walk: &Request, desk: &DistrictCode) -> u8 {
    let theirs = walk.district.as_ref() != Some(desk) && walk.reach == Reach::OwnDesk;
    match walk.stage {
        _ if theirs => 4,
        Stage::Sent | Stage::HandedOver => 0,
        _ if walk.overdue() => 1,
        // It has rung further while nobody was sent; what has a team has been answered.
        Stage::Seen if walk.reach > Reach::OwnDesk => 1,
        Stage::Seen => 2,
        Stage::Offered => 3,
        _ => 4,
    }
}

fn queue_of_walks(app: &App, desk: &Dispatcher, walks: &[Story<Request>]) -> Vec<WalkItem> {
    let mut items: Vec<WalkItem> =
        walks.iter().map(|walk| walk_item(app, &desk.district, walk)).collect();
    items.sort_by_key(|one| (one.urgency, one.asked_at, one.id));
    items
}

fn walk_item(app: &App, desk: &DistrictCode, one: &Story<Request>) -> WalkItem {
    let walk = &one.state;
    let theirs = walk.district.as_ref().filter(|district| *district != desk);
    WalkItem {
        id: one.id,
        urgency: urgency(walk, desk),
        stage: view::stage(walk.stage),
        channel: view::channel(walk.channel),
        meeting_place: app.place_view(walk.meeting_place, None).name,
        asked_at: walk.asked_at,
        wanted_at: walk.wanted_at,
        since: walk.since,
        escalated: view::escalation(walk.reach),
        team: walk.team().map(|team| app.seats().team(team).call_sign),
        overdue: walk.overdue(),
        with_district: theirs.map(ToString::to_string),
    }
}

fn team_list(app: &App, mut teams: Vec<Story<Team>>) -> Vec<TeamItem> {
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
                heard_at: heard.map(|heard| heard.heard_at),
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
