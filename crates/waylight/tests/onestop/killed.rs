//! `kill -9` in the middle of a hundred reports and of a re-key. What was acknowledged opens after the
//! restart, what was not is sent again and is one case, and the re-key goes on where it was.

use crate::{
    browser::{Chosen, Her, Sent, Worker, bytes, chance, looked_up, read, text},
    city::{City, Phone},
};
use axum::http::StatusCode;
use rand_core::Rng;
use seal::{
    columns::ColumnNo, compartment::Kind, directory::Service, id::CaseId, key::PrivateKey,
    report::Manifest,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    sync::mpsc::{Receiver, Sender, channel},
};

const WOMEN: u64 = 4;
const REPORTS_EACH: usize = 25;
/// After so many acknowledged reports, or a little later, the server is killed.
const KILLED_AFTER: [usize; 4] = [11, 38, 64, 87];
/// After so many cases were moved.
const MOVED_AFTER: [usize; 4] = [9, 31, 58, 90];
const TOLD: &str = "{\"v\":1,\"happened\":\"그 사람이 또 왔어요\"}";
const SENT: &str = "/api/onestop/report";

struct Woman {
    her: Her,
    reports: Vec<Sent>,
    /// How many of them were acknowledged, from the first.
    acknowledged: usize,
}

/// Everything she has not had acknowledged yet, until there is no answer; and each that was is told.
fn send(city: &City, woman: &mut Woman, told: &Sender<()>) {
    for sent in &woman.reports[woman.acknowledged..] {
        let Some(answer) = city.ask(&Phone::default(), "POST", SENT, &sent.body) else { return };
        assert!(matches!(answer.status, StatusCode::CREATED | StatusCode::OK), "{}", answer.body);
        woman.acknowledged += 1;
        // The last ones are heard by nobody any more.
        let _unheard = told.send(());
    }
}

/// Kills the server at the last of so many acknowledgments: three others are on their way then.
fn kill_after(city: &City, count: usize, acknowledged: &Receiver<()>) {
    for _ in 0..count {
        if acknowledged.recv().is_err() {
            return;
        }
    }
    city.kill();
}

async fn women(city: &City, counsel: &Worker) -> Vec<Woman> {
    let mut women = Vec::new();
    for seed in 1..=WOMEN {
        let mut her = Her::begins(city, seed).await;
        let mut reports = Vec::new();
        for _ in 0..REPORTS_EACH {
            let key = looked_up(city, counsel.team).await.unwrap();
            let kinds = vec![Kind::Incident, Kind::Notes];
            reports.push(her.reports(TOLD, &[Chosen { key, kinds }]));
        }
        women.push(Woman { her, reports, acknowledged: 0 });
    }
    women
}

