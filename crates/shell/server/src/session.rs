//! Who is signed in. Staff by passkey; tills and team phones are paired devices. A one-time code,
//! printed by the operator, is the only way to a new seat.

use crate::{
    Config,
    app::{App, NotBuilt},
    asked::{Answer, Told},
    auth::Seat,
    problem::Turned,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Id, Instant, Secret, Span, id};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::{Failure, Passkey};
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        DiscoverableAuthentication, DiscoverableKey, PasskeyRegistration, PublicKeyCredential,
        RegisterPublicKeyCredential, Url, Uuid,
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
    Register(Box<PasskeyRegistration>, Id<id::Person>),
    SignIn(Box<DiscoverableAuthentication>),
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

fn shown(app: &App, seat: Option<&Seat>) -> Session {
    let _ = app;
    Session {
        role: seat.map(|seat| seat.of.role()),
        shown_as: seat.map(|seat| seat.label.shown_as.clone()),
        district: seat.map(|seat| seat.district.to_string()),
    }
}

async fn signed_in(app: &App, seat: &Seat) -> Result<Response, Turned> {
    let cookie = app.open_session(seat).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(shown(app, Some(seat)))).into_response())
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "session",
    responses((status = 200, body = Session)))]
pub async fn session(State(app): State<App>, headers: HeaderMap) -> Answer<Session> {
    let seat = app.signed_in(&headers).await?;
    Ok(Json(shown(&app, seat.as_ref())))
}

/// Sign out.
#[utoipa::path(delete, path = "/api/session", tag = "session",
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Turned> {
    let now = app.now();
    if let Some(token) = app.session_token(&headers)
        && let Some(session) = app.store().session(&token, now).await?
    {
        app.store()
            .transact("session::sign_out", async |tx| tx.session_revoke(session.id, now).await)
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

/// Use a one-time code: a device is signed in at once, a dispatcher makes a passkey.
#[utoipa::path(post, path = "/api/session/enroll", tag = "session", request_body = Enroll,
    responses((status = 200, body = Enrolling), (status = "4XX", body = Problem)))]
pub async fn enroll(
    State(app): State<App>,
    Told(enroll): Told<Enroll>,
) -> Result<Response, Turned> {
    let now = app.now();
    let code = Secret::new(normal(&enroll.code));
    let person = app
        .store()
        .transact("session::enroll", async |tx| tx.enrolment_use(&code, now).await)
        .await?
        .ok_or(Turned::SignInFailed)?;
    app.seats().load(app.store(), now).await?;
    let seat = app.seats().get(person).ok_or(Turned::SignInFailed)?;
    if !seat.of.of_person() {
        let cookie = app.open_session(&seat).await?;
        let enrolling =
            Enrolling { session: Some(shown(&app, Some(&seat))), passkey: None, ceremony: None };
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
    let begun = Ceremony::Register(Box::new(state), seat.id);
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
    Told(finish): Told<PasskeyFinish>,
) -> Result<Response, Turned> {
    let now = app.now();
    let taken = app.inner().ceremonies.take(&finish.ceremony, now);
    let Some(Ceremony::Register(state, person)) = taken else { return Err(Turned::SignInFailed) };
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
    app.store().transact("session::passkey", async |tx| tx.passkey_put(&kept).await).await?;
    let seat = app.seats().get(person).ok_or(Turned::SignInFailed)?;
    signed_in(&app, &seat).await
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
    signed_in(&app, &seat).await
}

/// A code as it was printed, however it was typed.
pub(crate) fn normal(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
