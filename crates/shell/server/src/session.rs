//! Who is signed in. Staff by passkey; tills and team phones are paired devices. A one-time code,
//! made by an administrator or printed by the operator, is the only way to a new seat.

pub mod confirm;
pub mod role;

use crate::{
    Config,
    app::{App, NotBuilt},
    asked::{Answer, Told},
    auth::{Seat, SeatOf},
    problem::Turned,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Actor, Id, Instant, Secret, Span, id};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::{Context, Failure, Passkey};
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        DiscoverableAuthentication, DiscoverableKey, PasskeyAuthentication, PasskeyRegistration,
        PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid,
    },
};
use wire::{
    problem::Problem,
    session::{Enroll, Enrolling, PasskeyFinish, PasskeyStarted, Session},
};

/// A ceremony not finished by then has to begin again.
const CEREMONY: Span = Span::minutes(5);
/// Ceremonies held at once; the oldest goes first. More would be somebody's script.
const MOST: usize = 500;

/// Half-done passkey ceremonies, in memory: a restart asks people to begin again.
#[derive(Default)]
pub(crate) struct Ceremonies {
    open: Mutex<HashMap<String, (Ceremony, Instant)>>,
}

enum Ceremony {
    /// A passkey is made for a seat; since when.
    Register(Box<PasskeyRegistration>, Id<id::Person>, Instant),
    SignIn(Box<DiscoverableAuthentication>),
    /// Whoever holds this session shows her passkey once more.
    Confirm(Box<PasskeyAuthentication>, Id<id::Session>),
}

impl Ceremonies {
    fn begin(&self, name: String, ceremony: Ceremony, now: Instant) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (_, began)| now.since(*began) < CEREMONY);
        if open.len() >= MOST
            && let Some(oldest) =
                open.iter().min_by_key(|(_, (_, began))| *began).map(|(name, _)| name.clone())
        {
            open.remove(&oldest);
        }
        open.insert(name, (ceremony, now));
    }

    fn take(&self, name: &str, now: Instant) -> Option<Ceremony> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let (ceremony, began) = open.remove(name)?;
        (now.since(began) < CEREMONY).then_some(ceremony)
    }
}

/// Passkeys of the public origin. `None` when it has no name that passkeys can belong to (a bare
/// address): then dispatchers cannot enroll, and everything else works.
pub(crate) fn webauthn(config: &Config) -> Result<Option<Webauthn>, NotBuilt> {
    let wrong = || NotBuilt::Origin { origin: config.public_origin.clone() };
    let url = Url::parse(&config.public_origin).map_err(|_text| wrong())?;
    if !matches!(url.scheme(), "http" | "https") || config.public_origin.ends_with('/') {
        return Err(wrong());
    }
    let Some(host) = url.domain() else { return Ok(None) };
    let built = WebauthnBuilder::new(host, &url)
        .map(|builder| builder.rp_name(&config.pack.name.en))
        .and_then(WebauthnBuilder::build);
    Ok(built.ok())
}

/// What a screen is told of a seat that is signed in.
pub(crate) fn shown(seat: Option<&Seat>) -> Session {
    let mut roles: Vec<_> = seat.into_iter().flat_map(|seat| &seat.held).copied().collect();
    roles.sort_by_key(|of| seat.is_some_and(|seat| seat.of != *of));
    Session {
        role: seat.map(|seat| seat.of.role()),
        shown_as: seat.map(|seat| seat.label.shown_as.clone()),
        district: seat.map(|seat| seat.district.to_string()),
        roles: roles.into_iter().map(SeatOf::role).collect(),
    }
}

/// Signs in to a seat; `confirmed` when it was by a passkey.
async fn signed_in(
    app: &App,
    seat: &Seat,
    came_with: &HeaderMap,
    confirmed: bool,
) -> Result<Response, Turned> {
    let cookie = app.open_session(seat, came_with, confirmed).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(shown(Some(seat)))).into_response())
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "session",
    responses((status = 200, body = Session)))]
