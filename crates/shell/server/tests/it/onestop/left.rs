//! A caseworker who has left: whoever remains makes the next key and moves a hundred open cases to
//! it. Her saved key and everything her device ever opened open none of them.

use super::{
    TOLD,
    browser::{Chosen, Her, Sent, Worker, bytes, looked_up, place, post, text, wraps},
    for_counsel, opened,
};
use crate::city::City;
use seal::{
    compartment::{self, Kind},
    directory::Service,
    key::PrivateKey,
    team::Epoch,
};
use serde_json::{Value, json};
use server::Roster;

const ADMINISTRATOR: &str = r#"
[[staff]]
district = "gwanak"
shown_as = "Gwanak programme"
roles = ["administrator"]
"#;

/// Women, and reports of each.
const WOMEN: u64 = 4;
const REPORTS: usize = 25;
const CASES: usize = 100;

/// A hundred cases for the center, each closed for the key it has now.
async fn cases(city: &City, center: &Worker) -> Vec<Sent> {
    let mut all = Vec::with_capacity(CASES);
    for seed in 0..WOMEN {
        let mut her = Her::begins(city, 100 + seed).await;
        for _ in 0..REPORTS {
            let key = looked_up(city, center.team).await.unwrap();
            let mut sent = her.reports(TOLD, &[Chosen { key, kinds: for_counsel() }]);
            post(city, "report", sent.body.take()).await.ok();
            all.push(sent);
        }
    }
    all
}

/// Whether a key opens any compartment of a case in any of the eight columns; of what happened, what
/// comes out is what she wrote.
fn opens(case: &Value, sent: &Sent, key: &PrivateKey) -> bool {
    let mut any = false;
    for written in case["compartments"].as_array().unwrap() {
        let at = place(sent.manifest.case, written);
        let Ok((_, found)) = wraps(written).find(key, &at, &sent.columns) else { continue };
        let content =
            compartment::open(&found, &at, None, &bytes(&written["closed"])).ok().unwrap();
        if at.kind == Kind::Incident {
            assert_eq!(content.expose(), TOLD.as_bytes());
        }
        any = true;
    }
    any
}

/// The colleague who stays gets every key of the center, as it is given to a new device.
async fn joins(city: &City, leaver: &mut Worker) -> Worker {
    let mut stays = Worker::registers(city, "caseworker-gwanak-counseling-2", 21).await;
    let wrap = leaver.closed_for(1, stays.id, &stays.device.key().public());
    let share = json!({ "epoch": 1, "device": text(stays.id.0), "wrap": text(wrap) });
    leaver.post(city, "team-key/share", share).await.ok();
    let desk = city.get(&stays.phone, "/api/onestop/desk").await.ok().body;
    let epoch = Epoch { team: stays.team, number: 1 };
    let wrap = bytes(&desk["own_wraps"][0]["wrap"]);
    stays.key = epoch.open(stays.id, stays.device.key(), &wrap).ok().unwrap();
    stays
}

/// An administrator ends her seat.
async fn ends_seat(city: &City, shown_as: &str) {
    city.app.enlist(&Roster::parse(ADMINISTRATOR).unwrap()).await.unwrap();
    let administrator = city.seat("administrator-gwanak-1").await;
    let seats = city.get(&administrator, "/api/seats").await.ok().body;
    let mut seats = seats["seats"].as_array().unwrap().iter();
    let seat = seats.find(|one| one["shown_as"] == shown_as).unwrap();
    let at = format!("/api/seats/{}/end", seat["id"].as_str().unwrap());
    city.post(&administrator, &at, json!({ "passkeys": true })).await.ok();
}

#[tokio::test]
async fn a_key_that_was_saved_opens_none_of_a_hundred_cases_after_the_center_has_moved_on() {
    for city in City::everywhere().await {
        Box::pin(leaves(city)).await;
    }
}

async fn leaves(city: City) {
    let (city, mut leaver, _) = opened(city).await;
    let mut stays = joins(&city, &mut leaver).await;
    let all = cases(&city, &leaver).await;
    assert_eq!(all.len(), CASES);
    let saved = leaver.key.clone();

    // She leaves. What the server still answers her with is nothing.
    ends_seat(&city, "Counsel 1").await;
    leaver.finds(&city, all[0].manifest.case).await.is(401, "session.not-signed-in");

    // The next key is closed for who remains, and every case is moved, one after the other.
    stays.makes_key(&city, Service::Counsel).await;
    let (mut by_saved, mut by_device, mut by_new) = ([0, 0], [0, 0], [0, 0]);
    for sent in &all {
        let case = stays.finds(&city, sent.manifest.case).await.ok().body;
        let counted = |count: &mut [usize; 2], at: usize, case: &Value, key: &PrivateKey| {
            count[at] += usize::from(opens(case, sent, key));
        };
        let device = leaver.device.key();
        counted(&mut by_saved, 0, &case, &saved);
        counted(&mut by_device, 0, &case, device);
        counted(&mut by_new, 0, &case, &stays.key);
        let moved = stays.moves(&sent.manifest, &case, sent.places[1], &saved);
        stays.post(&city, "case/move", moved).await.ok();
        let case = stays.finds(&city, sent.manifest.case).await.ok().body;
        counted(&mut by_saved, 1, &case, &saved);
        counted(&mut by_device, 1, &case, device);
        counted(&mut by_new, 1, &case, &stays.key);
    }
    assert_eq!(by_saved, [CASES, 0], "hers opened all of them, and opens none");
    assert_eq!(by_device, [0, 0]);
    assert_eq!(by_new, [0, CASES], "the center's newest opens every one");

    // Nor does her device open the center's newest key, were it handed the one closed for a colleague.
    let desk = city.get(&stays.phone, "/api/onestop/desk").await.ok().body;
    let epoch = Epoch { team: stays.team, number: 2 };
    for own in desk["own_wraps"].as_array().unwrap() {
        let wrap = bytes(&own["wrap"]);
        assert!(epoch.open(leaver.id, leaver.device.key(), &wrap).is_err());
        assert!(epoch.open(stays.id, leaver.device.key(), &wrap).is_err());
    }
}
