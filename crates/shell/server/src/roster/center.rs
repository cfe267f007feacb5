//! Seats at centers of the one-stop network.

use super::{NotEnlisted, StaffSeat};
use crate::{
    Pack,
    auth::SeatOf,
    pack::{Center, Takes},
};
use kernel::{Id, id};
use wire::session::Role;

/// The center a roster names by its key.
fn center_of(key: &str, pack: &Pack) -> Result<Id<id::Center>, NotEnlisted> {
    let centers = &pack.onestop.centers;
    let found = centers.iter().find(|center| center.key == key);
    found.map(|center| center.id(&pack.code)).ok_or_else(|| {
        let known: Vec<_> = centers.iter().map(|center| center.key.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        NotEnlisted::Center { key: key.to_owned(), known }
    })
}

/// A seat at a center, as what the center takes allows it.
pub(super) fn seat(
    one: &StaffSeat,
    role: Role,
    key: &str,
    pack: &Pack,
) -> Result<SeatOf, NotEnlisted> {
    let center = center_of(key, pack)?;
    let takes = pack.center(center).map(Center::takes);
    match (role, takes) {
        (Role::Caseworker, Some(Takes::Reports)) => Ok(SeatOf::Caseworker { center }),
        (Role::CaseSupervisor, Some(Takes::Reports)) => Ok(SeatOf::CaseSupervisor { center }),
        (Role::ServicePartner, Some(Takes::Referrals)) => Ok(SeatOf::ServicePartner { center }),
        (Role::Caseworker | Role::CaseSupervisor | Role::ServicePartner, _) => {
            Err(NotEnlisted::Takes(one.shown_as.clone()))
        }
        _ => Err(NotEnlisted::Roles(one.shown_as.clone())),
    }
}
