//! A district's night as the programme manager keeps it: opened from the calendar, made into teams,
//! called off.

use super::{crew, duty};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Programme},
    once::Done,
    problem::Turned,
};
use ::volunteer::{
    Candidate, Ledger, Person, Seniority, Shift, Team,
    date::Date,
    pair, person,
    shift::{Command, Event, Night},
    team,
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, Instant, RefusalKind, id};
use store::{Acted, Context, Failure, Stopped, Tx};
use wire::{
    problem::Problem,
    volunteer::{
        crew::Crew,
        night::{
            CallOff, LeftOver, OpenNight, PairingProposal, ProposedTeam, Two, WhichPerson,
            WhichTeam,
        },
    },
};

/// Gives a night a command, with everything that follows from it: a team taken apart is a team no
/// more, and with the night its teams part, save those a phone is signed in to.
///
/// # Errors
/// What the night or the team says; nothing has happened then.
pub(crate) async fn act(
    app: &App,
    tx: &mut Tx,
    night: Id<id::Shift>,
    command: Command,
    context: &Context,
) -> Result<Acted<Shift>, Turned> {
    let rules = &app.pack().rules.volunteer;
    let acted = tx.act::<Shift>(night, command, rules, context).await?;
    follow_up(app, tx, &acted, context).await?;
    Ok(acted)
}

/// What follows from a night's events, whoever or whatever caused them.
pub(crate) async fn follow_up(
    app: &App,
    tx: &mut Tx,
    acted: &Acted<Shift>,
    context: &Context,
) -> Result<(), Failure> {
    let mut parted: Vec<Id<id::Team>> = Vec::new();
    for event in &acted.events {
        match event {
            Event::Parted { team } => parted.push(*team),
            Event::Closed | Event::CalledOff { .. } => {
                let teams = acted.state.pairs.iter().map(|pair| pair.team);
                parted.extend(teams.filter(|team| !app.seats().has_phone(*team)));
            }
            _ => {}
        }
    }
    let beside = Context { district: None, idempotency: None, ..context.clone() };
    for team in parted {
        match duty::act(app, tx, team, team::Command::Disband, &beside).await {
            // A team still on a walk brings her home first.
            Ok(_) | Err(Stopped::Refused(_)) => {}
            Err(Stopped::Failed(failure)) => return Err(failure),
        }
    }
    Ok(())
}

/// Somebody as the volunteer register knows her now.
///
/// # Errors
/// There is no such volunteer.
pub(crate) async fn standing(
    tx: &mut Tx,
    person: Id<id::Person>,
) -> Result<::volunteer::Standing, Turned> {
    let known = tx.load::<Person>(person).await?.state.standing(person);
    known.ok_or_else(|| crate::problem::refused(person::Refused::NoSuchPerson))
}

/// The district of a night, if it is this manager's.
async fn theirs(
    app: &App,
    manager: &Programme,
    night: Id<id::Shift>,
) -> Result<DistrictCode, Turned> {
    let known = app.store().load::<Shift>(night).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(manager, Action::VolunteerVet, &district)?;
    Ok(district)
}

/// A command to a night that is the manager's, and her screen afterwards.
async fn give(
    app: &App,
    manager: &Programme,
    key: &store::Key,
    night: Id<id::Shift>,
    command: Command,
) -> Answer<Crew> {
    theirs(app, manager, night).await?;
    let context = Context::new(manager.actor(), app.now()).keyed(*key);
    app.once("volunteer::night", key, async |tx| {
        let acted = act(app, tx, night, command, &context).await?;
        Ok(Done::to::<Shift>(night, acted.number))
    })
    .await?;
    crew::of(app, manager).await.map(Json)
}

/// The hours a date's night has in a district's calendar.
fn night_of(
    app: &App,
    district: &DistrictCode,
    date: String,
) -> Result<(Instant, Instant), Turned> {
    let wrong = || Turned::NotUnderstood(Some("date".to_owned()));
    let date = Date::try_from(date).map_err(|_text| wrong())?;
    let window = app.calendar(district).night_of(date).map_err(|closed| Turned::Refused {
        code: closed.code(),
        kind: RefusalKind::Invalid,
        by: None,
        serves_now: Vec::new(),
    })?;
    let night = ::volunteer::calendar::ServiceNight { date, window };
    night.moments(&app.pack().zone).ok_or_else(wrong)
}

