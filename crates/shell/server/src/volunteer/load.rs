//! Whether the work is shared fairly: what each of a team was asked and has walked, beside the
//! median of those who were out in the district, and the hours of this week.

use crate::{
    app::App,
    asked::Answer,
    auth::{Action, Team},
    problem::Turned,
};
use ::volunteer::{
    Ledger, Rules,
    date::Date,
    load::{Load, Share, Shares},
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, Instant, Span, id, time::Weekday};
use std::collections::BTreeMap;
use store::Failure;
use wire::{
    problem::Problem,
    volunteer::{MemberLoad, OwnLoad, ShareOf},
};

/// Days that are looked back: four weeks hold every night of the week as often as the others.
const DAYS: i64 = 28;

/// Everybody's load in a district.
type Loads = BTreeMap<Id<id::Person>, Load>;

/// What was asked of each of the two, beside everybody's median.
#[utoipa::path(get, path = "/api/volunteer/load", tag = "volunteer",
    responses((status = 200, body = OwnLoad), (status = "4XX", body = Problem)))]
pub async fn load(State(app): State<App>, team: Team) -> Answer<OwnLoad> {
    app.may_own(&team, Action::VolunteerView)?;
    let now = app.now();
    let known = app.store().load::<::volunteer::Team>(team.team).await?.state;
    let (Some(members), Some(district)) = (known.members, known.district) else {
        return Err(Turned::NoSuchThing);
    };
    let since = now - Span::days(DAYS);
    let loads = loads(&app, &district, since, now).await?;
    let names = app.seats().team(team.team).first_names;
    let mut told = Vec::with_capacity(members.len());
    for (at, person) in members.into_iter().enumerate() {
        let first_name = names.get(at).cloned().unwrap_or_default();
        told.push(of_member(&app, person, first_name, &loads, now).await?);
    }
    Ok(Json(OwnLoad { since, members: told, now }))
}

/// The load of everybody who was out in a district's teams, parted ones too.
pub(crate) async fn loads(
    app: &App,
    district: &DistrictCode,
    since: Instant,
    now: Instant,
) -> Result<Loads, Failure> {
    let mut loads = Loads::new();
    for listed in app.store().teams_since(since).await? {
        if listed.state.district.as_ref() != Some(district) {
            continue;
        }
        let mut told = Vec::new();
        for recorded in app.store().stream::<::volunteer::Team>(listed.id).await? {
            told.push((recorded.decode::<::volunteer::Team>()?, recorded.at));
        }
        let load = Load::of_team(told.iter().map(|(event, at)| (event, *at)), since, now);
        for person in listed.state.members.into_iter().flatten() {
            let sum = loads.entry(person).or_default();
            *sum = sum.plus(load);
        }
    }
    Ok(loads)
}

async fn of_member(
    app: &App,
    person: Id<id::Person>,
    first_name: String,
    loads: &Loads,
    now: Instant,
) -> Result<MemberLoad, Failure> {
    let rules: &Rules = &app.pack().rules.volunteer;
    let ledger = app.store().load::<Ledger>(person).await?.state;
    let all: Vec<Load> = loads.values().copied().collect();
    let own = loads.get(&person).copied().unwrap_or_default();
    let shares = Shares::of(own, &all, rules);
    let since = app.store().load::<::volunteer::Attendance>(person).await?.state;
    let under_way = since.turn.map_or(Span::ZERO, |turn| now.since(turn.since));
    let left = ledger.week_left(rules, &app.pack().zone, now);
    Ok(MemberLoad {
        person,
        first_name,
        week_minutes: minutes(app.worked_this_week(&ledger, now) + under_way),
        week_left_minutes: left
            .map(|left| minutes(Span::millis((left.as_millis() - under_way.as_millis()).max(0)))),
        offers_per_10_hours: share(shares.offers_per_10_hours),
        walks_per_10_hours: share(shares.walks_per_10_hours),
        walking_minutes_per_hour: share(shares.walking_minutes_per_hour),
        rest_minutes_per_hour: share(shares.rest_minutes_per_hour),
    })
}

pub(crate) fn minutes(span: Span) -> u32 {
    u32::try_from(span.as_seconds() / 60).unwrap_or(0)
}

const fn share(share: Share) -> ShareOf {
    ShareOf { own: share.own, median: share.median }
}

impl App {
    /// What somebody has worked since Monday by the city's clocks, without the turn under way.
    pub(crate) fn worked_this_week(&self, ledger: &Ledger, now: Instant) -> Span {
        let zone = &self.pack().zone;
        let mut monday = Date::of(zone.local(now));
        while monday.weekday() != Weekday::Mon {
            monday = monday.yesterday();
        }
        let from = monday.moment(zone, 0).unwrap_or(now);
        let turns = ledger.entries.iter().filter(|entry| entry.from >= from);
        turns.map(::volunteer::ledger::Entry::span).fold(Span::ZERO, |sum, one| sum + one)
    }
}
