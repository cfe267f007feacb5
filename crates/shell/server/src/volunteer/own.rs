//! A helper's own page, opened by her own token: her standing, her nights, her hours; signing up,
//! swapping, stepping back, checking in.

use super::night;
use crate::{
    app::App,
    asked::{Answer, Find, Keyed, Named, Told},
    auth::{Action, Bearer, permit},
    once::Done,
    problem::Turned,
};
use ::volunteer::{
    Attendance, Person, Shift, attendance, person,
    shift::{Command, SwapTo},
};
use access::What;
use axum::{Json, extract::State};
use kernel::{Actor, DistrictCode, Id, Instant, id};
use store::{Context, Listed};
use wire::{
    problem::Problem,
    volunteer::{
        crew::Statement,
        own::{OfferSwap, OpenPlace, OwnMute, OwnNight, OwnPage, PlaceKind, WhichNight},
    },
};

/// The district of a helper, if the bearer's token is hers and she has not left.
pub(super) async fn may(
    app: &App,
    bearer: Option<&Bearer>,
    person: Id<id::Person>,
) -> Result<DistrictCode, Turned> {
    let who = permit::helper(app, bearer, person);
    app.may(&who, Action::VolunteerServe, &What::Helper(person))?;
    let known = app.store().load::<Person>(person).await?;
    let serves = matches!(known.state.stage, person::Stage::Active | person::Stage::Suspended);
    known.district.filter(|_| serves).ok_or(Turned::NoSuchThing)
}

/// Whose idempotency keys these are.
pub(super) fn audience(person: Id<id::Person>) -> String {
    format!("helper/{person}")
}

/// Her page.
#[utoipa::path(get, path = "/api/volunteer/people/{id}", tag = "volunteer",
    params(("id" = String, Path)),
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn page(
    State(app): State<App>,
    bearer: Option<Bearer>,
    Named(person): Named<id::Person>,
) -> Answer<OwnPage> {
    let district = may(&app, bearer.as_ref(), person).await?;
    of(&app, person, &district).await.map(Json)
}

/// Which month.
#[derive(serde::Deserialize)]
pub struct OfMonth {
    month: Option<String>,
}

/// A month of her own hours and pay.
#[utoipa::path(get, path = "/api/volunteer/people/{id}/hours", tag = "volunteer",
    params(("id" = String, Path), ("month" = Option<String>, Query)),
    responses((status = 200, body = Statement), (status = "4XX", body = Problem)))]
pub async fn hours(
    State(app): State<App>,
    bearer: Option<Bearer>,
    Named(person): Named<id::Person>,
    Find(asked): Find<OfMonth>,
) -> Answer<Statement> {
    may(&app, bearer.as_ref(), person).await?;
    app.statement(person, asked.month).await.map(Json)
}

/// Gives one of her district's nights a command of hers, and shows her page afterwards.
async fn give(
    app: &App,
    bearer: Option<&Bearer>,
    key: store::Key,
    person: Id<id::Person>,
    asked: Id<id::Shift>,
    command: Command,
) -> Answer<OwnPage> {
    let district = may(app, bearer, person).await?;
    app.once("volunteer::serve", &key, async |tx| {
        let known = tx.load::<Shift>(asked).await?.state;
        // A night of another district is no night of hers.
        if known.district.as_ref() != Some(&district) {
            return Err(Turned::NoSuchThing);
        }
        let context = Context::new(Actor::Seat(person), app.now()).keyed(key);
        let acted = night::act(app, tx, asked, command, &context).await?;
        Ok(Done::to::<Shift>(asked, acted.number))
    })
    .await?;
    of(app, person, &district).await.map(Json)
}

/// Sign up for a night.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/sign-up", tag = "volunteer",
    params(("id" = String, Path)), request_body = WhichNight,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn sign_up(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<WhichNight>,
) -> Answer<OwnPage> {
    let key = key.within(&audience(person), &asked);
    let command = Command::SignUp { person };
    give(&app, bearer.as_ref(), key, person, asked.night, command).await
}

/// Step back from a night. Late, it is a drop-out, and a replacement is called.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/step-back", tag = "volunteer",
    params(("id" = String, Path)), request_body = WhichNight,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn step_back(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<WhichNight>,
) -> Answer<OwnPage> {
    let key = key.within(&audience(person), &asked);
    let command = Command::Withdraw { person };
    give(&app, bearer.as_ref(), key, person, asked.night, command).await
}

