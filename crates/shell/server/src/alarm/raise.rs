//! Raising: sent at once, by anybody. Nothing about the message can keep it from landing: what
//! cannot be read is left out, a stale token raises all the same, a repeat is answered as before.

use super::{private::Told, view};
use crate::{
    app::App,
    asked::KEY_HEADER,
    auth::{Action, Bearer, Who, permit},
    problem::Turned,
};
use ::alarm::{
    Alarm,
    alarm::{Command, Grade, Press, Source},
};
use ::escort::Request;
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::{Actor, DistrictCode, Id, Instant, Point, id};
use sha2::{Digest, Sha256};
use store::{Context, Failure, Outcome, Recall, Stopped, Tx};
use wire::{
    alarm::{LocationCandidate, LocationSource, Raise, Raised},
    problem::Problem,
};

/// Call for help.
#[utoipa::path(post, path = "/api/alarm/alarms", tag = "alarm", request_body = Raise,
    responses((status = 201, body = Raised), (status = "5XX", body = Problem)))]
pub async fn raise(
    State(app): State<App>,
    who: Result<Who, Turned>,
    bearer: Option<Bearer>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Raised>), Turned> {
    // A session that cannot be looked up raises as nobody's.
    let who = who.unwrap_or(Who::Nobody);
    let raise = read(&body, app.now());
    let source = match &who {
        Who::Team(team) => Source::Team(team.team),
        Who::Till(till) => Source::Haven(till.haven),
        Who::Nobody | Who::Dispatcher(_) | Who::Supervisor(_) | Who::Patrol | Who::Office => {
            match raise.escort {
                Some(walk) if app.bearer().fits(bearer.as_ref(), walk) => Source::Escort(walk),
                _ => Source::Citizen,
            }
        }
    };
    let alarm = land(&app, source, raise, chosen(&headers)).await?;
    answer(&app, alarm).await
}

/// Her walk has gone wrong: one tap, and the walk is known.
#[utoipa::path(post, path = "/api/escort/requests/{id}/trouble", tag = "escort",
    params(("id" = String, Path)), responses((status = 201, body = Raised),
        (status = "4XX", body = Problem)))]
pub async fn trouble(
    State(app): State<App>,
    bearer: Option<Bearer>,
    crate::asked::Named(walk): crate::asked::Named<id::Escort>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Raised>), Turned> {
    let own = permit::requester(&app, bearer.as_ref(), walk);
    app.walk_for(own, Action::EscortView, walk).await?;
    let raise = Raise { escort: Some(walk), ..read(&body, app.now()) };
    let alarm = land(&app, Source::Escort(walk), raise, chosen(&headers)).await?;
    answer(&app, alarm).await
}

async fn answer(app: &App, alarm: Id<id::Alarm>) -> Result<(StatusCode, Json<Raised>), Turned> {
    let story = app.known::<Alarm>(alarm).await?;
    let told = app.told_of(&story).await?;
    let raised = Raised {
        token: Some(app.bearer().token(alarm)),
        alarm: view::for_sender(&story, told.pin_set()),
    };
    Ok((StatusCode::CREATED, Json(raised)))
}

/// The message, as far as it can be read.
fn read(body: &[u8], now: Instant) -> Raise {
    let fields: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let text = |name: &str| field(name).as_str().map(str::to_owned);
    let locations = match field("locations") {
        serde_json::Value::Array(all) => {
            all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
        }
        _ => Vec::new(),
    };
    Raise {
        first_at: field("first_at").as_i64().map_or(now, Instant::from_millis),
        locations,
        silent: field("silent").as_bool().unwrap_or(true),
        grade: serde_json::from_value(field("grade")).ok(),
        escort: serde_json::from_value(field("escort")).ok(),
        pin: text("pin"),
        duress_pin: text("duress_pin"),
    }
}

/// The key the phone chose. One without is given a fresh one: better twice than not at all.
fn chosen(headers: &HeaderMap) -> Option<String> {
    let sent = headers.get(KEY_HEADER)?.to_str().ok()?;
    (!sent.is_empty() && sent.len() <= 256).then(|| sent.to_owned())
}

pub(crate) const fn grade(grade: wire::alarm::Grade) -> Grade {
    match grade {
        wire::alarm::Grade::ComeAndLook => Grade::ComeAndLook,
        wire::alarm::Grade::Sheltering => Grade::Sheltering,
        wire::alarm::Grade::HelpNow => Grade::HelpNow,
        wire::alarm::Grade::PoliceNow => Grade::PoliceNow,
    }
}

pub(crate) const fn actor(source: Source) -> Actor {
    match source {
        Source::Citizen | Source::Escort(_) => Actor::Citizen,
        Source::Team(team) => Actor::Team(team),
        Source::Haven(haven) => Actor::Haven(haven),
    }
}

/// What the server knows itself of where the sender is, beside what she sent.
fn known_place(app: &App, source: Source) -> Option<LocationCandidate> {
    match source {
        Source::Team(team) => app.position(team).map(|heard| LocationCandidate {
            at: heard.at.into(),
            accuracy_m: Some(heard.accuracy_m),
            source: LocationSource::Gps,
            seen_at: heard.heard_at,
            words: None,
        }),
        _ => None,
    }
}

