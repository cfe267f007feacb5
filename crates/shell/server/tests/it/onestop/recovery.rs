//! A center that has lost its key: two shares give it back on a new device, which moves on to the next
//! key and tells whoever wrote. The server learns which key and the hour.

use super::{
    ANSWER, TOLD,
    browser::{Her, NOBODY, Worker, bytes, chance, directory, exact, read, text},
    opened, sent,
};
use crate::city::City;
use axum::http::StatusCode;
use kernel::Span;
use onestop::recovery::FOR_THE_SHARED_KEY;
use seal::{
    columns::ColumnNo,
    compartment::Kind,
    directory::Service,
    key::{PrivateKey, PublicKey},
    recovery::{join, split},
    report::Manifest,
    team::Epoch,
};
use serde_json::{Value, json};

/// Three shares of a center's newest key, as they stand on paper.
fn shares(worker: &Worker, seed: u64) -> [Vec<u8>; 3] {
    let epoch = Epoch { team: worker.team, number: worker.epoch };
    let shares = split(epoch, &worker.key, &mut chance(seed)).ok().unwrap();
    shares.map(|share| share.expose().to_vec())
}

/// An older key of the center, closed for its newest.
fn for_the_newest(worker: &Worker, older: &PrivateKey, epoch: u32, seed: u64) -> Value {
    let place = Epoch { team: worker.team, number: epoch };
    let newest = worker.key.public();
    let wrap = place.close(older, FOR_THE_SHARED_KEY, &newest, &mut chance(seed)).unwrap();
    json!({ "epoch": epoch, "wrap": text(wrap) })
}

/// What the new device closes for itself of the keys that came back.
fn closed_for_itself(worker: &Worker, keys: &[(u32, &PrivateKey)], seed: u64) -> Vec<Value> {
    let mut rng = chance(seed);
    let close = |(epoch, key): &(u32, &PrivateKey)| {
        let place = Epoch { team: worker.team, number: *epoch };
        let wrap = place.close(key, worker.id, &worker.device.key().public(), &mut rng).unwrap();
        json!({ "epoch": epoch, "wrap": text(wrap) })
    };
    keys.iter().map(close).collect()
}

#[tokio::test]
async fn two_shares_give_a_lost_key_back_with_every_case_and_she_is_told() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let first = counsel.key.clone();
    counsel.makes_key(&city, Service::Counsel).await;
    let nothing = city.get(&counsel.phone, "/api/onestop/shares").await.ok().body;
    assert_eq!(nothing, json!({ "made": null, "older": [], "back": null }));
    let paper = shares(&counsel, 40);
    let older = vec![for_the_newest(&counsel, &first, 1, 41)];
    let made = json!({ "epoch": 2, "older": older });
    counsel.post(&city, "shares", made.clone()).await.ok();
    counsel.post(&city, "shares", made).await.ok();
    // Everything but the papers is lost: the device, its key, the center's.
    drop(counsel);
    let part = "caseworker-gwanak-counseling-2";
    let mut new = Worker::registers(&city, part, 42).await;
    let told = city.get(&new.phone, "/api/onestop/shares").await.ok().body;
    let hour = city.app_now().rounded_to_hour().millis();
    assert_eq!(told["made"], json!({ "epoch": 2, "made_at": hour }));

    // One supervisor alone has nothing; two of them have it.
    assert!(join(&paper[1..2]).is_err());
    let (epoch, key) = join(&[&paper[2], &paper[0]]).ok().unwrap();
    assert_eq!((epoch.team, epoch.number), (new.team, 2));
    let wrap = bytes(&told["older"][0]["wrap"]);
    let old = Epoch { team: new.team, number: 1 };
    let old = old.open(FOR_THE_SHARED_KEY, &key, &wrap).ok().unwrap();
    let wraps = closed_for_itself(&new, &[(2, &key), (1, &old)], 43);
    let back = json!({ "device": text(new.id.0), "epoch": 2, "wraps": wraps });
    let answer = new.post(&city, "team-key/back", back.clone()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    city.clock.step(Span::hours(3));
    new.phone = city.seat(part).await;
    new.post(&city, "team-key/back", back).await.ok();
    let told = city.get(&new.phone, "/api/onestop/shares").await.ok().body;
    assert_eq!(told["back"], json!({ "epoch": 2, "back_at": hour }), "the first time counts");
    let desk = city.get(&new.phone, "/api/onestop/desk").await.ok().body;
    let epochs: Vec<_> =
        desk["own_wraps"].as_array().unwrap().iter().map(|o| &o["epoch"]).collect();
    assert_eq!(epochs, [2, 1]);

    // The knock for the first key opens; the next key is made, the case moved, and she is told.
    (new.epoch, new.key) = (2, old.clone());
    let (_, knock) = new.knock(&city).await;
    new.makes_key(&city, Service::Counsel).await;
    let case = new.finds(&city, knock.case()).await.ok().body;
    let manifest = Manifest::verify(&bytes(&case["manifest"]), &bytes(&case["signature"])).unwrap();
    let moved = new.moves(&manifest, &case, knock.column, &old);
    new.post(&city, "case/move", moved).await.ok();
    notice_and_read(&city, &mut new, &her, &manifest, (report.places[0], knock.column)).await;
    let case = new.finds(&city, knock.case()).await.ok().body;
    let devices = directory(&city).await["devices"].clone();
    let told = |key: &PrivateKey| read(&manifest, &case["compartments"][2], key, &devices);
    assert_eq!(told(&new.key).as_deref(), Some(TOLD));
    assert_eq!((told(&key), told(&old)), (None, None), "what was lost opens nothing any more");
}

