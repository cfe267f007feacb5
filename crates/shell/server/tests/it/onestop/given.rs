//! She gives a reader more than at first: a later consent stands in its column, everything that is
//! kept is closed under it, and what she takes back later is closed to it again.

use super::{
    TOLD,
    browser::{
        Chosen, Her, Sent, Worker, bytes, chance, looked_up, moved, place, post, text, wraps,
    },
    for_counsel, opened, takes_back,
};
use crate::city::City;
use seal::{
    columns::{ColumnNo, Columns},
    compartment::{self, Kind},
    consent::Consent,
    key::PublicKey,
    knock::Knock,
    team::Epoch,
};
use serde_json::{Value, json};

/// What stands in the reader's column now.
struct Laid {
    column: ColumnNo,
    columns: Columns,
    consent: Consent,
    body: Value,
}

/// Everything a gift is made of, closed as her page closes it; the notes are empty here.
async fn gift(city: &City, her: &mut Her, sent: &Sent, to: &Worker, kinds: &[Kind]) -> Laid {
    let case = her.opens(city).await.ok().body["cases"][0].clone();
    let (id, column, own) = (sent.manifest.case, sent.places[2], sent.places[0]);
    let entry = looked_up(city, to.team).await.unwrap();
    let reader = PublicKey::from_bytes(&entry.public_key).unwrap();
    let mut consent = her.consent(id, to.team, entry.epoch, kinds);
    consent.given_at += 1;
    let mark = consent.mark().unwrap();
    let mut rng = chance(77);
    let versions = |of: &str| case[of].as_array().unwrap().clone();
    let all = ["compartments", "messages", "entries"].into_iter().flat_map(versions);
    let moved: Vec<_> = all
        .filter(|one| one["kind"] != Kind::Notes.number())
        .map(|one| {
            let (at, before) = (place(id, &one), wraps(&one));
            let key = before.open(her.mailbox.key(), &at, &sent.columns, own).ok().unwrap();
            let to = kinds.contains(&at.kind).then_some(&reader);
            let after = before.laid(&at, (column, &mark), to, &key, &mut rng).unwrap();
            moved(&at, &one, &after, &her.mailbox.signer())
        })
        .collect();
    let notes = versions("compartments")[10]["version"].as_u64().unwrap() as u32 + 1;
    let notes = her.writes(sent, (Kind::Notes, notes), "{\"v\":1}", &[]);
    let signature = consent.sign(&her.mailbox.signer()).unwrap();
    let knock = Knock { column, consent: consent.clone(), signature };
    let knock = knock.close(&reader, &mut rng).unwrap();
    let body = json!({
        "proof": her.proof(city).await, "case": text(id.0), "moved": moved, "notes": notes,
        "knock": { "center": text(to.team.0), "epoch": entry.epoch, "knock": text(knock) },
    });
    Laid { column, columns: sent.columns.with(column, mark), consent, body }
}

/// What this center opens of a kind, under these marks.
fn reads(case: &Value, sent: &Sent, by: &Worker, laid: (ColumnNo, &Columns), kind: Kind) -> bool {
    let written = &case["compartments"][usize::from(kind.number()) - 1];
    let at = place(sent.manifest.case, written);
    let Ok(key) = wraps(written).open(&by.key, &at, laid.1, laid.0) else { return false };
    let content = compartment::open(&key, &at, None, &bytes(&written["closed"])).ok().unwrap();
    if kind == Kind::Incident {
        assert_eq!(content.expose(), TOLD.as_bytes());
    }
    true
}

