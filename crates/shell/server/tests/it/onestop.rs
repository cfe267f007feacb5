//! One-stop, end to end: a report closed in her browser, opened at the center she chose, answered,
//! read with seven words, taken back, deleted. The server has bytes.

mod at_once;
pub mod browser;
mod evidence;
mod forgotten;
mod given;
mod kept_out;
mod left;
mod recovery;
mod refused;

use crate::city::{City, Phone};
use axum::http::StatusCode;
use browser::{
    Chosen, Her, NOBODY, Sent, Worker, bytes, directory, exact, looked_up, post, read, text,
};
use kernel::Span;
use seal::{
    columns::ColumnNo,
    compartment::Kind,
    consent::Withdrawal,
    directory::Service,
    id::CaseId,
    key::{PrivateKey, PublicKey},
    knock::Knock,
    report::Manifest,
};
use serde_json::{Value, json};
use server::Roster;
use std::pin::Pin;

/// What happened, in her words.
pub const TOLD: &str = "{\"v\":1,\"happened\":\"지난 화요일 밤 신림역 뒤 골목에서 그 사람이 또 따라왔어요 카나리아사백\"}";
const ANSWER: &str =
    "{\"v\":1,\"from\":\"center\",\"text\":\"연락 주셔서 고마워요. 내일 만나요.\"}";
const PLAN: &str = "{\"v\":1,\"entry\":\"plan\",\"goals\":[]}";
const YES: &str = "{\"v\":1,\"entry\":\"plan_confirmed\"}";
const THANKS: &str = "{\"v\":1,\"from\":\"herself\",\"text\":\"네, 내일 열 시에 갈게요.\"}";

