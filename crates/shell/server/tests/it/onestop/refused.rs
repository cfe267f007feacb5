//! What is not taken: bad input, other people's things, and what came meanwhile.

use super::{
    browser::{Chosen, Her, NOBODY, Worker, bytes, looked_up, post, text},
    opened, sent, takes_back,
};
use crate::city::City;
use kernel::Span;
use seal::{compartment::Kind, directory::Service, key::PublicKey};
use serde_json::{Value, json};

/// A report with something changed.
fn but(body: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut body = body.clone();
    change(&mut body);
    body
}

#[tokio::test]
async fn a_report_that_is_not_whole_is_refused_by_name() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let key = looked_up(&city, counsel.team).await.unwrap();
    let whole = her.reports(super::TOLD, &[Chosen { key, kinds: vec![Kind::Incident] }]).body;
    let wraps = |count: usize| {
        but(&whole, |body| {
            let wraps = body["compartments"][4]["wraps"].as_array_mut().unwrap();
            wraps.resize(count, text([1; 1_168]));
        })
    };
    let with = |at: &str, value: Value| but(&whole, |body| *body.pointer_mut(at).unwrap() = value);
    let cut = |at: &str| {
        let whole = whole.pointer(at).unwrap().as_str().unwrap();
        with(at, json!(whole.get(..whole.len() - 3)))
    };
    let shorter = |at: &str| {
        let whole = bytes(whole.pointer(at).unwrap());
        with(at, text(&whole[..whole.len() - 1]))
    };
    let turned = |at: &str| {
        let mut bytes = bytes(whole.pointer(at).unwrap());
        bytes[7] ^= 1;
        with(at, text(bytes))
    };
    let cases = [
        (wraps(0), "seal.wraps_not_eight"),
        (wraps(7), "seal.wraps_not_eight"),
        (wraps(9), "seal.wraps_not_eight"),
        (shorter("/compartments/4/wraps/3"), "seal.wrap_not_whole"),
        (turned("/compartments/4/wraps/3"), "seal.signature_wrong"),
        (turned("/compartments/0/closed"), "seal.signature_wrong"),
        (shorter("/compartments/0/closed"), "seal.form_broken"),
        (turned("/signature"), "seal.signature_wrong"),
        (shorter("/signature"), "seal.signature_wrong"),
        (turned("/manifest"), "seal.signature_wrong"),
        (shorter("/manifest"), "seal.form_broken"),
        (shorter("/knocks/0/knock"), "seal.wrap_not_whole"),
        (
            but(&whole, |body| drop(body["compartments"].as_array_mut().unwrap().pop())),
            "seal.form_broken",
        ),
        (
            but(&whole, |body| {
                let twice = body["knocks"][0].clone();
                body["knocks"].as_array_mut().unwrap().push(twice);
            }),
            "seal.form_broken",
        ),
    ];
    for (body, code) in cases {
        post(&city, "report", body).await.is(422, code);
    }
    for body in [
        with("/knocks/0/epoch", json!(2)),
        with("/knocks/0/epoch", json!(0)),
        with("/knocks/0/center", text([7; 16])),
    ] {
        post(&city, "report", body).await.is(409, "onestop.key_not_current");
    }
    for at in ["/manifest", "/compartments/4/closed", "/compartments/4/wraps/0"] {
        // A cut text may still be one of fewer bytes; then it is refused as they are.
        let answer = post(&city, "report", cut(at)).await;
        assert!(matches!(answer.status.as_u16(), 400 | 422), "{at}: {}", answer.body);
        let padded = with(at, json!("AAA="));
        post(&city, "report", padded).await.is(400, "request.not-understood");
    }
    let much = with("/compartments/4/closed", json!("A".repeat(3 << 20)));
    post(&city, "report", much).await.is(413, "request.too-large");
    assert_eq!(her.opens(&city).await.ok().body, json!({ "cases": [] }), "nothing was kept");
    assert!(counsel.knocks(&city).await.is_empty());
    post(&city, "report", whole).await.ok();
}

