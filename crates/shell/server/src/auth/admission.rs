//! Getting in: a cookie with 256 random bits, of which the store keeps the hash; and what the cookie
//! of a request opens, as the database says it now.

use super::{Seat, SeatOf, seats};
use crate::{app::App, problem::Turned};
use access::seat::Command;
use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{Instant, Secret, Span};
use store::{Context, Failure, NewDevice, NewSession, Session};

/// How often a session's last use is noted, at most.
const NOTED_EVERY: Span = Span::minutes(5);

/// An open session and the seat it is on, as the role it is for.
pub struct Signed {
    /// The session.
    pub session: Session,
    /// The seat; `of` is what this session is for, of all that the seat holds.
    pub seat: Seat,
}

impl App {
    fn cookie_name(&self) -> &'static str {
        // The prefix binds the cookie to this host over TLS; without TLS browsers refuse it.
        if self.secure() { "__Host-waylight" } else { "waylight" }
    }

    fn session_ends(&self, of: SeatOf, now: Instant) -> Instant {
        let limits = &self.pack().rules.server;
        if of.device() {
            now + Span::days(limits.device_days.into())
        } else {
            now + Span::hours(limits.session_hours.into())
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

    /// The seat of the session in the cookie, if it is open: if it was not ended, has not expired
    /// or lain idle, and its role was not taken from the seat meanwhile. Asked of the database
    /// every time; what is in memory only says what to show.
    pub(crate) async fn signed_in(&self, headers: &HeaderMap) -> Result<Option<Signed>, Failure> {
        let Some(token) = self.session_token(headers) else { return Ok(None) };
        let now = self.now();
        let Some(session) = self.store().session(&token, now).await? else { return Ok(None) };
        let Some(signed) = self.admitted(session, &token, now) else { return Ok(None) };
        self.note_in_use([&signed], now).await?;
        Ok(Some(signed))
    }

    /// What an open session opens: nothing if it has lain idle, or its role was taken from the
    /// seat meanwhile.
    pub(super) fn admitted(
        &self,
        session: Session,
        token: &Secret<String>,
        now: Instant,
    ) -> Option<Signed> {
        let seat = self.seat_of(&session)?;
        let idle = Span::minutes(self.pack().rules.server.idle_minutes.into());
        if !seat.of.device() && now.since(session.seen_at) >= idle {
            return None;
        }
        if self.demo().is_some() {
            self.inner().played.heard(token.expose());
        }
        Some(Signed { session, seat })
    }

    /// Notes that these sessions are in use: each once in a few minutes, all in one transaction.
    pub(super) async fn note_in_use(
        &self,
        signed: impl IntoIterator<Item = &Signed>,
        now: Instant,
    ) -> Result<(), Failure> {
        let long_ago = |one: &&Signed| now.since(one.session.seen_at) > NOTED_EVERY;
        let noted: Vec<&Signed> = signed.into_iter().filter(long_ago).collect();
        if noted.is_empty() {
            return Ok(());
        }
        self.store()
            .transact("session::seen", async |tx| {
                for Signed { session, seat } in noted {
                    // A person's session ends with the night whether used or not; a device's
                    // lives on.
                    let expires_at = match seat.of {
                        of if of.device() => self.session_ends(of, now),
                        _ => session.expires_at,
                    };
                    if let Some(device) = session.device {
                        tx.device_seen(device, now).await?;
                    }
                    tx.session_seen(session.id, now, expires_at).await?;
                }
                Ok(())
            })
            .await
    }

    /// The seat a session is on, if it is still one for what the session was opened as.
    fn seat_of(&self, session: &Session) -> Option<Seat> {
        let (id, district) = (session.person?, session.district.clone()?);
        let of: SeatOf = serde_json::from_str(&session.role).ok()?;
        let held = seats::held(session.roles.as_deref()?);
        // A vest's phone stays signed in while the two who carry it change from night to night.
        let tonight =
            |one: &SeatOf| matches!((one, of), (SeatOf::Team { .. }, SeatOf::Team { .. }));
        let of = match held.iter().copied().find(tonight) {
            Some(team) => team,
            None if held.contains(&of) => of,
            None => return None,
        };
        let label = self.seats().get(id).map(|seat| seat.label).unwrap_or_default();
        Some(Seat { id, of, held, district, label })
    }

    /// Opens a session for a seat: the cookie to set. The token is always new; a session that the
    /// browser came with ends, whoever's it was. `confirmed`: a passkey was shown just now.
    pub(crate) async fn open_session(
        &self,
        seat: &Seat,
        came_with: &HeaderMap,
        confirmed: bool,
    ) -> Result<HeaderValue, Turned> {
        let token = Secret::new(Self::random_token()?);
        let now = self.now();
        let before = match self.session_token(came_with) {
            Some(old) => {
                self.inner().played.leave(old.expose());
                self.store().session(&old, now).await?
            }
            None => None,
        };
        let role = serde_json::to_string(&seat.of).map_err(Failure::Unwritable)?;
        let expires_at = self.session_ends(seat.of, now);
        let context = Context::new(seat.of.actor(seat.id), now).in_district(seat.district.clone());
        self.store()
            .transact("session::open", async |tx| {
                if let Some(before) = &before {
                    crate::seat::end_session(tx, before.id, before.person, &context).await?;
                }
                let device = if seat.of.device() {
                    let paired =
                        NewDevice { token: token.clone(), purpose: role.clone(), paired_at: now };
                    Some(tx.device_pair(&paired).await?)
                } else {
                    None
                };
                let opened = tx
                    .session_open(&NewSession {
                        token: token.clone(),
                        person: Some(seat.id),
                        device,
                        role: role.clone(),
                        created_at: now,
                        expires_at,
                        confirmed_at: confirmed.then_some(now),
                    })
                    .await?;
                let signs_in = Command::SignIn { session: opened, role: seat.of.journaled() };
                crate::seat::note(tx, seat.id, signs_in, &context).await
            })
            .await?;
        self.cookie(token.expose(), expires_at.since(now).as_seconds())
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
