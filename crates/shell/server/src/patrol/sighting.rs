//! Something noticed: noted by a patrol, also without network, handed over, taken in hand, closed.

use super::{private::Notice, screen};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told, same_word},
    auth::{Action, Dispatcher, Patrol},
    once::Done,
    problem::Turned,
    story::Story,
};
use ::patrol::{
    Sighting,
    sighting::{self, Command, Defect, Receiver, Spot, Spotter},
};
use axum::{Json, extract::State};
use kernel::{DistrictCode, Id, Point, id};
use store::{Context, Tx};
use wire::{
    patrol::{CloseSighting, HandSightingOver, HandTo, NoteSighting, PatrolScreen, SightingItem},
    problem::Problem,
};

/// Note something. Sent later under the same key it is noted once, with the time it was noticed.
#[utoipa::path(post, path = "/api/patrol/sightings", tag = "patrol", request_body = NoteSighting,
    responses((status = 200, body = PatrolScreen), (status = "4XX", body = Problem)))]
pub async fn note(
    State(app): State<App>,
    patrol: Patrol,
    key: Keyed,
    Told(asked): Told<NoteSighting>,
) -> Answer<PatrolScreen> {
    app.may_in(&patrol, Action::PatrolWalk, &patrol.district)?;
    let key = key.within(&patrol.audience(), &asked);
    let now = app.now();
    let NoteSighting { kind, place, at, words, round, first_at } = asked;
    let known = {
        let ground = app.ground();
        place.filter(|place| ground.places.get(*place).is_some())
    };
    if known.is_none() && at.is_none() {
        return Err(Turned::NotUnderstood(Some("at".to_owned())));
    }
    let district = match (known, at.and_then(|at| Point::new(at.lat, at.lon))) {
        (Some(place), _) => app.district_of_place(place),
        (None, at) => app.district_at(at),
    };
    let notice = Notice::of(at, words)?;
    let kind = same_word(&kind)?;
    let context = Context::new(patrol.actor(), now).in_district(district.clone()).keyed(key);
    let by = Spotter::Team(patrol.team());
    app.once("patrol::note", &key, async |tx| {
        let sighting = store::new_id::<id::Sighting>()?;
        let row = notice.keep(tx, now).await?;
        let (spot, attached) = match (known, row) {
            (Some(place), row) => (Spot::Place(place), row),
            (None, Some(row)) => (Spot::Private(row), None),
            (None, None) => return Err(Turned::NotUnderstood(Some("at".to_owned()))),
        };
        let notice = sighting::Notice { kind, by, round, district, spot, attached, first_at };
        let acted = act(&app, tx, sighting, Command::Note(notice), &context).await?;
        // What is broken goes to the register by itself; nobody has to press twice.
        if let Some(part) = kind.defect() {
            let to = Receiver::Environment(part);
            let beside = Context { idempotency: None, ..context.clone() };
            act(&app, tx, sighting, Command::HandOver { to }, &beside).await?;
        }
        Ok(acted)
    })
    .await?;
    screen::of(&app, &patrol, None).await.map(Json)
}

/// Gives a sighting a command; what must be forgotten gets its date.
pub(super) async fn act(
    app: &App,
    tx: &mut Tx,
    sighting: Id<id::Sighting>,
    command: Command,
    context: &Context,
) -> Result<Done, Turned> {
    let rules = &app.pack().rules.patrol;
    let acted = tx.act::<Sighting>(sighting, command, rules, context).await?;
    if let Some(erase_at) = acted.state.erase_at(rules) {
        let spot = if let Some(Spot::Private(row)) = acted.state.spot { Some(row) } else { None };
        for row in spot.into_iter().chain(acted.state.attached) {
            tx.private_extend(row, erase_at).await?;
        }
    }
    Ok(Done::to::<Sighting>(sighting, acted.number))
}

/// A sighting of the desk's own district.
async fn at_desk(
    app: &App,
    desk: &Dispatcher,
    sighting: Id<id::Sighting>,
    key: store::Key,
    command: Command,
) -> Answer<Vec<SightingItem>> {
    let known = app.known::<Sighting>(sighting).await?.state;
    let district = known.district.ok_or(Turned::NoSuchThing)?;
    app.may_in(desk, Action::PatrolAnswer, &district)?;
    let context = Context::new(desk.actor(), app.now()).keyed(key);
    app.once("patrol::answer", &key, async |tx| act(app, tx, sighting, command, &context).await)
        .await?;
    at_the_desk(app, &desk.district).await.map(Json)
}

