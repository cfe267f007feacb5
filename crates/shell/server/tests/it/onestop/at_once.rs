//! Two at once: who writes at the same moment, and what is sent twice because an answer was lost.

use super::{
    ANSWER, THANKS, TOLD,
    browser::{Chosen, Her, Worker, looked_up, post, text},
    for_counsel, opened, sent,
};
use crate::city::City;
use seal::{compartment::Kind, key::PublicKey};
use serde_json::json;

#[tokio::test]
async fn of_two_who_write_at_once_one_is_first_and_the_other_is_told() {
    for city in City::everywhere().await {
        let (city, mut counsel, _) = opened(city).await;
        let mut her = Her::begins(&city, 1).await;
        let report = sent(&city, &counsel, &mut her).await;
        let own = PublicKey::from_bytes(&report.manifest.public_key).unwrap();
        let theirs = counsel.key.public();
        let readers = [(report.places[0], &own), (report.places[1], &theirs)];
        let at = (Kind::Message, 1);
        let answer = counsel.writes(&report.manifest, at, ANSWER, &readers);
        let hers = her.writes(&report, at, THANKS, &[(report.places[1], &theirs)]);
        let case = text(report.manifest.case.0);
        let hers = json!({ "proof": her.proof(&city).await, "case": case, "writing": hers });
        let (one, other) = tokio::join!(
            counsel.post(&city, "case/write", answer),
            post(&city, "mailbox/write", hers)
        );
        let first = one.status.is_success();
        assert!(first != other.status.is_success(), "{} and {}", one.status, other.status);
        let second = if first { other } else { one };
        second.is(409, "onestop.version_taken");
        let kept = counsel.finds(&city, report.manifest.case).await.ok().body;
        assert_eq!(kept["messages"].as_array().unwrap().len(), 1, "neither lost nor doubled");
    }
}

#[tokio::test]
async fn a_report_pressed_twice_on_a_line_that_drops_is_one_case_and_one_knock() {
    for city in City::everywhere().await {
        let (city, counsel, _) = opened(city).await;
        let mut her = Her::begins(&city, 1).await;
        let key = looked_up(&city, counsel.team).await.unwrap();
        let report = her.reports(TOLD, &[Chosen { key, kinds: for_counsel() }]);
        let all = tokio::join!(
            post(&city, "report", report.body.clone()),
            post(&city, "report", report.body.clone()),
            post(&city, "report", report.body.clone())
        );
        let mut statuses = [all.0, all.1, all.2].map(|one| one.ok().status.as_u16());
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 201]);
        assert_eq!(her.opens(&city).await.ok().body["cases"].as_array().unwrap().len(), 1);
        assert_eq!(counsel.knocks(&city).await.len(), 1);
    }
}

/// The center's next key made by two colleagues at once: one of them made it.
#[tokio::test]
async fn of_two_next_keys_at_once_one_is_the_next() {
    let (city, mut counsel, _) = opened(City::new().await).await;
    let part = "caseworker-gwanak-counseling-2";
    let mut colleague = Worker::registers(&city, part, 31).await;
    let next = |worker: &mut Worker| {
        let key = worker.device.key().public();
        let wrap = worker.closed_for(2, worker.id, &key);
        json!({
            "entry": text(worker.key_entry(&city, 2, seal::directory::Service::Counsel)),
            "wraps": [{ "device": text(worker.id.0), "wrap": text(wrap) }],
        })
    };
    let (hers, theirs) = (next(&mut counsel), next(&mut colleague));
    let (one, other) = tokio::join!(
        counsel.post(&city, "team-key", hers),
        colleague.post(&city, "team-key", theirs)
    );
    let first = one.status.is_success();
    assert!(first != other.status.is_success(), "{} and {}", one.status, other.status);
    (if first { other } else { one }).is(409, "onestop.epoch_taken");
    let desk = city.get(&counsel.phone, "/api/onestop/desk").await.ok().body;
    assert_eq!(desk["epoch"], 2);
}
