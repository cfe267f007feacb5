//! A timer kept for a team out alone, or for a helper on her own way home: started and answered by
//! her, seen and closed by a desk.

use super::{own, screen};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Bearer, Dispatcher, Team},
    once::Done,
    problem::{Turned, refused},
    story::Story,
};
use ::volunteer::{
    Watch,
    watch::{Command, Purpose, Reach, Refused, Stage, Watched},
};
use axum::{Json, extract::State};
use kernel::{Actor, DistrictCode, Id, id};
use store::Context;
use wire::{
    problem::Problem,
    volunteer::{
        TeamScreen,
        own::OwnPage,
        watch::{CloseWatch, OwnWatch, StartWatch, WatchItem, WatchOutcome},
    },
};

/// The watch over somebody that still runs or rings.
async fn open_of(app: &App, who: Watched) -> Result<Option<Story<Watch>>, Turned> {
    let night = app.night().await?;
    let open =
        night.helper_watches.values().find(|one| one.state.open() && one.state.who == Some(who));
    Ok(open.cloned())
}

fn shown(story: &Story<Watch>) -> Result<OwnWatch, Turned> {
    Ok(OwnWatch {
        id: story.id,
        purpose: same_word(&story.state.purpose)?,
        stage: same_word(&story.state.stage)?,
        due_at: story.state.due_at,
    })
}

/// The watch over a helper, as she sees it.
pub(super) async fn own_watch(
    app: &App,
    person: Id<id::Person>,
) -> Result<Option<OwnWatch>, Turned> {
    open_of(app, Watched::Person(person)).await?.as_ref().map(shown).transpose()
}

/// The watch over a team, as it sees it.
pub(super) async fn team_watch(app: &App, team: Id<id::Team>) -> Result<Option<OwnWatch>, Turned> {
    open_of(app, Watched::Team(team)).await?.as_ref().map(shown).transpose()
}

/// What somebody watched over says.
enum Says {
    /// Watch over me.
    Start { purpose: Purpose, district: DistrictCode, minutes: Option<u16> },
    /// All is well.
    Well,
    /// It is over.
    End,
}

async fn say(
    app: &App,
    key: store::Key,
    actor: Actor,
    who: Watched,
    says: Says,
) -> Result<(), Turned> {
    let known = open_of(app, who).await?.map(|story| story.id);
    let context = Context::new(actor, app.now()).keyed(key);
    app.once("volunteer::watch", &key, async |tx| {
        let rules = &app.pack().rules.volunteer;
        let (watch, command, context) = match (says, known) {
            (Says::Start { .. }, Some(_)) => return Err(refused(Refused::WatchStarted)),
            (Says::Start { purpose, district, minutes }, None) => {
                let context = context.in_district(district.clone());
                let command = Command::Start { who, purpose, district, minutes };
                (store::new_id::<id::Watch>()?, command, context)
            }
            (Says::Well, Some(watch)) => (watch, Command::CheckIn, context),
            (Says::End, Some(watch)) => (watch, Command::End, context),
            (Says::Well | Says::End, None) => return Err(refused(Refused::NoSuchWatch)),
        };
        let acted = tx.act::<Watch>(watch, command, rules, &context).await?;
        Ok(Done::to::<Watch>(watch, acted.number))
    })
    .await
    .map(drop)
}

async fn of_team(app: &App, team: Team, key: store::Key, says: Says) -> Answer<TeamScreen> {
    app.may_own(&team, Action::VolunteerDuty)?;
    say(app, key, team.actor(), Watched::Team(team.team), says).await?;
    screen::of(app, team.team).await.map(Json)
}

/// Have the team's signs of life waited for.
#[utoipa::path(post, path = "/api/volunteer/watch", tag = "volunteer", request_body = StartWatch,
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn start(
    State(app): State<App>,
    team: Team,
    key: Keyed,
    Told(asked): Told<StartWatch>,
) -> Answer<TeamScreen> {
    let key = key.within(&team.audience(), &asked);
    let known = app.store().load::<::volunteer::Team>(team.team).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    let says = Says::Start { purpose: Purpose::CheckIn, district, minutes: asked.minutes };
    of_team(&app, team, key, says).await
}

/// All is well with the team.
#[utoipa::path(post, path = "/api/volunteer/watch/well", tag = "volunteer",
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn well(State(app): State<App>, team: Team, key: Keyed) -> Answer<TeamScreen> {
    let key = key.within(&team.audience(), &());
    of_team(&app, team, key, Says::Well).await
}

/// The team needs no watch any more.
#[utoipa::path(post, path = "/api/volunteer/watch/end", tag = "volunteer",
    responses((status = 200, body = TeamScreen), (status = "4XX", body = Problem)))]
pub async fn end(State(app): State<App>, team: Team, key: Keyed) -> Answer<TeamScreen> {
    let key = key.within(&team.audience(), &());
    of_team(&app, team, key, Says::End).await
}

