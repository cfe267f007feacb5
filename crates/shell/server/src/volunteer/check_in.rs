//! Checking in for a night: each of a team for herself, and with the second the phone of the vest
//! they took is theirs for tonight.

use super::{duty, night, own};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::{Bearer, Label, Seat, SeatOf, Seats},
    once::Done,
    problem::Turned,
    roster,
};
use ::volunteer::{
    Shift, Team,
    shift::{Command, Event},
    team,
};
use axum::{Json, extract::State};
use kernel::{Actor, DistrictCode, Id, RefusalKind, Secret, id};
use store::{Context, Stopped, Tx};
use wire::{
    problem::Problem,
    volunteer::own::{CheckIn, CheckedIn},
};

/// Letters a vest's number may have.
const CALL_SIGN_LETTERS: usize = 8;

/// Be here. When both of a team are, within minutes of each other, it can go on duty.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/check-in", tag = "volunteer",
    params(("id" = String, Path)), request_body = CheckIn,
    responses((status = 200, body = CheckedIn), (status = "4XX", body = Problem)))]
pub async fn check_in(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<CheckIn>,
) -> Answer<CheckedIn> {
    let district = own::may(&app, bearer.as_ref(), person).await?;
    let key = key.within(&own::audience(person), &asked);
    let now = app.now();
    let call_sign = asked.call_sign.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if call_sign.is_some_and(|text| text.chars().count() > CALL_SIGN_LETTERS) {
        return Err(Turned::NotUnderstood(Some("call_sign".to_owned())));
    }
    let names = app.names(&district).await?;
    let mut code = None;
    app.once("volunteer::check_in", &key, async |tx| {
        let known = tx.load::<Shift>(asked.night).await?.state;
        if known.district.as_ref() != Some(&district) {
            return Err(Turned::NoSuchThing);
        }
        let context = Context::new(Actor::Seat(person), now).keyed(key);
        let acted =
            night::act(&app, tx, asked.night, Command::CheckIn { person }, &context).await?;
        let ready = acted.events.iter().find_map(|event| match event {
            Event::TeamReady { team } => Some(*team),
            _ => None,
        });
        if let (Some(team), Some(call_sign)) = (ready, call_sign) {
            let pair = acted.state.pairs.iter().find(|pair| pair.team == team);
            let members = pair.map(|pair| pair.members).ok_or(Turned::Fault)?;
            let two = Two {
                team,
                first_names: members.map(|one| names.first_name(one)).to_vec(),
                call_sign,
                district: &district,
            };
            code = hand_phone(&app, tx, &two, &key, &context).await?;
        }
        Ok(Done::to::<Shift>(asked.night, acted.number))
    })
    .await?;
    app.seats().load(app.store(), now).await?;
    let page = own::of(&app, person, &district).await?;
    Ok(Json(CheckedIn { page, code }))
}

/// Two who go out tonight with one phone.
struct Two<'a> {
    team: Id<id::Team>,
    first_names: Vec<String>,
    call_sign: &'a str,
    district: &'a DistrictCode,
}

/// Signs the phone of a vest in as tonight's team. A vest without a phone gets a one-time code for
/// one.
async fn hand_phone(
    app: &App,
    tx: &mut Tx,
    two: &Two<'_>,
    key: &store::Key,
    context: &Context,
) -> Result<Option<String>, Turned> {
    let known = app.seats().of_vest(two.district, two.call_sign);
    let label = |shown_as: String| Label {
        shown_as,
        call_sign: two.call_sign.to_owned(),
        first_names: two.first_names.clone(),
        clerks: Vec::new(),
    };
    let of = SeatOf::Team { team: two.team };
    if let Some(seat) = known {
        if let SeatOf::Team { team: before } = seat.of {
            free(app, tx, before, two, context).await?;
        }
        let label = label(seat.label.shown_as.clone());
        let seat = Seat { of, held: vec![of], label, ..seat };
        Seats::put(tx, &seat, context.at).await?;
        return Ok(None);
    }
    let seat = Seat {
        id: roster::id_of(&["vest", two.district.as_str(), two.call_sign]),
        of,
        held: vec![of],
        district: two.district.clone(),
        label: label(format!("team {}", two.call_sign)),
    };
    let beside = Context { idempotency: None, ..context.clone() };
    Seats::put(tx, &seat, context.at).await?;
    crate::seat::note_opened(tx, &seat, &beside).await?;
    crate::seat::note(tx, seat.id, access::seat::Command::MakeCode, &beside).await?;
    let code = app.code_of(seat.id, key);
    let kept = Secret::new(crate::session::normal(&code));
    tx.enrolment_put(&kept, seat.id, context.at + roster::CODE_KEPT).await?;
    Ok(Some(code))
}

/// The team that had the phone before must be back; one formed for a night parts.
async fn free(
    app: &App,
    tx: &mut Tx,
    before: Id<id::Team>,
    two: &Two<'_>,
    context: &Context,
) -> Result<(), Turned> {
    if before == two.team {
        return Ok(());
    }
    let known = tx.load::<Team>(before).await?.state;
    if !matches!(known.duty, team::Duty::Nothing | team::Duty::OffDuty | team::Duty::Disbanded) {
        return Err(Turned::Refused {
            code: "volunteer.phone-out",
            kind: RefusalKind::Conflict,
            by: None,
            serves_now: Vec::new(),
        });
    }
    // The pair of the operator's roster stays one: it may take its phone back another night.
    let standing: Id<id::Team> = roster::id_of(&["team", two.district.as_str(), two.call_sign]);
    if before == standing {
        return Ok(());
    }
    let beside = Context { district: None, idempotency: None, ..context.clone() };
    match duty::act(app, tx, before, team::Command::Disband, &beside).await {
        Ok(_) | Err(Stopped::Refused(_)) => Ok(()),
        Err(Stopped::Failed(failure)) => Err(failure.into()),
    }
}
