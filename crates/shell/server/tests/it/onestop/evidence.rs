//! Files of the evidence, end to end: closed part by part, cut and gone on with, opened at the center
//! after it was noted, deleted. The server has parts and salted hashes.

use super::{
    browser::{Her, Sent, Worker, bytes, chance, exact, post, text},
    opened, sent,
};
use crate::city::{Answer, City};
use axum::http::StatusCode;
use kernel::Span;
use rand_core::Rng;
use seal::{
    Hash,
    compartment::Kind,
    custody::{Action, Event, leaf, reason_hash, verify_head},
    directory::Entry,
    file::{self, Layout, Place},
    id::{DeviceId, FileId, TeamId},
    secret::FileKey,
};
use serde_json::{Value, json};

/// What a camera writes into a photograph.
const CAMERA: &[u8] = b"Exif\0\0Canary-Camera-1234 37.4842N 126.9297E";
/// What she called it.
const NAME: &str = "카나리아_사진_IMG_0042.jpg";

/// A file as her browser closed it.
struct Film {
    place: Place,
    key: FileKey,
    content: Vec<u8>,
    parts: Vec<Vec<u8>>,
    leaf: Hash,
    padded: u64,
}

fn film(sent: &Sent, seed: u64, length: usize) -> Film {
    let mut rng = chance(seed);
    let mut content = vec![0; length];
    rng.fill_bytes(&mut content);
    let front = length.min(CAMERA.len());
    content[..front].copy_from_slice(&CAMERA[..front]);
    let mut number = [0; 16];
    rng.fill_bytes(&mut number);
    let place = Place { case: sent.manifest.case, file: FileId(number) };
    let key = FileKey::draw(&mut rng);
    let parts = file::close(&key, &place, &content).ok().unwrap();
    let hash: Hash = <sha2::Sha256 as sha2::Digest>::digest(&content).into();
    let padded = Layout::of(length as u64).unwrap().padded();
    Film { place, key, content, parts, leaf: leaf(&number, &hash), padded }
}

impl Film {
    fn begun(&self) -> Value {
        json!({
            "file": text(self.place.file.0), "leaf": text(self.leaf), "padded": self.padded,
        })
    }

    fn part(&self, part: usize) -> Value {
        json!({
            "file": text(self.place.file.0), "part": part, "closed": text(&self.parts[part]),
        })
    }

    fn event(
        &self,
        city: &City,
        seq: u64,
        action: Action,
        by: Option<&Worker>,
        why: &str,
    ) -> Event {
        Event {
            seq,
            leaf: self.leaf,
            action,
            team: by.map_or(TeamId::HERSELF, |worker| worker.team),
            device: by.map_or(Event::HERS, |worker| worker.id),
            at: city.app_now().rounded_to_hour().millis() as u64,
            reason_hash: reason_hash(why),
        }
    }
}

fn noted(event: &Event, by: &seal::sign::Signer) -> Value {
    json!({ "event": text(event.bytes().unwrap()), "signature": text(event.sign(by).unwrap()) })
}

/// She asks something about a file of her case.
async fn asks(city: &City, her: &Her, film: &Film, verb: &str, more: Value) -> Answer {
    let mut body = json!({ "proof": her.proof(city).await, "case": text(film.place.case.0) });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    post(city, &format!("mailbox/{verb}"), body).await
}

async fn begins(city: &City, her: &Her, film: &Film) -> Answer {
    asks(city, her, film, "file/begin", json!({ "begun": film.begun() })).await
}

async fn sends(city: &City, her: &Her, film: &Film, part: usize) -> Answer {
    asks(city, her, film, "file/part", json!({ "sent": film.part(part) })).await
}

async fn says(city: &City, her: &Her, film: &Film, seq: u64, action: Action) -> Answer {
    let event = film.event(city, seq, action, None, "");
    let noted = noted(&event, &her.mailbox.signer());
    asks(city, her, film, "custody", json!({ "noted": noted })).await
}

/// Everything of a file, and that it came in.
async fn whole(city: &City, her: &Her, film: &Film) {
    begins(city, her, film).await.ok();
    for part in 0..film.parts.len() {
        sends(city, her, film, part).await.ok();
    }
    says(city, her, film, 1, Action::Received).await.ok();
}

async fn missing(city: &City, her: &Her, film: &Film) -> Value {
    let state = asks(city, her, film, "file/state", json!({})).await.ok().body;
    state["files"][0]["missing"].clone()
}

