//! All districts at once, for a supervisor: how every desk fares, the most troubled first. Counts
//! and ages, and each desk's board as the desk itself sees it; nothing here can be acted on.

use super::{handover, of, tonight};
use crate::{
    alarm::view,
    app::App,
    asked::Answer,
    auth::{Action, Dispatcher, Supervisor},
    live::{Seen, Told, feed},
    night::Night,
    problem::Turned,
    story::Story,
};
use ::alarm::{Alarm, alarm::Reach};
use ::escort::{Request, Stage};
use ::volunteer::team::Duty;
use axum::{
    Json,
    extract::{Path, State},
    response::sse::Sse,
};
use futures::Stream;
use kernel::{DistrictCode, Instant};
use std::{cmp::Reverse, collections::BTreeMap};
use wire::{
    desk::{
        Board,
        city::{
            AlarmsOpen, CityBoard, DistrictRow, Escalated, Promises, RefusedFor, TeamsOut, Trouble,
            WalksOpen,
        },
    },
    problem::Problem,
};

/// How every desk fares.
#[utoipa::path(get, path = "/api/desk/city", tag = "desk",
    responses((status = 200, body = CityBoard), (status = "4XX", body = Problem)))]
pub async fn city(State(app): State<App>, supervisor: Supervisor) -> Answer<CityBoard> {
    app.may_city(&supervisor, Action::DeskOversee)?;
    all(&app).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/desk/city/live", tag = "desk",
    responses((status = 200, content_type = "text/event-stream", body = CityBoard),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    supervisor: Supervisor,
    headers: axum::http::HeaderMap,
) -> Result<Sse<impl Stream<Item = Told>>, Turned> {
    app.may_city(&supervisor, Action::DeskOversee)?;
    let watched = app.clone();
    Ok(feed(&app, false, move || {
        let (app, headers) = (watched.clone(), headers.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let view = all(&app).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

/// One desk's board, as the desk sees it.
#[utoipa::path(get, path = "/api/desk/city/{code}", tag = "desk",
    params(("code" = String, Path)),
    responses((status = 200, body = Board), (status = "4XX", body = Problem)))]
pub async fn district(
    State(app): State<App>,
    supervisor: Supervisor,
    Path(code): Path<String>,
) -> Answer<Board> {
    app.may_city(&supervisor, Action::DeskOversee)?;
    let code = DistrictCode::try_from(code).map_err(|_text| Turned::NoSuchThing)?;
    let known = app.pack().district(&code).ok_or(Turned::NoSuchThing)?;
    let as_seen = Dispatcher { person: supervisor.person, district: known.code.clone() };
    of(&app, &as_seen).await.map(Json)
}

async fn all(app: &App) -> Result<CityBoard, Turned> {
    let now = app.now();
    let (number, districts, carried) = {
        let night = app.night().await?;
        let of = |district: &crate::pack::District| row(app, &night, district, now);
        let mut rows: Vec<DistrictRow> = app.pack().districts.iter().map(of).collect();
        rows.sort_by_key(order);
        let beyond = |one: &&Story<Alarm>| one.state.reach > Reach::OwnDesk;
        let carried: Vec<Story<Alarm>> = open_alarms(&night).filter(beyond).cloned().collect();
        (night.number, rows, carried)
    };
    let mut escalated = Vec::with_capacity(carried.len());
    for one in &carried {
        let district = one.state.district.as_ref().map(ToString::to_string).unwrap_or_default();
        escalated.push(Escalated { alarm: view::item(app, one).await?, district });
    }
    escalated.sort_by_key(|one| (one.alarm.urgency, one.alarm.sent_at, one.alarm.id));
    Ok(CityBoard {
        number,
        now,
        name: app.pack().name.clone(),
        self_test: app.inner().self_test.last(),
        districts,
        escalated,
    })
}

fn open_alarms(night: &Night) -> impl Iterator<Item = &Story<Alarm>> {
    night.alarms.values().filter(|one| one.state.open() && !crate::health::is_test(one))
}

/// The most troubled first; among equals those with more of it, then in the pack's order, since
/// sorting keeps it.
fn order(row: &DistrictRow) -> impl Ord + use<> {
    let many = [
        row.alarms.unseen,
        row.alarms.open,
        row.walks.unseen,
        row.walks.overdue,
        row.walks.waiting,
    ];
    (Reverse(row.trouble), Reverse(many))
}

fn row(app: &App, night: &Night, district: &crate::pack::District, now: Instant) -> DistrictRow {
    let (code, evening) = (&district.code, app.evening(now));
    let ours = |story: &&Story<Request>| story.state.district.as_ref() == Some(code);
    let walks = || night.walks.values().filter(ours);
    let mut row = DistrictRow {
        code: code.to_string(),
        name: district.name.clone(),
        trouble: Trouble::None,
        watch: handover::kept_by(app, night, code),
        alarms: alarms(open_alarms(night).filter(|one| one.state.district.as_ref() == Some(code))),
        walks: stages(walks()),
        teams: teams(night, code),
        tonight: tonight(walks(), code, evening),
        refused: refused(walks().filter(|one| one.state.asked_at >= evening)),
        promises: promises(walks().filter(|one| one.state.asked_at >= evening), now),
    };
    row.trouble = trouble(&row);
    row
}

fn trouble(row: &DistrictRow) -> Trouble {
    match row {
        _ if row.alarms.unseen > 0 => Trouble::AlarmUnseen,
        _ if row.alarms.open > 0 => Trouble::AlarmOpen,
        _ if row.walks.unseen > 0 => Trouble::AskUnseen,
        _ if row.walks.overdue > 0 => Trouble::Overdue,
        _ if row.walks.waiting > 0 && row.teams.free == 0 => Trouble::NobodyFree,
        _ => Trouble::None,
    }
}

fn alarms<'a>(open: impl Iterator<Item = &'a Story<Alarm>>) -> AlarmsOpen {
    let mut all = AlarmsOpen::default();
    for one in open {
        all.open += 1;
        all.unseen += u32::from(one.state.seen_at.is_none());
        all.oldest_at = earlier(all.oldest_at, one.state.raised_at);
    }
    all
}

fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    a.into_iter().chain(b).min()
}

fn stages<'a>(walks: impl Iterator<Item = &'a Story<Request>>) -> WalksOpen {
    let mut all = WalksOpen::default();
    for walk in walks.map(|story| &story.state) {
        match walk.stage {
            Stage::Sent | Stage::HandedOver => {
                all.unseen += 1;
                all.oldest_unseen_at = earlier(all.oldest_unseen_at, Some(walk.since));
            }
            Stage::Seen => all.waiting += 1,
            Stage::Offered => all.offered += 1,
            Stage::Accepted | Stage::OnTheWay | Stage::Arrived => all.coming += 1,
            Stage::Met | Stage::Walking => all.walking += 1,
            Stage::Nothing | Stage::Home | Stage::Cancelled | Stage::Refused => {}
        }
        all.overdue += u32::from(walk.overdue() && walk.stage.live());
    }
    all
}

fn teams(night: &Night, code: &DistrictCode) -> TeamsOut {
    let mut all = TeamsOut::default();
    for team in night.teams.values().map(|story| &story.state) {
        if team.district.as_ref() != Some(code) {
            continue;
        }
        match team.duty {
            Duty::OnDuty => all.free += 1,
            Duty::Engaged { .. } | Duty::Resting { .. } => all.engaged += 1,
            Duty::OffDuty | Duty::Nothing | Duty::Disbanded => all.off += 1,
        }
    }
    all
}

fn refused<'a>(walks: impl Iterator<Item = &'a Story<Request>>) -> Vec<RefusedFor> {
    let mut by_reason: BTreeMap<&'static str, u32> = BTreeMap::new();
    for reason in walks.filter_map(|story| story.state.turned_away) {
        *by_reason.entry(reason.code()).or_default() += 1;
    }
    let mut all: Vec<RefusedFor> = by_reason
        .into_iter()
        .map(|(code, walks)| RefusedFor { code: code.to_owned(), walks })
        .collect();
    all.sort_by_key(|one| Reverse(one.walks));
    all
}

fn promises<'a>(walks: impl Iterator<Item = &'a Story<Request>>, now: Instant) -> Promises {
    let mut all = Promises::default();
    for walk in walks {
        match kept(walk, now) {
            Some(true) => all.kept += 1,
            Some(false) => all.broken += 1,
            None => {}
        }
    }
    all
}

/// Whether a team was there by when it had been promised; nothing if nothing was promised, its
/// time has not come, or she called it off before.
fn kept(walk: &Story<Request>, now: Instant) -> Option<bool> {
    let meet_by = walk.state.promise?.meet_by;
    match walk.first("met") {
        Some(met) => Some(met.at <= meet_by),
        None if walk.state.stage == Stage::Cancelled && walk.state.since <= meet_by => None,
        None => (now > meet_by).then_some(false),
    }
}
