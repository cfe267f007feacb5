//! Who works for the programme beside the desk: its manager, and patrols.

use super::session::{Dispatcher, Team, Who};
use crate::{app::App, problem::Turned};
use access::Action;
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
    team: Id<id::Team>,
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
    pub const fn team(&self) -> Id<id::Team> {
        self.team
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

impl FromRequestParts<App> for Programme {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        match Who::from_request_parts(parts, app).await? {
            Who::Dispatcher(Dispatcher { person, district }) => Ok(Self { person, district }),
            Who::Nobody => Err(Turned::NotSignedIn),
            _ => Err(Turned::NotYours),
        }
    }
}

impl FromRequestParts<App> for Patrol {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        match Who::from_request_parts(parts, app).await? {
            Who::Team(Team { team }) => {
                let all = app.seats().all();
                let of = super::SeatOf::Team { team };
                let seat = all.values().find(|seat| seat.of == of).ok_or(Turned::NotYours)?;
                Ok(Self { seat: seat.id, district: seat.district.clone(), team })
            }
            Who::Nobody => Err(Turned::NotSignedIn),
            _ => Err(Turned::NotYours),
        }
    }
}

/// Somebody who acts in one district.
pub trait InDistrict {
    /// Which.
    fn district(&self) -> &DistrictCode;
}

impl InDistrict for Programme {
    fn district(&self) -> &DistrictCode {
        &self.district
    }
}
impl InDistrict for Patrol {
    fn district(&self) -> &DistrictCode {
        &self.district
    }
}
impl InDistrict for Dispatcher {
    fn district(&self) -> &DistrictCode {
        &self.district
    }
}

impl App {
    /// What is done in a district as a whole.
    pub(crate) fn may_in(
        &self,
        who: &impl InDistrict,
        _action: Action,
        district: &DistrictCode,
    ) -> Result<(), Turned> {
        if who.district() == district { Ok(()) } else { Err(Turned::NoSuchThing) }
    }
}