/// Each mailbox has what was acknowledged, at most one more, nothing twice; as many knock.
async fn is_as_acknowledged(city: &City, women: &[Woman], counsel: &Worker) -> BTreeSet<[u8; 16]> {
    let mut kept = BTreeSet::new();
    for woman in women {
        let mailbox = woman.her.opens(city).await.ok().body;
        let cases: Vec<[u8; 16]> = mailbox["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| bytes(&case["case"]).try_into().unwrap())
            .collect();
        for sent in &woman.reports[..woman.acknowledged] {
            assert!(cases.contains(&sent.manifest.case.0), "an acknowledged case is there");
        }
        assert!(cases.len() <= woman.acknowledged + 1, "what was on its way, and no more");
        for case in cases {
            assert!(kept.insert(case), "no case twice");
        }
    }
    let knocks = counsel.knocks(city).await;
    let knocked: BTreeSet<[u8; 16]> = knocks.iter().map(|(_, knock)| knock.case().0).collect();
    assert_eq!((knocks.len(), &knocked), (kept.len(), &kept), "each knocks once");
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_reports_and_a_re_key_survive_kills_in_their_middle() {
    let folder = tempfile::tempdir().unwrap();
    let city = City::start(folder.path(), "error");
    let part = city.part("counseling").await;
    let mut counsel = Worker::founds(&city, &part, Service::Counsel, 11).await;
    let mut women = women(&city, &counsel).await;
    let mut before = 0;
    for after in KILLED_AFTER {
        let (tell, acknowledged) = channel();
        std::thread::scope(|scope| {
            for woman in &mut women {
                let (city, tell) = (&city, tell.clone());
                scope.spawn(move || send(city, woman, &tell));
            }
            drop(tell);
            kill_after(&city, after - before, &acknowledged);
        });
        before = women.iter().map(|woman| woman.acknowledged).sum();
        assert!(before >= after && before < women.len() * REPORTS_EACH, "killed in their middle");
        city.restart();
        is_as_acknowledged(&city, &women, &counsel).await;
    }
    let (tell, _heard) = channel();
    for woman in &mut women {
        send(&city, woman, &tell);
    }
    let kept = is_as_acknowledged(&city, &women, &counsel).await;
    assert_eq!(kept.len(), 100);
    re_keys(&city, &mut counsel, &part, kept.len()).await;
}

/// One case at the center: its manifest, her center's column, and what is there now.
struct AtCenter {
    manifest: Manifest,
    column: ColumnNo,
    case: CaseId,
}

async fn cases(city: &City, counsel: &Worker) -> Vec<AtCenter> {
    let mut all = Vec::new();
    for (_, knock) in counsel.knocks(city).await {
        let found = counsel.finds(city, knock.case()).await.ok().body;
        let signature = bytes(&found["signature"]);
        let manifest = Manifest::verify(&bytes(&found["manifest"]), &signature).unwrap();
        all.push(AtCenter { manifest, column: knock.column, case: knock.case() });
    }
    all
}

fn opened(case: &AtCenter, found: &Value, key: &PrivateKey, devices: &Value) -> Option<String> {
    read(&case.manifest, &found["compartments"][2], key, devices)
}

/// The center's next key: killed while it is made, and again while the cases move to it.
async fn re_keys(city: &City, counsel: &mut Worker, part: &str, count: usize) {
    let all = cases(city, counsel).await;
    let old = counsel.key.clone();
    counsel.key = PrivateKey::draw(&mut chance(77)).unwrap();
    let own = counsel.device.key().public();
    let wrap = counsel.closed_for(2, counsel.id, &own);
    let next = json!({
        "entry": text(counsel.key_entry(city, 2, Service::Counsel)),
        "wraps": [{ "device": text(counsel.id.0), "wrap": text(wrap) }],
    });
    let mut rng = chance(5);
    city.post_and_kill(&counsel.phone, "/api/onestop/team-key", &next, rng.next_u32() % 400);
    city.restart();
    counsel.phone = city.seat(part).await;
    counsel.post(city, "team-key", next).await.ok();
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!(
        (desk["epoch"].as_u64(), desk["own_wraps"][0]["epoch"].as_u64()),
        (Some(2), Some(2))
    );
    let devices =
        city.get(&Phone::default(), "/api/onestop/directory").await.ok().body["devices"].clone();

    let mut kills = MOVED_AFTER.into_iter().peekable();
    let mut at = 0;
    while at < all.len() {
        let one = &all[at];
        let found = counsel.finds(city, one.case).await.ok().body;
        if opened(one, &found, &counsel.key, &devices).is_some() {
            at += 1;
            continue;
        }
        let moved = counsel.moves(&one.manifest, &found, one.column, &old);
        if kills.next_if(|after| at >= *after).is_some() {
            let turns = rng.next_u32() % 4_000;
            city.post_and_kill(&counsel.phone, "/api/onestop/case/move", &moved, turns);
            city.restart();
            counsel.phone = city.seat(part).await;
        } else {
            counsel.post(city, "case/move", moved).await.ok();
            at += 1;
        }
    }
    assert!(kills.peek().is_none(), "killed in the middle");
    assert_eq!(all.len(), count);
    for one in &all {
        let found = counsel.finds(city, one.case).await.ok().body;
        assert_eq!(opened(one, &found, &counsel.key, &devices).as_deref(), Some(TOLD));
        assert_eq!(opened(one, &found, &old, &devices), None, "the old key opens none");
        let parts = found["compartments"].as_array().unwrap();
        let moves = parts.iter().map(|part| part["moves"].as_array().unwrap().len());
        assert!(moves.into_iter().all(|moves| moves == 1), "moved once, not twice");
    }
}