/// Offer one's place to a colleague or to anybody; it stays one's own until somebody takes it.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/offer-swap", tag = "volunteer",
    params(("id" = String, Path)), request_body = OfferSwap,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn offer_swap(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<OfferSwap>,
) -> Answer<OwnPage> {
    let key = key.within(&audience(person), &asked);
    let to = asked.to.map_or(SwapTo::Anybody, SwapTo::One);
    let command = Command::OfferSwap { person, to };
    give(&app, bearer.as_ref(), key, person, asked.night, command).await
}

/// Keep one's place after all.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/keep", tag = "volunteer",
    params(("id" = String, Path)), request_body = WhichNight,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn keep(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<WhichNight>,
) -> Answer<OwnPage> {
    let key = key.within(&audience(person), &asked);
    let command = Command::RetractSwap { person };
    give(&app, bearer.as_ref(), key, person, asked.night, command).await
}

/// Be left alone, or be reached again.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/mute", tag = "volunteer",
    params(("id" = String, Path)), request_body = OwnMute,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn mute(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<OwnMute>,
) -> Answer<OwnPage> {
    let district = may(&app, bearer.as_ref(), person).await?;
    let key = key.within(&audience(person), &asked);
    let context = Context::new(Actor::Seat(person), app.now()).keyed(key);
    app.once("volunteer::own_mute", &key, async |tx| {
        let command = if asked.muted {
            attendance::Command::Mute { until: asked.until }
        } else {
            attendance::Command::Unmute
        };
        let rules = &app.pack().rules.volunteer;
        let acted = tx.act::<Attendance>(person, command, rules, &context).await?;
        Ok(Done::to::<Attendance>(person, acted.number))
    })
    .await?;
    of(&app, person, &district).await.map(Json)
}

/// What a helper sees.
pub(super) async fn of(
    app: &App,
    person: Id<id::Person>,
    district: &DistrictCode,
) -> Result<OwnPage, Turned> {
    let now = app.now();
    let number = *app.store().head().borrow();
    let rules = &app.pack().rules.volunteer;
    let known = app.store().load::<Person>(person).await?.state;
    let standing = known.standing(person).ok_or(Turned::NoSuchThing)?;
    let attendance = app.store().load::<Attendance>(person).await?.state;
    let names = app.names(district).await?;
    let soon = standing.runs_out_soon(rules, now);
    let nights = app.store().open_nights(district).await?;
    let callable = attendance.callable(now) && standing.fit(now);
    Ok(OwnPage {
        person,
        number,
        district: app
            .pack()
            .district(district)
            .map_or_else(|| app.pack().name.clone(), |one| one.name.clone()),
        first_name: names.first_name(person),
        lacks: standing.lacks(now).into_iter().map(|lack| lack.code().to_owned()).collect(),
        soon: soon.into_iter().map(|(paper, _)| paper.code().to_owned()).collect(),
        muted: attendance.mute.holds(now),
        nights: nights
            .iter()
            .map(|one| own_night(app, one, person, &names, callable, now))
            .collect(),
        statement: app.statement(person, None).await?,
        watch: super::watch::own_watch(app, person).await?,
        now,
    })
}

fn own_night(
    app: &App,
    listed: &Listed<Shift>,
    person: Id<id::Person>,
    names: &super::private::Names,
    callable: bool,
    now: Instant,
) -> OwnNight {
    let night = &listed.state;
    let seat = night.seat(person);
    let starts_at = night.starts_at.unwrap_or(listed.at);
    let with = night.pair_of(person).and_then(|pair| {
        let other = pair.members.into_iter().find(|member| *member != person)?;
        Some(names.first_name(other))
    });
    // Whoever wants to be left alone is not asked to take anybody's place.
    let swaps = night.crew.iter().filter(|one| match one.swap {
        Some(SwapTo::Anybody) => one.person != person,
        Some(SwapTo::One(to)) => to == person,
        None => false,
    });
    let place =
        |from, kind, until| OpenPlace { from, first_name: names.first_name(from), kind, until };
    let calls = night.calls.iter().filter(|call| now < call.until);
    let places = swaps
        .map(|one| place(one.person, PlaceKind::Swap, None))
        .chain(calls.map(|call| place(call.missing, PlaceKind::Call, Some(call.until))))
        .filter(|_| callable && seat.is_none());
    OwnNight {
        id: listed.id,
        starts_at,
        ends_at: night.ends_at.unwrap_or(listed.at),
        missing: night.missing(),
        signed_up: seat.is_some(),
        offered: seat.is_some_and(|seat| seat.swap.is_some()),
        with,
        here: seat.is_some_and(|seat| seat.here_at.is_some()),
        check_in_from: starts_at - app.pack().rules.volunteer.check_in_early(),
        places: places.collect(),
    }
}