#[tokio::test]
async fn a_number_and_a_mailbox_belong_to_who_had_them_first() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    // Another report under the same number, signed by whoever made it.
    let mut other = Her::begins(&city, 2).await;
    let mut taken = other.reports("{}", &[]);
    taken.manifest.case = report.manifest.case;
    let body = |manifest: &seal::report::Manifest, her: &Her, body: &Value| {
        let mut body = body.clone();
        body["manifest"] = text(manifest.bytes());
        body["signature"] = text(manifest.sign(&her.mailbox.signer()));
        body
    };
    let sent = body(&taken.manifest, &other, &taken.body);
    post(&city, "report", sent).await.is(409, "onestop.case_taken");
    // Into her mailbox, with another key.
    let mut foreign = other.reports("{}", &[]);
    foreign.manifest.locator = her.mailbox.locator();
    let sent = body(&foreign.manifest, &other, &foreign.body);
    post(&city, "report", sent).await.is(409, "onestop.mailbox_taken");
    assert_eq!(her.opens(&city).await.ok().body["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_mailbox_opens_for_a_fresh_challenge_and_its_own_signature_only() {
    let city = City::new().await;
    let her = Her::begins(&city, 1).await;
    let proof = her.proof(&city).await;
    let turned = |field: &str| {
        but(&proof, |proof| {
            let mut bytes = bytes(&proof[field]);
            bytes[9] ^= 1;
            proof[field] = text(bytes);
        })
    };
    post(&city, "mailbox", turned("challenge")).await.is(409, "onestop.challenge_stale");
    for field in ["locator", "signing_key", "signature"] {
        post(&city, "mailbox", turned(field)).await.is(422, "seal.signature_wrong");
    }
    for field in ["locator", "signing_key", "challenge"] {
        let short = but(&proof, |proof| proof[field] = text([1; 31]));
        post(&city, "mailbox", short).await.is(400, "request.not-understood");
    }
    city.clock.step(Span::minutes(9));
    post(&city, "mailbox", proof.clone()).await.ok();
    city.clock.step(Span::minutes(1));
    post(&city, "mailbox", proof).await.is(409, "onestop.challenge_stale");
}

#[tokio::test]
async fn a_version_comes_after_the_newest_and_by_who_may_write() {
    let (city, mut counsel, hospital) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let case = text(report.manifest.case.0);
    let mut write = async |at, what: &str| {
        let writing = her.writes(&report, at, what, &[]);
        let proof = her.proof(&city).await;
        post(&city, "mailbox/write", json!({ "proof": proof, "case": case, "writing": writing }))
            .await
    };
    write((Kind::Message, 2), "gap").await.is(422, "onestop.version_gap");
    write((Kind::Incident, 1), "again").await.is(409, "onestop.version_taken");
    write((Kind::Incident, 3), "gap").await.is(422, "onestop.version_gap");
    write((Kind::Incident, 2), "more").await.ok();
    write((Kind::Incident, 2), "other").await.is(409, "onestop.version_taken");
    write((Kind::Message, 1), "first").await.ok();

    // A center's device: its own, valid, and signed by it.
    let own = PublicKey::from_bytes(&report.manifest.public_key).unwrap();
    let readers = [(report.places[0], &own)];
    let mut said = |version| {
        counsel.writes(&report.manifest, (Kind::Message, version), super::ANSWER, &readers)
    };
    let (first, second) = (said(1), said(2));
    counsel.post(&city, "case/write", first).await.is(409, "onestop.version_taken");
    hospital.post(&city, "case/write", second.clone()).await.is(409, "onestop.device_not_valid");
    let foreign = but(&second, |body| body["device"] = text(hospital.id.0));
    hospital.post(&city, "case/write", foreign).await.is(422, "seal.signature_wrong");
    let unknown = but(&second, |body| body["case"] = text([9; 16]));
    counsel.post(&city, "case/write", unknown).await.is(422, "seal.signature_wrong");
    post(&city, "case/write", second.clone()).await.is(401, "session.not-signed-in");
    city.clock.step(Span::days(31));
    let late = city.seat("caseworker-gwanak-counseling-1").await;
    city.post(&late, "/api/onestop/case/write", second).await.is(409, "onestop.device_not_valid");
}

#[tokio::test]
async fn a_consent_is_taken_back_with_all_that_is_there_and_its_own_column() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let column = report.places[1];
    let body = takes_back(&city, &mut her, &report, column).await;
    let withdraw = async |body: &Value| {
        let proof = her.proof(&city).await;
        post(&city, "mailbox/withdraw", but(body, |body| body["proof"] = proof)).await
    };
    let fewer = but(&body, |body| drop(body["moved"].as_array_mut().unwrap().pop()));
    withdraw(&fewer).await.is(409, "onestop.version_taken");
    let minute = but(&body, |body| body["at"] = json!(body["at"].as_u64().unwrap() + 60_000));
    withdraw(&minute).await.is(400, "request.not-understood");
    let never = but(&body, |body| body["mark"] = text([3; 32]));
    withdraw(&never).await.is(422, "seal.signature_wrong");
    let same = but(&body, |body| body["moved"][0]["wraps"] = body["moved"][1]["wraps"].clone());
    withdraw(&same).await.is(422, "onestop.column_wrong");
    let case = counsel.finds(&city, report.manifest.case).await.ok().body;
    assert_eq!(case["withdrawn"], json!([]), "nothing was kept of it");
    withdraw(&body).await.ok();
}