/// A caseworker notes something.
async fn notes(city: &City, worker: &Worker, film: &Film, seq: u64, action: Action) -> Answer {
    let event = film.event(city, seq, action, Some(worker), "for the court");
    let noted = noted(&event, &worker.device.signer());
    let (case, device) = (text(film.place.case.0), text(worker.id.0));
    worker
        .post(city, "case/custody", json!({ "case": case, "device": device, "noted": noted }))
        .await
}

async fn gets(city: &City, worker: &Worker, film: &Film, part: usize) -> Answer {
    let body = json!({
        "case": text(film.place.case.0), "device": text(worker.id.0),
        "wanted": { "file": text(film.place.file.0), "part": part },
    });
    worker.post(city, "case/file/get", body).await
}

async fn journey(city: City, restarts: bool) {
    let (city, mut counsel, hospital) = opened(city).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let film = film(&report, 7, 2_600_000);
    assert_eq!(film.parts.len(), 3);
    // The list of her files, in the compartment for it: what the server does not know.
    let list = json!({ "v": 1, "files": [{ "name": NAME, "mime": "image/jpeg" }] }).to_string();
    let writing = her.writes(&report, (Kind::Evidence, 2), &list, &[]);
    let body = json!({
        "proof": her.proof(&city).await, "case": text(report.manifest.case.0), "writing": writing,
    });
    post(&city, "mailbox/write", body).await.ok();

    // Begun once; parts in any order, again, and after the server was away.
    assert_eq!(begins(&city, &her, &film).await.status, StatusCode::CREATED);
    assert_eq!(begins(&city, &her, &film).await.status, StatusCode::OK);
    assert_eq!(missing(&city, &her, &film).await, json!([0, 1, 2]));
    assert_eq!(sends(&city, &her, &film, 2).await.status, StatusCode::NO_CONTENT);
    let city = if restarts { city.restart().await } else { city };
    assert_eq!(missing(&city, &her, &film).await, json!([0, 1]));
    sends(&city, &her, &film, 2).await.ok();
    sends(&city, &her, &film, 0).await.ok();
    says(&city, &her, &film, 1, Action::Received).await.is(409, "onestop.not_noted");
    sends(&city, &her, &film, 1).await.ok();
    assert_eq!(missing(&city, &her, &film).await, json!([]));
    says(&city, &her, &film, 1, Action::Received).await.ok();
    says(&city, &her, &film, 1, Action::Received).await.ok();

    // The center: first it is noted, by this very device, then it is handed out.
    gets(&city, &counsel, &film, 0).await.is(409, "onestop.not_noted");
    assert_eq!(notes(&city, &counsel, &film, 2, Action::Opened).await.ok().body["seq"], 2);
    let mut got = Vec::new();
    for part in 0..film.parts.len() {
        got.push(bytes(&gets(&city, &counsel, &film, part).await.ok().body["closed"]));
    }
    let opened = file::open(&film.key, &film.place, &got).ok().unwrap();
    assert_eq!(opened.expose(), film.content);
    gets(&city, &counsel, &film, 3).await.is(404, "request.no-such-thing");
    gets(&city, &hospital, &film, 0).await.is(409, "onestop.not_noted");
    city.clock.step(Span::hours(2));
    // She has signed in again since.
    counsel.phone = city.seat("caseworker-gwanak-counseling-1").await;
    gets(&city, &counsel, &film, 0).await.is(409, "onestop.not_noted");
    custody_holds(&city, &counsel, &film).await;

    // She deletes it, and that is noted, too.
    let remove = async |noted: Value| {
        let more = json!({ "leaf": text(film.leaf), "noted": noted });
        asks(&city, &her, &film, "file/delete", more).await
    };
    remove(Value::Null).await.is(409, "onestop.not_noted");
    let wrong = film.event(&city, 3, Action::Returned, None, "");
    remove(noted(&wrong, &her.mailbox.signer())).await.is(422, "seal.form_broken");
    let deleted = film.event(&city, 3, Action::Deleted, None, "");
    let deleted = noted(&deleted, &her.mailbox.signer());
    remove(deleted.clone()).await.ok();
    remove(deleted).await.ok();
    let state = asks(&city, &her, &film, "file/state", json!({})).await.ok().body;
    assert_eq!(state, json!({ "files": [] }));
    gets(&city, &counsel, &film, 0).await.is(404, "request.no-such-thing");
    notes(&city, &counsel, &film, 4, Action::Opened).await.is(404, "request.no-such-thing");
}

