//! Who works beside the desk: the programme's manager, patrols, and those at the centers of the
//! one-stop network.

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

/// Somebody at a center that this city's pack names: a caseworker, who may approve, or somebody where
/// only referrals are taken. What each may do the policies say.
#[derive(Clone, Copy, Debug)]
pub struct Caseworker {
    /// Her seat.
    pub person: Id<id::Person>,
    /// Her center.
    pub center: Id<id::Center>,
    /// What she signed in as.
    of: SeatOf,
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

impl FromRequestParts<App> for Caseworker {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let signed = app.signed_in(&parts.headers).await?.ok_or(Turned::NotSignedIn)?;
        let of = signed.seat.of;
        match of.center() {
            // A center that has left the network has no caseworkers any more.
            Some(center) if app.pack().center(center).is_some() => {
                Ok(Self { person: signed.seat.id, center, of })
            }
            _ => Err(Turned::NotYours),
        }
    }
}

impl From<&Caseworker> for access::Who {
    fn from(one: &Caseworker) -> Self {
        let Caseworker { person, center, of } = *one;
        match of {
            SeatOf::CaseSupervisor { .. } => Self::CaseSupervisor { person, center },
            SeatOf::ServicePartner { .. } => Self::ServicePartner { person, center },
            _ => Self::Caseworker { person, center },
        }
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