#[tokio::test]
async fn what_moves_a_whole_case_may_be_longer_than_what_is_written_to_it() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let (_, knock) = counsel.knock(&city).await;
    let long = |body: &Value, mebibytes: usize| {
        but(body, |body| body["beside"] = json!("-".repeat(mebibytes << 20)))
    };
    let case = counsel.finds(&city, knock.case()).await.ok().body;
    let old = counsel.key.clone();
    let moved = counsel.moves(&report.manifest, &case, knock.column, &old);
    counsel.post(&city, "case/move", long(&moved, 3)).await.ok();
    counsel.post(&city, "case/move", long(&moved, 5)).await.is(413, "request.too-large");
    let body = takes_back(&city, &mut her, &report, report.places[1]).await;
    post(&city, "mailbox/withdraw", long(&body, 5)).await.is(413, "request.too-large");
    post(&city, "mailbox/withdraw", long(&body, 3)).await.ok();
    let writing = her.writes(&report, (Kind::Casework, 1), "entry", &[]);
    let case = text(report.manifest.case.0);
    let body = json!({ "proof": her.proof(&city).await, "case": case, "writing": writing });
    post(&city, "mailbox/write", long(&body, 2)).await.is(413, "request.too-large");
    post(&city, "mailbox/write", body).await.ok();
}

