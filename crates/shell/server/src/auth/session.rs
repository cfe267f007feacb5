//! The session of a request: a cookie with 256 random bits, of which the store keeps the hash.

use super::{Seat, SeatOf};
use crate::{app::App, problem::Turned};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use kernel::{Actor, DistrictCode, Id, Instant, Secret, Span, id};
use store::{Failure, NewSession};

/// A dispatcher at a desk.
#[derive(Clone, Debug)]
pub struct Dispatcher {
    /// Her seat.
    pub person: Id<id::Person>,
    /// The desk's district.
    pub district: DistrictCode,
}

/// A supervisor of all districts.
#[derive(Clone, Copy, Debug)]
pub struct Supervisor {
    /// Her seat.
    pub person: Id<id::Person>,
}

/// A team on its phone.
#[derive(Clone, Copy, Debug)]
pub struct Team {
    /// Which.
    pub team: Id<id::Team>,
}

/// A store's till.
#[derive(Clone, Copy, Debug)]
pub struct Till {
    /// Which store's.
    pub haven: Id<id::Haven>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody.
    Nobody,
    /// A dispatcher.
    Dispatcher(Dispatcher),
    /// A supervisor.
    Supervisor(Supervisor),
    /// A team.
    Team(Team),
    /// A till.
    Till(Till),
}

impl Dispatcher {
    /// As the journal knows her.
    pub const fn actor(&self) -> Actor {
        Actor::Desk(self.person)
    }
    /// Whose idempotency keys these are.
    pub fn audience(&self) -> String {
        format!("desk/{}", self.person)
    }
}

impl Team {
    /// As the journal knows it.
    pub const fn actor(&self) -> Actor {
        Actor::Team(self.team)
    }
    /// Whose idempotency keys these are.
    pub fn audience(&self) -> String {
        format!("team/{}", self.team)
    }
}

impl Till {
    /// As the journal knows it.
    pub const fn actor(&self) -> Actor {
        Actor::Haven(self.haven)
    }
    /// Whose idempotency keys these are.
    pub fn audience(&self) -> String {
        format!("haven/{}", self.haven)
    }
}

/// How often a session's last use is noted, at most.
const NOTED_EVERY: Span = Span::minutes(5);

impl App {
    fn cookie_name(&self) -> &'static str {
        // The prefix binds the cookie to this host over TLS; without TLS browsers refuse it.
        if self.secure() { "__Host-waylight" } else { "waylight" }
    }

    fn session_ends(&self, of: SeatOf, now: Instant) -> Instant {
        let limits = &self.pack().rules.server;
        match of {
            SeatOf::Dispatcher | SeatOf::Supervisor => {
                now + Span::hours(limits.session_hours.into())
            }
            SeatOf::Team { .. } | SeatOf::Haven { .. } => {
                now + Span::days(limits.device_days.into())
            }
        }
    }

    /// The token in the cookie, if there is one.
    pub(crate) fn session_token(&self, headers: &HeaderMap) -> Option<Secret<String>> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|text| text.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(self.cookie_name())?.strip_prefix('='))
            .map(|token| Secret::new(token.to_owned()))
    }

    /// The seat of the session in the cookie, if it is open.
    pub(crate) async fn signed_in(&self, headers: &HeaderMap) -> Result<Option<Seat>, Failure> {
        let Some(token) = self.session_token(headers) else { return Ok(None) };
        let now = self.now();
        let Some(session) = self.store().session(&token, now).await? else { return Ok(None) };
        let Some(seat) = session.person.and_then(|person| self.seats().get(person)) else {
            return Ok(None);
        };
        if self.demo().is_some() {
            self.inner().played.heard(token.expose());
        }
        if now.since(session.seen_at) > NOTED_EVERY {
            // A person's session ends with the night whether used or not; a device's lives on.
            let expires_at = if seat.of.of_person() {
                session.expires_at
            } else {
                self.session_ends(seat.of, now)
            };
            self.store()
                .transact("session::seen", async |tx| {
                    tx.session_seen(session.id, now, expires_at).await
                })
                .await?;
        }
        Ok(Some(seat))
    }

    /// Opens a session for a seat: the cookie to set.
    pub(crate) async fn open_session(&self, seat: &Seat) -> Result<HeaderValue, Turned> {
        let token = Self::random_token()?;
        let now = self.now();
        let session = NewSession {
            token: Secret::new(token.clone()),
            person: Some(seat.id),
            device: None,
            role: serde_json::to_string(&seat.of).map_err(Failure::Unwritable)?,
            created_at: now,
            expires_at: self.session_ends(seat.of, now),
        };
        self.store().transact("session::open", async |tx| tx.session_open(&session).await).await?;
        let seconds = session.expires_at.since(now).as_seconds();
        self.cookie(&token, seconds)
    }

    /// The cookie that ends a session in the browser.
    pub(crate) fn no_cookie(&self) -> Result<HeaderValue, Turned> {
        self.cookie("", 0)
    }

    fn cookie(&self, token: &str, seconds: i64) -> Result<HeaderValue, Turned> {
        let secure = if self.secure() { "; Secure" } else { "" };
        let name = self.cookie_name();
        let text =
            format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
        HeaderValue::from_str(&text).map_err(|_letters| Turned::Fault)
    }
}

impl FromRequestParts<App> for Who {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        Ok(match app.signed_in(&parts.headers).await? {
            None => Self::Nobody,
            Some(Seat { of: SeatOf::Dispatcher, id, district, .. }) => {
                Self::Dispatcher(Dispatcher { person: id, district })
            }
            Some(Seat { of: SeatOf::Supervisor, id, .. }) => {
                Self::Supervisor(Supervisor { person: id })
            }
            Some(Seat { of: SeatOf::Team { team }, .. }) => Self::Team(Team { team }),
            Some(Seat { of: SeatOf::Haven { haven }, .. }) => Self::Till(Till { haven }),
        })
    }
}

/// Only this role comes in; nobody is told to sign in, another role that it is not hers.
macro_rules! only {
    ($role:ident) => {
        impl FromRequestParts<App> for $role {
            type Rejection = Turned;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
                match Who::from_request_parts(parts, app).await? {
                    Who::$role(one) => Ok(one),
                    Who::Nobody => Err(Turned::NotSignedIn),
                    _ => Err(Turned::NotYours),
                }
            }
        }
    };
}
only!(Dispatcher);
only!(Supervisor);
only!(Team);
only!(Till);