async fn of_helper(
    app: &App,
    bearer: Option<&Bearer>,
    key: store::Key,
    person: Id<id::Person>,
    says: impl FnOnce(&DistrictCode) -> Says,
) -> Answer<OwnPage> {
    let district = own::may(app, bearer, person).await?;
    let says = says(&district);
    say(app, key, Actor::Seat(person), Watched::Person(person), says).await?;
    own::of(app, person, &district).await.map(Json)
}

/// Have one's own way home watched.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/way-home", tag = "volunteer",
    params(("id" = String, Path)), request_body = StartWatch,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn way_home(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<StartWatch>,
) -> Answer<OwnPage> {
    let key = key.within(&own::audience(person), &asked);
    let minutes = asked.minutes;
    let says = |district: &DistrictCode| Says::Start {
        purpose: Purpose::WayHome,
        district: district.clone(),
        minutes,
    };
    of_helper(&app, bearer.as_ref(), key, person, says).await
}

/// Still on the way, and well.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/well", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn own_well(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
) -> Answer<OwnPage> {
    let key = key.within(&own::audience(person), &());
    of_helper(&app, bearer.as_ref(), key, person, |_| Says::Well).await
}

/// Home.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/home", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn own_home(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
) -> Answer<OwnPage> {
    let key = key.within(&own::audience(person), &());
    of_helper(&app, bearer.as_ref(), key, person, |_| Says::End).await
}

/// A watch of the desk's own district.
async fn at_desk(
    app: &App,
    desk: &Dispatcher,
    watch: Id<id::Watch>,
    key: store::Key,
    command: Command,
) -> Answer<Vec<WatchItem>> {
    let known = app.known::<Watch>(watch).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(desk, Action::VolunteerWatch, &district)?;
    let context = Context::new(desk.actor(), app.now()).keyed(key);
    app.once("volunteer::watch_at_desk", &key, async |tx| {
        let rules = &app.pack().rules.volunteer;
        let acted = tx.act::<Watch>(watch, command, rules, &context).await?;
        Ok(Done::to::<Watch>(watch, acted.number))
    })
    .await?;
    ringing(app, &desk.district).await.map(Json)
}

/// Say at the desk that somebody looks after it.
#[utoipa::path(post, path = "/api/volunteer/watches/{id}/acknowledge", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<WatchItem>), (status = "4XX", body = Problem)))]
pub async fn acknowledge(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(watch): Named<id::Watch>,
) -> Answer<Vec<WatchItem>> {
    let key = key.within(&desk.audience(), &());
    at_desk(&app, &desk, watch, key, Command::Acknowledge).await
}

/// Close it with what became of it.
#[utoipa::path(post, path = "/api/volunteer/watches/{id}/close", tag = "volunteer",
    params(("id" = String, Path)), request_body = CloseWatch,
    responses((status = 200, body = Vec<WatchItem>), (status = "4XX", body = Problem)))]
pub async fn close(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(watch): Named<id::Watch>,
    Told(asked): Told<CloseWatch>,
) -> Answer<Vec<WatchItem>> {
    let key = key.within(&desk.audience(), &asked);
    let outcome = match asked.outcome {
        WatchOutcome::Reached => ::volunteer::watch::Outcome::Reached,
        WatchOutcome::FoundWell => ::volunteer::watch::Outcome::FoundWell,
        WatchOutcome::Helped => ::volunteer::watch::Outcome::Helped,
    };
    at_desk(&app, &desk, watch, key, Command::Close { outcome }).await
}

/// The watches that ring at a district's desk, who has been waited for longest first.
pub(crate) async fn ringing(app: &App, district: &DistrictCode) -> Result<Vec<WatchItem>, Turned> {
    let mut open: Vec<Story<Watch>> = {
        let night = app.night().await?;
        let rung = |one: &&Story<Watch>| matches!(one.state.stage, Stage::Overdue | Stage::Seen);
        let ours = |one: &&Story<Watch>| one.state.district.as_ref() == Some(district);
        night.helper_watches.values().filter(rung).filter(ours).cloned().collect()
    };
    open.sort_by_key(|one| (one.state.due_at, one.id));
    let mut items = Vec::with_capacity(open.len());
    for story in &open {
        let own = shown(story)?;
        let (who, phone) = match story.state.who {
            Some(Watched::Team(team)) => (app.seats().team(team).call_sign, None),
            Some(Watched::Person(person)) => match app.known_of(person).await? {
                Some(known) => (known.first_name, Some(known.phone)),
                None => ("—".to_owned(), None),
            },
            None => continue,
        };
        items.push(WatchItem {
            id: own.id,
            purpose: own.purpose,
            stage: own.stage,
            who,
            phone,
            due_at: own.due_at,
            heard_at: story.state.heard_at,
            at_duty: story.state.reach == Reach::Duty,
        });
    }
    Ok(items)
}