/// What was done is there, signed by who did it, under a head of this log.
async fn custody_holds(city: &City, counsel: &Worker, film: &Film) {
    let body = json!({ "leaves": [text(film.leaf)] });
    let found = counsel.post(city, "case/custody/find", body).await.ok().body;
    let keys = city.get(&super::browser::NOBODY, "/api/onestop/keys").await.ok().body;
    let log = bytes(&keys["log"]);
    let head = &found["heads"][0];
    let log: [u8; 32] = log.try_into().unwrap();
    let head = verify_head(&bytes(&head["head"]), &log, &bytes(&head["signature"])).unwrap();
    assert_eq!((head.size, found["rest"].clone()), (2, json!([])));
    let events = found["events"].as_array().unwrap();
    let actions: Vec<_> =
        events.iter().map(|one| Event::read(&bytes(&one["event"])).unwrap().action).collect();
    assert_eq!(actions, [Action::Received, Action::Opened]);
    let entry = Entry::read(&bytes(&found["devices"][0]["entry"])).unwrap().device().unwrap();
    assert_eq!(entry.device, counsel.id);
    let second = &events[1];
    Event::verify(&bytes(&second["event"]), &entry.signing_key, &bytes(&second["signature"]))
        .unwrap();
    let nothing = counsel.post(city, "case/custody/find", json!({ "leaves": [] })).await.ok().body;
    assert_eq!((&nothing["events"], nothing["rest"][0]["count"].as_u64()), (&json!([]), Some(2)));
}

#[tokio::test]
async fn a_file_is_cut_and_gone_on_with_opened_after_it_was_noted_and_deleted() {
    Box::pin(journey(City::new().await, true)).await;
}

#[tokio::test]
async fn the_same_on_the_other_database() {
    if let Some(city) = City::on_postgres().await {
        Box::pin(journey(city, false)).await;
    }
}

#[tokio::test]
async fn what_is_no_file_or_not_hers_is_refused_by_name() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let film = film(&report, 7, 1_500_000);
    let begin = async |padded: u64| {
        let mut begun = film.begun();
        begun["padded"] = json!(padded);
        asks(&city, &her, &film, "file/begin", json!({ "begun": begun })).await
    };
    for padded in [0, 8, 65_535, film.padded - 1, (2 << 30) + 1, u64::MAX] {
        begin(padded).await.is(422, "onestop.file_too_large");
    }
    sends(&city, &her, &film, 0).await.is(404, "request.no-such-thing");
    begins(&city, &her, &film).await.ok();
    begin(65_536).await.is(409, "onestop.file_taken");
    let part = async |part: u32, closed: &[u8]| {
        let sent = json!({ "file": text(film.place.file.0), "part": part, "closed": text(closed) });
        asks(&city, &her, &film, "file/part", json!({ "sent": sent })).await
    };
    part(0, &[]).await.is(422, "seal.form_broken");
    part(0, &film.parts[1]).await.is(422, "seal.form_broken");
    part(2, &film.parts[0]).await.is(422, "seal.form_broken");
    part(1, &film.parts[1]).await.ok();
    let mut other = film.parts[1].clone();
    other[9] ^= 1;
    part(1, &other).await.is(409, "onestop.part_taken");
    part(0, &vec![0; 2 << 20]).await.is(413, "request.too-large");

    // Another woman's mailbox, a case that is not there, a device that is not one's own.
    let stranger = Her::begins(&city, 2).await;
    begins(&city, &stranger, &film).await.is(404, "request.no-such-thing");
    sends(&city, &stranger, &film, 0).await.is(404, "request.no-such-thing");
    asks(&city, &stranger, &film, "file/state", json!({})).await.is(404, "request.no-such-thing");
    says(&city, &stranger, &film, 1, Action::Received).await.is(404, "request.no-such-thing");
    let mut elsewhere = super::evidence::film(&report, 9, 10);
    elsewhere.place.case.0[0] ^= 1;
    begins(&city, &her, &elsewhere).await.is(404, "request.no-such-thing");
    let foreign = json!({
        "case": text(film.place.case.0), "device": text([9; 16]),
        "wanted": { "file": text(film.place.file.0), "part": 0 },
    });
    counsel.post(&city, "case/file/get", foreign).await.is(409, "onestop.device_not_valid");
    post(&city, "case/file/state", json!({ "case": text(film.place.case.0) }))
        .await
        .is(401, "session.not-signed-in");
}

