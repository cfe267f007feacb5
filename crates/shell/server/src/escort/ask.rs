//! Asking: by the requester herself, or by a desk for a caller. Turned away or taken, at once, and
//! a repeat never makes two.

use super::{plan::Wish, private::Requester, view};
use crate::{
    app::App,
    asked::{Keyed, Told},
    auth::Dispatcher,
    ground::Spot,
    problem::Turned,
};
use ::escort::{Channel, Command, Outlook, Request, When};
use axum::{Json, extract::State, http::StatusCode};
use kernel::{Actor, DistrictCode, Id, Instant, Language, Point, Span, id};
use store::{Context, Recall};
use wire::{
    escort::{Ask, Asked, ForRequester, TakeCall},
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
    let district = app.district_of_place(ask.meeting_place);
    let by = By { channel: Channel::Web, district, actor: Actor::Citizen, seen: false };
    let (walk, status, request) = taken(&app, &key, Written::of(ask, by)?).await?;
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
    // Who answers the phone serves the call, wherever the caller stands.
    let by = By {
        channel: Channel::Phone,
        district: desk.district.clone(),
        actor: desk.actor(),
        seen: true,
    };
    let (_walk, status, request) = taken(&app, &key, Written::of(call.into(), by)?).await?;
    Ok((status, Json(Asked { token: None, request })))
}

/// Takes it, and what there is to answer.
async fn taken(
    app: &App,
    key: &store::Key,
    asked: Written,
) -> Result<(Id<id::Escort>, StatusCode, ForRequester), Turned> {
    let walk = take(app, key, asked).await?;
    let request = view::for_requester(app, &app.known::<Request>(walk).await?).await?;
    Ok((walk, status(&request), request))
}

fn status(request: &ForRequester) -> StatusCode {
    match request.stage {
        wire::escort::Stage::Refused => StatusCode::OK,
        _ => StatusCode::CREATED,
    }
}

/// What she agreed to beyond the ordinary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Agrees {
    /// To share the walk with somebody who also agreed.
    pub shares: bool,
    /// To a team from any district.
    pub from_anywhere: bool,
}

/// Who wrote it down, and whose it is.
struct By {
    channel: Channel,
    district: DistrictCode,
    actor: Actor,
    /// A person has seen it by writing it down.
    seen: bool,
}

/// What is asked for, whoever wrote it down.
struct Written {
    by: By,
    meeting_place: Id<id::Place>,
    wanted_at: Option<Instant>,
    people: u8,
    requester: Requester,
    language: Language,
    agrees: Agrees,
}

/// The wish as a plan asks it: for now, or from when the night begins if that is later.
pub(super) fn wish(
    app: &App,
    (spot, district): (&Spot, DistrictCode),
    (home, wanted_at): (Option<Point>, Option<Instant>),
    (people, agrees): (u8, Agrees),
) -> Wish {
    let (rules, now) = (&app.pack().rules.escort, app.now());
    let opens_at = rules.booking_at(now).map_or(now, |night| night.opens_at);
    let wanted_at = wanted_at.unwrap_or(now).max(opens_at);
    let by = wanted_at + Span::seconds(rules.wait_seconds_max.into());
    let Agrees { shares, from_anywhere } = agrees;
    Wish {
        pickup: spot.at,
        meeting_place: spot.id,
        people,
        home,
        wanted_at,
        by,
        shares,
        district,
        from_anywhere,
    }
}

async fn take(app: &App, key: &store::Key, asked: Written) -> Result<Id<id::Escort>, Turned> {
    let now = app.now();
    let ground = app.ground();
    let spot = ground.places.get(asked.meeting_place).filter(|spot| spot.meeting);
    let spot = spot.ok_or_else(|| Turned::NotUnderstood(Some("meeting_place".to_owned())))?;
    let by_place = asked.by.channel == Channel::Web;
    let home = asked.requester.home.as_ref();
    let home = home.and_then(|home| Point::new(home.at.lat, home.at.lon));
    let wish = wish(
        app,
        (spot, asked.by.district.clone()),
        (home, asked.wanted_at),
        (asked.people, asked.agrees),
    );
    // The plan is asked before the city is held: it may take some milliseconds. It is held until
    // the promise is written down, so that nobody else is promised the same team.
    let (planner, outlook) = app.outlook(&wish).await?;
    let taken = app
        .store()
        .transact("escort::ask", async |tx| {
            match tx.recall(key).await? {
                Recall::Answered(outcome) => return Ok(outcome.id()),
                Recall::Misused => return Err(Turned::KeyReused),
                Recall::Fresh => {}
            }
            if by_place && !app.asks().take(asked.meeting_place, now) {
                return Err(Turned::TooMany(Vec::new()));
            }
            let walk = store::new_id::<id::Escort>()?;
            let wanted_at = asked.wanted_at.unwrap_or(now);
            let private = asked.requester.keep(tx, app, wanted_at.max(now)).await?;
            let context = Context::new(asked.by.actor, now)
                .in_district(asked.by.district.clone())
                .keyed(*key);
            let command = asked.command(private, outlook.clone());
            let mut acted = super::act(app, tx, walk, command, &context).await?;
            // Who was turned away leaves nothing behind.
            if acted.state.stage.ended()
                && let Some(row) = private
            {
                tx.private_forget(row).await?;
            } else if asked.by.seen {
                acted = super::act(app, tx, walk, Command::See, &context).await?;
            }
            tx.remember(key, &super::desk::outcome(walk, acted.number), now).await?;
            Ok(walk)
        })
        .await;
    drop(planner);
    match taken {
        Err(Turned::TooMany(_)) => Err(Turned::TooMany(app.serves_now(spot.at, now).await?)),
        taken => taken,
    }
}

impl Written {
    fn of(ask: Ask, by: By) -> Result<Self, Turned> {
        let Ask { first_name, phone, home, shares, from_anywhere, .. } = ask;
        Ok(Self {
            by,
            meeting_place: ask.meeting_place,
            wanted_at: ask.wanted_at,
            people: ask.people,
            requester: Requester::of(first_name, phone, home)?,
            language: ask.language,
            agrees: Agrees { shares, from_anywhere },
        })
    }

    fn command(&self, private: Option<Id<id::Private>>, outlook: Outlook) -> Command {
        Command::Ask {
            channel: self.by.channel,
            district: self.by.district.clone(),
            meeting_place: self.meeting_place,
            when: self.wanted_at.map_or(When::Now, When::At),
            people: self.people,
            private,
            language: self.language,
            shares: self.agrees.shares,
            from_anywhere: self.agrees.from_anywhere,
            outlook,
        }
    }
}