/// Say at the desk that it is in hand.
#[utoipa::path(post, path = "/api/patrol/sightings/{id}/acknowledge", tag = "patrol",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<SightingItem>), (status = "4XX", body = Problem)))]
pub async fn acknowledge(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(sighting): Named<id::Sighting>,
) -> Answer<Vec<SightingItem>> {
    let key = key.within(&desk.audience(), &());
    at_desk(&app, &desk, sighting, key, Command::Acknowledge).await
}

/// Close it with what became of it.
#[utoipa::path(post, path = "/api/patrol/sightings/{id}/close", tag = "patrol",
    params(("id" = String, Path)), request_body = CloseSighting,
    responses((status = 200, body = Vec<SightingItem>), (status = "4XX", body = Problem)))]
pub async fn close(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Named(sighting): Named<id::Sighting>,
    Told(asked): Told<CloseSighting>,
) -> Answer<Vec<SightingItem>> {
    let key = key.within(&desk.audience(), &asked);
    let outcome = same_word(&asked.outcome)?;
    at_desk(&app, &desk, sighting, key, Command::Close { outcome }).await
}

/// Hand it to the desk, or what is broken to the register.
#[utoipa::path(post, path = "/api/patrol/sightings/{id}/hand-over", tag = "patrol",
    params(("id" = String, Path)), request_body = HandSightingOver,
    responses((status = 200, body = PatrolScreen), (status = "4XX", body = Problem)))]
pub async fn hand_over(
    State(app): State<App>,
    patrol: Patrol,
    key: Keyed,
    Named(sighting): Named<id::Sighting>,
    Told(asked): Told<HandSightingOver>,
) -> Answer<PatrolScreen> {
    app.may_in(&patrol, Action::PatrolWalk, &patrol.district)?;
    let known = app.known::<Sighting>(sighting).await?.state;
    if known.by != Some(Spotter::Team(patrol.team())) {
        return Err(Turned::NoSuchThing);
    }
    let key = key.within(&patrol.audience(), &asked);
    let part = known.kind.and_then(::patrol::sighting::Kind::defect).unwrap_or(Defect::Ground);
    let to = match asked.to {
        HandTo::Desk => Receiver::Desk,
        HandTo::Register => Receiver::Environment(part),
    };
    let context = Context::new(patrol.actor(), app.now()).keyed(key);
    app.once("patrol::hand_over", &key, async |tx| {
        act(&app, tx, sighting, Command::HandOver { to }, &context).await
    })
    .await?;
    screen::of(&app, &patrol, None).await.map(Json)
}

/// The sightings a district's desk has or should have, who has waited longest first.
pub(crate) async fn at_the_desk(
    app: &App,
    district: &DistrictCode,
) -> Result<Vec<SightingItem>, Turned> {
    let mut waiting: Vec<Story<Sighting>> = {
        let night = app.night().await?;
        let ours = |one: &&Story<Sighting>| {
            one.state.district.as_ref() == Some(district)
                && one.state.receiver == Some(Receiver::Desk)
                && one.state.open()
        };
        night.sightings.values().filter(ours).cloned().collect()
    };
    waiting.sort_by_key(|one| (one.state.noted_at, one.id));
    let mut items = Vec::with_capacity(waiting.len());
    for story in &waiting {
        items.push(item(app, story, true).await?);
    }
    Ok(items)
}

/// A sighting on a list; where and in which words only for a desk.
pub(super) async fn item(
    app: &App,
    story: &Story<Sighting>,
    for_desk: bool,
) -> Result<SightingItem, Turned> {
    let state = &story.state;
    let notice = if for_desk { app.notice(state).await? } else { Notice::default() };
    let near = if let Some(Spot::Place(place)) = state.spot {
        Some(app.place_view(Some(place), None).name)
    } else {
        let at = notice.at.and_then(|at| Point::new(at.lat, at.lon));
        let ground = app.ground();
        let place = at.and_then(|at| ground.nearest_meeting(at)).map(|spot| spot.id);
        place.map(|place| app.place_view(Some(place), at).name)
    };
    Ok(SightingItem {
        id: story.id,
        kind: same_word(&state.kind)?,
        stage: same_word(&state.stage)?,
        with: state.receiver.map(|receiver| match receiver {
            Receiver::Desk => HandTo::Desk,
            Receiver::Environment(_) => HandTo::Register,
        }),
        near,
        at: notice.at,
        words: notice.words,
        first_at: state.first_at.unwrap_or(story.at),
        asked_at: state.asked_at.unwrap_or(story.at),
    })
}