#[tokio::test]
async fn a_note_says_who_and_when_and_comes_after_the_last() {
    let (city, counsel, hospital) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let film = film(&report, 7, 100);
    whole(&city, &her, &film).await;
    says(&city, &her, &film, 3, Action::Returned).await.is(422, "onestop.version_gap");
    notes(&city, &counsel, &film, 1, Action::Opened).await.is(409, "onestop.version_taken");
    notes(&city, &counsel, &film, 2, Action::Received).await.is(409, "onestop.version_taken");
    // Deleting is noted with the deletion, by her.
    says(&city, &her, &film, 2, Action::Deleted).await.is(422, "seal.form_broken");
    notes(&city, &counsel, &film, 2, Action::Deleted).await.is(422, "seal.form_broken");
    let send = async |event: Event, by: &Worker| {
        let noted = noted(&event, &by.device.signer());
        let (case, device) = (text(film.place.case.0), text(by.id.0));
        by.post(&city, "case/custody", json!({ "case": case, "device": device, "noted": noted }))
            .await
    };
    let opened = film.event(&city, 2, Action::Opened, Some(&counsel), "");
    send(opened, &hospital).await.is(422, "seal.form_broken");
    let device = DeviceId(exact(&text([7; 16])));
    send(Event { device, ..opened }, &counsel).await.is(422, "seal.form_broken");
    send(Event { at: opened.at - 7_200_000, ..opened }, &counsel).await.is(422, "seal.form_broken");
    send(Event { leaf: [1; 32], ..opened }, &counsel).await.is(404, "request.no-such-thing");
    send(opened, &counsel).await.ok();
}

#[tokio::test]
async fn what_she_never_finished_is_gone_after_a_day_and_what_she_did_stays() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let (left, kept) = (film(&report, 7, 1_500_000), film(&report, 8, 300));
    whole(&city, &her, &kept).await;
    begins(&city, &her, &left).await.ok();
    sends(&city, &her, &left, 0).await.ok();
    city.clock.step(Span::hours(23));
    city.app.forget().await.unwrap();
    sends(&city, &her, &left, 0).await.ok();
    city.clock.step(Span::hours(3));
    city.app.forget().await.unwrap();
    sends(&city, &her, &left, 1).await.is(404, "request.no-such-thing");
    let state = asks(&city, &her, &kept, "file/state", json!({})).await.ok().body;
    assert_eq!(state["files"].as_array().unwrap().len(), 1);
    assert_eq!(state["files"][0]["missing"], json!([]));
    // Begun again, it is as if it had never been.
    begins(&city, &her, &left).await.ok();
    whole(&city, &her, &left).await;
}

#[tokio::test]
async fn neither_name_nor_camera_is_at_rest_and_nothing_once_the_case_is_deleted() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let photo = film(&report, 7, 40_000);
    let list = json!({ "v": 1, "files": [{ "name": NAME }] }).to_string();
    let writing = her.writes(&report, (Kind::Evidence, 2), &list, &[]);
    let body = json!({
        "proof": her.proof(&city).await, "case": text(report.manifest.case.0), "writing": writing,
    });
    post(&city, "mailbox/write", body).await.ok();
    whole(&city, &her, &photo).await;
    city.step(1).await;
    let held = |needle: &[u8]| {
        let files = city.at_rest();
        let inside = |bytes: &Vec<u8>| bytes.windows(needle.len()).any(|part| part == needle);
        files.into_iter().any(|(_, bytes)| inside(&bytes))
    };
    let closed = &photo.parts[0][20_000..20_032];
    assert!(held(closed) && held(&photo.place.file.0), "the search finds what is there");
    let number = text(photo.place.file.0).as_str().unwrap().to_owned();
    for canary in [NAME.as_bytes(), CAMERA, b"Canary-Camera", b"126.9297E", number.as_bytes()] {
        assert!(!held(canary), "{}", String::from_utf8_lossy(canary));
    }
    her.deletes(&city, report.manifest.case).await.ok();
    assert!(!held(closed) && !held(&photo.place.file.0));
    assert!(held(&photo.leaf), "the log goes on, and says nothing of whose it was");
}
