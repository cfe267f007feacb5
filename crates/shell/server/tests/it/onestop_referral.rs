//! Referrals, end to end: a letter closed for two centers, answered, moved to a center's next key,
//! taken back; what nobody answers goes back. The server has bytes.

use crate::{
    city::{Answer, City},
    onestop::browser::{Worker, bytes, chance, directory, exact, post, text},
};
use axum::http::StatusCode;
use kernel::Span;
use rand::rngs::ChaCha20Rng;
use seal::{
    directory::Service,
    id::{ReferralId, TeamId},
    key::{PrivateKey, PublicKey},
    letter::{Kept, LetterPlace, LetterWraps, Moved, Side, Written, close, open},
    team::Epoch,
    written::{Authored, Move},
};
use serde_json::{Value, json};
use server::Roster;
use sha2::{Digest, Sha256};
use std::pin::Pin;

const TOLD: &str =
    "{\"v\":1,\"letter\":\"referral\",\"told\":\"오늘 밤 방 하나 부탁드려요 두루미삼백\"}";
const TAKEN: &str = "{\"v\":1,\"letter\":\"answer\",\"state\":\"accepted\"}";
const TOKEN: [u8; 32] = [7; 32];

const PEOPLE: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Counsel 1"
roles = ["case_supervisor"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Hospital 1"
roles = ["caseworker"]
center = "gwanak-hospital"
[[staff]]
district = "gwanak"
shown_as = "Shelter 1"
roles = ["service_partner"]
center = "gwanak-shelter"
[[staff]]
district = "gwanak"
shown_as = "Figures 1"
roles = ["service_partner"]
center = "gwanak-figures"
"#;

/// Three centers that help and one that counts, each with a key.
struct Four {
    city: City,
    counsel: Worker,
    hospital: Worker,
    shelter: Worker,
    figures: Worker,
}

fn opened(city: City) -> Pin<Box<dyn Future<Output = Four>>> {
    Box::pin(async move {
        city.app.enlist(&Roster::parse(PEOPLE).unwrap()).await.unwrap();
        let founds =
            async |part: &str, service, seed| Worker::founds(&city, part, service, seed).await;
        let counsel = founds("case-supervisor-gwanak-counseling-1", Service::Counsel, 11).await;
        let hospital = founds("caseworker-gwanak-hospital-1", Service::Medical, 12).await;
        let shelter = founds("service-partner-gwanak-shelter-1", Service::Shelter, 13).await;
        let figures = founds("service-partner-gwanak-figures-1", Service::Figures, 14).await;
        Four { city, counsel, hospital, shelter, figures }
    })
}

fn epoch(team: TeamId, number: u32) -> Epoch {
    Epoch { team, number }
}

/// Whom a referral is between, with the keys they have.
struct Between {
    referral: ReferralId,
    sender: (TeamId, u32, PublicKey),
    receiver: (TeamId, u32, PublicKey),
    /// The key of the receiver's device, which moves its wraps.
    mover: [u8; 32],
    rng: ChaCha20Rng,
}

fn between(referral: u8, sender: &Worker, receiver: &Worker) -> Between {
    let of = |one: &Worker| (one.team, one.epoch, one.key.public());
    Between {
        referral: ReferralId([referral; 16]),
        sender: of(sender),
        receiver: of(receiver),
        mover: receiver.device.signer().public(),
        rng: chance(u64::from(referral)),
    }
}

impl Between {
    /// A letter, as the browser of whoever writes it closes and signs it.
    fn letter(&mut self, number: u32, says: &str, by: &Worker) -> Value {
        let place = LetterPlace::of(self.referral, number).unwrap();
        let (from, to) = (&self.sender, &self.receiver);
        let ends = ((epoch(from.0, from.1), &from.2), (epoch(to.0, to.1), &to.2));
        let letter = close(&place, says.as_bytes(), ends.0, ends.1, &mut self.rng).unwrap();
        let written = Written::of(place, from.0, to.0, &letter.closed, &letter.wraps).unwrap();
        let signature = written.sign(&by.device.signer());
        let wraps: Vec<_> = letter.wraps.each().iter().map(text).collect();
        json!({
            "number": number, "closed": text(&letter.closed), "wraps": wraps,
            "signature": text(signature),
        })
    }

    fn sends(&mut self, by: &Worker, purpose: u8) -> Value {
        json!({
            "device": text(by.id.0), "referral": text(self.referral.0), "purpose": purpose,
            "to": text(self.receiver.0.0), "end_hash": text(Sha256::digest(TOKEN)),
            "letter": self.letter(1, TOLD, by),
        })
    }

    fn writes(&mut self, by: &Worker, number: u32, says: &str) -> Value {
        json!({
            "device": text(by.id.0), "referral": text(self.referral.0),
            "letter": self.letter(number, says, by),
        })
    }

    fn ends(&self, token: [u8; 32]) -> Value {
        json!({ "referral": text(self.referral.0), "token": text(token) })
    }

    /// What a kept letter says to one of the two, once everything in it holds.
    fn reads(
        &self,
        kept: &Value,
        side: Side,
        reader: (u32, &PrivateKey),
        by: &Worker,
    ) -> Option<String> {
        let number = kept["number"].as_u64().unwrap() as u32;
        let place = LetterPlace::of(self.referral, number).unwrap();
        let wraps: Vec<_> = kept["wraps"].as_array().unwrap().iter().map(bytes).collect();
        let wraps = LetterWraps::of(&wraps).unwrap();
        let (closed, signature) = (bytes(&kept["closed"]), bytes(&kept["signature"]));
        let key = by.device.signer().public();
        let moves: Vec<_> = kept["moves"].as_array().unwrap().clone();
        let moved: Vec<_> = moves
            .iter()
            .map(|one| (exact(&one["wraps_before"]), bytes(&one["signature"])))
            .collect();
        let moves: Vec<_> = moved
            .iter()
            .map(|(before, signature)| Move {
                before: *before,
                by: Authored { key: &self.mover, signature },
            })
            .collect();
        let letter = Kept {
            place,
            sender: self.sender.0,
            receiver: self.receiver.0,
            closed: &closed,
            wraps: &wraps,
            by: Authored { key: &key, signature: &signature },
            moves: &moves,
        };
        letter.verify().unwrap();
        let team = if side == Side::Sender { self.sender.0 } else { self.receiver.0 };
        let content =
            open(&place, side, (epoch(team, reader.0), reader.1), &wraps, &closed).ok()?;
        Some(String::from_utf8(content.expose().to_vec()).unwrap())
    }
}

async fn listed(city: &City, by: &Worker, which: &str) -> Vec<Value> {
    let list = city.get(&by.phone, "/api/onestop/referrals").await.ok().body;
    list[which].as_array().unwrap().clone()
}

async fn one(city: &City, by: &Worker, which: &str) -> Value {
    let mut all = listed(city, by, which).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn created(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
}

async fn journey(city: City, restarts: bool) {
    let Four { city, counsel, hospital, mut shelter, .. } = opened(city).await;
    let mut between = between(1, &counsel, &shelter);
    let sent = between.sends(&counsel, 1);
    created(&counsel.post(&city, "referral", sent.clone()).await);
    // The same again is the same, whatever the hour.
    city.clock.step(Span::minutes(30));
    assert_eq!(counsel.post(&city, "referral", sent).await.status, StatusCode::OK);
    let city = if restarts { city.restart().await } else { city };

    // Both centers have it, no third does, and the times are full hours.
    let got = one(&city, &shelter, "received").await;
    assert!(listed(&city, &hospital, "received").await.is_empty());
    assert!(listed(&city, &shelter, "sent").await.is_empty());
    assert_eq!((got["state"].as_str(), got["purpose"].as_u64()), (Some("waiting"), Some(1)));
    assert_eq!(got["sent_at"].as_i64().unwrap() % 3_600_000, 0);
    let back = got["goes_back_at"].as_i64().unwrap() - got["sent_at"].as_i64().unwrap();
    assert_eq!(back, 25 * 3_600_000);
    let first = &got["letters"][0];
    let shelters = (1, &shelter.key);
    assert_eq!(between.reads(first, Side::Receiver, shelters, &counsel).as_deref(), Some(TOLD));
    assert_eq!(between.reads(first, Side::Receiver, (1, &hospital.key), &counsel), None);

    // It takes it on.
    let answer = between.writes(&shelter, 2, TAKEN);
    shelter.post(&city, "referral/write", answer.clone()).await.ok();
    shelter.post(&city, "referral/write", answer).await.ok();
    let at_counsel = one(&city, &counsel, "sent").await;
    assert_eq!(at_counsel["state"], "answered");
    let said = &at_counsel["letters"][1];
    let counsels = (1, &counsel.key);
    assert_eq!(between.reads(said, Side::Sender, counsels, &shelter).as_deref(), Some(TAKEN));

    // The shelter's key moves on, and its letters with it.
    let old = shelter.key.clone();
    shelter.makes_key(&city, Service::Shelter).await;
    let moved = moves(&mut between, &at_counsel, &shelter, &old);
    shelter.post(&city, "referral/move", moved.clone()).await.ok();
    shelter.post(&city, "referral/move", moved).await.ok();
    let got = one(&city, &shelter, "received").await;
    let first = &got["letters"][0];
    assert_eq!(first["moves"].as_array().unwrap().len(), 1);
    assert_eq!(between.reads(first, Side::Receiver, (1, &old), &counsel), None);
    let newest = (2, &shelter.key);
    assert_eq!(between.reads(first, Side::Receiver, newest, &counsel).as_deref(), Some(TOLD));
    assert_eq!(between.reads(first, Side::Sender, counsels, &counsel).as_deref(), Some(TOLD));

    ends(&city, &mut between, &counsel, &shelter).await;
}

/// The receiver's wraps of every letter, closed for its next key.
fn moves(between: &mut Between, kept: &Value, by: &Worker, old: &PrivateKey) -> Value {
    let team = by.team;
    let next = by.key.public();
    let letters = kept["letters"].as_array().unwrap().clone();
    let moved: Vec<_> = letters
        .iter()
        .map(|one| {
            let number = one["number"].as_u64().unwrap() as u32;
            let place = LetterPlace::of(between.referral, number).unwrap();
            let wraps: Vec<_> = one["wraps"].as_array().unwrap().iter().map(bytes).collect();
            let before = LetterWraps::of(&wraps).unwrap();
            let (from, to) = ((epoch(team, 1), old), (epoch(team, 2), &next));
            let after = before.moved(&place, Side::Receiver, from, to, &mut between.rng).unwrap();
            let moved = Moved {
                place,
                closed_hash: Sha256::digest(bytes(&one["closed"])).into(),
                before: before.hash(),
                after: after.hash(),
            };
            let wraps: Vec<_> = after.each().iter().map(text).collect();
            let signature = text(moved.sign(&by.device.signer()));
            json!({ "number": number, "wraps": wraps, "signature": signature })
        })
        .collect();
    json!({ "device": text(by.id.0), "referral": text(between.referral.0), "moved": moved })
}

/// Whoever has the token ends it: no letter is left, none is taken, and the answer never says whether
/// there was one.
async fn ends(city: &City, between: &mut Between, counsel: &Worker, shelter: &Worker) {
    let wrong = post(city, "referral/end", between.ends([8; 32])).await;
    assert_eq!(one(city, shelter, "received").await["state"], "answered");
    let none =
        post(city, "referral/end", json!({ "referral": text([0; 16]), "token": text(TOKEN) }))
            .await;
    let ended = post(city, "referral/end", between.ends(TOKEN)).await;
    for answer in [&wrong, &none, &ended] {
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!((&answer.bytes, &answer.headers), (&ended.bytes, &ended.headers));
    }
    for (by, which) in [(counsel, "sent"), (shelter, "received")] {
        let left = one(city, by, which).await;
        assert_eq!(
            (left["state"].as_str(), left["letters"].as_array().unwrap().len()),
            (Some("ended"), 0)
        );
    }
    let late = between.writes(shelter, 3, TAKEN);
    shelter.post(city, "referral/write", late).await.is(409, "onestop.referral_ended");
    let again = between.sends(counsel, 1);
    counsel.post(city, "referral", again).await.is(409, "onestop.referral_ended");
}

#[tokio::test]
async fn a_referral_is_answered_moved_and_taken_back_and_the_server_reads_none_of_it() {
    Box::pin(journey(City::new().await, true)).await;
}

#[tokio::test]
async fn the_same_referral_on_the_other_database() {
    if let Some(city) = City::on_postgres().await {
        Box::pin(journey(city, false)).await;
    }
}

#[tokio::test]
async fn what_nobody_answers_within_a_day_goes_back_and_is_no_longer_the_receivers_to_read() {
    let Four { city, mut counsel, mut hospital, mut shelter, .. } = opened(City::new().await).await;
    let mut between = between(1, &counsel, &shelter);
    created(&counsel.post(&city, "referral", between.sends(&counsel, 1)).await);
    let mut duty = self::between(2, &counsel, &hospital);
    created(&counsel.post(&city, "referral", duty.sends(&counsel, 2)).await);
    city.clock.step(Span::hours(24));
    // Whoever was signed in yesterday signs in again.
    shelter.phone = city.seat("service-partner-gwanak-shelter-1").await;
    assert_eq!(one(&city, &shelter, "received").await["state"], "waiting", "a whole day at least");
    city.clock.step(Span::hours(1));
    counsel.phone = city.seat("case-supervisor-gwanak-counseling-1").await;
    hospital.phone = city.seat("caseworker-gwanak-hospital-1").await;
    shelter.phone = city.seat("service-partner-gwanak-shelter-1").await;
    let back = one(&city, &shelter, "received").await;
    assert_eq!(
        (back["state"].as_str(), back["letters"].as_array().unwrap().len()),
        (Some("went_back"), 0)
    );
    let late = between.writes(&shelter, 2, TAKEN);
    shelter.post(&city, "referral/write", late).await.is(409, "onestop.referral_went_back");
    let sent = listed(&city, &counsel, "sent").await;
    let of = |purpose: u64| sent.iter().find(|one| one["purpose"] == purpose).unwrap();
    assert_eq!(
        (&of(1)["state"], of(1)["letters"].as_array().unwrap().len()),
        (&json!("went_back"), 1)
    );
    // What the law asks to be told stays told, and is answered whenever it is.
    assert_eq!((&of(2)["state"], &of(2)["goes_back_at"]), (&json!("waiting"), &Value::Null));
    let answer = duty.writes(&hospital, 2, TAKEN);
    hospital.post(&city, "referral/write", answer).await.ok();
}

#[tokio::test]
async fn a_referral_is_its_two_centers_alone_and_signed_by_them() {
    let Four { city, counsel, hospital, shelter, figures } = opened(City::new().await).await;
    let mut between = between(1, &counsel, &shelter);
    let sent = between.sends(&counsel, 1);
    created(&counsel.post(&city, "referral", sent.clone()).await);
    // A third center has nothing to do with it, not even as what there is.
    let mut third = self::between(1, &hospital, &shelter);
    hospital
        .post(&city, "referral", third.sends(&hospital, 1))
        .await
        .is(409, "onestop.referral_taken");
    let foreign = between.writes(&hospital, 2, TAKEN);
    hospital.post(&city, "referral/write", foreign).await.is(404, "request.no-such-thing");
    let moved = json!({ "device": text(hospital.id.0), "referral": text([1; 16]), "moved": [] });
    hospital.post(&city, "referral/move", moved).await.is(404, "request.no-such-thing");
    // Another's device, another's signature, another number, another first letter.
    let mut wrong = between.writes(&shelter, 2, TAKEN);
    wrong["device"] = text(counsel.id.0);
    shelter.post(&city, "referral/write", wrong).await.is(409, "onestop.device_not_valid");
    let mut wrong = between.writes(&shelter, 2, TAKEN);
    wrong["letter"] = between.letter(2, TAKEN, &counsel);
    shelter.post(&city, "referral/write", wrong).await.is(422, "seal.signature_wrong");
    let gap = between.writes(&shelter, 3, TAKEN);
    shelter.post(&city, "referral/write", gap).await.is(422, "onestop.version_gap");
    let crossed = between.writes(&shelter, 1, TAKEN);
    shelter.post(&city, "referral/write", crossed).await.is(409, "onestop.version_taken");
    // Figures go to who counts, and nothing else goes there.
    let mut counts = self::between(3, &counsel, &figures);
    counsel
        .post(&city, "referral", counts.sends(&counsel, 1))
        .await
        .is(422, "onestop.referral_elsewhere");
    created(&counsel.post(&city, "referral", counts.sends(&counsel, 3)).await);
    let mut helps = self::between(4, &counsel, &shelter);
    counsel
        .post(&city, "referral", helps.sends(&counsel, 3))
        .await
        .is(422, "onestop.referral_elsewhere");
    let mut nowhere = helps.sends(&counsel, 1);
    nowhere["to"] = text([9; 16]);
    counsel.post(&city, "referral", nowhere).await.is(404, "request.no-such-thing");
    let mut itself = helps.sends(&counsel, 1);
    itself["to"] = text(counsel.team.0);
    counsel.post(&city, "referral", itself).await.is(422, "onestop.referral_to_itself");
    let mut odd = helps.sends(&counsel, 1);
    odd["purpose"] = json!(4);
    counsel.post(&city, "referral", odd).await.is(422, "seal.form_broken");
}

#[tokio::test]
async fn where_only_referrals_are_taken_there_are_no_cases_and_no_report_goes_there() {
    let Four { city, counsel, shelter, .. } = opened(City::new().await).await;
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!(desk["devices"][0]["supervises"], true);
    let desk = city.get(&shelter.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!(desk["devices"][0]["supervises"], false);
    city.get(&counsel.phone, "/api/onestop/knocks").await.ok();
    city.get(&shelter.phone, "/api/onestop/knocks").await.is(404, "request.no-such-thing");
    let case = json!({ "case": text([1; 16]) });
    shelter.post(&city, "case", case).await.is(404, "request.no-such-thing");
    let listed = directory(&city).await;
    let centers = listed["centers"].as_array().unwrap();
    let takes = |key: &str| {
        centers.iter().find(|one| one["key"] == key).unwrap()["takes"].as_str().unwrap().to_owned()
    };
    assert_eq!(takes("gwanak-counseling"), "reports");
    assert_eq!(takes("gwanak-shelter"), "referrals");
    assert_eq!(takes("gwanak-figures"), "referrals");
}

#[tokio::test]
async fn a_seat_at_a_center_is_of_the_kind_its_center_takes() {
    let city = City::new().await;
    for (role, center) in [
        ("service_partner", "gwanak-counseling"),
        ("caseworker", "gwanak-shelter"),
        ("case_supervisor", "gwanak-figures"),
    ] {
        let seat = format!(
            "[[staff]]\ndistrict = \"gwanak\"\nshown_as = \"One\"\nroles = [\"{role}\"]\ncenter = \"{center}\"\n"
        );
        let refused =
            city.app.enlist(&Roster::parse(&seat).unwrap()).await.err().unwrap().to_string();
        assert!(refused.contains("takes"), "{refused}");
    }
}

#[tokio::test]
async fn what_a_center_says_it_can_do_is_read_by_everybody_and_grows_old() {
    let Four { city, shelter, .. } = opened(City::new().await).await;
    let nobody = crate::city::Phone::default();
    let services = async || {
        let all = city.get(&nobody, "/api/onestop/services").await.ok().body;
        all["services"].as_array().unwrap().clone()
    };
    assert!(services().await.is_empty());
    let said = json!({
        "capabilities": ["stay_with_children", "safe_stay", "safe_stay"], "languages": ["ko", "vi"],
        "access": ["any_hour"], "beds_free": 2,
    });
    let answer = shelter.post(&city, "service", said.clone()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    let one = services().await.remove(0);
    assert_eq!(one["capabilities"], json!(["safe_stay", "stay_with_children"]));
    assert_eq!((&one["beds_free"], &one["stale"]), (&json!(2), &json!(false)));
    assert_eq!(one["said_at"].as_i64().unwrap() % 3_600_000, 0);
    city.clock.step(Span::hours(13));
    let one = services().await.remove(0);
    assert_eq!(
        (&one["beds_free"], &one["stale"]),
        (&Value::Null, &json!(true)),
        "never shown as free"
    );
    for (field, wrong) in [
        ("languages", json!(["Korean"])),
        ("beds_free", json!(501)),
        ("capabilities", json!(["magic"])),
    ] {
        let mut odd = said.clone();
        odd[field] = wrong;
        assert!(shelter.post(&city, "service", odd).await.status.is_client_error(), "{field}");
    }
    let outside = city.post(&nobody, "/api/onestop/service", said).await;
    outside.is(401, "session.not-signed-in");
}
