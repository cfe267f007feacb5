//! Who works for the programme beside the desk: its manager, and patrols.

use super::{Seat, SeatOf};
use crate::{app::App, problem::Turned, roster};
use access::{Action, What};
use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::{Actor, DistrictCode, Id, id};

/// The programme manager of a district.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Her seat.
    pub person: Id<id::Person>,
    /// Her district.
    pub district: DistrictCode,
}

/// A patrol on its phone.
#[derive(Clone, Debug)]
pub struct Patrol {
    /// Its seat.
    pub seat: Id<id::Person>,
    /// Its district.
    pub district: DistrictCode,
}

impl Programme {
    /// As the journal knows her.
    pub const fn actor(&self) -> Actor {
        Actor::Seat(self.person)
    }
    /// Whose idempotency keys these are.
    pub fn audience(&self) -> String {
        format!("seat/{}", self.person)
    }
}

impl Patrol {
    /// The two who walk with this phone.
    pub fn team(&self) -> Id<id::Team> {
        roster::patrol_team(self.seat)
    }
    /// As the journal knows it.
    pub const fn actor(&self) -> Actor {
        Actor::Seat(self.seat)
    }
    /// Whose idempotency keys these are.
    pub fn audience(&self) -> String {
        format!("seat/{}", self.seat)
    }
}

/// The seat signed in, if it is this one; whoever has another is told that it is not hers.
async fn seat(parts: &Parts, app: &App, of: SeatOf) -> Result<Seat, Turned> {
    let signed = app.signed_in(&parts.headers).await?.ok_or(Turned::NotSignedIn)?;
    if signed.seat.of == of { Ok(signed.seat) } else { Err(Turned::NotYours) }
}

impl FromRequestParts<App> for Programme {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let Seat { id, district, .. } = seat(parts, app, SeatOf::Programme).await?;
        Ok(Self { person: id, district })
    }
}

impl FromRequestParts<App> for Patrol {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let Seat { id, district, .. } = seat(parts, app, SeatOf::Patrol).await?;
        Ok(Self { seat: id, district })
    }
}

impl From<&Programme> for access::Who {
    fn from(manager: &Programme) -> Self {
        Self::Programme { person: manager.person, district: manager.district.clone() }
    }
}

impl From<&Patrol> for access::Who {
    fn from(patrol: &Patrol) -> Self {
        Self::Patrol { seat: patrol.seat, district: patrol.district.clone() }
    }
}

impl App {
    /// What is done in a district as a whole.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] when the policies do not permit it.
    pub(crate) fn may_in(
        &self,
        who: impl Into<access::Who>,
        action: Action,
        district: &DistrictCode,
    ) -> Result<(), Turned> {
        self.may(&who.into(), action, &What::District(district.clone()))
    }
}