/// Open a night, with the hours the district's calendar has for it.
#[utoipa::path(post, path = "/api/volunteer/nights", tag = "volunteer", request_body = OpenNight,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn open(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Told(asked): Told<OpenNight>,
) -> Answer<Crew> {
    let district = manager.district.clone();
    app.may_in(&manager, Action::VolunteerVet, &district)?;
    let key = key.within(&manager.audience(), &asked);
    let OpenNight { date, crew_min } = asked;
    // One night for each date: whoever opens it again finds it open.
    let night: Id<id::Shift> = crate::roster::id_of(&["night", district.as_str(), &date]);
    let (starts_at, ends_at) = night_of(&app, &district, date)?;
    let posts = app.calendar(&district).posts.clone();
    let context = Context::new(manager.actor(), app.now()).in_district(district.clone()).keyed(key);
    app.once("volunteer::open", &key, async |tx| {
        let opened = Night { district, starts_at, ends_at, crew_min, posts };
        let acted = act(&app, tx, night, Command::Open(opened), &context).await?;
        Ok(Done::to::<Shift>(night, acted.number))
    })
    .await?;
    crew::of(&app, &manager).await.map(Json)
}

/// Who could go with whom: as many teams as the rules allow, a veteran with a newcomer.
#[utoipa::path(get, path = "/api/volunteer/nights/{id}/proposal", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = PairingProposal), (status = "4XX", body = Problem)))]
pub async fn proposal(
    State(app): State<App>,
    manager: Programme,
    Named(night): Named<id::Shift>,
) -> Answer<PairingProposal> {
    let district = theirs(&app, &manager, night).await?;
    let known = app.store().load::<Shift>(night).await?.state;
    let rules = &app.pack().rules.volunteer;
    let at = known.starts_at.unwrap_or_else(|| app.now()).max(app.now());
    let mut people = Vec::new();
    for person in known.unpaired() {
        let standing = app.store().load::<Person>(person).await?.state.standing(person);
        let since = app.store().load::<Ledger>(person).await?.state.since.unwrap_or(at);
        let seniority = Seniority::of(since, rules, at);
        people.extend(standing.map(|standing| Candidate { standing, seniority }));
    }
    let names = app.names(&district).await?;
    let paired = pair(&people, rules, at);
    let team = |two: &[::volunteer::Standing; 2]| ProposedTeam {
        members: two.iter().map(|one| one.person).collect(),
        first_names: two.iter().map(|one| names.first_name(one.person)).collect(),
    };
    Ok(Json(PairingProposal {
        teams: paired.pairs.iter().map(team).collect(),
        alone: paired
            .alone
            .iter()
            .map(|(person, why)| LeftOver {
                person: *person,
                first_name: names.first_name(*person),
                why: why.code().to_owned(),
            })
            .collect(),
    }))
}

/// Make two of the crew a team. The team itself is formed in the same transaction.
#[utoipa::path(post, path = "/api/volunteer/nights/{id}/pair", tag = "volunteer",
    params(("id" = String, Path)), request_body = Two,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn make_team(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(night): Named<id::Shift>,
    Told(asked): Told<Two>,
) -> Answer<Crew> {
    let district = theirs(&app, &manager, night).await?;
    let key = key.within(&manager.audience(), &asked);
    let context = Context::new(manager.actor(), app.now()).in_district(district.clone()).keyed(key);
    app.once("volunteer::pair", &key, async |tx| {
        let team = store::new_id::<id::Team>()?;
        let [one, other] = asked.members;
        let standings = [standing(tx, one).await?, standing(tx, other).await?];
        let command = Command::Pair { team, standings, post: None };
        let acted = act(&app, tx, night, command, &context).await?;
        let form = team::Command::Form { standings, district: district.clone() };
        let beside = Context { idempotency: None, ..context.clone() };
        tx.act::<Team>(team, form, &app.pack().rules.volunteer, &beside).await?;
        Ok(Done::to::<Shift>(night, acted.number))
    })
    .await?;
    crew::of(&app, &manager).await.map(Json)
}

/// Take a team apart that is not out yet.
#[utoipa::path(post, path = "/api/volunteer/nights/{id}/part", tag = "volunteer",
    params(("id" = String, Path)), request_body = WhichTeam,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn part(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(night): Named<id::Shift>,
    Told(asked): Told<WhichTeam>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    give(&app, &manager, &key, night, Command::Part { team: asked.team }).await
}

/// Note that somebody has not come, before the clock does.
#[utoipa::path(post, path = "/api/volunteer/nights/{id}/absent", tag = "volunteer",
    params(("id" = String, Path)), request_body = WhichPerson,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn absent(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(night): Named<id::Shift>,
    Told(asked): Told<WhichPerson>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    give(&app, &manager, &key, night, Command::NoteAbsent { person: asked.person }).await
}

/// The night does not take place.
#[utoipa::path(post, path = "/api/volunteer/nights/{id}/call-off", tag = "volunteer",
    params(("id" = String, Path)), request_body = CallOff,
    responses((status = 200, body = Crew), (status = "4XX", body = Problem)))]
pub async fn call_off(
    State(app): State<App>,
    manager: Programme,
    key: Keyed,
    Named(night): Named<id::Shift>,
    Told(asked): Told<CallOff>,
) -> Answer<Crew> {
    let key = key.within(&manager.audience(), &asked);
    let reason = same_word(&asked.reason)?;
    give(&app, &manager, &key, night, Command::CallOff { reason }).await
}
