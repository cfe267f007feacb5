//! The programme manager's screen: who is on the roster and what runs out, the nights ahead and
//! their gaps, who waits for an answer, who is owed a talk.

use super::{duty, load, private::Names};
use crate::{
    app::App,
    asked::{Answer, same_word},
    auth::{Action, Programme},
    live::{Seen, Told, feed},
    problem::Turned,
};
use ::volunteer::{
    Application, Calendar, Debrief, Ledger, Person, Seniority, Shift, Term, date::Date,
};
use axum::{Json, extract::State, response::sse::Sse};
use futures::Stream;
use kernel::{DistrictCode, Id, Instant, id};
use std::collections::HashSet;
use store::Listed;
use wire::{
    problem::Problem,
    volunteer::{
        crew::{Crew, DebriefItem, PersonItem},
        joining::ApplicationItem,
        night::{CallItem, CrewSeat, NightItem, NightTeam},
    },
};

/// Dates ahead for which a night can be opened: a month of planning.
const DATES: usize = 20;

/// The whole screen.
#[utoipa::path(get, path = "/api/crew", tag = "volunteer",
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn crew(State(app): State<App>, manager: Programme) -> Answer<Crew> {
    of(&app, &manager).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/crew/live", tag = "volunteer",
    responses((status = 200, content_type = "text/event-stream", body = Crew),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    manager: Programme,
    headers: axum::http::HeaderMap,
) -> Result<Sse<impl Stream<Item = Told>>, Turned> {
    let watched = app.clone();
    Ok(feed(&app, false, move || {
        let (app, headers, manager) = (watched.clone(), headers.clone(), manager.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let view = of(&app, &manager).await?;
            Ok(Seen { number: view.number, view })
        }
    }))
}

impl App {
    /// The calendar a district's nights are opened by.
    pub(crate) fn calendar(&self, district: &DistrictCode) -> &Calendar {
        self.pack().rules.volunteer.calendar_of(district)
    }
}

/// The screen of a manager's district.
pub(super) async fn of(app: &App, manager: &Programme) -> Result<Crew, Turned> {
    let district = &manager.district;
    app.may_in(manager, Action::VolunteerVet, district)?;
    let now = app.now();
    let number = *app.store().head().borrow();
    let names = app.names(district).await?;
    let out: HashSet<Id<id::Person>> = {
        let night = app.night().await?;
        let turns = night.attendances.iter().filter(|(_, one)| one.state.turn.is_some());
        turns.map(|(person, _)| *person).collect()
    };
    let mut people = Vec::new();
    for listed in app.store().volunteers().await? {
        if listed.district.as_ref() == Some(district) {
            people.push(person(app, &listed, &names, &out, now).await?);
        }
    }
    people.sort_by(|one, other| one.first_name.cmp(&other.first_name));
    let nights = app.store().open_nights(district).await?;
    let open: HashSet<Option<Instant>> = nights.iter().map(|one| one.state.starts_at).collect();
    let mut applications = Vec::new();
    for listed in app.store().open_applications(district).await? {
        applications.push(application(app, &listed).await?);
    }
    let debriefs = app.store().open_debriefs(district).await?;
    let known = app.pack().district(district);
    Ok(Crew {
        number,
        district: district.to_string(),
        name: known.map_or_else(|| app.pack().name.clone(), |one| one.name.clone()),
        people,
        nights: nights.iter().map(|one| night(one, &names)).collect(),
        dates: dates(app, district, &open, now),
        applications,
        debriefs: debriefs.iter().filter_map(|one| debrief(one, &names, now)).collect(),
        now,
    })
}

/// The calendar's next nights that are not open yet.
fn dates(
    app: &App,
    district: &DistrictCode,
    open: &HashSet<Option<Instant>>,
    now: Instant,
) -> Vec<String> {
    let zone = &app.pack().zone;
    let nights = app.calendar(district).nights(Date::of(zone.local(now)));
    let ahead = nights.filter(|night| {
        let opens_at = night.moments(zone).map(|(opens_at, _)| opens_at);
        opens_at.is_some_and(|at| at > now) && !open.contains(&opens_at)
    });
    ahead.take(DATES).map(|night| night.date.to_string()).collect()
}

async fn person(
    app: &App,
    listed: &Listed<Person>,
    names: &Names,
    out: &HashSet<Id<id::Person>>,
    now: Instant,
) -> Result<PersonItem, Turned> {
    let rules = &app.pack().rules.volunteer;
    let standing = listed.state.standing(listed.id).ok_or(Turned::Fault)?;
    let ledger = app.store().load::<Ledger>(listed.id).await?.state;
    let soon = standing.runs_out_soon(rules, now).into_iter().map(|(paper, _)| paper.code());
    let term = duty::term(app, &ledger, now);
    Ok(PersonItem {
        person: listed.id,
        first_name: names.first_name(listed.id),
        phone: names.phone(listed.id),
        gender: same_word(&standing.gender)?,
        engagement: match ledger.engagement {
            Some(engagement) => same_word(&engagement)?,
            None => wire::volunteer::joining::Engagement::Volunteer,
        },
        record_check_until: standing.record_check_until,
        training_until: standing.training_until,
        lacks: standing.lacks(now).into_iter().map(|lack| lack.code().to_owned()).collect(),
        soon: soon.chain(term.code()).map(str::to_owned).collect(),
        veteran: ledger
            .since
            .is_some_and(|since| Seniority::of(since, rules, now) == Seniority::Veteran),
        out: out.contains(&listed.id),
        week_minutes: load::minutes(app.worked_this_week(&ledger, now)),
        week_left_minutes: ledger.week_left(rules, &app.pack().zone, now).map(load::minutes),
        term_ends_at: match term {
            Term::Open => None,
            Term::Running { ends_at } | Term::EndsSoon { ends_at } => Some(ends_at),
            Term::Over { ended_at } => Some(ended_at),
        },
    })
}

/// A night with the names of its crew.
fn night(listed: &Listed<Shift>, names: &Names) -> NightItem {
    let night = &listed.state;
    NightItem {
        id: listed.id,
        starts_at: night.starts_at.unwrap_or(listed.at),
        ends_at: night.ends_at.unwrap_or(listed.at),
        crew_min: night.crew_min,
        missing: night.missing(),
        crew: night
            .crew
            .iter()
            .map(|seat| CrewSeat {
                person: seat.person,
                first_name: names.first_name(seat.person),
                here: seat.here_at.is_some(),
                absent: seat.absent,
                swap: seat.swap.is_some(),
                paired: night.pair_of(seat.person).is_some(),
            })
            .collect(),
        teams: night
            .pairs
            .iter()
            .map(|pair| NightTeam {
                team: pair.team,
                members: pair.members.to_vec(),
                first_names: pair.members.iter().map(|one| names.first_name(*one)).collect(),
                ready: pair.ready,
            })
            .collect(),
        calls: night
            .calls
            .iter()
            .map(|call| CallItem {
                missing: call.missing,
                first_name: names.first_name(call.missing),
                until: call.until,
            })
            .collect(),
    }
}

async fn application(app: &App, listed: &Listed<Application>) -> Result<ApplicationItem, Turned> {
    let state = &listed.state;
    let known = app.applicant(state).await?;
    let engagement = state.engagement.ok_or(Turned::Fault)?;
    Ok(ApplicationItem {
        id: listed.id,
        stage: same_word(&state.stage)?,
        engagement: same_word(&engagement)?,
        first_name: known.as_ref().map(|one| one.first_name.clone()),
        phone: known.as_ref().map(|one| one.phone.clone()),
        words: known.and_then(|one| one.words),
        applied_at: listed.last("applied").unwrap_or(listed.at),
        waiting_since: state.waiting_since.unwrap_or(listed.at),
        interview_at: state.interview_at,
        reminded: listed.history.last().is_some_and(|one| one.name == "reminded"),
    })
}

fn debrief(listed: &Listed<Debrief>, names: &Names, now: Instant) -> Option<DebriefItem> {
    let state = &listed.state;
    let person = state.person?;
    Some(DebriefItem {
        id: listed.id,
        person,
        first_name: names.first_name(person),
        due_at: state.due_at,
        arranged_at: state.arranged_at,
        overdue: listed.last("fell_overdue").is_some() || state.due_at.is_some_and(|at| at <= now),
    })
}