#[tokio::test]
async fn another_womans_case_is_not_there() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let mut other = Her::begins(&city, 2).await;
    let writing = other.writes(&report, (Kind::Message, 1), "mine", &[]);
    let case = text(report.manifest.case.0);
    let body = json!({ "proof": other.proof(&city).await, "case": case, "writing": writing });
    post(&city, "mailbox/write", body).await.is(404, "request.no-such-thing");
    other.deletes(&city, report.manifest.case).await.is(404, "request.no-such-thing");
    let mut body = takes_back(&city, &mut her, &report, report.places[1]).await;
    body["proof"] = other.proof(&city).await;
    post(&city, "mailbox/withdraw", body).await.is(404, "request.no-such-thing");
    assert_eq!(her.opens(&city).await.ok().body["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_center_does_nothing_for_another() {
    let (city, mut counsel, hospital) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    sent(&city, &counsel, &mut her).await;
    let (item, _) = counsel.knock(&city).await;
    let id = json!({ "id": item["id"] });
    hospital.post(&city, "knocks/answered", id).await.is(404, "request.no-such-thing");
    // A key or a device under another center's name.
    let key = json!({
        "entry": text(counsel.key_entry(&city, 2, Service::Counsel)),
        "wraps": [{ "device": text(hospital.id.0), "wrap": text([0; 1_168]) }],
    });
    hospital.post(&city, "team-key", key).await.is(422, "seal.form_broken");
    let device = json!({ "entry": text(counsel.entry(&city, 9)) });
    hospital.post(&city, "device", device.clone()).await.is(422, "seal.form_broken");
    counsel.post(&city, "device", device).await.is(409, "onestop.device_taken");
    let wrap = counsel.closed_for(1, hospital.id, &hospital.device.key().public());
    let share = json!({ "epoch": 1, "device": text(hospital.id.0), "wrap": text(wrap) });
    counsel.post(&city, "team-key/share", share).await.is(409, "onestop.device_not_valid");
}

#[tokio::test]
async fn a_key_is_the_next_of_its_center_and_closed_for_ones_own_device() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    let own = counsel.device.key().public();
    let wrap = text(counsel.closed_for(2, counsel.id, &own));
    let wraps = json!([{ "device": text(counsel.id.0), "wrap": wrap }]);
    let key = |epoch, service| text(counsel.key_entry(&city, epoch, service));
    let make = async |entry: Value, wraps: &Value| {
        counsel.post(&city, "team-key", json!({ "entry": entry, "wraps": wraps })).await
    };
    city.clock.step(Span::seconds(1));
    make(key(1, Service::Counsel), &wraps).await.is(409, "onestop.epoch_taken");
    make(key(3, Service::Counsel), &wraps).await.is(422, "onestop.epoch_gap");
    make(key(2, Service::Police), &wraps).await.is(422, "seal.form_broken");
    make(key(2, Service::Counsel), &json!([])).await.is(409, "onestop.device_not_valid");
    let short = but(&wraps, |wraps| wraps[0]["wrap"] = text([0; 1_167]));
    make(key(2, Service::Counsel), &short).await.is(422, "seal.wrap_not_whole");
    make(key(2, Service::Counsel), &wraps).await.ok();
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!(
        (desk["epoch"].as_u64(), desk["own_wraps"][0]["epoch"].as_u64()),
        (Some(2), Some(2))
    );
    city.get(&NOBODY, "/api/onestop/desk").await.is(401, "session.not-signed-in");
}

#[tokio::test]
async fn an_older_key_is_knocked_for_no_more() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let key = looked_up(&city, counsel.team).await.unwrap();
    let report = her.reports(super::TOLD, &[Chosen { key, kinds: vec![Kind::Incident] }]);
    counsel.makes_key(&city, Service::Counsel).await;
    post(&city, "report", report.body).await.is(409, "onestop.key_not_current");
    let report = sent(&city, &counsel, &mut her).await;
    assert!(report.places.len() == 2);
    let part = "caseworker-gwanak-counseling-2";
    let colleague = Worker::registers(&city, part, 31).await;
    assert_eq!(colleague.epoch, 2);
}

#[tokio::test]
async fn one_mailbox_is_not_filled_by_a_script_and_nobody_else_waits_for_it() {
    let (city, ..) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = her.reports(super::TOLD, &[]).body;
    let mut taken = 0;
    while post(&city, "report", report.clone()).await.status.is_success() {
        taken += 1;
    }
    assert_eq!(taken, 60);
    post(&city, "report", report.clone()).await.is(429, "request.too-many");
    let mut other = Her::begins(&city, 2).await;
    post(&city, "report", other.reports(super::TOLD, &[]).body).await.ok();
    city.clock.step(Span::minutes(1));
    post(&city, "report", report).await.ok();
}