const CASEWORKERS: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Counsel 1"
roles = ["caseworker"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Counsel 2"
roles = ["caseworker"]
center = "gwanak-counseling"
[[staff]]
district = "gwanak"
shown_as = "Hospital 1"
roles = ["caseworker"]
center = "gwanak-hospital"
"#;

/// What counseling may read.
fn for_counsel() -> Vec<Kind> {
    vec![Kind::Contact, Kind::Incident, Kind::Safety, Kind::Notes, Kind::Message, Kind::Casework]
}

/// A city with both centers open.
pub fn opened(city: City) -> Pin<Box<dyn Future<Output = (City, Worker, Worker)>>> {
    Box::pin(async move {
        city.app.enlist(&Roster::parse(CASEWORKERS).unwrap()).await.unwrap();
        assert_eq!(directory(&city).await["door"], "closed");
        let part = "caseworker-gwanak-counseling-1";
        let counsel = Worker::founds(&city, part, Service::Counsel, 11).await;
        let part = "caseworker-gwanak-hospital-1";
        let hospital = Worker::founds(&city, part, Service::Medical, 12).await;
        assert_eq!(directory(&city).await["door"], "open");
        (city, counsel, hospital)
    })
}

/// She chooses counseling, and sends.
pub async fn sent(city: &City, counsel: &Worker, her: &mut Her) -> Sent {
    let key = looked_up(city, counsel.team).await.unwrap();
    let sent = her.reports(TOLD, &[Chosen { key, kinds: for_counsel() }]);
    let answer = post(city, "report", sent.body.clone()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let hour = city.app_now().rounded_to_hour().millis();
    assert_eq!(answer.body["received_at"], hour);
    sent
}

fn messages(case: &Value) -> Vec<Value> {
    case["messages"].as_array().unwrap().clone()
}

fn entries(case: &Value) -> Vec<Value> {
    case["entries"].as_array().unwrap().clone()
}

/// What happened, as this reader opens it.
fn told(manifest: &Manifest, case: &Value, key: &PrivateKey) -> Option<String> {
    read(manifest, &case["compartments"][2], key, &Value::Null)
}

/// She takes the consent of a column back.
pub async fn takes_back(city: &City, her: &mut Her, sent: &Sent, column: ColumnNo) -> Value {
    let case = her.opens(city).await.ok().body["cases"][0].clone();
    let moved = her.closes(sent, column, &case);
    let mark = sent.columns.at(column);
    let at = city.app_now().rounded_to_hour().millis() as u64;
    let signature = Withdrawal { mark, at }.sign(&her.mailbox.signer());
    json!({
        "proof": her.proof(city).await, "case": text(sent.manifest.case.0), "mark": text(mark),
        "at": at, "signature": text(signature), "moved": moved,
    })
}

/// The work on it is a thread of its own: the center writes what was planned, she says yes to it.
async fn works_on_it(
    city: &City,
    her: &mut Her,
    counsel: &mut Worker,
    (report, knock): (&Sent, &Knock),
    devices: &Value,
) -> Value {
    let manifest = &report.manifest;
    let own = PublicKey::from_bytes(&manifest.public_key).unwrap();
    let theirs = counsel.key.public();
    let readers = [(report.places[0], &own), (knock.column, &theirs)];
    let plan = counsel.writes(manifest, (Kind::Casework, 1), PLAN, &readers);
    counsel.post(city, "case/write", plan.clone()).await.ok();
    counsel.post(city, "case/write", plan).await.ok();
    let yes = her.writes(report, (Kind::Casework, 2), YES, &[(knock.column, &theirs)]);
    let body = json!({
        "proof": her.proof(city).await, "case": text(manifest.case.0), "writing": yes,
    });
    post(city, "mailbox/write", body).await.ok();
    let case = counsel.finds(city, knock.case()).await.ok().body;
    let work = entries(&case);
    assert_eq!(work.len(), 2, "a repeat is the same");
    assert_eq!(read(manifest, &work[1], &counsel.key, devices).as_deref(), Some(YES));
    let mailbox = her.opens(city).await.ok().body;
    let hers = entries(&mailbox["cases"][0]);
    assert_eq!(hers, work);
    assert_eq!(read(manifest, &hers[0], her.mailbox.key(), devices).as_deref(), Some(PLAN));
    assert_eq!(messages(&case).len(), 2, "nothing of it is a message");
    case
}

async fn journey(city: City, restarts: bool) {
    let (city, mut counsel, hospital) = opened(city).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let city = if restarts { city.restart().await } else { city };

    // It knocks at counseling, and nowhere else.
    assert!(hospital.knocks(&city).await.is_empty());
    let (item, knock) = counsel.knock(&city).await;
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!((desk["unanswered"].as_u64(), desk["epoch"].as_u64()), (Some(1), Some(1)));
    let case = counsel.finds(&city, knock.case()).await.ok().body;
    let manifest = Manifest::verify(&bytes(&case["manifest"]), &bytes(&case["signature"])).unwrap();
    knock.verify(&manifest).unwrap();
    assert_eq!(told(&manifest, &case, &counsel.key).as_deref(), Some(TOLD));
    let kinds = case["compartments"].as_array().unwrap();
    let open =
        kinds.iter().filter(|one| read(&manifest, one, &counsel.key, &Value::Null).is_some());
    assert_eq!(open.count(), 4, "what she allowed, and nothing else");
    assert_eq!(told(&manifest, &case, &hospital.key), None);

    // The center answers; she reads it with seven words on whatever device, and writes back.
    let own = PublicKey::from_bytes(&manifest.public_key).unwrap();
    let theirs = counsel.key.public();
    let readers = [(report.places[0], &own), (knock.column, &theirs)];
    let answer = counsel.writes(&manifest, (Kind::Message, 1), ANSWER, &readers);
    counsel.post(&city, "case/write", answer.clone()).await.ok();
    counsel.post(&city, "case/write", answer).await.ok();
    counsel.post(&city, "knocks/answered", json!({ "id": item["id"] })).await.ok();
    let devices = directory(&city).await["devices"].clone();
    let mailbox = her.opens(&city).await.ok().body;
    let said = &messages(&mailbox["cases"][0])[0];
    assert_eq!(said["author"], text(counsel.id.0));
    assert_eq!(read(&manifest, said, her.mailbox.key(), &devices).as_deref(), Some(ANSWER));
    let thanks = her.writes(&report, (Kind::Message, 2), THANKS, &[(knock.column, &theirs)]);
    let body = json!({
        "proof": her.proof(&city).await, "case": text(manifest.case.0), "writing": thanks,
    });
    post(&city, "mailbox/write", body).await.ok();
    let case = counsel.finds(&city, knock.case()).await.ok().body;
    let said = &messages(&case)[1];
    assert_eq!(read(&manifest, said, &counsel.key, &devices).as_deref(), Some(THANKS));

    let case = works_on_it(&city, &mut her, &mut counsel, (&report, &knock), &devices).await;

    // The center makes its next key and moves the case to it.
    let old = counsel.key.clone();
    counsel.makes_key(&city, Service::Counsel).await;
    let moved = counsel.moves(&manifest, &case, knock.column, &old);
    counsel.post(&city, "case/move", moved.clone()).await.ok();
    counsel.post(&city, "case/move", moved).await.ok();
    let case = counsel.finds(&city, knock.case()).await.ok().body;
    let opened = |one: &Value, key: &PrivateKey| read(&manifest, one, key, &devices);
    assert_eq!(opened(&case["compartments"][2], &old), None);
    let incident = &case["compartments"][2];
    assert_eq!(opened(&entries(&case)[0], &counsel.key).as_deref(), Some(PLAN));
    assert_eq!(opened(&entries(&case)[0], &old), None);
    assert_eq!(opened(incident, &counsel.key).as_deref(), Some(TOLD));
    assert_eq!(opened(incident, her.mailbox.key()).as_deref(), Some(TOLD));
    let city = if restarts { city.restart().await } else { city };

    // She takes it back: from then on nothing the server has opens for the center.
    let body = takes_back(&city, &mut her, &report, knock.column).await;
    post(&city, "mailbox/withdraw", body.clone()).await.ok();
    let mut again = body;
    again["proof"] = her.proof(&city).await;
    post(&city, "mailbox/withdraw", again).await.ok();
    let case = counsel.finds(&city, knock.case()).await.ok().body;
    assert_eq!(case["withdrawn"].as_array().unwrap().len(), 1);
    for key in [&counsel.key, &old] {
        let all = case["compartments"].as_array().unwrap().iter();
        let threads = [messages(&case), entries(&case)].concat();
        assert!(all.chain(&threads).all(|one| opened(one, key).is_none()));
    }
    assert_eq!(opened(&messages(&case)[0], her.mailbox.key()).as_deref(), Some(ANSWER));
    assert_eq!(opened(&case["compartments"][2], her.mailbox.key()).as_deref(), Some(TOLD));

    deletes(&city, &mut her, (&counsel, &item["id"]), manifest.case).await;
}

/// She deletes it: the center's knock leads nowhere.
async fn deletes(city: &City, her: &mut Her, (counsel, knock): (&Worker, &Value), case: CaseId) {
    assert_eq!(her.deletes(city, case).await.status, StatusCode::NO_CONTENT);
    assert_eq!(her.opens(city).await.ok().body, json!({ "cases": [] }));
    counsel.finds(city, case).await.is(404, "request.no-such-thing");
    her.deletes(city, case).await.is(404, "request.no-such-thing");
    let knocks = city.get(&counsel.phone, "/api/onestop/knocks").await.ok().body;
    assert_eq!(&knocks["knocks"][0]["id"], knock);
}

#[tokio::test]
async fn a_report_is_opened_answered_taken_back_and_deleted_and_the_server_reads_none_of_it() {
    Box::pin(journey(City::new().await, true)).await;
}

#[tokio::test]
async fn the_same_on_the_other_database() {
    if let Some(city) = City::on_postgres().await {
        Box::pin(journey(city, false)).await;
    }
}

#[tokio::test]
async fn the_same_report_sent_again_is_one_case() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let city = city.restart().await;
    city.clock.step(Span::minutes(30));
    let again = post(&city, "report", report.body.clone()).await;
    assert_eq!(again.status, StatusCode::OK);
    let first = (city.app_now() - Span::minutes(30)).rounded_to_hour().millis();
    assert!(first < city.app_now().rounded_to_hour().millis());
    assert_eq!(again.body["received_at"], first, "the hour it first came in");
    assert_eq!(counsel.knocks(&city).await.len(), 1);
    assert_eq!(her.opens(&city).await.ok().body["cases"].as_array().unwrap().len(), 1);
    // The key has moved on meanwhile; a repeat is a repeat all the same.
    let mut counsel = counsel;
    counsel.makes_key(&city, Service::Counsel).await;
    assert_eq!(post(&city, "report", report.body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_report_for_nobody_is_kept_for_herself() {
    let (city, counsel, hospital) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = her.reports(TOLD, &[]);
    assert_eq!(post(&city, "report", report.body).await.status, StatusCode::CREATED);
    assert!(counsel.knocks(&city).await.is_empty() && hospital.knocks(&city).await.is_empty());
    let case = her.opens(&city).await.ok().body["cases"][0].clone();
    assert_eq!(told(&report.manifest, &case, her.mailbox.key()).as_deref(), Some(TOLD));
}

#[tokio::test]
async fn a_mailbox_nobody_uses_and_a_wrong_key_are_answered_as_an_empty_one() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    sent(&city, &counsel, &mut her).await;
    let nobody = Her::begins(&city, 2).await;
    let unused = nobody.opens(&city).await.ok();
    let wrong = her.proof_as(&city, &nobody.mailbox.signer()).await;
    let wrong = post(&city, "mailbox", wrong).await.ok();
    let mut emptied = Her::begins(&city, 3).await;
    let report = emptied.reports(TOLD, &[]);
    post(&city, "report", report.body).await.ok();
    emptied.deletes(&city, report.manifest.case).await.ok();
    let empty = emptied.opens(&city).await.ok();
    for other in [&unused, &wrong] {
        assert_eq!(other.bytes, empty.bytes);
        assert_eq!(other.headers, empty.headers);
    }
    assert_eq!(empty.headers["cache-control"], "no-store");
    assert!(empty.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn a_colleagues_device_gets_the_centers_key_and_reads_what_knocked_before() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    let part = "caseworker-gwanak-counseling-2";
    let mut colleague = Worker::registers(&city, part, 21).await;
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().body;
    let devices = desk["devices"].as_array().unwrap();
    let new = devices.iter().find(|one| one["own"] == false).unwrap();
    assert_eq!(
        (new["shown_as"].as_str(), new["has_key"].as_bool()),
        (Some("Counsel 2"), Some(false))
    );
    let wrap = counsel.closed_for(1, colleague.id, &colleague.device.key().public());
    let share = json!({ "epoch": 1, "device": new["device"], "wrap": text(wrap) });
    counsel.post(&city, "team-key/share", share).await.ok();
    let desk = city.get(&colleague.phone, "/api/onestop/desk").await.ok().body;
    let own = &desk["own_wraps"][0];
    let epoch = seal::team::Epoch { team: colleague.team, number: 1 };
    let key = epoch.open(colleague.id, colleague.device.key(), &bytes(&own["wrap"]));
    colleague.key = key.ok().unwrap();
    let (_, knock) = colleague.knock(&city).await;
    let case = colleague.finds(&city, knock.case()).await.ok().body;
    assert_eq!(told(&report.manifest, &case, &colleague.key).as_deref(), Some(TOLD));
}

#[tokio::test]
async fn the_door_closes_when_no_head_is_fresh_and_opens_with_the_next() {
    let (city, counsel, _) = opened(City::new().await).await;
    city.clock.step(Span::hours(72));
    assert_eq!(directory(&city).await["door"], "open");
    city.clock.step(Span::hours(1));
    assert_eq!(directory(&city).await["door"], "closed");
    let before = browser::head(&directory(&city).await["head"]);
    let part = "caseworker-gwanak-counseling-2";
    Worker::registers(&city, part, 21).await;
    let directory = directory(&city).await;
    let after = browser::head(&directory["head"]);
    assert_eq!((directory["door"].as_str(), after.size), (Some("open"), before.size + 1));
    assert!(looked_up(&city, counsel.team).await.is_some());
}

#[tokio::test]
async fn only_a_witness_of_the_city_signs_and_only_the_newest_head() {
    let (city, ..) = opened(City::new().await).await;
    let newest = city.get(&NOBODY, "/api/onestop/head").await.ok().body;
    assert_eq!(newest["witnesses"].as_array().unwrap().len(), 2, "the demo's sign at once");
    let head = browser::head(&newest["head"]);
    let signer =
        |seed: [u8; 32]| seal::sign::Signer::of(&seal::secret::Seed::from_bytes(&seed).unwrap());
    let witness = signer(crate::city::WITNESSES[0]);
    let said = |by: &seal::sign::Signer, head: &seal::directory::Head| json!({ "key": text(by.public()), "signature": text(head.sign(by)) });
    let signed = post(&city, "head/witness", said(&witness, &head)).await;
    assert_eq!(signed.status, StatusCode::NO_CONTENT);
    let older = seal::directory::Head { at: head.at - 1, ..head };
    post(&city, "head/witness", said(&witness, &older)).await.is(422, "seal.signature_wrong");
    let stranger = signer([9; 32]);
    post(&city, "head/witness", said(&stranger, &head)).await.is(422, "onestop.not_a_witness");
    assert!(exact::<32>(&newest["witnesses"][0]["key"]) != stranger.public());
}

#[tokio::test]
async fn nothing_she_wrote_is_at_rest_and_nothing_at_all_once_it_is_deleted() {
    let (city, counsel, _) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    city.step(1).await;
    let held = |needle: &[u8]| {
        let files = city.at_rest();
        let inside = |bytes: &Vec<u8>| bytes.windows(needle.len()).any(|part| part == needle);
        files.into_iter().find(|(_, bytes)| inside(bytes)).map(|(name, _)| name)
    };
    let case = report.manifest.case.0;
    let closed = bytes(&report.body["compartments"][2]["closed"]);
    let knock = bytes(&report.body["knocks"][0]["knock"]);
    for kept in [&case[..], &closed[1_000..1_032], &knock[100..132]] {
        assert!(held(kept).is_some(), "the search finds what is there");
    }
    let spelled = text(case).as_str().unwrap().to_owned();
    let locator = text(her.mailbox.locator()).as_str().unwrap().to_owned();
    let phrase = her.words.join(" ");
    for canary in ["카나리아사백", "신림역 뒤 골목", TOLD, &phrase, &spelled, &locator]
    {
        assert_eq!(held(canary.as_bytes()), None, "{canary}");
    }
    her.deletes(&city, report.manifest.case).await.ok();
    for gone in [
        &case[..],
        &closed[1_000..1_032],
        &her.mailbox.locator(),
        &report.columns.at(report.places[0]),
    ] {
        assert_eq!(held(gone), None);
    }
}

#[tokio::test]
async fn nothing_of_it_is_an_event() {
    let (city, counsel, _) = opened(City::new().await).await;
    let number = city.store.number();
    let mut her = Her::begins(&city, 1).await;
    let report = sent(&city, &counsel, &mut her).await;
    her.opens(&city).await.ok();
    her.deletes(&city, report.manifest.case).await.ok();
    assert_eq!(city.store.number(), number);
}

/// Signed in or not, a page sends the same.
#[tokio::test]
async fn whoever_is_signed_in_reports_like_anybody() {
    let (city, ..) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let desk: Phone = city.seat("desk-gwanak-1").await;
    let report = her.reports(TOLD, &[]);
    let answer = city.post(&desk, "/api/onestop/report", report.body).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}
