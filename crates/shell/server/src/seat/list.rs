//! The seats of a district, as whoever looks after them sees them.

use crate::{
    app::App,
    asked::Answer,
    auth::{Action, Keeper, Seat, SeatOf},
    live::{Seen, Told, feed},
    problem::Turned,
};
use axum::{Json, extract::State, http::HeaderMap, response::sse::Sse};
use futures::Stream;
use kernel::{Id, id};
use store::Session;
use wire::{
    problem::Problem,
    seat::{SeatItem, SeatList, SessionItem},
};

/// The seats one looks after: all of the district for its administrator, phones and tills for its
/// programme manager and its desk, one's own for everybody.
#[utoipa::path(get, path = "/api/seats", tag = "seat",
    responses((status = 200, body = SeatList), (status = "4XX", body = Problem)))]
pub async fn list(State(app): State<App>, keeper: Keeper) -> Answer<SeatList> {
    of(&app, &keeper).await.map(Json)
}

/// The same, told again whenever it changes.
#[utoipa::path(get, path = "/api/seats/live", tag = "seat",
    responses((status = 200, content_type = "text/event-stream", body = SeatList),
        (status = "4XX", body = Problem)))]
pub async fn live(
    State(app): State<App>,
    keeper: Keeper,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Told>>, Turned> {
    let watched = app.clone();
    Ok(feed(&app, false, move || {
        let (app, headers, keeper) = (watched.clone(), headers.clone(), keeper.clone());
        async move {
            app.signed_in(&headers).await?.ok_or(Turned::NotSignedIn)?;
            let number = app.store().number();
            Ok(Seen { number, view: of(&app, &keeper).await? })
        }
    }))
}

/// The order a list is read in: people first, then shared phones, then tills.
const fn rank(of: SeatOf) -> u8 {
    match of {
        SeatOf::Administrator => 0,
        SeatOf::Programme => 1,
        SeatOf::Analyst => 2,
        SeatOf::Supervisor => 3,
        SeatOf::Dispatcher => 4,
        SeatOf::Caseworker { .. }
        | SeatOf::CaseSupervisor { .. }
        | SeatOf::ServicePartner { .. } => 5,
        SeatOf::Team { .. } => 6,
        SeatOf::Patrol => 7,
        SeatOf::Haven { .. } => 8,
    }
}

/// The list as this reader has it.
pub(super) async fn of(app: &App, keeper: &Keeper) -> Result<SeatList, Turned> {
    let now = app.now();
    let sessions = app.store().sessions_in(&keeper.district, now).await?;
    let codes = app.store().codes_in(&keeper.district, now).await?;
    let all = app.seats().all();
    let mut seats: Vec<&Seat> =
        all.values().filter(|seat| app.may_seat(keeper, Action::SeatView, seat)).collect();
    seats.sort_by_key(|seat| (rank(seat.of), &seat.label.shown_as, seat.id));
    let item = |seat: &Seat| SeatItem {
        id: seat.id,
        shown_as: seat.label.shown_as.clone(),
        roles: seat.held.iter().map(|of| of.role()).collect(),
        device: seat.of.device(),
        own: seat.id == keeper.person,
        sessions: sessions
            .iter()
            .filter(|session| session.person == Some(seat.id))
            .map(|session| session_item(session, keeper.session))
            .collect(),
        code_until: codes.iter().find(|(whose, _)| *whose == seat.id).map(|(_, until)| *until),
        may_pair: app.may_seat(keeper, Action::SeatPair, seat),
        may_change: app.may_seat(keeper, Action::SeatSetRoles, seat),
        may_close: app.may_seat(keeper, Action::SeatClose, seat),
    };
    Ok(SeatList {
        district: keeper.district.to_string(),
        seats: seats.into_iter().map(item).collect(),
        may_open: app.may_district(keeper, Action::SeatOpen, &keeper.district),
        reauth_minutes: app.pack().rules.server.reauth_minutes,
        now,
    })
}

fn session_item(session: &Session, this: Id<id::Session>) -> SessionItem {
    let of: Option<SeatOf> = serde_json::from_str(&session.role).ok();
    SessionItem {
        id: session.id,
        role: of.map(SeatOf::role),
        device: session.device,
        since: session.created_at,
        seen_at: session.seen_at,
        ends_at: session.expires_at,
        this: session.id == this,
    }
}
