//! Asking: by the requester herself, or by a desk for a caller. Turned away or taken, at once, and
//! a repeat never makes two.

use super::{private::Requester, view};
use crate::{
    app::App,
    asked::{Keyed, Told},
    auth::Dispatcher,
    problem::Turned,
};
use ::escort::{Channel, Command, Request, When};
use axum::{Json, extract::State, http::StatusCode};
use kernel::{Actor, DistrictCode, Id, Instant, Language, id};
use store::{Context, Outcome, Recall};
use wire::{
    escort::{Ask, Asked, TakeCall},
    problem::Problem,
};

/// Ask for a walk home. No account, no phone number.
#[utoipa::path(post, path = "/api/escort/requests", tag = "escort", request_body = Ask,
    responses((status = 201, body = Asked), (status = 200, body = Asked, description = "turned away"),
        (status = "4XX", body = Problem), (status = "5XX", body = Problem)))]
pub async fn request(
    State(app): State<App>,
    key: Keyed,
    Told(ask): Told<Ask>,
) -> Result<(StatusCode, Json<Asked>), Turned> {
    let key = key.within("citizen", &ask);
    let Ask { meeting_place, wanted_at, home, people, first_name, phone, language } = ask;
    let wish = Wish {
        channel: Channel::Web,
        meeting_place,
        wanted_at,
        people,
        requester: Requester::of(first_name, phone, home)?,
        language,
        district: app.district_of_place(meeting_place),
        actor: Actor::Citizen,
        seen: false,
    };
    let walk = take(&app, &key, wish).await?;
    let request = view::for_requester(&app, &app.known::<Request>(walk).await?).await?;
    let status = status(&request);
    Ok((status, Json(Asked { token: Some(app.bearer().token(walk)), request })))
}

/// Write down a call. The desk that takes it has seen it.
#[utoipa::path(post, path = "/api/escort/calls", tag = "escort", request_body = TakeCall,
    responses((status = 201, body = Asked), (status = 200, body = Asked, description = "turned away"),
        (status = "4XX", body = Problem), (status = "5XX", body = Problem)))]
pub async fn call(
    State(app): State<App>,
    desk: Dispatcher,
    key: Keyed,
    Told(call): Told<TakeCall>,
) -> Result<(StatusCode, Json<Asked>), Turned> {
    let key = key.within(&desk.audience(), &call);
    let TakeCall { meeting_place, wanted_at, home, people, first_name, phone, language } = call;
    let wish = Wish {
        channel: Channel::Phone,
        meeting_place,
        wanted_at,
        people,
        requester: Requester::of(first_name, phone, home)?,
        language,
        // Who answers the phone serves the call, wherever the caller stands.
        district: desk.district.clone(),
        actor: desk.actor(),
        seen: true,
    };
    let walk = take(&app, &key, wish).await?;
    let request = view::for_requester(&app, &app.known::<Request>(walk).await?).await?;
    let status = status(&request);
    Ok((status, Json(Asked { token: None, request })))
}

fn status(request: &wire::escort::ForRequester) -> StatusCode {
    match request.stage {
        wire::escort::Stage::Refused => StatusCode::OK,
        _ => StatusCode::CREATED,
    }
}

/// What is asked for, whoever wrote it down.
struct Wish {
    channel: Channel,
    meeting_place: Id<id::Place>,
    wanted_at: Option<Instant>,
    people: u8,
    requester: Requester,
    language: Language,
    district: DistrictCode,
    actor: Actor,
    seen: bool,
}

async fn take(app: &App, key: &store::Key, wish: Wish) -> Result<Id<id::Escort>, Turned> {
    let now = app.now();
    let ground = app.ground();
    let spot = ground.places.get(wish.meeting_place).filter(|spot| spot.meeting);
    let spot = spot.ok_or_else(|| Turned::NotUnderstood(Some("meeting_place".to_owned())))?;
    let by_place = wish.channel == Channel::Web;
    // Where teams are is looked up before the city is held: it may take some milliseconds.
    let nearest = super::dispatch::nearest(app, spot.at).await?;
    let taken = app
        .store()
        .transact("escort::ask", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(outcome) => return Ok(outcome.id()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            if by_place && !app.asks().take(wish.meeting_place, now) {
                return Err(Turned::TooMany(Vec::new()));
            }
            let walk = store::new_id::<id::Escort>()?;
            let wanted_at = wish.wanted_at.unwrap_or(now);
            let private = wish.requester.keep(tx, app, wanted_at.max(now)).await?;
            let context =
                Context::new(wish.actor, now).in_district(wish.district.clone()).keyed(*key);
            let command = Command::Ask {
                channel: wish.channel,
                district: wish.district.clone(),
                meeting_place: wish.meeting_place,
                when: wish.wanted_at.map_or(When::Now, When::At),
                people: wish.people,
                private,
                language: wish.language,
                nearest,
            };
            let mut acted = super::act(app, tx, walk, command, &context).await?;
            // Who was turned away leaves nothing behind.
            if acted.state.stage.ended()
                && let Some(row) = private
            {
                tx.private_forget(row).await?;
            } else if wish.seen {
                acted = super::act(app, tx, walk, Command::See, &context).await?;
            }
            let outcome = Outcome {
                stream: "escort.request".to_owned(),
                id_bits: walk.bits(),
                number: acted.number,
                reply: "{}".to_owned(),
            };
            tx.remember(key, &outcome, now).await?;
            Ok(walk)
        })
        .await;
    match taken {
        Err(Turned::TooMany(_)) => Err(Turned::TooMany(app.serves_now(spot.at, now).await?)),
        taken => taken,
    }
}