pub async fn session(State(app): State<App>, headers: HeaderMap) -> Answer<Session> {
    let signed = app.signed_in(&headers).await?;
    Ok(Json(shown(signed.as_ref().map(|signed| &signed.seat))))
}

/// Sign out.
#[utoipa::path(delete, path = "/api/session", tag = "session",
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Turned> {
    let now = app.now();
    if let Some(token) = app.session_token(&headers)
        && let Some(session) = app.store().session(&token, now).await?
    {
        let seat = session.person.and_then(|person| app.seats().get(person));
        let actor = seat.map_or(Actor::Citizen, |seat| seat.of.actor(seat.id));
        let context = Context::new(actor, now);
        app.store()
            .transact("session::sign_out", async |tx| {
                crate::seat::end_session(tx, session.id, session.person, &context).await
            })
            .await?;
        app.inner().played.leave(token.expose());
    }
    // What a browser kept of the screens goes too.
    let clear = (header::HeaderName::from_static("clear-site-data"), "\"cache\"");
    let cookie = app.no_cookie()?.to_str().unwrap_or_default().to_owned();
    let headers = [(header::SET_COOKIE.as_str(), cookie.as_str()), (clear.0.as_str(), clear.1)];
    Ok((StatusCode::NO_CONTENT, headers.map(|(name, value)| (name.to_owned(), value.to_owned())))
        .into_response())
}

/// Use a one-time code: a device is signed in at once, anybody else makes a passkey.
#[utoipa::path(post, path = "/api/session/enroll", tag = "session", request_body = Enroll,
    responses((status = 200, body = Enrolling), (status = "4XX", body = Problem)))]
pub async fn enroll(
    State(app): State<App>,
    headers: HeaderMap,
    Told(enroll): Told<Enroll>,
) -> Result<Response, Turned> {
    let now = app.now();
    let code = Secret::new(normal(&enroll.code));
    let person = app
        .store()
        .transact("session::enroll", async |tx| tx.enrolment_use(&code, now).await)
        .await?
        .ok_or(Turned::SignInFailed)?;
    // Every seat of this process is known already; another process may have opened this one just now.
    if app.seats().get(person).is_none() {
        app.seats().load(app.store(), now).await?;
    }
    let seat = app.seats().get(person).ok_or(Turned::SignInFailed)?;
    if seat.of.device() {
        let cookie = app.open_session(&seat, &headers, false).await?;
        let enrolling =
            Enrolling { session: Some(shown(Some(&seat))), passkey: None, ceremony: None };
        return Ok(([(header::SET_COOKIE, cookie)], Json(enrolling)).into_response());
    }
    let webauthn = app.inner().webauthn.as_ref().ok_or(Turned::SignInFailed)?;
    let (challenge, state) = webauthn
        .start_passkey_registration(
            Uuid::from_u128(seat.id.bits()),
            &seat.label.shown_as,
            &seat.label.shown_as,
            None,
        )
        .map_err(|_why| Turned::SignInFailed)?;
    // She signs in without saying who she is, so the passkey must be one that can be found.
    let mut passkey = serde_json::to_value(&challenge.public_key).map_err(Failure::Unwritable)?;
    passkey["authenticatorSelection"]["residentKey"] = "required".into();
    passkey["authenticatorSelection"]["requireResidentKey"] = true.into();
    let ceremony = App::random_token()?;
    let begun = Ceremony::Register(Box::new(state), seat.id, now);
    app.inner().ceremonies.begin(ceremony.clone(), begun, now);
    let enrolling = Enrolling { session: None, passkey: Some(passkey), ceremony: Some(ceremony) };
    Ok(Json(enrolling).into_response())
}

/// The passkey was made: keep it and sign in.
#[utoipa::path(post, path = "/api/session/enroll/finish", tag = "session",
    request_body = PasskeyFinish,
    responses((status = 200, body = Session), (status = "4XX", body = Problem)))]
