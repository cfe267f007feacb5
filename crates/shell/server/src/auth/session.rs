//! Who is signed in, as handlers take it in: one type for each role, so that a handler of one role
//! cannot be reached by another.

use super::{Seat, SeatOf};
use crate::{app::App, problem::Turned};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use kernel::{Actor, DistrictCode, Id, Instant, Span, id};

/// A dispatcher at a desk.
#[derive(Clone, Debug)]
pub struct Dispatcher {
    /// Her seat.
    pub person: Id<id::Person>,
    /// The desk's district.
    pub district: DistrictCode,
}

/// A supervisor of all districts.
#[derive(Clone, Debug)]
pub struct Supervisor {
    /// Her seat.
    pub person: Id<id::Person>,
    /// Where the seat is kept.
    pub district: DistrictCode,
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

/// Somebody who looks after seats: her own at least.
#[derive(Clone, Debug)]
pub struct Keeper {
    /// Her seat.
    pub person: Id<id::Person>,
    /// As what she is signed in.
    pub of: SeatOf,
    /// Her district.
    pub district: DistrictCode,
    /// The session she does it through.
    pub session: Id<id::Session>,
    /// When she last showed her passkey in it.
    pub confirmed_at: Option<Instant>,
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
    /// A patrol on its phone. Its walks come with `patrol`; so far it may what everybody may.
    Patrol,
    /// A programme manager, an analyst, an administrator, somebody at a center: no walk and no alarm is
    /// theirs.
    Office,
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

impl Keeper {
    /// As the journal knows her.
    pub const fn actor(&self) -> Actor {
        self.of.actor(self.person)
    }
    /// Whose idempotency keys these are.
    pub fn audience(&self) -> String {
        format!("seat/{}", self.person)
    }
    /// Asks for her passkey unless she showed it a moment ago: what she is about to do must not be
    /// done by whoever finds her screen open.
    ///
    /// # Errors
    /// [`Turned::Confirm`].
    pub fn confirmed(&self, app: &App) -> Result<(), Turned> {
        let fresh = Span::minutes(app.pack().rules.server.reauth_minutes.into());
        match self.confirmed_at {
            Some(at) if app.now().since(at) < fresh => Ok(()),
            _ => Err(Turned::Confirm),
        }
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

impl App {
    /// Who is signed in by the cookie of these headers, as the database says it now.
    pub(crate) async fn who(&self, headers: &HeaderMap) -> Result<Who, Turned> {
        let Some(signed) = self.signed_in(headers).await? else { return Ok(Who::Nobody) };
        let Seat { id, of, district, .. } = signed.seat;
        Ok(match of {
            SeatOf::Dispatcher => Who::Dispatcher(Dispatcher { person: id, district }),
            SeatOf::Supervisor => Who::Supervisor(Supervisor { person: id, district }),
            SeatOf::Team { team } => Who::Team(Team { team }),
            SeatOf::Haven { haven } => Who::Till(Till { haven }),
            SeatOf::Patrol => Who::Patrol,
            SeatOf::Programme
            | SeatOf::Analyst
            | SeatOf::Administrator
            | SeatOf::Caseworker { .. }
            | SeatOf::ServicePartner { .. }
            | SeatOf::CaseSupervisor { .. } => Who::Office,
        })
    }
}

impl FromRequestParts<App> for Who {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        app.who(&parts.headers).await
    }
}

impl FromRequestParts<App> for Keeper {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let signed = app.signed_in(&parts.headers).await?.ok_or(Turned::NotSignedIn)?;
        if signed.seat.of.device() {
            return Err(Turned::NotYours);
        }
        Ok(Self {
            person: signed.seat.id,
            of: signed.seat.of,
            district: signed.seat.district,
            session: signed.session.id,
            confirmed_at: signed.session.confirmed_at,
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
