//! Taking the place of a colleague who offers it or is missing; two nights exchanged at once.

use super::{night, own};
use crate::{
    app::App,
    asked::{Answer, Keyed, Named, Told},
    auth::Bearer,
    once::Done,
    problem::{Turned, refused},
};
use ::volunteer::{
    Shift,
    shift::{Command, Refused, SwapTo},
};
use axum::{Json, extract::State};
use kernel::{Actor, DistrictCode, Id, id};
use store::{Context, Tx};
use wire::{
    problem::Problem,
    volunteer::own::{OwnPage, PlaceKind, TakePlace},
};

/// Take somebody's place. With a night of one's own against it, both change hands or neither.
#[utoipa::path(post, path = "/api/volunteer/people/{id}/take", tag = "volunteer",
    params(("id" = String, Path)), request_body = TakePlace,
    responses((status = 200, body = OwnPage), (status = "4XX", body = Problem)))]
pub async fn take(
    State(app): State<App>,
    bearer: Option<Bearer>,
    key: Keyed,
    Named(person): Named<id::Person>,
    Told(asked): Told<TakePlace>,
) -> Answer<OwnPage> {
    let district = own::may(&app, bearer.as_ref(), person).await?;
    let key = key.within(&own::audience(person), &asked);
    let context = Context::new(Actor::Seat(person), app.now()).keyed(key);
    app.once("volunteer::take", &key, async |tx| {
        ours(tx, asked.night, &district).await?;
        let standing = night::standing(tx, person).await?;
        let command = match asked.kind {
            PlaceKind::Swap => Command::AcceptSwap { from: asked.from, standing },
            PlaceKind::Call => Command::AnswerCall { missing: asked.from, standing },
        };
        if let Some(against) = asked.against {
            exchange(&app, tx, person, &asked, against, &district, &context).await?;
        }
        let acted = night::act(&app, tx, asked.night, command, &context).await?;
        Ok(Done::to::<Shift>(asked.night, acted.number))
    })
    .await?;
    own::of(&app, person, &district).await.map(Json)
}

/// A night of another district is no night of hers.
async fn ours(tx: &mut Tx, night: Id<id::Shift>, district: &DistrictCode) -> Result<Shift, Turned> {
    let known = tx.load::<Shift>(night).await?.state;
    let ours = known.district.as_ref() == Some(district);
    if ours { Ok(known) } else { Err(Turned::NoSuchThing) }
}

/// The other half of an exchange: who offered her place takes the one given for it. She has agreed
/// by offering hers to this person and to nobody else.
async fn exchange(
    app: &App,
    tx: &mut Tx,
    person: Id<id::Person>,
    asked: &TakePlace,
    against: Id<id::Shift>,
    district: &DistrictCode,
    context: &Context,
) -> Result<(), Turned> {
    let theirs = ours(tx, asked.night, district).await?;
    let named = theirs.seat(asked.from).and_then(|seat| seat.swap) == Some(SwapTo::One(person));
    if !named {
        return Err(refused(Refused::NotOffered));
    }
    ours(tx, against, district).await?;
    let standing = night::standing(tx, asked.from).await?;
    let beside = Context { idempotency: None, ..context.clone() };
    let command = Command::AcceptSwap { from: person, standing };
    night::act(app, tx, against, command, &beside).await.map(drop)
}