pub async fn enroll_finish(
    State(app): State<App>,
    headers: HeaderMap,
    Told(finish): Told<PasskeyFinish>,
) -> Result<Response, Turned> {
    let now = app.now();
    let taken = app.inner().ceremonies.take(&finish.ceremony, now);
    let Some(Ceremony::Register(state, person, began)) = taken else {
        return Err(Turned::SignInFailed);
    };
    let webauthn = app.inner().webauthn.as_ref().ok_or(Turned::SignInFailed)?;
    let made: RegisterPublicKeyCredential =
        serde_json::from_value(finish.credential).map_err(|_json| Turned::SignInFailed)?;
    let passkey =
        webauthn.finish_passkey_registration(&made, &state).map_err(|_why| Turned::SignInFailed)?;
    let kept = Passkey {
        id: passkey.cred_id().clone(),
        person,
        credential: serde_json::to_string(&passkey).map_err(Failure::Unwritable)?,
        created_at: now,
        used_at: None,
    };
    app.store()
        .transact("session::passkey", async |tx| {
            // Whoever ends everything of a seat ends what was being made for it, too.
            let ended_at = tx.load::<access::Seat>(person).await?.state.ended_at;
            if ended_at.is_some_and(|ended_at| ended_at >= began) {
                return Err(Turned::SignInFailed);
            }
            Ok(tx.passkey_put(&kept).await?)
        })
        .await?;
    let seat = app.seats().get(person).ok_or(Turned::SignInFailed)?;
    signed_in(&app, &seat, &headers, true).await
}

/// Begin to sign in with a passkey. Says nothing about who could.
#[utoipa::path(post, path = "/api/session/passkey/start", tag = "session",
    responses((status = 200, body = PasskeyStarted), (status = "4XX", body = Problem)))]
pub async fn passkey_start(State(app): State<App>) -> Answer<PasskeyStarted> {
    let webauthn = app.inner().webauthn.as_ref().ok_or(Turned::SignInFailed)?;
    let (challenge, state) =
        webauthn.start_discoverable_authentication().map_err(|_why| Turned::SignInFailed)?;
    let ceremony = App::random_token()?;
    let begun = Ceremony::SignIn(Box::new(state));
    app.inner().ceremonies.begin(ceremony.clone(), begun, app.now());
    let passkey = serde_json::to_value(&challenge.public_key).unwrap_or_default();
    Ok(Json(PasskeyStarted { passkey, ceremony }))
}

/// The passkey answered: sign in.
#[utoipa::path(post, path = "/api/session/passkey/finish", tag = "session",
    request_body = PasskeyFinish,
    responses((status = 200, body = Session), (status = "4XX", body = Problem)))]
pub async fn passkey_finish(
    State(app): State<App>,
    headers: HeaderMap,
    Told(finish): Told<PasskeyFinish>,
) -> Result<Response, Turned> {
    let now = app.now();
    let no = || Turned::SignInFailed;
    let taken = app.inner().ceremonies.take(&finish.ceremony, now);
    let Some(Ceremony::SignIn(state)) = taken else { return Err(no()) };
    let webauthn = app.inner().webauthn.as_ref().ok_or_else(no)?;
    let answer: PublicKeyCredential =
        serde_json::from_value(finish.credential).map_err(|_json| no())?;
    let (_user, credential) =
        webauthn.identify_discoverable_authentication(&answer).map_err(|_why| no())?;
    let kept = app.store().passkey(credential).await?.ok_or_else(no)?;
    let mut passkey: webauthn_rs::prelude::Passkey =
        serde_json::from_str(&kept.credential).map_err(|_json| no())?;
    #[expect(deprecated, reason = "its successor takes a type that is not public by default")]
    let result = webauthn
        .finish_discoverable_authentication(&answer, *state, &[DiscoverableKey::from(&passkey)])
        .map_err(|_why| no())?;
    passkey.update_credential(&result);
    let kept = Passkey {
        credential: serde_json::to_string(&passkey).map_err(Failure::Unwritable)?,
        used_at: Some(now),
        ..kept
    };
    app.store().transact("session::passkey", async |tx| tx.passkey_put(&kept).await).await?;
    let seat = app.seats().get(kept.person).ok_or_else(no)?;
    signed_in(&app, &seat, &headers, true).await
}

/// A code as it was printed, however it was typed.
pub(crate) fn normal(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
