//! Whom a page believes, whose keys there are, and a challenge to sign.

use super::Known;
use crate::{
    app::App,
    asked::Answer,
    pack::{Center, Service, Takes},
};
use ::onestop::{challenge, log::Door};
use axum::{Json, extract::State};
use kernel::Instant;
use wire::{
    onestop::{
        Bytes, CenterItem, CenterService, CenterTakes, Challenge, DeviceKeyItem, Directory, Exact,
        OneStopKeys, ReportDoor, TeamKeyItem, WitnessSignature,
    },
    problem::Problem,
};

/// Whom a page believes: the log and its witnesses.
#[utoipa::path(get, path = "/api/onestop/keys", tag = "onestop",
    responses((status = 200, body = OneStopKeys)))]
pub async fn keys(State(app): State<App>) -> Json<OneStopKeys> {
    let witnesses = app.pack().onestop.witnesses.iter().copied().map(Exact).collect();
    Json(OneStopKeys { log: Exact(app.onestop().log_key.public()), witnesses })
}

/// A challenge, good for ten minutes.
#[utoipa::path(get, path = "/api/onestop/challenge", tag = "onestop",
    responses((status = 200, body = Challenge)))]
pub async fn challenge(State(app): State<App>) -> Json<Challenge> {
    let given = challenge::give(&app.onestop().challenge_key, app.now());
    Json(Challenge { challenge: Exact(given) })
}

/// The centers, their keys with proofs, and whether a report can be sent.
#[utoipa::path(get, path = "/api/onestop/directory", tag = "onestop",
    responses((status = 200, body = Directory), (status = "5XX", body = Problem)))]
pub async fn directory(State(app): State<App>) -> Answer<Directory> {
    let known = app.keys_known().await?;
    let now = app.now();
    let door = match app.door(&known, now) {
        Door::Open => ReportDoor::Open,
        Door::Closed => ReportDoor::Closed,
    };
    let head = known.witnessed.as_ref().map(|(_, kept)| kept);
    let (team_keys, devices) = proved(&app, &known, now);
    Ok(Json(Directory {
        door,
        salt: Exact(app.onestop().salt),
        now,
        answer_within_hours: app.pack().onestop.answer_within_hours,
        matching: app.pack().onestop.matching.is_some(),
        head: head.map(|kept| Bytes(kept.head.clone())),
        head_signature: head.map(|kept| Bytes(kept.signature.clone())),
        witnesses: head.map(|kept| signatures(&kept.witnesses)).unwrap_or_default(),
        team_keys,
        devices,
        centers: app.pack().onestop.centers.iter().map(|one| center(&app, one)).collect(),
    }))
}

/// Witnesses' signatures as pages read them.
pub(super) fn signatures(by: &[store::WitnessedBy]) -> Vec<WitnessSignature> {
    let one = |by: &store::WitnessedBy| WitnessSignature {
        key: Exact(by.witness),
        signature: Bytes(by.signature.clone()),
    };
    by.iter().map(one).collect()
}

/// What is valid now, each with its proof to the witnessed head.
fn proved(app: &App, known: &Known, now: Instant) -> (Vec<TeamKeyItem>, Vec<DeviceKeyItem>) {
    let size = known.size();
    let proofs = app.onestop().proofs(&known.log, size);
    let proof = |index: usize| {
        proofs
            .get(index)
            .map(|steps| steps.iter().copied().map(Exact).collect())
            .unwrap_or_default()
    };
    let keys = known.log.current(size, now).into_iter();
    let keys = keys.filter(|one| app.is_center(one.key.team)).map(|one| TeamKeyItem {
        center: Exact(one.key.team.0),
        entry: Bytes(one.bytes.to_vec()),
        index: one.index as u64,
        proof: proof(one.index),
    });
    let devices = known.log.valid_devices(size, now).into_iter();
    let devices = devices.filter(|one| app.is_center(one.device.team)).map(|one| DeviceKeyItem {
        center: Exact(one.device.team.0),
        device: Exact(one.device.device.0),
        entry: Bytes(one.bytes.to_vec()),
        index: one.index as u64,
        proof: proof(one.index),
    });
    (keys.collect(), devices.collect())
}

fn center(app: &App, center: &Center) -> CenterItem {
    CenterItem {
        center: Exact(center.id(&app.pack().code).bits().to_be_bytes()),
        key: center.key.clone(),
        service: service(center.service),
        takes: takes(center.takes()),
        name: center.name.clone(),
        does: center.does.clone(),
        hours: center.hours.clone(),
        phone: center.phone.clone(),
    }
}

const fn takes(takes: Takes) -> CenterTakes {
    match takes {
        Takes::Reports => CenterTakes::Reports,
        Takes::Referrals => CenterTakes::Referrals,
    }
}

/// A service as the interface says it.
pub(super) const fn service(service: Service) -> CenterService {
    match service {
        Service::Counsel => CenterService::Counsel,
        Service::Medical => CenterService::Medical,
        Service::Legal => CenterService::Legal,
        Service::Shelter => CenterService::Shelter,
        Service::Police => CenterService::Police,
        Service::Figures => CenterService::Figures,
    }
}