async fn district(app: &App, source: Source, told: &Told) -> Result<DistrictCode, Failure> {
    let of_first = || {
        let first = told.locations.first();
        app.district_at(first.and_then(|one| Point::new(one.at.lat, one.at.lon)))
    };
    Ok(match source {
        Source::Escort(walk) => {
            app.store().load::<Request>(walk).await?.district.unwrap_or_else(of_first)
        }
        Source::Team(team) => {
            let known = app.store().load::<::volunteer::Team>(team).await?.state.district;
            known.unwrap_or_else(of_first)
        }
        Source::Haven(haven) => {
            let known = app.store().load::<::haven::Store>(haven).await?.state.district;
            known.unwrap_or_else(of_first)
        }
        Source::Citizen => of_first(),
    })
}

/// Puts an alarm into the journal. While one of the same team, till or walk is open a further
/// press adds to it; a citizen's phone that repeats its key is answered with the first.
pub(crate) async fn land(
    app: &App,
    source: Source,
    raise: Raise,
    chosen: Option<String>,
) -> Result<Id<id::Alarm>, Turned> {
    let now = app.now();
    let audience = match source {
        Source::Citizen => "citizen".to_owned(),
        Source::Escort(walk) => format!("walk/{walk}"),
        Source::Team(team) => format!("team/{team}"),
        Source::Haven(haven) => format!("haven/{haven}"),
    };
    let chosen = match chosen {
        Some(chosen) => chosen,
        None => App::random_token()?,
    };
    // The body is not part of the key's request: a phone that repeats itself may know more by now.
    let key = store::Key::new(&audience, &chosen, b"alarm");
    let mut told = Told::of(raise.locations.clone());
    told.locations.extend(known_place(app, source));
    let message = digest(&raise.locations);
    let district = district(app, source, &told).await?;
    let open = app.night().await?.open_alarm(source).map(|story| story.id);
    let open = open.filter(|_| source != Source::Citizen);
    let landing = Landing { source, raise, key, told, message, district, open, now };
    app.store().transact("alarm::raise", async |tx| landing.land(app, tx).await).await
}

/// Everything an alarm lands with, looked up before the city is held.
struct Landing {
    source: Source,
    raise: Raise,
    key: store::Key,
    told: Told,
    message: String,
    district: DistrictCode,
    open: Option<Id<id::Alarm>>,
    now: Instant,
}

impl Landing {
    fn context(&self) -> Context {
        Context::new(actor(self.source), self.now).in_district(self.district.clone())
    }

    async fn land(&self, app: &App, tx: &mut Tx) -> Result<Id<id::Alarm>, Turned> {
        if let Recall::Answered(outcome) = tx.recall(&self.key).await? {
            let alarm = outcome.id();
            // It knows more than the first time: that is added.
            if outcome.reply != self.message {
                self.add(app, tx, alarm).await?;
            }
            return Ok(alarm);
        }
        let still_open = match self.open {
            Some(alarm) => tx.load::<Alarm>(alarm).await?.state.open().then_some(alarm),
            None => None,
        };
        let alarm = match still_open {
            Some(alarm) => alarm,
            None => store::new_id::<id::Alarm>()?,
        };
        let (pin, duress) = (self.raise.pin.as_deref(), self.raise.duress_pin.as_deref());
        let row = Told::of(self.told.locations.clone())
            .with_pins(app.pin_key(), alarm, pin, duress)
            .keep(tx, app, self.now)
            .await?;
        let press = Command::Raise(Press {
            source: self.source,
            grade: self.raise.grade.map_or(Grade::HelpNow, grade),
            district: self.district.clone(),
            // A phone's clock may be wrong; nobody pressed in the future.
            first_at: self.raise.first_at.min(self.now),
            silent: self.raise.silent,
            location: row,
        });
        let context = self.context().keyed(self.key);
        let raised = tx.act::<Alarm>(alarm, press, &app.pack().rules.alarm, &context).await?;
        let outcome = Outcome {
            stream: "alarm.alarm".to_owned(),
            id_bits: alarm.bits(),
            number: raised.number,
            reply: self.message.clone(),
        };
        tx.remember(&self.key, &outcome, self.now).await?;
        Ok(alarm)
    }

    async fn add(&self, app: &App, tx: &mut Tx, alarm: Id<id::Alarm>) -> Result<(), Turned> {
        let told = Told::of(self.told.locations.clone());
        let Some(location) = told.keep(tx, app, self.now).await? else { return Ok(()) };
        let more = Command::AddLocation { location };
        let rules = &app.pack().rules.alarm;
        match tx.act::<Alarm>(alarm, more, rules, &self.context()).await {
            Err(Stopped::Failed(failure)) => Err(failure.into()),
            // Closed meanwhile: there is nobody to tell.
            Ok(_) | Err(Stopped::Refused(_)) => Ok(()),
        }
    }
}

/// What a repeat is compared with: whether the phone knows more by now.
fn digest(locations: &[LocationCandidate]) -> String {
    let mut hash = Sha256::new();
    for one in locations {
        hash.update(one.at.lat.to_be_bytes());
        hash.update(one.at.lon.to_be_bytes());
        hash.update(one.seen_at.millis().to_be_bytes());
    }
    // Kept in the clear: shortened, so that it cannot be searched for the places it was made of.
    let short = hash.finalize();
    format!("{}", u16::from_be_bytes([short[0], short[1]]))
}
