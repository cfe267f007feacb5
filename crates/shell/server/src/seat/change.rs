//! Seats come and go: a new one, other roles, closed.

use super::{list, note, pair::typed};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Action, Keeper, Label, Seat, SeatOf, Seats},
    problem::{Turned, refused},
    roster::CODE_KEPT,
};
use access::seat::{Command, Refused};
use axum::{Json, extract::State};
use kernel::{Id, id};
use store::{Context, StaffMember};
use wire::{
    problem::Problem,
    seat::{OpenSeat, SeatCode, SeatList, SetRoles},
    session::Role,
};

/// Longest label of a seat, in letters: a line on a phone.
const LABEL_LETTERS: usize = 40;

/// The seats these roles make. A team's phone and a store's till come with the team and the store, a
/// seat at a center from the operator.
fn held(roles: &[Role]) -> Result<Vec<SeatOf>, Turned> {
    let at_center = |role: &Role| {
        matches!(role, Role::Caseworker | Role::ServicePartner | Role::CaseSupervisor)
    };
    if roles.iter().any(at_center) {
        return Err(refused(Refused::CaseworkerRole));
    }
    let held: Option<Vec<SeatOf>> = roles.iter().map(|role| SeatOf::of_role(*role)).collect();
    held.ok_or_else(|| refused(Refused::DeviceRole))
}

/// Open a seat in one's own district; its first code.
#[utoipa::path(post, path = "/api/seats", tag = "seat", request_body = OpenSeat,
    responses((status = 200, body = SeatCode), (status = "4XX", body = Problem)))]
pub async fn open(
    State(app): State<App>,
    keeper: Keeper,
    key: Keyed,
    Told(asked): Told<OpenSeat>,
) -> Answer<SeatCode> {
    if !app.may_district(&keeper, Action::SeatOpen, &keeper.district) {
        return Err(Turned::NotYours);
    }
    keeper.confirmed(&app)?;
    let shown_as = asked.shown_as.trim().to_owned();
    if shown_as.is_empty() || shown_as.chars().count() > LABEL_LETTERS {
        return Err(Turned::NotUnderstood(Some("shown_as".to_owned())));
    }
    let held = held(&asked.roles)?;
    let of = held.first().copied().ok_or_else(|| refused(Refused::NoRole))?;
    let key = key.within(&keeper.audience(), &asked);
    let now = app.now();
    // A retry is about the same seat: its id is made from the request's key.
    let mut bits = [0_u8; 16];
    bits.copy_from_slice(&key.hash()[..16]);
    let seat = Seat {
        id: Id::from_bits(u128::from_be_bytes(bits)),
        of,
        held,
        district: keeper.district.clone(),
        label: Label { shown_as, ..Label::default() },
    };
    let context = Context::new(keeper.actor(), now).in_district(seat.district.clone()).keyed(key);
    let code = app.code_of(seat.id, &key);
    app.once_for_seat("seat::open", &key, seat.id, async |tx| {
        let roles = seat.held.iter().map(|of| of.journaled()).collect();
        note(tx, seat.id, Command::Open { roles }, &context).await?;
        note(tx, seat.id, Command::MakeCode, &context).await?;
        Seats::put(tx, &seat, now).await?;
        Ok(tx.enrolment_put(&typed(&code), seat.id, now + CODE_KEPT).await?)
    })
    .await?;
    app.told_code(&seat, code).await.map(Json)
}

/// Say which roles a seat has from now on. Sessions of a role it no longer has end.
#[utoipa::path(post, path = "/api/seats/{id}/roles", tag = "seat",
    params(("id" = String, Path)), request_body = SetRoles,
    responses((status = 200, body = SeatList), (status = "4XX", body = Problem)))]
pub async fn roles(
    State(app): State<App>,
    keeper: Keeper,
    key: Keyed,
    Named(seat): Named<id::Person>,
    Told(asked): Told<SetRoles>,
) -> Answer<SeatList> {
    let seat = app.seat_for(&keeper, Action::SeatSetRoles, seat)?;
    keeper.confirmed(&app)?;
    let held = held(&asked.roles)?;
    let key = key.within(&keeper.audience(), &asked);
    let now = app.now();
    let context = Context::new(keeper.actor(), now).in_district(seat.district.clone()).keyed(key);
    let open = app.store().sessions_of(seat.id, now).await?;
    app.once_for_seat("seat::roles", &key, seat.id, async |tx| {
        super::note_opened(tx, &seat, &context).await?;
        let roles = held.iter().map(|of| of.journaled()).collect();
        note(tx, seat.id, Command::SetRoles { roles }, &context).await?;
        keep_held(&app, tx, &seat, &held, true).await?;
        for session in &open {
            let of: Option<SeatOf> = serde_json::from_str(&session.role).ok();
            if of.is_none_or(|of| !held.contains(&of)) {
                super::end_session(tx, session.id, Some(seat.id), &context).await?;
            }
        }
        Ok(())
    })
    .await?;
    list::of(&app, &keeper).await.map(Json)
}

/// Close a seat for good: nobody signs in to it any more.
#[utoipa::path(post, path = "/api/seats/{id}/close", tag = "seat",
    params(("id" = String, Path)),
    responses((status = 200, body = SeatList), (status = "4XX", body = Problem)))]
pub async fn close(
    State(app): State<App>,
    keeper: Keeper,
    key: Keyed,
    Named(seat): Named<id::Person>,
) -> Answer<SeatList> {
    let seat = app.seat_for(&keeper, Action::SeatClose, seat)?;
    keeper.confirmed(&app)?;
    let key = key.within(&keeper.audience(), &());
    let now = app.now();
    let context = Context::new(keeper.actor(), now).in_district(seat.district.clone()).keyed(key);
    app.once_for_seat("seat::close", &key, seat.id, async |tx| {
        super::note_opened(tx, &seat, &context).await?;
        note(tx, seat.id, Command::Close, &context).await?;
        tx.sessions_revoke_of(seat.id, now).await?;
        tx.passkeys_remove_of(seat.id).await?;
        keep_held(&app, tx, &seat, &seat.held, false).await
    })
    .await?;
    list::of(&app, &keeper).await.map(Json)
}

/// Keeps a seat's record with these roles; its label stays in the row it is in.
async fn keep_held(
    app: &App,
    tx: &mut store::Tx,
    seat: &Seat,
    held: &[SeatOf],
    active: bool,
) -> Result<(), Turned> {
    let known = app.store().staff_member(seat.id).await?.ok_or(Turned::NoSuchThing)?;
    let roles = serde_json::to_string(held).map_err(store::Failure::Unwritable)?;
    Ok(tx.staff_put(&StaffMember { roles, active, ..known }).await?)
}