async fn journey(city: City) {
    let (city, counsel, hospital) = opened(city).await;
    let mut her = Her::begins(&city, 1).await;
    let (first, second) = (
        looked_up(&city, counsel.team).await.unwrap(),
        looked_up(&city, hospital.team).await.unwrap(),
    );
    let chosen = [
        Chosen { key: first, kinds: for_counsel() },
        Chosen { key: second, kinds: vec![Kind::Contact] },
    ];
    let sent = her.reports(TOLD, &chosen);
    post(&city, "report", sent.body.clone()).await.ok();
    let before = (sent.places[2], &sent.columns);
    let case = hospital.finds(&city, sent.manifest.case).await.ok().body;
    let seen = |case: &Value, laid| {
        [Kind::Contact, Kind::Incident].map(|kind| reads(case, &sent, &hospital, laid, kind))
    };
    assert_eq!(seen(&case, before), [true, false], "contact, and nothing of what happened");

    // She gives what happened, too. Sent again, it is the same once.
    let laid = gift(&city, &mut her, &sent, &hospital, &[Kind::Contact, Kind::Incident]).await;
    post(&city, "mailbox/give", laid.body.clone()).await.ok();
    let mut again = laid.body.clone();
    again["proof"] = her.proof(&city).await;
    post(&city, "mailbox/give", again).await.ok();
    let knocks = hospital.knocks(&city).await;
    assert_eq!(knocks.len(), 2);
    let later = knocks.iter().find(|(_, one)| one.consent == laid.consent).unwrap();
    assert_eq!(later.1.verify_later(&sent.manifest), Ok(()));
    assert_eq!(later.1.verify(&sent.manifest), Err(seal::Refusal::FormBroken));
    let case = hospital.finds(&city, sent.manifest.case).await.ok().body;
    let now = (laid.column, &laid.columns);
    assert_eq!(seen(&case, now), [true, true]);
    assert_eq!(seen(&case, before), [false, false], "bound to the later consent, and to it alone");
    let of_counsel = |kind| reads(&case, &sent, &counsel, (sent.places[1], &laid.columns), kind);
    assert!(of_counsel(Kind::Incident) && of_counsel(Kind::Contact), "others read as before");

    // Less again; and then nothing, neither what there is nor what is written after.
    let less = gift(&city, &mut her, &sent, &hospital, &[Kind::Contact]).await;
    post(&city, "mailbox/give", less.body.clone()).await.ok();
    let case = hospital.finds(&city, sent.manifest.case).await.ok().body;
    assert_eq!(seen(&case, (less.column, &less.columns)), [true, false]);
    assert_eq!(seen(&case, now), [false, false]);
    let body = takes_back(&city, &mut her, &sent, sent.places[2]).await;
    post(&city, "mailbox/withdraw", body).await.ok();
    let writing = her.writes(&sent, (Kind::Incident, 2), TOLD, &[]);
    let case_id = text(sent.manifest.case.0);
    let body = json!({ "proof": her.proof(&city).await, "case": case_id, "writing": writing });
    post(&city, "mailbox/write", body).await.ok();
    let case = hospital.finds(&city, sent.manifest.case).await.ok().body;
    for columns in [&sent.columns, &laid.columns, &less.columns] {
        for column in ColumnNo::ALL {
            assert_eq!(seen(&case, (column, columns)), [false, false]);
        }
    }
    // A column she took back is given nobody again.
    let body = gift(&city, &mut her, &sent, &hospital, &[Kind::Contact]).await.body;
    post(&city, "mailbox/give", body).await.is(422, "onestop.column_wrong");
}

#[tokio::test]
async fn she_gives_more_then_less_then_takes_it_back() {
    for city in City::everywhere().await {
        Box::pin(journey(city)).await;
    }
}

#[tokio::test]
async fn a_gift_is_taken_whole_from_her_and_for_a_key_that_is_the_centers_now() {
    let (city, counsel, mut hospital) = opened(City::new().await).await;
    let mut her = Her::begins(&city, 1).await;
    let chosen = [
        Chosen { key: looked_up(&city, counsel.team).await.unwrap(), kinds: for_counsel() },
        Chosen { key: looked_up(&city, hospital.team).await.unwrap(), kinds: vec![Kind::Contact] },
    ];
    let sent = her.reports(TOLD, &chosen);
    post(&city, "report", sent.body.clone()).await.ok();
    let laid = gift(&city, &mut her, &sent, &hospital, &[Kind::Incident]).await;
    let but = |change: &dyn Fn(&mut Value)| {
        let mut body = laid.body.clone();
        change(&mut body);
        body
    };
    let tried = [
        (
            422,
            "onestop.column_wrong",
            but(&|body| {
                let twice = body["moved"][0].clone();
                body["moved"].as_array_mut().unwrap().push(twice);
            }),
        ),
        (
            409,
            "onestop.version_taken",
            but(&|body| {
                body["moved"].as_array_mut().unwrap().pop();
            }),
        ),
        (422, "seal.wrap_not_whole", but(&|body| body["knock"]["knock"] = text([0; 1_329]))),
        (422, "seal.form_broken", but(&|body| body["notes"]["kind"] = json!(3))),
        (422, "seal.signature_wrong", but(&|body| body["notes"]["signature"] = text([0; 64]))),
        (
            422,
            "seal.signature_wrong",
            but(&|body| {
                body["moved"][0]["signature"] = body["moved"][1]["signature"].clone();
            }),
        ),
        (404, "request.no-such-thing", but(&|body| body["case"] = text([9; 16]))),
    ];
    for (status, code, mut body) in tried {
        body["proof"] = her.proof(&city).await;
        post(&city, "mailbox/give", body).await.is(status, code);
    }
    let stranger = Her::begins(&city, 2).await;
    let theirs = stranger.proof(&city).await;
    post(&city, "mailbox/give", but(&|body| body["proof"] = theirs.clone()))
        .await
        .is(404, "request.no-such-thing");
    hospital.makes_key(&city, seal::directory::Service::Medical).await;
    let mut old = laid.body.clone();
    old["proof"] = her.proof(&city).await;
    post(&city, "mailbox/give", old).await.is(409, "onestop.key_not_current");
    assert!(hospital.epoch == 2 && Epoch { team: hospital.team, number: 1 }.number == 1);
    let case = her.opens(&city).await.ok().body["cases"][0].clone();
    assert!(case["compartments"][0]["moves"].as_array().unwrap().is_empty(), "nothing was changed");
}
