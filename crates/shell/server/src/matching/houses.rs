//! Who takes part: the same for everybody who asks.

use crate::{app::App, asked::Answer};
use axum::{Json, extract::State};
use wire::{
    matching::{MatchingCounsel, MatchingHolder, MatchingHouses, MatchingIssuer},
    onestop::{Bytes, Exact},
    problem::Problem,
};

/// The houses of the matching, with their keys; there is no such thing where it is off.
#[utoipa::path(get, path = "/api/onestop/matching", tag = "matching",
    responses((status = 200, body = MatchingHouses), (status = "4XX", body = Problem)))]
pub async fn houses(State(app): State<App>) -> Answer<MatchingHouses> {
    let (houses, _) = app.matching()?;
    let issuer = &houses.issuer;
    let holders = (1_u8..).zip(&houses.holders).map(|(number, one)| MatchingHolder {
        number,
        name: one.name.clone(),
        origin: one.origin.as_str().to_owned(),
        key: Exact(one.key.0),
    });
    let counsel = houses
        .counsel
        .iter()
        .map(|one| MatchingCounsel { name: one.name.clone(), key: Bytes(one.key.0.clone()) });
    Ok(Json(MatchingHouses {
        issuer: MatchingIssuer {
            name: issuer.name.clone(),
            place: issuer.place.clone(),
            hours: issuer.hours.clone(),
            phone: issuer.phone.clone(),
            origin: issuer.origin.as_str().to_owned(),
            ask_key: Exact(issuer.ask_key.0),
            leave_key: Exact(issuer.leave_key.0),
        },
        holders: holders.collect(),
        matcher_key: Bytes(houses.matcher_key.0.clone()),
        counsel: counsel.collect(),
    }))
}