/// The notice, by the device that got the key back; she reads whose it is.
async fn notice_and_read(
    city: &City,
    new: &mut Worker,
    her: &Her,
    manifest: &Manifest,
    (hers, theirs): (ColumnNo, ColumnNo),
) {
    let own = PublicKey::from_bytes(&manifest.public_key).unwrap();
    let key = new.key.public();
    let notice = new.writes(manifest, (Kind::Message, 1), ANSWER, &[(hers, &own), (theirs, &key)]);
    new.post(city, "case/write", notice).await.ok();
    let mailbox = her.opens(city).await.ok().body;
    let said = &mailbox["cases"][0]["messages"][0];
    assert_eq!(said["author"], text(new.id.0));
    let devices = directory(city).await["devices"].clone();
    assert_eq!(read(manifest, said, her.mailbox.key(), &devices).as_deref(), Some(ANSWER));
    let knocks = city.get(&new.phone, "/api/onestop/knocks").await.ok().body;
    assert_eq!(knocks["knocks"][0]["answered_at"], json!(null), "a notice answers nobody");
}

#[tokio::test]
async fn shares_count_for_the_newest_key_by_who_holds_it_and_come_back_on_ones_own_device() {
    let (city, mut counsel, hospital) = opened(City::new().await).await;
    counsel.makes_key(&city, Service::Counsel).await;
    let older =
        |epoch: u32, length: usize| json!([{ "epoch": epoch, "wrap": text(vec![7; length]) }]);
    let make = async |epoch: u32, older: Value| {
        counsel.post(&city, "shares", json!({ "epoch": epoch, "older": older })).await
    };
    make(1, json!([])).await.is(409, "onestop.key_not_current");
    make(3, json!([])).await.is(409, "onestop.device_not_valid");
    make(2, older(2, 1_168)).await.is(422, "seal.form_broken");
    make(2, older(1, 1_167)).await.is(422, "seal.wrap_not_whole");
    let part = "caseworker-gwanak-counseling-2";
    let colleague = Worker::registers(&city, part, 51).await;
    let none = json!({ "epoch": 2, "older": [] });
    // Who has not the key cannot have shared it out.
    colleague.post(&city, "shares", none.clone()).await.is(409, "onestop.device_not_valid");
    city.post(&NOBODY, "/api/onestop/shares", none).await.is(401, "session.not-signed-in");

    let back = |device: [u8; 16], epoch: u32, wraps: Value| json!({ "device": text(device), "epoch": epoch, "wraps": wraps });
    let bring = async |body: Value| colleague.post(&city, "team-key/back", body).await;
    let own = colleague.id.0;
    bring(back(own, 1, older(1, 1_168))).await.is(409, "onestop.key_not_current");
    bring(back(own, 2, older(1, 1_168))).await.is(422, "seal.form_broken");
    bring(back(own, 2, older(2, 1_100))).await.is(422, "seal.wrap_not_whole");
    for foreign in [counsel.id.0, hospital.id.0, [0; 16]] {
        let body = back(foreign, 2, older(2, 1_168));
        bring(body).await.is(409, "onestop.device_not_valid");
    }
    let told = city.get(&colleague.phone, "/api/onestop/shares").await.ok().body;
    assert_eq!(told, json!({ "made": null, "older": [], "back": null }), "nothing was kept");
    // Another center is told of nothing here.
    make(2, json!([])).await.ok();
    let other = city.get(&hospital.phone, "/api/onestop/shares").await.ok().body;
    assert_eq!(other["made"], json!(null));
}

#[tokio::test]
async fn no_byte_of_a_share_is_at_rest() {
    let (city, counsel, _) = opened(City::new().await).await;
    let paper = shares(&counsel, 60);
    counsel.post(&city, "shares", json!({ "epoch": 1, "older": [] })).await.ok();
    let team: [u8; 16] = exact(&directory(&city).await["centers"][0]["center"]);
    city.step(1).await;
    let files = city.at_rest();
    let held = |needle: &[u8]| {
        files.iter().any(|(_, bytes)| bytes.windows(needle.len()).any(|part| part == needle))
    };
    assert!(held(&team), "the search finds what is there");
    for share in &paper {
        // Past the form, the center, the key's number and the share's: eight bytes are enough to tell.
        assert!(share[22..].chunks_exact(8).all(|part| !held(part)));
    }
}
